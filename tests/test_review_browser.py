"""The pages of a release in a browser: opened from disk, clicked, searched, with keys, in the dark, on a phone and in print."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pipeline.review.shelf import Shelf
from tests.review_site import DESKTOP, PHONE, SMALL_PLANS, MadeSite, address, document, kinds, marked, rows_of

pytestmark = pytest.mark.browser


def test_every_type_of_page_opens_from_disk_without_an_error(made: MadeSite, page: Page) -> None:
    for kind, name in kinds(made).items():
        page.goto(address(made, name))
        assert page.locator("h1").count() == 1, kind
        assert page.locator("main").inner_text().strip(), kind


@pytest.mark.parametrize(
    "path", ["ke-hoach-nuoc-sach-ben-tre.html", "ke-hoach-nuoc-sach-nghe-an.docx", "plan.pdf", "harm<b>.txt"]
)
def test_clicking_a_row_marks_exactly_its_quote(made: MadeSite, page: Page, path: str) -> None:
    document_id, name = document(made, path)
    page.goto(address(made, name))
    quotes = sorted(row["quote"] for _, row in rows_of(made, document_id))
    seen = []
    for summary in page.locator("#rows summary").all():
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    for button in page.locator("#rows button").all():
        button.click()
        seen.append(marked(page))
        assert page.locator("#detail blockquote").inner_text() or not seen[-1].strip()
    assert sorted(s for s in seen if s) == quotes


def test_a_coloured_place_shows_the_rows_there_one_after_the_other(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "plan.pdf")
    page.goto(address(made, name))
    amount = page.locator("#text mark.budgets").first
    amount.click()
    [budget] = [row for table, row in rows_of(made, document_id) if table == "budgets"]
    assert budget["budget_id"] in page.locator("#detail").inner_text()
    assert "7.000.000.000" in page.locator("#detail").inner_text()
    assert "7 tỷ đồng" in marked(page)


def test_a_box_on_the_picture_of_a_page_shows_its_row(made: MadeSite, page: Page) -> None:
    _, name = document(made, "plan.pdf")
    page.goto(address(made, name))
    boxes = page.locator("svg[data-page='2'] rect")
    assert boxes.count() >= 4
    boxes.first.scroll_into_view_if_needed()
    assert page.locator("#page-2 img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 1000
    number = boxes.first.get_attribute("data-r")
    boxes.first.dispatch_event("click")
    assert page.locator(f"svg rect.on[data-r='{number}']").count() >= 1
    assert marked(page)


def test_the_address_of_a_row_opens_it(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "ke-hoach-nuoc-sach-lao-cai.txt")
    [row, *_] = [row for table, row in rows_of(made, document_id) if table == "targets"]
    page.goto(address(made, name, row["target_id"]))
    assert marked(page) == row["quote"]


def _count(page: Page) -> int:
    return int(page.locator("#count").get_attribute("data-count") or -1)


def test_filters_and_search_give_the_counts_of_parquet(made: MadeSite, page: Page) -> None:
    page.goto(address(made, "index.html"))
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
    page.goto(address(made, "index.html"))
    total = _count(page)
    titles = page.locator("#list tbody th a").all_inner_texts()
    assert len(titles) == 50 < total
    page.click("#forth")
    assert page.locator("#list tbody tr").count() == total - 50
    assert page.locator("#forth").is_disabled()
    page.click("#back")
    assert page.locator("#list tbody th a").all_inner_texts() == titles


def test_the_list_of_documents_has_those_that_failed(made: MadeSite, page: Page) -> None:
    page.goto(address(made, "documents.html"))
    ask = Shelf(made.release).ask
    for status in ("complete", "partial", "failed"):
        [wanted] = ask("SELECT count(*) AS n FROM documents WHERE status = $1", status)
        if wanted["n"]:
            page.select_option("#status", status)
            assert _count(page) == wanted["n"]
    page.select_option("#status", "failed")
    assert "tep-hong.pdf" in page.locator("#list tbody").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_serious_fault(made: MadeSite, page: Page, scheme: Any, size: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for kind, name in kinds(made).items():
        page.goto(address(made, name))
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
    page.set_viewport_size(PHONE)
    for kind, name in kinds(made).items():
        page.goto(address(made, name))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], kind


def test_markup_of_a_document_runs_nothing(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "harm<b>.txt")
    [plan] = Shelf(made.release).ask("SELECT plan_id FROM plans WHERE document_id = $1", document_id)
    for shown in (name, f"plans/{plan['plan_id'].replace(':', '_')}.html", "index.html", "documents.html"):
        page.goto(address(made, shown))
        if shown == name:
            for button in page.locator("#rows button").all():
                button.dispatch_event("click")
        if shown in ("index.html", "documents.html"):
            page.fill("#q", "day nghe" if shown == "index.html" else "harm")
            assert _count(page) >= 1
        assert page.evaluate("window.harmed") is None, shown
        assert "<script>window.harmed=1</script>" in page.locator("main").inner_text(), shown


def test_the_keyboard_is_enough(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "plan.pdf")
    page.goto(address(made, name))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#q").focus()
    page.keyboard.type("kênh mương")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#rows button')"):
            break
    page.keyboard.press("Enter")
    assert marked(page) in {row["quote"] for _, row in rows_of(made, document_id)}


def test_language_and_darkness_are_chosen_and_kept(made: MadeSite, page: Page) -> None:
    page.goto(address(made, "index.html"))
    assert "Toàn bộ" in page.locator("header").inner_text()
    page.click("#language")
    assert "Collection" in page.locator("header").inner_text() and "Toàn bộ" not in page.locator("header").inner_text()
    assert page.locator("#order option").first.inner_text() == "Newest first"
    page.click("#theme")
    page.goto(address(made, document(made, "plan.pdf")[1]))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["en", "dark"]
    assert "Rows read" in page.locator("main").inner_text()


def test_on_paper_the_words_stand_without_the_controls(made: MadeSite, page: Page) -> None:
    page.goto(address(made, document(made, "plan.pdf")[1]))
    page.emulate_media(media="print")
    assert (
        page.locator("#text").is_visible()
        and not page.locator("header.top").is_visible()
        and not page.locator("#rows").is_visible()
    )
    page.goto(address(made, kinds(made)["plan"]))
    assert page.locator("text=Sửa cống đầu mối").first.is_visible()


def test_escape_lets_go_of_a_row_and_the_keyboard_is_back_in_the_list(made: MadeSite, page: Page) -> None:
    page.goto(address(made, document(made, "plan.pdf")[1]))
    button = page.locator("#rows button:visible").first
    button.click()
    assert marked(page)
    page.keyboard.press("Escape")
    assert not marked(page) and page.locator("#detail").inner_text() == ""
    assert button.evaluate("e => e === document.activeElement")


def test_a_document_that_failed_shows_its_issue(made: MadeSite, page: Page) -> None:
    document_id, name = document(made, "tep-hong.pdf")
    [issue] = Shelf(made.release).ask("SELECT * FROM issues WHERE document_id = $1", document_id)
    page.goto(address(made, name))
    page.locator("#rows summary").click()
    page.locator("#rows button").click()
    assert issue["message_vi"] in page.locator("#detail").inner_text()
