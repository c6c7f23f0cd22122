"""Figures as Vietnamese documents print them: 1.234,5 · 2,000 · bốn mươi lăm · XIV."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.memo import remembered
from normalizers.text import key

_LIKE_DIGITS = re.compile(r"(?<!\w)(?=[\dlIO.,]{0,30}\d)(?=[\d.,]{0,30}[lIO])(?:[\dlO]|I(?=\d))[\dlIO.,]{0,30}(?!\w)")
_BESIDE_DIGITS = re.compile(r"[lIO](?:(?=[\d.,])|(?<=[\d.,].))")
HAS_DIGIT = remembered(re.compile(r"\d").search)
_AROUND_DOT = re.compile(r"\s*\.\s*")
_DIGITS_ALONE = re.compile(r"\d+")
_SPACED = re.compile(r"(?!0)\d{1,3}( \d{3})+(,\d+)?")
_DOTTED = re.compile(r"(?!0)\d{1,3}(\.\d{3})+(,\d+)?")
_COMMAED = re.compile(r"(?!0)\d{1,3}(,\d{3}){2,}(\.\d+)?|(?!0)\d{1,3},\d{3}\.\d+")
_ONE_COMMA = re.compile(r"(?!0)\d{1,3},\d{3}")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_DECIMAL_DOT = re.compile(r"\d+\.\d+")
# With spaces between thousands only where there are two of them: "3 500" may be a number of a line and an amount.
FIGURE = r"(?:\d{1,3}(?: \d{3}){2,}(?:,\d+)?|\d{1,3}(?:\s?\.\s?\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
           "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_JOINERS = {"linh", "lẻ"}
_WORDS = {*_DIGITS, *_SCALES, *_JOINERS, "mười", "mươi", "trăm"}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_SIZES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed; `style` says which mark means what, `ambiguous` that another reading is possible."""

    value: Decimal
    style: str
    ambiguous: bool


@remembered
def with_digits(text: str) -> str:
    """Letters a scanner read for digits inside a figure, as digits; the length stays: "l50 triệu", "15O" → "150 triệu", "150"."""
    if not _BESIDE_DIGITS.search(text):  # the other pattern has to try every letter
        return text
    return _LIKE_DIGITS.sub(lambda m: m.group().translate(_SHAPES), text)


_SHAPES = str.maketrans("lIO", "110")


@remembered
def parse_figure(text: str) -> Figure:
    """Reads one printed figure. "4.245" → 4245, "2,5" → 2.5, "2,000" → 2000 and ambiguous. Raises ValueError."""
    text = _AROUND_DOT.sub(".", text.strip())
    if _DIGITS_ALONE.fullmatch(text):
        return Figure(Decimal(text), "plain", False)
    if _SPACED.fullmatch(text):
        return Figure(Decimal(text.replace(" ", "").replace(",", ".")), "plain", False)
    if _DOTTED.fullmatch(text):
        return Figure(Decimal(text.replace(".", "").replace(",", ".")), "dot_thousands", False)
    if _COMMAED.fullmatch(text):
        return Figure(Decimal(text.replace(",", "")), "comma_thousands", False)
    if _ONE_COMMA.fullmatch(text):
        return Figure(Decimal(text.replace(",", "")), "comma_thousands", True)
    if _DECIMAL_COMMA.fullmatch(text):
        return Figure(Decimal(text.replace(",", ".")), "decimal_comma", False)
    if _DECIMAL_DOT.fullmatch(text):
        return Figure(Decimal(text), "decimal_dot", False)
    raise ValueError(f"not a figure: {text!r}")


def figure_or_none(text: str) -> Figure | None:
    """A printed figure as `parse_figure` reads it; None for marks that make no figure: "0 595 842"."""
    try:
        return parse_figure(text)
    except ValueError:
        return None


def other_reading(text: str) -> Decimal | None:
    """The decimal reading of a figure like "2,000"; None where the marks allow only one reading."""
    if _ONE_COMMA.fullmatch(text.strip()):
        return Decimal(text.strip().replace(",", "."))
    return None


def parse_words(text: str) -> int | None:
    """Reads a number in words: "bốn nghìn hai trăm bốn mươi triệu" → 4240000000. None when a word is no number word."""
    tokens = re.findall(r"\w+", key(text))
    if not tokens or any(t not in _WORDS for t in tokens):
        return None
    return _scaled(tokens)


def _scaled(tokens: list[str]) -> int:
    """What stands before the largest scale is counted in it, what follows is added."""
    scales = [t for t in tokens if t in _SCALES]
    if not scales:
        return _below_thousand(tokens)
    largest = max(scales, key=lambda t: _SCALES[t])
    at = tokens.index(largest)
    before = _scaled(tokens[:at]) if at else 1
    return before * _SCALES[largest] + (_scaled(tokens[at + 1 :]) if tokens[at + 1 :] else 0)


def _below_thousand(tokens: list[str]) -> int:
    total, unit = 0, None
    for token in tokens:
        if token == "trăm":
            total, unit = total + (1 if unit is None else unit) * 100, None
        elif token == "mươi":
            total, unit = total + (1 if unit is None else unit) * 10, None
        elif token == "mười":
            total, unit = total + 10, None
        elif token not in _JOINERS:  # "tám hai": two digits in a row are tens and ones
            unit = _DIGITS[token] if unit is None else unit * 10 + _DIGITS[token]
    return total + (unit or 0)


def number_words() -> frozenset[str]:
    """Words a number in words may consist of, in key form."""
    return frozenset(_WORDS)


def to_roman(number: int) -> str:
    """A count in Roman figures: 14 → "XIV"."""
    written = ""
    for size, mark in _ROMAN_SIZES:
        written += mark * (number // size)
        number %= size
    return written


def parse_roman(text: str) -> int | None:
    """Reads I to CCC: "XIV" → 14; None for anything else, and for forms nobody prints ("IIII")."""
    lowered = text.lower()
    if not re.fullmatch(r"c{0,3}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", lowered) or not lowered:
        return None
    values = [_ROMAN[c] for c in lowered]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
