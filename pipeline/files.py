"""Files that are whole or not there, and work that one process does at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 200  # bytes of a name, so that it can stand with an ending


class BusyError(OSError):
    """Another process holds the lock."""


@contextmanager
def alone(folder: Path, message: str) -> Iterator[None]:
    """Holds the lock of a folder. The system takes it back from a process that is killed. Raises BusyError, with the message and the name of the lock,
    when another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise BusyError(held.errno, f"{message} ({lock.name} is its lock)") from held
        yield


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, and has the system write it to disk; one that says the same already is left as it is. What an interrupted
    write leaves is a hidden file."""
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    part = path.with_name(f".{path.name.encode()[:_LONGEST].decode('utf-8', 'ignore')}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Has the system write a file or folder to disk, so that a power cut after this cannot lose it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
