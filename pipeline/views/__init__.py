"""Wide views for reading: SQL over the tables of a release, the same text in its Parquet files and in exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.database import literal
from pipeline.merge import write_queries
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


_TASKS = 20_000  # gathered at once
_OF_TASKS = ("tasks", "task_agencies", "budgets")
VIEWS = tuple(View(t, (_FOLDER / f"{t.name}.sql").read_text(encoding="utf-8")) for t in VIEW_TABLES)


def write_views(connection: duckdb.DuckDBPyConnection, folder: Path, to: Path) -> None:
    """Writes every view of the tables in a folder, rows sorted by key, with the types and descriptions of the schema."""
    _see(connection, folder, [t.name for t in TABLES], "")
    for view in VIEWS:
        write_queries(connection, _queries(connection, folder, view), view.table, to / f"{view.name}.parquet")


def _queries(connection: duckdb.DuckDBPyConnection, folder: Path, view: View) -> Iterator[str]:
    """The query of a view; for tasks, whose agencies are gathered in memory, one for each part of the keys, over the rows of these alone."""
    columns = ", ".join(c.name for c in view.table.columns)
    query = f"SELECT {columns} FROM ({view.sql}) ORDER BY {', '.join(view.table.key)}"
    if view.name != "tasks_wide":
        yield query
        return
    ((tasks,),) = connection.sql("SELECT count(*) FROM tasks").fetchall()
    count = 1
    while tasks > count * _TASKS and count < 256:
        count *= 2
    for n in range(count):
        _see(connection, folder, _OF_TASKS, f"WHERE task_id >= '{_key(n, count)}' AND task_id < '{_key(n + 1, count)}'")
        yield query
    _see(connection, folder, _OF_TASKS, "")


def _key(n: int, count: int) -> str:
    """The key at which a part begins: keys of tasks are hashes and lie evenly."""
    return f"tk-{256 * n // count:02x}" if n < count else "tk-g"


def _see(connection: duckdb.DuckDBPyConnection, folder: Path, names: Sequence[str], where: str) -> None:
    """Makes tables of the folder known by their names."""
    for name in names:
        path = folder / f"{name}.parquet"
        if path.is_file():
            connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS FROM read_parquet({literal(path)}) {where}')
