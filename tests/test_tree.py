"""The tree of a page: what BeautifulSoup would make of the same markup, however broken."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString
from bs4.element import Tag as Soup
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.tree import Aside, Element, parse

PIECES = (
    "<p>", "</p>", "<div class='a b'>", "</div>", "<table>", "<tr>", "<td rowspan=2>", "</td>", "</table>", "<ul><li>", "</ul>", "<b>", "</b>", "<br>",
    "<pre>", "</pre>", "<script>", "</script>", "<rt>", "<!--", "-->", "<!DOCTYPE html>", "<?php x ?>", "</body>", "<body id=x>", "<o:p>", "&nbsp;",
    "&amp;", "<", ">", " ", "\n", "\n  ", "Mở lớp", "1.", "é",
)  # fmt: skip


def ours(element: Element) -> list[Any]:
    """An element as plain values: tags with attributes and content, strings with whether they are text, None for remarks."""
    return [
        (c.name, dict(c.attributes), ours(c))
        if isinstance(c, Element)
        else (type(c) is not Aside, str(c))
        if isinstance(c, str)
        else None
        for c in element.children
    ]


def theirs(tag: Soup) -> list[Any]:
    """The same of a tag of BeautifulSoup."""
    return [
        (c.name, dict(c.attrs), theirs(c))
        if isinstance(c, Soup)
        else None
        if isinstance(c, PreformattedString)
        else (type(c) is NavigableString, str(c))
        for c in tag.contents
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_broken_markup_gives_the_tree_of_beautifulsoup(pieces: list[str]) -> None:
    markup = "<p>" + "".join(pieces)
    assert ours(parse(markup)) == theirs(BeautifulSoup(markup, "lxml", multi_valued_attributes=None))


def test_strings_of_scripts_and_glosses_are_no_text() -> None:
    page = parse("<p>một<script>x()</script><ruby>hai<rt>ghi chú</rt></ruby></p>")
    assert page.text("|") == "một|hai"
    gloss = page.find("rt")
    assert gloss is not None and gloss.text() == "ghi chú"


def test_a_dropped_element_is_gone_with_all_below_it() -> None:
    page = parse("<div>a<p>b<b>c</b></p>d</div>")
    paragraph, bold = page.find("p"), page.find("b")
    assert paragraph is not None and bold is not None
    paragraph.drop()
    assert (page.text(), bold.dropped) == ("ad", True)


def test_elements_come_in_the_order_of_the_page_at_any_depth() -> None:
    page = parse("<div>" * 5000 + "x<b>y</b>")
    assert [e.name for e in page.elements()][-2:] == ["div", "b"]
    assert page.text() == "xy"
