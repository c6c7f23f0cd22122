"""CSV files and their data package: what a spreadsheet and a program read in them, and what an export never does."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.export import FORMATS, ExportError, Format, export
from pipeline.export.csv_files import cell, harmless
from pipeline.releases import Release, find_release
from pipeline.run import extract
from pipeline.schema import TABLES, VIEW_TABLES

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
LAO_CAI = "lao-cai:96-kh-ubnd:2021"
FORMULA = "=1+1.txt"  # a name that a spreadsheet would add up


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    raw = tmp_path_factory.mktemp("raw")
    shutil.copytree(SAMPLES, raw, dirs_exist_ok=True)
    notice = (SAMPLES / "thong-bao-nghi-tet.txt").read_text(encoding="utf-8")
    (raw / FORMULA).write_text(notice.replace("15/TB-SNV", "16/TB-SNV"), encoding="utf-8")
    out = tmp_path_factory.mktemp("csv")
    extract(raw, out, 1, False, lambda done, total, path: None)
    return find_release(out, "latest")


@pytest.fixture(scope="module")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("made") / "plans"
    export(release, "csv", target)
    return target


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A1:A9)", "+84 900 000 000", "@gia", "\tthụt đầu dòng", "\r=1", "\n=1", "-1+2", "-", "- 90% hộ dân được dùng nước sạch", "-A1", "--1", "-1.200 hộ", "＝1+1",
    ],
)  # fmt: skip
def test_a_text_that_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    assert harmless(text) == (text if text == "-" else "'" + text)


@pytest.mark.parametrize("text", ["-5", "-1.200", "-5%", "-0,5", "90%", "a=b", "1-2", "– 90% hộ dân", "'đã có dấu", ""])
def test_numbers_below_zero_and_plain_words_stay(text: str) -> None:
    assert harmless(text) == text


def test_values_are_written_as_other_programs_read_them() -> None:
    assert [cell(v) for v in (True, False, None, -5, 0.5, [], ["a", "b"])] == [
        "true",
        "false",
        "",
        "-5",
        "0.5",
        "",
        "a; b",
    ]
    assert cell(["=a", "b"]) == "'=a; b"


def test_a_file_name_that_is_a_formula_does_no_harm(folder: Path) -> None:
    paths = {r["path"] for r in rows(folder, "documents")}
    assert f"'{FORMULA}" in paths and FORMULA not in paths


def test_a_row_says_what_the_document_says(folder: Path) -> None:
    budgets = [r for r in rows(folder, "budgets_wide") if r["plan_id"] == LAO_CAI and r["is_conditional"] == "false"]
    by_year: dict[str, int] = {}
    for r in budgets:
        by_year[r["year"]] = by_year.get(r["year"], 0) + int(r["amount_vnd"])
    assert sum(by_year.values()) == 57_900_000_000
    plan = next(r for r in rows(folder, "plans_wide") if r["plan_id"] == LAO_CAI)
    assert (plan["issued_date"], plan["is_stub"], plan["province_vi"]) == ("2021-03-18", "false", "Lào Cai")


def test_pandas_reads_the_files_without_being_told_how(release: Release, folder: Path) -> None:
    for table in (*TABLES, *VIEW_TABLES):
        read = pd.read_csv(folder / f"{table.name}.csv", dtype=str)
        assert list(read.columns) == [c.name for c in table.columns]
        assert len(read) == release.counts()[table.name]


@pytest.mark.slow
def test_the_data_package_holds_for_the_files(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "title", "message"])[:5]
    assert report.stats["tasks"] == len(TABLES) + len(VIEW_TABLES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "before", "after", "error"),
    [
        ("targets", LAO_CAI, "lao-cai:khong-co", "foreign-key"), ("plan_documents", ",instrument", ",người kể", "constraint-error"),
        ("plans", "2021-03-18", "18/3/2021", "type-error"), ("documents", "true", "đúng", "type-error"),
    ],
)  # fmt: skip
def test_the_data_package_notices_what_is_wrong(
    folder: Path, tmp_path: Path, table: str, before: str, after: str, error: str
) -> None:
    spoiled = tmp_path / "spoiled"
    shutil.copytree(folder, spoiled)
    path = spoiled / f"{table}.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8-sig", newline="")
    package = json.loads((spoiled / "datapackage.json").read_text(encoding="utf-8"))
    kept = {table, *(k["reference"].get("resource", table) for r in package["resources"] if r["name"] == table for k in r["schema"].get("foreignKeys", []))}  # fmt: skip
    package["resources"] = [r for r in package["resources"] if r["name"] in kept]
    for r in package["resources"]:
        if r["name"] != table:
            r["schema"].pop("foreignKeys", None)
    (spoiled / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = {row[0] for row in frictionless.validate(str(spoiled / "datapackage.json")).flatten(["type"])}
    assert error in found


def test_columns_are_described_in_both_languages(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {r["name"]: r for r in package["resources"]}
    amount = next(f for f in tables["budgets"]["schema"]["fields"] if f["name"] == "amount_vnd")
    assert (amount["type"], amount["unit"], amount["description"], amount["description_vi"]) == (
        "integer",
        "VND",
        "Amount",
        "Số tiền",
    )
    sources = next(f for f in tables["budgets"]["schema"]["fields"] if f["name"] == "source_codes")
    assert (sources["type"], sources["delimiter"]) == ("list", "; ")


def test_the_same_release_gives_the_same_files(release: Release, folder: Path, tmp_path: Path) -> None:
    export(release, "csv", tmp_path / "again")
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }


def test_a_folder_with_other_files_is_never_replaced(release: Release, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match=r"letter\.txt"):
        export(release, "csv", mine)
    assert [p.name for p in mine.iterdir()] == ["letter.txt"]


def test_a_folder_is_no_place_for_a_file_and_a_file_none_for_a_folder(release: Release, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        export(release, "sqlite", tmp_path / "plans")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="is a file"):
        export(release, "csv", tmp_path / "file")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_export_that_is_interrupted_leaves_nothing_half(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    whole = FORMATS[form]
    target = tmp_path / f"plans{whole.suffix}"
    export(release, form, target)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def stopped(release: Release, path: Path) -> None:
        whole.write(release, path)
        raise KeyboardInterrupt

    monkeypatch.setitem(FORMATS, form, Format(form, whole.suffix, stopped, whole.check))
    with pytest.raises(KeyboardInterrupt):
        export(release, form, target)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_release_of_another_schema_is_refused_with_what_to_do(release: Release, tmp_path: Path) -> None:
    older = Release(release.folder)
    older.manifest = {**older.manifest, "schema_version": "0.9"}
    with pytest.raises(ExportError, match=r"schema 0\.9.*pipeline extract"):
        export(older, "csv", tmp_path / "plans")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_beside_the_releases(release: Release) -> None:
    out = release.folder.parent.parent
    done = CliRunner().invoke(main, ["export", "csv", "--out", str(out)])
    assert done.exit_code == 0, done.output
    folders = [p for p in (out / "exports").iterdir() if p.is_dir()]
    assert len(folders) == 1 and folders[0].name.startswith(release.name)
    assert str(folders[0]) in done.output
