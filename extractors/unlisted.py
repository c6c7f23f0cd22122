"""Doers that no list of agencies holds: "Chi cục Thủy lợi", "Công ty cổ phần Nước sạch", "Trưởng các phòng chuyên môn"."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.bodies import DUTY_VERB, unlisted_body
from extractors.findings import Evidence, Mention
from extractors.roles import HEADS
from normalizers.text import collapse, key

# What begins with the word of a body and is none: "tổ chức", "ban hành", "phòng, chống", "hội nghị", "trường hợp", "đoàn kết".
_BODY = (
    r"(?:tổng\s+cục|chi\s+cục|cục|vụ|phòng(?!\s*,\s*chống|\s+(?:chống|ngừa|cháy|trừ|bệnh))|ban(?!\s+hành)|trung\s+tâm|tổng\s+công\s+ty|công\s+ty|tập\s+đoàn|ngân\s+hàng|thư\s+viện|bảo\s+tàng"
    r"|nhà\s+hát|trường(?!\s+hợp)|học\s+viện|viện|khoa(?!\s+học)|tổ(?!\s+chức)|đội|hạt|trạm|quỹ|hội(?!\s+(?:nghị|thảo|thi|chợ|họp))|hiệp\s+hội|liên\s+minh|liên\s+đoàn|đoàn(?!\s+kết)|văn\s+phòng|thanh\s+tra"
    r"|bộ\s+(?:tư\s+lệnh|chỉ\s+huy)|hợp\s+tác\s+xã|bệnh\s+viện|vườn\s+quốc\s+gia|điện\s+lực|bưu\s+điện)(?!\w)"
)
_ORDER = r"[\s\-+*•]*+(?:(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s+)?"
_MANY = rf"(?:{HEADS}\s+|trưởng\s+)?(?:các\s+|những\s+)?"
_DOER = re.compile(_ORDER + _MANY + _BODY)
_DOES = re.compile(rf"\s*+(?:,\s*+)?(?::|(?<=[\s,]){DUTY_VERB}(?!\w))")
_CLAUSE_ENDS = re.compile(r"[;.](?:\s|$)")
_LONGEST_NAME = 110
_OWNER = re.compile(r"(?:tỉnh|huyện|thành\s+phố|sở|bộ|xã|chuyên\s+môn|trực\s+thuộc|nghiệp\s+vụ|thuộc)(?!\w)")
_ORDERED = re.compile(r"[\s\-+*•]*+(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s")
# People and firms that a chapter of duties names beside its agencies: "6. Chủ rừng:", "Hộ gia đình, cá nhân".
_PRIVATE = re.compile(
    r"(?:chủ|người|hộ|nhân\s+dân|cộng\s+đồng|cá\s+nhân|doanh\s+nghiệp|tổ\s+chức|cơ\s+sở|nhà\s+(?:thầu|đầu\s+tư))(?:\s*,?\s*\w+){0,8}"
)
_CLASS = re.compile(rf"{HEADS}\s|trưởng\s+các\s|(?:các|những)\s")


_NEXT_BODY = re.compile(rf"(?:,\s+|\s+và\s+)(?={_BODY})", re.IGNORECASE)


def unlisted_doer(text: str, offset: int, section: str) -> tuple[Mention, ...]:
    """The body at the beginning of a duty: "Chi cục Thủy lợi: vận hành hồ chứa", "Giao Phòng Nghiệp vụ theo dõi"; empty where
    the sentence begins with anything else."""
    keyed = key(text)
    body = _DOER.match(keyed)
    if body is None:
        return ()
    stop = _CLAUSE_ENDS.search(keyed, body.end())
    for m in _DOES.finditer(keyed, body.end(), min(stop.start() if stop else len(keyed), body.end() + _LONGEST_NAME)):
        verb = text[m.start() : m.end()].strip(" ,")
        if verb[:1] == ":" or verb[:1].islower():  # "Phòng Quản lý Xây dựng" has a capital where a verb has none
            return _unresolved(text, m.start(), offset, section, "agency_in_sentence")
    return ()


def is_ordered(text: str) -> bool:
    """Whether words give a duty to somebody: "Đề nghị Vườn quốc gia …"."""
    return bool(_ORDERED.match(key(text)))


def private_heading(text: str, offset: int, section: str) -> tuple[Mention, ...]:
    """The people or firms that a heading names and nothing else: "6. Chủ rừng:"; a class."""
    words = text.rstrip(" :.")
    if not _PRIVATE.fullmatch(key(words)):
        return ()
    evidence = Evidence(offset, offset + len(words), section, "agency_of_heading")
    return (Mention("lead", "derived", None, None, collapse(words), True, "none", evidence),)


def unlisted_heading(text: str, offset: int, section: str) -> tuple[Mention, ...]:
    """The body a heading names and nothing else: "4. Chi cục Thủy lợi"; or several: "Vụ Pháp chế, Vụ Tài chính"."""
    words = text.rstrip(" :.")
    if len(words) > _LONGEST_NAME or re.search(r"[.;:]", words):
        return ()
    starts = [0, *(m.end() for m in _NEXT_BODY.finditer(words) if words[m.end()].isupper())]
    found: list[Mention] = []
    for start, end in pairwise([*starts, len(words)]):
        part = words[start:end].rstrip(" ,")
        found += _unresolved(re.sub(r"\s+và$", "", part), len(part), offset + start, section, "agency_of_heading")
    return (
        tuple(found)
        if len(found) == len(starts)
        else _unresolved(text, len(words), offset, section, "agency_of_heading")
    )


def _unresolved(text: str, end: int, offset: int, section: str, rule: str) -> tuple[Mention, ...]:
    keyed = key(text)
    body = _DOER.match(keyed)
    order = re.match(_ORDER, keyed)
    start = order.end() if order else 0
    if body is None or body.end() > end:
        return ()
    is_class = bool(_CLASS.match(keyed, start))
    behind = text[body.end() : end].lstrip()
    if not (is_class or behind[:1].isupper() or _OWNER.match(key(behind))):
        return ()
    words = collapse(text[start:end])
    evidence = Evidence(offset + start, offset + end, section, rule)
    agency = None if is_class else unlisted_body(words)
    return (Mention("lead", "derived", agency, None, words, is_class, "none", evidence),)
