"""Tables that a copy broke into one cell a line: "TT", "Nội dung", "Đơn vị", "1", "Mở lớp may", "lớp", "2", …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.columns import is_header_row, is_index_heading
from extractors.document import RawCell, RawItem, RawParagraph, RawTable
from normalizers.text import collapse

_FEWEST, _MOST = 3, 10  # columns
_LONGEST_HEADING = 60
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
_ROMAN = re.compile(r"[IVX]{1,4}\.?")
_FEWEST_ROWS = 2


def tables_from_cell_lines(items: Sequence[RawItem]) -> list[RawItem]:
    """The items with every run of cells, one a paragraph, as the table it was: a heading row of known columns that begins with "TT", then
    rows that are numbered on and as wide as it."""
    out: list[RawItem] = []
    n = 0
    while n < len(items):
        found = _table_at(items, n)
        if found is None:
            out.append(items[n])
            n += 1
        else:
            out.append(found[0])
            n = found[1]
    return out


def _table_at(items: Sequence[RawItem], start: int) -> tuple[RawTable, int] | None:
    """The table whose number column is headed at `start`, and the index of the first item behind it."""
    first = items[start]
    if not isinstance(first, RawParagraph) or not is_index_heading(first.text):
        return None
    lines = _lines(items, start)
    begins = (
        n for n, line in enumerate(lines[1 : _MOST + 2], 1) if line in ("(1)", "1", "1.") or _ROMAN.fullmatch(line)
    )
    width = next(begins, None)
    if width is None or not _FEWEST <= width <= _MOST:
        return None
    headings = lines[:width]
    if any(len(h) > _LONGEST_HEADING for h in headings) or not is_header_row(headings):
        return None
    at = width
    if all(_COLUMN_NUMBER.fullmatch(line) for line in lines[at : at + width]) and len(lines) >= at + width:
        at += width  # "(1)", "(2)", "(3)" below the headings
    rows = [headings]
    number = 1
    while at < len(lines):
        if _ROMAN.fullmatch(lines[at]) and at + 1 < len(lines):  # a row that names a group
            rows.append([lines[at].rstrip("."), lines[at + 1], *[""] * (width - 2)])
            at += 2
            if at < len(lines) and _is_number(lines[at], 1):
                number = 1
            continue
        if not _is_number(lines[at], number):
            break
        row = lines[at : at + width]
        behind = lines[at + width] if at + width < len(lines) else None
        if behind is not None and not (
            _is_number(behind, number + 1) or _ROMAN.fullmatch(behind) or _is_last(lines, at, width)
        ):
            break
        rows.append([row[0].rstrip("."), *row[1:], *[""] * (width - len(row))])
        at += width
        number += 1
    if len(rows) - 1 < _FEWEST_ROWS:
        return None
    return RawTable([[RawCell(text) for text in row] for row in rows]), start + min(at, len(lines))


def _lines(items: Sequence[RawItem], start: int) -> list[str]:
    """The words of the paragraphs from `start` up to the next table."""
    out = []
    for item in items[start:]:
        if not isinstance(item, RawParagraph):
            break
        out.append(collapse(item.text))
    return out


def _is_number(line: str, number: int) -> bool:
    return line.rstrip(".") == str(number)


def _is_last(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether no further row follows: the next number of the count stands nowhere near."""
    number = int(lines[at].rstrip("."))
    return not any(_is_number(line, number + 1) for line in lines[at + 1 : at + 2 * width + 2])
