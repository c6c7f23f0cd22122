"""Files and folders that take their name when they are complete, and the rows that go into them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES, Table

_ROWS = 5_000


class ExportError(ValueError):
    """The format cannot hold the release; says what to do."""


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A name beside `target` to write a file or folder to; it takes the place of `target` when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    _remove(part)
    try:
        yield part
        if target.is_dir():
            _remove(target)
        part.replace(target)
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def tables_of(release: Release) -> list[Table]:
    """The tables and views of a release that the schema knows, tables first."""
    return [t for t in (*TABLES, *VIEW_TABLES) if release.path(t.name).is_file()]


def rows_of(release: Release, table: Table) -> Iterator[tuple[Any, ...]]:
    """Rows of a table in the order of its file, values in the order of the schema."""
    names = [c.name for c in table.columns]
    for batch in pq.ParquetFile(release.path(table.name)).iter_batches(_ROWS, columns=names):
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)
