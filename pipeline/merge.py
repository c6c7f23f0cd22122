"""Tables of shards to tables of a release: sorted, the same bytes whatever the shards.

What is more than the database sorts in its memory is first divided by the column that rows are sorted by, so that each piece is sorted alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.database import files
from pipeline.schema import Table
from pipeline.tables import arrow_schema

_ROWS = 5_000  # of a row group: what is held in memory while it is written
_TEXTS = 400  # of a row group where a row is a whole document
_PIECE = 24 << 20  # bytes, unpacked, that are sorted at once: sections hold each word of a document several times
_MOST = 256  # pieces at a time
_SAMPLE = 64  # parts that say where to divide


def merge_table(
    connection: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[Path], path: Path, spill: Path
) -> None:
    """Writes the rows of all parts into one file. `spill`: a folder for pieces, empty again at the end."""
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    order = ", ".join(f'"{k}" NULLS FIRST' for k in table.order)
    queries = (
        f"SELECT {columns} FROM {files(piece)} ORDER BY {order}"
        for piece in _pieces(parts, table.order[0], spill / table.name)
    )
    write_queries(connection, queries, table, path)


def write_queries(connection: duckdb.DuckDBPyConnection, queries: Iterable[str], table: Table, path: Path) -> None:
    """Writes the rows of queries one after the other, each in its order, with the types and descriptions of a table."""
    schema, rows = arrow_schema(table), _TEXTS if table.name == "texts" else _ROWS
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        batches = chain.from_iterable(connection.sql(query).to_arrow_reader(rows) for query in queries)
        for group in _groups(batches, rows):
            writer.write_table(group.cast(schema), row_group_size=rows)
    pa.default_memory_pool().release_unused()


def _pieces(parts: Sequence[Path], column: str, folder: Path) -> Iterator[Sequence[Path]]:
    """The parts in pieces that can be sorted one after the other: each holds the values of the column that follow those of the piece before."""
    if not parts:
        return
    pieces = sum(map(_unpacked, parts)) // _PIECE
    borders = _borders(parts, column, min(2 * pieces, _MOST)) if pieces else np.array([])
    if not len(borders):
        yield parts
        return
    folder.mkdir(parents=True)
    divided = _divided(parts, column, borders, folder)
    for n, part in sorted(divided.items()):
        yield from _pieces([part], column, folder / str(n))
        part.unlink()
    folder.rmdir()


def _unpacked(part: Path) -> int:
    about = pq.read_metadata(part)
    return sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))


def _borders(parts: Sequence[Path], column: str, pieces: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Values that divide the rows into parts of about one size; none where all rows have one value."""
    some = parts[:: max(1, len(parts) // _SAMPLE)]
    values = np.sort(np.concatenate([_values(pq.read_table(p, columns=[column])) for p in some]))
    borders = np.unique(values[:: max(1, len(values) // pieces)])
    return borders[1:]


def _values(table: pa.Table | pa.RecordBatch) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(table.column(0).to_pylist(), dtype=object)


def _divided(
    parts: Sequence[Path], column: str, borders: np.ndarray[tuple[int], np.dtype[np.object_]], folder: Path
) -> dict[int, Path]:
    """Files of the rows between two borders, by number."""
    writers: dict[int, pq.ParquetWriter] = {}
    waiting: dict[int, list[pa.RecordBatch]] = defaultdict(list)

    def flush() -> None:
        for n, batches in waiting.items():
            if n not in writers:
                writers[n] = pq.ParquetWriter(folder / f"{n}.parquet", batches[0].schema, compression="lz4")
            writers[n].write_table(pa.Table.from_batches(batches))
        waiting.clear()

    held = 0
    for part in parts:
        for batch in pq.ParquetFile(part).iter_batches(batch_size=2000):
            numbers = np.searchsorted(borders, _values(batch.select([column])), side="right")
            order = np.argsort(numbers, kind="stable")
            rows, ends = batch.take(pa.array(order)), np.searchsorted(numbers[order], np.arange(len(borders) + 2))
            for n in np.unique(numbers):
                waiting[int(n)].append(rows.slice(ends[n], ends[n + 1] - ends[n]))
            held += rows.nbytes
            if held > _PIECE:
                flush()
                held = 0
    flush()
    for writer in writers.values():
        writer.close()
    return {n: folder / f"{n}.parquet" for n in writers}


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
