"""When an item of running text is done: limits, years and recurrences that it states of itself."""

from __future__ import annotations

import re

from normalizers.figures import HAS_DIGIT
from normalizers.periods import find_dates, find_periods
from normalizers.task_times import TaskTime, find_limit, parse_recurrence, parse_time_cell
from normalizers.text import collapse, key

_RECURS = re.compile(r"(?:hàng|hằng|mỗi|từng)\s+(?:năm|quý|tháng)|thường\s+xuyên|định\s+kỳ\s+(?:6|06|sáu)\s+tháng")
_COUNTED = re.compile(r"\s*(?:\w+\s+)?(?:vụ|lượt)")
_YEARLY_NOUN = re.compile(
    r"(?:nguồn|kinh\s+phí|ngân\s+sách|kế\s+hoạch|dự\s+toán|sự\s+nghiệp|lộ\s+trình|danh\s+mục|khen\s+thưởng|chỉ\s+số)(?:(?!\s(?:và|định\s+kỳ|để)\s)[^,.;:]){0,60}$"
)
_ON_THE_DOT = re.compile(
    r"(?<!\w)(?:vào|trong)\s+(?:(?:đầu\s+|cuối\s+|giữa\s+)?(?:(?:tháng|quý)\s+\w{1,3}(?:\s+|\s*/\s*))?)(?:năm\s+)?((?:19|20)\d{2})(?!\d)(?:(?:\s+và|,)\s+(?:năm\s+)?((?:19|20)\d{2})(?!\d))?"
)
_CLOSING_PERIOD = re.compile(
    r"(?:(?:[,;(]\s*|(?<!\s)\s+)(?:trong\s+)?giai\s+đoạn|\(|trong\s+(?:hai|ba|bốn|năm|\d{1,2})\s+năm)\s*(\d{4})\s*[-–]\s*(\d{4})(?:\s*[.;)]*\s*$|\s*;|\s*,\s+sau\s+đó|\s+(?:theo|trên|tại|cho|với|bằng|nhằm|để)\s)"
)
_CLOSING_START = re.compile(r"(?:kể\s+)?từ\s+năm\s+((?:19|20)\d{2})(?:\s+trở\s+đi)?\s*[.;)]*\s*$")
_DONE_IN = re.compile(r"(?:hoàn\s+thành|xong)\s+(?:trong\s+|vào\s+)?năm\s+((?:19|20)\d{2})(?!\d)")
_DONE_BEFORE = re.compile(r"(?:(?<!\w)trước\s+năm|(?<!\w)đến\s+hết\s+năm)\s+((?:19|20)\d{2})(?!\d)")
_NAMES_PLAN = re.compile(
    r"(?:kế\s+hoạch|chương\s+trình|đề\s+án|dự\s+án|chiến\s+lược|quy\s+hoạch|nghị\s+quyết|quyết\s+định|mục\s+tiêu)(?!\w)"
)
_SESSION = re.compile(
    r"(?:tại|vào|trong)\s+(?:kỳ\s+họp|phiên\s+họp)[^,;:(]{0,60}(?:,\s*quốc\s+hội\s+khóa\s+\w+\s*)?(?:\([^)]*\))?|(?:tại|vào|trong)\s+(?:quý\s+\S+|tháng\s+\d+(?:/\d{4})?|năm\s+\d{4})"
)


def lead_in_time(text: str) -> TaskTime:
    """Time of a lead-in that holds for the items below: "… thông qua tại Kỳ họp thứ 8 (tháng 10/2024) đối với:"."""
    m = _SESSION.search(key(text))
    if not m:
        return TaskTime(None, None, None, None, None)
    words = collapse(text[m.start() : m.end()])
    read = parse_time_cell(words)
    return TaskTime(read.start_year, read.end_year, read.recurrence_code, words, read.deadline_date)


def leaf_time(text: str) -> TaskTime:
    """Time a leaf states of its own duty: "vào năm 2025", "trước ngày 15 tháng 12", "xong trong quý II năm 2026", "hàng năm".

    The years of plans, budgets and citations that it names are not its time.
    """
    keyed = key(text)
    recurrence = own_recurrence(text)
    span = find_limit(text)
    dots = list(_ON_THE_DOT.finditer(keyed)) if HAS_DIGIT(text) else []
    dotted = dots[0] if dots else None
    if span is not None:
        words = collapse(text[span[0] : span[1]])
        read = parse_time_cell(words)
        dates = find_dates(words)
        last = dates[-1] if key(words).startswith("từ") and dates else dates[0] if dates else None
        return TaskTime(read.start_year, read.end_year, recurrence, words, last.value if last else None)
    if dotted and (dotted.group().startswith("vào") or not _YEARLY_NOUN.search(keyed[: dotted.start()])):
        years = [int(year) for m in dots for year in m.groups() if year]
        limit = collapse(text[dotted.start() : dotted.end()]) if dotted.group().startswith("trong") else None
        return TaskTime(min(years), max(years), recurrence, limit, None)
    if dotted is None and not HAS_DIGIT(text):
        return TaskTime(None, None, recurrence, None, None)
    done = _DONE_IN.search(keyed)
    if done:
        return TaskTime(int(done.group(1)), int(done.group(1)), recurrence, None, None)
    before = _DONE_BEFORE.search(keyed)
    if before and not _NAMES_PLAN.search(keyed[: before.start()]):
        limit = collapse(text[before.start() : before.end()])
        return TaskTime(None, int(before.group(1)), recurrence, limit, None)
    closing = _CLOSING_PERIOD.search(keyed)
    if closing and not _NAMES_PLAN.search(keyed[: closing.start()]):
        return TaskTime(int(closing.group(1)), int(closing.group(2)), recurrence, None, None)
    onward = _CLOSING_START.search(keyed)
    if onward and not _NAMES_PLAN.search(keyed[: onward.start()]):
        return TaskTime(int(onward.group(1)), None, recurrence, None, None)
    start = re.match(r"(?:từ\s+năm|năm|giai\s+đoạn)\s+\d{4}", keyed)
    periods = find_periods(text[:40]) if start else []
    if periods and periods[0].start == 0:
        return TaskTime(periods[0].first_year, periods[0].last_year, recurrence, None, None)
    return TaskTime(None, None, recurrence, None, None)


def own_recurrence(text: str) -> str | None:
    """The recurrence of the duty: "hàng năm" behind a noun of money belongs to the money."""
    keyed = key(text)
    for m in _RECURS.finditer(keyed):
        if not _YEARLY_NOUN.search(keyed[: m.start()]) and not _COUNTED.match(keyed, m.end()):
            return parse_recurrence(keyed[m.start() : m.end()])
    return None
