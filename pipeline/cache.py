"""Readings kept between runs, by the hash of the bytes and of the code that read them; beside each its gist."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from pipeline.gist import Gist, gist_of
from pipeline.keep import Keep
from pipeline.reading import Reading


@dataclass(frozen=True, slots=True)
class ReadingCache:
    """Readings in a keep, for one state of the code."""

    keep: Keep
    code: str

    def drop_others(self) -> None:
        """Removes the readings of other states of the code."""
        for top in list(self.keep.tops()):
            if top != self.code:
                self.keep.remove(top)

    def gist(self, sha256: str) -> Gist | None:
        """The gist of these bytes, None where there is none or the file is damaged."""
        found = _loaded(self.keep.get(f"{self.code}/{sha256}.gist"))
        return found if isinstance(found, Gist) else None

    def get(self, sha256: str) -> Reading | None:
        """The reading of these bytes, None where there is none or the file is damaged."""
        found = _loaded(self.keep.get(f"{self.code}/{sha256}.reading"))
        return found if isinstance(found, Reading) else None

    def put(self, sha256: str, reading: Reading) -> Gist:
        """Keeps a reading and returns its gist; the gist comes last."""
        gist = gist_of(reading)
        self.keep.put(f"{self.code}/{sha256}.reading", pickle.dumps(reading, protocol=5))
        self.keep.put(f"{self.code}/{sha256}.gist", pickle.dumps(gist, protocol=5))
        return gist

    def copy(self, sha256: str, other: ReadingCache) -> None:
        """Copies a reading and its gist, as they are, to another cache."""
        for ending in ("reading", "gist"):
            data = self.keep.get(f"{self.code}/{sha256}.{ending}")
            if data is not None:
                other.keep.put(f"{other.code}/{sha256}.{ending}", data)


def _loaded(data: bytes | None) -> object:
    try:
        return pickle.loads(data) if data is not None else None
    except Exception:  # a damaged pickle can raise anything; the file is then read again
        return None
