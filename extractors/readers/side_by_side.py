"""Letterheads and signatures printed side by side in plain text: what stands left is read before what stands right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from normalizers.text import collapse, key

_GAP = re.compile(r"\t+|(?<=\S)[ \t]{3,}(?=\S)")
_HEAD_OR_FOOT = re.compile(
    r"(?:cộng\s+h[oò]à?a?\s+xã\s+hội|đảng\s+cộng\s+sản|độc\s+lập\s*-\s*tự\s+do|số\s*(?::|\d+\s*-\s*\w+/)|nơi\s+nhận|(?:(?:tm|kt|tl|tuq|q)\.|t/m|k/t|t/l)\s"
    r"|[\w .-]{2,40},\s*ngày\b.{0,12}tháng)"
)
_RECIPIENT = re.compile(r"\s*[-+]\s*\S")
_RULE = re.compile(r"[\s\-_=*.~–—]*$")


def read_by_columns(lines: Sequence[str]) -> list[str]:
    """Lines in reading order. "SỞ Y TẾ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" | "Số: 5/KH-SYT     Huế, ngày 2 tháng 3"
    become the two left halves and, behind them, the two right ones, and so do recipients with nothing beside them; every other line stays as
    it is."""
    ordered: list[str] = []
    left: list[str] = []
    right: list[str] = []
    gutter = 0
    for line in lines:
        halves = _halves(line)
        if halves is not None and (left or any(_HEAD_OR_FOOT.match(key(half)) for half in halves)):
            left.append(halves[0])
            right.append(halves[1])
            gutter = line.find(halves[1], line.find(halves[0]) + len(halves[0]))
        elif left and _RECIPIENT.match(line) and len(line.rstrip()) < gutter:
            left.append(line.strip())
        elif not (left and line.strip() and _RULE.match(line)):
            ordered += _side_by_side(left, right)
            left, right = [], []
            ordered.append(line)
    return ordered + _side_by_side(left, right)


def columns_in_order(items: Sequence[RawItem]) -> list[RawItem]:
    """Items whose paragraphs may hold tabs, those of letterheads and signatures read by columns; no tab is left."""
    ordered: list[RawItem] = []
    tabbed: list[RawParagraph] = []
    for item in [*items, None]:
        if isinstance(item, RawParagraph) and "\t" in item.text:
            tabbed.append(item)
            continue
        lines = [paragraph.text for paragraph in tabbed]
        in_order = read_by_columns(lines)
        if in_order == lines:
            for paragraph in tabbed:
                paragraph.text = collapse(paragraph.text)
            ordered += tabbed
        else:
            ordered += [RawParagraph(collapse(line)) for line in in_order if line.strip() and not _RULE.match(line)]
        tabbed = []
        if item is not None:
            ordered.append(item)
    return ordered


def _halves(line: str) -> tuple[str, str] | None:
    if "\t" not in line and "   " not in line:
        return None
    parts = _GAP.split(line.strip())
    return (parts[0].strip(), parts[1].strip()) if len(parts) == 2 else None


def _side_by_side(left: list[str], right: list[str]) -> list[str]:
    return [*left, "", *right, ""] if left else []
