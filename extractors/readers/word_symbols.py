"""Signs of the symbol fonts, which have no place in Unicode: bullets, ticks and signs of comparison."""

from __future__ import annotations

import re

_SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xDE: "⇒", 0xBC: "…", 0xA5: "∞", 0x44: "Δ", 0x61: "α", 0x62: "β", 0x6D: "µ", 0x57: "Ω"}  # fmt: skip
_DINGBATS = {0xFC: "✓", 0xFE: "✓", 0xFB: "x", 0xFD: "x", 0x6F: "", 0x71: "", 0xA8: "", 0xF0: "→", 0xE0: "→", 0xD8: "➢", 0x76: "❖"}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_KEPT_BULLETS = "-–—+*•●▪◦○∙·■□✓➢❖→"


def is_dingbats(font: str | None) -> bool:
    """Whether a font shows pictures in the place of letters."""
    return (font or "").lower().startswith(("wingdings", "webdings"))


def sign(code: int, font: str | None) -> str:
    """The sign of a symbol font by its code, with or without the offset of the private area; "•" for a nameless picture."""
    low = code & 0xFF
    if is_dingbats(font):
        return _DINGBATS.get(low, "•")
    if low in _SYMBOL:
        return _SYMBOL[low]
    return chr(low) if 0x20 <= low < 0x7F else "•"


def readable(text: str, font: str | None) -> str:
    """Text whose signs of the private area are written as letters that every font has."""
    if text.isascii():
        return text
    return _PRIVATE.sub(lambda m: sign(ord(m.group()), font), text)


def bullet(text: str, font: str | None) -> str:
    """The sign in front of an item: a usual one as it is, any other as "•"."""
    mark = text.strip()[:1]
    if mark and (is_dingbats(font) or _PRIVATE.match(mark)):
        mark = sign(ord(mark), font)[:1]
    elif mark == "o":
        mark = "◦"  # a letter of Courier in the place of a ring
    return mark if mark and mark in _KEPT_BULLETS else "•"
