"""Pages without usable text: rendered, cleaned, their tables found by their lines, and read by tesseract."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from itertools import pairwise
from statistics import mean, median

import cv2
import numpy as np
import pypdfium2

from extractors.readers import imaging, rulings, tesseract
from extractors.readers.askew import Print, printed
from extractors.readers.context import Context, Store
from extractors.readers.imaging import Image, Sheet
from extractors.readers.kinds import PDF
from extractors.readers.second_look import confirmed, is_number
from extractors.readers.stamps import without_rings
from extractors.readers.tesseract import Read
from extractors.readers.words import Box, PageLayout, Word

VERSION = 13  # of what is kept in the store: raise it with every change of what a page gives
_LARGEST = 6000  # pixels of the longer side of a rendered page; a poster is read coarser
_MOST_TIMES = 40  # longer than wide: such a page holds a line, no letters
_MARGIN = 12  # white around a picture given to tesseract
_TOUCH = 4  # pixels around a cell: the tails of its letters hang over the line
_FRAME = 5  # pixels inside a cell that may still be line
_LETTERS = 60  # pixels of ink, the least that can be a word
_DUST = re.compile(r"[_|~ˆ¬¦⁄«»<>{}\\\\^]+")
_ONLY_DUST = re.compile(r"[—=°`'\"“”‘’.,:;\s]*")
_DOUBTFUL = 60.0  # mean confidence of the words of a page that may stand on its head
_UNSURE = 35.0  # below this mean confidence of a line tesseract reads marks that are no letters


def ocr_pages(data: bytes, pages: Sequence[int], context: Context) -> list[PageLayout]:
    """Reads pages (counted from 1) of a PDF by OCR. Pages read before are taken from the store.

    Raises UnreadableError when tesseract or its Vietnamese data is missing.
    """
    digest = hashlib.sha256(data).hexdigest()
    document = pypdfium2.PdfDocument(data)
    layouts = []
    for done, number in enumerate(pages, 1):
        layouts.append(read_page(partial(_rendered, document, number), digest, number, PDF, context))
        context.page_done(done, len(pages))
    document.close()
    return layouts


def read_page(
    picture: Callable[[], tuple[Image, float]], digest: str, number: int, media_type: str, context: Context
) -> PageLayout:
    """One page, from the store or by OCR. `picture` gives it (RGB or grey) with its dots per inch; `digest` is the hash of
    the file it belongs to."""
    kept = kept_page(digest, number, context.store)
    if kept is not None:
        return kept
    context.slow_work()
    layout = ocr_picture(*picture(), number, media_type)
    context.store.put(_name(digest, number), _to_json(layout))
    return layout


def kept_page(digest: str, number: int, store: Store) -> PageLayout | None:
    """A page that was read before, None for one that was not. `digest`: hash of the file. Raises UnreadableError when tesseract is missing."""
    kept = store.get(_name(digest, number))
    with suppress(ValueError, KeyError, TypeError):  # a damaged result is made anew
        return _from_json(kept) if kept is not None else None
    return None


def _name(digest: str, number: int) -> str:
    return f"ocr-{VERSION}-{tesseract.version()}-{digest}-{number}"


def ocr_picture(picture: Image, dpi: float, number: int, media_type: str) -> PageLayout:
    """Reads the picture of one page, also one that lies on its side or upside down."""
    height, width = picture.shape[:2]
    if max(height, width) > _MOST_TIMES * min(height, width):
        return PageLayout(number, width, height, ())
    cv2.setNumThreads(1)
    sheet = imaging.cleaned(picture, dpi)
    if imaging.lies_on_its_side(sheet.ink):
        picture, sheet = _turned(picture, dpi, sheet, media_type)
    layout, sureness = _read(sheet, number, media_type)
    if sureness < _DOUBTFUL:
        turned, other = _turned(picture, dpi, sheet, media_type)
        if turned is not picture:
            layout, _ = _read(other, number, media_type)
    return layout


def _turned(picture: Image, dpi: float, sheet: Sheet, media_type: str) -> tuple[Image, Sheet]:
    """The picture as its letters stand upright; itself when it already lies so."""
    turns = tesseract.quarter_turns(sheet.ink, media_type)
    if not turns:
        return picture, sheet
    upright = np.ascontiguousarray(np.rot90(picture, -turns))
    return upright, imaging.cleaned(upright, dpi)


def _read(sheet: Sheet, number: int, media_type: str) -> tuple[PageLayout, float]:
    """The words and cells of an upright page, and how sure tesseract is of its words (0 to 100)."""
    lines = rulings.lines_of(sheet)
    tables = rulings.tables_of(lines)
    page = printed(sheet, without_rings(_without_lines(sheet.ink, lines, tables)))
    read = [*_outside(page, tables, media_type), *_inside(page, tables, media_type)]
    words = confirmed(page, [word for word, _ in read], media_type)
    height, width = page.straight.shape
    cells = tuple(tuple(Box(*cell) for cell in table) for table in tables)
    return PageLayout(number, width, height, tuple(words), cells), mean([s for _, s in read] or [100.0])


def _without_lines(page: Image, lines: rulings.Lines, tables: list[list[rulings.Cell]]) -> Image:
    """The page without its ruled lines. Inside a cell everything stays: a line may run on into the stem of a letter."""
    bare = page.copy()
    bare[_thick(lines.drawn) > 0] = 255
    faint = _thick(lines.faint) > 0
    for left, top, right, bottom in (cell for table in tables for cell in table):
        around = slice(top - _FRAME, bottom + _FRAME), slice(left - _FRAME, right + _FRAME)
        inner = slice(top + _FRAME, bottom - _FRAME), slice(left + _FRAME, right - _FRAME)
        bare[around][faint[around]] = 255
        bare[inner] = page[inner]
    return bare


def _thick(lines: Image) -> Image:
    return np.asarray(cv2.dilate(lines, np.ones((5, 5), np.uint8)), dtype=np.uint8)


def _rendered(document: pypdfium2.PdfDocument, number: int) -> tuple[Image, float]:
    page = document[number - 1]
    dpi = min(float(imaging.READING_DPI), _LARGEST / max(page.get_size()) * 72)
    picture = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()
    page.close()
    return np.ascontiguousarray(picture[:, :, :3] if picture.ndim == 3 else picture, dtype=np.uint8), dpi


def _outside(page: Print, tables: list[list[rulings.Cell]], media_type: str) -> list[tuple[Word, float]]:
    rest = page.without(
        (min(c[0] for c in t) - _TOUCH, min(c[1] for c in t) - _TOUCH, max(c[2] for c in t) + _TOUCH, max(c[3] for c in t) + _TOUCH)
        for t in tables
    )  # fmt: skip
    if not _holds_letters(rest):
        return []
    found = _words(tesseract.read_pictures([rest], tesseract.PAGE, media_type)[0], 0, 0)
    return [(_on_straight(page, word), sure) for word, sure in found]


def _on_straight(page: Print, word: Word) -> Word:
    x, y = page.to_straight(word.centre, word.middle)
    across, down = x - word.centre, y - word.middle
    return replace(word, x0=word.x0 + across, x1=word.x1 + across, top=word.top + down, bottom=word.bottom + down)


def _inside(page: Print, tables: list[list[rulings.Cell]], media_type: str) -> list[tuple[Word, float]]:
    places = []
    pictures = []
    for left, top, right, bottom in (cell for table in tables for cell in table):
        picture, x, y = page.cut((left - _TOUCH, top - _TOUCH, right + _TOUCH, bottom + _TOUCH))
        if _holds_letters(picture[_TOUCH:-_TOUCH, _TOUCH:-_TOUCH]):
            pictures.append(_framed(picture))
            places.append((x - _MARGIN, y - _MARGIN))
    read = tesseract.read_pictures(pictures, tesseract.BLOCK, media_type)
    words = [_words(found, x, y) for found, (x, y) in zip(read, places, strict=True)]
    missed = [n for n, found in enumerate(words) if not found]
    again = tesseract.read_pictures([pictures[n] for n in missed], tesseract.LINE, media_type, language="eng")
    for n, found in zip(missed, again, strict=True):  # a lone figure in a narrow column
        numbers = [(w, sure) for w, sure in _words(found, *places[n]) if is_number(w.text)]
        words[n] = [(replace(w, suspect="ocr_number"), sure) for w, sure in numbers]
    return [word for found in words for word in found]


def _framed(picture: Image) -> Image:
    return np.pad(picture, _MARGIN, constant_values=255)


def _holds_letters(picture: Image) -> bool:
    """Whether a picture holds ink of the size of letters, not only the remains of lines."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((picture < 128).astype(np.uint8), connectivity=8)
    marks = stats[1:]
    letters = marks[(marks[:, cv2.CC_STAT_HEIGHT] > 8) & (marks[:, cv2.CC_STAT_WIDTH] > 2)]
    return int(letters[:, cv2.CC_STAT_AREA].sum()) >= _LETTERS


