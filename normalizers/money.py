"""Money in text: "2.150.000.000 đồng", "3.260 triệu đồng", "4,2 tỷ", with the words beside the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalizers.figures import (
    FIGURE,
    HAS_DIGIT,
    Figure,
    figure_or_none,
    number_words,
    other_reading,
    parse_words,
    with_digits,
)
from normalizers.lexicon import alternatives, load
from normalizers.memo import remembered
from normalizers.text import collapse, key

# Behind these stand the letters of an amount in digits, which are no second amount.
_SAID_BEFORE = re.compile(r"bằng\s+chữ\s*:?\s*$|\d\s*(?:đồng|đ|vnđ)?\s*\([^()]*$")
_HALF = re.compile(r"(?<!\w)nửa\s+(triệu|tỷ|tỉ)\s+đồng(?!\w)")
_FIGURE_STARTS = re.compile(r"\d(?<![\w/.,-].)")
# "hàng trăm triệu đồng" is no amount.
_NO_BEGINNING = frozenset(["trăm", "mươi", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "linh", "lẻ"])
# Behind these stands other money, or the unit of a table.
_NO_AMOUNT_BEFORE = re.compile(r"(?:us\s?\$|usd|\$|eur|euro|đvt|đơn\s+vị(?:\s+tính)?)\s*:?\s*$")
_IN_WORDS = re.compile(
    r"\s*+(?:\(\s*+)?(?:(?:số\s+tiền\s+)?bằng\s+chữ\s*+(?::\s*+)?)?([^()\d]{8,200}?đồng(?:\s+chẵn)?)\s*[.)]"
)
_IN_BRACKETS = re.compile(r"\s*\(\s*([^()\d]{4,120}?(?:nghìn|ngàn|triệu|tỷ|tỉ))\s*\)")


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
class ForeignMoney:
    """An amount of another currency: its value and the currency's code (usd, eur)."""

    start: int
    end: int
    value: float
    currency: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A single amount, one with lower magnitudes behind it or a lower end before it, the magnitudes' values, and a figure in front of
    the first letter of a magnitude or currency."""

    single: re.Pattern[str]
    composed: re.Pattern[str]
    part: re.Pattern[str]
    scales: dict[str, int]
    unit_behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    scales = {key(form): int(entry.fields["scale"]) for entry in load("magnitudes") for form in entry.forms}
    dong = [key(form) for entry in load("currencies") if entry.code == "vnd" for form in entry.forms]
    currencies, units = alternatives(dong), {*scales, *dong}
    others = alternatives(word for entry in load("currencies") for word in entry.fields.get("not_before", []))
    currency = rf"(?:{currencies})(?!\w|/c(?!\w)|\s+(?:{others})(?!\w))"  # "05 đồng chí", "05 đ/c" are comrades
    behind_scale = rf"(?:{currencies})(?!\w|\s+(?:bào|chí)(?!\w))"
    scale = rf"(?:{alternatives(scales)})"
    part = rf"\s+(?:(?:{FIGURE})\s*{scale}(?![^\W\dđ])|rưỡi(?!\w))"
    end = rf"(?:\.?\s*(?P<currency>{behind_scale})|(?!\w))"
    figure = r"(?P<figure>" + FIGURE + ")"
    low = rf"(?:(?P<low>{FIGURE})\s*(?P<low_scale>{scale}(?!\w))?(?:\s*{currency})?\s*(?:-|–|—|÷|đến)\s*)?"
    return _Patterns(
        re.compile(rf"(?<![\w/.,-]){figure}\s*(?:(?P<scale>{scale}){end}|(?P<plain>{currency}))"),
        re.compile(
            rf"(?<![\w/.,-]){low}{figure}\s*(?:(?P<scale>{scale})(?P<rest>(?:{part}){{0,2}}){end}|(?P<plain>{currency}))"
        ),
        re.compile(rf"(?<!\d)({FIGURE})\s*({scale})"),
        scales,
        re.compile(rf"\d\s*[{re.escape(''.join(sorted({form[0] for form in units})))}]"),
    )


@cache
def _no_money_after() -> re.Pattern[str]:
    """Nouns that a bare magnitude counts ("12 triệu người"): then it is no money."""
    return re.compile(
        r"\s*(?:[.,;:()!?%]|$|(?:được|năm|và|lên|từ|đến|trong|cho|so|để|là|vào|tại|mỗi|do|theo|bằng|của|một|/)(?!\w)|/)"
    )


@remembered
def find_money(text: str) -> tuple[Money, ...]:
    """Amounts with a magnitude or a currency, in the order of the text. Other currencies are not read.

    "1 tỷ 300 triệu đồng" → 1300000000 · "từ 40 - 60 triệu đồng" → 40000000 to 60000000
    """
    keyed = key(with_digits(text))
    found = _in_words_alone(text, keyed)
    if not _patterns().unit_behind.search(keyed):
        return tuple(found)
    position = 0
    while m := _next_amount(keyed, position):
        if not (_descends(m) and _is_range(keyed, m)):
            single = _patterns().single.match(keyed, m.start("figure"))
            if single is None:
                position = m.end("figure")
                continue
            m = single
        position = m.end()
        money = _money(text, keyed, m)
        if money is not None and not _NO_AMOUNT_BEFORE.search(keyed[: m.start()]):
            found = [
                f for f in found if f.end <= m.start() or f.start >= max(money.end, _letters_behind(keyed, m.end())[1])
            ]
            found.append(money)
    return tuple(sorted(found, key=lambda m: m.start))


def _next_amount(keyed: str, position: int) -> re.Match[str] | None:
    """The next amount from a position on, looked for only where a figure can begin."""
    for start in _FIGURE_STARTS.finditer(keyed, position):
        m = _patterns().composed.match(keyed, start.start())
        if m is not None:
            return m
    return None


def _in_words_alone(text: str, keyed: str) -> list[Money]:
    """Amounts that are printed in words only: "hai tỷ một trăm triệu đồng"; a single "triệu đồng" without a number is none."""
    found = []
    for m in _words_alone().finditer(keyed) if "đồng" in keyed else ():
        amount = parse_amount_words(m.group(1))
        if amount and m.group(1).split()[0] not in _NO_BEGINNING and not _SAID_BEFORE.search(keyed[: m.start()]):
            found.append(Money(m.start(), m.end(), amount, 1, "plain", False, text[m.start() : m.end()], None))
    for m in _HALF.finditer(keyed) if "nửa" in keyed else ():
        half = _scale(m.group(1)) // 2
        found.append(Money(m.start(), m.end(), half, 1, "plain", False, text[m.start() : m.end()], None))
    return found


@cache
def _words_alone() -> re.Pattern[str]:
    words = "|".join(sorted(number_words(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)((?:(?:{words})\s+){{2,20}})đồng(?:\s+chẵn)?(?!\w)(?!\s+(?:chí|bào|bộ))")


@remembered
def find_foreign_money(text: str) -> tuple[ForeignMoney, ...]:
    """Amounts of other currencies: "12 triệu USD", "US$ 3.5 triệu", "2 triệu euro"."""
    if not HAS_DIGIT(text):
        return ()
    keyed = key(with_digits(text))
    found = []
    for m in _foreign().finditer(keyed):
        words = collapse(m["behind"] or m["front"])
        code = next(e.code for e in load("currencies") for form in e.forms if key(form) == words or words == "$")
        value = _figure(m["figure"]).value * _scale(m["scale"])
        found.append(ForeignMoney(m.start(), m.end(), float(value), "usd" if words == "$" else code))
    return tuple(found)


@cache
def _foreign() -> re.Pattern[str]:
    others = alternatives(form for entry in load("currencies") if entry.code != "vnd" for form in entry.forms)
    scale = rf"(?P<scale>{alternatives(_patterns().scales)})"
    return re.compile(
        rf"(?:(?P<front>us\s?\$|usd|\$)\s*)?(?<![\w/.,-])(?P<figure>{FIGURE})\s*(?:{scale}(?!\w)\s*)?(?:(?P<behind>{others})(?!\w)|(?(front)|(?!)))"
    )


def magnitudes() -> dict[str, int]:
    """Magnitude words as keys with what they multiply by: "triệu" → 1000000."""
    return _patterns().scales


def _descends(m: re.Match[str]) -> bool:
    """Lower magnitudes go on with an amount ("2 tỷ 150 triệu"), equal ones begin another."""
    above = _scale(m.group("scale"))
    for figure, scale in _parts(m):
        if _figure(figure).value * _scale(scale) >= above or _scale(scale) >= above:
            return False
        above = _scale(scale)
    return True


def _parts(m: re.Match[str]) -> list[tuple[str, str]]:
    """Figures and magnitudes that go on with an amount: "3 tỷ 500 triệu" → 500, triệu."""
    rest = m.group("rest")
    return _patterns().part.findall(rest) if rest else []


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
    """Leading zeros make no figure, as in the blank "000.000.000 đồng" of a form."""
    return figure_or_none(printed) or Figure(Decimal(0), "plain", False)


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
    parts = _parts(m) if "rest" in groups else []
    amount = value * scale + sum(_figure(f).value * _scale(s) for f, s in parts)
    amount += Decimal(scale) / 2 if "rưỡi" in (groups.get("rest") or "") else 0
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
    for pattern in (_IN_WORDS, _IN_BRACKETS):
        m = pattern.match(keyed, position)
        if m and parse_amount_words(m.group(1)) is not None:
            return m.group(1), m.end(1)
    return None, position


def parse_amount_words(text: str) -> int | None:
    """ "Hai tỷ một trăm năm mươi triệu đồng chẵn" → 2150000000; None when the words are no number."""
    words = [w for w in re.findall(r"\w+", key(text)) if w not in ("đồng", "chẵn", "chữ", "bằng")]
    return parse_words(" ".join(words)) if words and all(w in number_words() for w in words) else None
