"""Lines that end where the paper ended: which of them belong to one paragraph."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from extractors.labels import is_label_alone, parse_label
from extractors.page_breaks import goes_over, is_page_number, opens_phrase
from normalizers.text import ends_sentence, key, starts_lower

_OF_ITS_OWN = re.compile(
    r"(?:số\s*:[\s\d]*/?\s*\S*|độc\s+lập\s*-\s*tự\s+do\s*-\s*hạnh\s+phúc|[\w .-]{2,40},\s*ngày\b.{0,12}tháng.{0,12}năm\s*\d{4})\s*$"
)
_ISSUER = re.compile(r"(?:ỦY|UỶ|UBND|CHỦ TỊCH|HỘI ĐỒNG|BỘ|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|QUYẾT|TỈNH)(?!\w)")


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines break at a fixed width: most long lines stop inside a sentence that the next line goes on with."""
    pairs = [(a.strip(), b.strip()) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and "\t" not in a]
    long = [(a, b) for a, b in pairs if len(a) > 30]
    if len(long) < 4:
        return False
    cut = sum(not ends_sentence(a) and (starts_lower(b) or b[:1].isdigit() or opens_phrase(a)) for a, b in long)
    lengths = sorted(len(a) for a, _ in long)
    return cut * 4 > len(long) and lengths[len(lengths) * 9 // 10] < 160


def goes_on(above: str, line: str, blank: bool, wrapped: bool) -> bool:
    """Whether a line continues the paragraph above it.

    Without a blank line: any line that starts small after an open sentence; in hard-wrapped text also one that starts with a
    capital or digit. Over a blank line (a page break) only a small start after a long open line, or behind words that
    open a phrase ("phối hợp với").
    """
    if is_page_number(line) or is_page_number(above) or _is_letterhead(line) or _is_letterhead(above):
        return False
    if is_label_alone(above):
        return parse_label(line) is None
    if ends_sentence(above) or parse_label(line) is not None:
        return False
    if above == above.upper():
        return wrapped and line == line.upper() and len(above) > 40 and not _ISSUER.match(line)
    if line == line.upper():
        return False
    if blank:
        return goes_over(above, line) and (len(above) > 80 or not starts_lower(line))
    return starts_lower(line) or (wrapped and len(above) > 20)


def _is_letterhead(line: str) -> bool:
    return len(line) < 90 and bool(_OF_ITS_OWN.match(key(line.strip())))


def unwrapped(items: Sequence[RawItem]) -> list[RawItem]:
    """Paragraphs of a page that has one for every printed line, joined to those of the text; other pages as they are."""
    if not is_hard_wrapped([i.text if isinstance(i, RawParagraph) else "" for i in items]):
        return list(items)
    joined: list[RawItem] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            isinstance(item, RawParagraph)
            and isinstance(last, RawParagraph)
            and goes_on(last.text, item.text, blank=False, wrapped=True)
        ):
            last.text = f"{last.text} {item.text}"
            last.bold = last.bold and item.bold
        else:
            joined.append(item)
    return joined
