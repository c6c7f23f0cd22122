"""How large the sheets of a workbook are, told by their files before the workbook is opened: opening it takes memory for every place between two
cells, however far they stand apart."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator

import olefile
from lxml import etree

from extractors.document import UnreadableError
from extractors.readers.kinds import ODS, XLS, XLSX
from extractors.readers.limits import check_part
from extractors.readers.ole import check_chains

_MOST_CELLS = 3_000_000
_PLACE = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
_LONGEST_PLACE = 11
_FAR = 1 << 33
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW, _CELLS = _TABLE + "table-row", (_TABLE + "table-cell", _TABLE + "covered-table-cell")
# Records of XLS that hold cells, each with its row and column in front: numbers, texts, formulas, several of a row.
_CELL_RECORDS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_BEGINS = 0x0809


def check_xlsx(archive: zipfile.ZipFile) -> None:
    """Raises UnreadableError for a workbook whose sheets, or one of its other parts, are too large."""
    for name in archive.namelist():
        if name.endswith(".bin") and "worksheets/" in name:
            raise UnreadableError(
                "a workbook of the binary kind (XLSB): save it as XLSX, and put that into data/raw", XLSX
            )
        if name.startswith("xl/") and name.endswith(".xml"):
            part = archive.read(name)
            check_part(part, XLSX)
            if "worksheets/" in name:
                _check(_places_of_xlsx(part), XLSX)


def check_ods(archive: zipfile.ZipFile) -> None:
    """Raises UnreadableError for a workbook of OpenDocument that is too large."""
    part = archive.read("content.xml")
    check_part(part, ODS)
    _check(_places_of_ods(part), ODS)


def check_xls(data: bytes) -> None:
    """Raises UnreadableError for an old workbook with a sheet that is too large, ValueError for a broken one."""
    with olefile.OleFileIO(io.BytesIO(data)) as storage:
        check_chains(storage, len(data))
        stream = storage.openstream("Workbook" if storage.exists("Workbook") else "Book").read()
    _check(_places_of_xls(stream), XLS)


def _check(places: Iterable[tuple[int, int, int] | None], kind: str) -> None:
    """`places`: row, and first and last column of cells; None where another sheet begins."""
    top = left = 1 << 40
    bottom = right = -1
    for place in places:
        if place is None:
            top = left = 1 << 40
            bottom = right = -1
            continue
        row, first, last = place
        top, left, bottom, right = min(top, row), min(left, first), max(bottom, row), max(right, last)
        if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            raise UnreadableError(
                f"a sheet has {bottom - top + 1:,} rows and {right - left + 1:,} columns: delete what is empty, save it again",
                kind,
            )


def _places_of_xlsx(sheet: bytes) -> Iterator[tuple[int, int, int]]:
    row, column = -1, -1
    for _, element in etree.iterparse(
        io.BytesIO(sheet),
        events=("start",),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
        recover=True,
    ):
        said = element.get("r", "")
        if element.tag.endswith("row"):
            row, column = int(said) - 1 if said.isascii() and said.isdigit() and len(said) < 11 else row + 1, -1
            element.clear()
            continue
        place = _PLACE.fullmatch(said)
        if place is None and len(said) > _LONGEST_PLACE:  # what counts on from it would wrap round to anywhere
            yield 0, 0, 0
            yield _FAR, 0, 0
        column = _column(place.group(1)) if place else column + 1
        yield int(place.group(2)) - 1 if place else row, column, column


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number - 1


def _places_of_ods(content: bytes) -> Iterator[tuple[int, int, int] | None]:
    row = 0
    for _, element in etree.iterparse(
        io.BytesIO(content), tag=(_TABLE + "table", _ROW), resolve_entities=False, no_network=True, recover=True
    ):
        if element.tag != _ROW:
            yield None
            row = 0
            continue
        rows, column = _repeated(element, "rows"), 0
        for cell in element.iterchildren(*_CELLS):
            columns = _repeated(cell, "columns")
            if len(cell) or len(cell.attrib) > 1:
                yield row, column, column + columns - 1
                yield row + rows - 1, column, column + columns - 1
            column += columns
        row += rows
        element.clear()


def _repeated(element: etree._Element, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 11 else 1


def _places_of_xls(stream: bytes) -> Iterator[tuple[int, int, int] | None]:
    at = 0
    while at + 4 <= len(stream):
        record, size = struct.unpack_from("<HH", stream, at)
        if record == _BEGINS:
            yield None
        elif record in _CELL_RECORDS and size >= 4 and at + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            yield row, column, column + (size // 2 if record in (0x00BD, 0x00BE) else 0)
        at += 4 + size
