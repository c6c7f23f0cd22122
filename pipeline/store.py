"""Costly intermediate results on disk: pages read by OCR, old Word files converted. They outlive a change of the rules."""

from __future__ import annotations

import os
from pathlib import Path


class DiskStore:
    """Keeps bytes below a folder, one file a name; a half-written file never takes the name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name, None when there are none."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keeps bytes; those of an older call are replaced. Two processes may keep the same name at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{name}.{os.getpid()}.part"
        part.write_bytes(data)
        part.replace(self.folder / name)
