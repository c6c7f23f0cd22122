"""The part of a page that holds the document: menus, comments and counters left out, wrappers descended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.columns import is_header_row
from extractors.furniture import holds_national_title
from extractors.readers.markup import is_layout, rows_of
from extractors.readers.tree import Element, Node
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
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")
_NOT_DISPLAYED = re.compile(r"(?i)(?:^|;)\s*display\s*:\s*none")
_PART = re.compile(
    r"(?:^|\n)\s*(?:Số\s*:\s*\d+\s*/|PHỤ LỤC|Phụ lục\s+(?:số\s+)?[IVX\d]+\s*$|N[ơƠ][iI] [nN][hH][ậẬ][nN]\s*:|(?:TM|KT|TL|TUQ)\.\s)",
    re.MULTILINE,
)


def _is_named_furniture(tag: Element) -> bool:
    """Whether a class or the id of an element says that it is furniture: "left-menu", "boxRelated", "comments"."""
    names = " ".join(tag.attributes.get(a, "") for a in ("class", "id")).strip()
    return bool(names) and not _FURNITURE_NAMES.isdisjoint(_WORD.findall(_HUMP.sub(" ", names).lower()))


def drop_furniture(body: Element) -> None:
    """Removes what no reader of the page sees or wants: hidden copies, menus, comments and the like.

    An element named as furniture stays when it holds a third of the page's text or a letterhead.
    """
    elements = list(body.elements())
    hidden = [e for e in elements if e.attributes and _is_hidden(e)]
    if hidden:
        _drop_hidden(body, hidden)
        elements = list(body.elements())
    total = max(1, len(body.text()))
    doomed = [
        e
        for e in elements
        if e.name in _DROPPED
        or (e.attributes and e.name not in ("body", "td", "p", "table") and _is_named_furniture(e))
    ]
    for tag in doomed:
        if tag.dropped:
            continue
        text = tag.text()
        if len(text) * 3 < total and not holds_national_title(text):
            tag.drop()


def _drop_hidden(body: Element, hidden: list[Element]) -> None:
    """Removes hidden elements that repeat what is shown (the copy for telephones), and small ones that are no part of the
    document; a hidden tab may hold the document itself."""
    total = len(body.text())
    shown = _lines_outside(body, hidden)
    for tag in hidden:
        if tag.dropped:
            continue
        lines = [line for s in tag.strings() if (line := collapse(s))]
        repeated = sum(line in shown for line in lines)
        if repeated * 4 >= len(lines) * 3 or (len(tag.text()) * 3 < total and not _holds_part([tag])):
            tag.drop()


def _lines_outside(body: Element, hidden: list[Element]) -> set[str]:
    """What the page prints outside its hidden elements."""
    unseen = {id(e) for e in hidden}
    lines: set[str] = set()
    pending = [body]
    while pending:
        for child in pending.pop().children:
            if isinstance(child, Element):
                if id(child) not in unseen:
                    pending.append(child)
            elif type(child) is str and (line := collapse(child)):
                lines.add(line)
    return lines


def _is_hidden(tag: Element) -> bool:
    style = tag.attributes.get("style", "")
    return "hidden" in tag.attributes or ("none" in style and bool(_NOT_DISPLAYED.search(style)))


def main_node(body: Element) -> Element:
    """The deepest element that holds three quarters of the text outside links, and no part of a document beside it."""
    weights = _weights(body)
    node = body
    total = weights[id(node)]
    while total:
        best = max((c for c in node.children if isinstance(c, Element)), key=lambda c: weights[id(c)], default=None)
        if best is None or best.name not in _WRAPPERS:
            break
        if weights[id(best)] * 4 < total * 3 or (best.name == "table" and not is_layout(best)):
            break
        if weights[id(best)] < weights[id(node)] and _holds_part(c for c in node.children if c is not best):
            break
        node = best
    return node


def _weights(body: Element) -> dict[int, int]:
    """Characters of text below each element, by identity; those of links count an eighth."""
    weights: dict[int, int] = {}
    for element in reversed([body, *body.elements()]):
        size = 0
        for child in element.children:
            if isinstance(child, str):
                size += len(child.strip())
            elif isinstance(child, Element):
                size += weights[id(child)]
        weights[id(element)] = size // 8 if element.name == "a" else size
    return weights


def _holds_part(siblings: Iterable[Node]) -> bool:
    """Whether elements hold a letterhead, a signature, an annex or a table of data, each a part of the document."""
    for node in siblings:
        text = node if isinstance(node, str) else node.text("\n")
        if holds_national_title(text) or _PART.search(text):
            return True
        if isinstance(node, Element) and any(_is_data(t) for t in [node, *node.elements()] if t.name == "table"):
            return True
    return False


def _is_data(table: Element) -> bool:
    return not is_layout(table) and is_header_row([collapse(c.text(" ")) for c in next(rows_of(table))])
