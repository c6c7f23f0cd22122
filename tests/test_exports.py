"""A release as CSV, workbook, DuckDB and SQLite says what the Parquet files say, and nothing in it runs."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from frictionless import Package
from python_calamine import CalamineWorkbook

from pipeline.__main__ import main
from pipeline.export import FORMATS, export
from pipeline.export.csv_files import harmless
from pipeline.export.place import ExportError, replaced
from pipeline.releases import Release, latest
from pipeline.run import extract
from pipeline.schema import TABLES, VIEW_TABLES

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
LAO_CAI = "lao-cai:96-kh-ubnd:2021"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    out = tmp_path_factory.mktemp("exports")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    found = latest(out)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("made")
    paths = {form: FORMATS[form].target(folder, release) for form in FORMATS}
    for form, path in paths.items():
        export(release, form, path)
    return paths


def test_csv_opens_in_excel_with_its_letters(made: dict[str, Path]) -> None:
    data = (made["csv"] / "plans.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # without it Excel reads another alphabet
    rows = {r["plan_id"]: r for r in csv.DictReader(data.decode("utf-8-sig").splitlines())}
    assert rows[LAO_CAI]["title_vi"].endswith("Nước sạch cho thôn, bản vùng cao tỉnh Lào Cai giai đoạn 2021 - 2025")
    assert (rows[LAO_CAI]["issued_date"], rows[LAO_CAI]["is_stub"]) == ("2021-03-18", "false")


def test_csv_holds_every_table_with_all_its_rows(release: Release, made: dict[str, Path]) -> None:
    for table in (*TABLES, *VIEW_TABLES):
        with (made["csv"] / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert len(list(csv.reader(stream))) - 1 == release.counts()[table.name], table.name


@pytest.mark.slow
def test_the_data_package_describes_the_files(made: dict[str, Path]) -> None:
    report = Package(made["csv"] / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "title", "message"])[:5]
    package = json.loads((made["csv"] / "datapackage.json").read_text(encoding="utf-8"))
    budgets = next(r for r in package["resources"] if r["name"] == "budgets")["schema"]
    amount = next(f for f in budgets["fields"] if f["name"] == "amount_vnd")
    assert (amount["type"], amount["unit"]) == ("integer", "VND")
    assert {"fields": "plan_id", "reference": {"resource": "plans", "fields": "plan_id"}} in budgets["foreignKeys"]


@pytest.mark.slow
def test_the_data_package_notices_a_row_that_points_nowhere(made: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "spoiled"
    folder.mkdir()
    for path in made["csv"].iterdir():
        text = path.read_text(encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8")
        if path.name == "targets.csv":
            text = text.replace(LAO_CAI, "lao-cai:no-such-plan")
        (folder / path.name).write_text(text, encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8", newline="")
    assert not Package(folder / "datapackage.json").validate().valid


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "- 90% hộ dân"])
def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Nước sạch", "90% hộ dân", "(=1)", ""])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_the_workbook_has_a_sheet_for_each_table(release: Release, made: dict[str, Path]) -> None:
    book = CalamineWorkbook.from_path(str(made["xlsx"]))
    assert book.sheet_names[0] == "Read me" and book.sheet_names[-1] == "dictionary"
    assert set(book.sheet_names) >= {t.name for t in (*TABLES, *VIEW_TABLES)} - {"texts", "data_dictionary"}
    head, *rows = book.get_sheet_by_name("plans_wide").to_python()
    plans = {r[0]: dict(zip(head, r, strict=True)) for r in rows}
    assert len(plans) == release.counts()["plans_wide"]
    assert plans[LAO_CAI]["province_vi"] == "Lào Cai"
    assert plans[LAO_CAI]["budget_vnd"] == 57_900_000_000
    assert str(plans[LAO_CAI]["issued_date"]) == "2021-03-18"


def test_nothing_in_the_workbook_is_a_formula_or_a_link(made: dict[str, Path]) -> None:
    import zipfile

    with zipfile.ZipFile(made["xlsx"]) as book:
        for name in book.namelist():
            assert "externalLink" not in name and "vbaProject" not in name
            if name.startswith("xl/worksheets/sheet"):
                content = book.read(name)
                assert b"<f>" not in content and b"<hyperlink" not in content


def test_duckdb_has_the_views_as_views_and_comments(release: Release, made: dict[str, Path]) -> None:
    with duckdb.connect(str(made["duckdb"]), read_only=True) as connection:
        views = {r[0] for r in connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
        assert views == {t.name for t in VIEW_TABLES}
        said = connection.sql(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'budgets' AND column_name = 'amount_vnd'"
        ).fetchall()
        assert "VND" in said[0][0]
        for table in VIEW_TABLES:
            mine = connection.sql(f"FROM {table.name} ORDER BY {', '.join(table.key)}").df()
            stored = pd.read_parquet(release.path(table.name))
            assert mine[list(table.key)].values.tolist() == stored[list(table.key)].values.tolist()
        total = connection.sql(
            f"SELECT sum(amount_vnd) FROM budgets WHERE is_additive AND plan_id = '{LAO_CAI}'"
        ).fetchall()
        assert int(total[0][0]) == 57_900_000_000


def test_sqlite_keeps_what_points_where(made: dict[str, Path]) -> None:
    with closing(sqlite3.connect(made["sqlite"])) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (lists,) = connection.execute(
            "SELECT source_codes FROM budgets WHERE source_codes LIKE '%central%' LIMIT 1"
        ).fetchone()
        assert "state_central" in json.loads(lists)


@pytest.mark.parametrize("words", ["nuoc dau suoi", "nước đầu suối", "NƯỚC ĐẦU"])
def test_sqlite_finds_words_with_and_without_accents(made: dict[str, Path], words: str) -> None:
    with closing(sqlite3.connect(made["sqlite"])) as connection:
        query = "SELECT t.plan_id FROM tasks t JOIN tasks_fts f ON f.rowid = t.rowid WHERE tasks_fts MATCH ?"
        found = {row[0] for row in connection.execute(query, [f'"{words}"'])}
        assert found == {LAO_CAI}


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "plans.sqlite"
    target.write_bytes(b"earlier")
    with pytest.raises(ExportError), replaced(target) as part:
        part.write_bytes(b"half")
        raise ExportError("too large")
    assert target.read_bytes() == b"earlier"
    assert [p.name for p in tmp_path.iterdir()] == ["plans.sqlite"]


def test_the_command_says_where_it_wrote_and_what_it_does_not_know(release: Release, tmp_path: Path) -> None:
    out = release.folder.parent.parent
    done = CliRunner().invoke(main, ["export", "duckdb", "--out", str(out), "--to", str(tmp_path / "a.duckdb")])
    assert done.exit_code == 0 and "a.duckdb" in done.output
    assert (tmp_path / "a.duckdb").is_file()
    unknown = CliRunner().invoke(main, ["export", "csv", "--out", str(out), "--release", "0099"])
    assert unknown.exit_code == 2 and "no release '0099'" in unknown.output


@pytest.mark.parametrize("command", [["export", "csv"], ["browse"], ["sample"], ["diff", "latest"]])
def test_a_damaged_release_is_named_and_not_exported(command: list[str], tmp_path: Path) -> None:
    extract(SAMPLES, tmp_path, 1, False, lambda done, total, path: None)
    plans = tmp_path / "latest" / "plans.parquet"
    plans.write_bytes(plans.read_bytes()[:2000])
    result = CliRunner().invoke(main, [*command, "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "is damaged: plans.parquet" in result.output
