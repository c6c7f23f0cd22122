"""Names of plans: the words that call a document a plan, the years in its title, where its name ends in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from normalizers.lexicon import alternatives, load
from normalizers.periods import Period, find_periods
from normalizers.text import key

_NAMED_YEAR = re.compile(r"(?:Năm|Tháng|Tuần)\s(?:[^\W\d]+[\s,]+){1,7}((?:19|20)\d{2})(?!\d)")  # "Năm Đọc sách 2031"
_ENDS_WITH_YEAR = re.compile(r"(?<!năm)\s((?:19|20)\d{2})\W*$")
_GOES_ON = re.compile(r"\s+và\s+(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau)")
NAME_ENDS = re.compile(
    r"\s+(?:vừa|đã|với\s+(?:mục\s+tiêu|tổng|các\s+nội|nội\s+dung|những)|nhằm|được|theo\s+quyết|là|cần|sẽ|nêu|đề\s+ra|đặt\s+ra|đưa|gồm|do)(?!\w)|\.(?!\d)|[;“”\"()]|(?<!phòng),\s(?!giai\s+đoạn)|:\s|$"
)


@cache
def plan_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Finds the words that call a document a plan in a folded text, and the type code of each."""
    codes = {key(f): e.code for e in load("document_types") if e.fields.get("plan") for f in e.forms}
    return re.compile(rf"(?<!\w)({alternatives(codes)})(?!\w)"), codes


def plan_types() -> frozenset[str]:
    """Document types that are plans by themselves (KH, CTr, ĐA, CL, PA …)."""
    return frozenset(e.code for e in load("document_types") if e.fields.get("plan"))


def title_period(title: str) -> Period | None:
    """Years of a plan from its title: a single year first, then "giai đoạn …", then "đến năm …"; a vision's year is none."""
    periods = [p for p in find_periods(title) if not re.search(r"tầm\s+nhìn\s*$", key(title[: p.start]))]
    singles = [p for p in periods if p.first_year is not None and p.first_year == p.last_year]
    ranges = [p for p in periods if p.first_year is not None and p.first_year != p.last_year]
    found = next(iter(singles or ranges or periods), None)
    named = _NAMED_YEAR.search(title) or _ENDS_WITH_YEAR.search(key(title)) if found is None else None
    if named is not None:
        return Period(named.start(1), named.end(1), int(named.group(1)), int(named.group(1)))
    one_year = found is not None and found.first_year == found.last_year
    if found is not None and one_year and _GOES_ON.match(key(title), found.end):
        return replace(found, last_year=None)  # "năm 2031 và các năm tiếp theo"
    return found
