"""Paragraphs and tables of a scan made readable: lost accents put back, illegible row numbers derived."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from extractors.document import RawItem, RawParagraph
from extractors.readers.row_labels import derive_labels
from normalizers.misread import repaired
from normalizers.text import UPPER

# A speck in front of a line looks like a dash; behind an open line a small letter goes on with it.
_FALSE_DASH = re.compile(r"(?<=[^\s.;:,])\s*\n[-–—~]\s*(?=[a-zà-ỹđ])")


_FIRST_SPECK = re.compile(rf"^[.,;:'’‘~^*_]+[-–]?\s*(?=[{UPPER}]{{2}})", re.MULTILINE)
_FALSE_STOP = re.compile(r"(?<=[a-zà-ỹđ]{3})\.(?=\s[a-zà-ỹđ]{2})")
_MONTH = re.compile(r"(?<=\d)(\s*)th[ắẳẩấaăả]ng(?=\s+\d{1,2}\s+năm)")
_LAST_SPECK = re.compile(r"(?<=[.;:,])\s+[-–—'’.,*]$", re.MULTILINE)


def mended(items: Sequence[RawItem], pages: Container[int]) -> Sequence[RawItem]:
    """The items of a document; those that begin on recognised pages are put right in place."""
    recognised = [item for item in items if _page(item) in pages]
    for item in recognised:
        if isinstance(item, RawParagraph):
            item.text = _repaired(item.text)
        else:
            for cell in (c for row in item.rows for c in row):
                cell.text = _repaired(_FALSE_DASH.sub(" ", cell.text))
    derive_labels(recognised)
    return items


def _repaired(text: str) -> str:
    """A text without specks and false full stops, its misread syllables put right.

    "tình hình phát. triển" → "tình hình phát triển" · ".-GIÁM ĐỐC" → "GIÁM ĐỐC" · "ngày 3 thắng 5 năm" → "ngày 3 tháng 5 năm"
    """
    text = _FIRST_SPECK.sub("", _LAST_SPECK.sub("", text))
    return repaired(_MONTH.sub(r"\1tháng", _FALSE_STOP.sub("", text)))


def _page(item: RawItem) -> int | None:
    if isinstance(item, RawParagraph):
        return item.page
    return next((cell.page for row in item.rows for cell in row), None)
