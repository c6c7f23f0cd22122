"""A portal as provinces run them, on this machine: listings, a feed, a sitemap, attachments, and everything that goes wrong at such portals.

What a document is like follows from its number: every twentieth is one that redirects, is busy at first, is cut off at first, and so on (`KINDS`).
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.build_word import docx_of, p, zipped
from tests.pdf_writer import PdfPage, pdf

KINDS = {
    1: "moved",
    2: "unavailable",
    3: "too many",
    4: "cut off",
    5: "slow",
    6: "wrong charset",
    7: "packed",
    8: "counts visitors",
    9: "attachment",
}
_PER_PAGE = 20
_LOST = 5  # documents that listings name and that are not there
_FORBIDDEN = 6
PLAN = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kế hoạch số {n}/KH-UBND</title></head><body>
<nav><a href="/">Trang chủ</a><a href="/lich?thang={n}">Lịch</a></nav>
<main><p>ỦY BAN NHÂN DÂN<br>TỈNH YÊN BÁI</p><p>Số: {n}/KH-UBND</p><p>Yên Bái, ngày 5 tháng 3 năm 2024</p>
<p>KẾ HOẠCH</p><p>Trồng cây phân tán tại {n} thôn trên địa bàn tỉnh Yên Bái giai đoạn 2024-2026</p>
<p>I. MỤC TIÊU</p><p>1. Đến năm 2026 trồng được {trees} cây xanh.</p>
<p>II. NHIỆM VỤ</p><p>1. Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Tài chính ươm {trees} cây giống trong năm 2024.</p>
<p>2. Ủy ban nhân dân các huyện vận động nhân dân chăm sóc cây mới trồng.</p>
<p>III. KINH PHÍ</p><p>Kinh phí thực hiện là {n} triệu đồng từ ngân sách tỉnh.</p>{more}
<p>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</p><p>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p></main>
<aside>Lượt xem: {visits}<br>Đang truy cập: {visits}</aside></body></html>"""


@dataclass
class Asked:
    """A request as the portal saw it."""

    at: float
    path: str
    is_conditional: bool
    agent: str
    status: int = 0
    size: int = 0


@dataclass
class Portal:
    """The portal: `documents` pages with a plan. `changed`, `vanished`: numbers of documents that are different or gone from now on."""

    documents: int
    changed: set[int] = field(default_factory=set)
    vanished: set[int] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first: Counter[str] = Counter()
        self.lock = threading.Lock()
        portal = self

        class Handler(_Handler):
            of = portal

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()

    def attached(self) -> list[int]:
        """Documents that have files: one each, and the first of them an archive of two more."""
        return [n for n in range(1, self.documents + 1) if n % 20 == 9]

    def expected(self) -> int:
        """Documents that robots.txt allows: pages, their files, and the second one of the archive."""
        return self.documents + len(self.attached()) + 1

    def sources(self, seconds: float = 0.0, **more: object) -> str:
        """An entry for data/sources.yml."""
        lines = [
            "- id: portal", "  name: Cổng thử", "  publisher: UBND tỉnh", "  licence: thử", "  local: true", f"  seconds: {seconds}", "  revisit_days: 0", "  most_pages: 500",
            "  start:", f"    - listing: {self.url}/van-ban?trang=1", f"    - feed: {self.url}/rss.xml", f"    - sitemap: {self.url}/sitemap.xml",
            "  documents: ['/xem/', '/r/', '/vong/', '/noi-bo/']",
        ]  # fmt: skip
        return "\n".join([*lines, *(f"  {name}: {value}" for name, value in more.items())]) + "\n"

    def requests(self, path: str = "") -> list[Asked]:
        """Requests whose path begins so."""
        with self.lock:
            return [a for a in self.asked if a.path.startswith(path)]

    def forget(self) -> None:
        """Begins a new record of requests."""
        with self.lock:
            self.asked = []


def page_of(n: int, visits: int, is_changed: bool) -> bytes:
    """A page with the plan of a number."""
    files = f'<p><a href="/tep/{n}.{ending_of(n)}">Tải về</a></p>' if n % 20 == 9 else ""
    return PLAN.format(n=n, trees=1000 + n + (500_000 if is_changed else 0), visits=visits, more=files).encode("utf-8")


def ending_of(n: int) -> str:
    """The kind of the file of a document: the first is an archive, the others a DOCX or a PDF."""
    return "zip" if n == 9 else "docx" if n % 40 == 9 else "pdf"


