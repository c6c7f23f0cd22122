"""ZIP containers of office files, opened without trusting what they say of themselves."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from extractors.document import UnreadableError
from extractors.readers.limits import MOST_MEMBERS, MOST_UNPACKED, too_much

_MOST_RATIO = 1032  # what deflate makes of a byte at most
_HARMLESS = 16_000_000  # bytes that a member may unpack to unasked
_CHUNK, _PIECE = 1 << 16, 1 << 20  # bytes taken and given at a time


def open_container(data: bytes, kind: str) -> zipfile.ZipFile:
    """The container of an office file. Raises UnreadableError when it is protected, or unpacks to more than any document does,
    or to more than it says: zipfile and others unpack a member in one go."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableError(
            "the file is protected by a password: save it again without one, and put that into data/raw", kind
        )
    if len(members) > MOST_MEMBERS:
        raise too_much(f"{len(members):,} parts", MOST_MEMBERS, kind)
    if sum(m.file_size for m in members) > MOST_UNPACKED:
        raise UnreadableError(
            f"the file unpacks to more than {MOST_UNPACKED // 1_000_000} MB, as no document does: it is not opened."
            " Save it again without pictures, and put that into data/raw",
            kind,
        )
    for member in members:
        if member.compress_size * _MOST_RATIO > max(_HARMLESS, member.file_size) and not _holds_what_it_says(
            data, member
        ):
            raise UnreadableError(
                f"the file is damaged or a trap (its part {member.filename[:60]!r} unpacks to more than it states): fetch it again",
                kind,
            )
    return archive


def _holds_what_it_says(data: bytes, member: zipfile.ZipInfo) -> bool:
    """Whether a member unpacks to no more bytes than its entry states; unpacked piece by piece, and kept nowhere."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return member.compress_type == zipfile.ZIP_STORED
    name, extra = struct.unpack_from("<HH", data, member.header_offset + 26)
    start = member.header_offset + 30 + name + extra
    unpacker, left = zlib.decompressobj(-15), member.file_size
    for at in range(start, start + member.compress_size, _CHUNK):
        packed = data[at : min(at + _CHUNK, start + member.compress_size)]
        while packed and left >= 0:
            left -= len(unpacker.decompress(packed, _PIECE))
            packed = unpacker.unconsumed_tail
    return left >= 0
