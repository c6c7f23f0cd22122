"""The pages of a release in a browser: opened from disk, clicked, searched, with keys, in the dark, on a phone and in print."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.corrections import apply_corrections, load_corrections
from pipeline.releases import latest
from pipeline.review.rows import SHOWN
from pipeline.review.shelf import Row, Shelf
from pipeline.run import extract
from tests.review_site import SMALL_PLANS, MadeSite, make_site

pytestmark = pytest.mark.browser

_CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_DESKTOP, _PHONE = {"width": 1300, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A release with its pages."""
    return make_site(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a screen."""
    assert _CHROMIUM, "there is no Chromium: run make browser-system"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test when the console reports an error or a request leaves the disk."""
    context = browser.new_context(viewport=_DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda e: wrong.append(str(e)))
    opened.on("dialog", lambda d: wrong.append(f"dialog {d.message}"))
    opened.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url))
    yield opened
    context.close()
    assert wrong == []


def _address(made: MadeSite, name: str, key: str = "") -> str:
    return (made.folder / name).as_uri() + (f"#{key}" if key else "")


def _document(made: MadeSite, path: str) -> tuple[str, str]:
    """Key and page of a document."""
    [row] = Shelf(made.release).ask("SELECT document_id FROM documents WHERE path = $1", path)
    return row["document_id"], f"documents/{row['document_id']}.html"


def _kinds(made: MadeSite) -> dict[str, str]:
    """A page of each type, that of a plan with money and that of a document with pictures among them."""
    [plan] = Shelf(made.release).ask("SELECT plan_id FROM plans_wide WHERE number_symbol = '88/KH-UBND'")
    return {
        "collection": "index.html", "documents": "documents.html", "plan": f"plans/{plan['plan_id'].replace(':', '_')}.html",
        "document": _document(made, "ke-hoach-nuoc-sach-ben-tre.html")[1], "pages": _document(made, "plan.pdf")[1],
        "failed": _document(made, "tep-hong.pdf")[1],
    }  # fmt: skip


def _marked(page: Page) -> str:
    return str(page.evaluate("[...document.querySelectorAll('#text .on')].map((e) => e.textContent).join('')"))


def test_every_type_of_page_opens_from_disk_without_an_error(made: MadeSite, page: Page) -> None:
    for kind, name in _kinds(made).items():
        page.goto(_address(made, name))
        assert page.locator("h1").count() == 1, kind
        assert page.locator("main").inner_text().strip(), kind


def _rows_of(made: MadeSite, document_id: str) -> list[tuple[str, Row]]:
    shelf = Shelf(made.release)
    return [
        (table, row)
        for table in SHOWN
        for row in shelf.ask(f'SELECT * FROM "{table}" WHERE document_id = $1 AND char_start IS NOT NULL', document_id)
    ]


@pytest.mark.parametrize(
    "path", ["ke-hoach-nuoc-sach-ben-tre.html", "ke-hoach-nuoc-sach-nghe-an.docx", "plan.pdf", "harm<b>.txt"]
)
def test_clicking_a_row_marks_exactly_its_quote(made: MadeSite, page: Page, path: str) -> None:
    document_id, name = _document(made, path)
    page.goto(_address(made, name))
    quotes = sorted(row["quote"] for _, row in _rows_of(made, document_id))
    seen = []
    for summary in page.locator("#rows summary").all():
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    for button in page.locator("#rows button").all():
        button.click()
        seen.append(_marked(page))
        assert page.locator("#detail blockquote").inner_text() or not seen[-1].strip()
    assert sorted(s for s in seen if s) == quotes


def test_a_coloured_place_shows_the_rows_there_one_after_the_other(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "plan.pdf")
    page.goto(_address(made, name))
    amount = page.locator("#text mark.budgets").first
    amount.click()
    [budget] = [row for table, row in _rows_of(made, document_id) if table == "budgets"]
    assert budget["budget_id"] in page.locator("#detail").inner_text()
    assert "7.000.000.000" in page.locator("#detail").inner_text()
    assert "7 tỷ đồng" in _marked(page)


