"""When a task is done: time columns of tables, and time limits in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from normalizers.figures import HAS_DIGIT, with_digits
from normalizers.memo import remembered
from normalizers.periods import DateMention, find_dates, find_periods
from normalizers.text import collapse, key, plain

_LIMIT_WORDS = re.compile(r"(?<!\w)(?:trước|chậm\s+nhất|muộn\s+nhất|không\s+quá|hoàn\s+thành|xong\s+trong)")
_LONG_CELL = 48
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|/[a-zđ])")
_BARE_YEAR = re.compile(r"\(?(?:(?:dự\s+kiến|đến|hết)\s+)*(?:năm\s+)?(?:19|20)\d{2}\)?|(?:đến|từ)\s+nay.*")
_SHORT_RANGE = re.compile(r"((?:19|20)\d{2})\s*[-–]\s*(\d{2})")
_FINER = re.compile(
    r"quý|tháng\s+(?:\d|giêng|hai|ba|tư|năm\s|sáu|bảy|tám|chín|mười|chạp)|ngày\s+\d|trong|sau|đầu|giữa|cuối|kỳ\s+họp"
    r"|(?<!\w)[tq]\.?\s?(?:iv|i{1,3}|\d{1,2})\s?[/.-]|(?<![\d/.])\d{1,2}[/.](?:19|20)\d{2}"
)
_UNTIL = re.compile(r"(?<!\w)(?:trước|chậm\s+nhất|muộn\s+nhất|đến)(?!\w)")
_FROM = re.compile(r"^từ(?!\w)(?!\s+nay)|(?:kể|bắt\s+đầu)\s+từ(?!\w)")
_ONWARD = re.compile(r"(?<!\w)(?:trở\s+đi|và\s+(?:những|các)\s+năm\s+(?:tiếp\s+theo|sau))(?!\w)")
_RECURRENCES = (
    (
        "semiannual",
        re.compile(
            r"(?<!\w)(?:6|06|sáu)\s+tháng(?!\w)(?!\s+(?:đầu|cuối|kể))|(?<!\w)(?:nửa\s+năm)(?!\w)|(?:2|02|hai)\s+lần\s*/\s*năm"
        ),
    ),
    (
        "quarterly",
        re.compile(
            r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+quý(?!\w)|(?:1|01|một)\s+lần\s*/\s*quý|(?:3|03|ba)\s+tháng\s*(?:/|một\s|1\s)\s*lần"
        ),
    ),
    (
        "monthly",
        re.compile(
            r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+tháng(?!\w)|(?:1|01|một)\s+lần\s*/\s*tháng|(?:1|01|một)\s+tháng\s*/\s*lần|của\s+tháng\s+liền\s+kề"
        ),
    ),
    (
        "annual",
        re.compile(
            r"(?<!\w)(?:hàng|hằng|mỗi|từng)\s+năm(?!\w)|(?:1|01|một)\s+lần\s*/\s*năm|(?<!\w)(?:12\s+tháng|năm)\s*/\s*lần"
        ),
    ),
    ("regular", re.compile(r"(?<!\w)(?:thường\s+xuyên|liên\s+tục|xuyên\s+suốt)(?!\w)")),
)
_QUARTER_SLIP = re.compile(r"(?<!\w)qu[yýỳỷỹỵ](\s+)([ivl]{1,3}(?!\w)|[1-4](?!\d))")
# What tells that a time is one of a fact: "trong quý II năm 2024 giảm 3 vụ", "Trước ngày …, tỉnh có 9 huyện".
_FACT_BEHIND = re.compile(
    r"\s*(?:giảm|tăng)(?!\w)|,?\s*(?:toàn\s+)?(?:tỉnh|huyện|thành\s+phố|cả\s+nước)\s+(?:đã\s+)?(?:có|giảm|tăng)(?!\w)"
)
_SHORT_YEAR = re.compile(r"(?<![\d/])(\d{1,2}/\d{1,2}/)(\d{2})(?![\d/])")  # "30/6/25"
_RANGE_MARK = re.compile(r"\s*(?:-|–|—|đến)\s*(?:ngày\s*)?")
_MISPRINTED = (("annual", "hang nam"), ("regular", "thuong xuyen"), ("quarterly", "hang quy"))
_LIMIT_PHRASE = re.compile(
    r"(?<!\w)(?:(?:xong|hoàn\s+thành)\s+)?(?:trước|chậm\s+nhất(?:\s+là)?(?:\s+đến|\s+trước|\s+vào|\s+trong)?|muộn\s+nhất(?:\s+là)?|trong|xong\s+trong)\s+(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}\s*)?(?:phút\s*)?,?\s*)?"
    r"(?:(?:ngày\s+)?\d{1,2}(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|/\d{1,2}(?:/\d{4})?)(?:\s+(?:hàng|hằng)\s+năm)?"
    r"|ngày\s+\d{1,2}(?:\s+(?:hàng|hằng)\s+tháng|\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+quý|\s+của\s+tháng\s+\w+\s+\w+)"
    r"|(?:thời\s+hạn|vòng)\s+\d{1,3}\s+(?:ngày|tháng)(?:\s+làm\s+việc)?(?:,?\s+(?:kể\s+)?từ\s+(?:khi|ngày)\s[^,.;]{2,60})?"
    r"|ngày\s+\d{1,2}(?:\s+(?:hàng|hằng)\s+tháng)?"
    r"|(?<=nhất\strong\s)năm\s+(?:19|20)\d{2}"
    r"|(?:hết\s+)?quý\s+(?:iv|iii|ii|i|[1-4])(?:\s*(?:,|và)\s*quý\s+(?:iv|iii|ii|i|[1-4]))*(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
    r"|(?:6|06|sáu|9|09|chín)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?"
    r"|tháng\s+\d{1,2}(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?)(?!\w)"
)
_BETWEEN_LIMITS = re.compile(r"\s*(?:,|và|;)\s*(?:đợt\s+\d|lần\s+\d|báo\s+cáo\s+(?:năm|quý|tháng|6\s+tháng))?\s*")
_AT_A_TIME = re.compile(
    r"(?<!\w)vào\s+(?:ngày\s+\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}(?:\s*[/.-]\s*|\s+năm\s+)(?:19|20)\d{2}|(?:đầu|giữa|cuối)\s+năm(?:\s+(?:19|20)\d{2})?|(?:(?:đầu|giữa|cuối)\s+)?(?:tháng|quý)\s+(?:\d{1,2}|iv|i{1,3})(?:\s*(?:,|và)\s*(?:tháng|quý)\s+(?:\d{1,2}|iv|i{1,3}))*"
    r"(?:\s*/\s*(?:19|20)\d{2}|\s+năm\s+(?:19|20)\d{2}|\s+(?:hàng|hằng)\s+năm)?)(?!\w)"
)
_FULL_DATE = r"(?:ngày\s+)?\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}(?:(?:\s*[/.-]\s*|\s+năm\s+)(?:19|20)\d{2})?"
_FROM_TO = re.compile(
    rf"(?<!\w)(?<!tính\s)(?<!lực\s)từ\s+(?=ngày\s){_FULL_DATE}\s*(?:đến|[-–])\s*(?:hết\s+)?(?=ngày\s|\d){_FULL_DATE}(?!\w)"
)
_QUARTER_OR_MONTH = r"(?:quý\s+(?:iv|iii|ii|i|[1-4])|tháng\s+\d{1,2})(?:\s*/\s*|\s+năm\s+)\d{4}(?!\w)"
_NAMED_LIMIT = re.compile(
    r"(?:(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?|hoàn\s+thành)\s*(?::\s*|\s(?:vào\s+|trong\s+)?)"
    rf"((?:từ\s+(?:tháng|quý)\s+\w{{1,3}}(?:\s*/\s*\d{{4}})?\s+đến\s+)?{_QUARTER_OR_MONTH})"
    rf"|\(\s*({_QUARTER_OR_MONTH})\s*\)"
)


@dataclass(frozen=True, slots=True)
class TaskTime:
    """When a task is done: years, recurrence code, the words of a time limit and its date where full."""

    start_year: int | None
    end_year: int | None
    recurrence_code: str | None
    deadline_text: str | None
    deadline_date: date | None


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
    keyed = _mended(key(with_digits(words)))
    if not words:
        return TaskTime(None, None, None, None, None)
    recurrence = parse_recurrence(words) or _misprinted_recurrence(words)
    if re.match(r"theo\s", keyed):  # "Theo Quyết định số … ngày …": the date of another document
        return TaskTime(None, None, recurrence, None, None)
    limit_span = find_limit(words)
    if limit_span is not None and len(words) > _LONG_CELL and limit_span != (0, len(words)):
        inner = parse_time_cell(words[limit_span[0] : limit_span[1]])
        return TaskTime(
            inner.start_year, inner.end_year, recurrence, words[limit_span[0] : limit_span[1]], inner.deadline_date
        )
    dates = find_dates(_SHORT_YEAR.sub(r"\g<1>20\g<2>", words))
    finer = bool(_FINER.search(keyed))
    ranges = [p for p in find_periods(words) if p.first_year and p.last_year and p.first_year < p.last_year]
    if ranges and not dates and not finer:
        return TaskTime(ranges[0].first_year, ranges[0].last_year, recurrence, None, None)
    years = [d.value.year for d in dates] or [int(y) for y in _ANY_YEAR.findall(keyed)]
    short = _SHORT_RANGE.fullmatch(keyed)
    if short and int(short.group(2)) > int(short.group(1)) % 100:
        years.append(int(short.group(1)) // 100 * 100 + int(short.group(2)))
    if recurrence == "regular" and not years:
        return TaskTime(None, None, recurrence, None, None)
    limit = bool(_LIMIT_WORDS.search(keyed) or dates or finer) and not _BARE_YEAR.fullmatch(keyed)
    stated = words if limit and not (recurrence and not _has_limit(keyed)) else None
    start, end = _ends(keyed, years)
    return TaskTime(start, end, recurrence, stated, dates[-1].value if dates and _one_limit(dates, words) else None)


def _mended(keyed: str) -> str:
    """A quarter as it was meant: "quỷ lii/2021" → "quý iii/2021"."""
    return _QUARTER_SLIP.sub(lambda m: "quý" + m.group(1) + m.group(2).replace("l", "i"), keyed)


def _ends(keyed: str, years: list[int]) -> tuple[int | None, int | None]:
    """First and last year: "đến", "trước" leave the beginning open, "từ", "trở đi" the end."""
    if not years:
        return None, None
    if len(set(years)) > 1:
        return min(years), max(years)
    until = _UNTIL.search(keyed) and not re.search(r"(?<!\w)từ(?!\w)(?!\s+nay)", keyed)
    closed = re.search(r"(?<!\w)(?:đến|tới)(?!\w)|[-–—÷]", keyed)
    onward = (_FROM.search(keyed) and not closed) or _ONWARD.search(keyed)
    return None if until else years[0], None if onward else years[0]


def _one_limit(dates: tuple[DateMention, ...], words: str) -> bool:
    """Whether a cell has one date as its limit: a single one, or the end of a range."""
    return len(dates) == 1 or (
        len(dates) == 2 and bool(_RANGE_MARK.fullmatch(key(words[dates[0].end : dates[1].start])))
    )


def _misprinted_recurrence(words: str) -> str | None:
    """Recurrence of a short cell with a wrong accent: "Hàng nãm", "Thuờng xuyên"."""
    bare = plain(words)
    return next(
        (code for code, form in _MISPRINTED if len(bare) < 20 and re.search(rf"(?<!\w){form}(?!\w)", bare)), None
    )


def _has_limit(keyed: str) -> bool:
    return bool(re.search(r"trước|chậm\s+nhất|ngày\s+\d|tháng\s+\d|quý\s+[iv\d]", keyed))


def _end_of_limits(keyed: str, end: int) -> int:
    """Where the last of several limits ends: "trong quý II, lần 2 trong quý IV năm 2027"."""
    while (following := _LIMIT_PHRASE.search(keyed, end)) is not None:
        if not _BETWEEN_LIMITS.fullmatch(keyed[end : following.start()]):
            break
        end = following.end()
    return end


def find_limits(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of every time limit in running text, in its order."""
    position = 0
    while (limit := find_limit(text[position:])) is not None:
        yield position + limit[0], position + limit[1]
        position += limit[1]


@remembered
def find_limit(text: str) -> tuple[int, int] | None:
    """Offsets of a time limit in running text; None without one.

    "trước ngày 15 tháng 12" · "xong trong quý II năm 2026" · "từ ngày 02/5 đến ngày 15/6/2026" · "In sổ tay (quý III/2026)." · "thời hạn hoàn thành: tháng 4/2026"
    """
    keyed = key(with_digits(text))
    numbered = HAS_DIGIT(text) or any(word in keyed for word in ("quý", "sáu", "chín"))
    if numbered and any(word in keyed for word in ("trước", "chậm", "muộn", "trong", "xong")):
        m = _LIMIT_PHRASE.search(keyed)
        if m and not _FACT_BEHIND.match(keyed, m.end()):
            return m.start(), _end_of_limits(keyed, m.end())
    at = _AT_A_TIME.search(keyed) if "vào" in keyed else None
    if at and not _FACT_BEHIND.match(keyed, at.end()):
        return at.span()
    span = _FROM_TO.search(keyed) if "từ ngày" in keyed else None
    if span:
        return span.span()
    named = _NAMED_LIMIT.search(keyed) if "quý" in keyed or "tháng" in keyed else None
    return named.span(named.lastindex or 0) if named else None
