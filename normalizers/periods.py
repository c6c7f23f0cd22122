"""Time in plans: dates, months, quarters, years, periods, recurrences and limits."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date

from normalizers.figures import HAS_DIGIT, number_words, parse_words
from normalizers.memo import remembered
from normalizers.text import collapse, key

_DATE = re.compile(
    r"(?:ngày\s*)?(?<![\d/.,])(?P<day>\d{1,2})\s*(?:tháng\s*(?P<month>\d{1,2})\s*(?:năm|[/.-])"
    r"|(?P<mark>[/.-])\s*(?P<second>\d{1,2})\s*(?:(?P=mark)|năm))\s*(?P<year>\d{4})(?![\d/])"
)
_NUMBER = rf"(?:(?:{'|'.join(sorted(number_words(), key=len, reverse=True))}|mùng|mồng|giêng|chạp)(?:\s+|(?!\w)))"
_DATE_IN_WORDS = re.compile(
    rf"(?<!\w)ngày\s+({_NUMBER}{{1,4}})tháng\s+({_NUMBER}{{1,3}})năm\s+({_NUMBER}{{2,9}}(?<!\s))"
)
_MONTH_NAMES = {"giêng": 1, "chạp": 12}
_YEAR_RANGE = re.compile(
    r"(?:giai\s+đoạn\s+|thời\s+kỳ\s+|từ\s+)?(?:năm\s+)?(?<![\d/.,-])((?:19|20)\d{2})\s*(?:-|–|—|÷|đến\s+(?:hết\s+)?(?:năm\s+)?)\s*((?:19|20)\d{2})(?![\d/%])"
)
_QUARTER = re.compile(r"quý\s+(iv|iii|ii|i|[1-4])(?:\s*(?:/|-|năm)\s*((?:19|20)\d{2}))?(?!\w)")
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*(?:/|-|năm\s+|\s)\s*((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})(?![\d/])")
_BARE_YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d{2})(?![\d/%-]|[.,]\d)")
_LIMIT_WORDS = re.compile(r"(?<!\w)(?:trước|chậm\s+nhất|muộn\s+nhất|không\s+quá|hoàn\s+thành|xong\s+trong)")
_LONG_CELL = 48
_UNTIL = re.compile(r"(?<!\w)(?:trước|chậm\s+nhất|muộn\s+nhất|đến)(?!\w)")
_FROM = re.compile(r"(?:kể\s+|bắt\s+đầu\s+)?từ(?!\w)")
_ONWARD = re.compile(r"(?<!\w)(?:trở\s+đi|và\s+(?:những|các)\s+năm\s+(?:tiếp\s+theo|sau))(?!\w)")
_RECURRENCES = (
    (
        "semiannual",
        re.compile(
            r"(?<!\w)(?:6|06|sáu)\s+tháng(?!\w)(?!\s+(?:đầu|cuối|kể))|(?<!\w)(?:nửa\s+năm)(?!\w)|(?:2|02|hai)\s+lần\s*/\s*năm"
        ),
    ),
    ("quarterly", re.compile(r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+quý(?!\w)|(?:1|01|một)\s+lần\s*/\s*quý")),
    (
        "monthly",
        re.compile(
            r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+tháng(?!\w)|(?:1|01|một)\s+lần\s*/\s*tháng|của\s+tháng\s+liền\s+kề"
        ),
    ),
    ("annual", re.compile(r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+năm(?!\w)|(?:1|01|một)\s+lần\s*/\s*năm")),
    ("regular", re.compile(r"(?<!\w)(?:thường\s+xuyên|liên\s+tục|xuyên\s+suốt)(?!\w)")),
)
_LIMIT_PHRASE = re.compile(
    r"(?<!\w)(?:(?:xong|hoàn\s+thành)\s+)?(?:trước|chậm\s+nhất(?:\s+là)?(?:\s+đến|\s+trước|\s+vào|\s+trong)?|muộn\s+nhất(?:\s+là)?|trong|xong\s+trong)\s+"
    r"(?:(?:ngày\s+)?\d{1,2}(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|/\d{1,2}(?:/\d{4})?)(?:\s+(?:hàng|hằng)\s+năm)?"
    r"|ngày\s+\d{1,2}(?:\s+(?:hàng|hằng)\s+tháng|\s+của\s+tháng\s+\w+\s+\w+)?"
    r"|(?:hết\s+)?quý\s+(?:iv|iii|ii|i|[1-4])(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
    r"|(?:6|06|sáu|9|09|chín)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?"
    r"|tháng\s+\d{1,2}(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?)(?!\w)"
)
_QUARTER_OR_MONTH = r"(?:quý\s+(?:iv|iii|ii|i|[1-4])|tháng\s+\d{1,2})(?:\s*/\s*|\s+năm\s+)\d{4}(?!\w)"
_NAMED_LIMIT = re.compile(
    r"(?:(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?|hoàn\s+thành)\s*(?::\s*|\s(?:vào\s+|trong\s+)?)"
    rf"((?:từ\s+(?:tháng|quý)\s+\w{{1,3}}(?:\s*/\s*\d{{4}})?\s+đến\s+)?{_QUARTER_OR_MONTH})"
    rf"|\(\s*({_QUARTER_OR_MONTH})\s*\)"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A full date and where it stands."""

    start: int
    end: int
    value: date


