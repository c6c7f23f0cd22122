"""The body of a Word file to raw paragraphs and tables, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extractors.document import RawItem, RawParagraph
from extractors.readers.inline import flushed
from extractors.readers.word_numbering import Numbering
from extractors.readers.word_styles import ParagraphSays, Styles, said_of
from extractors.readers.word_tables import Box, arranged_boxes, boxes_of
from extractors.readers.word_text import DELETED, TRANSPARENT, Line, Reader
from extractors.readers.word_xml import MC, W, alternative

_TABLE = W + "tbl"
_BLOCKS = frozenset({W + "p", _TABLE})
_DEEPEST = 60  # tables in tables, boxes in boxes; more is a trap
_ENTRY = re.compile(
    r"(?:(?<!\t)\t|(?<!\.)\.{3,}|(?<!…)…{2,})\s*\d{1,4}\s*$"
)  # a line of a table of contents ends with its page
_TABBED = re.compile(r"\S[^\S\n]*\t[^\S\n]*\S")
_LABEL_ONLY = re.compile(r"[^\W_]")


class Walker:
    """Walks a part of a Word file. One walker for all parts: lists count on, fields go over paragraphs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._depth = 0
        self.reader = Reader(styles)

    def items(self, container: etree._Element, in_cell: bool = False) -> Iterator[RawItem]:
        """Paragraphs and tables of an element in their order; a paragraph whose mark is deleted goes on with the next."""
        if self._depth >= _DEEPEST:
            return
        self._depth += 1
        carried: list[tuple[str, bool]] = []
        for element in _blocks(container):
            if element.tag == _TABLE:
                yield from flushed(carried)
                yield from self._table(element)
                continue
            says = said_of(element)
            line = self.reader.read(element, says.style)
            carried += line.strings
            if says.goes_on:
                yield from self._boxes(line)
                continue
            line.strings, carried = carried, []
            yield from self._paragraph(says, line, in_cell)
            yield from self._boxes(line)
        yield from flushed(carried)
        self._depth -= 1

    def _paragraph(self, says: ParagraphSays, line: Line, in_cell: bool) -> Iterator[RawItem]:
        label = self._numbering.label(says.place, says.style)
        text = "".join(string for string, _ in line.strings)
        if not text.strip():
            if in_cell and _LABEL_ONLY.search(label):
                yield RawParagraph(label.strip())
            return
        if label:
            line.strings.insert(0, (label, True))
        zone = "furniture" if self._is_contents(line, says.style, text) else "body"
        if not in_cell and "\t" in text and "\n" not in text and _TABBED.search(text):
            yield RawParagraph(label + text, all(b for s, b in line.strings if s.strip()), zone)
            return
        for item in flushed(line.strings):
            item.zone = zone
            yield item

    def _is_contents(self, line: Line, style: str | None, text: str) -> bool:
        return self._styles.name(style).startswith("toc ") or (line.in_contents and bool(_ENTRY.search(text)))

    def _boxes(self, line: Line) -> Iterator[RawItem]:
        for box in line.boxes:
            yield from self.items(box)

    def _table(self, table: etree._Element) -> Iterator[RawItem]:
        rows: list[list[Box]] = []
        for row in boxes_of(table):
            for box in row:
                box.items = list(self.items(box.element, in_cell=True)) if box.element is not None else []
            rows.append(row)
        yield from arranged_boxes(rows)


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of a container, through marks that say nothing of the text; deleted ones are left out."""
    for element in container:
        tag = element.tag
        if tag in _BLOCKS:
            yield element
        elif tag in DELETED:
            continue
        elif tag in TRANSPARENT:
            yield from _blocks(element)
        elif tag == MC + "AlternateContent":
            chosen = alternative(element)
            if chosen is not None:
                yield from _blocks(chosen)
