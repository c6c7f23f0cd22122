"""Wide views for reading: SQL over the tables of a release, the same text in its Parquet files and in exports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.database import literal
from pipeline.merge import write_query
from pipeline.schema import TABLES, VIEW_TABLES, Table

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class View:
    """A view: what its columns are, and the SELECT (DuckDB's SQL) over the tables by their names that makes it."""

    table: Table
    sql: str

    @property
    def name(self) -> str:
        """Name of the view."""
        return self.table.name


VIEWS = tuple(View(t, (_FOLDER / f"{t.name}.sql").read_text(encoding="utf-8")) for t in VIEW_TABLES)


def write_views(connection: duckdb.DuckDBPyConnection, folder: Path, to: Path) -> None:
    """Writes every view of the tables in a folder, rows sorted by key, with the types and descriptions of the schema."""
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        if path.is_file():
            connection.execute(f'CREATE OR REPLACE TEMP VIEW "{table.name}" AS FROM read_parquet({literal(path)})')
    for view in VIEWS:
        columns = ", ".join(c.name for c in view.table.columns)
        order = ", ".join(view.table.key)
        query = f"SELECT {columns} FROM ({view.sql}) ORDER BY {order}"
        write_query(connection, query, view.table, to / f"{view.name}.parquet")