@cache
def file_of(n: int) -> bytes:
    """The file attached to a document."""
    if ending_of(n) == "docx":
        return docx_of(p(f"Phụ lục của Kế hoạch số {n}/KH-UBND"))
    if ending_of(n) == "pdf":
        return pdf(PdfPage().lines(72, 72, [f"Phụ lục của Kế hoạch số {n}/KH-UBND"]))
    return zipped(
        {"phụ lục/a.docx": docx_of(p("Phụ lục một")), "../../b.docx": docx_of(p("Phụ lục hai")), "doc.exe": b"MZ"}
    )


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class _Handler(BaseHTTPRequestHandler):
    of: Portal
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        conditional = bool(self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since"))
        self.record = Asked(time.monotonic(), self.path, conditional, self.headers.get("User-Agent", ""))
        with self.of.lock:
            self.of.asked.append(self.record)
            self.of.first[self.path] += 1
        self._route(self.path, self.of.first[self.path] == 1)

    def _route(self, path: str, is_first: bool) -> None:
        part, _, rest = path[1:].partition("/")
        routes: dict[str, Callable[[str, bool], None]] = {
            "r": self._moved, "vong": self._circle, "xem": self._document, "tep": self._file, "noi-bo": lambda r, f: self._send(b"secret"), "lich": lambda r, f: self._send(b"x"),
        }  # fmt: skip
        if part in routes:
            routes[part](rest, is_first)
        elif path == "/robots.txt":
            self._send(b"User-agent: *\nDisallow: /noi-bo/\n", "text/plain")
        elif path.startswith("/van-ban?trang="):
            self._listing(int(path.partition("=")[2]))
        elif path == "/rss.xml":
            self._feed()
        elif path == "/sitemap.xml":
            self._send(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{self.of.url}/sitemap-1.xml.gz</loc></sitemap></sitemapindex>'.encode(), "application/xml")  # fmt: skip
        elif path == "/sitemap-1.xml.gz":
            places = "".join(
                f"<url><loc>{self.of.url}/xem/{n}</loc></url>" for n in range(1, self.of.documents + 1) if n % 5 == 0
            )
            self._send(
                gzip.compress(
                    f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'.encode(), mtime=0
                ),
                "application/gzip",
            )
        else:
            self._send(b"not found", status=404)

    def _send(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        """An answer; none needed when the validators of the request hold."""
        tag = _tag(body)
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.record.status, self.record.size = status, len(body)
        self.send_response(status)
        if status in (200, 304):
            self.send_header("ETag", tag)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _moved(self, rest: str, is_first: bool) -> None:
        self._send(b"", status=302, Location=f"/xem/{rest}?utm_source=listing")

    def _circle(self, rest: str, is_first: bool) -> None:
        self._send(b"", status=301, Location=f"/vong/{3 - int(rest)}")

    def _file(self, rest: str, is_first: bool) -> None:
        self._send(file_of(int(rest.partition(".")[0])), "application/octet-stream")

    def _document(self, rest: str, is_first: bool) -> None:
        name = rest.partition("?")[0]
        if name.startswith("mat"):
            self._send("<html><body><h1>Rất tiếc</h1><p>Không tìm thấy trang bạn cần.</p></body></html>".encode())
            return
        n = int(name)
        if n in self.of.vanished:
            self._send(b"gone", status=404)
            return
        kind = KINDS.get(n % 20)
        body = page_of(n, self.of.first[self.path] if kind == "counts visitors" else 7, n in self.of.changed)
        if kind == "unavailable" and is_first:
            self._send(b"", status=503, Retry_After="1" if n % 100 == 2 else "0")
        elif kind == "too many" and is_first:
            self._send(b"", status=429, **({} if n % 100 == 3 else {"Retry_After": "0"}))
        elif kind == "cut off" and is_first:
            self._cut_off(body)
        elif kind == "slow" and is_first:
            self._slowly(body)
        elif kind == "wrong charset":
            self._send(body, "text/html; charset=iso-8859-1")
        elif kind == "packed":
            self._send(gzip.compress(body, mtime=0), Content_Encoding="gzip")
        else:
            self._send(body)

    def _cut_off(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def _slowly(self, body: bytes) -> None:
        self.record.status = 200
        self.send_response(200)
        self.send_header("ETag", _tag(body))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for start in range(0, len(body), 1000):
            self.wfile.write(body[start : start + 1000])
            self.wfile.flush()
            time.sleep(0.02)

    def _listing(self, page: int) -> None:
        last = -(-self.of.documents // _PER_PAGE)
        rows = "".join(
            self._row(n) for n in range(_PER_PAGE * (page - 1) + 1, min(_PER_PAGE * page, self.of.documents) + 1)
        )
        if page == 1:
            rows += "".join(
                f'<tr><td><a href="/xem/mat-{n}">Kế hoạch đã mất số {n}</a></td></tr>' for n in range(_LOST)
            )
            rows += "".join(
                f'<tr><td><a href="/noi-bo/{n}">Kế hoạch nội bộ số {n}</a></td></tr>' for n in range(_FORBIDDEN)
            )
            rows += '<tr><td><a href="/vong/1">Kế hoạch đi vòng</a></td></tr><tr><td><a href="http://10.0.0.1/xem/1">Kế hoạch nơi khác</a></td></tr>'
            rows += '<tr><td><a href="/tin/1">Tin thể thao</a></td></tr><tr><td><a href="/xem/goi-thau">Kế hoạch lựa chọn nhà thầu gói 2</a></td></tr>'
        links = "".join(f'<a href="/van-ban?trang={n}">{n}</a>' for n in range(1, last + 1))
        self._send(f"<html><body><table>{rows}</table><div>{links}</div></body></html>".encode())

    def _row(self, n: int) -> str:
        if n % 5 == 0 or n % 7 == 0:  # these are in the sitemap or the feed only
            return ""
        address = f"/r/{n}" if KINDS.get(n % 20) == "moved" else f"/xem/{n}"
        return f'<tr><td>{n}/KH-UBND</td><td>05/03/2024</td><td><a href="{address}#top">Kế hoạch trồng cây phân tán tại {n} thôn</a></td></tr>'

    def _feed(self) -> None:
        items = "".join(
            f"<item><title>Kế hoạch trồng cây phân tán tại {n} thôn</title><link>{self.of.url}/xem/{n}</link></item>" for n in range(1, self.of.documents + 1) if n % 7 == 0
        )  # fmt: skip
        self._send(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title>{items}</channel></rss>'.encode(),
            "application/rss+xml",
        )
