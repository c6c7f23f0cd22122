"""Paragraphs and tables of a scan made readable: lost accents put back, illegible row numbers derived."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.document import RawItem, RawParagraph
from normalizers.misread import repaired


def mended(items: Iterable[RawItem]) -> list[RawItem]:
    """The items, their words repaired in place."""
    mended_items = []
    for item in items:
        if isinstance(item, RawParagraph):
            item.text = repaired(item.text)
        else:
            for cell in (c for row in item.rows for c in row):
                cell.text = repaired(cell.text)
        mended_items.append(item)
    return mended_items
