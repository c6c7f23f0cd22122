"""Money in table cells: a figure takes its unit from the column or the caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalizers.figures import FIGURE, Figure, figure_or_none, other_reading, with_digits
from normalizers.lexicon import alternatives, load
from normalizers.money import find_foreign_money, find_money, magnitudes
from normalizers.text import collapse, key

_UNIT_IN_FIGURES = re.compile(r"(?<![\d.,])(1\.?000(?:\.?000)?)\s*(?:đồng|đ|vnđ|vnd)(?!\w)")
_TIME_BEFORE = re.compile(
    r"(?:năm|quý|tháng|ngày|số|giai\s+đoạn|điều|mục|phụ\s+lục|chương\s+trình|nghị\s+quyết|nghị\s+định|quyết\s+định)\s*$"
)
_LONGEST_WORD = 30  # characters in front of a figure that can say what it numbers
_BEHIND_DOT = re.compile(r"\.\s+")
_GAP = re.compile(r"(?<=\d)\s+(?=\d{3}(?!\d))")
_LEADING_ZERO = re.compile(r"0\d+")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class CellAmount:
    """The amount of a cell. `low_vnd`: the lower end of a range; `other_vnd`: the second reading of a figure like "2,000"; `figure`: None
    where the cell has its own unit; `scale`: the unit the figure was read in. Amounts are None without a unit or with a fraction of a đồng."""

    start: int
    end: int
    amount_vnd: int | None
    low_vnd: int | None
    other_vnd: int | None
    figure: Figure | None
    scale: int | None


def read_money_cell(text: str, scale: int | None) -> CellAmount | None:
    """The amount of a table cell: with its own unit, else a figure in the unit of its column or caption (`scale`, None: unknown).

    "1.250" in triệu đồng → 1250000000 · "2,000" → 2000000000, or 2000000 (`other_vnd`) · "200 - 300" → a range · "Năm 2021",
    "100%", "Theo thực tế" → None
    """
    inline = find_money(text)
    if inline:
        m = inline[0]
        return CellAmount(m.start, m.end, m.amount_vnd, m.low_vnd, None, None, m.unit_scale)
    if find_foreign_money(text):
        return None
    keyed = key(with_digits(text))
    found = next((m for m in _cell_figure().finditer(keyed) if not _is_time(keyed, m)), None)
    if found is None:
        return None
    figure = parse_cell_figure(found["figure"])
    if figure is None:
        return None
    low = parse_cell_figure(found["low"]) if found["low"] else None
    other = other_reading(found["figure"])
    amount, low_vnd, other_vnd = (
        None if value is None or scale is None else in_dong(value, scale)
        for value in (figure.value, low.value if low else None, other)
    )
    return CellAmount(found.start(), found.end(), amount, low_vnd, other_vnd, figure, scale)


@cache
def _cell_figure() -> re.Pattern[str]:
    figure = rf"\d{{1,3}}(?:[. ]\s?\d{{3}})+(?:,\d+)?|{FIGURE}"
    return re.compile(
        rf"(?<![\d/.,\w=+-])(?:(?P<low>{figure})\s*(?:[-–]|đến)\s*)?(?P<figure>{figure})(?![\d%]|\s*%|/\d|/[a-zđ]+-|\s*[=+]|\s*[-–]\s*\d{{4}}(?!\d))"
    )


def _is_time(keyed: str, m: re.Match[str]) -> bool:
    """Whether a figure of a cell is a year or stands behind the word of a time or number."""
    return bool(_TIME_BEFORE.search(keyed[max(0, m.start() - _LONGEST_WORD) : m.start()])) or bool(
        m["low"] and _YEAR.fullmatch(m["low"]) and _YEAR.fullmatch(m["figure"])
    )


def parse_cell_figure(printed: str) -> Figure | None:
    """A figure of a cell, whose thousands may be parted by spaces or a line end: "12 500"; None for none."""
    joined = printed
    if any(c.isspace() for c in printed):
        joined = _GAP.sub("." if "." not in printed else "", _BEHIND_DOT.sub(".", printed))
    return figure_or_none(joined.lstrip("0") or "0" if _LEADING_ZERO.fullmatch(joined) else joined)


def parse_scale(text: str) -> int | None:
    """Magnitude of a unit line or column heading: "Đơn vị tính: Triệu đồng" → 1000000, "(VNĐ)" → 1; None without money."""
    thousands = _UNIT_IN_FIGURES.search(key(text))
    if thousands:
        return int(thousands.group(1).replace(".", ""))
    m = _unit_words().search(key(text))
    if m is None:
        return None
    return magnitudes()[collapse(m.group(1))] if m.group(1) else 1


@cache
def _unit_words() -> re.Pattern[str]:
    currencies = alternatives(form for entry in load("currencies") if entry.code == "vnd" for form in entry.forms)
    return re.compile(rf"(?<!\w)(?:({alternatives(magnitudes())})\.?\s*)?(?:{currencies})(?!\w)")


def in_dong(value: Decimal, scale: int) -> int | None:
    """The amount in whole đồng; None where the figure and the unit leave a fraction."""
    amount = value * scale
    return int(amount) if amount == int(amount) else None
