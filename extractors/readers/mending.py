"""Paragraphs and tables of a scan made readable: lost accents put back, illegible row numbers derived."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.document import RawItem, RawParagraph
from extractors.readers.row_labels import derive_labels
from normalizers.misread import repaired

# A speck in front of a line looks like a dash; behind an open line a small letter goes on with it.
_FALSE_DASH = re.compile(r"(?<=[^\s.;:,])\s*\n[-–—~]\s*(?=[a-zà-ỹđ])")


def mended(items: Iterable[RawItem]) -> list[RawItem]:
    """The items of a recognised scan, put right in place."""
    read = list(items)
    for item in read:
        if isinstance(item, RawParagraph):
            item.text = repaired(item.text)
        else:
            for cell in (c for row in item.rows for c in row):
                cell.text = repaired(_FALSE_DASH.sub(" ", cell.text))
    derive_labels(read)
    return read
