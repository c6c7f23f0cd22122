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
    """What came of it: its tables, the height of each page where the width is `boxes.WIDTH`, and the boxes of each row."""

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
            return _with_pages(data, thing, tables, tell)
        except Exception:
            return NOTHING


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
        return Seen(tables)
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
    return Seen(tables, tuple(heights), boxes)


def _pdf_pages(data: bytes, file: Original) -> Iterator[tuple[int, PageLayout | None]]:
    """Draws each page of a PDF; yields its height and its words with places, where they are known."""
    import pdfplumber

    from extractors.readers.pdf_page import page_layout
    from extractors.readers.pdf_quick import quick_layout
    from extractors.readers.pdf_triage import open_pdf

    with closing(open_pdf(data)) as quick, pdfplumber.open(io.BytesIO(data)) as slow:
        for number in range(1, len(quick) + 1):
            page = quick[number - 1]
            width, height = page.get_size()
            page.render(scale=_PIXELS / max(width, 1.0)).to_pil().convert("RGB").save(
                file.folder / f"{number}.webp", quality=_QUALITY
            )
            page.close()
            layout = _kept(file, number)
            if layout is None:
                with contextlib.suppress(Exception):
                    layout = quick_layout(quick, number) or page_layout(slow.pages[number - 1], number)
            yield round(WIDTH * height / max(width, 1.0)), _upright(layout, width / max(height, 1.0))


def _frames(data: bytes, file: Original) -> Iterator[tuple[int, PageLayout | None]]:
    """The same of the frames of a picture."""
    from extractors.readers.image import frames

    for number, (picture, _) in enumerate(frames(data, file.media_type), 1):
        width, height = picture.size
        picture.convert("RGB").resize((_PIXELS, max(1, round(_PIXELS * height / width)))).save(
            file.folder / f"{number}.webp", quality=_QUALITY
        )
        yield round(WIDTH * height / width), _upright(_kept(file, number), width / height)


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
