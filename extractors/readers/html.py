"""HTML: the document inside a portal page, its title and its date; menus, comments and counters left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from extractors.assembly import assemble
from extractors.document import Document, RawItem, RawParagraph
from extractors.furniture import mark_furniture
from extractors.readers.markup import Walker, is_layout
from normalizers.periods import find_dates
from normalizers.text import collapse, key, nfc

_DROPPED_TEXT = re.compile(r"(?is)<(script|style|svg|noscript|template)\b.*?</\1\s*>|<!--.*?-->|<\?xml.*?\?>")
_MARKUP = re.compile(
    r"(?i)<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|span|article|section|meta|ul|ol)[\s>/]"
)
_FURNITURE_NAMES = frozenset(
    [
        "menu",
        "nav",
        "navbar",
        "navigation",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "related",
        "comment",
        "comments",
        "footer",
        "toolbar",
        "tags",
        "tag",
        "vote",
        "rating",
        "share",
        "social",
        "banner",
        "advert",
        "ads",
        "popup",
        "modal",
        "counter",
        "statistic",
        "statistics",
        "copyright",
        "login",
        "search",
        "pagination",
        "pager",
        "topbar",
        "bottombar",
        "relatednews",
        "cmt",
        "binhluan",
        "tinlienquan",
    ]
)
_DROPPED = (
    "nav",
    "footer",
    "form",
    "iframe",
    "button",
    "input",
    "select",
    "textarea",
    "object",
    "embed",
    "aside",
    "dialog",
)
_DATE_WORD = re.compile(r"(?:thứ\s+\w+|chủ\s+nhật|ngày|cập\s+nhật|đăng\s+ngày|ngày\s+đăng|\d{1,2}[/-]\d{1,2}[/-]\d{4})")
_DATE_METAS = frozenset({"article:published_time", "datepublished", "pubdate", "dc.date", "date"})
_SLASHED_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_OTHER_DATE = re.compile(r"hiệu\s+lực|cập\s+nhật|ban\s+hành|áp\s+dụng")
_FIRST_NODES = 60


def is_html(text: str) -> bool:
    """Whether text is an HTML page or fragment: it opens with markup, or has an HTML skeleton near its beginning."""
    head = text[:6000].lstrip()
    return bool(head.startswith("<") and _MARKUP.search(head)) or bool(re.search(r"(?i)<(?:html|body)[\s>]", head))


def read(text: str) -> Document:
    """Reads decoded HTML into a Document of text layer "html". Page furniture is left out or marked as such."""
    soup = BeautifulSoup(_DROPPED_TEXT.sub(" ", text), "lxml", multi_valued_attributes=None)
    body = soup.body or soup
    title = _page_title(soup)
    _drop_furniture(body)
    main = _main_node(body)
    items: list[RawItem] = list(Walker().items(main))
    mark_furniture(items)
    if title and not _starts_with(items, title):
        items.insert(0, RawParagraph(title, True, "title"))
    content, blocks = assemble(items)
    published = _published(soup, main)
    return Document(
        text=content,
        blocks=blocks,
        text_layer="html",
        media_type="text/html",
        page_title=title,
        published_date=published,
    )


def _page_title(soup: BeautifulSoup) -> str | None:
    for node in (soup.find("h1"), soup.title):
        if node is not None and collapse(node.get_text(" ")):
            return nfc(collapse(node.get_text(" ")))
    return None


def _starts_with(items: list[RawItem], title: str) -> bool:
    first = [i.text for i in items[:3] if isinstance(i, RawParagraph)]
    return any(key(collapse(t)) == key(title) for t in first)


def _published(soup: BeautifulSoup, main: Tag) -> date | None:
    """Date of publication: what the page declares, else the first short line beside the text that is a date."""
    for meta in soup.find_all("meta"):
        named = {str(meta.get(a, "")).lower() for a in ("property", "name", "itemprop")}
        stamp = re.match(r"(\d{4})-(\d{2})-(\d{2})", str(meta.get("content", ""))) if named & _DATE_METAS else None
        if stamp:
            return date(*(int(g) for g in stamp.groups()))
    label = ""
    for line in _lines_around(soup, main):
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


def _lines_around(soup: BeautifulSoup, main: Tag) -> Iterator[str]:
    """Strings of the page in front of the text, and the first ones of the text itself."""
    inside = 0
    for node in soup.descendants:
        if node is main or inside:
            inside += 1
        if inside > _FIRST_NODES:
            return
        if (
            isinstance(node, NavigableString)
            and not isinstance(node, PreformattedString)
            and (line := collapse(str(node)))
        ):
            yield line


def _names(tag: Tag) -> set[str]:
    attributes = f"{tag.get('class', '')} {tag.get('id', '')}" if tag.attrs else ""
    return {w for w in re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", attributes).lower()) if w}


def _drop_furniture(body: Tag) -> None:
    """Removes elements named as menus, comments and the like, unless they hold a third of the page's text."""
    total = max(1, len(body.get_text()))
    doomed = [
        t
        for t in body.descendants
        if isinstance(t, Tag)
        if t.name in _DROPPED or (t.name not in ("body", "td", "p", "table") and _names(t) & _FURNITURE_NAMES)
    ]
    for tag in doomed:
        if not tag.decomposed and len(tag.get_text()) * 3 < total:
            tag.decompose()


def _main_node(body: Tag) -> Tag:
    """The deepest element that holds three quarters of the text outside links."""
    weight: dict[int, int] = {}
    _weigh(body, weight)
    node = body
    total = weight.get(id(node), 0)
    while total:
        children = [c for c in node.children if isinstance(c, Tag)]
        best = max(children, key=lambda c: weight.get(id(c), 0), default=None)
        if best is None or best.name not in (
            "div",
            "main",
            "article",
            "section",
            "body",
            "center",
            "form",
            "span",
            "table",
            "tbody",
            "tr",
            "td",
        ):
            break
        if weight.get(id(best), 0) * 4 < total * 3 or (best.name == "table" and not is_layout(best)):
            break
        node = best
    return node


def _weigh(node: Tag, weights: dict[int, int]) -> int:
    """Characters of text below an element, those of links counted an eighth; fills `weights` by identity."""
    size = 0
    for child in node.contents:
        if isinstance(child, Tag):
            size += _weigh(child, weights)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            size += len(child.strip())
    weights[id(node)] = size = size // 8 if node.name == "a" else size
    return size
