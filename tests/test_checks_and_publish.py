"""Broken promises are found before publication, and publication is one step."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from pipeline.checks import Rows, describe, run_checks
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.golden import rows_of
from pipeline.names import province_rows
from pipeline.releases import latest
from pipeline.schema import TABLES
from pipeline.tables import arrow_table, read_rows
from tests.build import publish_rows


@pytest.fixture(scope="module")
def good() -> Rows:
    rows = rows_of(Path(__file__).parent / "documents" / "ke-hoach-rung-lang-son")
    return rows | {"provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}


def test_good_rows_break_nothing(good: Rows) -> None:
    assert describe(run_checks(good)) == ""


def broken(rows: Rows, table: str, **values: Any) -> Rows:
    """A copy in which the first row of a table has other values."""
    rows = copy.deepcopy(rows)
    rows[table][0] |= values
    return rows


@pytest.mark.parametrize(
    ("table", "values", "check"),
    [
        ("tasks", {"plan_id": "nowhere"}, "reference"), ("tasks", {"task_kind_code": "chore"}, "code"), ("targets", {"text_vi": None}, "null"), ("targets", {"char_start": 3}, "evidence"),
        ("budgets", {"quote": "9"}, "evidence"), ("targets", {"target_year": 20240}, "bounds"), ("targets", {"value_min": 9.0, "value_max": 1.0}, "bounds"),
        ("budgets", {"is_additive": True, "is_primary": False}, "bounds"), ("task_groups", {"category_codes": ["misc"]}, "code"), ("documents", {"issuer_agency_id": "x:y"}, "reference"),
    ],
)  # fmt: skip
def test_each_fault_is_named(good: Rows, table: str, values: dict[str, Any], check: str) -> None:
    failures = run_checks(broken(good, table, **values))
    assert check in {f.check for f in failures if f.table == table}


def test_a_key_that_stands_twice(good: Rows) -> None:
    rows = copy.deepcopy(good)
    rows["tasks"].append(rows["tasks"][0])
    assert any(f.check == "key" and f.table == "tasks" for f in run_checks(rows))


def test_an_unknown_column_is_an_error(good: Rows) -> None:
    table = next(t for t in TABLES if t.name == "results")
    with pytest.raises(KeyError, match="unknown columns"):
        arrow_table(table, [{"result_id": "x", "colour": "red"}])


def test_publishing_moves_the_link_and_keeps_old_releases(good: Rows, tmp_path: Path) -> None:
    first, is_new = publish_rows(good, tmp_path, {})
    assert is_new
    assert read_rows(first.folder / "changes.parquet") == []
    changed = broken(good, "targets", direction_code="increase")
    second, _ = publish_rows(changed, tmp_path, {})
    assert latest(tmp_path) is not None
    assert (tmp_path / "latest").resolve() == second.folder.resolve()
    assert (first.folder / "targets.parquet").is_file()
    changes = [c for c in read_rows(second.folder / "changes.parquet") if c["column_name"] == "direction_code"]
    assert [(c["table_name"], c["change_code"], c["new_value"]) for c in changes] == [
        ("targets", "changed", "increase")
    ]


def test_the_same_rows_are_the_same_release(good: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(good, tmp_path, {})
    rows = {name: list(reversed(table)) for name, table in good.items()}
    again, is_new = publish_rows(rows, tmp_path, {})
    assert (again.name, is_new) == (first.name, False)


def test_the_dictionary_describes_every_column_in_both_languages() -> None:
    described = {(r["table"], r["column"]): r for r in dictionary_rows()}
    for table in TABLES:
        for column in table.columns:
            row = described[(table.name, column.name)]
            assert row["description_en"] and row["description_vi"]
            if column.vocab is not None:
                assert any(c["vocab"] == column.vocab for c in code_rows()), (
                    f"{table.name}.{column.name}: no vocabulary {column.vocab}"
                )
