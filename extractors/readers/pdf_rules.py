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


def rules_of(page: Page) -> list[Rule]:
    """The rules of a page that can be seen: lines, thin areas, the borders of rectangles. White ones only shape a background."""
    rules = [rule for line in page.lines if _is_seen(line["stroking_color"]) for rule in _edges(line)]
    for shape in itertools.chain(page.rects, page.curves):
        if shape["stroke"] and _is_seen(shape["stroking_color"]):
            rules += _borders(shape) if shape["object_type"] == "rect" else _segments(shape["pts"])
        elif shape["fill"] and _is_seen(shape["non_stroking_color"]):
            rules += _edges(shape)
    return rules


def _is_seen(color: Any) -> bool:
    """Whether a color is another than white, in shades of grey, RGB or CMYK."""
    values = color if isinstance(color, list | tuple) else (color,)
    if not values or not all(isinstance(v, int | float) for v in values):
        return True
    return not (all(v == 0 for v in values) if len(values) == 4 else all(v > 0.98 for v in values))


def _edges(shape: dict[str, Any]) -> Iterator[Rule]:
    """A line or thin area as a rule; nothing for areas and for slanting lines."""
    width, height = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
    if height <= _THIN and width > height:
        yield Rule(False, (shape["top"] + shape["bottom"]) / 2, shape["x0"], shape["x1"])
    elif width <= _THIN and height > width:
        yield Rule(True, (shape["x0"] + shape["x1"]) / 2, shape["top"], shape["bottom"])


def _borders(rect: dict[str, Any]) -> Iterator[Rule]:
    if rect["x1"] - rect["x0"] <= _THIN or rect["bottom"] - rect["top"] <= _THIN:
        yield from _edges(rect)
        return
    for y in (rect["top"], rect["bottom"]):
        yield Rule(False, y, rect["x0"], rect["x1"])
    for x in (rect["x0"], rect["x1"]):
        yield Rule(True, x, rect["top"], rect["bottom"])


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
