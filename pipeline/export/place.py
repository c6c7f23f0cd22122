"""Files that appear whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ExportError(ValueError):
    """An export that cannot be made; its words say what to do instead."""


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Gives a path that does not exist yet, for a file or a folder; what is there at the end takes the place of the target.

    The path lies in a hidden folder beside the target, together with whatever a database writes next to its file. That folder goes away at the
    end, and what a killed export has left of it goes when the next one begins. After an exception the target is what it was before.

    Raises ExportError when another export writes the same target.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".part-{target.name}")
    part.mkdir(exist_ok=True)
    handle = os.open(part, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise ExportError(
                f"another export writes {target}: wait until it has ended, or name another path with --to"
            ) from held
        try:
            _empty(part)
            yield part / target.name
            if target.is_dir():
                target.rename(part / f"{target.name}.gone")  # a folder cannot take the place of one that holds files
            (part / target.name).replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def byte_size(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    return sum(p.stat().st_size for p in path.iterdir()) if path.is_dir() else path.stat().st_size
