"""The parts of the ingestion, each alone: sources, addresses, links, words of portals, pace, robots.txt, archives, sidecars, one request."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from normalizers.lexicon import load
from pipeline.ingest import cues
from pipeline.ingest.addresses import AddressError, ending_of, normal, resolve
from pipeline.ingest.archive import ArchiveError, unpack
from pipeline.ingest.cues import is_plan_title, main_text, says_missing
from pipeline.ingest.fetch import Bounds, Fetcher, FetchError, Question
from pipeline.ingest.frontier import Found, Frontier, Got
from pipeline.ingest.links import of_document, of_feed, of_listing, of_sitemap
from pipeline.ingest.originals import Originals
from pipeline.ingest.pace import Pace, seconds_of
from pipeline.ingest.robots import Robots
from pipeline.ingest.sources import Certificate, Source, SourcesError, load_sources

ROOT = Path(__file__).parent.parent
ENTRY = (
    "- {id: tinh, name: Tỉnh, publisher: UBND, licence: không rõ, start: [{listing: 'https://tinh.example/van-ban'}]"
)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def source(tmp_path: Path, more: str = "") -> Source:
    path = tmp_path / "s.yml"
    path.write_text(f"{ENTRY}{more}}}\n", encoding="utf-8")
    (found,) = load_sources(path)
    return found


# --- sources ---


def test_the_sources_that_come_with_the_project_are_well_formed() -> None:
    found = load_sources(ROOT / "data" / "sources.yml")
    assert len(found) >= 10
    assert all(s.seconds >= 2 for s in found if not s.is_local)
    assert all(s.tested is not None or not s.is_enabled for s in found)  # what was never seen to work is switched off


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no list of sources"),
        ("- 5", "a source is a list of keys"),
        ("- {id: Tỉnh}", "`id` is a short name"),
        (f"{ENTRY}, colour: red}}", "unknown key colour"),
        (f"{ENTRY}, seconds: -1}}", "`seconds` is a number, not negative"),
        (f"{ENTRY}, seconds: true}}", "`seconds` is a number"),
        (f"{ENTRY}, kinds: [exe]}}", "unknown kind 'exe'"),
        (f"{ENTRY}, follow: ['(']}}", "no regular expression"),
        (f"{ENTRY}, tested: today}}", "`tested` is the day"),
        (f"{ENTRY}, certificates: {{tinh.example: {{sha256: abc}}}}}}", "pinned by `sha256`"),
        (f"{ENTRY}}}\n{ENTRY}}}", "two sources have the id tinh"),
        ("- {id: a, name: b, publisher: c, licence: d, start: [{listing: 'ftp://a'}]}", "no address of the web"),
        ("- {id: a, name: b, publisher: c, licence: d, start: [{page: 'http://a'}]}", "a start is one of"),
        ("a: [", "is no YAML"),
    ],
)
def test_a_source_that_is_not_well_formed_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError) as problem:
        load_sources(path)
    assert said in str(problem.value)
    assert str(path) in str(problem.value)


# --- addresses ---


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Tinh.Example:80/a/../b?utm_source=x&n=2#top", "http://tinh.example/b?n=2"),
        ("https://tinh.example", "https://tinh.example/"),
        ("/van-ban;jsessionid=9F3?n=1", "https://tinh.example/van-ban?n=1"),
        ("../../x", "https://tinh.example/x"),
        ("https://tinh.example/kế hoạch.pdf", "https://tinh.example/k%E1%BA%BF%20ho%E1%BA%A1ch.pdf"),
        ("//khac.example/a", "https://khac.example/a"),
        ("javascript:void(0)", None), ("mailto:a@b", None), ("http://[::1", None), ("http://user:pass@tinh.example/", None), ("http://a" + "b" * 3000, None),
    ],
)  # fmt: skip
def test_addresses_have_one_form(url: str, expected: str | None) -> None:
    assert normal(url, "https://tinh.example/muc/trang") == expected


def test_the_ending_of_a_file() -> None:
    assert ending_of("https://a.example/x/K%E1%BA%BF.PDF?download=1") == "pdf"
    assert ending_of("https://a.example/x/so-5.2-kh") == ""


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "172.16.0.9",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1",
        "224.0.0.1",
    ],
)
def test_machines_of_the_own_network_are_not_asked(host: str) -> None:
    with pytest.raises(AddressError, match="own network"):
        resolve(host, 80, is_local=False)


def test_a_source_that_is_marked_local_may_lie_here() -> None:
    assert resolve("127.0.0.1", 80, is_local=True) == "127.0.0.1"


def test_a_name_with_one_inner_number_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may have several numbers; that one of them is public does not help."""
    answers = [(socket.AF_INET, 1, 6, "", (number, 80)) for number in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(AddressError):
        resolve("rebinding.example", 80, is_local=False)


# --- words of portals ---


def test_cues_read_their_own_examples() -> None:
    for entry in load("cues", Path(cues.__file__).parent):
        words = cues._words(entry.code)
        assert all(words.find(e) for e in entry.examples), entry.code
        assert not any(words.find(e) for e in entry.counterexamples), entry.code


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("KẾ HOẠCH phát triển cây dược liệu", True), ("Quyết định phê duyệt Đề án bảo tồn", True), ("Kế hoạch lựa chọn nhà thầu gói xây lắp", False),
        ("Sở Kế hoạch và Đầu tư họp", False), ("Sở Kế hoạch và Đầu tư trình Kế hoạch đầu tư công", True), ("Thông báo tuyển dụng", False), ("", False),
    ],
)  # fmt: skip
def test_titles_of_plans(title: str, is_one: bool) -> None:
    assert is_plan_title(title) is is_one


