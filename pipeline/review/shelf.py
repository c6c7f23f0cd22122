"""The tables of a release, as the pages ask for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import duckdb

from pipeline.releases import Release

Row = dict[str, Any]


class Shelf:
    """Reads rows of a release. Close it when done."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._connection = duckdb.connect()
        for name in release.manifest["tables"]:
            path = str(release.path(name)).replace("'", "''")
            self._connection.execute(f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{path}')")

    def ask(self, query: str, *values: object) -> list[Row]:
        """The rows of a query over the tables by name, as dictionaries."""
        found: list[Row] = self._connection.sql(query, params=list(values)).to_arrow_table().to_pylist()
        return found

    def by(self, column: str, table: str, ids: Sequence[str], order: str) -> dict[str, list[Row]]:
        """Rows of a table whose column is one of some ids, by that id, in an order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.ask(f'SELECT * FROM "{table}" WHERE list_contains($1, {column}) ORDER BY {order}', list(ids)):
            found[row[column]].append(row)
        return found

    def close(self) -> None:
        """Lets go of the files."""
        self._connection.close()
