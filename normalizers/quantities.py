"""Counted things: a figure, its comparison ("trên", "từ … đến …", "khoảng") and its unit ("%", "lớp", "ha")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalizers.figures import FIGURE, HAS_DIGIT, figure_or_none, parse_words
from normalizers.lexicon import alternatives, load
from normalizers.memo import remembered
from normalizers.money import find_money
from normalizers.periods import find_dates, find_periods
from normalizers.references import find_citations
from normalizers.task_times import find_limit
from normalizers.text import collapse, key

_AT_LEAST = r"trên|hơn|tối\s+thiểu|ít\s+nhất|không\s+dưới|không\s+thấp\s+hơn|tăng\s+trên|≥|>="
_AT_MOST = (
    r"dưới|không\s+quá|không\s+vượt\s+quá|tối\s+đa|nhiều\s+nhất|top|(?:trong|thuộc)\s+nhóm|≤|<=|<|ít\s+hơn|thấp\s+hơn"
)
_APPROX = r"khoảng|gần|xấp\s+xỉ|ước|bình\s+quân\s+khoảng|trên\s+dưới"
_COUNT_WORDS = r"một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?"
_OUT_OF = re.compile(r"(?<![\d/.,\w-])(\d{1,4})\s?/\s?(\d{1,4})(?![\d/.,])")
_NAMED = re.compile(r"(?<!\w)(?:ngày|dịp|lễ|tháng|quý|số|đợt|quyết\s+định|kế\s+hoạch)\s*$")  # "ngày 2/9 xã tổ chức lễ"
_OUT_OF_PLACES = re.compile(
    r"\s+(?:huyện|quận|thị\s+xã|thành\s+phố|thôn|bản|ấp|làng|tổ\s+dân\s+phố|trường|trạm|chỉ\s+tiêu|tiêu\s+chí|sở|ngành)(?!\w)"
)
_PLACES_COUNTED = re.compile(r"\s+(?:địa\s+bàn|lưu\s+vực|tuyến|dòng\s+sông|khu\s+vực|vùng|huyện|tỉnh)(?!\w)")
_PER_THOUSAND = r"1(?:0|00)?\.?000(?!\d)"
_RATIO = re.compile(
    rf"\s?/\s?{_PER_THOUSAND}(?:\s+(?:trẻ(?:\s+em|\s+đẻ\s+sống)?|người(?:\s+dân)?|dân|hộ|phụ\s+nữ|ca|phương\s+tiện))?"
)
_COUNTED = re.compile(rf"(?<!\w)({_COUNT_WORDS})\s+")
# Figures behind a word that numbers things, of symbols, and those that a rate is counted by.
_OTHER_NUMBERS = (
    re.compile(
        r"(?<!\w)(?:khoản|điều|mục|số|(?<!cung\s)cấp|phụ\s+lục|ngày|tháng|quý|(?<!hằng\s)(?<!hàng\s)(?<!mỗi\s)năm|chương|phần|(?<!trong\s)(?<!thuộc\s)nhóm|nhiệm\s+vụ|loại|cấp\s+độ|mức\s+độ|nghị\s+quyết|thứ|lúc|giai\s+đoạn|lần\s+thứ)\s+\d+(?:[.,/]\d+)*(?![\d.,]*\s*%)"
    ),
    re.compile(r"(?<!\d)\d+(?:[/-]\d+)*[/-][a-zđ]\S*"),
    re.compile(r"(?:trên|/)\s*1(?:00)?[.,]?000\s+(?:trẻ|ca|bà\s+mẹ|dân|người\s+dân|phụ\s+nữ)(?!\w)"),
)
_COUNTS_UP = re.compile(r"(?:^|[,;:.(]|(?<!\w)(?:có|đạt|được|lên|thêm|tăng|hơn|và|là))\s*$")
_NO_UNITS = frozenset(
    [
        "được",
        "có",
        "của",
        "và",
        "là",
        "trong",
        "từ",
        "đến",
        "cho",
        "để",
        "với",
        "về",
        "theo",
        "tại",
        "trở",
        "bị",
        "do",
        "khi",
        "so",
        "mỗi",
        "hoặc",
        "các",
        "đạt",
        "ra",
    ]
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `value` for a single number, `low`/`high` its bounds (None where open).

    `unit_code` is null for a unit the lexicon does not know; `unit_text` are the words of the unit.
    """

    start: int
    end: int
    value_kind: str
    value: float | None
    low: float | None
    high: float | None
    unit_code: str | None
    unit_text: str | None


@cache
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    foreign = [entry for entry in load("currencies") if entry.code != "vnd"]
    codes = {key(form): entry.code for entry in (*load("units"), *foreign) for form in entry.forms}
    return re.compile(rf"\s*(?:({alternatives(codes)})(?![\w]))", re.IGNORECASE), codes


