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
_BAND, _DARKER = 17, 20  # pixels across a faint line, levels of grey by which it is darker than its sides
_ABOVE_NOISE = 5
_ALONG, _ALONG_UPRIGHT = 41, 15  # pixels along a faint line whose mean is taken: noise vanishes, the line stays
_LONG, _LONG_UPRIGHT = 260, 110  # pixels: no word is underlined, no letter as high as that
_SOLID = 0.9  # of its length a line is dark, also where a scan broke it
_WIDE = 40  # pixels: what is wider holds words
_THINNEST = 14  # no cell is narrower or lower
_SAME_EDGE = (
    24  # edges so near to each other are one: no letter stands between double rules, or beside a stripe of the scanner
)
_LINE = 7  # pixels, the thickest rule


@dataclass(frozen=True, slots=True)
class Lines:
    """Pictures of a page in which what they show is 255 and everything else 0: ruled `drawn` lines; `faint` ones, which may
    also be the upper edge of a line of text; what is dark from side to side (`level`) or from top to bottom (`upright`)."""

    drawn: Image
    faint: Image
    level: Image
    upright: Image


def lines_of(sheet: Sheet) -> Lines:
    """The horizontal and vertical rules of a page."""
    ink = _image(np.where(sheet.ink < _INK, 255, 0))
    level = _ruled(ink, (_SHORTEST, 1), (_GAP, 1))
    upright = _ruled(ink, (1, _SHORTEST), (1, _GAP_UPRIGHT))
    # where lines of the other direction cross, nothing is lighter at the sides
    faint_level = _opened(_darker(sheet.even, (_ALONG, 1)) | upright, (1, _LONG))
    faint_upright = _opened(_darker(sheet.even, (1, _ALONG_UPRIGHT)) | level, (_LONG_UPRIGHT, 1))
    return Lines(
        _image(level | upright),
        _image(faint_level | faint_upright),
        _image(ink | _darker(sheet.even, (5, 1))),
        _image(ink | _darker(sheet.even, (1, 5))),
    )


def _darker(even: Image, along: tuple[int, int]) -> Image:
    """What is darker than both its sides, in the mean along a line of so many pixels (across, down), and than the noise is."""
    band = (_BAND, 1) if along[1] == 1 else (1, _BAND)
    hat = cv2.morphologyEx(cv2.blur(even, along), cv2.MORPH_BLACKHAT, np.ones(band, np.uint8))
    noise = float(np.percentile(hat, 75))  # most of a page is paper
    return _image(np.where(hat > max(_DARKER, _ABOVE_NOISE * noise), 255, 0))


def _opened(marks: Image, shortest: tuple[int, int]) -> Image:
    return _image(cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones(shortest, np.uint8)))


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
                found.append(_without_false_walls(cells, lines))
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
    lost = [c for c, s in zip(cells, snapped, strict=True) if _is_thin(s) and not _is_thin(c, _WIDE)]
    return cells if lost else [s for s in snapped if not _is_thin(s)]  # a page bent so far keeps its own edges


def _is_thin(cell: Cell, least: int = 1) -> bool:
    return cell[2] - cell[0] < least or cell[3] - cell[1] < least


def _without_false_walls(cells: list[Cell], lines: Lines) -> list[Cell]:
    """Cells beside or above each other become one where the line between them has holes: it is a letter such as "ị" between the
    ends of two lines, or a line of text from one side of a cell to the other."""
    beside: list[Cell] = []
    for cell in sorted(cells, key=lambda c: (c[1], c[3], c[0])):
        left = beside[-1] if beside else None
        if left and (left[1], left[3], left[2]) == (cell[1], cell[3], cell[0]) and not _is_upright_wall(lines, cell):
            beside[-1] = (left[0], left[1], cell[2], cell[3])
        else:
            beside.append(cell)
    stacked: list[Cell] = []
    for cell in sorted(beside, key=lambda c: (c[0], c[2], c[1])):
        above = stacked[-1] if stacked else None
        if above and (above[0], above[2], above[3]) == (cell[0], cell[2], cell[1]) and not _is_level_wall(lines, cell):
            stacked[-1] = (above[0], above[1], cell[2], cell[3])
        else:
            stacked.append(cell)
    return stacked


def _is_upright_wall(lines: Lines, cell: Cell) -> bool:
    """Whether the left side of a cell is a line from its top to its bottom."""
    return _is_solid(lines.upright[cell[1] : cell[3], max(0, cell[0] - _SAME_EDGE) : cell[0] + _SAME_EDGE])


def _is_level_wall(lines: Lines, cell: Cell) -> bool:
    """Whether the upper side of a cell is a line from its left to its right."""
    side = lines.level[max(0, cell[1] - _SAME_EDGE) : cell[1] + _SAME_EDGE, cell[0] : cell[2]]
    return _is_solid(np.ascontiguousarray(side.T))


def _is_solid(side: Image) -> bool:
    """Whether a line of few pixels in width runs down a strip of a page."""
    band = cv2.dilate(side, np.ones((1, _LINE), np.uint8)) > 0
    return bool(band.mean(axis=0).max() >= _SOLID)


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
