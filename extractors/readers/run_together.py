"""Letterheads and signatures whose lines a page ran together: "UBND TỈNH CÀ MAU Số: 9/KH-UBND"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import RawItem, RawParagraph
from normalizers.text import UPPER, collapse

_HEAD_ITEMS = 12
_LONGEST = 300
# Where a line of a letterhead begins inside another: the number, the motto, the place and date.
_HEAD_LINES = re.compile(
    rf"(?<=[{UPPER}])\s+(?=Số\s*:)|(?<=VIỆT NAM)\s+(?=Độc\s+lập\s*[-–])|(?<=[Hh]ạnh phúc)\s+(?=[{UPPER}][\w .-]{{2,30}},\s*ngày)"
)
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s|(?:PHÓ\s+)?CHỦ TỊCH\s")
_SIGNATURE_LINES = re.compile(
    rf"(?<!\s)\s+(?=(?:KT|TM|TL|TUQ)\.\s)|(?<!PHÓ)(?<!QUYỀN)(?<!KT\.)(?<!Q\.)(?<!\s)\s+(?=(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG)(?!\w))|(?<!\s)\s+(?=THỨ TRƯỞNG)|(?<!\s)\s+(?=\((?i:đã ký)\))"
    rf"|(?<=\))\s+(?=[{UPPER}])|(?<=[{UPPER}]{{2}})\s+(?=[{UPPER}][^\W\d_{UPPER}]+(?:\s+[{UPPER}][^\W\d_{UPPER}]*){{1,4}}\s*$)"
)


def parted_lines(items: Sequence[RawItem]) -> list[RawItem]:
    """The items with letterhead and signature one line to a paragraph; other paragraphs as they are."""
    out: list[RawItem] = []
    for n, item in enumerate(items):
        out += _parted(item, n < _HEAD_ITEMS) if isinstance(item, RawParagraph) else [item]
    return out


def _parted(item: RawParagraph, in_head: bool) -> Iterator[RawParagraph]:
    text = collapse(item.text)
    cuts: list[int] = []
    if len(text) < _LONGEST and in_head:
        cuts = [m.end() for m in _HEAD_LINES.finditer(text)]
    if not cuts and len(text) < _LONGEST and _SIGNED.match(text):
        cuts = [m.end() for m in _SIGNATURE_LINES.finditer(text)]
    if not cuts:
        yield item
        return
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        yield replace(item, text=text[start:end].strip())
