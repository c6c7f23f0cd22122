"""Pictures of pages for tests, drawn with the font that comes with Pillow (it has no Vietnamese accents)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

DPI = 300
A4 = (2480, 3508)


def blank(size: tuple[int, int] = A4, paper: int = 255) -> Image.Image:
    """An empty page, grey as given."""
    return Image.new("RGB", size, (paper, paper, paper))


def write(page: Image.Image, at: tuple[int, int], lines: Sequence[str], size: int = 46, ink: int = 0) -> None:
    """Lines of text below each other from a place on."""
    font = ImageFont.load_default(size)
    for n, line in enumerate(lines):
        ImageDraw.Draw(page).text((at[0], at[1] + n * size * 1.5), line, fill=(ink, ink, ink), font=font)


def grid(page: Image.Image, columns: Sequence[int], rows: Sequence[int], ink: int = 0, width: int = 4) -> None:
    """A ruled table with lines at these places."""
    draw = ImageDraw.Draw(page)
    for x in columns:
        draw.line([(x, rows[0]), (x, rows[-1])], fill=(ink, ink, ink), width=width)
    for y in rows:
        draw.line([(columns[0], y), (columns[-1], y)], fill=(ink, ink, ink), width=width)


def array(page: Image.Image) -> np.ndarray:
    """The page as height x width x 3."""
    return np.asarray(page, dtype=np.uint8)


def encoded(page: Image.Image, kind: str = "PNG", more: Sequence[Image.Image] = ()) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    if more:
        page.save(out, kind, save_all=True, append_images=list(more), dpi=(DPI, DPI))
    else:
        page.save(out, kind, dpi=(DPI, DPI))
    return out.getvalue()