def test_a_box_on_the_picture_of_a_page_shows_its_row(made: MadeSite, page: Page) -> None:
    _, name = _document(made, "plan.pdf")
    page.goto(_address(made, name))
    boxes = page.locator("svg[data-page='2'] rect")
    assert boxes.count() >= 4
    boxes.first.scroll_into_view_if_needed()
    assert page.locator("#page-2 img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 1000
    number = boxes.first.get_attribute("data-r")
    boxes.first.dispatch_event("click")
    assert page.locator(f"svg rect.on[data-r='{number}']").count() >= 1
    assert _marked(page)


def test_the_address_of_a_row_opens_it(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "ke-hoach-nuoc-sach-lao-cai.txt")
    [row, *_] = [row for table, row in _rows_of(made, document_id) if table == "targets"]
    page.goto(_address(made, name, row["target_id"]))
    assert _marked(page) == row["quote"]


def _count(page: Page) -> int:
    return int(page.locator("#count").get_attribute("data-count") or -1)


def test_filters_and_search_give_the_counts_of_parquet(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, "index.html"))
    ask = Shelf(made.release).ask
    plans = ask("SELECT *, year(issued_date) AS year FROM plans_wide")
    assert _count(page) == len(plans)
    for field, column in (
        ("province", "province_slug"),
        ("topic", "topic_code"),
        ("level", "level_code"),
        ("year", "year"),
    ):
        for value in {str(p[column]) for p in plans if p[column] is not None}:
            page.select_option(f"#{field}", value)
            assert _count(page) == sum(str(p[column]) == value for p in plans), (field, value)
        page.select_option(f"#{field}", "")
    page.select_option("#province", "vn")
    assert _count(page) == sum(p["province_slug"] is None and p["level_code"] == "central" for p in plans)
    page.select_option("#province", "")
    page.check("#own")
    assert _count(page) == sum(not p["is_stub"] for p in plans)
    page.check("#open")
    assert _count(page) == sum(not p["is_stub"] and p["open_issues"] > 0 for p in plans)
    page.uncheck("#own")
    page.uncheck("#open")
    page.fill("#q", "TRONG CAY duong")
    assert _count(page) == SMALL_PLANS
    page.fill("#q", "trồng cây cà mau")
    assert _count(page) == SMALL_PLANS // 4
    page.fill("#q", "no such plan")
    assert _count(page) == 0


def test_a_long_list_has_pages(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, "index.html"))
    total = _count(page)
    titles = page.locator("#list tbody th a").all_inner_texts()
    assert len(titles) == 50 < total
    page.click("#forth")
    assert page.locator("#list tbody tr").count() == total - 50
    assert page.locator("#forth").is_disabled()
    page.click("#back")
    assert page.locator("#list tbody th a").all_inner_texts() == titles


