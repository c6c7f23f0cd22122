"""An Excel workbook: a sheet to read first, the wide views, the tables, the dictionary of columns.

Every text is written as text, so that nothing is run as a formula. A cell of Excel holds 32,767 characters: longer texts are cut and say so. The
whole texts of documents (`texts`) are left out, since most of them would be cut.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.duckdb_file import column_words
from pipeline.export.place import ExportError
from pipeline.export.reading import rows_of
from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES, Column, Table

README_SHEET = "Read me"
# Table to the sheet it is on; the dictionary comes last, under a name that says what it is.
SHEETS = {
    **{t.name: t.name for t in (*VIEW_TABLES, *TABLES) if t.name not in ("texts", "data_dictionary")},
    "data_dictionary": "dictionary",
}
MOST_ROWS = 1_048_576 - 1  # below the header
MOST_CHARACTERS = 32_767
CUT = " […] (cut: Excel holds no more; CSV and DuckDB hold it all. Đã cắt: xem bản CSV hoặc DuckDB)"
_FIRST_DAY = datetime.date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_WIDEST, _NARROWEST = 55, 9
_TABLES = {t.name: t for t in (*VIEW_TABLES, *TABLES)}

_INTRODUCTION = (
    "Các kế hoạch của chính quyền Việt Nam: mục tiêu, nhiệm vụ, cơ quan, kinh phí, mỗi dòng kèm nguyên văn. Bắt đầu từ các trang *_wide.",
    "Plans of Vietnam's government: targets, tasks, agencies, budgets, each row with the words it was read from. Begin with the sheets *_wide.",
    "Chỉ cộng tiền ở budgets_wide (hoặc budgets với is_additive = TRUE), theo từng giai đoạn. Lọc is_primary = TRUE để không đếm trùng.",
    "Add money only in budgets_wide (or budgets with is_additive = TRUE), phase by phase. Filter is_primary = TRUE to count nothing twice.",
    "Trỏ chuột vào tên cột để xem giải thích. Ô trống: nguồn không nêu. Toàn văn (texts) không có ở đây.",
    "Point at the name of a column for what it means. An empty cell: the source does not say. The whole texts (texts) are not in here.",
)


def check_fits(release: Release, target: Path) -> None:
    """Raises ExportError when a table has more rows than a sheet of Excel."""
    counts = release.counts()
    for name in SHEETS:
        if counts[name] > MOST_ROWS:
            raise ExportError(
                f"{name} has {counts[name]:,} rows, and a sheet of Excel holds {MOST_ROWS:,}: export csv or duckdb instead"
            )


def write_xlsx(release: Release, target: Path) -> int:
    """Writes the workbook and gives the number of rows in its sheets of data."""
    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        book.set_properties({"title": f"Kế hoạch, {release.name}"})
        styles = _Styles(book)
        first = book.add_worksheet(README_SHEET)
        sheets = {name: book.add_worksheet(sheet) for name, sheet in SHEETS.items()}
        for name, sheet in sheets.items():
            _write_table(sheet, release, _TABLES[name], styles)
            sheet.set_tab_color("#1F6F5C" if name.endswith("_wide") else "#B9C4C9")
        _write_readme(first, release, styles)
        first.activate()
    return sum(release.counts()[name] for name in SHEETS)


class _Styles:
    """Formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.header = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1F4E5F", "valign": "vcenter"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.millions = book.add_format({"num_format": "#,##0.0"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})

    def of(self, column: Column) -> Format | None:
        """Format of the cells of a column; None where Excel's own is right: years have no thousands."""
        if column.type == "date":
            return self.date
        return {"VND": self.whole, "million VND": self.millions}.get(column.unit or "")


def _write_table(sheet: Worksheet, release: Release, table: Table, styles: _Styles) -> None:
    widths = []
    sheet.set_row(0, 20)
    for i, column in enumerate(table.columns):
        sheet.write_string(0, i, column.name, styles.header)
        sheet.write_comment(0, i, column_words(column), {"x_scale": 2, "font_size": 9})
        widths.append(len(column.name) + 4)  # room for the arrow of the filter
    formats = [styles.of(c) for c in table.columns]
    last = 0
    for last, row in enumerate(rows_of(release, table), start=1):
        for i, value in enumerate(row):
            if value is not None:
                shown = _write(sheet, last, i, value, formats[i])
                widths[i] = max(widths[i], shown)
    for i, width in enumerate(widths):
        sheet.set_column(i, i, min(max(width, _NARROWEST), _WIDEST))
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: Format | None) -> int:
    """Writes a value as what it is, and gives about how many characters it takes."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return 5
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
        return len(f"{value:,}") + 1
    if isinstance(value, datetime.date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, value, style)
        return 10
    text = fitting("; ".join(value) if isinstance(value, list) else str(value))
    sheet.write_string(row, column, text)
    return len(text) + 1


def fitting(text: str) -> str:
    """A text as a cell can hold it: cut, with a note, when it is too long. Excel counts in UTF-16."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def _write_readme(sheet: Worksheet, release: Release, styles: _Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 3, 85)
    sheet.write_string(0, 0, f"Kế hoạch, {release.name}", styles.title)
    for i, line in enumerate(_INTRODUCTION, start=2):
        sheet.write_string(i, 0, line)
    top = len(_INTRODUCTION) + 3
    for i, words in enumerate(("Sheet / Trang", "Rows / Dòng", "One row is", "Mỗi dòng là")):
        sheet.write_string(top, i, words, styles.header)
    counts = release.counts()
    for row, (name, title) in enumerate(SHEETS.items(), start=top + 1):
        sheet.write_string(row, 0, title)
        sheet.write_number(row, 1, counts[name], styles.whole)
        sheet.write_string(row, 2, _TABLES[name].description_en)
        sheet.write_string(row, 3, _TABLES[name].description_vi)