def test_counters_and_clocks_make_no_version() -> None:
    one = "Kế hoạch\nThứ hai, ngày 02/03/2026 10:15\nTrồng 500 cây\nLượt xem: 17"
    other = "Kế hoạch\nThứ ba, ngày 03/03/2026 09:00\nTrồng  500 cây\nLượt xem: 18"
    assert main_text(one) == main_text(other) == "Kế hoạch\nTrồng 500 cây"
    assert main_text(one) != main_text(one.replace("500", "600"))
    assert "31/12/2026" in main_text("Hoàn thành trước ngày 31/12/2026")


def test_a_page_that_says_that_nothing_is_there() -> None:
    assert says_missing("Rất tiếc, không tìm thấy trang bạn yêu cầu")
    assert not says_missing("Kế hoạch trồng rừng. " * 200 + "không tìm thấy trang")


# --- links ---

LISTING = """<html><body><table>
<tr><td>12/KH-UBND</td><td>03/02/2026</td><td><a href="/chi-tiet/7?utm_medium=a#x">Kế hoạch nuôi ong lấy mật</a></td></tr>
<tr><td>Kế hoạch cấp nước sinh hoạt số 13/KH-UBND ngày 04/02/2026</td><td><a href="/chi-tiet/8">Xem chi tiết</a></td></tr>
<tr><td><a href="/tep/ke-hoach.pdf" title="Kế hoạch làm đường">Tải về</a></td></tr>
<tr><td><a href="/chi-tiet/9">Thông báo nghỉ lễ</a></td></tr>
<tr><td><a href="https://khac.example/chi-tiet/1">Kế hoạch của nơi khác</a></td></tr></table>
<a href="?trang=2">2</a> <a href="?trang=3">Trang sau</a> <a href="/lien-he">Liên hệ</a></body></html>"""


