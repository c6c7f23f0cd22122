"""The picture of a page made ready for reading: grey, even, upright, without coloured stamps and specks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

READING_DPI = 300
_LARGEST = 7100  # pixels of the longer side: A2 at that; what is larger is read coarser
_COLOURED = 60  # difference of the channels from which on a pixel is ink of a stamp or a pen, not print
_STEEPEST = 4.0  # degrees; a scan lies askew by less, more is a page turned on purpose
_FINEST = 0.05
_SLIGHT = 0.7  # degrees: letters are read as well as upright ones
# Size of the picture, step in degrees and steps to either side. Long lines are sharp within a tenth of a degree only: the
# first look, at a small picture, must not step over them.
_LOOKS = ((0.125, 0.25, 16), (0.25, 0.08, 3), (0.25, 0.03, 2))
_GREY_INK = 190
_ON_ITS_SIDE = 1.5
_BLACK, _WHITE = 40, 205  # what is darker or lighter tells nothing more
_FAINT = 180
_CONTRAST = np.clip((np.arange(256) - _BLACK) * 255 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
_SPECK = 9  # pixels at READING_DPI; a full stop has about 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as 8-bit grey at READING_DPI, without coloured ink and shadows. `even`: upright, with its dust and its faintest
    lines; `ink`: upright, black on white, without dust; `scanned`: as `ink`, but as askew as it was scanned; `turn` (2 x 3)
    leads from places on that to places on the upright ones."""

    even: Image
    ink: Image
    scanned: Image
    turn: NDArray[np.float64]


def cleaned(picture: Image, dpi: float) -> Sheet:
    """Makes a page ready. `picture`: height x width x 3 (RGB) or height x width, scanned at `dpi`."""
    grey = _without_coloured_ink(picture)
    scale = min(READING_DPI / dpi, _LARGEST / max(grey.shape))
    if abs(scale - 1) > 0.02:
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        grey = _image(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how))
    even = _evened(grey)
    angle = skew_of(even)
    ink = _without_specks(even)
    if abs(angle) < _FINEST:
        return Sheet(even, ink, ink, np.eye(2, 3))
    height, width = even.shape
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64)
    straight = _image(cv2.warpAffine(even, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=250))
    upright = _without_specks(straight)
    if abs(angle) > _SLIGHT:
        return Sheet(straight, upright, upright, np.eye(2, 3))
    return Sheet(straight, upright, ink, turn)


def _image(array: Any) -> Image:
    return np.asarray(array, dtype=np.uint8)


def _without_coloured_ink(picture: Image) -> Image:
    """Grey, in which red, blue and violet ink is as light as its own lightest channel: a stamp over black print fades,
    the print stays."""
    if picture.ndim == 2:
        return picture
    lightest = picture.max(axis=2)
    grey = _image(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    coloured = (lightest.astype(np.int16) - picture.min(axis=2)) > _COLOURED
    grey[coloured] = lightest[coloured]
    return grey


def _evened(grey: Image) -> Image:
    """The paper becomes white: every pixel is taken relative to the light around it."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _image(cv2.divide(grey, np.maximum(paper, 1), scale=250))


def skew_of(grey: Image) -> float:
    """Degrees by which the lines of a page rise to the right: at the angle of the lines, rows are either full or empty."""
    best = 0.0
    for shrunk, step, reach in _LOOKS:
        small = cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
        ink = (small < _GREY_INK).astype(np.uint8)
        around = [best + n * step for n in range(-reach, reach + 1)]
        # of equals the one nearest to upright: a page with next to nothing on it stays as it is
        best = max((a for a in around if abs(a) <= _STEEPEST), key=lambda a: (_sharpness(ink, a), -abs(a)))
    return -best


def lies_on_its_side(grey: Image) -> bool:
    """Whether the lines of a page run from top to bottom."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    ink = (small < _GREY_INK).astype(np.uint8)
    return _sharpness(np.ascontiguousarray(ink.T), 0.0) > _ON_ITS_SIDE * _sharpness(ink, 0.0)


def _sharpness(ink: Image, angle: float) -> float:
    height, width = ink.shape
    ys, xs = np.nonzero(ink)
    rows = ys - xs * math.tan(math.radians(-angle))
    counts = np.histogram(rows, bins=height + width // 8, range=(-width / 16, height + width / 16))[0]
    return float((np.diff(counts.astype(np.float64)) ** 2).sum())


def _without_specks(grey: Image) -> Image:
    """Dust and noise smaller than any dot of the print becomes paper, and the paper white."""
    smooth = _image(cv2.GaussianBlur(grey, (3, 3), 0))
    ink = (smooth < _FAINT).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < _SPECK
    small[0] = False
    smooth[small[labels]] = 255
    return _image(cv2.LUT(smooth, _CONTRAST))
