"""Words around an amount of running text that say whose and of which year it is."""

from __future__ import annotations

import re

from normalizers.budget_sources import find_sources
from normalizers.periods import Period, find_periods
from normalizers.text import collapse, key

_BETWEEN = re.compile(
    r"(?:[\s:\-–,]|là|(?<!\w)(?:kinh\s+phí|bố\s+trí|dự\s+kiến|cần|cấp|phân\s+bổ|khoảng|thực\s+hiện|vốn|đầu\s+tư)(?!\w))*"
)
_LETTERS = re.compile(r"\s*\([^()\d]*\)(?=\s*,?\s*(?:từ|do|thuộc|trích|lấy|được)\s)")
_CLAUSE = re.compile(r"[;.)]|,\s+(?!do\s|từ\s)(?=[^\W\d]+\s)")
_CLAUSE_BUT_SOURCES = re.compile(
    r"[;.)]|,\s+(?!(?:do|từ|(?:các\s+)?nguồn|vốn|ngân\s+sách|cấp|tỉnh|huyện|xã)\s)(?=[^\W\d]+\s)"
)
_YEAR_BEHIND = re.compile(
    r"\s*+(?:\([^)]*\)\s*+)?(?:(?:từ|do|thuộc|bằng)\s[^,;.:\d]{3,40}?\s)?(?:cho|trong|vào|của)?\s*năm\s+((?:19|20)\d{2})(?!\d|\s*[-–]\s*\d)"
)
_FROM_BEHIND = re.compile(r"\s*+(?:,\s*+)?(?:\([^)]*\)\s*+)?(?:được\s+lấy\s+|trích\s+)?(?:từ|do|thuộc|của)\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_NAMED_BY_YEAR = re.compile(r"(?:kế\s+hoạch|chương\s+trình|đề\s+án)[^.;:]{0,60}$")


def words_before(text: str, start: int, end: int) -> str:
    """The words in front of an amount that belong to it: from the last amount, semicolon or opening bracket."""
    words = _BRACKETS.sub(lambda m: " " * len(m.group()), text[start:end])
    ends = [at + len(mark) for mark in (";", "(", ". ", "trong đó") if (at := words.rfind(mark)) >= 0]
    return words[max(ends, default=0) :]


def level_named_alone(front: str) -> tuple[str, ...]:
    """The budget of a level named alone: "(tỉnh: 3 tỷ đồng; huyện: 1 tỷ đồng)"."""
    words = f"ngân sách {collapse(front).strip(' (:-–;,+')}"
    hits = find_sources(words)
    return (hits[0].entry.code,) if len(hits) == 1 and (hits[0].start, hits[0].end) == (0, len(words)) else ()


def words_behind(text: str, start: int, end: int) -> str:
    """The words behind an amount that belong to it, without the amount in letters; a bracket around the next amount does not."""
    letters = _LETTERS.match(text, start, end)
    if letters:
        start = letters.end()
    elif end < len(text) and re.match(r"\s*\([^)]*$", text[start:end]):
        return ""
    stops = (
        _CLAUSE if end < len(text) else _CLAUSE_BUT_SOURCES
    )  # before another amount, a second source may be that one's
    return stops.split(text[start:end])[0]


def source_phrase(behind: str) -> str:
    """ "… 340 triệu đồng lấy từ nguồn sự nghiệp y tế": the source behind the amount."""
    m = _FROM_BEHIND.match(key(behind))
    return behind[m.end() :] if m else behind if re.match(r"\s*\(", behind) else ""


def year_before(front: str) -> int | None:
    """The year right in front of an amount: "năm 2027: 5 tỷ", "riêng năm 2027 bố trí 5 tỷ"; not that of "Kế hoạch năm 2027"."""
    single = [p for p in find_periods(front) if p.first_year is not None and p.first_year == p.last_year]
    if not single or not _BETWEEN.fullmatch(key(front[single[-1].end :])):
        return None
    return None if _NAMED_BY_YEAR.search(key(front[: single[-1].start])) else single[-1].last_year


def years_before(front: str) -> Period | None:
    """The years right in front of an amount: "giai đoạn 2027 - 2030: 40 tỷ"."""
    ranges = [p for p in find_periods(front) if p.first_year and p.last_year and p.first_year < p.last_year]
    return ranges[-1] if ranges and _BETWEEN.fullmatch(key(front[ranges[-1].end :])) else None


def year_behind(text: str, start: int, end: int) -> int | None:
    """The year right behind an amount, or behind its source: "3,5 tỷ đồng năm 2022", "2 tỷ đồng từ ngân sách tỉnh năm 2023"."""
    m = _YEAR_BEHIND.match(key(text[start:end]))
    return int(m.group(1)) if m else None


def goes_on_with_source(front: str) -> bool:
    """Whether words between two amounts begin with the source of the first: "từ ngân sách tỉnh và" before "2 tỷ đồng từ quỹ"."""
    return bool(_FROM_BEHIND.match(key(front)))
