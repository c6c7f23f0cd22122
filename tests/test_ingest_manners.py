"""Portals that answer oddly: the round ends, says what is wrong, asks no more than it may, and loses no document."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ingest.crawl import Crawl
from pipeline.ingest.fetch import Answer, FetchError, Question
from pipeline.ingest.frontier import Found, Frontier, Got
from pipeline.ingest.originals import Originals
from pipeline.ingest.sources import load_sources
from pipeline.ingest.task import Tally

SOURCE = "- {id: tinh, name: Tỉnh, publisher: UBND, licence: thử, seconds: 0, revisit_days: 0, local: true, start: [{%s: 'https://tinh.example/van-ban'}]}\n"
LISTING = "".join(f'<li><a href="/xem?id={n}">Kế hoạch trồng rừng số {n} năm 2026</a></li>' for n in range(30)).encode()
PAGE = "<html><body><p>KẾ HOẠCH</p><p>Trồng 300 cây.</p></body></html>".encode()
NOW = datetime(2026, 3, 1, tzinfo=UTC)
Reply = Answer | FetchError


def ok(body: bytes = PAGE, **headers: str) -> Answer:
    return Answer(200, headers, body)


class Portal:
    """Answers by path; what has no answer is not found."""

    def __init__(self, replies: Mapping[str, Reply | Callable[[str], Reply]]) -> None:
        self.replies = dict(replies)
        self.asked: list[str] = []

    def ask(self, question: Question) -> Answer:
        path = question.url.removeprefix("https://tinh.example")
        self.asked.append(path)
        reply = self.replies.get(path) or self.replies.get(path.partition("?")[0]) or Answer(404, {}, b"")
        reply = reply(path) if callable(reply) else reply
        if isinstance(reply, FetchError):
            raise reply
        return reply


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    found = Frontier(tmp_path / "frontier.sqlite")
    yield found
    found.close()


def round_over(portal: Portal, frontier: Frontier, tmp_path: Path, kind: str = "listing", now: datetime = NOW) -> Tally:
    path = tmp_path / "sources.yml"
    path.write_text(SOURCE % kind, encoding="utf-8")
    return Crawl(frontier, Originals(tmp_path / "raw"), portal, lambda *_, **__: None, None, lambda: now).run(
        load_sources(path)
    )


def documents(portal: Portal) -> list[str]:
    return [p for p in portal.asked if p.startswith("/xem")]


def test_a_portal_that_wants_to_be_left_alone_for_an_hour_is(frontier: Frontier, tmp_path: Path) -> None:
    busy = Answer(429, {"retry-after": "3600"}, b"")
    portal = Portal({"/van-ban": ok(LISTING), "/xem": busy})
    round_over(portal, frontier, tmp_path)
    assert len(documents(portal)) == 1
    portal.asked.clear()
    portal.replies["/xem"] = ok()
    round_over(portal, frontier, tmp_path)
    assert len(documents(portal)) == 29  # the others stayed due


def test_a_wait_of_years_is_no_wait_of_years(frontier: Frontier, tmp_path: Path) -> None:
    round_over(Portal({"/van-ban": Answer(503, {"retry-after": "999999999"}, b"")}), frontier, tmp_path)
    assert [k.url for k in frontier.due("tinh", NOW + timedelta(hours=2))] == ["https://tinh.example/van-ban"]


@pytest.mark.parametrize("wait", ["\u00b2", "Mon, 01 Jan 99999 00:00:00 +9999999999", "-1", "soon"])
def test_a_wait_that_means_nothing_ends_no_round(wait: str, frontier: Frontier, tmp_path: Path) -> None:
    first: list[str] = []

    def once_busy(path: str) -> Answer:
        first.append(path)
        return Answer(503, {"retry-after": wait}, b"") if len(first) == 1 else ok(LISTING)

    tally = round_over(Portal({"/van-ban": once_busy, "/xem": ok()}), frontier, tmp_path)
    assert tally.counts["tinh"]["new"] == 30


@pytest.mark.parametrize(
    "reply",
    [Answer(503, {"retry-after": "86400"}, b""), Answer(302, {"location": "https://khac.example/robots.txt"}, b"")],
)
def test_a_host_whose_robots_txt_cannot_be_had_is_not_asked(reply: Answer, frontier: Frontier, tmp_path: Path) -> None:
    portal = Portal({"/robots.txt": reply, "/van-ban": ok(LISTING)})
    tally = round_over(portal, frontier, tmp_path)
    assert set(portal.asked) == {"/robots.txt"}
    assert tally.notes == ["tinh.example cannot say what its robots.txt allows: left until a later round"]
    assert len(frontier.due("tinh", NOW)) == 1


def test_robots_txt_is_followed_where_it_has_moved(frontier: Frontier, tmp_path: Path) -> None:
    moved = Answer(301, {"location": "/rules.txt"}, b"")
    portal = Portal(
        {
            "/robots.txt": moved,
            "/rules.txt": ok(b"User-agent: *\nDisallow: /xem"),
            "/van-ban": ok(LISTING),
            "/xem": ok(),
        }
    )
    tally = round_over(portal, frontier, tmp_path)
    assert documents(portal) == []
    assert tally.counts["tinh"]["refused"] == 30


def test_rules_for_others_are_not_ours(frontier: Frontier, tmp_path: Path) -> None:
    """Rules speak of the program's name, not of any word in what it calls itself."""
    rules = ok(b"User-agent: mail\nAllow: /\nUser-agent: *\nDisallow: /xem")
    portal = Portal({"/robots.txt": rules, "/van-ban": ok(LISTING), "/xem": ok()})
    round_over(portal, frontier, tmp_path)
    assert documents(portal) == []


