"""OLE containers (DOC, XLS): chains of sectors that go in a circle, or state a size of gigabytes, are found before they are followed."""

from __future__ import annotations

from collections.abc import Sequence

import olefile


def check_chains(storage: olefile.OleFileIO, size: int) -> None:
    """Raises ValueError when a stream of a container of so many bytes has no end, or more bytes than the container."""
    entries = [entry for entry in storage.direntries if entry is not None]
    if any(entry.size > size for entry in entries if entry.entry_type == olefile.STGTY_STREAM):
        raise ValueError("a stream is larger than the file")
    small = [e for e in entries if e.entry_type == olefile.STGTY_STREAM and e.size < storage.mini_stream_cutoff_size]
    if small:
        storage.loadminifat()
    large = [e for e in entries if e.entry_type in (olefile.STGTY_STREAM, olefile.STGTY_ROOT) and e not in small]
    starts = [storage.first_dir_sector, storage.first_mini_fat_sector, *(e.isectStart for e in large)]
    if not all(_ends(storage.fat, start) for start in starts) or not all(
        _ends(storage.minifat, e.isectStart) for e in small
    ):
        raise ValueError("a chain of sectors has no end")


def _ends(following: Sequence[int], sector: int) -> bool:
    """Whether a chain ends: it passes each sector at most once."""
    for _ in range(len(following) + 1):
        if not 0 <= sector < len(following):
            return True
        sector = following[sector]
    return False