@cache
def _magnitudes() -> tuple[re.Pattern[str], dict[str, int]]:
    scales = {key(form): int(entry.fields["scale"]) for entry in load("magnitudes") for form in entry.forms}
    return re.compile(rf"\s*({alternatives(scales)})(?!\w)"), scales


@cache
def _rate_pattern() -> re.Pattern[str]:
    denominators = alternatives(form for entry in load("rates") for form in entry.forms)
    return re.compile(rf"(?:\s*/\s*(?:{FIGURE}\s*)?(?:{denominators})(?!\w))*")


def end_of_rate(text: str, position: int) -> int:
    """Where a unit ends with what it is counted by: behind "m3" in "900 m3/ngày đêm" stands "/ngày đêm"; `position` itself without one."""
    m = _rate_pattern().match(key(text), position)
    return m.end() if m else position


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<cmp>(?<!\w)(?:{_AT_LEAST}|{_AT_MOST}|{_APPROX})\s+(?:(?:có|đạt)\s+)?|[≥≤<>]=?\s*)?"
        rf"(?:(?<!\w)(?P<from>từ)\s+)?(?<![\d/.,\w-])(?P<a>{FIGURE})(?P<pa>\s*%)?"
        rf"(?:\s*(?:-|–|—|đến)\s*(?P<b>{FIGURE}))?(?P<p>\s*%(?:\s*/\s*năm)?)?(?:(?<=%)(?=\d(?!\d))|(?=\s?/\s?{_PER_THOUSAND})|(?![\d/]))"
    )


@remembered
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Quantities in the order of the text; money, dates, years, document numbers and list labels are no quantities.

    "2,5 nghìn m3/ngày" → 2500, m3, its unit in full "m3/ngày" · "tiết kiệm từ 8-13%" → range 8, 13, pct · "trên 90% hộ" → at least 90 · "04 lớp" → 4, course · "hai hội thảo" → 2
    """
    keyed = key(text)
    counted = list(_COUNTED.finditer(keyed))
    if not counted and not HAS_DIGIT(text):
        return ()
    blocked = _not_quantities(text)
    found = [q for m in _number_pattern().finditer(keyed) if (q := _read(text, keyed, m, blocked))]
    taken = [(q.start, q.end) for q in found]
    for m in counted:
        if any(a <= m.start() < b for a, b in taken + blocked):
            continue
        unit = _unit_pattern()[0].match(keyed, m.end(1))
        value = parse_words(m.group(1))
        if unit and value is not None and _counts(keyed, m.start()):
            code = _unit_pattern()[1][re.sub(r"\s+", " ", unit.group(1))]
            found.append(
                Quantity(m.start(), unit.end(), "exact", value, value, value, code, text[unit.start(1) : unit.end(1)])
            )
    found += _of_all(text, keyed, taken)
    return tuple(sorted(found, key=lambda q: q.start))


def _of_all(text: str, keyed: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Counts out of all there are: "85/106 xã đạt chuẩn" → 85, also where they could be a day: "3/8 huyện" → 3; not "2/3 tổng số"."""
    for m in _OUT_OF.finditer(keyed) if "/" in keyed else ():
        value = int(m.group(1))
        if value > int(m.group(2)) or any(a <= m.start() < b for a, b in taken) or _NAMED.search(keyed[: m.start()]):
            continue
        if not (_unit_pattern()[0].match(keyed, m.end()) or _OUT_OF_PLACES.match(keyed, m.end())):
            continue
        unit = _unit(text, keyed, m.end())
        if unit is not None:
            code, start, end = unit
            yield Quantity(m.start(), end, "exact", value, value, value, code, text[start:end])


def _counts(keyed: str, position: int) -> bool:
    """Whether a number word counts what follows: "năm báo cáo" after a figure, "thứ hai" and "của một lao động" do not."""
    before = keyed[:position].rstrip()
    return not re.search(r"(?:\d|thứ|một\s+trong|hàng|hằng|trong|mỗi)$", before) and not (
        keyed.startswith("một", position) and re.search(r"(?<!\w)(?:của|trên|cho|bình\s+quân)$", before)
    )


def _not_quantities(text: str) -> list[tuple[int, int]]:
    spans = [(d.start, d.end) for d in find_dates(text)]
    spans += [(p.start, p.end) for p in find_periods(text)]
    spans += [(m.start, m.end) for m in find_money(text)]
    spans += [(c.start, c.end) for c in find_citations(text)]
    limit = find_limit(text)
    if limit:
        spans.append(limit)
    keyed = key(text)
    for pattern in _OTHER_NUMBERS if HAS_DIGIT(text) else ():
        spans += [m.span() for m in pattern.finditer(keyed)]
    return spans


