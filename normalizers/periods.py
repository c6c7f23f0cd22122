"""Time in plans: dates, years and periods."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from normalizers.figures import HAS_DIGIT, number_words, parse_words, with_digits
from normalizers.memo import remembered
from normalizers.text import key

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
_YEAR = re.compile(r"(?<!mỗi\s)(?<!hàng\s)(?<!hằng\s)năm\s+((?:19|20)\d{2})(?![\d/])")
_ANY_YEAR = re.compile(r"19\d\d|20\d\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_NEXT_YEAR = re.compile(r"\s*(?:,|và)\s*((?:19|20)\d{2})(?![\d/%]|[.,]\d|\s*-)")
_UNTIL_YEAR = re.compile(r"(?:đến|tầm\s+nhìn)\s+(?:hết\s+)?((?:19|20)\d{2})(?![\d/%])")
_OPEN_BEFORE = re.compile(r"(?:đến|tầm\s+nhìn)\s+(?:hết\s+)?$")
_LONGEST_LEAD = 24  # letters of "đến hết", "tầm nhìn đến" in front of a year
_OPEN_BEHIND = re.compile(r"(?<!\w)từ\s+(?:đầu\s+)?$")


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


@remembered
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Full dates: "ngày 07 tháng 9 năm 2009", "11/10/2016", "26-11-2003". Impossible ones are left out."""
    keyed = key(with_digits(text))
    found: list[DateMention] = []
    if _FOUR_DIGITS.search(keyed):
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

    "giai đoạn 2016 - 2020" → 2016–2020 · "đến năm 2020" → ?–2020 · "năm 2024" → 2024–2024 · "từ năm 2021" → 2021–?
    """
    if not HAS_DIGIT(text):
        return ()
    keyed = key(with_digits(text))
    if not _ANY_YEAR.search(keyed):
        return ()
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
    taken = _positions(found)
    for m in _YEAR.finditer(open_text):
        if m.start() not in taken:
            found += _years_from(open_text, m)
    taken = _positions(found)
    for m in _UNTIL_YEAR.finditer(open_text):
        if m.start(1) not in taken:
            found.append(Period(m.start(), m.end(), None, int(m.group(1))))
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


def _positions(periods: list[Period]) -> set[int]:
    return {n for p in periods for n in range(p.start, p.end)}


def _years_from(text: str, m: re.Match[str]) -> Iterator[Period]:
    """A year behind "năm" and those that go on with it: "các năm 2024, 2025 và 2026"; open where "đến" or "từ" stands before it."""
    year = int(m.group(1))
    first = max(0, m.start() - _LONGEST_LEAD)
    until, onward = (pattern.search(text[first : m.start()]) for pattern in (_OPEN_BEFORE, _OPEN_BEHIND))
    if until or onward:
        start = first + (until or onward or m).start()
        yield Period(start, m.end(), None if until else year, year if until else None)
        return
    yield Period(m.start(), m.end(), year, year)
    position = m.end()
    while more := _NEXT_YEAR.match(text, position):
        yield Period(more.start(1), more.end(1), int(more.group(1)), int(more.group(1)))
        position = more.end()
