"""Documents in a ZIP archive: within limits, by names that stay below their folder."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from normalizers.text import nfc
from pipeline.ingest.sources import KINDS

_MOST_MEMBERS = 200
_MOST_BYTES = 300_000_000
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_LONGEST = 120  # bytes: the ending of a sidecar comes on top


class ArchiveError(ValueError):
    """An archive that is not unpacked; the message says why."""


def unpack(path: Path) -> dict[str, bytes]:
    """The documents of an archive by their names in it. Raises ArchiveError for one that is damaged, locked, larger than any, or without documents."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [m for m in archive.infolist() if not m.is_dir() and _is_document(m.filename)]
            if len(wanted) > _MOST_MEMBERS or sum(m.file_size for m in wanted) > _MOST_BYTES:
                raise ArchiveError(
                    f"more than {_MOST_MEMBERS} documents or {_MOST_BYTES // 1_000_000} MB: unpack it by hand"
                )
            found = {_name(m, n): _read(archive, m) for n, m in enumerate(wanted)}
    except ArchiveError:
        raise
    except Exception as problem:  # each method of packing has errors of its own
        raise ArchiveError(f"it cannot be unpacked: {problem}") from None
    if not found:
        raise ArchiveError("it holds no document")
    return found


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """No more than the archive says that it holds: a size that lies is an error."""
    with archive.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise ArchiveError(f"{member.filename!r} is not as large as the archive says")
    return data


def _is_document(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix[1:].lower() in {*KINDS, "txt", "htm"} - {"zip"} and not path.name.startswith(("~$", "."))


def _name(member: zipfile.ZipInfo, number: int) -> str:
    """The name of a file without its folders; one that is there already gets a number in front."""
    text = member.filename if member.flag_bits & 0x800 else _decoded(member.filename)
    name = _FORBIDDEN.sub("_", nfc(PurePosixPath(text.replace("\\", "/")).name)).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{number:02}-{stem.encode()[:_LONGEST].decode('utf-8', 'ignore')}{dot}{ending[:8]}"


def _decoded(name: str) -> str:
    """Names of archives made in Windows come as if they were of code page 437."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
