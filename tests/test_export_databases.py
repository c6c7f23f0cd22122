"""DuckDB and SQLite: the same rows as the release, with keys, comments, and words that are found however they are typed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from pipeline.export import export
from pipeline.releases import Release, find_release
from pipeline.run import extract
from pipeline.schema import TABLES, VIEW_TABLES, Table

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
LAO_CAI = "lao-cai:96-kh-ubnd:2021"
EVERY = [pytest.param(t, id=t.name) for t in (*TABLES, *VIEW_TABLES)]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    out = tmp_path_factory.mktemp("databases")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    return find_release(out, "latest")


@pytest.fixture(scope="module")
def duck(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    target = tmp_path_factory.mktemp("duckdb") / "plans.duckdb"
    export(release, "duckdb", target)
    with duckdb.connect(str(target), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def lite(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    target = tmp_path_factory.mktemp("sqlite") / "plans.sqlite"
    export(release, "sqlite", target)
    with closing(sqlite3.connect(target)) as connection:
        yield connection


@pytest.mark.parametrize("table", EVERY)
def test_duckdb_holds_the_rows_and_types_of_the_release(
    release: Release, duck: duckdb.DuckDBPyConnection, table: Table
) -> None:
    order = ", ".join(f'"{k}"' for k in table.key)
    parquet = f"SELECT * FROM read_parquet('{release.path(table.name)}') ORDER BY {order}"
    mine = duck.sql(f'SELECT * FROM "{table.name}" ORDER BY {order}')
    stored = duck.sql(parquet)
    assert (mine.columns, mine.types) == (stored.columns, stored.types)
    assert mine.fetchall() == stored.fetchall()


def test_wide_views_of_duckdb_are_views(duck: duckdb.DuckDBPyConnection) -> None:
    names = {r[0] for r in duck.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert names == {t.name for t in VIEW_TABLES}


def test_every_table_and_column_of_duckdb_has_a_comment(duck: duckdb.DuckDBPyConnection) -> None:
    comments = duck.sql("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal").fetchall()
    assert len(comments) == sum(len(t.columns) for t in (*TABLES, *VIEW_TABLES))
    assert [c for c in comments if not c[2]] == []
    said = {(t, c): words for t, c, words in comments}
    assert said["budgets", "amount_vnd"] == "Amount (VND) / Số tiền"
    assert said["budgets_wide", "amount_vnd"] == "Amount (VND) / Số tiền"
    tables = duck.sql("SELECT comment FROM duckdb_tables() UNION ALL SELECT comment FROM duckdb_views() WHERE NOT internal").fetchall()  # fmt: skip
    assert all(words for (words,) in tables)


def test_a_duckdb_file_can_be_attached_under_any_name(release: Release, tmp_path: Path) -> None:
    export(release, "duckdb", tmp_path / "a.duckdb")
    (tmp_path / "a.duckdb").rename(tmp_path / "b.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / 'b.duckdb'}' AS other (READ_ONLY)")
        found = connection.sql(f"SELECT budget_vnd FROM other.plans_wide WHERE plan_id = '{LAO_CAI}'").fetchall()
    assert found == [(57_900_000_000,)]


@pytest.mark.parametrize("table", EVERY)
def test_sqlite_holds_the_rows_of_the_release(
    release: Release, duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection, table: Table
) -> None:
    order = ", ".join(f'"{k}"' for k in table.key)
    expected = []
    for row in duck.sql(f"SELECT * FROM read_parquet('{release.path(table.name)}') ORDER BY {order}").fetchall():
        values = list(row)
        for i, column in enumerate(table.columns):
            if values[i] is not None and column.type == "list":
                values[i] = json.dumps(values[i], ensure_ascii=False)
            elif values[i] is not None and column.type == "date":
                values[i] = values[i].isoformat()
        expected.append(tuple(values))
    assert lite.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}').fetchall() == expected


def test_sqlite_has_keys_that_hold(lite: sqlite3.Connection) -> None:
    assert lite.execute("PRAGMA foreign_key_check").fetchall() == []
    assert lite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    pointed = {(r[3], r[2], r[4]) for r in lite.execute('PRAGMA foreign_key_list("task_agencies")')}
    assert ("agency_id", "agencies", "agency_id") in pointed and ("task_id", "tasks", "task_id") in pointed
    keys = [r[1] for r in sorted(lite.execute('PRAGMA table_info("task_agencies")'), key=lambda r: r[5]) if r[5]]
    assert keys == ["task_id", "ordinal"]


def test_sqlite_finds_the_rows_of_a_plan_by_an_index(lite: sqlite3.Connection) -> None:
    (plan,) = lite.execute("EXPLAIN QUERY PLAN SELECT * FROM tasks WHERE plan_id = 'x'").fetchall()
    assert "USING INDEX" in plan[3]
    assert lite.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0


def test_lists_booleans_and_dates_of_sqlite_can_be_asked_for(lite: sqlite3.Connection) -> None:
    asked = """
        SELECT s.value, sum(b.amount_vnd) FROM budgets b, json_each(b.source_codes) s
        WHERE b.plan_id = ? AND b.is_additive = 1 GROUP BY s.value
    """
    assert dict(lite.execute(asked, [LAO_CAI])) == {
        "state_central": 42_000_000_000,
        "state_province": 14_900_000_000,
        "state_district": 1_000_000_000,
    }
    found = lite.execute(
        "SELECT number_symbol FROM plans WHERE issued_date > '2021-03-17' AND issued_date < '2021-03-19'"
    )
    assert found.fetchall() == [("96/KH-UBND",)]


def names_found(lite: sqlite3.Connection, words: str) -> set[str]:
    asked = (
        "SELECT t.name_vi FROM tasks_fts f JOIN tasks t ON t.rowid = f.rowid WHERE tasks_fts MATCH ? AND t.plan_id = ?"
    )
    return {name for (name,) in lite.execute(asked, [words, LAO_CAI])}


@pytest.mark.parametrize("words", ['"nguồn nước đầu suối"', '"nguon nuoc dau suoi"', '"NGUỒN NƯỚC ĐẦU SUỐI"', '"nguon nuoc đau suoi"'])  # fmt: skip
def test_words_are_found_with_and_without_marks_and_with_d_for_đ(lite: sqlite3.Connection, words: str) -> None:
    assert any(name.startswith("Lập cơ sở dữ liệu về nguồn nước đầu suối") for name in names_found(lite, words))


def test_other_words_are_not_found(lite: sqlite3.Connection) -> None:
    assert names_found(lite, '"nguon nuoc cuoi suoi"') == set()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("plans", '"cho thon, ban vung cao"'), ("targets", '"that thoat nuoc"'), ("tasks", '"cho phien"'), ("budgets", '"lap co so du lieu"'),
        ("plans_wide", '"cho thon, ban vung cao"'), ("targets_wide", '"that thoat nuoc"'), ("tasks_wide", '"cho phien"'), ("budgets_wide", '"lap co so du lieu"'),
    ],
)  # fmt: skip
def test_every_searched_table_answers(lite: sqlite3.Connection, table: str, words: str) -> None:
    asked = f"SELECT t.plan_id FROM {table}_fts f JOIN {table} t ON t.rowid = f.rowid WHERE {table}_fts MATCH ?"
    assert LAO_CAI in {plan for (plan,) in lite.execute(asked, [words])}


def test_found_words_are_shown_in_the_text_of_the_row(lite: sqlite3.Connection) -> None:
    asked = "SELECT highlight(tasks_fts, 0, '[', ']') FROM tasks_fts WHERE tasks_fts MATCH 'dau AND suoi'"
    shown = [text for (text,) in lite.execute(asked)]
    assert any("nguồn nước" in text for text in shown)
    assert not any("nguon nuoc" in text for text in shown), "what is indexed beside the text is never shown"


@pytest.mark.parametrize("form", ["duckdb", "sqlite"])
def test_a_second_export_takes_the_place_of_the_first(release: Release, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"plans.{form}"
    target.write_bytes(b"an older export")
    export(release, form, target)
    assert [p.name for p in tmp_path.iterdir()] == [target.name]
    assert b"an older export" not in target.read_bytes()[:64]
