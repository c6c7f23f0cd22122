"""Rows of a release as the exports take them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq

from pipeline.export.place import ExportError
from pipeline.releases import Release
from pipeline.schema import SCHEMA_VERSION, TABLES, VIEW_TABLES, Table

ALL_TABLES = (*VIEW_TABLES, *TABLES)
_ROWS = 2_000  # at once; a row of `texts` is a whole document


def check_known(release: Release) -> None:
    """Raises ExportError for a release whose tables are not those of this program, and for one that lost a file."""
    made_by = release.manifest["schema_version"]
    if made_by != SCHEMA_VERSION:
        raise ExportError(
            f"release {release.name} holds the tables of schema {made_by}, and this program writes those of {SCHEMA_VERSION}: "
            "run `python -m pipeline extract` and export the new release"
        )
    lost = [t.name for t in ALL_TABLES if not release.path(t.name).is_file()]
    if lost:
        raise ExportError(f"release {release.name} has lost {', '.join(lost)}: run `python -m pipeline extract` again")


def rows_of(release: Release, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table or view in the order of the release, each a tuple in the order of the schema's columns."""
    names = [c.name for c in table.columns]
    with pq.ParquetFile(release.path(table.name)) as file:
        for batch in file.iter_batches(_ROWS, columns=names):
            yield from zip(*(batch.column(n).to_pylist() for n in names), strict=True)
