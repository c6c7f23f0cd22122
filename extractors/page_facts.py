"""What a page states about its document beside the text: "Số ký hiệu | 62/KH-UBND", "Ngày ban hành: 02/3/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import Document
from normalizers.text import key

_HEAD_BLOCKS = 30


def stated_values(document: Document, label: re.Pattern[str]) -> Iterator[str]:
    """Values behind a label near the top of a document, in its order.

    `label` matches in key space at the beginning of a cell, or anywhere in a paragraph; where nothing follows it, the value is
    the next cell of the row, or the next paragraph.
    """
    blocks = document.blocks[:_HEAD_BLOCKS]
    for n, block in enumerate(blocks):
        if block.table is None:
            m = label.search(key(block.text))
            following = blocks[n + 1] if n + 1 < len(blocks) and m and m.start() == 0 else None
            if m and block.text[m.end() :].strip():
                yield block.text[m.end() :]
            elif following is not None and following.table is None:
                yield following.text
            continue
        for cell in block.table.cells:
            m = label.match(key(cell.text))
            if m and cell.text[m.end() :].strip():
                yield cell.text[m.end() :]
            elif m:
                right = (
                    c for c in block.table.cells if c.row == cell.row and c.column == cell.column + cell.column_span
                )
                yield from (c.text for c in right)
