"""Raw paragraphs and tables become a Document: tables split over pages are joined first, then the text is written once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.columns import column_role, is_header_row, is_index_heading
from extractors.document import Block, Cell, RawCell, RawItem, RawParagraph, RawTable, Suspect, Table
from extractors.marks import without_heaps
from extractors.page_breaks import is_page_number, join_over_pages
from normalizers.text import collapse, key, nfc

_INDEX = re.compile(r"\(?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Za-zđĐ])\)?[.)]?$")
_GROUP_LINE = re.compile(r"(?:[*•\-–]\s*)?(?:nhóm|phần|mục|[ivx]+[.)]|[a-hđ][.)]|\d+[.)])", re.IGNORECASE)
_WIDEST = 100  # columns; a wider span is a slip of whoever wrote the page
_MOST_HELD = 200_000  # places of a table that cells from above cover; what spans more is a trap
_NUMBER = re.compile(r"[\d.,%\s]+$")


@dataclass(frozen=True, slots=True)
class Assembly:
    """The text of a document, its blocks, where its pages begin (empty without pages), and words a reader doubts."""

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...]
    suspects: tuple[Suspect, ...]


def assemble(items: Sequence[RawItem]) -> Assembly:
    """Writes raw items down in their order. Empty items are dropped; every offset is right by construction."""
    writer = _Writer()
    for item in join_tables(join_over_pages(items)):
        if isinstance(item, RawParagraph):
            writer.paragraph(item)
        else:
            writer.table(item)
    return Assembly(writer.text(), tuple(writer.blocks), tuple(writer.page_starts), tuple(writer.suspects))


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.page_starts: list[int] = []
        self.suspects: list[Suspect] = []

    def turn_to(self, page: int | None) -> None:
        """Notes that the pages up to `page` have begun."""
        while page is not None and len(self.page_starts) < page:
            self.page_starts.append(self.length)

    def suspect(self, start: int, end: int, code: str | None) -> None:
        if code is not None:
            self.suspects.append(Suspect(start, end, code))

    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def paragraph(self, item: RawParagraph) -> None:
        text = nfc(without_heaps(item.text)).strip()
        if not text:
            return
        self.turn_to(item.page)
        start, end = self.write(text)
        self.suspect(start, end, item.suspect)
        self.write("\n")
        self.blocks.append(Block(start, end, text, item.zone, item.bold, None))

    def table(self, item: RawTable) -> None:
        if not any(item.rows):
            return
        width = 0
        widest = max(_WIDEST, *(len(row) for row in item.rows))
        cells: list[Cell] = []
        table_start = self.length
        held: dict[tuple[int, int], int] = {}  # place -> rows still covered from above
        for r, row in enumerate(item.rows):
            self.turn_to(min((c.page for c in row if c.page is not None), default=None))
            column = 0
            for n, raw in enumerate(row):
                while held.get((r, column)):
                    column += 1
                if n:
                    self.write("\t")
                text = nfc(without_heaps(raw.text)).strip()
                start, end = self.write(text)
                self.suspect(start, end, raw.suspect)
                rows = min(raw.row_span, len(item.rows) - r)
                columns = max(1, min(raw.column_span, widest - column))
                if len(held) + rows * columns > _MOST_HELD:
                    rows = 1
                cells.append(Cell(start, end, text, r, column, rows, columns))
                for below in range(1, rows):
                    for beside in range(columns):
                        held[(r + below, column + beside)] = 1
                column += columns
                width = max(width, column)
            self.write("\n")
        end = max((c.end for c in cells), default=table_start)
        table = Table(table_start, end, len(item.rows), width, tuple(cells))
        self.blocks.append(Block(table_start, end, "", item.zone, False, table))


def join_tables(items: Sequence[RawItem]) -> list[RawItem]:
    """Joins tables and rows that a page break cut apart.

    A table without a header goes on with the one above when both have as many columns and at most a group line stands
    between; a row without number goes on with the row above (its cells are written behind the cells of that row).
    """
    joined: list[RawItem] = []
    for item in items:
        if isinstance(item, RawTable):
            above = _table_above(joined)
            if above is not None and _continues(above, item):
                _append(joined, above, item)
                continue
        joined.append(item)
    for item in joined:
        if isinstance(item, RawTable):
            _join_rows(item)
    return joined


def _table_above(items: list[RawItem]) -> RawTable | None:
    """The last table, when nothing but the number of a page and at most one group line follows it."""
    between = 0
    for item in reversed(items[-3:]):
        if isinstance(item, RawTable):
            return item
        if _is_no_text(item):
            continue
        between += 1
        if between > 1 or not _is_group_line(item.text):
            return None
    return None


def _is_no_text(item: RawParagraph) -> bool:
    return not collapse(item.text) or is_page_number(item.text)


def _is_group_line(text: str) -> bool:
    line = collapse(text).strip("*_ ")
    return bool(_GROUP_LINE.match(collapse(text))) and len(line) < 220 and "\n" not in text.strip()


def _width(table: RawTable) -> int:
    return max((sum(c.column_span for c in row) for row in table.rows), default=0)


def _continues(above: RawTable, below: RawTable) -> bool:
    if _width(above) != _width(below) or _width(above) < 3 or not below.rows:
        return False
    first = [c.text for c in below.rows[0]]
    return not is_header_row(first) or _same(above.rows[0], below.rows[0])


def _same(a: list[RawCell], b: list[RawCell]) -> bool:
    return [key(collapse(c.text)) for c in a] == [key(collapse(c.text)) for c in b]


def _append(items: list[RawItem], above: RawTable, below: RawTable) -> None:
    while isinstance(last := items[-1], RawParagraph):
        items.pop()
        if not _is_no_text(last):
            above.rows.append([RawCell(last.text, 1, _width(above), last.page)])
    rows = list(below.rows)
    dropped = 0
    while dropped < len(above.rows) and rows and _same(above.rows[dropped], rows[0]):  # the header printed again
        rows.pop(0)
        dropped += 1
    offset = len(above.rows)
    above.breaks |= {offset} | {offset + b - dropped for b in below.breaks if b >= dropped}
    above.rows.extend(rows)


def _join_rows(table: RawTable) -> None:
    if not table.rows or any(c.row_span > 1 for row in table.rows[2:] for c in row) or not _has_index(table):
        return
    rows: list[list[RawCell]] = []
    for n, row in enumerate(table.rows):
        if rows and n >= 1 and _continues_row(rows[-1], row, n in table.breaks):
            for above, cell in zip(rows[-1], row, strict=True):
                text = cell.text.strip()
                if text:
                    above.text = f"{above.text.rstrip()} {text}" if above.text.strip() else text
                    above.suspect = above.suspect or cell.suspect
            continue
        rows.append(row)
    table.rows = rows


def _has_index(table: RawTable) -> bool:
    firsts = [collapse(row[0].text) for row in table.rows if row]
    marks = sum(bool(_INDEX.match(f)) for f in firsts)
    return is_index_heading(firsts[0]) or marks * 2 >= len(firsts)


def _continues_row(above: list[RawCell], row: list[RawCell], at_break: bool) -> bool:
    if len(above) != len(row) or len(row) < 3 or not _INDEX.match(collapse(above[0].text)):
        return False
    texts = [collapse(c.text) for c in row]
    if texts[0] or not any(texts):
        return False
    if any(
        _NUMBER.fullmatch(t) and _NUMBER.fullmatch(collapse(a.text) or "-")
        for t, a in zip(texts, above, strict=True)
        if t
    ):
        return False
    if texts[1] and not at_break:
        return False
    return not (texts[1] and column_role(texts[1]) == "total")
