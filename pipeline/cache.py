"""Readings kept between runs, by the hash of the bytes and of the code that read them."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

from pipeline.reading import Reading


class ReadingCache:
    """Readings on disk below `folder`, for one state of the code; those of other states are removed."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder / fingerprint
        self.folder.mkdir(parents=True, exist_ok=True)
        for other in folder.iterdir():
            if other.is_dir() and other != self.folder:
                shutil.rmtree(other, ignore_errors=True)

    def get(self, sha256: str) -> Reading | None:
        """The reading of these bytes, None where there is none or the file is damaged."""
        try:
            reading = pickle.loads((self.folder / sha256).read_bytes())
        except Exception:  # a damaged pickle can raise anything; the file is then read again
            return None
        return reading if isinstance(reading, Reading) else None

    def put(self, sha256: str, reading: Reading) -> None:
        """Keeps a reading; a half-written file never takes the name."""
        part = self.folder / f"{sha256}.part"
        part.write_bytes(pickle.dumps(reading))
        part.replace(self.folder / sha256)
