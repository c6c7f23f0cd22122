"""Which tables hold data and which only arrange text: letterheads, signatures, lists with their labels in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.document import RawItem, RawParagraph, RawTable
from normalizers.text import collapse, key

_LABEL_CELL = re.compile(r"(?:\(?(?:[IVX]+|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/]\.?|[-–+*•])$")
_LAYOUT_WORDS = re.compile(
    r"cộng\s+h[oò]à?a?\s+xã\s+hội|độc\s+lập\s*-\s*tự\s+do|đảng\s+cộng\s+sản\s+việt\s+nam|nơi\s+nhận|(?:^|\s)(?:(?:tm|kt|tl|tuq)\.|t/m|k/t|t/l)\s|(?:^|\s)số:\s*\S*/"
)
DECIDING_ROWS = 6  # a table with so many rows holds data
_MOST_LETTERS = 1500


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table, as the texts of its cells, only arranges text: one row or column, a letterhead or a signature."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return True
    if len(rows) >= DECIDING_ROWS:
        return False
    text = key(collapse(" ".join(cell for row in rows for cell in row)))
    return bool(_LAYOUT_WORDS.search(text)) and len(text) < _MOST_LETTERS


def is_labelled_list(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table puts labels beside their words, "1. | Mở lớp." above "2. | In sách.", and has no headings."""
    labels = 0
    for cells in rows:
        if len(cells) > 2:
            return False
        label = collapse(cells[0]) if len(cells) == 2 else ""
        if label and not _LABEL_CELL.match(label):
            return False
        labels += bool(label)
    return labels > 1


def arranged(table: RawTable) -> list[RawItem]:
    """A table of data as it is; of one that arranges text the paragraphs, a label in front of its words."""
    texts = [[cell.text for cell in row] for row in table.rows]
    if not texts:
        return []
    labelled = is_labelled_list(texts)
    if not labelled and not is_layout(texts):
        return [table]
    paragraphs: list[RawItem] = []
    for row in table.rows:
        label = f"{collapse(row[0].text)} " if labelled and len(row) == 2 else ""
        for cell in row[1:] if labelled and len(row) == 2 else row:
            for line in cell.text.split("\n"):
                if line.strip():
                    paragraphs.append(RawParagraph(label + line.strip(), False, table.zone, cell.page, cell.suspect))
                    label = ""
    return paragraphs
