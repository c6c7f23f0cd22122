"""The workbook: what a person sees who opens it, and what Excel cannot hold."""

from __future__ import annotations

import datetime
import re
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from pipeline.export import ExportError, export
from pipeline.releases import Release, find_release
from pipeline.run import extract
from pipeline.schema import TABLES, VIEW_TABLES
from pipeline.tables import arrow_schema

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
LAO_CAI = "lao-cai:96-kh-ubnd:2021"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    out = tmp_path_factory.mktemp("xlsx")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    return find_release(out, "latest")


@pytest.fixture(scope="module")
def path(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("made") / "plans.xlsx"
    export(release, "xlsx", target)
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(str(path))


def test_a_reader_finds_what_to_read_first_and_the_views_next(book: CalamineWorkbook) -> None:
    names = book.sheet_names
    assert names[1:5] == [t.name for t in VIEW_TABLES]
    assert "texts" not in names and names[-1] == "dictionary"
    page = book.get_sheet_by_name(names[0]).to_python()
    words = "\n".join(str(cell) for row in page for cell in row)
    assert "is_primary" in words and "Mỗi" in words
    counts = {row[0]: row[1] for row in page}
    assert counts["documents"] == 11


def test_every_sheet_has_its_rows_below_one_header(release: Release, book: CalamineWorkbook) -> None:
    for table in (*VIEW_TABLES, *TABLES):
        if table.name in book.sheet_names:
            head, *rows = book.get_sheet_by_name(table.name).to_python()
            assert head == [c.name for c in table.columns]
            assert len(rows) == release.counts()[table.name], table.name


def test_values_have_the_kind_that_excel_can_reckon_with(book: CalamineWorkbook) -> None:
    head, *rows = book.get_sheet_by_name("plans_wide").to_python()
    plan = next(p for p in (dict(zip(head, row, strict=True)) for row in rows) if p["plan_id"] == LAO_CAI)
    assert plan["budget_vnd"] == 57_900_000_000
    assert plan["issued_date"] == datetime.date(2021, 3, 18)
    assert (plan["period_start_year"], plan["is_stub"], plan["province_vi"]) == (2021, False, "Lào Cai")


def test_headers_stay_in_sight_are_explained_and_can_be_filtered(path: Path) -> None:
    with zipfile.ZipFile(path) as files:
        sheet = files.read("xl/worksheets/sheet2.xml").decode()
        notes = "".join(files.read(n).decode() for n in files.namelist() if n.startswith("xl/comments"))
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet
    assert "Plan that this one carries out" in notes and "Kế hoạch cấp trên" in notes


def test_money_has_thousands_and_text_is_not_wrapped(path: Path) -> None:
    with zipfile.ZipFile(path) as files:
        styles = files.read("xl/styles.xml").decode()
    assert 'formatCode="#,##0"' in styles
    assert "wrapText" not in styles


def test_every_column_is_in_the_dictionary(book: CalamineWorkbook) -> None:
    rows = book.get_sheet_by_name("dictionary").to_python()
    amounts = [r for r in rows if r[0] == "budgets" and r[1] == "amount_vnd"]
    assert len(amounts) == 1
    assert {"int64", "VND", "Amount", "Số tiền"} <= set(amounts[0])


def changed(release: Release, folder: Path, table_name: str, column: str, value: str) -> Release:
    """A copy of a release in which the first row of a table says something else."""
    copy = folder / "copy"
    shutil.copytree(release.folder, copy)
    table = next(t for t in (*TABLES, *VIEW_TABLES) if t.name == table_name)
    rows = pq.ParquetFile(copy / f"{table_name}.parquet").read().to_pylist()
    rows[0][column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=arrow_schema(table)), copy / f"{table_name}.parquet")
    return Release(copy)


@pytest.mark.parametrize("text", ["=1+1", "- 90% hộ dân", "+84 900 000 000", "@gia", "https://example.org/a", "{=1+1}"])
def test_a_text_that_looks_like_a_formula_or_link_is_text(release: Release, tmp_path: Path, text: str) -> None:
    export(changed(release, tmp_path, "targets", "quote", text), "xlsx", tmp_path / "a.xlsx")
    head, first, *_ = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("targets").to_python()
    assert dict(zip(head, first, strict=True))["quote"] == text
    with zipfile.ZipFile(tmp_path / "a.xlsx") as files:
        assert not any(
            re.search(rb"<f>|<hyperlink", files.read(n)) for n in files.namelist() if "worksheets/sheet" in n
        )


@pytest.mark.parametrize("letter", ["ă", "😀"])  # Excel counts the second as two
def test_a_text_that_no_cell_can_hold_is_cut_and_says_so(release: Release, tmp_path: Path, letter: str) -> None:
    export(changed(release, tmp_path, "targets", "quote", letter * 32_760 + "xxxxxxxx"), "xlsx", tmp_path / "a.xlsx")
    head, first, *_ = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("targets").to_python()
    shown = dict(zip(head, first, strict=True))["quote"]
    assert len(shown.encode("utf-16-le")) // 2 <= 32_767
    assert shown.startswith(letter * 10_000) and "(cut" in shown and not shown.endswith("x")


def test_a_text_that_just_fits_is_whole(release: Release, tmp_path: Path) -> None:
    export(changed(release, tmp_path, "targets", "quote", "ă" * 32_767), "xlsx", tmp_path / "a.xlsx")
    head, first, *_ = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("targets").to_python()
    assert dict(zip(head, first, strict=True))["quote"] == "ă" * 32_767


def test_more_rows_than_a_sheet_holds_are_refused_with_another_format(release: Release, tmp_path: Path) -> None:
    large = Release(release.folder)
    large.manifest = {**large.manifest, "tables": {**large.manifest["tables"], "budgets": {"rows": 1_048_576}}}
    with pytest.raises(ExportError, match=r"budgets.*csv.*duckdb|budgets.*csv or duckdb"):
        export(large, "xlsx", tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
