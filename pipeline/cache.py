"""Readings kept between runs, by the hash of the bytes and of the code that read them; beside each its gist."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

from pipeline.gist import Gist, gist_of
from pipeline.reading import Reading


class ReadingCache:
    """Readings on disk below `folder`, for one state of the code."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder / fingerprint

    def drop_others(self) -> None:
        """Removes the readings of other states of the code."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for other in self.folder.parent.iterdir():
            if other.is_dir() and other != self.folder:
                shutil.rmtree(other, ignore_errors=True)

    def gist(self, sha256: str) -> Gist | None:
        """The gist of these bytes, None where there is none or the file is damaged."""
        found = _loaded(self.folder / f"{sha256}.gist")
        return found if isinstance(found, Gist) else None

    def get(self, sha256: str) -> Reading | None:
        """The reading of these bytes, None where there is none or the file is damaged."""
        found = _loaded(self.folder / f"{sha256}.reading")
        return found if isinstance(found, Reading) else None

    def put(self, sha256: str, reading: Reading) -> Gist:
        """Keeps a reading and returns its gist; a half-written file never takes the name, and the gist comes last."""
        gist = gist_of(reading)
        for name, content in ((f"{sha256}.reading", reading), (f"{sha256}.gist", gist)):
            part = self.folder / f"{name}.{os.getpid()}.part"
            part.write_bytes(pickle.dumps(content, protocol=5))
            part.replace(self.folder / name)
        return gist


def _loaded(path: Path) -> object:
    try:
        return pickle.loads(path.read_bytes())
    except Exception:  # a damaged pickle can raise anything; the file is then read again
        return None
