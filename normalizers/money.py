"""Money in text: "6.840.000.000 đồng", "4.240 triệu đồng", "4,2 tỷ", with the words beside the value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalizers.figures import FIGURE, HAS_DIGIT, number_words, other_reading, parse_figure, parse_words
from normalizers.lexicon import alternatives, load
from normalizers.memo import remembered
from normalizers.text import collapse, key

_IN_WORDS = re.compile(
    r"\s*\(?\s*(?:bằng\s+chữ\s*:?|số\s+tiền\s+bằng\s+chữ\s*:?)?\s*([^()\d]{8,200}?đồng(?:\s+chẵn)?)\s*[.)]"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in đồng and the words it was read from.

    `unit_scale` is the magnitude (1, 1000, 10**6, 10**9); `style` the number style; `in_words` the amount in letters
    printed behind it; `words_agree` whether both say the same (None without letters).
    """

    start: int
    end: int
    amount_vnd: int
    unit_scale: int
    style: str
    ambiguous: bool
    in_words: str | None
    words_agree: bool | None


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, int]]:
    scales = {key(form): int(entry.fields["scale"]) for entry in load("magnitudes") for form in entry.forms}
    currencies = alternatives(form for entry in load("currencies") if entry.code == "vnd" for form in entry.forms)
    inline = re.compile(
        rf"(?<![\d/.,-])({FIGURE})\s*(?:({alternatives(scales)})(?!\w)(?:\s*({currencies})(?![\w/]))?|({currencies})(?![\w/]))"
    )
    return inline, scales


@cache
def _no_money_after() -> re.Pattern[str]:
    """Nouns that a bare magnitude counts ("12 triệu người"): then it is no money."""
    return re.compile(
        r"\s*(?:[.,;:)!?%]|$|(?:năm|và|lên|từ|đến|trong|cho|so|để|là|vào|tại|mỗi|do|theo|bằng|của|một|/)(?!\w)|/)"
    )


@remembered
def find_money(text: str) -> tuple[Money, ...]:
    """Amounts with a magnitude or a currency, in the order of the text. Other currencies are not read."""
    if not HAS_DIGIT(text):
        return ()
    keyed = key(text)
    pattern, scales = _patterns()
    found = []
    for m in pattern.finditer(keyed):
        scale_word, currency = m.group(2), m.group(3) or m.group(4)
        if not currency and not _no_money_after().match(keyed, m.end()):
            continue
        scale = scales[re.sub(r"\s+", " ", scale_word)] if scale_word else 1
        printed = m.group(1)
        figure = parse_figure(printed)
        value, ambiguous, style = figure.value, figure.ambiguous, figure.style
        decimal = other_reading(printed)
        if decimal is not None and scale >= 10**9:
            value, style = decimal, "decimal_comma"
        amount = value * scale
        if amount != int(amount):
            continue
        letters, end = _letters_behind(keyed, m.end())
        agree = None if letters is None else parse_amount_words(letters) == int(amount)
        found.append(
            Money(
                m.start(),
                m.end(),
                int(amount),
                scale,
                style,
                ambiguous,
                text[m.end() : end].strip(" ().:") if letters else None,
                agree,
            )
        )
    return tuple(found)


def _letters_behind(keyed: str, position: int) -> tuple[str | None, int]:
    m = _IN_WORDS.match(keyed, position)
    if not m or parse_amount_words(m.group(1)) is None:
        return None, position
    return m.group(1), m.end(1)


def parse_amount_words(text: str) -> int | None:
    """ "Sáu tỷ tám trăm bốn mươi triệu đồng chẵn" → 6840000000; None when the words are no number."""
    words = [w for w in re.findall(r"\w+", key(text)) if w not in ("đồng", "chẵn", "chữ", "bằng")]
    return parse_words(" ".join(words)) if words and all(w in number_words() for w in words) else None


def parse_scale(text: str) -> int | None:
    """Magnitude of a unit line or column heading: "Đơn vị tính: Triệu đồng" → 1000000, "(VNĐ)" → 1; None without money."""
    m = _unit_words().search(key(text))
    if m is None:
        return None
    return _patterns()[1][collapse(m.group(1))] if m.group(1) else 1


@cache
def _unit_words() -> re.Pattern[str]:
    currencies = alternatives(form for entry in load("currencies") if entry.code == "vnd" for form in entry.forms)
    return re.compile(rf"(?<!\w)(?:({alternatives(_patterns()[1])})\s*)?(?:{currencies})(?!\w)")


def in_dong(value: Decimal, scale: int) -> int | None:
    """The amount in whole đồng; None where the figure and the unit leave a fraction."""
    amount = value * scale
    return int(amount) if amount == int(amount) else None
