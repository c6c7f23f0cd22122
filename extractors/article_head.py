"""The head of a page of news: its heading, its day, the province it writes about."""

from __future__ import annotations

import re
from datetime import date

from extractors.document import Block, Document
from extractors.findings import Header
from extractors.labels import parse_label
from normalizers.periods import find_dates
from normalizers.places import find_places, province_of_host
from normalizers.text import collapse, key

_NATIONAL = re.compile(r"cộng\s+h.{1,2}a\s+xã\s+hội|độc\s+lập")
_POSTED = re.compile(r"(?:đăng\s+(?:lúc|ngày)|ngày\s+đăng|(?:ngày\s+)?cập\s+nhật(?:\s+lúc)?|đăng\s+tải)\s*:?")
_LONGEST_DATE_LINE = 60


def posted_on(head: list[Block]) -> date | None:
    """The day a page says it posted the document: "Đăng lúc: Thứ hai - 03/02/2031 08:15"."""
    for block in head[:8]:
        if _POSTED.match(key(collapse(block.text))):
            dates = find_dates(block.text)
            return dates[0].value if dates else None
    return None


def article_head(document: Document, body: list[Block]) -> Header:
    """The head of a news page: its heading, its date line, the province it writes about."""
    title_block = _article_title(body)
    title = document.page_title or (collapse(title_block.text) if title_block else None)
    published = document.published_date
    for block in body[:8]:
        line = collapse(block.text)
        if (
            published is None
            and len(line) < 60
            and re.match(r"(?:thứ|chủ\s+nhật|ngày|đăng|cập\s+nhật|\d{1,2}[:h]\d{2}|\d{1,2}[/.-]\d)", key(line))
        ):
            dates = find_dates(line)
            published = dates[0].value if dates else None
    slug = _province_written_about(title or "", body) or province_of_host(document.source_url)
    start = title_block.end if title_block and not document.page_title else 0
    return Header("ART", None, None, title, None, slug, None, None, None, published, start)


def _article_title(body: list[Block]) -> Block | None:
    """The first line that is long enough for a heading and shorter than a paragraph; None when the text begins inside."""
    for block in body[:5]:
        text = collapse(block.text)
        if _NATIONAL.search(key(text)) or text.count("|") > 1:  # "Trang chủ | Thời sự | Kinh tế"
            continue
        if len(text) < _LONGEST_DATE_LINE and find_dates(text):
            continue
        if parse_label(text) is not None:
            return None  # the text begins inside, with a heading of its own
        if len(text) > 220 or find_dates(text[:40]):
            return None
        if len(text) > 30 and not text.rstrip().endswith((".", ";", ":")):
            return block
    return None


def _province_written_about(title: str, body: list[Block]) -> str | None:
    for text in [title, *(b.text for b in body)]:
        places = find_places(text)
        titled = [p for p in places if p.titled]
        if titled or places:
            return (titled or places)[0].slug
    return None
