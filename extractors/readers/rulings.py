"""The cells of ruled tables on the picture of a page: the white areas that lines enclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from extractors.readers.imaging import Image, Sheet

Cell = tuple[int, int, int, int]  # left, top, right, bottom in pixels

_INK = 180
_SHORTEST = 80  # pixels at 300 dpi: longer than any stroke of a letter, shorter than a row of a table is wide
_GAP, _GAP_UPRIGHT = 25, 9  # a line may be broken for so many pixels; the stem of a letter under an upright one is none
_SMOOTHED, _BAND, _DARKER = 41, 17, 20  # pixels along and across a faint line, levels of grey
_LONG = 260  # pixels: no word is underlined by its own letters for so long
_THINNEST = 14  # no cell is narrower or lower
_SAME_EDGE = 12  # edges so near to each other are one
_SOLID = 0.9  # of its length a line holds ink, also where a scan broke it
_LINE = 7  # pixels, the thickest rule


@dataclass(frozen=True, slots=True)
class Lines:
    """Pictures in which ruled lines are 255 and everything else 0, and one of all ink. `faint` may also hold the upper edge of
    a line of text."""

    drawn: Image
    faint: Image
    ink: Image


def lines_of(sheet: Sheet) -> Lines:
    """The horizontal and vertical rules of a page."""
    ink = np.where(sheet.ink < _INK, 255, 0).astype(np.uint8)
    flat = _ruled(ink, (_SHORTEST, 1), (_GAP, 1))
    upright = _ruled(ink, (1, _SHORTEST), (1, _GAP_UPRIGHT))
    return Lines(_image(flat | upright), _faint(sheet.even, upright), ink)


def _faint(even: Image, upright: Image) -> Image:
    """Long horizontal lines too faint to be ink: along a line the paper stays darker than above and below it."""
    along = cv2.blur(even, (_SMOOTHED, 1))
    darker = cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, np.ones((_BAND, 1), np.uint8))
    line = _image(np.where(darker > _DARKER, 255, upright))  # where upright lines cross it, nothing is lighter above
    return _image(cv2.morphologyEx(line, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8)))


def _image(array: Any) -> Image:
    return np.asarray(array, dtype=np.uint8)


def _ruled(ink: Image, shortest: tuple[int, int], gap: tuple[int, int]) -> Image:
    across = (1, 3) if shortest[1] == 1 else (3, 1)
    thick = cv2.dilate(ink, np.ones(across, np.uint8))  # a line slightly askew steps from one row of pixels to the next
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shortest))
    solid = (
        cv2.getStructuringElement(cv2.MORPH_RECT, (_SHORTEST, _LINE + 4))
        if shortest[1] == 1
        else cv2.getStructuringElement(cv2.MORPH_RECT, (_LINE + 4, _SHORTEST))
    )
    blocks = cv2.morphologyEx(opened, cv2.MORPH_OPEN, solid)  # black areas are no lines
    thin = cv2.subtract(opened, cv2.dilate(blocks, np.ones((3, 3), np.uint8)))
    return _image(cv2.morphologyEx(thin, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap)))


def tables_of(lines: Lines) -> list[list[Cell]]:
    """The tables of a page from top to bottom, each the boxes of its cells; a frame around text is no table."""
    walls = _image(cv2.dilate(lines.drawn | lines.faint, np.ones((3, 3), np.uint8)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(walls, connectivity=8)
    found = []
    for n in range(1, count):
        left, top, width, height, _ = (int(v) for v in stats[n])
        if width > 3 * _SHORTEST and height > _SHORTEST // 2:
            cells = _cells(walls[top : top + height, left : left + width], left, top)
            if len({c[0] for c in cells}) > 1 and len(cells) > 3:
                found.append(_without_false_walls(cells, lines.ink))
    return sorted(_outermost(found), key=lambda cells: min(c[1] for c in cells))


def _cells(walls: Image, left: int, top: int) -> list[Cell]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(_image(cv2.bitwise_not(walls)), connectivity=4)
    height, width = walls.shape
    cells = []
    for n in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[n])
        open_side = x == 0 or y == 0 or x + w == width or y + h == height
        if w >= _THINNEST and h >= _THINNEST and not open_side and area > w * h * 0.6:
            cells.append((left + x, top + y, left + x + w, top + y + h))
    return _snapped(cells)


def _snapped(cells: list[Cell]) -> list[Cell]:
    """Cells with their edges on common lines; as they are on a page so bent that the edges of one row reach those of the next."""
    across = _edges([c[0] for c in cells] + [c[2] for c in cells])
    down = _edges([c[1] for c in cells] + [c[3] for c in cells])
    snapped = [(across[c[0]], down[c[1]], across[c[2]], down[c[3]]) for c in cells]
    return snapped if all(c[2] - c[0] >= _THINNEST and c[3] - c[1] >= _THINNEST for c in snapped) else cells


def _without_false_walls(cells: list[Cell], ink: Image) -> list[Cell]:
    """Cells side by side become one where the line between them has holes: it is a letter such as "ị" that stands between the
    ends of two lines."""
    kept: list[Cell] = []
    for cell in sorted(cells, key=lambda c: (c[1], c[3], c[0])):
        left = kept[-1] if kept else None
        if left and left[1] == cell[1] and left[3] == cell[3] and left[2] == cell[0] and not _is_wall(ink, cell):
            kept[-1] = (left[0], left[1], cell[2], cell[3])
        else:
            kept.append(cell)
    return kept


def _is_wall(ink: Image, right: Cell) -> bool:
    """Whether the left side of a cell is a line from its top to its bottom."""
    side = ink[right[1] : right[3], max(0, right[0] - _LINE) : right[0] + _LINE]
    return bool((side.max(axis=1) > 0).mean() >= _SOLID)


def _edges(values: list[int]) -> dict[int, int]:
    """Each value and the edge it belongs to: values near to each other share the middle of their range."""
    edges: dict[int, int] = {}
    group: list[int] = []
    for value in sorted(set(values)):
        if group and value - group[-1] > _SAME_EDGE:
            edges |= dict.fromkeys(group, (group[0] + group[-1]) // 2)
            group = []
        group.append(value)
    return edges | (dict.fromkeys(group, (group[0] + group[-1]) // 2) if group else {})


def _outermost(tables: list[list[Cell]]) -> list[list[Cell]]:
    """Tables that do not lie inside a cell of another one."""

    def inside(table: list[Cell], cell: Cell) -> bool:
        return all(cell[0] <= c[0] and c[2] <= cell[2] and cell[1] <= c[1] and c[3] <= cell[3] for c in table)

    return [t for t in tables if not any(inside(t, cell) for other in tables if other is not t for cell in other)]
