"""The tree of a page: elements with their attributes, and the strings between them.

lxml tells of each tag as it reads it, and these few classes keep what the reader of pages asks for. A page of a plan has some thousand
nodes, and a tree of slots and lists costs a tenth of one that can be searched and changed in every way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ASIDES = frozenset({"script", "style", "template", "rt", "rp"})
_KEEPS_SPACES = frozenset({"pre", "textarea"})
_ASCII_SPACES = " \n\t\f\r"


class Aside(str):
    """A string that is no text of the page: of a script, a style, a gloss over a word."""

    __slots__ = ()


class Remark:
    """A comment, an instruction or a doctype."""

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words

    def text(self, separator: str = "") -> str:
        """What it says."""
        return self.words


class Element:
    """An element: its name and attributes in small letters, and what it holds, in the order of the page."""

    __slots__ = ("attributes", "children", "dropped", "name", "parent")

    def __init__(self, name: str, attributes: Mapping[str, str], parent: Element | None) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node] = []
        self.dropped = False

    def descendants(self) -> Iterator[Node]:
        """Everything below, in the order of the page."""
        pending = self.children[::-1]
        while pending:
            node = pending.pop()
            yield node
            if isinstance(node, Element):
                pending.extend(node.children[::-1])

    def elements(self) -> Iterator[Element]:
        """The elements below, in the order of the page."""
        pending = [c for c in reversed(self.children) if isinstance(c, Element)]
        while pending:
            element = pending.pop()
            yield element
            pending.extend([c for c in reversed(element.children) if isinstance(c, Element)])

    def find(self, *names: str) -> Element | None:
        """The first element below that has one of the names."""
        return next((e for e in self.elements() if e.name in names), None)

    def strings(self) -> list[str]:
        """The strings below; those of scripts and glosses only for the script or gloss itself."""
        kind = Aside if self.name in _ASIDES else str
        return [node for node in self.descendants() if type(node) is kind]

    def text(self, separator: str = "") -> str:
        """The strings below as one."""
        if len(self.children) == 1 and type(only := self.children[0]) is str and self.name not in _ASIDES:
            return only
        return separator.join(self.strings())

    def drop(self) -> None:
        """Takes the element out of the tree."""
        if self.parent is not None:
            self.parent.children.remove(self)
        self.dropped = True
        for element in self.elements():
            element.dropped = True


Node = Element | str | Remark


def parse(markup: str) -> Element:
    """The tree of a page, however broken its markup; the element returned has no name and holds the page."""
    from lxml import etree  # with the first page: most of the time that reading plain text needs before it begins

    parser = etree.HTMLParser(target=_Builder(), recover=True)
    parser.feed(markup)
    root: Element = parser.close()
    return root


class _Builder:
    """Hears from the parser of each tag and string."""

    def __init__(self) -> None:
        self._root = self._at = Element("", {}, None)
        self._data: list[str] = []
        self._asides = 0  # open elements of each kind
        self._keeps_spaces = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._data:
            self._flush()
        element = Element(name, attributes, self._at)
        self._at.children.append(element)
        self._at = element
        if name in _ASIDES:
            self._asides += 1
        elif name in _KEEPS_SPACES:
            self._keeps_spaces += 1

    def end(self, name: str) -> None:
        if self._data:
            self._flush()
        if self._at.parent is not None:
            self._at = self._at.parent
        if name in _ASIDES:
            self._asides -= 1
        elif name in _KEEPS_SPACES:
            self._keeps_spaces -= 1

    def data(self, text: str) -> None:
        self._data.append(text)

    def comment(self, text: str) -> None:
        self._remark(text)

    def pi(self, target: str, data: str | None) -> None:
        self._remark(f"{target} {data}")

    def doctype(self, name: str, *_: str | None) -> None:
        self._remark(name)

    def close(self) -> Element:
        if self._data:
            self._flush()
        return self._root

    def _remark(self, words: str) -> None:
        if self._data:
            self._flush()
        self._at.children.append(Remark(words))

    def _flush(self) -> None:
        """One string for all that came since the last tag; white space alone is one space or newline."""
        text = self._data[0] if len(self._data) == 1 else "".join(self._data)
        self._data.clear()
        if not self._keeps_spaces and not text.strip(_ASCII_SPACES):
            text = "\n" if "\n" in text else " "
        self._at.children.append(Aside(text) if self._asides else text)