def test_a_pause_of_hours_between_requests_costs_one_request(frontier: Frontier, tmp_path: Path) -> None:
    portal = Portal({"/robots.txt": ok(b"User-agent: *\nCrawl-delay: 100000"), "/van-ban": ok(LISTING), "/xem": ok()})
    round_over(portal, frontier, tmp_path)
    assert portal.asked == ["/robots.txt", "/van-ban"]


def test_a_host_that_does_not_answer_is_left_and_its_documents_stay_due(frontier: Frontier, tmp_path: Path) -> None:
    portal = Portal({"/van-ban": ok(LISTING), "/xem": FetchError("no answer")})
    round_over(portal, frontier, tmp_path)
    assert len(documents(portal)) == 10
    assert len([k for k in frontier.due("tinh", NOW) if k.kind == "document"]) >= 20


@pytest.mark.parametrize(
    "reply", [Answer(404, {}, b""), Answer(302, {"location": "https://khac.example/"}, b""), Answer(403, {}, b"")]
)
def test_a_start_that_cannot_be_read_is_told_and_asked_again_soon(
    reply: Answer, frontier: Frontier, tmp_path: Path
) -> None:
    tally = round_over(Portal({"/van-ban": reply}), frontier, tmp_path)
    assert any("could not be read" in note for note in tally.notes)
    assert any(
        "could not be read" in note for note in round_over(Portal({}), frontier, tmp_path).notes
    )  # until it is mended
    assert len(frontier.due("tinh", NOW + timedelta(hours=2))) == 1


def test_a_start_that_is_corrected_is_read_anew(frontier: Frontier, tmp_path: Path) -> None:
    portal = Portal({"/van-ban": ok(LISTING), "/xem": ok()})
    round_over(portal, frontier, tmp_path, kind="feed")
    assert documents(portal) == []
    round_over(portal, frontier, tmp_path, kind="listing")
    assert len(documents(portal)) == 30


