"""What pages lead to: rows of listings, entries of feeds, addresses of sitemaps, files attached to a document."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

import feedparser
from bs4 import BeautifulSoup, Tag
from lxml import etree

from normalizers.periods import find_dates
from normalizers.references import find_citations
from normalizers.text import collapse, without_accents
from pipeline.ingest.addresses import ending_of, normal
from pipeline.ingest.cues import is_plan_title, offers_file
from pipeline.ingest.frontier import Found
from pipeline.ingest.sources import KINDS, Source

_ROWS = ["tr", "li", "article"]
_LONGEST_ROW = 700
_TELLING = 20  # letters of a link that may be a title
_MOST_ATTACHMENTS = 30
_MOST_LINKS = 5000
_MOST_UNPACKED = 50_000_000
_FILES = frozenset(KINDS) - {"html"}
_NEXT_PAGE = re.compile(
    r"(?:trang\s+)?\d{1,3}|(?:trang\s+)?(?:sau|kế|tiếp)(?:\s+theo)?|tiếp|next|[>»›]{1,2}", re.IGNORECASE
)
_PLAN_SLUG = re.compile(
    r"ke-?hoach|chuong-?trinh-?(?:hanh-?dong|cong-?tac|phat-?trien)|de-?an|chien-?luoc", re.IGNORECASE
)
_WORDS_OF_SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+){3,}", re.IGNORECASE)
_NAMESPACE = "{*}"


def of_listing(body: bytes, url: str, source: Source, depth: int) -> list[Found]:
    """Documents and further pages of a listing."""
    found: dict[str, Found] = {}
    for link, address in _links(body, url):
        if address in found or (urlsplit(address).hostname or "") not in source.hosts:
            continue
        words = collapse(link.get_text(" "))
        row = _row_of(link)
        title = _title(link, words, row)
        if _is_document(address, title, source):
            number, day = _named(row or title)
            found[address] = Found(
                address, "document", title[:300], None, number, day.isoformat() if day else None, depth + 1
            )
        elif _is_further(address, words, link, source):
            found[address] = Found(address, "listing", words[:100], None, None, None, depth + 1)
    return list(found.values())


def of_feed(body: bytes, url: str, source: Source, depth: int) -> list[Found]:
    """Documents of an RSS or Atom feed. Raises ValueError for what is none."""
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        raise ValueError("no feed: neither RSS nor Atom")
    found = {}
    for entry in feed.entries[:_MOST_LINKS]:
        address = normal(str(entry.get("link", "")), url)
        title = collapse(str(entry.get("title", "")))
        if address and (urlsplit(address).hostname or "") in source.hosts and _has_title(title, source):
            number, day = _named(title)
            found[address] = Found(
                address, "document", title[:300], None, number, day.isoformat() if day else None, depth + 1
            )
    return list(found.values())


def of_sitemap(body: bytes, url: str, source: Source, depth: int) -> list[Found]:
    """Documents and further sitemaps of a sitemap; it has no titles, so that addresses have to tell. Raises ValueError for what is none."""
    data = _unpacked(body)
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
        )
    except etree.XMLSyntaxError as problem:
        raise ValueError(f"no sitemap: {problem}") from None
    if root is None or etree.QName(root).localname not in ("urlset", "sitemapindex"):
        raise ValueError("no sitemap: neither urlset nor sitemapindex")
    kind = "sitemap" if etree.QName(root).localname == "sitemapindex" else "document"
    found = {}
    for place in root.iterfind(f"{_NAMESPACE}*/{_NAMESPACE}loc"):
        address = normal(place.text or "", url)
        if (
            address
            and (urlsplit(address).hostname or "") in source.hosts
            and (kind == "sitemap" or _is_plan_address(address, source))
        ):
            found[address] = Found(address, kind, "", None, None, None, depth + 1)
        if len(found) >= _MOST_LINKS:
            break
    return list(found.values())


def of_document(body: bytes, url: str, source: Source, depth: int) -> list[Found]:
    """Files attached to a page with a document."""
    found: dict[str, Found] = {}
    for link, address in _links(body, url):
        words = collapse(link.get_text(" "))
        ending = ending_of(address)
        is_file = ending in _FILES & source.kinds or (offers_file(words) and ending in ("", "aspx", "ashx", "php"))
        if (
            is_file
            and address != url
            and (urlsplit(address).hostname or "") in source.hosts
            and len(found) < _MOST_ATTACHMENTS
        ):
            found.setdefault(address, Found(address, "attachment", words[:300], url, None, None, depth + 1))
    return list(found.values())


def _links(body: bytes, url: str) -> Iterator[tuple[Tag, str]]:
    soup = BeautifulSoup(body, "lxml")
    base = soup.find("base", href=True)
    where = normal(str(base["href"]), url) or url if isinstance(base, Tag) else url
    for link in soup.find_all(["a", "iframe", "embed"], limit=_MOST_LINKS):
        said = link.get("href") or link.get("src")
        address = normal(str(said), where) if said else None
        if address is not None:
            yield link, address


def _row_of(link: Tag) -> str:
    """The words of the row of a listing that a link stands in; "" when it stands in none."""
    row = link.find_parent(_ROWS)
    words = collapse(row.get_text(" ")) if row is not None else ""
    return words if len(words) <= _LONGEST_ROW else ""


def _title(link: Tag, words: str, row: str) -> str:
    """What a link is about: its words, else its title, else its row ("Xem chi tiết" says nothing)."""
    said = collapse(str(link.get("title") or ""))
    if is_plan_title(words) or (len(words) >= _TELLING and not said):
        return words
    return said if len(said) > len(words) else row or words


def _has_title(title: str, source: Source) -> bool:
    wanted = is_plan_title(title) or any(p.search(title) for p in source.titles)
    return wanted and not any(p.search(title) for p in source.not_titles)


def _is_document(address: str, title: str, source: Source) -> bool:
    ending = ending_of(address)
    if ending in _FILES and ending not in source.kinds:
        return False
    fits = ending in _FILES or not source.documents or any(p.search(address) for p in source.documents)
    return fits and _has_title(title, source) and not any(p.search(address) for p in source.follow)


def _is_further(address: str, words: str, link: Tag, source: Source) -> bool:
    if ending_of(address) in _FILES:
        return False
    if source.follow:
        return any(p.search(address) for p in source.follow)
    return "next" in (link.get("rel") or []) or bool(_NEXT_PAGE.fullmatch(words))


def _is_plan_address(address: str, source: Source) -> bool:
    """Whether an address alone may be a plan: it fits the source, and its words, where it has some, are those of plans."""
    if source.documents and not any(p.search(address) for p in source.documents):
        return False
    path = without_accents(unquote(urlsplit(address).path)).replace("_", "-").replace(" ", "-")
    if _PLAN_SLUG.search(path):
        return True
    return bool(source.documents) and not _WORDS_OF_SLUG.search(path)


def _named(words: str) -> tuple[str | None, date | None]:
    """Number and day of issue that a row of a listing prints."""
    numbers, days = [c.number_symbol for c in find_citations(words) if c.number_symbol], find_dates(words)
    return numbers[0] if numbers else None, days[0].value if days else None


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
        data = stream.read(_MOST_UNPACKED + 1)
    if len(data) > _MOST_UNPACKED:
        raise ValueError(f"no sitemap: more than {_MOST_UNPACKED // 1_000_000} MB")
    return data
