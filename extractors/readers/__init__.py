"""Bytes to Document: the kind of a file is recognised by its content, and one function per kind reads it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from extractors.document import Document, UnreadableError
from extractors.readers import html, plain
from extractors.readers.context import Context
from extractors.readers.encodings import decode, looks_binary
from extractors.readers.kinds import DOC, DOCX, IMAGES, ODS, ODT, PDF, RTF, XLS, XLSX, kind_of

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
    text = decode(data)
    return html.read(text) if html.is_html(text) else plain.read(text)


def _reader(name: str) -> Callable[[bytes, Context], Document]:
    reader: Callable[[bytes, Context], Document] = import_module(f"extractors.readers.{name}").read
    return reader
