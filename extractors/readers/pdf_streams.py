"""Streams of a PDF that unpack to more than a page, a picture or a font holds: found before the file is opened, for to unpack them is the end of
the program that does."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

from extractors.document import UnreadableError
from extractors.readers.kinds import PDF

_MOST_IN_PICTURE = 300_000_000  # bytes; also of a font
_MOST_IN_STREAM = 16_000_000  # what is drawn on a page, and all else: the largest map that was met has a tenth
_MOST_RATIO = 1032  # what deflate makes of a byte at most
_MOST_LAYERS = 8
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_LARGE = re.compile(rb"/Image\b|/Length1\b|/FontFile")
_HEAD = 2000  # bytes in front of a stream that may say what it is
_CHUNK, _PIECE = 1 << 16, 1 << 20  # bytes taken and given at a time


def check_streams(data: bytes) -> None:
    """Raises UnreadableError for a PDF with a stream that unpacks to more than anything in a plan."""
    for mark in _STREAM.finditer(data):
        head = data[max(0, mark.start() - _HEAD) : mark.start()].rpartition(b"obj")[2]
        layers = min(len(_FLATE.findall(head)), _MOST_LAYERS)
        if not layers:
            continue
        most = _MOST_IN_PICTURE if _LARGE.search(head) else _MOST_IN_STREAM
        end = data.find(b"endstream", mark.end())
        size = (end if end >= 0 else len(data)) - mark.end()
        if size * _MOST_RATIO**layers > most and _unpacks_beyond(
            memoryview(data)[mark.end() : mark.end() + size], layers, most
        ):
            raise UnreadableError(
                f"a part of the PDF unpacks to more than {most // 1_000_000} MB, as nothing in a plan does: print it to a new PDF, and put that into"
                " data/raw",
                PDF,
            )


def _unpacks_beyond(packed: bytes | memoryview, layers: int, most: int) -> bool:
    """Whether some bytes packed so many times are more than `most`; damaged ones count as far as they can be unpacked."""
    made, kept = 0, []
    with suppress(zlib.error):
        for piece in _pieces(packed):
            made += len(piece)
            if made > most:
                return True
            if layers > 1:
                kept.append(piece)
    return layers > 1 and _unpacks_beyond(b"".join(kept), layers - 1, most)


def _pieces(packed: bytes | memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for at in range(0, len(packed), _CHUNK):
        rest: bytes | memoryview = packed[at : at + _CHUNK]
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
