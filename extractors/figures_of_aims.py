"""The numbers of an aim that are to be reached, and those where one starts: no ages, none that brackets repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from normalizers.money import Money, find_money
from normalizers.periods import find_periods
from normalizers.quantities import Quantity, compared, end_of_rate, find_quantities
from normalizers.text import key

_STARTS_IN_BRACKETS = re.compile(
    r"\(\s*(?:(?:ước\s+)?(?:cuối\s+|hết\s+)?năm\s+\d{4}|hiện\s+(?:nay|tại|có|trạng)|kết\s+quả\s+năm\s+\d{4}|thực\s+hiện\s+năm\s+\d{4})[^()\d]{0,40}$"
)
_WITHIN = re.compile(r"(?:trong\s+vòng|trong\s+thời\s+gian|không\s+quá\s+thời\s+gian)\s*$")  # "xử lý trong vòng 24 giờ"
_OF_AN_AGE = re.compile(
    r"(?:trẻ(?:\s+em)?|người|thanh\s+niên|phụ\s+nữ|học\s+sinh|độ\s+tuổi|lao\s+động)(?:\s+(?:từ|dưới|trên|đủ))?\s*$"
)
_NONE_OF = re.compile(r"(?:không\s+để(?:\s+xảy\s+ra)?|không\s+có|không\s+xảy\s+ra)\s[^,;.\d]{3,60}$")
_ALL_OF = re.compile(r"(?<!\w)cả\s*$")
_MILESTONE = re.compile(r"\(\s*(?:trong\s+đó\s+)?(?:mốc|đến\s+năm|riêng)[^()]*$")  # "(mốc năm 2028: 3,8%)"
_COMPARED_WITH = re.compile(r"so\s+với(?:\s+(?:cùng\s+kỳ|mức|cuối|đầu|kết\s+quả))*\s*$")


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where an aim starts: its value (None where only the year is compared with), the year where one is named, and the
    offsets of both in the text of the aim."""

    value: float | None
    year: int | None
    start: int
    end: int


def quantities_of(text: str) -> list[Quantity]:
    """Numbers to reach, money among them, in the order of the text; no baselines, and none that brackets repeat."""
    money = [_money(text, m) for m in find_money(text)]
    found = sorted([*find_quantities(text), *money], key=lambda q: q.start)
    found = [q for q in found if not _is_restated(text, q)]
    starts = [q for q, _ in _baselines(text, found)]
    found = [q for q in found if q not in starts]
    aims = [q for q in found if not _qualifies(text, q)]
    return aims or [q for q in found if q.unit_text != "vụ" and not _says_when_or_what_not(text, q)]


def _says_when_or_what_not(text: str, quantity: Quantity) -> bool:
    """Whether a number is a duration or the size of what shall not happen: "trong vòng 24 giờ", "không để xảy ra vụ ngộ độc từ 30 người"."""
    before = key(text[: quantity.start])
    if key(quantity.unit_text or "") == "tuổi" and _OF_AN_AGE.search(before):
        return True
    return bool(_WITHIN.search(before)) or (quantity.value_kind == "at_least" and bool(_NONE_OF.search(before)))


def _qualifies(text: str, quantity: Quantity) -> bool:
    """An age, a rank or a number of crops says of whom or of what a number is: "trẻ dưới 5 tuổi đạt 95%", "12 sản phẩm đạt 3
    sao", "tưới cho lúa 3 vụ"."""
    unit, behind = key(quantity.unit_text or ""), key(text[quantity.end : quantity.end + 12])
    crops = unit == "vụ" and re.search(r"(?:lúa|đất|màu)\s*$", key(text[: quantity.start]))
    threshold = quantity.value_kind == "at_least" and re.match(
        r"(?:\s+[^\W\d_]+){0,3}?\s+trở\s+lên\s+(?:giảm|tăng|được|đạt|phải)(?!\w)", key(text[quantity.end :])
    )
    return (
        unit in ("tuổi", "sao", "cấp")
        or bool(crops)
        or bool(threshold)  # "số vụ từ 30 người trở lên giảm 10%"
        or bool(_ALL_OF.search(key(text[: quantity.start])))  # "giảm trên cả 3 mặt"
        or _says_when_or_what_not(text, quantity)
        or bool(
            re.match(r"\s*(?:tháng\s+)?tuổi(?!\w)", behind)
            or re.search(r"độ\s+tuổi\s+(?:từ\s+)?$", key(text[: quantity.start]))
        )
    )


