"""A first look at a PDF: can it be opened, and what does each page hold, before any page is read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extractors.document import UnreadableError
from extractors.readers.kinds import PDF
from extractors.readers.limits import MOST_PAGES, too_much

_DRAWN_LETTERS = 300  # paths; a page without text that holds so many may print its letters as shapes
_MOST_OBJECTS = 40_000  # a map: its picture is read, not its paths
_DEPTH = 3
_LOOK = 1.2  # pixels per point: enough to see the rules of a table
_WIDEST_LOOK = 6000  # pixels; a page of a kilometre is looked at as well
_LONG_RULE = 60  # pixels
_RULES = 3  # in each direction: fewer make no table


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page holds: letters of a text layer, the share of it that pictures cover, paths, its longer side in points; `is_lost` when it is damaged."""

    letters: int = 0
    covered: float = 0.0
    paths: int = 0
    longer_side: float = 0.0
    is_lost: bool = False

    @property
    def is_drawn(self) -> bool:
        """Whether its letters may be drawn as shapes."""
        return self.paths > _DRAWN_LETTERS and not self.letters

    @property
    def is_map(self) -> bool:
        """Whether it holds too many shapes, or letters, to be read one by one."""
        return max(self.paths, self.letters) > _MOST_OBJECTS


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """The document. Raises UnreadableError for a locked, damaged or empty file."""
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as problem:
        if pdfium_c.FPDF_GetLastError() in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            reason = "the file is protected by a password: save it again without one, and put that into data/raw"
        else:
            reason = f"the file is cut off or damaged (a PDF that cannot be opened: {problem}): fetch it again"
        raise UnreadableError(reason, PDF) from None
    if not pages:
        document.close()
        raise UnreadableError("the PDF has no pages: fetch it again", PDF)
    if pages > MOST_PAGES:
        document.close()
        raise too_much(f"{pages:,} pages", MOST_PAGES, PDF)
    return document


def page_facts(document: pdfium.PdfDocument, index: int) -> PageFacts:
    """What page `index` (from 0) holds."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return PageFacts(is_lost=True)
    try:
        text = page.get_textpage()
        letters = text.count_chars()
        text.close()
        width, height = page.get_size()
        covered, paths = 0.0, 0
        for shape in page.get_objects(max_depth=_DEPTH):
            if shape.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = shape.get_bounds()
                covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
            elif shape.type == pdfium_c.FPDF_PAGEOBJ_PATH:
                paths += 1
        return PageFacts(letters, min(1.0, covered / max(width * height, 1.0)), paths, max(width, height))
    except pdfium.PdfiumError:
        return PageFacts(is_lost=True)
    finally:
        page.close()


def shows_table(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether the picture of a page shows a ruled table, of which a text layer over the picture says nothing."""
    page = document[index]
    try:
        scale = min(_LOOK, _WIDEST_LOOK / max(page.get_size()))
        picture = page.render(scale=scale, grayscale=True).to_numpy()
    finally:
        page.close()
    dark = (picture.reshape(picture.shape[:2]) < 160).astype(np.uint8)
    flat = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _LONG_RULE), np.uint8))
    steep = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_LONG_RULE, 1), np.uint8))
    return all(cv2.connectedComponents(rules)[0] > _RULES for rules in (flat, steep)) and bool(
        cv2.bitwise_and(flat, steep).any()
    )
