"""The raw folder: every file with its hash and what its sidecar says."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.keep import bytes_at
from pipeline.sidecar import NONE, SIDECAR, Sidecar, parse_sidecar

_NOT_DOCUMENTS = frozenset({"readme.md", ".gitkeep", ".ds_store", "thumbs.db"})
_FETCHED_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read. `path` is relative to the raw folder, with forward slashes; `said`: what its sidecar says; `fetched_from`: where its bytes are when
    they are not on this machine."""

    location: Path
    path: str
    sha256: str
    byte_size: int
    said: Sidecar
    fetched_from: str | None = None

    @property
    def url(self) -> str | None:
        """The address, where the sidecar has one."""
        return self.said.url


def list_raw(folder: Path) -> list[RawFile]:
    """Every document below a folder, in the order of the paths.

    Raises FileNotFoundError for a missing folder, and PermissionError for one below it that cannot be listed: to pass over
    it would look as if its documents were gone. A file that cannot be opened is listed, and fails when it is read.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}: create it and put documents into it, or name another with --raw")
    files = [p for p in _walk(folder) if p.is_file() and _is_document(p, folder)]
    return [_raw_file(p, folder) for p in sorted(files, key=lambda p: _name(p, folder))]


def _walk(folder: Path) -> Iterator[Path]:
    def stop(error: OSError) -> None:
        raise PermissionError(f"the folder {error.filename} cannot be listed: check its permissions, or move it away")

    for parent, _, names in os.walk(folder, onerror=stop):
        yield from (Path(parent) / name for name in names)


def _name(path: Path, folder: Path) -> str:
    """The path below the folder; bytes of a name that are no UTF-8 (old archives) are escaped."""
    return _printable(os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace"))


def _printable(name: str) -> str:
    """A name without what would move a terminal's cursor, end a line, or turn the letters behind it around."""
    return "".join(
        c if c == " " or unicodedata.category(c)[0] not in "CZ" else c.encode("unicode_escape").decode() for c in name
    )


def _is_document(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return (
        not any(part.startswith(".") for part in parts)
        and not path.name.startswith("~$")  # what Word leaves beside an open file
        and path.name.lower() not in _NOT_DOCUMENTS
        and not path.name.endswith(SIDECAR)
    )


def _raw_file(path: Path, folder: Path) -> RawFile:
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except OSError:  # the reader says why; the hash only keeps files apart that cannot be opened
        digest = hashlib.sha256(_name(path, folder).encode())
    side = path.with_name(path.name + SIDECAR)
    has_sidecar = os.path.isfile(side)  # noqa: PTH113 - a name that is too long with the ending is no error there
    said = parse_sidecar(side.name, lambda: side.read_text(encoding="utf-8")) if has_sidecar else NONE
    return RawFile(path, _name(path, folder), digest.hexdigest(), size, said)


def list_address(url: str) -> list[RawFile]:
    """Every document below an address of fsspec ("s3://bucket/plans"), in the order of the paths. Each is fetched once, to know its hash.

    Raises FileNotFoundError where there is nothing.
    """
    import fsspec

    system, root = fsspec.core.url_to_fs(url)
    names = sorted(str(name)[len(root) :].lstrip("/") for name in system.find(root))
    if not names:
        raise FileNotFoundError(f"nothing at {url}: put documents there, or name another place with --raw")
    wanted = [name for name in names if _is_document(Path(name), Path())]
    with ThreadPoolExecutor(_FETCHED_AT_ONCE) as pool:
        return list(pool.map(lambda name: _file_at(url.rstrip("/"), name, name + SIDECAR in names), wanted))


def _file_at(url: str, name: str, has_sidecar: bool) -> RawFile:
    place = f"{url}/{name}"
    data = bytes_at(place)
    side = f"{place}{SIDECAR}"
    said = parse_sidecar(f"{name}{SIDECAR}", lambda: bytes_at(side).decode("utf-8")) if has_sidecar else NONE
    return RawFile(Path(name), _printable(name), hashlib.sha256(data).hexdigest(), len(data), said, place)
