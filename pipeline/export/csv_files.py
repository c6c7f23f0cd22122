"""A folder of CSV files, one per table and view, with `datapackage.json` (Frictionless Data Package 2.0) beside them.

UTF-8 with a byte order mark, by which Excel knows the encoding; CRLF; dates as 2021-03-09; true and false; items of a list with "; " between
them; an empty cell for null, and for a list without items.

A program for spreadsheets runs a cell as a formula when it begins with =, +, @, a tab or a line break, or with - before anything but a
number: the quote "- 90% hộ dân" shows as #NAME?, and a cell made to do harm does harm. Such a text gets an apostrophe in front, which Excel's own
convention reads as "this is text". Numbers below zero stay as they are, also those printed in text ("-1.200", "-5%"), and so does a dash that
stands alone. Text columns only; who needs the words to the letter takes them from Parquet, DuckDB or SQLite.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from pipeline.dictionary import code_rows
from pipeline.export.place import ExportError
from pipeline.export.reading import ALL_TABLES, rows_of
from pipeline.releases import Release
from pipeline.schema import Column, Table

SEPARATOR = "; "
DESCRIPTOR = "datapackage.json"
_ACTIVE = re.compile(r"[=+@\t\r\n＝＋＠－]|-(?!\s*$|[\d.,]+%?\s*$)")
_FIELD_TYPES = {
    "string": "string",
    "list": "list",
    "int16": "integer",
    "int32": "integer",
    "int64": "integer",
    "double": "number",
    "date": "date",
    "bool": "boolean",
}
_MOST_CODES = 20  # a longer vocabulary is looked up in the table `codes`


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _ACTIVE.match(text) else text


def cell(value: Any) -> str:
    """A value as CSV holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return harmless(SEPARATOR.join(value))
    return harmless(value) if isinstance(value, str) else str(value)


def check_replaceable(release: Release, target: Path) -> None:
    """Raises ExportError when the target is a file, or a folder with anything in it that no export has written: it would be lost."""
    if target.is_file():
        raise ExportError(f"{target} is a file: CSV files need a folder, name one that is not there yet")
    ours = {DESCRIPTOR, *(f"{t.name}.csv" for t in ALL_TABLES)}
    foreign = sorted(p.name for p in target.iterdir() if p.name not in ours) if target.is_dir() else []
    if foreign:
        raise ExportError(f"{target} holds other files ({foreign[0]}): name a folder that is not there yet")


def write_csv(release: Release, target: Path) -> int:
    """Writes the folder and gives the number of rows in all files."""
    target.mkdir()
    for table in ALL_TABLES:
        with (target / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow([c.name for c in table.columns])
            lines.writerows([cell(v) for v in row] for row in rows_of(release, table))
    text = json.dumps(descriptor(release), ensure_ascii=False, indent=1)
    (target / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    return sum(release.counts()[t.name] for t in ALL_TABLES)


def descriptor(release: Release) -> dict[str, Any]:
    """The content of `datapackage.json`: files, columns with types, keys and descriptions in English and Vietnamese."""
    codes: dict[str, list[str]] = {}
    for row in code_rows():
        codes.setdefault(row["vocab"], []).append(row["code"])
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ke-hoach",
        "title": "Plans of Vietnam's government",
        "description": (
            "One file per table; the files that end in _wide are for reading. Texts that a spreadsheet would run as a formula begin with an "
            "apostrophe that is not in the source."
        ),
        "version": release.name,
        "resources": [_resource(t, codes) for t in ALL_TABLES],
    }


def _resource(table: Table, codes: dict[str, list[str]]) -> dict[str, Any]:
    pointing = [(c.name, *c.refers_to.split(".")) for c in table.columns if c.refers_to]
    keys = [
        {"fields": name, "reference": {"fields": column, **({} if other == table.name else {"resource": other})}}
        for name, other, column in pointing
    ]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description_en,
        "description_vi": table.description_vi,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(c, c.name in table.key, codes) for c in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(column: Column, in_key: bool, codes: dict[str, list[str]]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _FIELD_TYPES[column.type]}
    constraints: dict[str, Any] = {}
    if column.type == "list":
        field |= {"delimiter": SEPARATOR, "itemType": "string"}
    elif not column.nullable:
        constraints["required"] = True
        if column.type == "string":
            field["missingValues"] = []  # an empty cell is the empty text: the `rule` of rows that no rule has read
    known = codes.get(column.vocab or "", [])
    if column.type == "string" and 0 < len(known) <= _MOST_CODES:
        constraints["enum"] = known
    field |= {"description": column.description_en, "description_vi": column.description_vi}
    if column.unit:
        field["unit"] = column.unit
    if column.vocab:
        field["vocabulary"] = column.vocab
    return {**field, "constraints": constraints} if constraints else field
