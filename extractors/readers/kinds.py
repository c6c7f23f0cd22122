"""The kind of a file, recognised by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import olefile

from extractors.document import UnreadableError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
RTF = "application/rtf"
PDF = "application/pdf"
IMAGES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif"})

_MAGIC = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", RTF),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
_PDF_WITHIN = 1024  # readers of PDF accept so much in front of the mark
_IS_MEDIA_TYPE = re.compile(rb"[a-z]+/[a-z0-9.+-]+")


def kind_of(data: bytes) -> str | None:
    """The media type of bytes; None for text and unknown bytes. Raises UnreadableError for a damaged or locked container."""
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind == "image/bmp" and int.from_bytes(data[2:6], "little") != len(data):
        kind = None  # two letters are no proof: the header of a bitmap states its size
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if kind == "application/zip":
        return _kind_of_zip(data)
    if kind == "application/x-ole-storage":
        return _kind_of_ole(data)
    if kind is None and b"%PDF-" in data[:_PDF_WITHIN]:
        return PDF
    return kind


def may_need_office(head: bytes) -> bool:
    """Whether the first bytes (100 or more) of a file are those of kinds that LibreOffice converts."""
    text = b"mimetypeapplication/vnd.oasis.opendocument.text"
    return head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or head[30 : 30 + len(text)] == text


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                return DOCX
            if any(n.startswith("xl/workbook") for n in names):
                return XLSX
            if "content.xml" in names and "mimetype" in names:
                said = archive.open("mimetype").read(100).strip()
                return said.decode("ascii") if _IS_MEDIA_TYPE.fullmatch(said) else "application/zip"
            if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
                return DOCX
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as problem:
        raise UnreadableError(
            f"the file is cut off or damaged (a ZIP container that cannot be opened: {problem}): fetch it again",
            "application/zip",
        ) from None
    raise UnreadableError(_inside(names), "application/zip")


def _inside(names: list[str]) -> str:
    """What to say of a ZIP that is no document."""
    files = [name for name in names if not name.endswith("/")]
    if not files:
        return "a ZIP file with nothing in it: fetch it again"
    if any(name.startswith("ppt/") for name in files):
        return "a PowerPoint file: save it as PDF and put that into data/raw"
    shown = ", ".join(files[:3]) + (" …" if len(files) > 3 else "")
    return f"a ZIP file that is no document; it holds {len(files)} files ({shown}): unpack it, and put the documents into data/raw"


def _kind_of_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as storage:
            names = {"/".join(entry) for entry in storage.listdir()}
    except Exception as problem:  # a damaged directory can raise anything
        raise UnreadableError(
            f"the file is cut off or damaged (an OLE container that cannot be opened: {problem}): fetch it again",
            "application/x-ole-storage",
        ) from None
    if "EncryptedPackage" in names:
        raise UnreadableError(
            "the file is protected by a password: save it again without one, and put that into data/raw", DOCX
        )
    if "WordDocument" in names:
        return DOC
    if "Workbook" in names or "Book" in names:
        return XLS
    return "application/x-ole-storage"
