"""Headings by their words: the kind of section they announce, and lines that head a section without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.columns import cue_gazetteer, cues
from extractors.document import Block
from extractors.labels import parse_label
from normalizers.memo import remembered
from normalizers.text import collapse, ends_sentence, key

_FILLER = re.compile(
    r"(?:^|\s)(?:chủ\s+yếu|trọng\s+tâm|cụ\s+thể|chính|hành\s+động|thực\s+hiện|của|kế\s+hoạch|chương\s+trình|đề\s+án|và|các|một\s+số|những|trong|năm|giai\s+đoạn|đến|từ"
    r"|tập\s+trung|cơ\s+bản|công\s+tác|sau|chung|tổ\s+chức|triển\s+khai|giải\s+pháp|nhiệm\s+vụ|nội\s+dung|yêu\s+cầu|chỉ\s+tiêu|\d[\d\s/–-]*|[,.:;–-]+)(?=\s|$|[,.:;])"
)
_LEAD_WORDS = re.compile(r"^(?:về\s+|các\s+|một\s+số\s+|những\s+)+")
_LONG_HEADING = 120
_PURPOSE = re.compile(
    r"^(?:để|nhằm)\s[^,:]{3,120},\s*", re.IGNORECASE
)  # "Để đạt các mục tiêu trên, kế hoạch đề ra các nhiệm vụ:"
_ANNOUNCES = re.compile(
    r"(?<!\w)((?:các|những|một\s+số)\s+(?:chỉ\s+tiêu|mục\s+tiêu|nhiệm\s+vụ|giải\s+pháp)[^.;:]{0,60}?)(?:như\s+sau|sau\s+đây|sau|gồm|là)?\s*:\s*$"
)
_SHORT_LINE, _LONG_LINE = 40, 60
_PARTS = frozenset({"part", "chapter", "section"})


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in which a part or chapter and its heading on the next line are one: "Phần thứ hai" | "NHIỆM VỤ"."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above is not None and _is_bare_part(above) and block.table is None and _is_title_line(block):
            gap = block.start - above.end
            text = f"{above.text}{chr(10) * gap}{block.text}"
            joined[-1] = replace(above, end=block.end, text=text, bold=block.bold)
        else:
            joined.append(block)
    return joined


def _is_bare_part(block: Block) -> bool:
    label = parse_label(block.text) if block.table is None else None
    return label is not None and label.style in _PARTS and not block.text[label.end :].strip()


def _is_title_line(block: Block) -> bool:
    text = collapse(block.text)
    return len(text) <= _LONG_HEADING and parse_label(text) is None and (block.bold or text == text.upper())


def is_plain_heading(block: Block) -> bool:
    """An unnumbered heading: a short line in capitals or bold that announces a section ("TỔ CHỨC THỰC HIỆN")."""
    text = collapse(block.text)
    if len(text) > 100 or ends_sentence(text.rstrip(":")) or not (block.bold or text == text.upper()):
        return False
    return section_role(text) is not None


def is_bare_heading(block: Block, following: Block | None) -> bool:
    """A short line that only names a kind of section, without number, capitals or bold, above a sentence or a list: "Nhiệm vụ trọng
    tâm" | "1. Đẩy mạnh …". Among short lines it is as likely what is left of a table."""
    text = collapse(block.text)
    if following is None or following.table is not None or len(text) > _SHORT_LINE or not text[:1].isupper():
        return False
    if re.search(r"[.;:,]$", text) or section_role(text) is None or not is_structural(text):
        return False
    below = collapse(following.text)
    return (
        len(below) > _LONG_LINE or below.endswith(":") or (parse_label(below) is not None and len(below) > _SHORT_LINE)
    )


def is_short_heading(text: str) -> bool:
    """Whether words behind a label are a heading by their length and end: "Mục tiêu cụ thể:"."""
    return len(collapse(text)) <= _LONG_HEADING and not ends_sentence(text.rstrip().rstrip(":"))


@remembered
def section_role(heading: str) -> str | None:
    """Role that a heading announces at its beginning, None for any other words and for whole sentences."""
    text = collapse(heading)
    if ":" in text[:60]:  # "Thời gian thực hiện: Từ quý II đến hết năm 2027."
        text = text[: text.index(":")]
    if len(text) > _LONG_HEADING or (len(text) > 60 and ends_sentence(text)):
        return None
    keyed = key(text)
    lead = _LEAD_WORDS.match(keyed)
    offset = lead.end() if lead else 0
    gazetteer = cue_gazetteer("sections")
    for skip in sorted({0, offset}):
        hits = [h for h in gazetteer.find(text[skip:]) if h.start == 0]
        if hits:
            return hits[0].entry.code
    return None


@remembered
def is_structural(heading: str) -> bool:
    """Whether a heading only names a kind of section ("Nhiệm vụ chủ yếu"), and no subject."""
    keyed = key(collapse(heading))
    for hit in cue_gazetteer("sections").find(keyed):
        keyed = keyed[: hit.start] + " " * (hit.end - hit.start) + keyed[hit.end :]
    previous = ""
    while previous != keyed:
        previous, keyed = keyed, _FILLER.sub(" ", keyed)
    return not re.search(r"\w", keyed)


@remembered
def announced_role(sentence: str) -> str | None:
    """Role that a numbered sentence gives the items below it by its last words: "Điều 1. Thông qua Kế hoạch … với các chỉ tiêu chủ yếu
    sau:" → objective_specific; None where it announces nothing: "Phê duyệt nhiệm vụ quy hoạch với nội dung sau:"."""
    m = _ANNOUNCES.search(key(sentence))
    return leadin_role(sentence[m.start(1) :]) if m else None


@remembered
def leadin_role(sentence: str) -> str | None:
    """Role that a sentence gives the list it opens: "Các giải pháp được đề ra như sau:" → solutions."""
    text = _PURPOSE.sub("", collapse(sentence))
    for entry in cues("leadins"):
        if any(h.entry is entry for h in cue_gazetteer("leadins").find(text)):
            return entry.code
    return None