def _baselines(text: str, found: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Numbers where one starts, each with the number to reach."""
    return [(q, later) for q, later in pairwise(found) if _is_baseline(text, q, later)]


def baseline_of(text: str, quantity: Quantity) -> Baseline | None:
    """Where the aim of a number starts; None where the text does not say.

    "từ 41% năm 2024 lên 60%" → 41, 2024 · "đạt 60% (năm 2024: 41%)" → 41, 2024 · "giảm 15% so với năm 2020" → the year alone
    """
    everything = sorted([*find_quantities(text), *(_money(text, m) for m in find_money(text))], key=lambda q: q.start)
    for first, later in _baselines(text, everything):
        if later.start == quantity.start:
            return Baseline(
                first.low or first.high, _year_within(text, first.start, later.start), first.start, later.start
            )
    following = next((q for q in everything if q.start > quantity.start), None)
    opens = _STARTS_IN_BRACKETS.search(key(text[: following.start]), quantity.end) if following is not None else None
    if following is not None and opens is not None:
        close = text.find(")", following.end)
        year = _year_within(text, opens.start(), close if close > 0 else following.end)
        return Baseline(following.low or following.high, year, opens.start(), following.end)
    stop = following.start if following is not None else len(text)
    for period in find_periods(text):
        compared_year = period.first_year or period.last_year
        if quantity.end <= period.start < stop and _COMPARED_WITH.search(key(text[: period.start])):
            return Baseline(None, compared_year, period.start, period.end)
    return None


def _year_within(text: str, start: int, end: int) -> int | None:
    years = [p.last_year or p.first_year for p in find_periods(text) if start <= p.start < end]
    return years[0] if years else None


def without_baselines(text: str) -> str:
    """The text with blanks where it says from what one starts: the year of a baseline is no year to reach.

    "giảm từ 9% năm 2021 xuống còn 4% năm 2024" → 2024
    """
    everything = sorted([*find_quantities(text), *(_money(text, m) for m in find_money(text))], key=lambda q: q.start)
    for first, later in _baselines(text, everything):
        text = text[: first.start] + " " * (later.start - first.start) + text[later.start :]
    return text


def _money(text: str, money: Money) -> Quantity:
    """An amount as a quantity; "đồng/người/năm" is its unit where it is counted by something."""
    amount = float(money.amount_vnd)
    end = end_of_rate(text, money.end)
    words = text[money.start : money.end]
    currency = re.search(r"[^\W\d_]+$", words)
    if end > money.end and currency:
        words = text[money.start + currency.start() : end]
    kind = compared(text[: money.start])
    if money.low_vnd is not None:
        return Quantity(money.start, end, "range", None, float(money.low_vnd), amount, "vnd", words)
    return Quantity(money.start, end, kind or "exact", *_open_bounds(kind, amount), "vnd", words)


def _open_bounds(kind: str | None, amount: float) -> tuple[float | None, float | None, float | None]:
    if kind == "at_least":
        return None, amount, None
    return (None, None, amount) if kind == "at_most" else (amount, amount, amount)


def _is_baseline(text: str, quantity: Quantity, later: Quantity) -> bool:
    """ "từ 31 tạ năm 2011 lên 45 tạ": the first number is where one starts, not an aim."""
    before, between = key(text[: quantity.start]), key(text[quantity.end : later.start])
    starts = before.rstrip().endswith("từ") or key(text[quantity.start : quantity.end]).startswith("từ ")
    return starts and bool(re.search(r"(?:lên|xuống|còn)\s*(?:còn\s*)?$", between)) and not re.search(r"[;.]", between)


def _is_restated(text: str, quantity: Quantity) -> bool:
    """Numbers in brackets repeat or explain ("năm (05) năm", "(đạt 100%)"): the aim stands before them."""
    before = text[: quantity.start]
    inside = before.rfind("(") > before.rfind(")") and ")" in text[quantity.end :]
    return inside and not _MILESTONE.search(key(before))
