"""Money in text: "2.150.000.000 đồng", "3.260 triệu đồng", "4,2 tỷ", with the words beside the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalizers.figures import FIGURE, HAS_DIGIT, Figure, number_words, other_reading, parse_figure, parse_words
from normalizers.lexicon import alternatives, load
from normalizers.memo import remembered
from normalizers.text import collapse, key

_IN_WORDS = re.compile(
    r"\s*\(?\s*(?:bằng\s+chữ\s*:?|số\s+tiền\s+bằng\s+chữ\s*:?)?\s*([^()\d]{8,200}?đồng(?:\s+chẵn)?)\s*[.)]"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in đồng and the words it was read from.

    `low_vnd` is the lower end where a range is printed, `amount_vnd` then its upper end. `unit_scale` is the magnitude
    (1, 1000, 10**6, 10**9); `style` the number style; `in_words` the amount in letters printed behind it; `words_agree`
    whether both say the same (None without letters).
    """

    start: int
    end: int
    amount_vnd: int
    unit_scale: int
    style: str
    ambiguous: bool
    in_words: str | None
    words_agree: bool | None
    low_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A single amount, one with lower magnitudes behind it or a lower end before it, and the magnitudes' values."""

    single: re.Pattern[str]
    composed: re.Pattern[str]
    part: re.Pattern[str]
    scales: dict[str, int]


@cache
def _patterns() -> _Patterns:
    scales = {key(form): int(entry.fields["scale"]) for entry in load("magnitudes") for form in entry.forms}
    currencies = alternatives(form for entry in load("currencies") if entry.code == "vnd" for form in entry.forms)
    currency = rf"(?:{currencies})(?!\w|/c(?!\w))"  # "05 đ/c" counts comrades
    scale = rf"(?:{alternatives(scales)})"
    part = rf"\s+(?:{FIGURE})\s*{scale}(?![^\W\dđ])"
    end = rf"(?:\.?\s*(?P<currency>{currency})|(?!\w))"
    figure = r"(?P<figure>" + FIGURE + ")"
    low = rf"(?:(?P<low>{FIGURE})\s*(?P<low_scale>{scale}(?!\w))?(?:\s*{currency})?\s*(?:-|–|—|đến)\s*)?"
    return _Patterns(
        re.compile(rf"(?<![\d/.,-]){figure}\s*(?:(?P<scale>{scale}){end}|(?P<plain>{currency}))"),
        re.compile(
            rf"(?<![\d/.,-]){low}{figure}\s*(?:(?P<scale>{scale})(?P<rest>(?:{part}){{0,2}}){end}|(?P<plain>{currency}))"
        ),
        re.compile(rf"({FIGURE})\s*({scale})"),
        scales,
    )


@cache
def _no_money_after() -> re.Pattern[str]:
    """Nouns that a bare magnitude counts ("12 triệu người"): then it is no money."""
    return re.compile(
        r"\s*(?:[.,;:)!?%]|$|(?:năm|và|lên|từ|đến|trong|cho|so|để|là|vào|tại|mỗi|do|theo|bằng|của|một|/)(?!\w)|/)"
    )


@remembered
def find_money(text: str) -> tuple[Money, ...]:
    """Amounts with a magnitude or a currency, in the order of the text. Other currencies are not read.

    "1 tỷ 300 triệu đồng" → 1300000000 · "từ 40 - 60 triệu đồng" → 40000000 to 60000000
    """
    if not HAS_DIGIT(text):
        return ()
    keyed = key(text)
    found: list[Money] = []
    position = 0
    while m := _patterns().composed.search(keyed, position):
        if not (_descends(m) and _is_range(keyed, m)):
            single = _patterns().single.match(keyed, m.start("figure"))
            if single is None:
                position = m.end("figure")
                continue
            m = single
        position = m.end()
        money = _money(text, keyed, m)
        if money is not None:
            found.append(money)
    return tuple(found)


