"""Spreadsheets: of every sheet the lines above and below as paragraphs, and the table with its merged cells."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import python_calamine as calamine

from extractors.assembly import assemble
from extractors.document import Document, RawCell, RawItem, RawParagraph, RawTable, UnreadableError
from extractors.readers.containers import open_container
from extractors.readers.context import Context
from extractors.readers.kinds import ODS, XLS, XLSX, kind_of
from extractors.readers.sheet_formats import Formats, formats_of, shown
from extractors.readers.sheet_sizes import check_ods, check_xls, check_xlsx
from normalizers.old_fonts import may_be_old, old_encoding, to_unicode
from normalizers.text import collapse

_MOST_CELLS = 3_000_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Texts of the cells that hold any, by row and column, and how far merged cells go: place → (rows, columns)."""

    rows: dict[int, dict[int, str]]
    spans: dict[tuple[int, int], tuple[int, int]]


def read(data: bytes, context: Context) -> Document:
    """Reads a workbook into a Document of text layer "xlsx". Hidden and empty sheets are left out. Raises UnreadableError for one
    that is protected or damaged."""
    kind = kind_of(data) or XLSX
    try:
        formats = _checked(data, kind)
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            items = [item for sheet in _sheets(workbook, formats, kind) for item in _items(sheet)]
    except calamine.PasswordError:
        raise UnreadableError(
            "the file is protected by a password: save it again without one, and put that into data/raw", kind
        ) from None
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        OSError,
        LookupError,
        ValueError,
        struct.error,
    ) as problem:
        raise UnreadableError(
            f"the file is cut off or damaged (a workbook that cannot be opened: {problem}): fetch it again", kind
        ) from None
    except BaseException as problem:
        if (
            type(problem).__name__ != "PanicException"
        ):  # of the library, which is written in Rust: an assumption of it did not hold
            raise
        raise UnreadableError(
            "the file is damaged (a workbook that makes no sense): open it in Excel, save it again", kind
        ) from None
    assembled = assemble(items)
    return Document(text=assembled.text, blocks=assembled.blocks, text_layer="xlsx", media_type=kind)


def _checked(data: bytes, kind: str) -> dict[str, Formats]:
    """The formats of a workbook that can be opened within the memory that a reader has. Raises UnreadableError for another."""
    if kind == XLS:
        check_xls(data)
        return {}
    with open_container(data, kind) as archive:
        if kind == ODS:
            check_ods(archive)
            return {}
        check_xlsx(archive)
        return formats_of(archive)


def _sheets(workbook: calamine.CalamineWorkbook, formats: dict[str, Formats], kind: str) -> Iterator[_Sheet]:
    for about in workbook.sheets_metadata:
        if about.visible != calamine.SheetVisibleEnum.Visible or about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.height * sheet.width > _MOST_CELLS:
            raise UnreadableError(
                f"the sheet {about.name} has {sheet.height} rows and {sheet.width} columns: delete what is empty, save it again",
                kind,
            )
        yield _sheet(sheet, formats.get(about.name, {}))


def _sheet(sheet: calamine.CalamineSheet, formats: Formats) -> _Sheet:
    top, left = sheet.start or (0, 0)
    rows: dict[int, dict[int, str]] = {}
    for r, row in enumerate(sheet.to_python(skip_empty_area=True), top):
        texts = {c: _lines(shown(value, formats.get((r, c)))) for c, value in enumerate(row, left) if value != ""}
        if any(texts.values()):
            rows[r] = {c: text for c, text in texts.items() if text}
    spans = {a: (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    return _Sheet(_in_unicode(rows), spans)


def _lines(text: str) -> str:
    return "\n".join(line for part in text.splitlines() if (line := collapse(part)))


def _in_unicode(rows: dict[int, dict[int, str]]) -> dict[int, dict[int, str]]:
    everything = " ".join(text for row in rows.values() for text in row.values())
    encoding = old_encoding(everything, None) if may_be_old(everything) else None
    if encoding is None:
        return rows
    return {r: {c: to_unicode(text, encoding, None) for c, text in row.items()} for r, row in rows.items()}


def _items(sheet: _Sheet) -> Iterator[RawItem]:
    """Groups of rows between empty ones: those of few cells are lines of text, the others tables with lines above."""
    columns = {c for row in sheet.rows.values() for c in row}
    if not columns:
        return
    group: list[int] = []
    for row in sorted(sheet.rows):
        if group and row > group[-1] + 1:
            yield from _group(sheet, group, min(columns), max(columns))
            group = []
        group.append(row)
    yield from _group(sheet, group, min(columns), max(columns))


def _group(sheet: _Sheet, rows: Sequence[int], first: int, last: int) -> Iterator[RawItem]:
    """Lines of text, then the table that begins with the first row of many cells; a single such row is no table."""
    many = min(3, last - first + 1)
    start = next((n for n, row in enumerate(rows) if len(sheet.rows[row]) >= many > 1), len(rows))
    if len(rows) - start < 2:
        start = len(rows)
    yield from _text_lines(sheet, rows[:start])
    if start < len(rows):
        yield _table(sheet, rows[start:], first, last)


def _text_lines(sheet: _Sheet, rows: Sequence[int]) -> Iterator[RawParagraph]:
    """Lines of text in reading order: what stands side by side over several rows is a letterhead or a signature, left first."""
    beside: list[list[str]] = []
    for row in [*rows, None]:
        texts = [text for _, text in sorted(sheet.rows[row].items())] if row is not None else []
        if len(texts) == 2:
            beside.append(texts)
            continue
        for column in zip(*beside, strict=True):
            yield from (RawParagraph(line) for text in column for line in text.split("\n"))
        beside = []
        yield from (RawParagraph(line) for text in texts for line in text.split("\n"))


def _table(sheet: _Sheet, rows: Sequence[int], first: int, last: int) -> RawTable:
    covered: set[tuple[int, int]] = set()
    table: list[list[RawCell]] = []
    for row in rows:
        cells: list[RawCell] = []
        for column in range(first, last + 1):
            if (row, column) in covered:
                continue
            height, width = sheet.spans.get((row, column), (1, 1))
            height, width = min(height, rows[-1] - row + 1), min(width, last - column + 1)
            covered |= {(row + r, column + c) for r in range(height) for c in range(width)}
            cells.append(RawCell(sheet.rows[row].get(column, ""), height, width))
        table.append(cells)
    return RawTable(table)
