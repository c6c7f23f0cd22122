"""Wide views for reading: SQL over the tables of a release, the same text in its Parquet files and in exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.schema import VIEW_TABLES, Table

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


def make_views(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Every view of the tables of a release, rows sorted by key, with the types and descriptions of the schema."""
    import duckdb  # a tenth of a second that `--help` need not spend

    from pipeline.tables import arrow_schema

    with duckdb.connect() as connection:
        connection.execute("SET threads TO 1")
        for name, rows in tables.items():
            connection.register(name, rows)
        found = {}
        for view in VIEWS:
            columns = ", ".join(c.name for c in view.table.columns)
            order = ", ".join(view.table.key)
            rows = connection.sql(f"SELECT {columns} FROM ({view.sql}) ORDER BY {order}").to_arrow_table()
            found[view.name] = rows.cast(arrow_schema(view.table))
    return found
