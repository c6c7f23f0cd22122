"""A DuckDB file: every table with its comments, and the wide views as views, made by the SQL that made their Parquet files.

Tables have no declared keys: DuckDB would build an index for each, and a release is published only when its keys hold.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.database import literal
from pipeline.export.reading import ALL_TABLES
from pipeline.releases import Release
from pipeline.schema import TABLES, Column, Table
from pipeline.views import VIEWS

_STORAGE = "v1.2.0"  # the file opens in every DuckDB since; the newest storage only in the newest


def write_duckdb(release: Release, target: Path) -> int:
    """Writes the file and gives the number of rows in tables and views."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {literal(target)} AS target (STORAGE_VERSION '{_STORAGE}')")
        connection.execute("USE target")
        for table in TABLES:
            source = f"read_parquet({literal(release.path(table.name))})"
            connection.execute(f'CREATE TABLE "{table.name}" AS SELECT {_columns(table)} FROM {source}')
            _describe(connection, "TABLE", table)
        for view in VIEWS:
            connection.execute(f'CREATE VIEW "{view.name}" AS SELECT {_columns(view.table)} FROM (\n{view.sql}\n)')
            _describe(connection, "VIEW", view.table)
    return sum(release.counts()[t.name] for t in ALL_TABLES)


def _columns(table: Table) -> str:
    return ", ".join(f'"{c.name}"' for c in table.columns)


def _describe(connection: duckdb.DuckDBPyConnection, kind: str, table: Table) -> None:
    words = f"{table.description_en} / {table.description_vi}"
    connection.execute(f'COMMENT ON {kind} "{table.name}" IS {_text(words)}')
    for column in table.columns:
        connection.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_text(column_words(column))}')


def column_words(column: Column) -> str:
    """What a column is: English with its unit, then Vietnamese."""
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.description_en}{unit} / {column.description_vi}"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
