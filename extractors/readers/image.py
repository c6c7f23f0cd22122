"""Photographs and scans saved as pictures: each frame is a page, read by OCR."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import warnings
from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from extractors.assembly import assemble
from extractors.document import Document, UnreadableError
from extractors.readers.context import Context
from extractors.readers.imaging import Image
from extractors.readers.kinds import kind_of
from extractors.readers.layout import items_of
from extractors.readers.limits import MOST_FRAMES, too_much
from extractors.readers.mending import mended
from extractors.readers.scan import read_page

_PAPER = 11.69  # inches: the longer side of A4, on which plans are printed
_LARGEST = 8400  # pixels of the longer side: A4 at the finest of what follows
_COARSEST, _FINEST = 90, 700  # dots per inch that a scan states in earnest


def read(data: bytes, context: Context) -> Document:
    """Reads a PNG, JPEG, TIFF, BMP, GIF or WebP picture into a Document of text layer "ocr".

    Raises UnreadableError for a damaged or monstrous picture, one without words, and when tesseract is missing.
    """
    media_type = kind_of(data) or "application/octet-stream"
    digest = hashlib.sha256(data).hexdigest()
    pages = []
    for number, (picture, count) in enumerate(frames(data, media_type), 1):
        pages.append(read_page(partial(_with_dpi, picture), digest, number, media_type, context))
        context.page_done(number, count)
    assembled = assemble(mended(items_of(pages), range(1, len(pages) + 1)))
    if not assembled.text.strip():
        raise UnreadableError("no words were found in the picture: scan the page again, upright and sharp", media_type)
    return Document(
        text=assembled.text,
        blocks=assembled.blocks,
        text_layer="ocr",
        media_type=media_type,
        page_starts=assembled.page_starts,
        page_count=len(pages),
        suspects=assembled.suspects,
    )


def frames(data: bytes, media_type: str) -> Iterator[tuple[Pillow.Image, int]]:
    """The upright frames of a picture in their order, each with the number of all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            opened = Pillow.open(io.BytesIO(data))
            count = _frame_count(data, media_type)
            for number in range(count):
                opened.seek(number)
                frame = ImageOps.exif_transpose(opened)
                frame.load()
                yield frame, count
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise UnreadableError("the picture has more pixels than any page: save it smaller", media_type) from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as problem:
        raise UnreadableError(f"the picture is cut off or damaged ({problem}): fetch it again", media_type) from None


def _frame_count(data: bytes, media_type: str) -> int:
    """How many frames a picture has. Raises UnreadableError when there are more than are read: to count them takes as long as to read them."""
    counted = Pillow.open(io.BytesIO(data))  # one that was asked for a frame it does not have gives none any more
    try:
        counted.seek(MOST_FRAMES)
    except EOFError:
        return int(getattr(Pillow.open(io.BytesIO(data)), "n_frames", 1))
    raise too_much(f"more than {MOST_FRAMES} pictures", MOST_FRAMES, media_type)


def _with_dpi(frame: Pillow.Image) -> tuple[Image, float]:
    """A frame as RGB, and its stated resolution or else the one at which it is a sheet of A4: cameras state any number."""
    stated = frame.info.get("dpi")
    across = _number(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    assumed = max(frame.size) / _PAPER
    in_earnest = _COARSEST <= across <= _FINEST and abs(across - assumed) < 0.3 * assumed
    dpi = across if in_earnest else assumed
    if max(frame.size) > _LARGEST:  # no page needs so many, and its copies would take a gigabyte
        shrunk = frame.reduce(-(-max(frame.size) // _LARGEST))
        dpi, frame = dpi * max(shrunk.size) / max(frame.size), shrunk
    return np.asarray(frame.convert("RGB"), dtype=np.uint8), dpi


def _number(stated: object) -> float:
    try:
        number = float(stated)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0
    return number if math.isfinite(number) else 0.0