def test_rows_of_a_listing(tmp_path: Path) -> None:
    found = {
        f.url.removeprefix("https://tinh.example"): f
        for f in of_listing(LISTING.encode(), "https://tinh.example/van-ban", source(tmp_path), 0)
    }
    assert {u for u, f in found.items() if f.kind == "document"} == {"/chi-tiet/7", "/chi-tiet/8", "/tep/ke-hoach.pdf"}
    assert {u for u, f in found.items() if f.kind == "listing"} == {"/van-ban?trang=2", "/van-ban?trang=3"}
    first, second = found["/chi-tiet/7"], found["/chi-tiet/8"]
    assert (first.words, first.number_symbol, first.issued_date) == (
        "Kế hoạch nuôi ong lấy mật",
        "12/KH-UBND",
        "2026-02-03",
    )
    assert (second.number_symbol, second.issued_date) == ("13/KH-UBND", "2026-02-04")
    assert second.words.startswith("Kế hoạch cấp nước sinh hoạt")


def test_what_a_source_wants_decides(tmp_path: Path) -> None:
    wanted = source(
        tmp_path,
        ", documents: ['/chi-tiet/'], not_titles: ['ong'], titles: ['nghỉ lễ'], follow: ['lien-he'], kinds: [html]",
    )
    found = of_listing(LISTING.encode(), "https://tinh.example/van-ban", wanted, 3)
    assert {(f.url.rpartition("/")[2], f.kind, f.depth) for f in found} == {
        ("8", "document", 4),
        ("9", "document", 4),
        ("lien-he", "listing", 4),
    }


def test_entries_of_feeds(tmp_path: Path) -> None:
    rss = '<rss version="2.0"><channel><item><title>Kế hoạch số 5/KH-UBND về chợ</title><link>https://tinh.example/a</link></item><item><title>Bóng đá</title><link>https://tinh.example/b</link></item></channel></rss>'
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Đề án chợ</title><link href="/c"/></entry></feed>'
    assert [
        (f.url, f.number_symbol) for f in of_feed(rss.encode(), "https://tinh.example/rss", source(tmp_path), 0)
    ] == [("https://tinh.example/a", "5/KH-UBND")]
    assert [f.url for f in of_feed(atom.encode(), "https://tinh.example/atom", source(tmp_path), 0)] == [
        "https://tinh.example/c"
    ]
    with pytest.raises(ValueError, match="no feed"):
        of_feed(b"<html><body>x</body></html>", "https://tinh.example/rss", source(tmp_path), 0)


def test_addresses_of_sitemaps(tmp_path: Path) -> None:
    places = ["/tin/ke-hoach-trong-rung-nam-2026", "/tin/giai-bong-da-nam-2026", "https://khac.example/ke-hoach-a"]
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<url><loc>{u if u[0] == 'h' else 'https://tinh.example' + u}</loc></url>" for u in places)
        + "</urlset>"
    )
    for body in (text.encode(), gzip.compress(text.encode())):
        assert [f.url for f in of_sitemap(body, "https://tinh.example/sitemap.xml", source(tmp_path), 0)] == [
            "https://tinh.example/tin/ke-hoach-trong-rung-nam-2026"
        ]
    with pytest.raises(ValueError, match="no sitemap"):
        of_sitemap(b"<html/>", "https://tinh.example/sitemap.xml", source(tmp_path), 0)


def test_files_attached_to_a_page(tmp_path: Path) -> None:
    page = '<a href="/f/1.PDF">Phụ lục</a><a href="/download.ashx?id=3">Tải về</a><a href="/anh.jpg">Ảnh</a><a href="https://khac.example/2.pdf">x</a><iframe src="/f/3.docx"></iframe>'
    found = of_document(page.encode(), "https://tinh.example/chi-tiet/7", source(tmp_path), 1)
    assert [f.url.removeprefix("https://tinh.example") for f in found] == [
        "/f/1.PDF",
        "/download.ashx?id=3",
        "/f/3.docx",
    ]
    assert {(f.kind, f.page_url) for f in found} == {("attachment", "https://tinh.example/chi-tiet/7")}


# --- pace and robots.txt ---


