"""Tables that go on over pages: the heading printed again is left out, rows that a page cut are made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.columns import column_role, is_header_row
from extractors.document import RawCell, RawTable
from extractors.page_breaks import opens_phrase
from extractors.readers.cells import joined_lines
from extractors.readers.ruled import Fragment, GridCell, clustered, nearest
from extractors.readers.text_lines import Line, lines_of
from extractors.readers.words import Box
from normalizers.text import collapse, ends_sentence, key, starts_lower

_NUMBER = re.compile(r"[\d.,%\s]+$")
_SAME_WIDTH = 0.03
_SAME_EDGE = 0.012  # of a table's width
_ALIKE = 0.85


@dataclass(slots=True, eq=False)
class _Cell:
    lines: list[Line]
    box: Box
    page: int
    column: int
    row_span: int
    column_span: int

    @property
    def text(self) -> str:
        return joined_lines(self.lines, self.box)

    @property
    def flat(self) -> str:
        return collapse(" ".join(line.text for line in self.lines))

    def raw(self) -> RawCell:
        suspect = next((w.suspect for line in self.lines for w in line.words if w.suspect), None)
        return RawCell(self.text, self.row_span, self.column_span, self.page, suspect)


class PagedTable:
    """A table, part by part from page to page."""

    def __init__(self, fragment: Fragment) -> None:
        self.fragments = [fragment]

    def goes_on_with(self, fragment: Fragment) -> bool:
        """Whether the first table of the next page has the columns of this one and no heading of its own."""
        last = self.fragments[-1]
        if fragment.page != last.page + 1 or not _same_columns(last, fragment):
            return False
        first = _texts(fragment, 0)
        return not is_header_row(first) or _alike(_texts(self.fragments[0], 0), first)

    def add(self, fragment: Fragment) -> None:
        """Takes the part on the next page."""
        self.fragments.append(fragment)

    def raw(self) -> RawTable:
        """The whole table."""
        edges = _common_edges(self.fragments)
        rows: list[list[_Cell]] = []
        for fragment in self.fragments:
            part = [[_cell(c, fragment, edges) for c in fragment.row(n)] for n in range(fragment.n_rows)]
            part = _without_empty(part)
            if rows:
                part = part[_repeated(rows, part) :]
                part = _joined(rows, part)
            rows += part
        return RawTable([[cell.raw() for cell in row] for row in rows])


def _texts(fragment: Fragment, n: int) -> list[str]:
    return [collapse(" ".join(w.text for line in lines_of(c.words, 0) for w in line.words)) for c in fragment.row(n)]


def _scaled(fragment: Fragment) -> list[float]:
    width = fragment.edges[-1] - fragment.edges[0]
    return [(x - fragment.edges[0]) / width for x in fragment.edges]


def _same_columns(above: Fragment, below: Fragment) -> bool:
    """Whether the columns of one part are those of the other; a part may lack rules that only its neighbour needs."""
    widths = [f.edges[-1] - f.edges[0] for f in (above, below)]
    if abs(widths[0] - widths[1]) > _SAME_WIDTH * max(widths):
        return False
    fewer, more = sorted((_scaled(above), _scaled(below)), key=len)
    return all(min(abs(x - y) for y in more) < _SAME_EDGE for x in fewer)


def _common_edges(fragments: Sequence[Fragment]) -> list[float]:
    return (
        clustered((x for f in fragments for x in _scaled(f)), _SAME_EDGE)
        if len(fragments) > 1
        else _scaled(fragments[0])
    )


def _cell(cell: GridCell, fragment: Fragment, edges: Sequence[float]) -> _Cell:
    own = _scaled(fragment)
    start, end = nearest(edges, own[cell.column]), nearest(edges, own[cell.column + cell.column_span])
    return _Cell(
        lines_of(cell.words, fragment.page), cell.box, fragment.page, start, cell.row_span, max(1, end - start)
    )


def _without_empty(rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """Rows without those of no text, which two rules drawn side by side leave; rows that a cell spans stay."""
    held = 0
    kept = []
    for row in rows:
        if held or any(c.lines or c.row_span > 1 for c in row):
            kept.append(row)
        held = max(held - 1, max((c.row_span - 1 for c in row), default=0))
    return kept


def _repeated(rows: Sequence[Sequence[_Cell]], part: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at the beginning of a part are the heading printed again."""
    n = 0
    while n < min(len(rows), len(part)) and _alike([c.flat for c in rows[n]], [c.flat for c in part[n]]):
        n += 1
    return n


def _alike(above: Sequence[str], below: Sequence[str]) -> bool:
    a, b = (key(" ".join(texts)) for texts in (above, below))
    return bool(a) and (a == b or (len(a) > 20 and SequenceMatcher(None, a, b).ratio() > _ALIKE))


def _joined(rows: list[list[_Cell]], part: list[list[_Cell]]) -> list[list[_Cell]]:
    """A part behind the rows above it: what its first row continues is written into them, and the rest returned."""
    if not part:
        return part
    above = _last_cells(rows)
    first = part[0]
    held = [c for c in first if not c.lines and c.row_span > 1 and (c.column, c.column_span) in above]
    others = [c for c in first if c not in held]
    whole = not any(c.row_span > 1 for c in others) and _continues(above, others, part[1:])
    for cell in held:
        above[cell.column, cell.column_span].row_span += cell.row_span - whole
    if not whole:
        return [others, *part[1:]] if others else part
    for cell in others:
        above[cell.column, cell.column_span].lines += cell.lines
    return part[1:]


def _last_cells(rows: Sequence[Sequence[_Cell]]) -> dict[tuple[int, int], _Cell]:
    """The cells that reach the end of the rows, by column and span."""
    return {(c.column, c.column_span): c for n, row in enumerate(rows) for c in row if n + c.row_span >= len(rows)}


def _continues(above: dict[tuple[int, int], _Cell], first: Sequence[_Cell], below: Sequence[Sequence[_Cell]]) -> bool:
    """Whether the first row of a part is the rest of the row above: the page cut it, and its number stands on one half."""
    pairs = [(above.get((c.column, c.column_span)), c) for c in first]
    if len(pairs) < 2 or any(a is None for a, _ in pairs) or not any(c.lines for c in first):
        return False
    halves = [(a.flat, c.flat) for a, c in pairs if a is not None]
    if any(_NUMBER.match(a) and _NUMBER.match(b) for a, b in halves if a and b):
        return False
    if any(column_role(b) == "total" for _, b in halves):
        return False
    both = [(a, b) for a, b in halves if a and b]
    inside = any(not ends_sentence(a) and (starts_lower(b) or opens_phrase(a)) for a, b in both)
    index = halves[0]
    if index[0] and index[1]:
        return False
    numbered = bool(index[0] or index[1])
    others_unnumbered = any(
        row and row[0].column == 0 and row[0].column_span == 1 and not row[0].lines for row in below
    )
    return inside or (numbered and not index[1] and not others_unnumbered)
