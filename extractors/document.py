"""The document as every rule sees it: one text, and blocks that are slices of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date


class UnreadableError(Exception):
    """A file cannot be read; the message says why and what to do next, `media_type` what the bytes are."""

    def __init__(self, message: str, media_type: str) -> None:
        super().__init__(message)
        self.media_type = media_type


class MissingProgramError(UnreadableError):
    """A program that reading the file needs is not on this machine: another try may go well."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text as it stands in the document, its place in the grid and what it spans."""

    start: int
    end: int
    text: str
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; cells in reading order, rows and columns counted from 0."""

    start: int
    end: int
    n_rows: int
    n_columns: int
    cells: tuple[Cell, ...]

    def __hash__(self) -> int:
        """By its place, which no other table of a document has: it is asked of often, and a hash of every cell costs more than it tells."""
        return hash((self.start, self.end))

    def grid(self) -> list[list[Cell | None]]:
        """Rows of columns; a spanning cell stands in every place it covers, a missing one is None."""
        places: list[list[Cell | None]] = [[None] * self.n_columns for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.column, min(cell.column + cell.column_span, self.n_columns)):
                    places[r][c] = cell
        return places


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table.

    `zone`: body, title (a page's own heading), note (footnotes) or furniture (menus, comments, running headers).
    """

    start: int
    end: int
    text: str
    zone: str
    bold: bool
    table: Table | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words that a reader is not sure of. `code`: ocr_number (two looks at a number differ), label_derived (a number of a
    row that was not legible and follows from its neighbours)."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """A read file. `text` is NFC; every block is a slice of it; nothing is mapped back afterwards.

    `page_starts`: for paged formats, the offset at which each page begins (the first page first); empty for others.
    """

    text: str
    blocks: tuple[Block, ...]
    text_layer: str
    media_type: str
    page_title: str | None = None
    published_date: date | None = None
    source_url: str | None = None
    is_partial: bool = False
    partial_reason: str | None = None
    page_starts: tuple[int, ...] = ()
    page_count: int | None = None
    suspects: tuple[Suspect, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page that holds an offset, from 1; None for formats without pages."""
        return page_at(self.page_starts, offset)


def page_at(page_starts: tuple[int, ...], offset: int) -> int | None:
    """The page that holds an offset, from 1; None where no page begins."""
    return max(1, bisect_right(page_starts, offset)) if page_starts else None


@dataclass(slots=True)
class RawCell:
    """A cell before assembly: lines joined by newline, spans as printed, the page it begins on, a code of `Suspect`."""

    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    suspect: str | None = None


@dataclass(slots=True)
class RawParagraph:
    """A paragraph before assembly: its text, the page it begins on, a code of `Suspect`."""

    text: str
    bold: bool = False
    zone: str = "body"
    page: int | None = None
    suspect: str | None = None


@dataclass(slots=True)
class RawTable:
    """A table before assembly. `breaks`: rows that follow a page break or a blank line."""

    rows: list[list[RawCell]]
    breaks: set[int] = field(default_factory=set)
    zone: str = "body"


RawItem = RawParagraph | RawTable
