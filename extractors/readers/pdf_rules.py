"""The rules drawn on a page of a PDF, and the table cells between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extractors.readers.words import Box

_THIN = 3.0  # points: wider shapes are areas, not rules
_NEAR = 3.0
_MOST_RULES = 4000  # a map or a diagram, no table


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `at` is its height (or its place from left to right when vertical), `start` and `end` how far it reaches."""

    is_vertical: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A painted path: its points downwards from the top of the page, whether it is a rectangle, and whether its stroke and its area can be seen.
    `has_stroke`: it has one, be it white."""

    points: tuple[tuple[float, float], ...]
    is_line: bool
    is_rectangle: bool
    has_stroke: bool
    is_stroked: bool
    is_filled: bool


def rules_of(page: Page) -> list[Rule]:
    """The rules of a page that can be seen: lines, thin areas, the borders of rectangles. White ones only shape a background."""
    return rules_of_shapes(_shape(s) for s in itertools.chain(page.lines, page.rects, page.curves))


def rules_of_shapes(shapes: Iterable[Shape]) -> list[Rule]:
    """The rules among painted paths."""
    rules: list[Rule] = []
    for shape in shapes:
        if shape.is_line:
            rules += _edges(shape.points) if shape.is_stroked else ()
        elif shape.has_stroke and shape.is_stroked:
            rules += _borders(shape.points) if shape.is_rectangle else _segments(shape.points)
        elif shape.is_filled:
            rules += _edges(shape.points)
    return rules


def _shape(drawn: dict[str, Any]) -> Shape:
    """A shape of pdfplumber."""
    kind = drawn["object_type"]
    corners = ((drawn["x0"], drawn["top"]), (drawn["x1"], drawn["bottom"]))
    return Shape(
        tuple(drawn["pts"]) if kind == "curve" else corners, kind == "line", kind == "rect", bool(drawn["stroke"]), _is_seen(drawn["stroking_color"]),
        bool(drawn["fill"]) and _is_seen(drawn["non_stroking_color"]),
    )  # fmt: skip


def _is_seen(color: Any) -> bool:
    """Whether a color is another than white, in shades of grey, RGB or CMYK."""
    values = color if isinstance(color, list | tuple) else (color,)
    if not values or not all(isinstance(v, int | float) for v in values):
        return True
    return not (all(v == 0 for v in values) if len(values) == 4 else all(v > 0.98 for v in values))


def _around(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of points."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _edges(points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    """A line or thin area as a rule; nothing for areas and for slanting lines."""
    x0, top, x1, bottom = _around(points)
    width, height = x1 - x0, bottom - top
    if height <= _THIN and width > height:
        yield Rule(False, (top + bottom) / 2, x0, x1)
    elif width <= _THIN and height > width:
        yield Rule(True, (x0 + x1) / 2, top, bottom)


def _borders(points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    x0, top, x1, bottom = _around(points)
    if x1 - x0 <= _THIN or bottom - top <= _THIN:
        yield from _edges(points)
        return
    for y in (top, bottom):
        yield Rule(False, y, x0, x1)
    for x in (x0, x1):
        yield Rule(True, x, top, bottom)


def _segments(points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y1 - y0) < 0.5 < abs(x1 - x0):
            yield Rule(False, y0, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) < 0.5 < abs(y1 - y0):
            yield Rule(True, x0, min(y0, y1), max(y0, y1))


def cell_boxes(rules: Sequence[Rule]) -> tuple[tuple[Box, ...], ...]:
    """The tables that rules make, each as the boxes of its cells. A table whose last rule is missing (a page that ended
    inside a row) is closed where its columns end."""
    edges = merge_edges([_edge(r) for r in rules], _NEAR, _NEAR, _NEAR, _NEAR)
    edges += [_edge(rule) for rule in _closing(edges)]
    if len(edges) > _MOST_RULES:
        return ()
    cells = intersections_to_cells(edges_to_intersections(edges, _NEAR, _NEAR))
    return tuple(tuple(Box(*map(float, cell)) for cell in table) for table in cells_to_tables(cells))


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber's table functions take it."""
    x = (rule.at, rule.at) if rule.is_vertical else (rule.start, rule.end)
    y = (rule.start, rule.end) if rule.is_vertical else (rule.at, rule.at)
    return {
        "x0": x[0], "x1": x[1], "top": y[0], "bottom": y[1], "doctop": y[0], "width": x[1] - x[0], "height": y[1] - y[0],
        "orientation": "v" if rule.is_vertical else "h", "object_type": "line",
    }  # fmt: skip


def _closing(edges: Iterable[dict[str, Any]]) -> Iterator[Rule]:
    """Rules that are missing at the ends of at least three columns that end together."""
    verticals = [e for e in edges if e["orientation"] == "v"]
    flat = [e for e in edges if e["orientation"] == "h"]
    for end in ("top", "bottom"):
        for _, group in itertools.groupby(sorted(verticals, key=lambda e: e[end]), key=lambda e: round(e[end] / _NEAR)):
            together = list(group)
            left, right = min(e["x0"] for e in together), max(e["x0"] for e in together)
            y = together[0][end]
            closed = any(abs(e["top"] - y) <= 2 * _NEAR and e["x1"] > left and e["x0"] < right for e in flat)
            if len(together) > 2 and not closed:
                yield Rule(False, y, left, right)
