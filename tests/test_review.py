"""The pages of a release: every row beside its words, everything escaped, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bench.highlights import highlighted
from pipeline.__main__ import main
from pipeline.corrections import load_corrections
from pipeline.files import BusyError
from pipeline.releases import writing
from pipeline.review import review, site
from pipeline.review.boxes import Quote
from pipeline.review.figures import figures_of
from pipeline.review.labels import Labels, key_of, labels_of, words
from pipeline.review.links import page_names, web_address
from pipeline.review.marks import segments
from pipeline.review.originals import Original, Seen, look_at
from pipeline.review.plan_pages import cross_foot
from pipeline.review.render import as_json, attribute, grouped
from pipeline.review.rows import SHOWN
from pipeline.review.shelf import Row, Shelf
from tests.pdf_writer import PdfPage, pdf
from tests.review_site import HARM, MadeSite

TEXT = "Mở 12 lớp ở các xã"


def _pages(made: MadeSite) -> list[Path]:
    return sorted(made.folder.rglob("*.html"))


def test_pieces_end_where_rows_begin_and_end() -> None:
    found = list(segments(TEXT, [(0, 9), (3, 9), None, (3, 5)]))
    assert [(s.text, s.rows) for s in found] == [("Mở ", (0,)), ("12", (3, 1, 0)), (" lớp", (1, 0)), (" ở các xã", ())]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8),
    st.sets(st.integers(1, 45), max_size=5),
)
def test_pieces_together_are_the_text_and_those_of_a_row_its_words(
    text: str, spans: list[tuple[int, int]], cuts: set[int]
) -> None:
    pieces = list(segments(text, spans, cuts))
    assert "".join(p.text for p in pieces) == text
    for n, (start, end) in enumerate(spans):
        own = "".join(p.text for p in pieces if n in p.rows)
        assert own == text[max(0, start) : max(0, end)]


def test_every_row_of_a_release_is_marked_with_exactly_its_words(made: MadeSite) -> None:
    shelf = Shelf(made.release)
    compared = 0
    pages: dict[str, dict[tuple[str, str], str]] = {}
    for table in SHOWN:
        for row in shelf.ask(f'SELECT * FROM "{table}" WHERE char_start IS NOT NULL'):
            name = row["document_id"]
            if name not in pages:
                pages[name] = highlighted(made.folder / "documents" / f"{name}.html")
            assert pages[name][table, ".".join(str(row[c]) for c in key_of(table))] == row["quote"]
            compared += 1
    assert compared > 500


def test_a_page_lets_nothing_run_but_its_own_script(made: MadeSite) -> None:
    for path in _pages(made):
        tree = html.fromstring(path.read_bytes().decode("utf-8"))
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy and "http" not in policy
        assert not tree.xpath("//@style") and not tree.xpath("//@*[starts-with(name(), 'on')]")
        assert not tree.xpath("//script/@src") and not tree.xpath("//link/@href[. != 'data:,']")
        assert {address[:5] for address in tree.xpath("//img/@src")} <= {"../pi"}


def test_markup_of_a_document_is_text_on_its_pages(made: MadeSite) -> None:
    found = [p for p in _pages(made) if "window.harmed" in p.read_text(encoding="utf-8")]
    assert {p.parent.name for p in found} == {"review", "documents", "plans"}
    for path in found:
        tree = html.fromstring(path.read_bytes().decode("utf-8"))
        assert not any("window.harmed" in (s.text or "") for s in tree.xpath("//script[not(@type)]"))
        assert not tree.xpath("//img[@src='x']") and not tree.xpath("//a[starts-with(@href, 'javascript')]")
    [page] = [p for p in found if p.parent.name == "documents"]
    assert HARM in html.fromstring(page.read_bytes().decode("utf-8")).get_element_by_id("text").text_content()


def test_links_between_the_pages_lead_somewhere(made: MadeSite) -> None:
    keys: dict[Path, set[str]] = {}
    followed = 0
    for path in _pages(made):
        tree = html.fromstring(path.read_bytes().decode("utf-8"))
        for address in tree.xpath("//a/@href"):
            if address.startswith(("#", "http")):
                continue
            name, _, key = address.partition("#")
            target = (path.parent / name).resolve()
            assert target.is_file(), f"{path}: {address}"
            if key:
                if target not in keys:
                    data = html.fromstring(target.read_bytes().decode("utf-8")).get_element_by_id("data").text
                    keys[target] = {r[1] for r in json.loads(data)["rows"]}
                assert key in keys[target]
            followed += 1
    assert followed > 500


def test_a_page_of_pdf_has_its_picture_and_boxes_around_the_words(made: MadeSite) -> None:
    [row] = Shelf(made.release).ask(
        "SELECT t.* FROM tasks t JOIN documents d USING (document_id) WHERE d.path = 'plan.pdf' AND name_vi LIKE '%cống%'"
    )
    assert (made.folder / "pictures" / row["document_id"] / "2.webp").read_bytes()[8:12] == b"WEBP"
    data = json.loads(_data(made.folder / "documents" / f"{row['document_id']}.html"))
    [n] = [n for n, r in enumerate(data["rows"]) if r[1] == row["task_id"]]
    pages = {box[0] for box in data["boxes"][str(n)]}
    left, top = data["boxes"][str(n)][0][1:3]  # of the name; the number in front of it is too short to be looked for
    assert pages == {2}
    assert abs(left - 115 / 595 * 1000) < 3 and abs(top - 139 / 595 * 1000) < 5


def test_a_table_stands_as_a_table(made: MadeSite) -> None:
    [row] = Shelf(made.release).ask("SELECT document_id FROM documents WHERE path = 'plan.pdf'")
    tree = html.fromstring((made.folder / "documents" / f"{row['document_id']}.html").read_bytes().decode("utf-8"))
    cells = [[" ".join(c.text_content().split()) for c in r.xpath("td")] for r in tree.xpath("//div[@id='text']//tr")]
    assert ["1", "Sửa cống đầu mối", "Sở Xây dựng"] in cells


def test_without_the_files_the_pages_show_the_text(made: MadeSite, tmp_path: Path) -> None:
    before = {p.name for p in (made.folder / "documents").iterdir()}
    index = review(made.release, tmp_path, made.out / "store", 1, lambda done, total, what: None)
    assert {p.name for p in (made.folder / "documents").iterdir()} == before
    assert index.pictures == 0 and not list((made.folder / "pictures").rglob("*.webp"))
    review(made.release, made.raw, made.out / "store", 2, lambda done, total, what: None)


def test_pages_that_cannot_be_finished_leave_the_earlier_ones(made: MadeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (made.folder / "index.html").read_bytes()

    def broken(*_: object) -> str:
        raise OSError("no room")

    monkeypatch.setattr(site, "index_page", broken)
    with pytest.raises(OSError, match="no room"):
        review(made.release, made.raw, made.out / "store", 1, lambda done, total, what: None)
    assert (made.folder / "index.html").read_bytes() == before
    assert {p.name for p in made.release.folder.iterdir() if p.is_dir()} == {"review"}


def test_the_list_of_plans_says_what_parquet_says(made: MadeSite) -> None:
    rows = json.loads(_data(made.folder / "index.html"))["rows"]
    shelf = Shelf(made.release)
    [sums] = shelf.ask(
        "SELECT count(*) AS n, sum(target_count) AS targets, sum(task_count) AS tasks, sum(open_issues) AS issues FROM plans_wide"
    )
    assert (len(rows), sum(r[7] for r in rows), sum(r[8] for r in rows), sum(r[10] for r in rows)) == (
        sums["n"], sums["targets"], sums["tasks"], sums["issues"],
    )  # fmt: skip


def test_the_money_of_the_chart_is_the_money_of_the_plans(made: MadeSite) -> None:
    shelf = Shelf(made.release)
    [plans] = shelf.ask("SELECT sum(budget_vnd)::BIGINT AS vnd FROM plans_wide")
    figures = figures_of(shelf, labels_of(shelf))
    for bars in (figures.money_by_year, figures.money_by_source):
        shown = sum(float(b.shown.replace(".", "").replace(",", ".")) for b in bars)
        assert round(shown * 1_000_000) == plans["vnd"] > 10**9


def test_two_runs_do_not_write_at_once(made: MadeSite) -> None:
    with writing(made.out), pytest.raises(BusyError):
        review(made.release, made.raw, made.out / "store", 1, lambda done, total, what: None)


def test_every_word_of_the_pages_is_used() -> None:
    folder = Path(str(site.__file__)).parent
    code = "".join(p.read_text(encoding="utf-8") for p in [*folder.glob("*.py"), *folder.glob("templates/*")])
    assert [name for name in words() if f"'{name}'" not in code and f'"{name}"' not in code] == []


def _data(page: Path) -> str:
    return re.findall(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)[0]


def test_names_of_pages_are_safe_and_differ() -> None:
    names = page_names(["vn:12-qd-ttg:2021", "vn_12-qd-ttg_2021", "../a", "a/b", "A:B", "x" * 300])
    assert names["vn:12-qd-ttg:2021"] == "vn_12-qd-ttg_2021.html"
    assert len({n.casefold() for n in names.values()}) == 6
    assert all(re.fullmatch(r"[\w.-]{1,150}\.html", n) and "/" not in n for n in names.values())


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " http://a.vn", "file:///etc", None, ""]
)
def test_only_addresses_of_the_web_are_linked(address: str | None) -> None:
    assert web_address(address) is None
    assert web_address("https://a.vn/x") == "https://a.vn/x"


def test_data_cannot_end_the_script_it_stands_in() -> None:
    text = str(as_json({"a": "</script><!--\u2028&"}))
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1234567, "1.234.567"),
        (6840.5, "6.840,5"),
        (0.25, "0,25"),
        (None, "–"),
        (-1500, "-1.500"),
        (1234.001, "1.234"),
        (0.001, "0,001"),
        (-1e-9, "0"),
        (100, "100"),
    ],
)
def test_numbers_as_vietnamese_writes_them(number: float | None, shown: str) -> None:
    assert grouped(number) == shown


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    assert all(vi and en for vi, en in words().values())
    assert attribute("plans") == "Kế hoạch / Plans"


def _budget(
    breakdown: str, amount: int | None, year: int | None = None, phase: str = "planned", source: str | None = None
) -> Row:
    return {
        "section": "III", "task_id": None, "task_group_id": None, "line_label": None, "line_name_vi": None, "source_codes": [], "source_text": source,
        "breakdown_code": breakdown, "amount_vnd": amount, "year": year, "period_start_year": None if year else 2021,
        "period_end_year": None if year else 2025, "phase_code": phase, "scope_code": "line" if breakdown == "by_task" else "plan",
    }  # fmt: skip


def _found(rows: list[Row]) -> list[tuple[str, str, int, int, int | None]]:
    return [(f["phase"][0], f["breakdown"][0], f["rows"], f["sum"], f["total"]) for f in cross_foot(rows, Labels({}))]


def test_money_by_year_and_by_source_is_held_against_the_total() -> None:
    rows = [
        _budget("total", 900), _budget("by_year", 400, 2021), _budget("by_year", 500, 2022), _budget("by_source", 900), _budget("by_task", 300),
        _budget("by_task", 500), _budget("by_task", None), _budget("by_source", 5, phase="executed"),
    ]  # fmt: skip
    assert sorted(_found(rows)) == [
        ("executed", "by_source", 1, 5, None), ("planned", "by_source", 1, 900, 900), ("planned", "by_task", 2, 800, 900), ("planned", "by_year", 2, 900, 900),
    ]  # fmt: skip


def test_money_told_twice_counts_once_and_that_of_a_part_is_apart() -> None:
    twice = [_budget("by_source", 400, source="a"), _budget("by_source", 500, source="b")]
    annex = [b | {"section": "annex"} for b in twice]
    of_a_task = _budget("by_source", 70) | {"scope_code": "task", "task_id": "t"}
    rows = [
        _budget("total", 900),
        _budget("total", 70),
        *twice,
        *annex,
        of_a_task,
        of_a_task | {"section": "annex > 1"},
    ]
    assert sorted(_found(rows)) == [
        ("planned", "by_source", 1, 70, 70),
        ("planned", "by_source", 2, 900, 900),
        ("planned", "by_source", 2, 900, 900),
    ]


def test_no_sample_is_accused_of_more_money_than_it_has(made: MadeSite) -> None:
    for path in (made.folder / "plans").iterdir():
        text = html.fromstring(path.read_bytes().decode("utf-8")).text_content()
        assert words()["more"][0] not in text, path.name


def test_money_by_year_is_that_of_the_plans_that_divide_it(made: MadeSite) -> None:
    shelf = Shelf(made.release)
    found = {b.label[0]: b.shown for b in figures_of(shelf, labels_of(shelf)).money_by_year}
    assert {"2022", "2023", "2024", "2025"} <= set(found)


@pytest.mark.parametrize("written", ["issued_date: 2024-02-31", "title_vi: \x07"])
def test_a_correction_that_is_no_yaml_is_named(written: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(f"- table: plans\n  where: {{id: a}}\n  set: {{{written}}}\n", encoding="utf-8")
    entries, failures = load_corrections(path)
    assert entries == [] and len(failures) == 1


def test_review_of_a_folder_that_is_not_there_is_refused(made: MadeSite, tmp_path: Path) -> None:
    before = (made.folder / "index.html").read_bytes()
    ran = CliRunner().invoke(main, ["review", "--out", str(made.out), "--raw", str(tmp_path / "nowhere")])
    assert ran.exit_code == 2 and "no folder" in ran.output
    assert (made.folder / "index.html").read_bytes() == before


def _looked_at(tmp_path: Path, data: bytes, quote: str) -> Seen:
    """What is seen of a PDF whose first page has a quote."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    file = Original(
        path,
        hashlib.sha256(data).hexdigest(),
        "application/pdf",
        "",
        tmp_path / "pages",
        tmp_path,
        {0: Quote(quote, "", "", 1)},
    )
    [(_, seen)] = look_at([file], 1)
    return seen


def test_a_page_too_tall_for_a_picture_costs_no_other_page(tmp_path: Path) -> None:
    seen = _looked_at(
        tmp_path, pdf(PdfPage().text(70, 80, "Đào kênh nhánh"), PdfPage(60, 1500).text(5, 80, "Cao")), "kênh nhánh"
    )
    assert len(seen.heights) == 2 and all(seen.heights)
    assert [n for n, _ in seen.boxes] == [0] and (tmp_path / "pages" / "2.webp").exists()


def test_a_page_of_which_a_part_is_shown_has_no_boxes_in_wrong_places(tmp_path: Path) -> None:
    whole = pdf(PdfPage().text(70, 80, "Đào kênh nhánh"))
    assert [n for n, _ in _looked_at(tmp_path, whole, "kênh nhánh").boxes] == [0]
    cut = re.sub(rb"/MediaBox ?\[[^\]]*\]", rb"\g<0> /CropBox [40 300 580 830]", whole)
    assert cut != whole
    seen = _looked_at(tmp_path, cut, "kênh nhánh")
    assert seen.heights == (981,) and seen.boxes == ()
