"""Bytes to Document: the kind of a file is recognised by its content, and one function per kind reads it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from extractors.document import Document, UnreadableError
from extractors.readers import html, plain
from extractors.readers.context import Context
from extractors.readers.encodings import decode, looks_binary
from extractors.readers.kinds import DOC, DOCX, IMAGES, ODS, ODT, PDF, RTF, XLS, XLSX, kind_of
from extractors.readers.limits import MOST_HTML_LETTERS, MOST_HTML_TAGS, MOST_PLAIN_LETTERS, MOST_PLAIN_LINES, too_much
from normalizers.memo import forget

# Modules are loaded with the first file of their kind: most runs meet few of them, and some take half a second.
_READERS = {
    DOCX: "docx",
    DOC: "office",
    ODT: "office",
    RTF: "office",
    PDF: "pdf",
    XLSX: "sheets",
    XLS: "sheets",
    ODS: "sheets",
    **dict.fromkeys(IMAGES, "image"),
}


def read(data: bytes, context: Context | None = None) -> Document:
    """Reads a file. Raises UnreadableError with a reason a person can act on, and the media type by content."""
    forget()  # what was remembered between two documents is of neither
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableError("the file is empty: fetch it again", "application/x-empty")
    kind = kind_of(data)
    if kind in _READERS:
        return _reader(_READERS[kind])(data, context or Context())
    if kind is not None:
        raise UnreadableError(
            f"no reader for {kind}: save the document as DOCX, PDF, HTML or plain text and put that into data/raw", kind
        )
    if looks_binary(data):
        raise UnreadableError(
            "the file holds no text (binary data of no known format): check what was saved", "application/octet-stream"
        )
    return _read_text(decode(data))


def _read_text(text: str) -> Document:
    """A page or a plain text. Raises UnreadableError for one that is longer than any."""
    is_page = html.is_html(text)
    kind, most = ("text/html", MOST_HTML_LETTERS) if is_page else ("text/plain", MOST_PLAIN_LETTERS)
    if len(text) > most:
        raise too_much(f"{len(text):,} letters", most, kind)
    if is_page and (tags := text.count("<")) > MOST_HTML_TAGS:
        raise too_much(f"{tags:,} tags", MOST_HTML_TAGS, kind)
    if not is_page and (lines := text.count("\n")) > MOST_PLAIN_LINES:
        raise too_much(f"{lines:,} lines", MOST_PLAIN_LINES, kind)
    return html.read(text) if is_page else plain.read(text)


def _reader(name: str) -> Callable[[bytes, Context], Document]:
    reader: Callable[[bytes, Context], Document] = import_module(f"extractors.readers.{name}").read
    return reader
