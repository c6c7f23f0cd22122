"""A simple page of a PDF, read by PDFium: the same words and cells as by pdfplumber at a quarter of the time.

Simple is a page that is not turned, whose letters stand upright and are all named, and whose shapes are drawn on the page itself. Any other page is left to
pdfplumber. Whether both read the same is held by the tests.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence, Set
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.pdf_page import Letter, upright_words
from extractors.readers.pdf_rules import Shape, cell_boxes, rules_of_shapes
from extractors.readers.words import PageLayout

_UNNAMED = frozenset({0, 2, 0xFFFD, 0xFFFE, 0xFFFF})  # 2 and FFFE: a hyphen at the end of a line, or what else it was
_BLANKS = frozenset({0, 2, 9, 10, 13, 32, 0xA0})  # PDFium adds some where letters stand apart
_SLANT = 0.01  # of the size
_DEEPEST = 0.3  # of the size: fonts that say more are not believed
_WHITE = 250  # of 255
_NAME = 200


class _NotSimpleError(Exception):
    """The page has something that is left to pdfplumber."""


def quick_layout(document: pdfium.PdfDocument, number: int) -> PageLayout | None:
    """Words and tables of a page, counted from 1; None when it is not simple."""
    page = document[number - 1]
    try:
        if page.get_rotation():
            return None
        width, height = page.get_size()
        left, bottom, _, _ = page.get_mediabox()
        things = list(page.get_objects(max_depth=1))
        rules = rules_of_shapes(_shapes(things, height, left, bottom))
        letters = list(_letters(page, things, height, left, bottom))
        return PageLayout(number, width, height, tuple(upright_words(letters, rules)), cell_boxes(rules))
    except (_NotSimpleError, pdfium.PdfiumError):
        return None
    finally:
        page.close()


def _letters(
    page: pdfium.PdfPage, things: Sequence[pdfium.PdfObject], height: float, left: float, bottom: float
) -> Iterator[Letter]:
    """The letters of a page. PDFium leaves out what it takes for a letter printed twice; a page on which it did so is not simple."""
    text = page.get_textpage()
    try:
        handle, fonts = text.raw, _Fonts()
        x, y = ctypes.c_double(), ctypes.c_double()
        to_x, to_y = ctypes.byref(x), ctypes.byref(y)
        for n in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, n)
            if code in _BLANKS and raw.FPDFText_IsGenerated(handle, n) == 1:
                continue
            font = fonts.of(raw.FPDFText_GetTextObject(handle, n))
            width = font.width(code, handle, n)
            raw.FPDFText_GetCharOrigin(handle, n, to_x, to_y)
            size = raw.FPDFText_GetFontSize(handle, n) * font.scale
            x0, base = x.value - left, height + bottom - y.value
            low = base - font.descent * size
            yield Letter(chr(code), x0, low - size, x0 + width * size, low, base, size, font.name)
        printed = {_address(t.raw) for t in things if t.type == raw.FPDF_PAGEOBJ_TEXT}
        if not printed <= fonts.seen:
            raise _NotSimpleError
    finally:
        text.close()


class _Font:
    """A font at a scale; `descent` of a size of 1, negative."""

    def __init__(self, handle: raw.FPDF_FONT, scale: float) -> None:
        self.scale = scale
        self._handle = handle
        descent, name = ctypes.c_float(), ctypes.create_string_buffer(_NAME)
        raw.FPDFFont_GetDescent(handle, 1.0, ctypes.byref(descent))
        raw.FPDFFont_GetBaseFontName(handle, name, _NAME)
        self.descent = descent.value if -_DEEPEST < descent.value <= 0 else 0.0
        self.name = name.value.decode("utf-8", "replace")
        self._widths: dict[int, float] = {}

    def width(self, code: int, text: raw.FPDF_TEXTPAGE, n: int) -> float:
        """How far a letter of a size of 1 takes the next one to the right; `n` is a place in the text where it stands. Raises _NotSimpleError for
        letters that the font does not name."""
        known = self._widths.get(code)
        if known is not None:
            return known
        if code in _UNNAMED or 0xD800 <= code <= 0xF8FF or raw.FPDFText_HasUnicodeMapError(text, n) == 1:
            raise _NotSimpleError
        width = ctypes.c_float()
        if not raw.FPDFFont_GetGlyphWidth(self._handle, code, 1.0, ctypes.byref(width)):
            raise _NotSimpleError
        self._widths[code] = width.value
        return width.value


class _Fonts:
    """The fonts of text objects; raises _NotSimpleError for one that is turned or stretched."""

    def __init__(self) -> None:
        self._of_thing: dict[int, _Font] = {}
        self._known: dict[tuple[int, float], _Font] = {}

    @property
    def seen(self) -> Set[int]:
        """Text objects whose letters were asked for."""
        return self._of_thing.keys()

    def of(self, thing: raw.FPDF_PAGEOBJECT) -> _Font:
        key = _address(thing)
        font = self._of_thing.get(key)
        if font is None:
            matrix = raw.FS_MATRIX()
            if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)) or matrix.a <= 0:
                raise _NotSimpleError
            if max(abs(matrix.b), abs(matrix.c), abs(matrix.a - matrix.d)) > _SLANT * matrix.a:
                raise _NotSimpleError
            handle = raw.FPDFTextObj_GetFont(thing)
            font = self._known.setdefault((_address(handle), matrix.d), _Font(handle, matrix.d))
            self._of_thing[key] = font
        return font


def _address(handle: ctypes._Pointer[Any]) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _shapes(things: Sequence[pdfium.PdfObject], height: float, left: float, bottom: float) -> Iterator[Shape]:
    """The painted paths of a page, each part of a path by itself."""
    for thing in things:
        if thing.type == raw.FPDF_PAGEOBJ_FORM:
            raise _NotSimpleError
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            yield from _parts(thing, height, left, bottom)


def _parts(thing: pdfium.PdfObject, height: float, left: float, bottom: float) -> Iterator[Shape]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    matrix = thing.get_matrix()
    is_stroked = bool(stroke.value) and _is_seen(raw.FPDFPageObj_GetStrokeColor, thing)
    is_filled = bool(fill.value) and _is_seen(raw.FPDFPageObj_GetFillColor, thing)
    for points, is_straight, is_closed in _subpaths(thing):
        placed = [matrix.on_point(x, y) for x, y in points]
        down = tuple((x - left, height + bottom - y) for x, y in placed)
        is_line = is_straight and len(down) == 2
        is_rectangle = is_straight and _is_rectangle(down, is_closed)
        yield Shape(down, is_line, is_rectangle, bool(stroke.value), is_stroked, is_filled)


def _subpaths(thing: pdfium.PdfObject) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
    """Points of each part of a path, whether all between them is straight, and whether it is closed."""
    points: list[tuple[float, float]] = []
    is_straight, is_closed = True, False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(raw.FPDFPath_CountSegments(thing.raw)):
        segment = raw.FPDFPath_GetPathSegment(thing.raw, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, is_straight, is_closed
            points, is_straight, is_closed = [], True, False
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
        is_straight &= kind != raw.FPDF_SEGMENT_BEZIERTO
        is_closed |= bool(raw.FPDFPathSegment_GetClose(segment))
    if len(points) > 1:
        yield points, is_straight, is_closed


def _is_rectangle(points: tuple[tuple[float, float], ...], is_closed: bool) -> bool:
    corners = points[:-1] if len(points) == 5 and points[0] == points[-1] else points
    if len(corners) != 4 or not (is_closed or len(points) == 5):
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def _is_seen(color_of: object, thing: pdfium.PdfObject) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    color_of(thing.raw, *map(ctypes.byref, parts))  # type: ignore[operator]
    return not all(p.value > _WHITE for p in parts[:3])
