"""What holds over a whole release: one row for each key, keys that point to a row, and where the rows come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.checks import Failure
from pipeline.database import files
from pipeline.schema import STEP_TABLES, TABLES, Table

_NOT_COUNTED = STEP_TABLES | {"provenance"}
_MOST = 50  # failures of one kind that are listed


def whole_failures(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Failure]:
    """Broken promises between the rows of a folder of tables."""
    tables = [t for t in TABLES if (folder / f"{t.name}.parquet").is_file()]
    return [f for t in tables for check in (_keys, _references) for f in check(connection, folder, t)]


def _of(folder: Path, name: str) -> str:
    return files([folder / f"{name}.parquet"])


def _keys(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> Iterator[Failure]:
    """No two rows of one key."""
    columns = ", ".join(f'"{k}"' for k in table.key)
    query = (
        f"SELECT {columns} FROM {_of(folder, table.name)} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT {_MOST}"
    )
    for row in connection.sql(query).fetchall():
        yield Failure("key", table.name, "/".join(map(str, row)), "the key stands twice")


def _references(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> Iterator[Failure]:
    """Every key points to a row that exists."""
    for column in table.columns:
        if column.refers_to is None:
            continue
        target, field = column.refers_to.split(".")
        name = ", ".join(f'"{k}"' for k in table.key)
        query = (
            f'SELECT "{column.name}", {name} FROM {_of(folder, table.name)} WHERE "{column.name}" IS NOT NULL AND "{column.name}" NOT IN '
            f'(SELECT "{field}" FROM {_of(folder, target)} WHERE "{field}" IS NOT NULL) ORDER BY ALL LIMIT {_MOST}'
        )
        for value, *row in connection.sql(query).fetchall():
            message = f"{column.name} {value!r} is not in {target}"
            yield Failure("reference", table.name, "/".join(map(str, row)), message)


def provenance_query(folder: Path) -> str:
    """The rows of `provenance`, from the other tables of a folder: one for each table and rule; `flagged_count` counts the rows that an error or a
    warning names."""
    tables = [t for t in TABLES if t.name not in _NOT_COUNTED and (folder / f"{t.name}.parquet").is_file()]
    counted = " UNION ALL ".join(_counted(folder, t) for t in tables)
    return f"SELECT table_name, rule, row_count, flagged_count, document_count, plan_count FROM ({counted}) ORDER BY table_name, rule"


def _counted(folder: Path, table: Table) -> str:
    names = {c.name for c in table.columns}
    rule = "coalesce(rule, '')" if "rule" in names else "''"
    documents, plans = (f"count(DISTINCT {c})" if c in names else "0" for c in ("document_id", "plan_id"))
    flagged = f"(SELECT row_id FROM {_of(folder, 'issues')} WHERE table_name = '{table.name}' AND severity_code IN ('error', 'warning') AND row_id IS NOT NULL)"
    return (
        f"SELECT '{table.name}' AS table_name, {rule} AS rule, count(*)::INTEGER AS row_count, (count(*) FILTER (\"{table.key[0]}\" IN {flagged}))::INTEGER AS flagged_count, "
        f"{documents}::INTEGER AS document_count, {plans}::INTEGER AS plan_count FROM {_of(folder, table.name)} GROUP BY ALL HAVING count(*) > 0"
    )
