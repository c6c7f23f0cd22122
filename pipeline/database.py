"""DuckDB over Parquet files, within a limit of memory: what is larger than that goes to disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

_MEMORY = "160MB"


@contextmanager
def database(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills below a folder."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute("SET threads TO 2")
        connection.execute(f"SET temp_directory = {literal(spill)}")
        yield connection


def literal(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def files(paths: Sequence[Path]) -> str:
    """Parquet files as a table of SQL."""
    return f"read_parquet([{', '.join(literal(p) for p in paths)}])"
