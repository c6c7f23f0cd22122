"""HTML: the document inside a portal page, its title and its date; menus, comments and counters left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from extractors.assembly import assemble
from extractors.document import Document, RawItem, RawParagraph
from extractors.furniture import mark_furniture
from extractors.readers.cell_lines import tables_from_cell_lines
from extractors.readers.markup import Walker
from extractors.readers.page import drop_furniture, main_node
from extractors.readers.run_together import parted_lines
from extractors.readers.tree import Element, parse
from extractors.readers.wrapping import unwrapped
from normalizers.periods import find_dates
from normalizers.text import collapse, key, nfc

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_DROPPED_TEXT = re.compile(r"(?is)<(script|style|svg|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<\?xml.*?\?>")
# White space between blocks says nothing, and a tree without it is half as large; inside <pre> no block begins.
_BETWEEN_BLOCKS = re.compile(
    r"(?i)>\s+(?=</?(?:p|div|t[rdh]|table|tbody|thead|tfoot|ul|ol|li|h[1-6]|body|section|article|col|colgroup)\b)"
)
_ABOUT = re.compile(r"""(?is)<title\b.*?(?:</title\s*>|$)|<meta\b(?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}')*>""")
_NEVER_CLOSED = re.compile(
    r"(?i)<(?:!--|(?:script|style)[\s/>])"
)  # closed ones are gone; behind these nothing is markup
_MARKUP = re.compile(
    r"(?i)<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|span|article|section|meta|ul|ol)[\s>/]"
)
_DATE_WORD = re.compile(
    r"(?:thứ\s+\w+|chủ\s+nhật|ngày|cập\s+nhật|đăng\s+ngày|ngày\s+đăng|\d{1,2}[:h]\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{4})"
)
_DATE_METAS = frozenset({"article:published_time", "datepublished", "pubdate", "dc.date", "date"})
_SLASHED_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_OTHER_DATE = re.compile(r"hiệu\s+lực|cập\s+nhật|ban\s+hành|áp\s+dụng")
_FIRST_NODES = 60


def is_html(text: str) -> bool:
    """Whether text is an HTML page or fragment: it opens with markup, or has an HTML skeleton near its beginning."""
    head = text[:6000].lstrip()
    return bool(head.startswith("<") and _MARKUP.search(head)) or bool(re.search(r"(?i)<(?:html|body)[\s>]", head))


def read(text: str) -> Document:
    """Reads decoded HTML into a Document of text layer "html". Page furniture is left out or marked as such;
    a page of a title and nothing else has an empty text."""
    markup = _BETWEEN_BLOCKS.sub(">", _DROPPED_TEXT.sub(" ", text))
    page = parse(markup)
    body = page.find("body") or page
    about = _about(markup)
    title = _page_title(page, about)
    drop_furniture(body)
    main = main_node(body)
    items = tables_from_cell_lines(parted_lines(unwrapped(list(Walker().items(main)))))
    mark_furniture(items)
    if title and all(isinstance(i, RawParagraph) and key(collapse(i.text)) == key(title) for i in items):
        items = []
    elif title and not _starts_with(items, title):
        items.insert(0, RawParagraph(title, True, "title"))
    assembled = assemble(items)
    published = _published(about, page, main)
    return Document(
        text=assembled.text,
        blocks=assembled.blocks,
        text_layer="html",
        media_type="text/html",
        page_title=title,
        published_date=published,
    )


def _about(markup: str) -> BeautifulSoup:
    """What a page says of itself: its titles and metas, wherever they stand."""
    from bs4 import BeautifulSoup  # takes a tenth of a second to load, which plain text does not need

    return BeautifulSoup("".join(_ABOUT.findall(_NEVER_CLOSED.split(markup, 1)[0])), "lxml")


def _page_title(page: Element, about: BeautifulSoup) -> str | None:
    heading = page.find("h1")
    for words in (heading.text(" ") if heading else "", about.title.get_text(" ") if about.title else ""):
        if collapse(words):
            return nfc(collapse(words))
    return None


def _starts_with(items: list[RawItem], title: str) -> bool:
    first = [i.text for i in items[:3] if isinstance(i, RawParagraph)]
    return any(key(collapse(t)) == key(title) for t in first)


def _published(about: BeautifulSoup, page: Element, main: Element) -> date | None:
    """Date of publication: what the page declares, else the first short line beside the text that is a date."""
    for meta in about.find_all("meta"):
        named = {str(meta.get(a, "")).lower() for a in ("property", "name", "itemprop")}
        stamp = re.match(r"(\d{4})-(\d{2})-(\d{2})", str(meta.get("content", ""))) if named & _DATE_METAS else None
        if stamp:
            return date(*(int(g) for g in stamp.groups()))
    label = ""
    for line in _lines_around(page, main):
        before, label = label, line
        if (
            len(line) > 60
            or not _SLASHED_DATE.search(line)
            or not _DATE_WORD.match(key(line))
            or _OTHER_DATE.search(key(line))
        ):
            continue
        if re.match(rf"(?:ngày\s+)?(?:có\s+)?(?:{_OTHER_DATE.pattern})", key(before)):
            continue
        dates = find_dates(line)
        if dates:
            return dates[0].value
    return None


def _lines_around(page: Element, main: Element) -> Iterator[str]:
    """Strings of the page in front of the text, and the first ones of the text itself."""
    inside = 0
    for node in page.descendants():
        if node is main or inside:
            inside += 1
        if inside > _FIRST_NODES:
            return
        if isinstance(node, str) and (line := collapse(node)):
            yield line
