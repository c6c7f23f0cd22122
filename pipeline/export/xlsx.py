"""One workbook: a page to read first, the views, the tables and the dictionary; headers frozen, columns filtered, nothing ever a formula."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.place import ExportError, rows_of, tables_of
from pipeline.releases import Release
from pipeline.schema import VIEW_TABLES, Column, Table

_MOST_ROWS = 1_048_575  # of a sheet, below its header
_MOST_LETTERS = 32_767  # of a cell
_LEFT_OUT = frozenset({"texts", "data_dictionary"})  # longer than cells may be; a sheet of its own
_CUT = " … (cut: the whole text is in the Parquet file)"
_WIDTHS = {"bool": 9, "int16": 9, "int32": 11, "int64": 18, "double": 12, "date": 11, "list": 24}
_ABOUT = (
    "Each sheet is a table; row 1 has the names of the columns, a note on each says what it holds.",
    "plans_wide, targets_wide, tasks_wide and budgets_wide are made for reading. The rows of budgets_wide may be added up.",
    "Filter on is_primary to count nothing twice. open_issues counts what to doubt; the sheet issues says it in words.",
    "Mỗi trang là một bảng; dòng 1 là tên cột, ghi chú ở ô tên cột nói cột đó chứa gì.",
    "Các bảng *_wide dành để đọc. Chỉ budgets_wide mới được cộng thẳng. Lọc is_primary để không đếm hai lần.",
)


def write(release: Release, path: Path) -> None:
    """Writes a release as a workbook. Raises ExportError when a table has more rows than a sheet."""
    tables = sorted((t for t in tables_of(release) if t.name not in _LEFT_OUT), key=lambda t: t not in VIEW_TABLES)
    for table in tables:
        if release.counts()[table.name] > _MOST_ROWS:
            raise ExportError(
                f"{table.name} has more than {_MOST_ROWS} rows, a sheet of Excel holds no more: export csv, duckdb or sqlite"
            )
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": f"Release {release.name}"})
        look = {
            "head": book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1}), "title": book.add_format({"bold": True, "font_size": 14}),
            "money": book.add_format({"num_format": "#,##0"}), "number": book.add_format({"num_format": "#,##0.##"}), "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "year": book.add_format({"num_format": "0"}),
        }  # fmt: skip
        _read_me(book.add_worksheet("Read me"), release, tables, look)
        for table in tables:
            _sheet(book.add_worksheet(table.name), release, table, look)
        _dictionary(book.add_worksheet("dictionary"), tables, look)


def _read_me(sheet: Worksheet, release: Release, tables: list[Table], look: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 3, 70)
    sheet.write_string(0, 0, f"Release {release.name}", look["title"])
    for n, line in enumerate(_ABOUT, 2):
        sheet.write_string(n, 0, line)
    first = len(_ABOUT) + 3
    for column, name in enumerate(("sheet", "rows", "one row is", "mỗi dòng là")):
        sheet.write_string(first, column, name, look["head"])
    for n, table in enumerate(tables, first + 1):
        sheet.write_string(n, 0, table.name)
        sheet.write_number(n, 1, release.counts()[table.name], look["money"])
        sheet.write_string(n, 2, table.description_en)
        sheet.write_string(n, 3, table.description_vi)


def _sheet(sheet: Worksheet, release: Release, table: Table, look: dict[str, Format]) -> None:
    for n, column in enumerate(table.columns):
        sheet.set_column(n, n, _width(column))
        sheet.write_string(0, n, column.name, look["head"])
        sheet.write_comment(0, n, f"{column.description_en}\n{column.description_vi}")
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows_of(release, table), 1):
        for n, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if value is not None:
                _write(sheet, last, n, column, value, look)
    sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)


def _write(sheet: Worksheet, row: int, place: int, column: Column, value: Any, look: dict[str, Format]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look["date"])
    elif isinstance(value, int | float):
        kind = "year" if column.unit == "year" else "number" if column.type == "double" else "money"
        sheet.write_number(row, place, value, look[kind])
    else:
        text = "; ".join(value) if isinstance(value, list) else str(value)
        sheet.write_string(row, place, text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - len(_CUT)] + _CUT)


def _width(column: Column) -> int:
    if column.type in _WIDTHS:
        return _WIDTHS[column.type]
    return 50 if column.name.endswith(("_vi", "quote", "_text")) and column.name != "province_vi" else 20


def _dictionary(sheet: Worksheet, tables: list[Table], look: dict[str, Format]) -> None:
    heads = (("table", 18), ("column", 24), ("type", 9), ("unit", 12), ("description", 70), ("mô tả", 70))
    for n, (name, width) in enumerate(heads):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, name, look["head"])
    sheet.freeze_panes(1, 2)
    lines = [
        (t.name, c.name, c.type, c.unit or "", c.description_en, c.description_vi) for t in tables for c in t.columns
    ]
    for row, line in enumerate(lines, 1):
        for n, text in enumerate(line):
            sheet.write_string(row, n, text)
    sheet.autofilter(0, 0, len(lines), 5)
