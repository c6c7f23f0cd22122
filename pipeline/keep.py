"""Where a run keeps what it has made, by name: a folder, or any address fsspec knows, which many machines share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


class Keep(Protocol):
    """Bytes by name; names may have slashes. What is put is there whole or not at all; to put the same again does no harm."""

    def get(self, name: str) -> bytes | None:
        """The bytes of a name, None when there are none."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps bytes."""

    def has(self, name: str) -> bool:
        """Whether there is something of that name."""

    def local(self, name: str, folder: Path) -> Path:
        """A file on this machine with the bytes of a name, which is there; below `folder` where it has to be fetched."""

    def tops(self) -> Iterator[str]:
        """The first parts of all names."""

    def remove(self, top: str) -> None:
        """Removes every name with this first part."""


@dataclass(frozen=True, slots=True)
class FolderKeep:
    """Keeps files below a folder."""

    folder: Path

    def get(self, name: str) -> bytes | None:
        """See Keep."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """See Keep."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(path)

    def has(self, name: str) -> bool:
        """See Keep."""
        return (self.folder / name).is_file()

    def local(self, name: str, folder: Path) -> Path:
        """See Keep."""
        return self.folder / name

    def tops(self) -> Iterator[str]:
        """See Keep."""
        if self.folder.is_dir():
            yield from sorted(p.name for p in self.folder.iterdir())

    def remove(self, top: str) -> None:
        """See Keep."""
        path = self.folder / top
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class UrlKeep:
    """Keeps objects below an address of fsspec, like "s3://bucket/plans". Needs the extra `ray`, which brings fsspec."""

    url: str

    def _system(self) -> tuple[Any, str]:
        import fsspec

        system, root = fsspec.core.url_to_fs(self.url)
        return system, root.rstrip("/")

    def get(self, name: str) -> bytes | None:
        """See Keep."""
        system, root = self._system()
        try:
            return bytes(system.cat_file(f"{root}/{name}"))
        except FileNotFoundError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """See Keep. An object store shows an object when it is whole; a file system gets it under another name first."""
        system, root = self._system()
        path = f"{root}/{name}"
        if "file" not in system.protocol:
            system.pipe_file(path, data)
            return
        FolderKeep(Path(root)).put(name, data)

    def has(self, name: str) -> bool:
        """See Keep."""
        system, root = self._system()
        system.invalidate_cache()
        return bool(system.isfile(f"{root}/{name}"))

    def local(self, name: str, folder: Path) -> Path:
        """See Keep."""
        data = self.get(name)
        if data is None:
            raise FileNotFoundError(f"{self.url}/{name} is gone: run again")
        FolderKeep(folder).put(name, data)
        return folder / name

    def tops(self) -> Iterator[str]:
        """See Keep."""
        system, root = self._system()
        system.invalidate_cache()
        try:
            found = system.ls(root, detail=False)
        except FileNotFoundError:
            return
        yield from sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)

    def remove(self, top: str) -> None:
        """See Keep."""
        system, root = self._system()
        system.rm(f"{root}/{top}", recursive=True)


def bytes_at(url: str) -> bytes:
    """The bytes at an address of fsspec. Raises OSError."""
    import fsspec

    system, path = fsspec.core.url_to_fs(url)
    return bytes(system.cat_file(path))


def keep_at(place: str) -> Keep:
    """The keep at an address or in a folder."""
    return UrlKeep(place) if "://" in place else FolderKeep(Path(place))


def scratch(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """A folder of this machine that is gone when it is closed."""
    return tempfile.TemporaryDirectory(prefix=f"ke-hoach-{prefix}-", ignore_cleanup_errors=True)
