"""Rounds over a portal with 300 documents: everything that may be had, nothing that may not, and only what is new the next time."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.ingest.run import LOOK, Report
from pipeline.releases import latest
from pipeline.schema import STEP_TABLES, TABLES
from tests.ingesting import one_round
from tests.portal import Asked, Portal

pytestmark = pytest.mark.slow
CHANGED, VANISHED = 22, 44


@dataclass
class Round:
    """What a round reported, what the portal was asked, and the release after it."""

    report: Report
    asked: list[Asked]
    release: Path
    tables: dict[str, pd.DataFrame]
    bytes_of: dict[str, bytes]


def _round(folder: Path, portal: Portal) -> Round:
    portal.forget()
    report = one_round(folder, portal.sources())
    found = latest(folder / "out")
    assert found is not None
    names = [t.name for t in TABLES if t.name not in STEP_TABLES]
    tables = {name: pd.read_parquet(found.path(name)) for name in names}
    return Round(report, portal.requests(), found.folder, tables, {n: found.path(n).read_bytes() for n in names})


@dataclass
class Story:
    """Three rounds: the first, one where nothing happened, one where a page changed and one vanished."""

    portal: Portal
    folder: Path
    first: Round
    second: Round
    third: Round


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("ingest")
    portal = Portal(285)
    first, second = _round(folder, portal), _round(folder, portal)
    portal.changed.add(CHANGED)
    portal.vanished.add(VANISHED)
    yield Story(portal, folder, first, second, _round(folder, portal))
    portal.close()


def test_every_document_that_may_be_had_is_there(story: Story) -> None:
    assert story.portal.expected() == 300
    assert len(story.first.tables["documents"]) == 300
    plans = story.first.tables["plans"]
    assert set(plans[~plans.is_stub].number_symbol) == {f"{n}/KH-UBND" for n in range(1, 286)}
    assert set(story.first.tables["documents"].status) == {"complete"}


def test_what_robots_txt_forbids_is_never_asked(story: Story) -> None:
    asked = [*story.first.asked, *story.second.asked, *story.third.asked]
    assert [a for a in asked if a.path.startswith(("/noi-bo", "/tin", "/lich")) or "goi-thau" in a.path] == []
    assert story.first.asked[0].path == "/robots.txt"
    assert {a.agent for a in asked} == {asked[0].agent}
    assert "test@example.org" in asked[0].agent


def test_documents_that_failed_at_first_were_asked_again(story: Story) -> None:
    counts = story.first.report.sources["portal"]
    assert counts["new"] == 285 + 14
    assert counts["missing"] == 5
    assert counts["failed"] == 1  # the one that leads in a circle
    assert counts["refused"] == 6


def test_each_page_came_once(story: Story) -> None:
    whole = [
        a.path
        for a in story.first.asked
        if a.status == 200 and a.path.startswith(("/xem/", "/tep/")) and "mat" not in a.path
    ]
    assert sorted(whole) == sorted(set(whole))


def test_the_second_round_asks_only_whether_something_changed(story: Story) -> None:
    assert [a.path for a in story.second.asked if not a.is_conditional] == []
    assert len(story.second.asked) > 285


def test_nothing_new_leaves_the_release_as_it_is(story: Story) -> None:
    assert story.second.release == story.first.release
    assert story.second.bytes_of == story.first.bytes_of
    assert not story.second.report.is_new_release
    assert (story.second.report.new_plans, story.first.report.new_plans) == (0, 285)


def test_a_page_that_only_counts_its_visitors_has_not_changed(story: Story) -> None:
    counts = story.second.report.sources["portal"]
    assert counts.get("changed", 0) == 0
    assert [a for a in story.second.asked if a.status == 200 and a.path.startswith("/xem/8")] != []


def _of_document(tables: dict[str, pd.DataFrame], name: str, *documents: str) -> pd.DataFrame:
    table = tables[name]
    return table[table.document_id.isin(documents)] if "document_id" in table else table.iloc[:0]


def test_a_changed_page_changes_its_rows_and_no_others(story: Story) -> None:
    before, after = story.second.tables, story.third.tables
    url = f"{story.portal.url}/xem/{CHANGED}"
    versions = after["documents"][after["documents"].url == url].sort_values("version")
    assert list(versions.version) == [1, 2]
    assert list(versions.is_current) == [False, True]
    old, new = versions.document_id
    assert versions.superseded_by.iloc[0] == new
    for name in ("targets", "tasks", "budgets", "sections"):
        others = [t[name][~t[name].document_id.isin([old, new])].reset_index(drop=True) for t in (before, after)]
        pd.testing.assert_frame_equal(*others)
    assert set(_of_document(before, "targets", old).value) == {1000 + CHANGED}
    assert set(_of_document(after, "targets", old).is_primary) == {False}
    assert set(_of_document(after, "targets", new).is_primary) == {True}
    assert set(_of_document(after, "targets", new).value) == {501_000 + CHANGED}


def test_a_vanished_page_is_marked_and_keeps_its_rows(story: Story) -> None:
    before, after = story.second.tables, story.third.tables
    url = f"{story.portal.url}/xem/{VANISHED}"
    (gone,) = after["documents"][after["documents"].url == url].to_dict("records")
    assert gone["gone_date"] == story.third.report.started_at[:10]
    assert list(after["documents"].gone_date.dropna()) == [gone["gone_date"]]
    for name in ("targets", "tasks", "budgets"):
        rows = [_of_document(t, name, gone["document_id"]).reset_index(drop=True) for t in (before, after)]
        pd.testing.assert_frame_equal(*rows)
        assert len(rows[0]) > 0


def test_originals_are_named_by_their_hash_and_say_where_they_are_from(story: Story) -> None:
    files = [
        f for f in (story.folder / "raw" / "portals").rglob("*") if f.is_file() and not f.name.endswith(".source.json")
    ]
    assert [
        f for f in files if ".zip!" not in f.parent.name and hashlib.sha256(f.read_bytes()).hexdigest() != f.stem
    ] == []
    said: list[dict[str, Any]] = [
        json.loads(f.with_name(f.name + ".source.json").read_text(encoding="utf-8")) for f in files
    ]
    (listed,) = [s for s in said if s["url"] == f"{story.portal.url}/xem/2"]
    assert (listed["number_symbol"], listed["issued_date"], listed["source"]) == ("2/KH-UBND", "2024-03-05", "portal")
    assert listed["link_text"] == "Kế hoạch trồng cây phân tán tại 2 thôn"
    (moved,) = [s for s in said if s["url"] == f"{story.portal.url}/r/1"]
    assert moved["final_url"] == f"{story.portal.url}/xem/1"


def test_files_belong_to_the_page_they_are_attached_to(story: Story) -> None:
    documents = story.first.tables["documents"].set_index("url")
    page = documents.loc[f"{story.portal.url}/xem/29"]
    assert documents.loc[f"{story.portal.url}/tep/29.pdf"].page_document_id == page.document_id


def test_documents_of_an_archive_are_documents(story: Story) -> None:
    documents = story.first.tables["documents"]
    inside = documents[documents.url.str.startswith(f"{story.portal.url}/tep/9.zip!/")]
    assert sorted(url.rpartition("/")[2] for url in inside.url) == ["00-a.docx", "01-b.docx"]
    assert all(".zip!/" in path and ".." not in path for path in inside.path)


def test_the_feed_tells_of_every_plan_once(story: Story) -> None:
    feed = ElementTree.parse(story.folder / "out" / "new-plans.atom").getroot()
    entries = feed.findall("{*}entry")
    assert len(entries) == 100
    newest = [e.findtext("{*}title") for e in entries]
    assert len(set(newest)) == 100
    assert all(e.find("{*}link").get("href", "").startswith(story.portal.url) for e in entries)  # type: ignore[union-attr]
    assert "chỉ tiêu" in (entries[0].findtext("{*}summary") or "")


def test_the_last_round_is_told_for_monitoring(story: Story) -> None:
    said = json.loads((story.folder / "out" / "last-ingest.json").read_text(encoding="utf-8"))
    assert said["sources"]["portal"]["changed"] == 1
    assert said["sources"]["portal"]["gone"] == 1
    assert said["oldest_retry"]["reason"] == "leads in a circle, too far, or nowhere"
    assert said["exit_code"] != LOOK
