"""What only the original files tell: where their tables have cells, and how their pages look, with the boxes of the rows on them. Read in disposable
children, since the files come from anywhere."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from extractors.document import Table, UnreadableError
from extractors.readers.context import Context
from extractors.readers.words import PageLayout
from pipeline.children import Done, Lost, run_children
from pipeline.isolation import Limits
from pipeline.review.boxes import WIDTH, PageWords, PlacedBox, Quote, boxes_of
from pipeline.store import DiskStore

_PIXELS = 1000  # of the width of a page
_TALLEST = 16_000  # pixels; a WebP picture ends at 16,383
_QUALITY = 60
_LIMITS = Limits(seconds=60.0)
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Original:
    """A file, the text that was read from it, where pictures of its pages go, and the quotes to be found on them, by the number of their row.
    `store`: where pages read by OCR and converted files are kept."""

    path: Path
    sha256: str
    media_type: str
    text: str
    folder: Path
    store: Path
    quotes: dict[int, Quote]


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of it: whether the file is there as it was read, its tables, the height of each page where the width is `boxes.WIDTH` (0 for one that
    could not be drawn), and the boxes of each row."""

    is_there: bool = False
    tables: tuple[Table, ...] = ()
    heights: tuple[int, ...] = ()
    boxes: tuple[tuple[int, tuple[PlacedBox, ...]], ...] = ()


NOTHING = Seen()


def look_at(files: Sequence[Original], workers: int) -> Iterator[tuple[int, Seen]]:
    """Looks at every file; yields its index with what was seen, as they are done. A file that is gone, changed or breaks its reader gives nothing."""
    for index, message in run_children(_Eye(), files, workers, _LIMITS):
        if isinstance(message, Done):
            yield index, message.value
        elif isinstance(message, Lost):
            yield index, NOTHING


@dataclass(frozen=True, slots=True)
class _Eye:
    """What a child does with a file."""

    def __call__(self, thing: Original, tell: Callable[[object], None]) -> Seen:
        try:
            data = thing.path.read_bytes()
            if hashlib.sha256(data).hexdigest() != thing.sha256:  # fetched anew since the release
                return NOTHING
            tables: tuple[Table, ...] = ()
            with contextlib.suppress(Exception):  # whatever a damaged file raises: its text is shown as it is
                tables = _tables(data, thing, tell)
        except OSError:
            return NOTHING
        with contextlib.suppress(Exception):
            return _with_pages(data, thing, tables, tell)
        return Seen(True, tables)


class _NotKeptError(Exception):
    """Something would have to be made anew that takes long: a page by OCR, a converted file."""


class _KeptOnly(DiskStore):
    """The store of a run, of which only what is there already is used."""

    def get(self, name: str) -> bytes | None:
        found = super().get(name)
        if found is None:
            raise _NotKeptError(name)
        return found


def _tables(data: bytes, file: Original, tell: Callable[[object], None]) -> tuple[Table, ...]:
    """The tables of a file as it is read today; none where the text is another one than that of the release."""
    from extractors.readers import read

    context = Context(_KeptOnly(file.store), lambda done, total: tell(done), lambda: None)
    document = read(data, context)
    return tuple(b.table for b in document.blocks if b.table is not None) if document.text == file.text else ()


def _with_pages(data: bytes, file: Original, tables: tuple[Table, ...], tell: Callable[[object], None]) -> Seen:
    """The tables with the pages of a PDF or picture drawn."""
    if file.media_type != _PDF and not file.media_type.startswith("image/"):
        return Seen(True, tables)
    file.folder.mkdir(parents=True, exist_ok=True)
    layouts: dict[int, PageWords] = {}
    heights = []
    pages = _pdf_pages if file.media_type == _PDF else _frames
    for number, (height, layout) in enumerate(pages(data, file), 1):
        heights.append(height)
        if layout is not None:
            layouts[number] = PageWords(layout)
        tell(number)
    boxes = tuple((n, tuple(found)) for n, q in file.quotes.items() if (found := boxes_of(q, layouts)))
    return Seen(True, tables, tuple(heights), boxes)


def _pdf_pages(data: bytes, file: Original) -> Iterator[tuple[int, PageLayout | None]]:
    """Draws each page of a PDF; yields its height and its words with places, where they are known."""
    import pdfplumber

    from extractors.readers.pdf_page import page_layout
    from extractors.readers.pdf_quick import quick_layout
    from extractors.readers.pdf_triage import open_pdf

    with closing(open_pdf(data)) as quick, pdfplumber.open(io.BytesIO(data)) as slow:
        for number in range(1, len(quick) + 1):
            height, layout = 0, None
            with contextlib.suppress(Exception):  # a damaged page costs itself
                page = quick[number - 1]
                width, tall = (max(side, 1.0) for side in page.get_size())
                scale = min(_PIXELS / width, _TALLEST / tall)
                picture = page.render(scale=scale).to_pil().convert("RGB")
                picture.save(file.folder / f"{number}.webp", quality=_QUALITY)
                height = round(WIDTH * tall / width)
                is_cut = (
                    page.get_cropbox() != page.get_mediabox()
                )  # words are counted from the corner of the whole sheet
                page.close()
                layout = _kept(file, number)
                if layout is None and not is_cut:
                    layout = quick_layout(quick, number) or page_layout(slow.pages[number - 1], number)
                layout = _upright(layout, width / tall)
            yield height, layout


def _frames(data: bytes, file: Original) -> Iterator[tuple[int, PageLayout | None]]:
    """The same of the frames of a picture."""
    from extractors.readers.image import frames

    for number, (picture, _) in enumerate(frames(data, file.media_type), 1):
        width, tall = picture.size
        scale = min(_PIXELS / width, _TALLEST / tall)
        size = max(1, round(width * scale)), max(1, round(tall * scale))
        picture.convert("RGB").resize(size).save(file.folder / f"{number}.webp", quality=_QUALITY)
        yield round(WIDTH * tall / width), _upright(_kept(file, number), width / tall)


def _kept(file: Original, number: int) -> PageLayout | None:
    """A page as OCR has read it, None where it did not or tesseract is not here."""
    from extractors.readers.scan import kept_page

    try:
        return kept_page(file.sha256, number, DiskStore(file.store))
    except UnreadableError:
        return None


def _upright(layout: PageLayout | None, shape: float) -> PageLayout | None:
    """The layout when it lies as the picture does: OCR reads a page that lies on its side after turning it. `shape`: width by height."""
    if layout is None or not layout.words:
        return None
    return layout if abs(layout.width / max(layout.height, 1.0) / shape - 1) < 0.1 else None
