"""An SQLite file, made for Datasette: tables and wide views as tables with keys, and words to search without marks.

SQLite has no lists, booleans or dates: lists are JSON, booleans 0 and 1, dates text as 2021-03-09. Views are stored as tables, since their SQL is
DuckDB's, and since a page then opens at once.

`<table>_fts` finds words whatever their marks: "nuoc sach" finds "nước sạch". FTS5 takes đ for a letter of its own, not for d with a mark; a cell with đ is
therefore indexed twice, as it stands and with d, so that "dong bao" and "đồng bào" both find "đồng bào".
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.export.reading import ALL_TABLES, rows_of
from pipeline.releases import Release
from pipeline.schema import Column, Table

# Table to the columns whose words can be searched.
SEARCHED = {
    "plans": ("title_vi", "quote"),
    "targets": ("text_vi", "quote"),
    "tasks": ("name_vi", "content_vi", "quote"),
    "budgets": ("line_name_vi", "quote"),
    "plans_wide": ("title_vi",),
    "targets_wide": ("text_vi", "quote"),
    "tasks_wide": ("name_vi", "content_vi", "quote"),
    "budgets_wide": ("line_name_vi", "quote"),
}
_TYPES = {"int16": "INTEGER", "int32": "INTEGER", "int64": "INTEGER", "bool": "INTEGER", "double": "REAL"}


def write_sqlite(release: Release, target: Path) -> int:
    """Writes the file and gives the number of rows in tables and views."""
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for table in ALL_TABLES:
            connection.execute(_create(table))
            marks = ", ".join("?" for _ in table.columns)
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', _stored(release, table))
        for table in ALL_TABLES:
            for column in table.columns:
                if column.refers_to and column.name != table.key[0]:
                    name = f"{table.name}_by_{column.name}"
                    connection.execute(f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}")')
        for name, searched in SEARCHED.items():
            _make_searchable(connection, name, searched)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    return sum(release.counts()[t.name] for t in ALL_TABLES)


def _create(table: Table) -> str:
    lines = [_column(c) for c in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(_name(k) for k in table.key)})")
    for column in table.columns:
        if column.refers_to:
            other, _, pointed = column.refers_to.partition(".")
            lines.append(f"FOREIGN KEY ({_name(column.name)}) REFERENCES {_name(other)} ({_name(pointed)})")
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(column: Column) -> str:
    null = "" if column.nullable else " NOT NULL"
    return f"{_name(column.name)} {_TYPES.get(column.type, 'TEXT')}{null}"


def _name(name: str) -> str:
    return f'"{name}"'


def _stored(release: Release, table: Table) -> Iterator[list[Any]]:
    lists = [i for i, c in enumerate(table.columns) if c.type == "list"]
    dates = [i for i, c in enumerate(table.columns) if c.type == "date"]
    for row in rows_of(release, table):
        values = list(row)
        for i in lists:
            values[i] = None if values[i] is None else json.dumps(values[i], ensure_ascii=False)
        for i in dates:
            values[i] = None if values[i] is None else values[i].isoformat()
        yield values


def _make_searchable(connection: sqlite3.Connection, name: str, searched: tuple[str, ...]) -> None:
    columns = ", ".join(_name(c) for c in searched)
    connection.execute(
        f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 ({columns}, tokenize="unicode61 remove_diacritics 2", content="{name}")'
    )
    words = ", ".join(_searched_words(_name(c)) for c in searched)
    connection.execute(
        f'INSERT INTO "{name}_fts" (rowid, {columns}) SELECT rowid, {words} FROM "{name}" ORDER BY rowid'
    )
    connection.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'optimize\')')


def _searched_words(column: str) -> str:
    """The words of a cell, and once more with d for đ where that makes a difference."""
    plain = f"replace(replace({column}, 'đ', 'd'), 'Đ', 'D')"
    return f"CASE WHEN {plain} <> {column} THEN {column} || ' ' || {plain} ELSE {column} END"