def test_a_busy_host_is_asked_more_slowly_and_then_as_before() -> None:
    pace = Pace()
    pace.require("a", 2.0)
    pace.ended("a", 100.0)
    assert pace.free_at("a") == 102.0
    pace.is_busy("a", 102.0, 30.0)
    assert pace.free_at("a") == 132.0
    pace.ended("a", 132.0)
    assert pace.free_at("a") == 136.0
    for _ in range(5):
        pace.went_well("a")
    pace.ended("a", 200.0)
    assert pace.free_at("a") == 202.0


def test_retry_after_is_a_number_or_a_day() -> None:
    assert seconds_of("120", NOW) == 120.0
    assert seconds_of("Sun, 01 Mar 2026 00:01:30 GMT", NOW) == 90.0
    assert seconds_of("Sun, 01 Mar 2020 00:00:00 GMT", NOW) == 0.0
    assert seconds_of("soon", NOW) is None


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    found = Frontier(tmp_path / "frontier.sqlite")
    yield found
    found.close()


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [(200, b"User-agent: *\nDisallow: /kin", False), (200, b"User-agent: ke-hoach\nAllow: /\nUser-agent: *\nDisallow: /", True), (404, b"", True), (503, b"", None), (429, b"", None)],
)  # fmt: skip
def test_robots_txt(status: int, body: bytes, allowed: bool | None, frontier: Frontier) -> None:
    robots = Robots(frontier)
    assert robots.learn("https://a.example", status, body, {}, NOW) is (allowed is not None)
    if allowed is not None:
        assert robots.allows("https://a.example/kin/1", "https://a.example") is allowed


def test_robots_txt_is_kept_for_a_day_and_then_asked_whether_it_changed(frontier: Frontier) -> None:
    Robots(frontier).learn(
        "https://a.example", 200, b"User-agent: *\nDisallow: /kin\nCrawl-delay: 7", {"etag": "e1"}, NOW
    )
    later = Robots(frontier)
    assert later.is_known("https://a.example", NOW.replace(hour=12))
    assert later.delay("https://a.example") == 7.0
    other = Robots(frontier)
    assert not other.is_known("https://a.example", NOW.replace(day=3))
    assert other.validators("https://a.example") == ("e1", None)
    other.learn("https://a.example", 304, b"", {}, NOW.replace(day=3))
    assert other.allows("https://a.example/kin/1", "https://a.example") is False


# --- originals ---


def _got(frontier: Frontier, originals: Originals, url: str, data: bytes, now: datetime, ending: str = "html") -> None:
    frontier.start("tinh", [Found(url, "document", "Kế hoạch")], now)
    known = frontier.known(url)
    assert known is not None
    sha256 = originals.put_aside(data)
    from datetime import timedelta

    frontier.got(known, Got(sha256, sha256, ending, url, {"content-type": "text/html"}), [], now, timedelta(days=1))


def sidecars(raw: Path) -> dict[str, dict[str, Any]]:
    return {
        f.name.split(".")[0][:6]: json.loads(f.read_text(encoding="utf-8"))
        for f in sorted((raw / "portals").rglob("*.source.json"))
    }


