"""Lines that end where the paper ended: which of them belong to one paragraph."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from extractors.labels import is_label_alone, parse_label
from extractors.page_breaks import goes_over, is_page_number, opens_phrase
from normalizers.places import find_places
from normalizers.text import ends_sentence, key, starts_lower

_OF_ITS_OWN = re.compile(
    r"(?:số\s*:[\s\d]*/?\s*\S*|độc\s+lập\s*-\s*tự\s+do\s*-\s*hạnh\s+phúc|[\w .-]{2,40},\s*ngày\b.{0,12}tháng.{0,12}năm\s*\d{4})\s*$"
)
_EXPECTS_NUMBER = re.compile(
    r"(?<!\w)(?:ngày|tháng|năm|số|số\s*:|khoản|điều|đạt|trên|dưới|đến|từ|khoảng|tối\s+thiểu|ít\s+nhất)$"
)
_REST_OF_SENTENCE = 30  # characters: a shorter line that ends a sentence is the rest of one
_FULL = 0.85  # letters differ in width, so that full lines differ in their number of characters
_LONGEST = 20_000  # letters of a paragraph; a longer one is no text of a plan, and each look at it takes longer
_ISSUER = re.compile(r"(?:ỦY|UỶ|UBND|CHỦ TỊCH|HỘI ĐỒNG|BỘ|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|QUYẾT|TỈNH)(?!\w)")


def printed_width(lines: Sequence[str]) -> int:
    """Characters of a full line where lines break at a fixed width, 0 where they do not: most long lines of a wrapped text
    stop inside a sentence that the next line goes on with."""
    pairs = [(a.strip(), b.strip()) for a, b in itertools.pairwise(lines) if a.strip() and b.strip() and "\t" not in a]
    long = [(a, b) for a, b in pairs if len(a) > 30]
    if len(long) < 4:
        return 0
    cut = sum(not ends_sentence(a) and (starts_lower(b) or b[:1].isdigit() or opens_phrase(a)) for a, b in long)
    lengths = sorted(len(a.rstrip()) for a in lines if len(a.strip()) > 30 and "\t" not in a)
    width = lengths[len(lengths) * 9 // 10]
    return width if cut * 4 > len(long) and width < 160 else 0


def is_full(printed: str, line: str, width: int) -> bool:
    """Whether a printed line had no room for the first word of the next: a heading that ends early is a line of its own."""
    word = line.split(maxsplit=1)[0] if line.strip() else ""
    return width > 0 and (opens_phrase(printed) or len(printed.rstrip()) + 1 + len(word) > width * _FULL)


def goes_on(above: str, line: str, blank: bool, full: bool, wrapped: bool = True) -> bool:
    """Whether a line continues the paragraph above it; `full`: the last printed line of that paragraph had no room for more;
    `wrapped`: lines of this text break at a fixed width.

    Without a blank line: any line that starts small after an open sentence; behind a full line also one that starts with a
    capital or digit. Over a blank line (a page break) only a small start after a long open line, or behind words that
    open a phrase ("phối hợp với").
    """
    if len(above) > _LONGEST:
        return False
    if wrapped and not blank and line[:1].isdigit() and _EXPECTS_NUMBER.search(key(above.rstrip())):
        return True
    if is_page_number(line) or is_page_number(above) or _is_letterhead(line) or _is_letterhead(above):
        return False
    if is_label_alone(above):
        return parse_label(line) is None
    if ends_sentence(above) or parse_label(line) is not None:
        return False
    if above == above.upper():
        if parse_label(above) is not None and wrapped and not blank:
            return line == line.upper()
        return full and line == line.upper() and len(above) > 40 and not _ISSUER.match(line)
    if line == line.upper():
        return wrapped and not blank and len(line) < _REST_OF_SENTENCE and ends_sentence(line)
    if blank:
        return goes_over(above, line) and (len(above) > 80 or not starts_lower(line))
    return starts_lower(line) or full or (wrapped and not blank and _cuts_a_name(above, line))


def _cuts_a_name(above: str, line: str) -> bool:
    """Whether a line ends inside the name of a place: "trên địa bàn tỉnh Bình" | "Phước giai đoạn 2031 - 2035"."""
    last = " ".join(above.split()[-2:])
    border = len(last)
    return any(p.start < border < p.end for p in find_places(f"{last} {' '.join(line.split()[:3])}"))


def _is_letterhead(line: str) -> bool:
    return len(line) < 90 and bool(_OF_ITS_OWN.match(key(line.strip())))


def unwrapped(items: Sequence[RawItem]) -> list[RawItem]:
    """Paragraphs of a page that has one for every printed line, joined to those of the text; other pages as they are."""
    width = printed_width([i.text if isinstance(i, RawParagraph) else "" for i in items])
    if not width:
        return list(items)
    joined: list[RawItem] = []
    printed = ""
    for item in items:
        above, printed = printed, item.text if isinstance(item, RawParagraph) else ""
        last = joined[-1] if joined else None
        if (
            isinstance(item, RawParagraph)
            and isinstance(last, RawParagraph)
            and goes_on(last.text, item.text, False, is_full(above, item.text, width))
        ):
            last.text = f"{last.text} {item.text}"
            last.bold = last.bold and item.bold
        else:
            joined.append(item)
    return joined