def test_an_empty_answer_is_no_version(frontier: Frontier, tmp_path: Path) -> None:
    listing = ok('<li><a href="/xem?id=1">Kế hoạch trồng rừng</a></li>'.encode())
    round_over(Portal({"/van-ban": listing, "/xem": ok()}), frontier, tmp_path)
    tally = round_over(Portal({"/van-ban": listing, "/xem": ok(b"")}), frontier, tmp_path, now=NOW + timedelta(days=1))
    assert (tally.counts["tinh"]["changed"], tally.counts["tinh"]["failed"]) == (0, 1)


def test_a_portal_under_repair_loses_no_document(frontier: Frontier, tmp_path: Path) -> None:
    """A redirection to the front page counts when it is seen twice, a day apart; one to "/?id=1" is no front page."""
    listing = ok('<li><a href="/xem?id=1">Kế hoạch trồng rừng</a></li>'.encode())
    front = {"/van-ban": listing, "/xem": Answer(302, {"location": "/"}, b"")}
    round_over(
        Portal({"/van-ban": listing, "/xem": Answer(302, {"location": "/?id=1"}, b""), "/": ok()}), frontier, tmp_path
    )
    assert round_over(Portal(front), frontier, tmp_path, now=NOW + timedelta(days=1)).counts["tinh"]["gone"] == 0
    assert round_over(Portal(front), frontier, tmp_path, now=NOW + timedelta(days=3)).counts["tinh"]["gone"] == 1


def test_a_new_file_of_a_page_whose_words_did_not_change_is_fetched(frontier: Frontier, tmp_path: Path) -> None:
    listing = ok('<li><a href="/xem?id=1">Kế hoạch trồng rừng</a></li>'.encode())

    def page(name: str) -> Answer:
        return ok(PAGE.replace(b"</body>", f'<a href="/tep/{name}.pdf">Tải về</a></body>'.encode()))

    round_over(Portal({"/van-ban": listing, "/xem": page("a"), "/tep/a.pdf": ok(b"%PDF-1.4 a")}), frontier, tmp_path)
    portal = Portal(
        {"/van-ban": listing, "/xem": page("b"), "/tep/b.pdf": ok(b"%PDF-1.4 b"), "/tep/a.pdf": ok(b"%PDF-1.4 a")}
    )
    assert round_over(portal, frontier, tmp_path, now=NOW + timedelta(days=1)).counts["tinh"]["new"] == 1


def test_the_same_bytes_are_no_new_version_whatever_the_program_sees_in_them(
    frontier: Frontier, tmp_path: Path
) -> None:
    listing = ok('<li><a href="/xem?id=1">Kế hoạch trồng rừng</a></li>'.encode())
    portal = Portal({"/van-ban": listing, "/xem": ok()})
    round_over(portal, frontier, tmp_path)
    frontier._db.execute("UPDATE addresses SET sameness = 'as an older program saw it'")
    assert round_over(portal, frontier, tmp_path, now=NOW + timedelta(days=1)).counts["tinh"]["changed"] == 0


def test_an_archive_that_does_harm_costs_itself_only(frontier: Frontier, tmp_path: Path) -> None:
    raw = Originals(tmp_path / "raw")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.docx", b"1" * 5000)
    damaged = bytearray(path.read_bytes())
    damaged[45:60] = b"\xff" * 15
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ế" * 90 + ".docx", b"1")
    for n, data in enumerate((bytes(damaged), path.read_bytes(), PAGE)):
        found = Found(f"https://tinh.example/{n}", "document")
        frontier.start("tinh", [found], NOW)
        known = frontier.known(found.url)
        assert known is not None
        sha256 = raw.put_aside(data)
        frontier.got(known, Got(sha256, sha256, "html" if data == PAGE else "zip", found.url, {}), [], NOW, timedelta())
    raw.settle(frontier)
    names = [
        f.name for f in (tmp_path / "raw" / "portals").rglob("*") if f.is_file() and not f.name.endswith(".source.json")
    ]
    assert sorted(n.rpartition(".")[2] for n in names) == ["docx", "html", "zip"]
    assert frontier.unsettled() == []