def test_the_list_of_documents_has_those_that_failed(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, "documents.html"))
    ask = Shelf(made.release).ask
    for status in ("complete", "partial", "failed"):
        [wanted] = ask("SELECT count(*) AS n FROM documents WHERE status = $1", status)
        if wanted["n"]:
            page.select_option("#status", status)
            assert _count(page) == wanted["n"]
    page.select_option("#status", "failed")
    assert "tep-hong.pdf" in page.locator("#list tbody").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [_DESKTOP, _PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_serious_fault(made: MadeSite, page: Page, scheme: Any, size: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for kind, name in _kinds(made).items():
        page.goto(_address(made, name))
        if kind in ("document", "pages"):
            page.locator("#rows button:visible").first.click()
            page.locator("#chosen .correction summary").click()
        found = Axe().run(page).response["violations"]
        grave = [
            (v["id"], [n["html"][:200] for n in v["nodes"][:2]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert grave == [], (kind, scheme)


def test_no_page_is_wider_than_a_phone(made: MadeSite, page: Page) -> None:
    page.set_viewport_size(_PHONE)
    for kind, name in _kinds(made).items():
        page.goto(_address(made, name))
        assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"], kind


def test_markup_of_a_document_runs_nothing(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "harm<b>.txt")
    [plan] = Shelf(made.release).ask("SELECT plan_id FROM plans WHERE document_id = $1", document_id)
    for address in (name, f"plans/{plan['plan_id'].replace(':', '_')}.html", "index.html", "documents.html"):
        page.goto(_address(made, address))
        if address == name:
            for button in page.locator("#rows button").all():
                button.dispatch_event("click")
        if address in ("index.html", "documents.html"):
            page.fill("#q", "day nghe" if address == "index.html" else "harm")
            assert _count(page) >= 1
        assert page.evaluate("window.harmed") is None, address
        assert "<script>window.harmed=1</script>" in page.locator("main").inner_text(), address


def test_the_keyboard_is_enough(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "plan.pdf")
    page.goto(_address(made, name))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#q").focus()
    page.keyboard.type("kênh mương")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#rows button')"):
            break
    page.keyboard.press("Enter")
    assert _marked(page) in {row["quote"] for _, row in _rows_of(made, document_id)}


def test_language_and_darkness_are_chosen_and_kept(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, "index.html"))
    assert "Toàn bộ" in page.locator("header").inner_text()
    page.click("#language")
    assert "Collection" in page.locator("header").inner_text() and "Toàn bộ" not in page.locator("header").inner_text()
    assert page.locator("#order option").first.inner_text() == "Newest first"
    page.click("#theme")
    page.goto(_address(made, _document(made, "plan.pdf")[1]))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["en", "dark"]
    assert "Rows read" in page.locator("main").inner_text()


def test_on_paper_the_words_stand_without_the_controls(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, _document(made, "plan.pdf")[1]))
    page.emulate_media(media="print")
    assert (
        page.locator("#text").is_visible()
        and not page.locator("header.top").is_visible()
        and not page.locator("#rows").is_visible()
    )
    page.goto(_address(made, _kinds(made)["plan"]))
    assert page.locator("text=Sửa cống đầu mối").first.is_visible()


def test_a_wrong_value_becomes_a_correction_that_the_next_run_carries_out(
    made: MadeSite, page: Page, tmp_path: Path
) -> None:
    document_id, name = _document(made, "plan.pdf")
    [budget] = [row for table, row in _rows_of(made, document_id) if table == "budgets"]
    page.goto(_address(made, name, budget["budget_id"]))
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
    page.goto(_address(made, _document(made, "plan.pdf")[1]))
    assert page.evaluate("([kind, written]) => readAs(kind, written) ?? null", [kind, written]) == said


def test_a_row_of_several_key_columns_is_named_by_them(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "plan.pdf")
    agency = next(row for table, row in _rows_of(made, document_id) if table == "task_agencies")
    page.goto(_address(made, name, f"{agency['task_id']}.{agency['ordinal']}"))
    page.locator("#chosen .correction summary").click()
    page.select_option("#fix-column", "")
    [entry] = yaml.safe_load(page.locator("#fix-snippet").inner_text())
    assert entry["where"] == {"task_id": agency["task_id"], "ordinal": agency["ordinal"]} and entry["drop"] is True
    assert re.fullmatch(r"\?", entry["author"])


@pytest.mark.parametrize("path", ["ke-hoach-nuoc-sach-nghe-an.docx", "plan.pdf"])
def test_every_column_of_every_row_makes_a_correction_that_fits(
    made: MadeSite, page: Page, tmp_path: Path, path: str
) -> None:
    page.goto(_address(made, _document(made, path)[1]))
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


def test_escape_lets_go_of_a_row_and_the_keyboard_is_back_in_the_list(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, _document(made, "plan.pdf")[1]))
    button = page.locator("#rows button:visible").first
    button.click()
    assert _marked(page)
    page.keyboard.press("Escape")
    assert not _marked(page) and page.locator("#detail").inner_text() == ""
    assert button.evaluate("e => e === document.activeElement")


def test_a_document_that_failed_shows_its_issue(made: MadeSite, page: Page) -> None:
    document_id, name = _document(made, "tep-hong.pdf")
    [issue] = Shelf(made.release).ask("SELECT * FROM issues WHERE document_id = $1", document_id)
    page.goto(_address(made, name))
    page.locator("#rows summary").click()
    page.locator("#rows button").click()
    assert issue["message_vi"] in page.locator("#detail").inner_text()


def test_a_broken_address_and_a_change_of_language_lose_nothing(made: MadeSite, page: Page) -> None:
    page.goto(_address(made, _document(made, "plan.pdf")[1], "%E0%A4%A"))
    page.locator("#rows button:visible").first.click()
    page.locator("#chosen .correction summary").click()
    page.fill("#fix-author", "Hà")
    page.click("#language")
    assert page.locator("#fix-author").input_value() == "Hà"


@pytest.mark.parametrize("size", [_DESKTOP, _PHONE], ids=["desktop", "phone"])
def test_the_form_of_a_correction_fits_its_panel_and_offers_codes(made: MadeSite, page: Page, size: Any) -> None:
    document_id, name = _document(made, "plan.pdf")
    [budget] = [row for table, row in _rows_of(made, document_id) if table == "budgets"]
    page.set_viewport_size(size)
    page.goto(_address(made, name, budget["budget_id"]))
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