def test_one_document_of_two_portals_is_one_file_with_two_addresses(frontier: Frontier, tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    _got(frontier, originals, "https://a.example/1", b"<p>x</p>", NOW)
    _got(frontier, originals, "https://b.example/2", b"<p>x</p>", NOW.replace(day=2))
    originals.settle(frontier)
    (said,) = sidecars(tmp_path).values()
    assert (said["url"], said["other_urls"]) == ("https://a.example/1", ["https://b.example/2"])


def test_an_address_that_goes_back_to_its_first_words_has_these_again(frontier: Frontier, tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    for day, data in ((1, b"<p>one</p>"), (2, b"<p>two</p>"), (3, b"<p>one</p>")):
        _got(frontier, originals, "https://a.example/1", data, NOW.replace(day=day))
        originals.settle(frontier)
    said = sorted(sidecars(tmp_path).values(), key=lambda s: str(s["retrieved_at"]))
    assert [s["retrieved_at"][:10] for s in said] == ["2026-03-02", "2026-03-03"]
    assert [s["first_retrieved_at"][:10] for s in said] == ["2026-03-02", "2026-03-01"]
    assert [s.get("last_seen_date") for s in said] == ["2026-03-03", None]


def test_what_arrived_before_a_kill_takes_its_place_in_the_next_round(frontier: Frontier, tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    _got(frontier, originals, "https://a.example/1", b"<p>x</p>", NOW)
    originals.put_aside(b"<p>unknown to the frontier</p>")
    Originals(tmp_path).settle(frontier)
    assert len(sidecars(tmp_path)) == 1
    assert not list((tmp_path / ".ingest" / "arrived").iterdir())


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as found:
        for name, data in members.items():
            found.writestr(name, data)
    return path


def test_archives_give_their_documents_by_harmless_names(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        **{
            "../../etc/x.docx": b"1",
            "thư mục/kế hoạch.pdf": b"2",
            "chạy.exe": b"3",
            "a\x1b[2J.doc": b"4",
            "~$khoa.docx": b"5",
        },
    )
    assert unpack(path) == {"00-x.docx": b"1", "01-kế hoạch.pdf": b"2", "02-a_[2J.doc": b"4"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"no archive"])
def test_archives_that_cannot_be_unpacked_are_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ArchiveError):
        unpack(path)


def test_archives_without_documents_or_with_too_many_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no document"):
        unpack(archive(tmp_path / "a.zip", **{"a.exe": b"1"}))
    with pytest.raises(ArchiveError, match="unpack it by hand"):
        unpack(archive(tmp_path / "b.zip", **{f"{n}.pdf": b"1" for n in range(201)}))


# --- one request ---


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        if self.path == "/large":
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(gzip.compress(b" " * 30_000_000))
        elif self.path == "/silent":
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.flush()
            threading.Event().wait(3)
        else:
            self.end_headers()
            self.wfile.write(b"hello")

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    found = HTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def ask(
    server: HTTPServer, path: str, scheme: str = "http", host: str = "127.0.0.1", certificate: Certificate | None = None
) -> bytes:
    fetcher = Fetcher("test", Bounds(connect=1.0, silence=0.5, whole=2.0, size=1_000_000))
    return fetcher.ask(
        Question(f"{scheme}://{host}:{server.server_address[1]}{path}", True, None, None, certificate)
    ).body


def test_an_answer_larger_than_any_is_left(server: HTTPServer) -> None:
    with pytest.raises(FetchError, match="more than 1 MB"):
        ask(server, "/large")


def test_an_answer_that_never_ends_is_left(server: HTTPServer) -> None:
    with pytest.raises(FetchError, match="does not answer as it should"):
        ask(server, "/silent")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, str]:
    """A certificate that no authority knows, and its SHA-256."""
    key, pem = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(pem), "-days", "2", "-subj", "/CN=localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    der = ssl.PEM_cert_to_DER_cert(pem.read_text(encoding="ascii"))
    import hashlib

    return pem, hashlib.sha256(der).hexdigest()


def secured(server: HTTPServer, pem: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, pem.with_name("key.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)


def test_a_certificate_that_no_authority_knows_is_refused(server: HTTPServer, certificate: tuple[Path, str]) -> None:
    secured(server, certificate[0])
    with pytest.raises(FetchError, match="certificate of localhost does not hold"):
        ask(server, "/", "https", "localhost")


def test_a_pinned_certificate_holds_and_no_other(server: HTTPServer, certificate: tuple[Path, str]) -> None:
    secured(server, certificate[0])
    assert ask(server, "/", "https", "localhost", Certificate(certificate[1], False)) == b"hello"
    with pytest.raises(FetchError, match="certificate of localhost does not hold"):
        ask(server, "/", "https", "localhost", Certificate("0" * 64, False))