def _words(read: list[Read], x: float, y: float) -> list[tuple[Word, float]]:
    """Words in pixels of the page with their confidence; lines that tesseract itself does not believe are marks, not words."""
    lines: dict[tuple[int, int, int], list[float]] = {}
    for r in read:
        lines.setdefault(r.line, []).append(r.confidence)
    sure = {line for line, values in lines.items() if sum(values) / len(values) >= _UNSURE}
    heights = _heights(read)
    return [
        (Word(text, x + r.left, y + heights[r.line][0], x + right, y + heights[r.line][1]), r.confidence)
        for r, right in zip(read, _rights(read), strict=True)
        if r.line in sure and (text := _without_marks(r.text))
    ]


def _rights(read: list[Read]) -> list[int]:
    """Right ends of the words; a box that reaches over the next word of its line ends where that begins."""
    ends = [r.right for r in read]
    for n, (r, following) in enumerate(pairwise(read)):
        if r.line == following.line and r.left < following.left < r.right:
            ends[n] = following.left
    return ends


def _heights(read: list[Read]) -> dict[tuple[int, int, int], tuple[float, float]]:
    """Top and bottom of each line: one for all its words, so that none looks as if it stood on a line of its own."""
    lines: dict[tuple[int, int, int], list[Read]] = {}
    for r in read:
        lines.setdefault(r.line, []).append(r)
    return {line: (median(r.top for r in rs), median(r.bottom for r in rs)) for line, rs in lines.items()}


def _without_marks(text: str) -> str:
    """A word without what tesseract makes of dust and rests of lines; "" when nothing else is in it."""
    bare = _DUST.sub("", text).replace("Ð", "Đ").replace("ĐĐ", "Đ")
    return "" if _ONLY_DUST.fullmatch(bare) else bare


def _to_json(layout: PageLayout) -> bytes:
    return json.dumps(asdict(layout), ensure_ascii=False, separators=(",", ":")).encode()


def _from_json(kept: bytes) -> PageLayout:
    read = json.loads(kept)
    words = tuple(Word(**w) for w in read["words"])
    tables = tuple(tuple(Box(**b) for b in table) for table in read["tables"])
    return PageLayout(read["number"], read["width"], read["height"], words, tables)
