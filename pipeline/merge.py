"""Tables of shards to tables of a release: sorted, the same bytes whatever the shards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.database import files
from pipeline.schema import Table
from pipeline.tables import arrow_schema

_ROWS = 20_000  # of a row group
_TEXTS = 400  # of a row group where a row is a whole document


def merge_table(connection: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[Path], path: Path) -> None:
    """Writes the rows of all parts into one file."""
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    order = ", ".join(f'"{k}" NULLS FIRST' for k in table.order)
    query = f"SELECT {columns} FROM {files(parts)} ORDER BY {order}" if parts else None
    write_query(connection, query, table, path)


def write_query(connection: duckdb.DuckDBPyConnection, query: str | None, table: Table, path: Path) -> None:
    """Writes the rows of a query, in its order, with the types and descriptions of a table; no query: no rows."""
    schema, rows = arrow_schema(table), _TEXTS if table.name == "texts" else _ROWS
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        reader = connection.sql(query).to_arrow_reader(rows) if query else []
        for group in _groups(reader, rows):
            writer.write_table(group.cast(schema), row_group_size=rows)


def _groups(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Batches of any size as tables of so many rows, the last one smaller."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        while batch.num_rows:
            taken = batch.slice(0, rows - count)
            batch = batch.slice(taken.num_rows)
            waiting.append(taken)
            count += taken.num_rows
            if count == rows:
                yield pa.Table.from_batches(waiting)
                waiting, count = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)
