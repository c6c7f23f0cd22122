"""Markup to raw paragraphs and tables: inline text, line breaks, lists with their numbers, tables with spans."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from extractors.document import RawCell, RawItem, RawParagraph, RawTable
from extractors.labels import parse_label
from extractors.readers import tables
from extractors.readers.inline import RULE, flushed
from extractors.readers.plain import raw_items
from extractors.readers.tree import Element, Node
from normalizers.figures import to_roman
from normalizers.text import collapse

_LONG_NUMBER = 10  # digits: no list begins there, and no cell is so wide
_WIDEST = 1000  # places that a cell covers, as browsers limit it
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "blockquote",
        "pre",
        "center",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "hr",
        "figure",
        "figcaption",
        "address",
        "body",
    ]
)
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_DEEPEST = 150  # a page nests a few dozen elements; deeper ones are unclosed tags


def is_layout(table: Element) -> bool:
    """Whether a table only arranges text: nested tables, one row or column, a letterhead or a signature."""
    return table.find("table") is not None or tables.is_layout(list(islice(_texts(table), tables.DECIDING_ROWS)))


def _is_list(table: Element) -> bool:
    return table.find("table") is None and tables.is_labelled_list(_texts(table))


def _texts(table: Element) -> Iterator[list[str]]:
    return ([c.text(" ") for c in cells] for cells in rows_of(table))


def _preformatted(tag: Element) -> str:
    """The text of an element whose white space is printed as it stands, a line break as a newline."""
    strings = ("\n" if isinstance(n, Element) and n.name == "br" else n for n in tag.descendants())
    return "".join(s for s in strings if type(s) is str)


def _holds_block(tag: Element) -> bool:
    return any(e.name in _BLOCKS for e in tag.elements())


def rows_of(table: Element) -> Iterator[list[Element]]:
    """Rows of a table as lists of cells, without those of tables inside its cells."""
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.name == "tr":
            cells = [c for c in child.children if isinstance(c, Element) and c.name in ("td", "th")]
            if cells:
                yield cells
        elif child.name in ("tbody", "thead", "tfoot"):
            yield from rows_of(child)


class Walker:
    """Walks an element in document order and gives paragraphs and tables."""

    def __init__(self) -> None:
        self.depth = 0
        self.numbers: list[str | None] = []  # of the open lists: the number of the item, None where it is no figure

    def items(self, node: Element) -> Iterator[RawItem]:
        """Paragraphs and tables below an element, in the order of the text; plain paragraphs below a senseless depth."""
        if self.depth >= _DEEPEST:
            yield from self._flat(node)
            return
        self.depth += 1
        inline: list[tuple[str, bool]] = []
        for child in node.children:
            if isinstance(child, str):
                inline.append((_one_line(child), node.name in _BOLD))
            elif isinstance(child, Element):
                if child.name == "br":
                    inline.append(("\n", True))
                elif child.name in _BLOCKS or _holds_block(child):
                    yield from flushed(inline)
                    yield from self._block(child)
                else:
                    inline.extend(_inline(child))
        yield from flushed(inline)
        self.depth -= 1

    def _flat(self, node: Element) -> Iterator[RawItem]:
        inline: list[tuple[str, bool]] = []
        for child in node.descendants():
            if isinstance(child, Element):
                if child.name == "br":
                    inline.append(("\n", True))
                elif child.name in _BLOCKS:
                    yield from flushed(inline)
            elif isinstance(child, str):
                inline.append((_one_line(child), False))
        yield from flushed(inline)

    def _block(self, tag: Element) -> Iterator[RawItem]:
        if tag.name == "pre" and not _holds_block(tag):
            yield from raw_items(_preformatted(tag))
        elif tag.name == "table" and _is_list(tag):
            yield from self._labelled_rows(tag)
        elif tag.name == "table" and not is_layout(tag):
            yield from self._outside_rows(tag)
            yield RawTable(_rows(tag))
        elif tag.name in ("ol", "ul"):
            yield from self._list(tag)
        elif tag.name in _BOLD:
            for item in self.items(tag):
                if isinstance(item, RawParagraph):
                    item.bold = True
                yield item
        else:
            yield from self.items(tag)

    def _labelled_rows(self, table: Element) -> Iterator[RawItem]:
        for cells in rows_of(table):
            label = collapse(cells[0].text(" ")) if len(cells) > 1 else ""
            for item in self.items(cells[-1]):
                if label and isinstance(item, RawParagraph):
                    item.text, label = f"{label} {item.text}", ""
                yield item

    def _outside_rows(self, table: Element) -> Iterator[RawItem]:
        """Captions and stray text of a table: "Đơn vị tính: triệu đồng"."""
        for child in table.children:
            if isinstance(child, Element) and child.name in ("tbody", "thead", "tfoot"):
                yield from self._outside_rows(child)
            elif isinstance(child, Element) and child.name != "tr":
                yield from self.items(child)
            elif isinstance(child, str):
                yield from flushed([(_one_line(child), False)])

    def _list(self, tag: Element) -> Iterator[RawItem]:
        if self.depth >= _DEEPEST:
            yield from self._flat(tag)
            return
        self.depth += 1
        number = _start(tag)
        self.numbers.append(None)
        for child in tag.children:
            if isinstance(child, Element) and child.name == "li":
                value = _number(child, "value")
                number = number if value is None else value
                label = self._label(tag, number)
                first = True
                for item in self.items(child):
                    if first and isinstance(item, RawParagraph) and parse_label(item.text) is None:
                        item.text = f"{label} {item.text}"
                    first = False
                    yield item
                number += 1
            elif isinstance(child, Element):
                yield from self._block(child)
        self.numbers.pop()
        self.depth -= 1

    def _label(self, tag: Element, number: int) -> str:
        """The label of an item; figures inside figures tell their depth, as in "2.1.", so that no two levels look alike."""
        label = _list_label(tag, number)
        if label != f"{number}.":
            return label
        outer = self.numbers[:-1]
        if outer and outer[-1] is not None:
            label = f"{outer[-1]}{label}"
        elif any(n is not None for n in outer):
            return f"({number})"
        self.numbers[-1] = label
        return label


def _one_line(text: str) -> str:
    """A string of a page: its line ends are white space like any other."""
    return text.replace("\n", " ") if "\n" in text else text


def _inline(tag: Element) -> list[tuple[str, bool]]:
    """Strings of an element without blocks, each with whether it is bold; line breaks as newlines."""
    strings: list[tuple[str, bool]] = []
    pending: list[tuple[Node, bool]] = [(tag, False)]
    while pending:
        node, bold = pending.pop()
        if isinstance(node, Element):
            if node.name == "br":
                strings.append(("\n", True))
                continue
            bold = bold or node.name in _BOLD
            pending.extend((child, bold) for child in reversed(node.children))
        elif isinstance(node, str):
            strings.append((_one_line(node), bold))
    return strings


def _number(tag: Element, name: str) -> int | None:
    """A number that an attribute gives; None for one that is none, or longer than any."""
    value = tag.attributes.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) < _LONG_NUMBER else None


def _start(tag: Element) -> int:
    start = _number(tag, "start")
    return 1 if start is None else start


def _list_label(tag: Element, number: int) -> str:
    """What a browser prints before an item: "1.", "a.", "I."; "•" for bullets."""
    if tag.name == "ul":
        return "•"
    kind = tag.attributes.get("type", "1")
    if kind in ("a", "A"):
        letter = chr(ord(kind) + (number - 1) % 26)
        return f"{letter})" if kind == "a" else f"{letter}."
    if kind in ("i", "I"):
        roman = to_roman(number)
        return f"{roman}." if kind == "I" else f"{roman.lower()}."
    return f"{number}."


def _rows(table: Element) -> list[list[RawCell]]:
    return [
        [RawCell(_cell_text(c), _span(c, "rowspan"), _span(c, "colspan")) for c in cells] for cells in rows_of(table)
    ]


def _span(cell: Element, name: str) -> int:
    return min(max(_number(cell, name) or 1, 1), _WIDEST)


def _cell_text(cell: Element) -> str:
    at: object = cell
    while isinstance(at, Element) and len(at.children) == 1 and at.name not in ("ol", "ul", "li", "table", "pre"):
        at = at.children[0]
    if type(at) is str:  # most cells hold one string, and nothing needs to be laid out
        text = collapse(at)
        return "" if RULE.fullmatch(text) else text
    lines = [i.text for i in Walker().items(cell) if isinstance(i, RawParagraph)]
    return "\n".join(lines) if lines else _number_alone(cell)


def _number_alone(cell: Element) -> str:
    """What is printed in a cell that holds an item of a numbered list and no words: the number of the row."""
    item = cell.find("li")
    numbered = item.parent if item is not None else None
    if item is None or numbered is None or numbered.name != "ol" or cell.text().strip():
        return ""
    value = _number(item, "value")
    return _list_label(numbered, _start(numbered) if value is None else value)
