"""The binary Word format (.doc), read without any other program: all words, and the tables, to check what a converter gives.

After [MS-DOC]: the FIB says where things are, the piece table where the text is, the PAPX what a paragraph is.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from extractors.document import UnreadableError
from extractors.readers.kinds import DOC
from extractors.readers.ole import check_chains

_FIRST_READABLE = 0x00C1  # Word 97; older files have another layout
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_FC_PAPX, _FC_CLX = 13, 33  # places in the list of what lies where
_IN_TABLE, _ROW_END, _DEPTH, _HUGE, _HUGE_OLD, _DEFINITION = 0x2416, 0x2417, 0x6649, 0x6646, 0x6645, 0xD608
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes behind a property, by its kind
_PARAGRAPH = re.compile("[^\r\x07\x0c]*[\r\x07\x0c]?")
_FIELD_MARK = re.compile("([\x13\x14\x15])")  # begins, shows its result, ends
_SIGNS = {
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
    0x1F: None,
    0x09: "\t",
    0x07: None,
    0x0D: None,
    0x0C: None,
} | dict.fromkeys((1, 2, 3, 4, 5, 6, 8, 19, 20, 21))


@dataclass(frozen=True, slots=True)
class BinaryCell:
    """A cell: its text, its left and right edge, whether it goes on with the cell on its left or above it, or may go on below."""

    text: str
    left: int
    right: int
    goes_on_left: bool = False
    goes_on_above: bool = False
    opens_below: bool = False


@dataclass(frozen=True, slots=True)
class BinaryTable:
    """A table: its rows, and the words of the paragraph in front of it."""

    rows: tuple[tuple[BinaryCell, ...], ...]
    before: str


@dataclass(frozen=True, slots=True)
class BinaryWord:
    """What a .doc holds: the text of body, notes and text boxes (instructions of fields left out), and its tables."""

    text: str
    tables: tuple[BinaryTable, ...]


@dataclass(frozen=True, slots=True)
class _Properties:
    in_table: bool = False
    row_end: bool = False
    definition: bytes = b""


def read_binary(data: bytes) -> BinaryWord | None:
    """Reads a .doc; None for one of a kind before Word 97 or with a structure that makes no sense. Raises UnreadableError for
    one that is protected by a password."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as storage:
            check_chains(storage, len(data))
            main = storage.openstream("WordDocument").read()
            kind, flags = struct.unpack_from("<H", main, 2)[0], struct.unpack_from("<H", main, 10)[0]
            if flags & _ENCRYPTED:
                raise UnreadableError(
                    "the file is protected by a password: save it again without one, and put that into data/raw", DOC
                )
            if kind < _FIRST_READABLE:
                return None
            table = storage.openstream("1Table" if flags & _TABLE_ONE else "0Table").read()
            extra = storage.openstream("Data").read() if storage.exists("Data") else b""
        return _File(main, table, extra).read()
    except (struct.error, IndexError, OSError, ValueError, UnicodeDecodeError):
        return None


def plain_text(raw: str) -> str:
    """Text of a paragraph as it is shown: instructions of fields and marks for pictures and notes left out."""
    if "\x13" not in raw:
        return raw.translate(_SIGNS)
    shown: list[str] = []
    fields: list[bool] = []  # of the open fields: whether the result has begun
    for part in _FIELD_MARK.split(raw):
        if part == "\x13":
            fields.append(False)
        elif part == "\x14":
            fields[-1:] = [True] if fields else []
        elif part == "\x15":
            fields[-1:] = []
        elif all(fields):
            shown.append(part)
    return "".join(shown).translate(_SIGNS)