def _descends(m: re.Match[str]) -> bool:
    """Lower magnitudes go on with an amount ("2 tỷ 150 triệu"), equal ones begin another."""
    above = _scale(m.group("scale"))
    for figure, scale in _patterns().part.findall(m.group("rest") or ""):
        if _figure(figure).value * _scale(scale) >= above or _scale(scale) >= above:
            return False
        above = _scale(scale)
    return True


def _is_range(keyed: str, m: re.Match[str]) -> bool:
    """Whether the lower end before an amount is one: no year or number of a line ("Năm 2024 - 3.000 triệu đồng")."""
    if m.group("low") is None:
        return True
    low, high = _low(m), _figure(m.group("figure")).value * _scale(m.group("scale"))
    before = keyed[: m.start()].rstrip()
    if low >= high or before.endswith("năm"):
        return False
    return before.endswith("từ") or m.group("low_scale") is not None or low * 10 >= high


def _low(m: re.Match[str]) -> Decimal:
    return _figure(m.group("low")).value * _scale(m.group("low_scale") or m.group("scale"))


def _scale(words: str | None) -> int:
    return _patterns().scales[collapse(words)] if words else 1


def _figure(printed: str) -> Figure:
    try:
        return parse_figure(printed)
    except ValueError:  # leading zeros, as in the blank "000.000.000 đồng" of a form
        return Figure(Decimal(0), "plain", False)


def _money(text: str, keyed: str, m: re.Match[str]) -> Money | None:
    groups = m.groupdict()
    if not (groups["currency"] or groups["plain"]) and not _no_money_after().match(keyed, m.end()):
        return None
    scale, printed = _scale(groups["scale"]), groups["figure"]
    figure = _figure(printed)
    value, style = figure.value, figure.style
    decimal = other_reading(printed)
    if decimal is not None and scale >= 10**9:
        value, style = decimal, "decimal_comma"
    parts = _patterns().part.findall(groups.get("rest") or "")
    amount = value * scale + sum(_figure(f).value * _scale(s) for f, s in parts)
    low = _low(m) if groups.get("low") else None
    blank = not amount and len(printed) > 1
    if blank or amount != int(amount) or (low is not None and low != int(low)):
        return None
    letters, end = _letters_behind(keyed, m.end())
    agree = None if letters is None else parse_amount_words(letters) == int(amount)
    in_words = text[m.end() : end].strip(" ().:") if letters else None
    return Money(
        m.start(), m.end(), int(amount), scale, style, figure.ambiguous, in_words, agree, None if low is None else int(low)
    )  # fmt: skip


def _letters_behind(keyed: str, position: int) -> tuple[str | None, int]:
    m = _IN_WORDS.match(keyed, position)
    if not m or parse_amount_words(m.group(1)) is None:
        return None, position
    return m.group(1), m.end(1)


def parse_amount_words(text: str) -> int | None:
    """ "Hai tỷ một trăm năm mươi triệu đồng chẵn" → 2150000000; None when the words are no number."""
    words = [w for w in re.findall(r"\w+", key(text)) if w not in ("đồng", "chẵn", "chữ", "bằng")]
    return parse_words(" ".join(words)) if words and all(w in number_words() for w in words) else None


def parse_scale(text: str) -> int | None:
    """Magnitude of a unit line or column heading: "Đơn vị tính: Triệu đồng" → 1000000, "(VNĐ)" → 1; None without money."""
    m = _unit_words().search(key(text))
    if m is None:
        return None
    return _patterns().scales[collapse(m.group(1))] if m.group(1) else 1


@cache
def _unit_words() -> re.Pattern[str]:
    currencies = alternatives(form for entry in load("currencies") if entry.code == "vnd" for form in entry.forms)
    return re.compile(rf"(?<!\w)(?:({alternatives(_patterns().scales)})\s*)?(?:{currencies})(?!\w)")


def in_dong(value: Decimal, scale: int) -> int | None:
    """The amount in whole đồng; None where the figure and the unit leave a fraction."""
    amount = value * scale
    return int(amount) if amount == int(amount) else None