def _read(text: str, keyed: str, m: re.Match[str], blocked: list[tuple[int, int]]) -> Quantity | None:
    if any(a <= m.start("a") < b for a, b in blocked):
        return None
    low_text, high_text = m.group("a"), m.group("b")
    percent = m.group("p") or (m.group("pa") if not high_text else None)
    if high_text and not percent and m.group("from") is None and not re.match(r"\s*\w", keyed[m.end() :]):
        return None
    factor, position = (1, m.end()) if percent else _magnitude(keyed, m.end())
    least, most = figure_or_none(low_text), figure_or_none(high_text) if high_text else None
    if least is None or (high_text and most is None):
        return None
    low = float(least.value * factor)
    high = float(most.value * factor) if most else None
    if high is not None and high <= low:
        return None
    if percent:
        code: str | None = "pct_per_year" if "/" in percent else "pct"
        unit_text = text[m.end() - len(percent) : m.end()].strip() if m.group("p") else "%"
        end = m.end()
    else:
        unit = _unit(text, keyed, position)
        if unit is None:
            return None
        code, start, end = unit
        unit_text = text[start:end]
    kind, value, first, last = _bounds(keyed, m, low, high, end)
    if kind == "at_least" and _stands_on(keyed, m):
        kind, value, first, last = "exact", low, low, low
    return Quantity(m.start(), end, kind, value, first, last, code, unit_text)


def _stands_on(keyed: str, m: re.Match[str]) -> bool:
    """Whether "trên" says where and not how many: "khảo sát trên 06 lưu vực"; "có trên 06 xã", "Trên 70% xã" say how many."""
    return (
        (m.group("cmp") or "").startswith("trên")
        and bool(_PLACES_COUNTED.match(keyed, m.end()))
        and not _COUNTS_UP.search(keyed[: m.start()])
    )


def _magnitude(keyed: str, position: int) -> tuple[int, int]:
    """The magnitude behind a figure and where it ends: "1,5 triệu m3" counts 1 500 000 m3."""
    m = _magnitudes()[0].match(keyed, position)
    return (_magnitudes()[1][collapse(m.group(1))], m.end()) if m else (1, position)


def _unit(text: str, keyed: str, position: int) -> tuple[str | None, int, int] | None:
    """Code and offsets of the unit behind a figure, with its rate; the code is None for a word the lexicon lacks, and for a rate
    per thousand: "620/100.000 trẻ em"."""
    ratio = _RATIO.match(keyed, position)
    if ratio:
        return None, position, ratio.end()
    known = _unit_pattern()[0].match(keyed, position)
    if known:
        return _unit_pattern()[1][collapse(known.group(1))], known.start(1), end_of_rate(text, known.end())
    word = re.match(r"\s+([^\W\d_]+)", text[position:])
    if not word or key(word.group(1)) in _NO_UNITS:
        return None
    words = _whole_word(text[position : position + 60], word.group(1))
    start = text.index(words, position)
    return None, start, end_of_rate(text, start + len(words))


def _whole_word(behind: str, syllable: str) -> str:
    """The word a syllable begins: "35 địa bàn" counts "địa bàn", not "địa"."""
    from underthesea import word_tokenize

    words = word_tokenize(behind, use_token_normalize=False)
    first = next((w for w in words if w.split()[:1] == [syllable]), syllable)
    return first if first in behind else syllable


def compared(before: str) -> str | None:
    """at_least, at_most or approx where the words in front of a figure end with a comparison: "thu nhập đạt trên" → at_least."""
    words = re.sub(r"\s+(?:có|đạt)$", "", key(before).rstrip())
    for kind, pattern in (("approx", _APPROX), ("at_least", _AT_LEAST), ("at_most", _AT_MOST)):
        if re.search(rf"(?<!\w)(?:{pattern})$", words):
            return kind
    return None


def _bounds(
    keyed: str, m: re.Match[str], low: float, high: float | None, end: int
) -> tuple[str, float | None, float | None, float | None]:
    comparison = re.sub(r"\s+(?:có|đạt)$", "", (m.group("cmp") or "").strip())
    if high is not None:
        return "range", None, low, high
    behind = keyed[m.end() : m.end() + 60]
    if re.fullmatch(_APPROX, comparison):
        return "approx", low, low, low
    if re.fullmatch(rf"{_AT_LEAST}|>", comparison) or re.match(r"[^,.;:\d]{0,50}?\btrở\s+lên", behind):
        return "at_least", None, low, None
    if re.fullmatch(_AT_MOST, comparison) or re.match(r"[^,.;:\d]{0,50}?\btrở\s+xuống", behind):
        return "at_most", None, None, low
    return "exact", low, low, low
