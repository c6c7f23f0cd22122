"""A closer look at what came, in a child of its own: where it leads to, what it is, what makes a version of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from extractors.document import UnreadableError
from extractors.readers import read
from extractors.readers.encodings import decode
from extractors.readers.html import is_html
from extractors.readers.kinds import DOC, DOCX, ODS, ODT, PDF, RTF, XLS, XLSX, kind_of
from pipeline.ingest.cues import main_text, says_missing
from pipeline.ingest.frontier import Found
from pipeline.ingest.links import of_document, of_feed, of_listing, of_sitemap
from pipeline.ingest.sources import Source

_ENDINGS = {
    DOCX: "docx", XLSX: "xlsx", ODT: "odt", ODS: "ods", DOC: "doc", XLS: "xls", RTF: "rtf", PDF: "pdf", "application/zip": "zip", "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z", "image/png": "png", "image/jpeg": "jpg", "image/tiff": "tif", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp",
}  # fmt: skip
_PAGES = {"listing": of_listing, "feed": of_feed, "sitemap": of_sitemap}


@dataclass(frozen=True, slots=True)
class Page:
    """What came from an address. `url`: after redirections; `kind`: as in Found."""

    kind: str
    url: str
    body: bytes
    source: Source
    depth: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What it is. `ending`: of the file it is stored as; `sameness`: hash of what makes a version; `missing`: it says that nothing is there;
    `problem`: why it is not what was expected."""

    found: tuple[Found, ...]
    ending: str
    sameness: str
    missing: bool = False
    problem: str | None = None


def look(thing: Any, tell: Callable[[object], None]) -> Seen:
    """Looks at a Page. Never raises for bad input."""
    page: Page = thing
    if page.kind in _PAGES:
        return _look_for_links(page)
    ending = _ending(page.body)
    own = hashlib.sha256(page.body).hexdigest()
    if ending != "html":
        return Seen((), ending, own)
    try:
        text = read(page.body).text
    except (UnreadableError, RecursionError):
        text = ""
    words = main_text(text)
    if says_missing(text):
        return Seen((), ending, own, missing=True)
    sameness = hashlib.sha256(words.encode()).hexdigest() if words else own
    return Seen(tuple(of_document(page.body, page.url, page.source, page.depth)), ending, sameness)


def _look_for_links(page: Page) -> Seen:
    try:
        found = _PAGES[page.kind](page.body, page.url, page.source, page.depth)
    except (ValueError, RecursionError, OSError, EOFError) as problem:
        return Seen((), "", "", problem=str(problem) or type(problem).__name__)
    return Seen(tuple(found), "", "")


def _ending(data: bytes) -> str:
    try:
        kind = kind_of(data)
    except UnreadableError as problem:
        kind = problem.media_type
    if kind is not None:
        return _ENDINGS.get(kind, "bin")
    return "html" if is_html(decode(data)) else "txt"
