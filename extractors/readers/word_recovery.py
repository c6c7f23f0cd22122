"""What a converter lost of a .doc: its tables are put back, its missing words counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml import etree

from extractors.readers.word_binary import BinaryCell, BinaryTable
from extractors.readers.word_text import plain_words
from extractors.readers.word_xml import W
from normalizers.text import nfc

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_NEAR = 120  # twentieths of a point between two edges that are one
_PRESENT = 0.5


def put_back_tables(body: etree._Element, tables: Sequence[BinaryTable]) -> int:
    """Puts tables into the body of a converted document that it has not; gives their number.

    A converter that loses a table leaves its words in running text, which is replaced, or nothing. A table counts as present
    when half of its cells are.
    """
    cells = Counter(_bare(plain_words(cell)) for cell in body.iter(W + "tc"))
    put_back = 0
    for table in tables:
        wanted = Counter(bare for row in table.rows for cell in row if (bare := _bare(cell.text)))
        present = wanted & cells
        cells -= present
        if present.total() < _PRESENT * wanted.total():
            _put(body, table)
            put_back += 1
    return put_back


def missing_words(converted: Iterable[etree._Element], text: str) -> int:
    """How many words of a text the parts of a converted document do not hold."""
    held: Counter[str] = Counter()
    for part in converted:
        held.update(_WORD.findall(nfc(plain_words(part)).lower()))
    return (Counter(_WORD.findall(nfc(text).lower())) - held).total()


def _bare(text: str) -> str:
    return _NO_LETTER.sub("", nfc(text).lower())


def _put(body: etree._Element, table: BinaryTable) -> None:
    element = _element(table)
    words = _bare("".join(cell.text for row in table.rows for cell in row))
    for is_text, group in groupby(list(body), key=lambda e: e.tag == W + "p"):
        paragraphs = list(group) if is_text else []
        texts = [_bare(plain_words(p)) for p in paragraphs]
        at = "".join(texts).find(words)
        if at >= 0:
            _replace(paragraphs, texts, at, at + len(words), element)
            return
    before = _bare(table.before)
    above = next((p for p in reversed(body) if before and p.tag == W + "p" and _bare(plain_words(p)) == before), None)
    if above is not None:
        above.addnext(element)
    else:
        last = body[-1] if len(body) else None
        body.append(element) if last is None or last.tag != W + "sectPr" else last.addprevious(element)


def _replace(paragraphs: list[etree._Element], texts: list[str], start: int, end: int, table: etree._Element) -> None:
    """Puts a table in the place of the letters from `start` to `end`; what stands around them stays."""
    position = 0
    placed = False
    for paragraph, text in zip(paragraphs, texts, strict=True):
        first, last = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if first >= last:
            continue
        whole = plain_words(paragraph)
        places = [n for n, letter in enumerate(whole) if _bare(letter)]
        head, tail = whole[: places[first]], whole[places[last - 1] + 1 :]
        if not placed:
            paragraph.addprevious(table)
            placed = True
        if _bare(head):
            table.addprevious(_paragraph(head))
        if _bare(tail):
            table.addnext(_paragraph(tail))
        paragraph.getparent().remove(paragraph)


def _element(table: BinaryTable) -> etree._Element:
    lines = _lines({edge for row in table.rows for cell in row for edge in (cell.left, cell.right)})
    element = etree.Element(W + "tbl")
    for row in table.rows:
        tr = etree.SubElement(element, W + "tr")
        gap = lines[row[0].left] if row else 0
        if gap:
            _with_value(etree.SubElement(tr, W + "trPr"), "gridBefore", str(gap))
        for cell in row:
            tr.append(_cell(cell, lines))
    return element


def _lines(edges: set[int]) -> dict[int, int]:
    """The number of the grid line of every edge; edges that nearly meet are one."""
    numbers: dict[int, int] = {}
    number, last = -1, None
    for edge in sorted(edges):
        if last is None or edge - last > _NEAR:
            number, last = number + 1, edge
        numbers[edge] = number
    return numbers


def _cell(cell: BinaryCell, lines: dict[int, int]) -> etree._Element:
    tc = etree.Element(W + "tc")
    properties = etree.SubElement(tc, W + "tcPr")
    _with_value(properties, "gridSpan", str(max(1, lines[cell.right] - lines[cell.left])))
    if cell.goes_on_left:
        _with_value(properties, "hMerge", "continue")
    if cell.goes_on_above or cell.opens_below:
        _with_value(properties, "vMerge", "continue" if cell.goes_on_above else "restart")
    for line in cell.text.split("\n"):
        tc.append(_paragraph(line))
    return tc


def _with_value(parent: etree._Element, name: str, value: str) -> None:
    etree.SubElement(parent, W + name).set(W + "val", value)


def _paragraph(text: str) -> etree._Element:
    paragraph = etree.Element(W + "p")
    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = text
    return paragraph
