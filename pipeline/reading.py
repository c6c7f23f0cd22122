"""One file read: its document and its findings, or the reason why not. Runs inside a disposable child."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from extractors.document import Document, MissingProgramError, UnreadableError
from extractors.findings import Findings
from extractors.readers.context import Context
from extractors.readers.limits import MOST_BYTES, too_much

_MOST_LETTERS = 2_000_000  # of the text of a document: ten times the longest that was met, and ten seconds of work
_MOST_PLACES = 200_000  # paragraphs, and places in tables


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file's bytes. `findings` and `text` are None when nothing could be read; `is_final`: the same bytes and code give the same
    again, also on another machine."""

    status: str
    reason: str | None
    media_type: str
    text_layer: str | None
    text: str | None
    url: str | None
    findings: Findings | None
    page_starts: tuple[int, ...] = ()
    page_count: int | None = None
    is_final: bool = True


def read_bytes(data: bytes, context: Context | None = None) -> Reading:
    """Reads and understands the bytes of one file. Bad input gives a failed reading, never an exception."""
    try:
        return _read(data, context or Context())
    except MissingProgramError as problem:
        return replace(failed(str(problem), problem.media_type), is_final=False)
    except UnreadableError as problem:
        return failed(str(problem), problem.media_type)
    except RecursionError:
        return failed("the file nests its elements too deeply to be read: save it again as HTML or plain text")


def _read(data: bytes, context: Context) -> Reading:
    from extractors.find import find
    from extractors.readers import read

    document = read(data, context)
    if not document.text.strip():
        return failed(
            "the page holds no text: save the document itself instead of the page around it", document.media_type
        )
    _check_length(document)
    findings = find(document)
    status = "partial" if document.is_partial else "complete"
    reason = document.partial_reason or findings.no_plan_reason
    return Reading(
        status, reason, document.media_type, document.text_layer, document.text, document.source_url, findings,
        document.page_starts, document.page_count,
    )  # fmt: skip


def _check_length(document: Document) -> None:
    """Raises UnreadableError for more text than can be understood in the time that a document has."""
    if (letters := len(document.text)) > _MOST_LETTERS:
        raise too_much(f"{letters:,} letters of text", _MOST_LETTERS, document.media_type)
    tables = [b.table for b in document.blocks if b.table is not None]
    places = len(document.blocks) + sum(t.n_rows * t.n_columns for t in tables)
    if places > _MOST_PLACES:
        raise too_much(f"{places:,} paragraphs and places in tables", _MOST_PLACES, document.media_type)


def failed(reason: str, media_type: str = "application/octet-stream") -> Reading:
    """The reading of a file that could not be read."""
    return Reading("failed", reason, media_type, None, None, None, None)


def read_file(path: Path, context: Context | None = None) -> Reading:
    """Reads a file from disk; an unreadable file gives a failed reading."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            return failed(
                f"the file is {size // 1_000_000:,} MB large, and no more than {MOST_BYTES // 1_000_000} MB are read: split it"
            )
        data = path.read_bytes()
    except OSError as problem:
        message = f"the file cannot be opened ({problem.strerror}): check its permissions"
        return replace(failed(message), is_final=False)
    return read_bytes(data, context)
