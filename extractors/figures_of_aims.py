"""The numbers of an aim that are to be reached: no baselines, no ages, none that brackets repeat."""

from __future__ import annotations

import re
from itertools import pairwise

from normalizers.money import Money, find_money
from normalizers.quantities import Quantity, compared, end_of_rate, find_quantities
from normalizers.text import key


def quantities_of(text: str) -> list[Quantity]:
    """Numbers to reach, money among them, in the order of the text; no baselines, and none that brackets repeat."""
    money = [_money(text, m) for m in find_money(text)]
    found = sorted([*find_quantities(text), *money], key=lambda q: q.start)
    found = [q for q in found if not _is_restated(text, q)]
    starts = [q for q, _ in _baselines(text, found)]
    found = [q for q in found if q not in starts]
    aims = [q for q in found if not _qualifies(text, q)]
    return aims or [q for q in found if q.unit_text != "vụ"]


def _qualifies(text: str, quantity: Quantity) -> bool:
    """An age, a rank or a number of crops says of whom or of what a number is: "trẻ dưới 5 tuổi đạt 95%", "12 sản phẩm đạt 3
    sao", "tưới cho lúa 3 vụ"."""
    unit, behind = key(quantity.unit_text or ""), key(text[quantity.end : quantity.end + 12])
    crops = unit == "vụ" and re.search(r"(?:lúa|đất|màu)\s*$", key(text[: quantity.start]))
    return (
        unit in ("tuổi", "sao")
        or bool(crops)
        or bool(
            re.match(r"\s*(?:tháng\s+)?tuổi(?!\w)", behind)
            or re.search(r"độ\s+tuổi\s+(?:từ\s+)?$", key(text[: quantity.start]))
        )
    )


def _baselines(text: str, found: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Numbers where one starts, each with the number to reach."""
    return [(q, later) for q, later in pairwise(found) if _is_baseline(text, q, later)]


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
    return before.rfind("(") > before.rfind(")") and ")" in text[quantity.end :]
