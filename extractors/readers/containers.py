"""ZIP containers of office files, opened without trusting what they say of themselves."""

from __future__ import annotations

import io
import zipfile

from extractors.document import UnreadableError

_MOST_BYTES = 300_000_000


def open_container(data: bytes, kind: str) -> zipfile.ZipFile:
    """The container of an office file. Raises UnreadableError when it is protected, or unpacks to more than any document does;
    zipfile itself never unpacks more of a member than its entry says."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableError(
            "the file is protected by a password: save it again without one, and put that into data/raw", kind
        )
    if sum(m.file_size for m in members) > _MOST_BYTES:
        raise UnreadableError(
            f"the file unpacks to more than {_MOST_BYTES // 1_000_000} MB, as no document does: it is not opened."
            " Save it again without pictures, and put that into data/raw",
            kind,
        )
    return archive
