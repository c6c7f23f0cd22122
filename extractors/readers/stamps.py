"""Round stamps on grey scans: the rings that lie over the text are found by their shape and taken out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.imaging import Image

_INK = 170
_SCALE = 0.5
_SMALLEST, _LARGEST = 200, 700  # pixels at 300 dpi: a stamp is 25 to 45 mm wide, its inner ring somewhat less
_LETTER = 70  # pixels; a longer stroke is no letter
_TRIES = 400
_NEAR = 3.0  # pixels at half size: thickness of a ring
_SECTORS = 60
_CLOSED = 0.6  # of the sectors of a ring hold ink
_FEWEST = 300  # pixels of ink
_MOST_RINGS = 4

Ring = tuple[float, float, float]  # centre and radius


def without_rings(page: Image) -> Image:
    """The page (grey, 300 dpi, without ruled lines) with the rings of round stamps painted white."""
    xs, ys = _long_strokes(page)
    cleared = page
    for _ in range(_MOST_RINGS):
        ring = _ring(xs, ys)
        if ring is None:
            break
        x, y, radius = ring
        if cleared is page:
            cleared = page.copy()
        where = round(x / _SCALE), round(y / _SCALE)
        cv2.circle(cleared, where, round(radius / _SCALE), 255, thickness=int(2 * _NEAR / _SCALE) + 2)
        rest = np.abs(np.hypot(xs - x, ys - y) - radius) > 2 * _NEAR
        xs, ys = xs[rest], ys[rest]
    return cleared


def _long_strokes(page: Image) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places, at half size, of the ink of strokes too long to be letters."""
    small = cv2.resize(page, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((small < _INK).astype(np.uint8), connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    long = np.maximum(width, height) > _LETTER * _SCALE
    long &= stats[:, cv2.CC_STAT_AREA] < 0.4 * width * height
    long[0] = False
    ys, xs = np.nonzero(long[labels])
    return xs.astype(np.float64), ys.astype(np.float64)


def _ring(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> Ring | None:
    """The circle most of whose round holds ink, None when there is none of the size of a stamp."""
    if len(xs) < _FEWEST:
        return None
    chance = np.random.default_rng(0)
    reach = _LARGEST * _SCALE
    best: tuple[float, Ring | None] = (_CLOSED, None)
    for first in chance.choice(len(xs), _TRIES):
        near = np.flatnonzero((np.abs(xs - xs[first]) < reach) & (np.abs(ys - ys[first]) < reach))
        second, third = chance.choice(near, 2)
        ring = _through((xs[first], ys[first]), (xs[second], ys[second]), (xs[third], ys[third]))
        if ring is None or not _SMALLEST * _SCALE / 2 <= ring[2] <= reach / 2:
            continue
        closed = _closed(xs[near], ys[near], ring)
        if closed > best[0]:
            best = closed, ring
    return _fitted(xs, ys, best[1]) if best[1] else None


def _fitted(xs: NDArray[np.float64], ys: NDArray[np.float64], ring: Ring) -> Ring:
    """The circle of least squares through the ink near a ring."""
    x, y, radius = ring
    near = np.abs(np.hypot(xs - x, ys - y) - radius) < 2 * _NEAR
    dx, dy = xs[near] - x, ys[near] - y
    system = np.stack([dx, dy, np.ones_like(dx)], axis=1)
    (a, b, c), *_ = np.linalg.lstsq(system, dx * dx + dy * dy, rcond=None)
    return float(x + a / 2), float(y + b / 2), float(np.sqrt(max(c + (a * a + b * b) / 4, 1.0)))


def _through(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> Ring | None:
    """The circle through three points, None when they lie on a line."""
    bx, by, cx, cy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    twice = 2 * (bx * cy - by * cx)
    if abs(twice) < 1:
        return None
    x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice
    y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice
    return float(a[0] + x), float(a[1] + y), float(np.hypot(x, y))


def _closed(xs: NDArray[np.float64], ys: NDArray[np.float64], ring: Ring) -> float:
    """The share of a ring's sectors that hold ink."""
    x, y, radius = ring
    near = np.abs(np.hypot(xs - x, ys - y) - radius) < _NEAR
    angles = np.arctan2(ys[near] - y, xs[near] - x)
    return len(np.unique(((angles + np.pi) / (2 * np.pi) * _SECTORS).astype(np.int64) % _SECTORS)) / _SECTORS
