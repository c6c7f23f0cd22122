"""From a wrong value on a page to an entry of the file of corrections."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from pipeline.corrections import apply_corrections, load_corrections
from pipeline.releases import latest
from pipeline.review.rows import SHOWN
from pipeline.review.shelf import Shelf
from pipeline.run import extract
from tests.review_site import DESKTOP, PHONE, MadeSite, address, document, rows_of

pytestmark = pytest.mark.browser


def test_a_wrong_value_becomes_a_correction_that_the_next_run_carries_out(
    made: MadeSite, page: Page, tmp_path: Path
) -> None:
    document_id, name = document(made, "plan.pdf")
    [budget] = [row for table, row in rows_of(made, document_id) if table == "budgets"]
    page.goto(address(made, name, budget["budget_id"]))
    page.locator("#chosen .correction summary").click()
    assert page.locator("#fix-column").input_value() == "amount_vnd"
    page.fill("#fix-value", "7.500.000.000")
    page.fill("#fix-reason", 'sửa: "7,5 tỷ" # theo công văn')
    page.fill("#fix-author", "Hà")
    page.locator("#chosen .correction button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert yaml.safe_load(copied)[0]["date"] == date.today()
    corrections = tmp_path / "corrections.yml"
    corrections.write_text(copied, encoding="utf-8")
    entries, failures = load_corrections(corrections)
    assert (len(entries), failures) == (1, [])
    (tmp_path / "raw").mkdir()
    shutil.copy(made.raw / "plan.pdf", tmp_path / "raw" / "plan.pdf")
    extract(tmp_path / "raw", tmp_path / "out", 1, False, lambda done, total, path: None, corrections)
    release = latest(tmp_path / "out")
    assert release is not None
    [row] = Shelf(release).ask("SELECT * FROM budgets WHERE budget_id = $1", budget["budget_id"])
    assert (row["amount_vnd"], row["rule"]) == (7_500_000_000, "correction")


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        ("int64", "1.234.567", 1234567), ("int16", "2.025", 2025), ("int16", "2,5", None), ("double", "12,5", 12.5), ("double", "58000", 58000),
        ("double", "58.000", 58000), ("double", "1.234,5", 1234.5), ("double", "0.125", 0.125), ("double", "1.2.3", None), ("date", "5/3/2024", "2024-03-05"),
        ("date", "31/02/2024", None), ("date", "mai", None), ("bool", "có", True), ("list", "a; b", ["a", "b"]), ("list", "", []), ("string", "a: b", "a: b"),
    ],
)  # fmt: skip
def test_what_a_person_writes_is_read_as_the_column_wants_it(
    made: MadeSite, page: Page, kind: str, written: str, said: object
) -> None:
    page.goto(address(made, document(made, "plan.pdf")[1]))
    assert page.evaluate("([kind, written]) => readAs(kind, written) ?? null", [kind, written]) == said


def test_a_row_of_several_key_columns_is_named_by_them(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "plan.pdf")
    agency = next(row for table, row in rows_of(made, document_id) if table == "task_agencies")
    page.goto(address(made, name, f"{agency['task_id']}.{agency['ordinal']}"))
    page.locator("#chosen .correction summary").click()
    page.select_option("#fix-column", "")
    [entry] = yaml.safe_load(page.locator("#fix-snippet").inner_text())
    assert entry["where"] == {"task_id": agency["task_id"], "ordinal": agency["ordinal"]} and entry["drop"] is True
    assert entry["author"] == "?"


@pytest.mark.parametrize("path", ["ke-hoach-nuoc-sach-nghe-an.docx", "plan.pdf"])
def test_every_column_of_every_row_makes_a_correction_that_fits(
    made: MadeSite, page: Page, tmp_path: Path, path: str
) -> None:
    page.goto(address(made, document(made, path)[1]))
    made_entries = page.evaluate("""data.rows.flatMap((row, n) => tableOf(n).name === "sections" || tableOf(n).name === "issues" ? [] :
        tableOf(n).settable.map((c) => snippet(n, c, asWritten(row[2][c]), "a\\u007f", "b")))""")
    assert len(made_entries) > 50 and None not in made_entries
    corrections = tmp_path / "corrections.yml"
    corrections.write_text("".join(made_entries), encoding="utf-8")
    entries, failures = load_corrections(corrections)
    shelf = Shelf(made.release)
    rows = {table: shelf.ask(f'SELECT * FROM "{table}"') for table in (*SHOWN, "documents", "texts", "plan_documents")}
    assert failures == []
    assert [(c.table, c.expect) for c in entries if apply_corrections(rows, [c]).failures] == []


def test_a_broken_address_and_a_change_of_language_lose_nothing(made: MadeSite, page: Page) -> None:
    page.goto(address(made, document(made, "plan.pdf")[1], "%E0%A4%A"))
    page.locator("#rows button:visible").first.click()
    page.locator("#chosen .correction summary").click()
    page.fill("#fix-author", "Hà")
    page.click("#language")
    assert page.locator("#fix-author").input_value() == "Hà"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_form_of_a_correction_fits_its_panel_and_offers_codes(made: MadeSite, page: Page, size: Any) -> None:
    document_id, name = document(made, "plan.pdf")
    [budget] = [row for table, row in rows_of(made, document_id) if table == "budgets"]
    page.set_viewport_size(size)
    page.goto(address(made, name, budget["budget_id"]))
    page.locator("#chosen .correction summary").click()
    widths = page.evaluate(
        """[...document.querySelectorAll('#chosen .fix *')].map((e) => e.getBoundingClientRect().right)"""
    )
    assert max(widths) <= page.evaluate("document.getElementById('chosen').getBoundingClientRect().right")
    assert page.locator("#chosen .correction button").is_disabled()
    page.select_option("#fix-column", "phase_code")
    page.select_option("#fix-codes", "approved")
    [entry] = yaml.safe_load(page.locator("#fix-snippet").inner_text())
    assert (entry["expect"], entry["set"]) == ({"phase_code": "planned"}, {"phase_code": "approved"})
    page.select_option("#fix-column", "is_additive")
    page.fill("#fix-value", "")
    assert page.locator("#chosen .correction button").is_disabled()