@dataclass(frozen=True, slots=True)
class Period:
    """Years a text covers: an open start is None ("đến năm 2020"); offsets of the words."""

    start: int
    end: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class TaskTime:
    """When a task is done: years, recurrence code, the words of a time limit and its date where full."""

    start_year: int | None
    end_year: int | None
    recurrence_code: str | None
    deadline_text: str | None
    deadline_date: date | None


@remembered
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Full dates: "ngày 07 tháng 9 năm 2009", "11/10/2016", "26-11-2003". Impossible ones are left out."""
    keyed = key(text)
    found: list[DateMention] = []
    if HAS_DIGIT(text):
        for m in _DATE.finditer(keyed):
            _add_date(found, m, int(m["day"]), int(m["month"] or m["second"]), int(m["year"]))
    if "ngày" in keyed and "tháng" in keyed:
        for m in _DATE_IN_WORDS.finditer(keyed):
            _add_date(found, m, *(_number_in_words(words) for words in m.groups()))
    return tuple(sorted(found, key=lambda d: d.start))


def _add_date(found: list[DateMention], m: re.Match[str], day: int, month: int, year: int) -> None:
    with contextlib.suppress(ValueError):  # an impossible date
        found.append(DateMention(m.start(), m.end(), date(year, month, day)))


def _number_in_words(words: str) -> int:
    """ "mười lăm" → 15, "mùng ba" → 3, "chạp" → 12; 0 for words that are no number."""
    kept = [word for word in words.split() if word not in ("mùng", "mồng")]
    return _MONTH_NAMES.get(" ".join(kept)) or parse_words(" ".join(kept)) or 0


@remembered
def find_periods(text: str) -> tuple[Period, ...]:
    """Periods and single years, in the order of the text. Years inside full dates do not count.

    "giai đoạn 2016 - 2020" → 2016–2020 · "đến năm 2020" → ?–2020 · "năm 2024" → 2024–2024
    """
    if not HAS_DIGIT(text):
        return ()
    keyed = key(text)
    masked = list(keyed)
    for mention in find_dates(text):
        masked[mention.start : mention.end] = " " * (mention.end - mention.start)
    for m in re.finditer(r"\d{1,5}(?:/\d{4})?[/-]\w[\w-]*", "".join(masked)):  # document numbers
        if not re.fullmatch(r"\d{4}-\d{4}", m.group()) and re.search(r"[a-zđ]", m.group()):
            masked[m.start() : m.end()] = " " * (m.end() - m.start())
    open_text = "".join(masked)
    found = []
    for m in _YEAR_RANGE.finditer(open_text):
        first, last = int(m.group(1)), int(m.group(2))
        if first <= last:
            found.append(Period(m.start(), m.end(), first, last))
    taken = [(p.start, p.end) for p in found]
    for m in _YEAR.finditer(open_text):
        if any(a <= m.start() < b for a, b in taken):
            continue
        year = int(m.group(1))
        until = re.search(r"đến\s+(?:hết\s+)?$", open_text[: m.start()])
        found.append(Period(until.start() if until else m.start(), m.end(), None if until else year, year))
    taken = [(p.start, p.end) for p in found]
    for m in re.finditer(r"đến\s+(?:hết\s+)?((?:19|20)\d{2})(?![\d/%])", open_text):
        if not any(a <= m.start(1) < b for a, b in taken):
            found.append(Period(m.start(), m.end(), None, int(m.group(1))))
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


def parse_recurrence(text: str) -> str | None:
    """Recurrence code of a phrase: "Hàng năm" → annual, "Thường xuyên" → regular; None when it has none."""
    keyed = key(text)
    for code, pattern in _RECURRENCES:
        if pattern.search(keyed):
            return code
    return None


def parse_time_cell(text: str) -> TaskTime:
    """Reads the time cell of a task table.

    "2017" → that year · "2021 - 2025" → a period · "Trong Quý II/2026" → 2026, with the words as its limit ·
    "Trước ngày 31/12/2026" → end only · "Thường xuyên" → regular, no limit
    """
    words = collapse(text)
    keyed = key(words)
    if not words:
        return TaskTime(None, None, None, None, None)
    recurrence = parse_recurrence(words)
    open_end = (_FROM.match(keyed) and not re.search(r"(?<!\w)(?:đến|tới)(?!\w)|[-–—÷]", keyed)) or _ONWARD.search(
        keyed
    )
    if re.match(r"theo\s", keyed):  # "Theo Quyết định số … ngày …": the date of another document
        return TaskTime(None, None, recurrence, None, None)
    limit_span = find_limit(words)
    if limit_span is not None and len(words) > _LONG_CELL:
        inner = parse_time_cell(words[limit_span[0] : limit_span[1]])
        return TaskTime(
            inner.start_year, inner.end_year, recurrence, words[limit_span[0] : limit_span[1]], inner.deadline_date
        )
    dates = find_dates(words)
    ranges = [p for p in find_periods(words) if p.first_year and p.last_year and p.first_year < p.last_year]
    if ranges and not dates:
        return TaskTime(ranges[0].first_year, ranges[0].last_year, recurrence, None, None)
    years = [d.value.year for d in dates] or [int(y) for y in _BARE_YEAR.findall(keyed)]
    years = (
        years
        or [int(m.group(2)) for m in _MONTH.finditer(keyed)]
        or [int(m.group(2)) for m in _QUARTER.finditer(keyed) if m.group(2)]
    )
    years = years or [int(y) for y in re.findall(r"(?<=[/-])((?:19|20)\d{2})(?!\d)", keyed)]
    if recurrence == "regular" and not years:
        return TaskTime(None, None, recurrence, None, None)
    bare_year = re.fullmatch(r"(?:năm\s+)?(?:19|20)\d{2}", keyed)
    limit = bool(
        _LIMIT_WORDS.search(keyed)
        or dates
        or re.search(
            r"quý|tháng\s+\d|ngày\s+\d|trong|sau|đầu|cuối|kỳ\s+họp|(?<!\w)[tq]\.?\s?(?:iv|i{1,3}|\d{1,2})\s?[/.]", keyed
        )
    )
    stated = words if limit and not bare_year and not (recurrence and not _has_limit(keyed)) else None
    start, end = (min(years), max(years)) if years else (None, None)
    if start is not None and _UNTIL.search(keyed) and not re.search(r"(?<!\w)từ(?!\w)", keyed):
        start = None
    end = None if open_end and len(set(years)) == 1 else end
    only = dates[0].value if len(dates) == 1 else None
    return TaskTime(start, end, recurrence, stated, only)


def _has_limit(keyed: str) -> bool:
    return bool(re.search(r"trước|chậm\s+nhất|ngày\s+\d|tháng\s+\d|quý\s+[iv\d]", keyed))


def find_limit(text: str) -> tuple[int, int] | None:
    """Offsets of a time limit in running text; None without one.

    "trước ngày 15 tháng 12" · "xong trong quý II năm 2026" · "In sổ tay (quý III/2026)." · "thời hạn hoàn thành: tháng 4/2026"
    """
    keyed = key(text)
    if any(word in keyed for word in ("trước", "chậm", "muộn", "trong", "xong")):
        m = _LIMIT_PHRASE.search(keyed)
        if m:
            return m.start(), m.end()
    named = _NAMED_LIMIT.search(keyed) if "quý" in keyed or "tháng" in keyed else None
    return named.span(named.lastindex or 0) if named else None
