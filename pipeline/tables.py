"""Rows to Arrow tables: types, descriptions and pandas metadata from the schema; rows in the order of their table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import SCHEMA_VERSION, Column, Table

_ARROW = {
    "string": pa.string(), "list": pa.list_(pa.string()), "int16": pa.int16(), "int32": pa.int32(), "int64": pa.int64(), "double": pa.float64(),
    "date": pa.date32(), "bool": pa.bool_(),
}  # fmt: skip
_PANDAS = {"int16": "Int16", "int32": "Int32", "int64": "Int64", "double": "float64", "bool": "bool"}


def arrow_schema(table: Table) -> pa.Schema:
    """Schema of a table with its description, units and the block that gives pandas nullable integers back."""
    fields = [pa.field(c.name, _ARROW[c.type], nullable=c.nullable, metadata=_field_notes(c)) for c in table.columns]
    notes = {
        "description": table.description_en,
        "columns": {c.name: c.description_en for c in table.columns},
        "units": {c.name: c.unit for c in table.columns if c.unit},
        "schema_version": SCHEMA_VERSION,
    }
    columns = [
        {
            "name": c.name,
            "field_name": c.name,
            "pandas_type": c.type if c.type in _PANDAS else "unicode",
            "numpy_type": "boolean" if c.type == "bool" and c.nullable else _PANDAS.get(c.type, "object"),
            "metadata": None,
        }
        for c in table.columns
    ]
    pandas = {
        "index_columns": [],
        "column_indexes": [],
        "columns": columns,
        "creator": {"library": "pyarrow", "version": "0"},
        "pandas_version": "2.0.0",
    }
    return pa.schema(
        fields, metadata={"pandas": json.dumps(pandas), "PANDAS_ATTRS": json.dumps(notes, ensure_ascii=False)}
    )


def _field_notes(column: Column) -> dict[str, str]:
    notes = {"description": column.description_en, "description_vi": column.description_vi}
    return {**notes, "unit": column.unit} if column.unit else notes


def arrow_table(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows in the order of the table as an Arrow table. Raises KeyError for a row with a column the schema does not know, and
    pyarrow's errors for a value of a wrong type."""
    known = {c.name for c in table.columns}
    for row in rows:
        if row.keys() - known:
            raise KeyError(f"{table.name}: unknown columns {sorted(row.keys() - known)}")
    names = [c.name for c in table.columns]
    ordered = sorted(rows, key=lambda row: tuple(_sortable(row.get(k)) for k in table.order))
    columns = zip(*(tuple(map(row.get, names)) for row in ordered), strict=True) if ordered else [()] * len(names)
    arrays = [pa.array(values, type=_ARROW[c.type]) for values, c in zip(columns, table.columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, 0) if value is None else (1, value)


def write_table(table: pa.Table, path: Path) -> None:
    """Writes Parquet with zstd; the same rows give the same bytes."""
    pq.write_table(table, path, compression="zstd", write_statistics=True)


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    out = pa.BufferOutputStream()
    pq.write_table(table, out, compression="zstd")
    return bytes(out.getvalue().to_pybytes())


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a Parquet file."""
    rows: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return rows
