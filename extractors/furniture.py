"""What a page prints around a document: menus, forum chrome, comments, counters, related links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from normalizers.text import collapse, key

_BEHIND = re.compile(
    r"(?:ý\s+kiến\s+bạn\s+đọc|bình\s+luận|tin\s+liên\s+quan|tin\s+cùng\s+chuyên\s+mục|các\s+tin\s+khác|tin\s+khác|bài\s+viết\s+liên\s+quan|văn\s+bản\s+liên\s+quan"
    r"|tổng\s+số\s+điểm\s+của\s+bài\s+viết|thống\s+kê(?:\s+truy\s+cập)?$|những\s+tin\s+(?:mới|cũ)\s+hơn|các\s+bài\s+đã\s+đăng|đang\s+truy\s+cập|lượt\s+truy\s+cập"
    r"|bản\s+quyền\s+thuộc|chia\s+sẻ\s+bài\s+viết|gửi\s+bình\s+luận|văn\s+bản\s+khác|tin\s+mới(?:\s+nhất)?$|tin\s+(?:đọc|xem)\s+nhiều|(?:đọc|xem)\s+nhiều(?:\s+nhất)?$|tin\s+nổi\s+bật|tin\s+bài\s+liên\s+quan|có\s+thể\s+bạn\s+quan\s+tâm|click\s+để\s+xem)"
)
_LETTERHEAD = re.compile(r"cộng\s+h[oò]à?a?\s+xã\s+hội\s+chủ\s+nghĩa|đảng\s+cộng\s+sản\s+việt\s+nam")
_LOOK_AHEAD = 45


def holds_national_title(text: str) -> bool:
    """Whether a letterhead stands in a text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" or the Party's."""
    return bool(_LETTERHEAD.search(key(text)))


def mark_furniture(items: Sequence[RawItem]) -> None:
    """Sets the zone of paragraphs before a document's letterhead and behind its end to "furniture".

    An article is never cut before its first 300 characters; tables keep their zone.
    """
    start = _document_start(items)
    for item in items[:start]:
        item.zone = "furniture"
    seen = 0
    behind = False
    for item in items[start:]:
        if isinstance(item, RawParagraph):
            line = key(collapse(item.text))
            if seen > 300 and len(line) < 120 and _BEHIND.match(line.strip(" -*•")):
                behind = True
            seen += len(line)
        if behind:
            item.zone = "furniture"


def _document_start(items: Sequence[RawItem]) -> int:
    """Index of the first line of the letterhead; 0 where there is none near the top."""
    for n, item in enumerate(items[:_LOOK_AHEAD]):
        if not isinstance(item, RawParagraph):
            continue
        if _LETTERHEAD.search(key(collapse(item.text))):
            first = n
            while first > max(0, n - 7) and _is_letterhead_line(items[first - 1]):
                first -= 1
            return first
    return 0


def _is_letterhead_line(item: RawItem) -> bool:
    """A short line in capitals, or the line of the number: the issuer stands above or beside the national title."""
    if not isinstance(item, RawParagraph):
        return False
    line = collapse(item.text)
    return len(line) < 90 and (
        line == line.upper() or bool(re.match(r"(?:\w+\s+\w+\s+)?số\s*(?::|\d+\s*-)", key(line)))
    )
