"""Tables without rules: columns told by the blanks that run down the page below a row of known headings."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.columns import is_header_row, is_index_heading
from extractors.labels import parse_label
from extractors.readers.ruled import Fragment, GridCell
from extractors.readers.text_lines import Line
from extractors.readers.words import Box, Word

_HEADING_GAP = 0.8  # heights of a line: blank between two headings
_GUTTER = 0.6  # blank between two columns, on every line
_FAR = 3.0  # a table ends where so wide a blank follows
_FEWEST_COLUMNS = 3
_FEWEST_FULL = 2  # rows that fill at least so many columns make a table

Span = tuple[float, float]


def aligned_tables(lines: Sequence[Line]) -> tuple[list[Fragment], list[Line]]:
    """The tables without rules among the lines of a page, from top to bottom, and the other lines."""
    tables: list[Fragment] = []
    rest: list[Line] = []
    n = 0
    while n < len(lines):
        found = _table_at(lines, n)
        if found is None:
            rest.append(lines[n])
            n += 1
        else:
            table, n = found
            tables.append(table)
    return tables, rest


def _table_at(lines: Sequence[Line], start: int) -> tuple[Fragment, int] | None:
    """The table whose headings are a line, and the index of the first line below it."""
    headings = _phrases(lines[start])
    texts = [" ".join(w.text for w in phrase) for phrase in headings]
    if len(headings) < _FEWEST_COLUMNS or not is_header_row(texts):
        return None
    centres = [(phrase[0].x0 + phrase[-1].x1) / 2 for phrase in headings]
    blanks = _without([(lines[start].x0, lines[start].x1)], lines[start])
    height = lines[start].height
    body: list[Line] = [lines[start]]
    spanning: set[int] = set()
    n = start + 1
    while n < len(lines) and lines[n].base - lines[n - 1].base < _FAR * height:
        left = _without(blanks, lines[n])
        if _gutters(left, centres, height) is not None:
            blanks = left
        elif _is_group(lines, n, blanks, centres, height):
            spanning.add(len(body))
        else:
            break
        body.append(lines[n])
        n += 1
    gutters = _gutters(blanks, centres, height)
    if gutters is None or len(body) < 2:
        return None
    rows = _rows(body, spanning, gutters, is_index_heading(texts[0]))
    if rows is None:
        return None
    return _fragment(rows, gutters, lines[start]), n


def _phrases(line: Line) -> list[list[Word]]:
    phrases = [[line.words[0]]]
    for word in line.words[1:]:
        if word.x0 - phrases[-1][-1].x1 > _HEADING_GAP * line.height:
            phrases.append([])
        phrases[-1].append(word)
    return phrases


def _without(blanks: Sequence[Span], line: Line) -> list[Span]:
    """What is left of blanks when the words of a line are taken out."""
    left = list(blanks)
    for word in line.words:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, word.x0)), (max(start, word.x1), end))
            if part[1] > part[0]
        ]
    return left


def _gutters(blanks: Sequence[Span], centres: Sequence[float], height: float) -> list[float] | None:
    """The middle of the widest blank between each two headings; None when two columns run into each other."""
    gutters = []
    for left, right in itertools.pairwise(centres):
        between = [b for b in blanks if left < (b[0] + b[1]) / 2 < right and b[1] - b[0] > _GUTTER * height]
        if not between:
            return None
        widest = max(between, key=lambda b: b[1] - b[0])
        gutters.append((widest[0] + widest[1]) / 2)
    return gutters


def _is_group(lines: Sequence[Line], n: int, blanks: Sequence[Span], centres: Sequence[float], height: float) -> bool:
    """Whether a line through all columns names a group of rows: it has a label, and a row of the table follows."""
    if parse_label(lines[n].text) is None or n + 1 >= len(lines):
        return False
    below = lines[n + 1]
    return len(_phrases(below)) >= _FEWEST_COLUMNS and _gutters(_without(blanks, below), centres, height) is not None


def _rows(
    body: Sequence[Line], spanning: set[int], gutters: Sequence[float], numbered: bool
) -> list[list[list[Word]]] | None:
    """Rows as the words of each column; a group line is a row of one column. None when the lines are no rows: without a
    number column every line must be one."""
    rows: list[list[list[Word]]] = []
    full = 0
    for n, line in enumerate(body):
        if n in spanning:
            rows.append([line.words])
            continue
        cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
        for word in line.words:
            cells[sum(word.centre > g for g in gutters)].append(word)
        filled = sum(bool(cell) for cell in cells)
        if not numbered and filled <= len(gutters):
            return None
        full += n > 0 and filled >= _FEWEST_COLUMNS
        if rows and numbered and not cells[0] and len(rows[-1]) > 1:
            for above, cell in zip(rows[-1], cells, strict=True):
                above += cell
        else:
            rows.append(cells)
    return rows if full >= _FEWEST_FULL else None


def _fragment(rows: Sequence[Sequence[list[Word]]], gutters: Sequence[float], heading: Line) -> Fragment:
    words = [w for row in rows for cell in row for w in cell]
    edges = [min(w.x0 for w in words), *gutters, max(w.x1 for w in words)]
    cells: list[GridCell] = []
    for r, row in enumerate(rows):
        inside = [w for cell in row for w in cell]
        top, bottom = min(w.top for w in inside), max(w.bottom for w in inside)
        span = len(edges) - 1 if len(row) == 1 else 1
        for c, cell in enumerate(row):
            box = Box(edges[c], top, _right_of(edges, rows, c, span), bottom)
            cells.append(GridCell(box, r, c, 1, span, list(cell)))
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return Fragment(heading.page, top, bottom, edges, len(rows), cells, heading.height)


def _right_of(edges: Sequence[float], rows: Sequence[Sequence[list[Word]]], column: int, span: int) -> float:
    """Where the words of a column end at most: without a rule, the longest line shows the width of the column."""
    if span > 1:
        return edges[-1]
    return max((w.x1 for row in rows if len(row) > 1 for w in row[column]), default=edges[column + 1])
