"""The part of a page that holds the document: menus, comments and counters left out, wrappers descended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from extractors.columns import is_header_row
from extractors.furniture import holds_national_title
from extractors.readers.markup import is_layout, rows_of
from normalizers.text import collapse

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
_WRAPPERS = frozenset(
    ["div", "main", "article", "section", "body", "center", "form", "span", "table", "tbody", "tr", "td"]
)
_NOT_DISPLAYED = re.compile(r"(?i)(?:^|;)\s*display\s*:\s*none")
_PART = re.compile(
    r"(?:^|\n)\s*(?:Số\s*:\s*\d+\s*/|PHỤ LỤC|Phụ lục\s+(?:số\s+)?[IVX\d]+\s*$|N[ơƠ][iI] [nN][hH][ậẬ][nN]\s*:|(?:TM|KT|TL|TUQ)\.\s)",
    re.MULTILINE,
)


def _names(tag: Tag) -> set[str]:
    attributes = f"{tag.get('class', '')} {tag.get('id', '')}" if tag.attrs else ""
    return {w for w in re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", attributes).lower()) if w}


def drop_furniture(body: Tag) -> None:
    """Removes what no reader of the page sees or wants: hidden copies, menus, comments and the like.

    An element named as furniture stays when it holds a third of the page's text or a letterhead.
    """
    elements = _elements(body)
    hidden = [e for e in elements if e.attrs and _is_hidden(e)]
    if hidden:
        _drop_hidden(body, hidden)
        elements = _elements(body)
    total = max(1, len(body.get_text()))
    doomed = [
        t
        for t in elements
        if t.name in _DROPPED or (t.name not in ("body", "td", "p", "table") and _names(t) & _FURNITURE_NAMES)
    ]
    for tag in doomed:
        if tag.decomposed:
            continue
        text = tag.get_text()
        if len(text) * 3 < total and not holds_national_title(text):
            tag.decompose()


def _elements(body: Tag) -> list[Tag]:
    return [e for e in body.descendants if isinstance(e, Tag)]


def _drop_hidden(body: Tag, hidden: list[Tag]) -> None:
    """Removes hidden elements that repeat what is shown (the copy for telephones), and small ones that are no part of the
    document; a hidden tab may hold the document itself."""
    total = len(body.get_text())
    unseen = {id(s) for t in hidden for s in t.strings}
    shown = {line for s in body.strings if id(s) not in unseen and (line := collapse(s))}
    for tag in hidden:
        if tag.decomposed:
            continue
        lines = [line for s in tag.strings if (line := collapse(s))]
        repeated = sum(line in shown for line in lines)
        if repeated * 4 >= len(lines) * 3 or (len(tag.get_text()) * 3 < total and not _holds_part([tag])):
            tag.decompose()


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.attrs.get("style", ""))
    return "hidden" in tag.attrs or ("none" in style and bool(_NOT_DISPLAYED.search(style)))


def main_node(body: Tag) -> Tag:
    """The deepest element that holds three quarters of the text outside links, and no part of a document beside it."""
    weights = _weights(body)
    node = body
    total = weights[id(node)]
    while total:
        best = max((c for c in node.children if isinstance(c, Tag)), key=lambda c: weights[id(c)], default=None)
        if best is None or best.name not in _WRAPPERS:
            break
        if weights[id(best)] * 4 < total * 3 or (best.name == "table" and not is_layout(best)):
            break
        if weights[id(best)] < weights[id(node)] and _holds_part(c for c in node.children if c is not best):
            break
        node = best
    return node


def _weights(body: Tag) -> dict[int, int]:
    """Characters of text below each element, by identity; those of links count an eighth."""
    elements: list[Tag] = []
    pending = [body]
    while pending:
        element = pending.pop()
        elements.append(element)
        pending.extend([c for c in element.contents if isinstance(c, Tag)])
    weights: dict[int, int] = {}
    for element in reversed(elements):
        size = 0
        for child in element.contents:
            if isinstance(child, Tag):
                size += weights[id(child)]
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                size += len(child.strip())
        weights[id(element)] = size // 8 if element.name == "a" else size
    return weights


def _holds_part(siblings: Iterable[PageElement]) -> bool:
    """Whether elements hold a letterhead, a signature, an annex or a table of data, each a part of the document."""
    for node in siblings:
        text = node.get_text("\n") if isinstance(node, Tag) else str(node)
        if holds_national_title(text) or _PART.search(text):
            return True
        if isinstance(node, Tag) and any(_is_data(t) for t in [node, *node.find_all("table")] if t.name == "table"):
            return True
    return False


def _is_data(table: Tag) -> bool:
    return not is_layout(table) and is_header_row([collapse(c.get_text(" ")) for c in next(rows_of(table))])
