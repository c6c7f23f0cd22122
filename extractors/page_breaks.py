"""What a page break leaves in a text: the number of the page, and the two halves of a sentence around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from extractors.labels import parse_label
from normalizers.text import ends_sentence, starts_lower

_BARE = re.compile(r"\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*$")
_MARKED = re.compile(
    r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|trang\s+(?:số\s+)?\d{1,3}(?:\s*(?:/|trên)\s*\d{1,3})?)\s*$", re.IGNORECASE
)
_OPEN_END = re.compile(
    r"(?:,|\s(?:[Gg]iao|cùng|nếu|khi|mỗi|từng|mọi|Sở|Bộ|Giám đốc|Chi cục|Cục|Vụ|Phòng|Trung tâm|Ủy ban|với|và|của|cho|tại|các|những|về|(?<!tiếp )theo|trong|trên|từ|đến|hoặc|bằng|để|do|là|số|thuộc|giữa))\s*$"
)
_HALF = 40


def is_page_number(line: str) -> bool:
    """Whether a line may be the number of a page and nothing else: "3", "- 3 -", "Trang 4/7"."""
    return bool(_BARE.match(line) or _MARKED.match(line))


def goes_over(above: str, below: str) -> bool:
    """Whether a sentence goes on over a page break: "Sở Y tế chủ trì, phối hợp với" | "Sở Tài chính cấp kinh phí."."""
    if len(above) < _HALF or ends_sentence(above) or parse_label(below) is not None:
        return False
    return starts_lower(below) or opens_phrase(above)


def opens_phrase(line: str) -> bool:
    """Whether a line ends in a word that no sentence ends in: "phối hợp với", "trên địa bàn của"."""
    return bool(_OPEN_END.search(line))


def join_over_pages(items: Sequence[RawItem]) -> list[RawItem]:
    """Drops page numbers that cannot be anything else and those inside a sentence, whose halves are joined."""
    joined: list[RawItem] = []
    for n, item in enumerate(items):
        if (
            isinstance(item, RawParagraph)
            and len(joined) > 1
            and _is_between_halves(joined, item, items[n + 1 : n + 2])
        ):
            joined.pop()
            above = joined[-1]
            assert isinstance(above, RawParagraph)
            above.text = f"{above.text.rstrip()} {item.text.lstrip()}"
            continue
        joined.append(item)
    return [i for i in joined if not (isinstance(i, RawParagraph) and _MARKED.match(i.text))]


def _is_between_halves(before: list[RawItem], item: RawParagraph, after: Sequence[RawItem]) -> bool:
    """Whether the last item is a page number inside a sentence; numbers that stand in a row are a column of a lost table."""
    above, number = before[-2:]
    if not (isinstance(above, RawParagraph) and isinstance(number, RawParagraph) and is_page_number(number.text)):
        return False
    if any(isinstance(i, RawParagraph) and _BARE.match(i.text) for i in [*before[-3:-2], *after]):
        return False
    return above.zone == item.zone and goes_over(above.text, item.text)
