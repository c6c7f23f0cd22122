"""How what is found is fetched and kept: pace, robots.txt, one request, originals, archives."""

from __future__ import annotations

import gzip
import json
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

from pipeline.ingest.archive import ArchiveError, unpack
from pipeline.ingest.fetch import Bounds, Fetcher, FetchError, Question
from pipeline.ingest.frontier import Found, Frontier, Got
from pipeline.ingest.originals import Originals
from pipeline.ingest.pace import Pace, seconds_of
from pipeline.ingest.robots import Robots
from pipeline.ingest.sources import Certificate

NOW = datetime(2026, 3, 1, tzinfo=UTC)


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
    server: HTTPServer,
    path: str,
    scheme: str = "http",
    host: str = "127.0.0.1",
    certificate: Certificate | None = None,
    silence: float = 10.0,
) -> bytes:
    fetcher = Fetcher("test", Bounds(connect=10.0, silence=silence, whole=4 * silence, size=1_000_000))
    return fetcher.ask(
        Question(f"{scheme}://{host}:{server.server_address[1]}{path}", True, None, None, certificate)
    ).body


def test_an_answer_larger_than_any_is_left(server: HTTPServer) -> None:
    with pytest.raises(FetchError, match="more than 1 MB"):
        ask(server, "/large")


def test_an_answer_that_never_ends_is_left(server: HTTPServer) -> None:
    with pytest.raises(FetchError, match="does not answer as it should"):
        ask(server, "/silent", silence=0.5)


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
