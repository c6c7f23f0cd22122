"""Tables of Word: rows as they are shown, cells that go over columns and rows, tables that only arrange text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from extractors.document import RawCell, RawItem, RawParagraph, RawTable
from extractors.readers import tables
from extractors.readers.word_text import TRANSPARENT
from extractors.readers.word_xml import W, child, number, value
from normalizers.text import collapse

_WIDEST = 100
_HAIR = 120  # twentieths of a point, about two millimetres


@dataclass(slots=True)
class Box:
    """A cell with what is in it; `element` is None where a row begins with a gap."""

    element: etree._Element | None
    column: int
    width: int
    height: int = 1
    items: list[RawItem] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs as lines; of a table inside the cell every row is a line."""
        return "\n".join(_lines(self.items))


def boxes_of(table: etree._Element) -> Iterator[list[Box]]:
    """Rows of a table as they are shown: deleted rows are left out, a merged cell stands where it begins."""
    open_boxes: dict[int, Box] = {}  # column -> the cell that may go on below
    rows: list[list[Box]] = []
    for row in _parts(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        rows.append(_row(row, properties, open_boxes))
    _snap(rows, _lines_of_grid(table))
    yield from (row for row in rows if row)


def _row(row: etree._Element, properties: etree._Element | None, open_boxes: dict[int, Box]) -> list[Box]:
    boxes: list[Box] = []
    column = _span(child(properties, "gridBefore"), 0)
    if column:
        boxes.append(Box(None, 0, column))
    still_open: dict[int, Box] = {}
    for cell in _parts(row, "tc"):
        said = child(cell, "tcPr")
        if child(said, "cellDel") is not None:
            continue
        width = _span(child(said, "gridSpan"), 1)
        beside = _merge(said, "hMerge")
        if beside == "continue" and boxes:
            boxes[-1].width += width
            column += width
            continue
        below = _merge(said, "vMerge")
        above = open_boxes.get(column) if below == "continue" else None
        if above is not None:
            above.height += 1
            still_open[column] = above
        else:
            boxes.append(Box(cell, column, width))
            if below is not None:
                still_open[column] = boxes[-1]
        column += width
    open_boxes.clear()
    open_boxes.update(still_open)
    return boxes


def _lines_of_grid(table: etree._Element) -> list[int]:
    """Positions of the lines between the columns."""
    lines = [0]
    for column in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        lines.append(lines[-1] + max(0, number(value(column, "w"), 0)))
    return lines


def _snap(rows: list[list[Box]], lines: list[int]) -> None:
    """Takes lines of the grid that nearly meet as one: rows drawn by hand begin a hair's breadth beside each other."""
    places = [0]
    for left, right in pairwise(lines):
        places.append(places[-1] + (right - left > _HAIR))
    boxes = [box for row in rows for box in row]
    if places[-1] == len(places) - 1 or any(box.column + box.width >= len(places) for box in boxes):
        return
    edges = [(places[box.column], places[box.column + box.width]) for box in boxes]
    if any(left == right and box.element is not None for box, (left, right) in zip(boxes, edges, strict=True)):
        return
    for box, (left, right) in zip(boxes, edges, strict=True):
        box.column, box.width = left, right - left
    for row in rows:
        row[:] = [box for box in row if box.width]


def _parts(element: etree._Element, name: str) -> Iterator[etree._Element]:
    wanted = W + name
    for part in element:
        tag = part.tag
        if tag == wanted:
            yield part
        elif tag in TRANSPARENT:
            yield from _parts(part, name)


def _span(element: etree._Element | None, otherwise: int) -> int:
    return min(max(number(value(element), otherwise), otherwise), _WIDEST)


def _merge(properties: etree._Element | None, name: str) -> str | None:
    element = child(properties, name)
    return None if element is None else value(element) or "continue"


def arranged_boxes(rows: list[list[Box]]) -> Iterator[RawItem]:
    """A table of data, or the paragraphs of one that only arranges text, bold ones still bold."""
    texts = [[box.text for box in row] for row in rows]
    nested = any(isinstance(item, RawTable) for row in rows for box in row for item in box.items)
    if not nested and tables.is_labelled_list(texts):
        for row in rows:
            label = f"{collapse(row[0].text)} " if len(row) == 2 else ""
            for item in row[-1].items:
                if label.strip() and isinstance(item, RawParagraph):
                    item.text, label = label + item.text, ""
                yield item
    elif tables.is_layout(texts) or (nested and _mostly_nested(rows)):
        for row in rows:
            for box in row:
                yield from box.items
    elif rows:
        yield RawTable([[RawCell(box.text, box.height, box.width) for box in row] for row in rows])


def _mostly_nested(rows: list[list[Box]]) -> bool:
    """Whether tables inside the cells hold more than the cells themselves: a frame around them."""
    items = [item for row in rows for box in row for item in box.items]
    own = sum(len(item.text) for item in items if isinstance(item, RawParagraph))
    inside = sum(len(line) for item in items if isinstance(item, RawTable) for line in _lines([item]))
    return inside > own


def _lines(items: list[RawItem]) -> Iterator[str]:
    for item in items:
        if isinstance(item, RawParagraph):
            yield item.text
        else:
            yield from (line for row in item.rows if (line := " ".join(cell.text for cell in row).strip()))
