"""A page in two positions: straight, where lines and cells are found, and as it was scanned, where letters are sharpest.

Turning a picture by a fraction of a degree blurs every stroke, and costs a third more misread words than the slant itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.imaging import Image, Sheet

Rectangle = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the straight page


@dataclass(frozen=True, slots=True)
class Print:
    """The letters of a page, without lines and stamps: straight, as scanned, and the turn (2 x 3) from the one to the other."""

    straight: Image
    scanned: Image
    turn: NDArray[np.float64]

    def to_straight(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the scanned page lies on the straight one."""
        return _moved(self.turn, x, y)

    def to_scanned(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the straight page lies on the scanned one."""
        return _moved(np.asarray(cv2.invertAffineTransform(self.turn), dtype=np.float64), x, y)

    def without(self, places: Iterable[Rectangle]) -> Image:
        """The scanned page with rectangles of the straight one painted white."""
        covered = np.zeros_like(self.straight)
        for left, top, right, bottom in places:
            covered[max(0, top) : bottom, max(0, left) : right] = 255
        rest = self.scanned.copy()
        rest[_turned_back(covered, self.turn, self.scanned) > 0] = 255
        return rest

    def cut(self, place: Rectangle) -> tuple[Image, float, float]:
        """What the scanned page shows of a rectangle of the straight one, and how far its pixels must be moved to lie there."""
        left, top, right, bottom = place
        middle = (left + right) / 2, (top + bottom) / 2
        x, y = self.to_scanned(*middle)
        across, down = round(middle[0] - x), round(middle[1] - y)
        shown = self.scanned[max(0, top - down) : bottom - down, max(0, left - across) : right - across]
        return shown, max(0, left - across) + across, max(0, top - down) + down


def printed(sheet: Sheet, bare: Image) -> Print:
    """`bare` is the ink of the sheet with its lines and stamps painted white; the same is painted white as scanned."""
    gone = np.where(bare > sheet.ink, 255, 0).astype(np.uint8)
    scanned = sheet.scanned.copy()
    scanned[_turned_back(gone, sheet.turn, sheet.scanned) > 0] = 255
    return Print(bare, scanned, sheet.turn)


def _turned_back(mask: Image, turn: NDArray[np.float64], onto: Image) -> Image:
    size = onto.shape[1], onto.shape[0]
    back = cv2.warpAffine(mask, turn, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return np.asarray(back, dtype=np.uint8)


def _moved(turn: NDArray[np.float64], x: float, y: float) -> tuple[float, float]:
    across, down = turn @ np.array([x, y, 1.0])
    return float(across), float(down)