class _File:
    def __init__(self, main: bytes, table: bytes, extra: bytes) -> None:
        self._main, self._table, self._extra = main, table, extra
        words = struct.unpack_from("<H", main, 32)[0]
        at = 34 + 2 * words
        longs = struct.unpack_from("<H", main, at)[0]
        self._counts = struct.unpack_from(f"<{longs}i", main, at + 2)[3:11]
        self._places = at + 2 + 4 * longs + 2
        self._known: dict[bytes, _Properties] = {}

    def _place(self, number: int) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", self._main, self._places + 8 * number)
        return start, size

    def read(self) -> BinaryWord:
        text, offsets = self._text()
        starts, properties = self._paragraph_properties()
        edges = [0]
        for count in self._counts:
            edges.append(edges[-1] + max(0, count))
        body = text[: edges[1]]
        shown = [body] + [text[edges[n] : edges[n + 1]] for n in (1, 5, 6)]  # footnotes, endnotes, text boxes
        tables = _tables(self._paragraphs(body, offsets, starts, properties))
        paragraphs = (plain_text(m.group()) for part in shown for m in _PARAGRAPH.finditer(part))
        return BinaryWord("\n".join(paragraphs), tuple(tables))

    def _text(self) -> tuple[str, list[tuple[int, int, int]]]:
        """The text, and for every piece where it begins in the text and in the file, and the bytes of a letter."""
        start, size = self._place(_FC_CLX)
        clx = self._table[start : start + size]
        at = 0
        while clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        length = struct.unpack_from("<I", clx, at + 1)[0]
        plc = clx[at + 5 : at + 5 + length]
        n = (length - 4) // 12
        positions = struct.unpack_from(f"<{n + 1}I", plc)
        if positions[-1] > len(self._main) or list(positions) != sorted(positions):  # each letter has its place in it
            raise ValueError("more letters than bytes")
        parts: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        for i in range(n):
            place = struct.unpack_from("<I", plc, 4 * (n + 1) + 8 * i + 2)[0]
            letters = positions[i + 1] - positions[i]
            narrow = bool(place & 0x40000000)
            first = (place & 0x3FFFFFFF) // 2 if narrow else place & 0x3FFFFFFF
            raw = self._main[first : first + letters * (1 if narrow else 2)]
            part = raw.decode("cp1252" if narrow else "utf-16-le", "replace")
            parts.append(part.ljust(letters, "\ufffd")[:letters] if not narrow or len(part) != letters else part)
            pieces.append((positions[i], first, 1 if narrow else 2))
        return "".join(parts), pieces

    def _paragraph_properties(self) -> tuple[list[int], list[bytes]]:
        """Where in the file runs of paragraphs begin, and their properties as stored."""
        start, size = self._place(_FC_PAPX)
        n = min((size - 4) // 8, len(self._main) // 512)
        pages = struct.unpack_from(f"<{n}I", self._table, start + 4 * (n + 1))
        starts: list[int] = []
        properties: list[bytes] = []
        for number in pages:
            page = self._main[512 * number : 512 * (number + 1)]
            count = page[511]
            starts += struct.unpack_from(f"<{count}I", page)
            for j in range(count):
                at = 2 * page[4 * (count + 1) + 13 * j]
                words = page[at] if at else 0
                first = at + 1 if words else at + 2
                length = 2 * words - 1 if words else 2 * page[at + 1] if at else 0
                properties.append(page[first + 2 : first + length] if at else b"")
        return starts, properties

    def _paragraphs(
        self, body: str, pieces: list[tuple[int, int, int]], starts: list[int], properties: list[bytes]
    ) -> Iterator[tuple[str, _Properties]]:
        firsts = [piece[0] for piece in pieces]
        for m in _PARAGRAPH.finditer(body):
            if m.start() == m.end():
                return
            position, place, width = pieces[bisect_right(firsts, m.end() - 1) - 1]
            found = bisect_right(starts, place + (m.end() - 1 - position) * width) - 1
            stored = properties[found] if found >= 0 else b""
            if stored not in self._known:
                self._known[stored] = self._parsed(stored)
            yield m.group(), self._known[stored]

    def _parsed(self, stored: bytes, elsewhere: bool = False) -> _Properties:
        in_table = row_end = False
        definition = b""
        for code, operand in _properties_in(stored):
            if code == _IN_TABLE:
                in_table = operand[:1] == b"\1"
            elif code == _ROW_END:
                row_end = operand[:1] == b"\1"
            elif code == _DEPTH:
                in_table = in_table or operand[:4] != bytes(4)
            elif code == _DEFINITION:
                definition = operand
            elif code in (_HUGE, _HUGE_OLD) and not elsewhere:  # too many properties for their page
                at = struct.unpack("<I", operand)[0]
                size = struct.unpack_from("<H", self._extra, at)[0]
                return self._parsed(self._extra[at + 2 : at + 2 + size], elsewhere=True)
        return _Properties(in_table, row_end, definition)


def _properties_in(stored: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(stored):
        code = struct.unpack_from("<H", stored, at)[0]
        at += 2
        size = _SIZES[code >> 13]
        if code == _DEFINITION:
            size = struct.unpack_from("<H", stored, at)[0] + 1
        elif not size:
            size = stored[at] + 1
        yield code, stored[at : at + size]
        at += size


def _tables(paragraphs: Iterator[tuple[str, _Properties]]) -> Iterator[BinaryTable]:
    rows: list[tuple[BinaryCell, ...]] = []
    cells: list[str] = []
    lines: list[str] = []
    before = ""
    for text, properties in paragraphs:
        if not properties.in_table:
            if rows:
                yield BinaryTable(tuple(rows), before)
            rows, cells, lines = [], [], []
            before = plain_text(text) if plain_text(text).strip() else before
            continue
        if properties.row_end and text.endswith("\x07"):
            rows.append(_row(cells, properties.definition))
            cells, lines = [], []
            continue
        lines.append(plain_text(text))
        if text.endswith("\x07"):
            cells.append("\n".join(lines))
            lines = []
    if rows:
        yield BinaryTable(tuple(rows), before)


def _row(texts: list[str], definition: bytes) -> tuple[BinaryCell, ...]:
    """The cells of a row, with the edges its definition states; side by side where it states none."""
    count = definition[2] if len(definition) > 2 else 0
    if count != len(texts):
        return tuple(BinaryCell(text, 1000 * n, 1000 * (n + 1)) for n, text in enumerate(texts))
    edges = struct.unpack_from(f"<{count + 1}h", definition, 3)
    described = definition[3 + 2 * (count + 1) :]
    cells = []
    for n, text in enumerate(texts):
        flags = struct.unpack_from("<H", described, 20 * n)[0] if len(described) >= 20 * n + 2 else 0
        below, restart = bool(flags & 0x20), bool(flags & 0x40)
        cells.append(
            BinaryCell(
                text, edges[n], edges[n + 1], bool(flags & 0x02) and not flags & 0x01, below and not restart, restart
            )
        )
    return tuple(cells)
