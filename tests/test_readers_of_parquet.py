"""Every table opens in pandas, polars, DuckDB and pyarrow with the types of the data model; R's arrow reads the same schema."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.loader import OpenRelease, open_release
from pipeline.run import extract
from pipeline.schema import TABLES, VIEW_TABLES, Column, Table

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
ALL = [*TABLES, *VIEW_TABLES]
IN_PANDAS = {
    "string": {"object", "str"}, "list": {"object"}, "int16": {"Int16"}, "int32": {"Int32"}, "int64": {"Int64"}, "double": {"float64"}, "date": {"object"},
    "bool": {"bool", "boolean"},
}  # fmt: skip
IN_POLARS = {
    "string": pl.String, "list": pl.List(pl.String), "int16": pl.Int16, "int32": pl.Int32, "int64": pl.Int64, "double": pl.Float64, "date": pl.Date, "bool": pl.Boolean,
}  # fmt: skip
IN_DUCKDB = {
    "string": "VARCHAR", "list": "VARCHAR[]", "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE", "date": "DATE", "bool": "BOOLEAN",
}  # fmt: skip
# The types that https://arrow.apache.org/docs/r/articles/data_types.html gives an R equal of, without a cast.
IN_R = {pa.string(), pa.int16(), pa.int32(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    out = tmp_path_factory.mktemp("readers")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    return open_release(out)


def types(table: Table) -> dict[str, Column]:
    return {c.name: c for c in table.columns}


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_pandas(release: OpenRelease, table: Table) -> None:
    frame = pd.read_parquet(release.path(table.name))
    for name, column in types(table).items():
        assert str(frame[name].dtype) in IN_PANDAS[column.type], name
    assert frame.attrs["description"] == table.description_en
    assert frame.attrs["columns"] == {c.name: c.description_en for c in table.columns}
    assert frame.attrs["units"] == {c.name: c.unit for c in table.columns if c.unit}


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_polars(release: OpenRelease, table: Table) -> None:
    assert dict(pl.read_parquet(release.path(table.name)).schema) == {c.name: IN_POLARS[c.type] for c in table.columns}


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_duckdb(release: OpenRelease, table: Table) -> None:
    rows = duckdb.sql(f"DESCRIBE FROM read_parquet('{release.path(table.name)}')").fetchall()
    assert {r[0]: r[1] for r in rows} == {c.name: IN_DUCKDB[c.type] for c in table.columns}


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_pyarrow_and_the_types_r_knows(release: OpenRelease, table: Table) -> None:
    schema = ds.dataset(release.path(table.name)).schema
    assert schema.names == [c.name for c in table.columns]
    for column in table.columns:
        field = schema.field(column.name)
        assert (field.type.value_type if pa.types.is_list(field.type) else field.type) in IN_R
        assert field.nullable == column.nullable
        assert field.metadata[b"description"].decode() == column.description_en
        assert field.metadata[b"description_vi"].decode() == column.description_vi


def test_the_files_are_small_and_plain(release: OpenRelease) -> None:
    meta = pq.ParquetFile(release.path("targets")).metadata
    columns = [meta.row_group(0).column(n) for n in range(meta.num_columns)]
    assert {c.compression for c in columns} == {"ZSTD"}
