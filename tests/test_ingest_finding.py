"""Where plans are found: sources, addresses, the words of portals, links of listings, feeds and sitemaps."""

from __future__ import annotations

import gzip
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from normalizers.lexicon import load
from pipeline.ingest import cues
from pipeline.ingest.addresses import AddressError, ending_of, normal, resolve
from pipeline.ingest.cues import is_plan_title, main_text, says_missing
from pipeline.ingest.links import of_document, of_feed, of_listing, of_sitemap
from pipeline.ingest.sources import Source, SourcesError, load_sources

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
