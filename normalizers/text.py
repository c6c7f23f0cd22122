"""Vietnamese text: one stored form (NFC), and keys for matching that keep every offset."""

from __future__ import annotations

import re
import unicodedata

from normalizers.memo import remembered

# Inside a character class: every capital letter of Vietnamese.
UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# Two spellings of one open syllable ("hoà", "hòa"); keys use the second. Both have the same length.
# "hoàn" and "quý" have one spelling only.
_TONE_PLACES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
    "quí": "quý", "qúy": "quý",
}  # fmt: skip
# Every alternative begins with its letter, and what may not stand in front is asked last: so the search goes from one o, u or q to
# the next.
_TONE_PATTERN = re.compile(r"o[àáảãạèéẻẽẹ](?<!q..)(?!\w)|u[ỳýỷỹỵ](?<!q..)(?!\w)|q(?:uí|úy)(?<!\w...)(?!\w)")
_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_PLAIN = str.maketrans({c: (unicodedata.normalize("NFD", c)[0] if c != "đ" else "d") for c in _LETTERS})


def nfc(text: str) -> str:
    """The stored form: composed characters, no soft hyphens, zero-width marks or non-breaking spaces, plain bullets."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE_PATTERN.sub(lambda m: _INVISIBLE[m.group()], text))


def with_stroke(text: str) -> str:
    """Icelandic and African letters that look like Đ and are typed for it, as Đ; the length stays: "QÐ" → "QĐ"."""
    if "Ð" in text or "ð" in text or "Ɖ" in text or "ɖ" in text:  # translating is slow, and these are rare
        return text.translate(_STROKES)
    return text


_STROKES = str.maketrans("ÐðƉɖ", "ĐđĐđ")


_INVISIBLE = {
    "\u00ad": "",
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\ufeff": "",
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\uf0b7": "•",  # bullets of the fonts Symbol and Wingdings
    "\uf0a7": "▪",
    "\uf02d": "-",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
}
_INVISIBLE_PATTERN = re.compile("[" + "".join(_INVISIBLE) + "]")


@remembered
def key(text: str) -> str:
    """Matching key of the same length: lower case, one tone placement. "Uỷ ban Nhân dân" → "ủy ban nhân dân"."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    if lowered.isascii():
        return lowered
    if "ð" in lowered or "ɖ" in lowered:
        lowered = lowered.translate(_STROKES)
    return _TONE_PATTERN.sub(_placed, lowered)


def _placed(m: re.Match[str]) -> str:
    return _TONE_PLACES[m.group()]


def plain(text: str) -> str:
    """Key without accents, of the same length: "Đề án" → "de an". Loses distinctions; never for deciding between words."""
    return without_accents(key(text))


def without_accents(keyed: str) -> str:
    """A key without its accents."""
    return keyed.translate(_PLAIN)


@remembered
def collapse(text: str) -> str:
    """Runs of white space as one space, ends trimmed."""
    return " ".join(text.split())


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: "Sở Công Thương" → "so-cong-thuong"."""
    return re.sub(r"[^a-z0-9]+", "-", plain(nfc(text))).strip("-")


def ends_sentence(text: str) -> bool:
    """Whether a line closes its sentence or introduces a list: its last mark is one of . ; : ! ? or a closing "./."."""
    return text.rstrip().rstrip("”\"')").endswith((".", ";", ":", "!", "?", "…", "/"))


def starts_lower(text: str) -> bool:
    """Whether the first letter of a line is lower case, as in a line that continues the one before."""
    first = text.lstrip(" \t“\"'(")[:1]
    return first.isalpha() and first == first.lower()
