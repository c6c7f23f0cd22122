"""Tables as the boxes of their cells: boxes become rows and columns, words the texts of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.readers.words import Box, PageLayout, Word

_THIN = 0.4  # heights of a line: rules so near to each other are one


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell of a grid: its box, its place and span in rows and columns, its words."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Fragment:
    """The part of a table that stands on one page. `edges`: where its columns begin and end."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    n_rows: int
    cells: list[GridCell]
    height: float

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return len(self.edges) - 1

    def row(self, n: int) -> list[GridCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == n), key=lambda c: c.column)


def fragments_of(layout: PageLayout) -> tuple[list[Fragment], list[Word]]:
    """The tables of a page from top to bottom, and the words outside them.

    A frame around text, of one column, is no table; a table inside the cell of another belongs to the cell.
    """
    words = list(layout.words)
    height = median(w.height for w in words) if words else 1.0
    fragments: list[Fragment] = []
    for boxes in sorted(layout.tables, key=_area, reverse=True):
        if not boxes or any(_inside(boxes, f) for f in fragments):
            continue
        fragment = _grid(boxes, layout.number, height)
        if fragment is None:
            continue
        words = _filled(fragment, words)
        if any(c.words for c in fragment.cells):
            fragments.append(fragment)
    return sorted(fragments, key=lambda f: f.top), words


def _area(boxes: Sequence[Box]) -> float:
    return sum((b.x1 - b.x0) * (b.bottom - b.top) for b in boxes)


def _inside(boxes: Sequence[Box], fragment: Fragment) -> bool:
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    middle = (min(b.top for b in boxes) + max(b.bottom for b in boxes)) / 2
    return fragment.top < middle < fragment.bottom and fragment.edges[0] < (left + right) / 2 < fragment.edges[-1]


def _grid(boxes: Sequence[Box], page: int, height: float) -> Fragment | None:
    xs = clustered((x for b in boxes for x in (b.x0, b.x1)), _THIN * height)
    ys = clustered((y for b in boxes for y in (b.top, b.bottom)), _THIN * height)
    if len(xs) < 3 or len(ys) < 2:
        return None
    taken: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        row, column = nearest(ys, box.top), nearest(xs, box.x0)
        rows, columns = nearest(ys, box.bottom) - row, nearest(xs, box.x1) - column
        places = [(row + r, column + c) for r in range(rows) for c in range(columns)]
        if not places or any(place in taken for place in places):
            continue
        cell = GridCell(box, row, column, rows, columns)
        cells.append(cell)
        taken.update(dict.fromkeys(places, cell))
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            if (r, c) not in taken:  # a hole: rules that are broken or do not meet
                cells.append(GridCell(Box(xs[c], ys[r], xs[c + 1], ys[r + 1]), r, c, 1, 1))
    return Fragment(page, ys[0], ys[-1], xs, len(ys) - 1, cells, height)


def clustered(values: Iterable[float], tolerance: float) -> list[float]:
    """The places around which values gather, in ascending order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(places: Sequence[float], value: float) -> int:
    """Index of the place nearest to a value."""
    return min(range(len(places)), key=lambda n: abs(places[n] - value))


def _filled(fragment: Fragment, words: Sequence[Word]) -> list[Word]:
    """Gives the cells of a table their words; the words outside it are returned."""
    rest: list[Word] = []
    for word in words:
        if not (
            fragment.top <= word.middle < fragment.bottom and fragment.edges[0] <= word.centre < fragment.edges[-1]
        ):
            rest.append(word)
            continue
        cell = next((c for c in fragment.cells if c.box.holds(word)), None)
        if cell is None:  # on a rule: the nearest cell
            cell = min(fragment.cells, key=lambda c: _distance(c.box, word))
        cell.words.append(word)
    return rest


def _distance(box: Box, word: Word) -> float:
    return max(box.x0 - word.centre, word.centre - box.x1, 0.0) + max(
        box.top - word.middle, word.middle - box.bottom, 0.0
    )
