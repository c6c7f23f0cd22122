"""Bytes to Document: the kind of a file is recognised by its content, never by its name."""

from __future__ import annotations

from extractors.document import Document, UnreadableError
from extractors.readers import html, plain
from extractors.readers.encodings import decode, looks_binary

_MAGIC = (
    (b"%PDF", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
)


def read(data: bytes) -> Document:
    """Reads a file. Raises UnreadableError with a reason a person can act on, and the media type by content."""
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is not None:
        raise UnreadableError(
            f"no reader for {kind} yet: save the document as HTML or plain text and put that into data/raw", kind
        )
    if not data.strip():
        raise UnreadableError("the file is empty: fetch it again", "application/x-empty")
    if looks_binary(data):
        raise UnreadableError(
            "the file holds no text (binary data of no known format): check what was saved", "application/octet-stream"
        )
    text = decode(data)
    return html.read(text) if html.is_html(text) else plain.read(text)
