"""PDF: pages with a text layer that can be trusted are read, the others are recognised from their pictures."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from importlib import import_module

import pdfplumber
from pdfplumber.page import Page
from pypdfium2 import PdfDocument

from extractors.assembly import assemble
from extractors.document import Document, UnreadableError
from extractors.readers.context import Context
from extractors.readers.kinds import PDF
from extractors.readers.layout import PageLayout, items_of
from extractors.readers.mending import mended
from extractors.readers.pdf_page import is_damaged, page_layout
from extractors.readers.pdf_quick import quick_layout
from extractors.readers.pdf_streams import check_streams
from extractors.readers.pdf_triage import PageFacts, open_pdf, page_facts, shows_table
from extractors.readers.text_layer import PageText, pages_to_recognise

_END_MARK = b"%%EOF"

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on fonts are of no use to a reader of plans


def read(data: bytes, context: Context) -> Document:
    """Reads a PDF into a Document of text layer "native", or "ocr" when every page had to be recognised.

    A page that cannot be read makes the document partial. Raises UnreadableError for locked, damaged and blank files.
    """
    facts = _look(data)
    pages, damaged = _parsed(data, facts, context)
    wanted = _to_recognise(data, facts, pages)
    for number in wanted:
        pages.pop(number, None)
    problems = [] if _END_MARK in data else ["the file ends before its end mark, pages may be missing: fetch it again"]
    native = any(page.words for page in pages.values())
    try:
        recognised = list(_recognised(data, wanted, len(pages), context)) if wanted else []
    except UnreadableError as problem:
        if not native:
            raise
        recognised = []
        problems.append(f"{_named(wanted)} not read, {problem}")
    for page in recognised:  # in pixels, unlike the pages around them
        pages[page.number] = page.scaled(facts[page.number - 1].longer_side / max(page.width, page.height, 1.0))
    damaged |= {n for n, fact in enumerate(facts, 1) if fact.is_lost}
    damaged -= {page.number for page in recognised if page.words}
    if damaged:
        problems.append(f"{_named(sorted(damaged))} damaged and not read to the end: fetch the file again")
    items = items_of([pages[n] for n in sorted(pages)])
    assembled = assemble(mended(items, {page.number for page in recognised}))
    if not assembled.text.strip():
        raise UnreadableError("; ".join(["no page of the PDF holds any text", *problems]), PDF)
    return Document(
        text=assembled.text,
        blocks=assembled.blocks,
        text_layer="native" if native else "ocr",
        media_type=PDF,
        is_partial=bool(problems),
        partial_reason="; ".join(problems) or None,
        page_starts=assembled.page_starts,
        page_count=len(facts),
        suspects=assembled.suspects,
    )


def _named(numbers: Sequence[int]) -> str:
    """ "page 3", "pages 2, 5, 6 and 4 more"."""
    shown = ", ".join(str(n) for n in numbers[:5])
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}{more}"


def _look(data: bytes) -> list[PageFacts]:
    check_streams(data)
    document = open_pdf(data)
    try:
        return [page_facts(document, n) for n in range(len(document))]
    finally:
        document.close()


def _parsed(data: bytes, facts: Sequence[PageFacts], context: Context) -> tuple[dict[int, PageLayout], set[int]]:
    """The pages that can be read letter by letter, by number, and the numbers of damaged ones.

    Damaged fonts and streams can raise anything; such a page, or every page of such a file, is left to its picture.
    """
    pages: dict[int, PageLayout] = {}
    damaged: set[int] = set()
    with suppress(Exception), closing(open_pdf(data)) as quick, pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, (fact, page) in enumerate(zip(facts, pdf.pages, strict=False), 1):
            if fact.is_lost or fact.is_map:
                continue
            try:
                if is_damaged(page):
                    damaged.add(number)
                pages[number] = _layout(quick, page, number) if fact.letters else _blank(page, number)
            except Exception:
                damaged.add(number)
            page.close()
            context.page_done(number, len(facts))
    return pages, damaged


def _layout(quick: PdfDocument, page: Page, number: int) -> PageLayout:
    """A page as PDFium reads it where it is simple, else as pdfplumber does."""
    return quick_layout(quick, number) or page_layout(page, number)


def _blank(page: Page, number: int) -> PageLayout:
    return PageLayout(number, float(page.width), float(page.height), ())


def _to_recognise(data: bytes, facts: Sequence[PageFacts], pages: dict[int, PageLayout]) -> list[int]:
    """Numbers of the pages to be read from their pictures: those without a text layer that can be trusted."""
    texts = [
        PageText([w.text for w in pages[n].words] if n in pages else [], fact.covered, fact.is_drawn)
        for n, fact in enumerate(facts, 1)
    ]
    wanted = set(pages_to_recognise(texts))
    wanted |= {n for n, fact in enumerate(facts, 1) if n not in pages and not fact.is_lost}
    scans = [n for n, text in enumerate(texts, 1) if n not in wanted and text.is_scan and not pages[n].tables]
    if scans:
        document = open_pdf(data)
        wanted |= {n for n in scans if shows_table(document, n - 1)}
        document.close()
    return sorted(wanted)


def _recognised(data: bytes, numbers: Sequence[int], before: int, context: Context) -> Iterable[PageLayout]:
    """Pages read from their pictures. Raises UnreadableError when that cannot be done here."""
    total = before + len(numbers)
    told = Context(context.store, lambda done, _: context.page_done(before + done, total), context.slow_work)
    layouts: list[PageLayout] = import_module("extractors.readers.scan").ocr_pages(data, numbers, told)
    return layouts
