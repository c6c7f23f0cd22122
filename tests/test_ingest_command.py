"""What the command says to a person, what the feed tells, and which files are versions of one document."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.ids import document_id
from pipeline.ingest.demo import SAMPLES, listing
from pipeline.ingest.notices import Notice, feed_of, summary_of
from pipeline.raw import RawFile
from pipeline.sidecar import Sidecar, parse_sidecar
from pipeline.versions import keys, versions

ENTRY = "- {id: tinh, name: Tỉnh, publisher: UBND, licence: không rõ, enabled: %s, start: [{listing: 'https://tinh.example/van-ban'}]}\n"


def said(tmp_path: Path, *arguments: str, enabled: str = "true") -> tuple[int, str]:
    path = tmp_path / "sources.yml"
    path.write_text(ENTRY % enabled, encoding="utf-8")
    result = CliRunner().invoke(
        main,
        ["ingest", "--sources", str(path), "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), *arguments],
        env={"KE_HOACH_CONTACT": ""},
    )
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("arguments", "enabled", "words"),
    [
        ([], "true", "portals want to know who asks"),
        (["--source", "other"], "true", "no source other in"),
        (["--contact", "mailto:a@example.org"], "false", "every source in"),
        (["--once", "--every", "2"], "true", "say different things"),
    ],
)
def test_wrong_usage_says_what_to_write(arguments: list[str], enabled: str, words: str, tmp_path: Path) -> None:
    code, output = said(tmp_path, *arguments, enabled=enabled)
    assert code == 2
    assert words in output
    assert "Traceback" not in output


def test_a_missing_file_of_sources_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["ingest", "--sources", str(tmp_path / "none.yml")])
    assert result.exit_code == 2
    assert "none.yml" in result.output


def facts(**more: object) -> dict[str, object]:
    return {
        "number_symbol": "12/KH-UBND", "title_vi": "Kế hoạch <b>nuôi ong</b> & trồng hoa", "province_vi": "Yên Bái", "issuer_vi": "UBND tỉnh Yên Bái",
        "issued_date": date(2026, 2, 3), "period_start_year": 2026, "period_end_year": 2030, "target_count": 4, "task_count": 9, "budget_vnd": 1_250_000_000,
        "url": "https://tinh.example/7?a=1&b=2", **more,
    }  # fmt: skip


def test_the_key_facts_of_a_plan_in_a_line() -> None:
    assert (
        summary_of(facts())
        == "UBND tỉnh Yên Bái; ngày 03/02/2026; giai đoạn 2026-2030; 4 chỉ tiêu, 9 nhiệm vụ; kinh phí 1.250 triệu đồng"
    )
    assert (
        summary_of(facts(period_start_year=None, budget_vnd=None, issued_date=None))
        == "UBND tỉnh Yên Bái; đến năm 2030; 4 chỉ tiêu, 9 nhiệm vụ"
    )


def test_the_feed_holds_words_as_words() -> None:
    feed = ElementTree.fromstring(feed_of([Notice("yen-bai:12-kh-ubnd:2026", "2026-03-01T00:00:00+00:00", facts())]))
    assert feed.findtext("{*}entry/{*}title") == "12/KH-UBND Kế hoạch <b>nuôi ong</b> & trồng hoa"
    assert feed.findtext("{*}updated") == "2026-03-01T00:00:00+00:00"
    assert [link.get("href") for link in feed.findall("{*}entry/{*}link")] == ["https://tinh.example/7?a=1&b=2"]


def file(path: str, url: str | None, retrieved_at: str | None) -> RawFile:
    return RawFile(Path(path), path, f"hash of {path}", 1, Sidecar(url=url, retrieved_at=retrieved_at))


def test_files_of_one_address_are_versions_by_the_time_they_came() -> None:
    files = [
        file("b", "https://a.example/1", "2026-02-01"),
        file("a", "https://a.example/1", "2026-03-01"),
        file("c", None, None),
    ]
    given = keys(files)
    found = versions(files, given)
    assert given["b"] == document_id("https://a.example/1")  # the first keeps the key of the address
    assert len(set(given.values())) == 3
    assert {p: v.number for p, v in found.items()} == {"a": 2, "b": 1, "c": 1}
    assert {p: v.newer for p, v in found.items()} == {"a": None, "b": given["a"], "c": None}


def test_words_that_come_back_keep_their_key() -> None:
    """An address gave A, then B, then A again: A is the current version, and no key has changed."""
    b = file("b", "https://a.example/1", "2026-03-01")
    before = [
        RawFile(
            Path("a"),
            "a",
            "A",
            1,
            Sidecar(url="https://a.example/1", retrieved_at="2026-02-01", first_retrieved_at="2026-02-01"),
        ),
        b,
    ]
    after = [
        RawFile(
            Path("a"),
            "a",
            "A",
            1,
            Sidecar(url="https://a.example/1", retrieved_at="2026-04-01", first_retrieved_at="2026-02-01"),
        ),
        b,
    ]
    assert keys(before) == keys(after)
    assert {p: v.number for p, v in versions(after, keys(after)).items()} == {"b": 1, "a": 2}


def test_files_that_only_name_the_same_page_are_no_versions() -> None:
    files = [
        file("a.html", "https://a.example/1", None),
        file("b.pdf", "https://a.example/1", None),
        file("c.docx", "https://a.example/1", "2026-02-01"),
    ]
    assert {v.number for v in versions(files, keys(files)).values()} == {1}


def test_sidecars_of_others_are_read_as_far_as_they_go() -> None:
    read = parse_sidecar("a", lambda: '{"url": 5, "other_urls": "x", "colour": [], "gone_date": null}')
    assert read == Sidecar(url="5")
    assert "no JSON" in (parse_sidecar("a", lambda: "[" * 100_000).error or "")


def test_the_demo_lists_every_sample() -> None:
    page = listing(SAMPLES)
    assert all(f"/tep/{p.name}" in page for p in SAMPLES.glob("ke-hoach-*") if p.suffix in (".html", ".txt"))
