"""Vietnamese typed before Unicode: letters that only a font of its own (".VnTime", "VNI-Times") showed as Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ"
    + "\0" * 6
    + "àảãáạ\0ằẳẵắ"
    + "\0" * 7
    + "ặầẩẫấậè\0ẻẽéẹềểễếệìỉ\0\0\0ĩíịò\0ỏõóọồổỗốộờởỡớợù\0ủũúụừửữứựỳỷỹýỵ"
)  # from code A1 on; \0 has no letter
_TCVN3 = {0xA1 + n: letter for n, letter in enumerate(_TCVN3_LETTERS) if letter != "\0"} | {0x3BC: "à"}
# VNI writes a vowel and behind it what stands above or below it.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROOFS = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(r"([aeouyôö])([ùøûõï])|([aeo])([âáàåãäêéèúüë])|([ñôöæóòî])", re.IGNORECASE)

_WORD = re.compile(r"""[^\s!-@\[-`{-~–—…“”‘’]+""")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:uyê|iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uya|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)
_OLD_SIGN = re.compile(
    "[\u00a1-\u00a9\u00ab-\u00af\u00b4-\u00b9\u00bb-\u00bf\u00c4-\u00c7\u00cb\u00ce\u00cf\u00d0\u00d1\u00d6-\u00d8\u00db\u00dc\u00de-\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff\u03bc]"
)
_ENOUGH = 3
_LONGEST_LOOK = 20_000


def may_be_old(text: str) -> bool:
    """Whether text holds a sign that old fonts use as a letter and Unicode Vietnamese does not: cheap, and no proof."""
    return not text.isascii() and bool(_OLD_SIGN.search(text))


def old_encoding(text: str, font: str | None) -> str | None:
    """The encoding of text that is not Unicode, "tcvn3" or "vni"; None for Unicode.

    The letters decide: read that way nearly all words are Vietnamese syllables, and as they stand few are. The name of a font
    only helps where there are too few words.
    """
    if text.isascii():
        return None
    words = [w for w in _WORD.findall(text[:_LONGEST_LOOK]) if not w.isascii()]
    as_it_stands = sum(_is_syllable(w) for w in words)
    named = _named(font)
    for name, convert in _CONVERTERS.items():
        read_so = sum(all(ord(c) < 0x100 or ord(c) == 0x3BC for c in w) and _is_syllable(convert(w)) for w in words)
        if name == named and read_so * 2 >= len(words) and read_so > as_it_stands:
            return name
        if len(words) >= _ENOUGH and read_so >= len(words) * 0.85 and as_it_stands <= len(words) * 0.6:
            return name
    return None


def to_unicode(text: str, encoding: str, font: str | None) -> str:
    """Text of an old encoding in Unicode; in capitals where the font had capitals only (".VnTimeH")."""
    converted = _CONVERTERS[encoding](text)
    return converted.upper() if has_capitals_only(font) else converted


def has_capitals_only(font: str | None) -> bool:
    """Whether a font shows small letters as capitals: ".VnTimeH", ".VnArialH"."""
    name = font or ""
    return name.lower().startswith(".vn") and name.endswith("H")


def _named(font: str | None) -> str | None:
    name = (font or "").lower()
    return "tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni") else None


def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", _TONE_MARKS.sub("", unicodedata.normalize("NFD", word.lower())))
    return bool(_SYLLABLE.fullmatch(bare))


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(m: re.Match[str]) -> str:
    vowel, mark = (m.group(1), m.group(2)) if m.group(1) else (m.group(3), m.group(4))
    if vowel is None:
        return _same_case(_VNI_ALONE[m.group(5).lower()], m.group(5))
    marks = _VNI_TONES.get(mark.lower()) or _VNI_ROOFS[mark.lower()]
    base = _same_case(_VNI_ALONE.get(vowel.lower(), vowel.lower()), vowel)
    return base + marks


def _same_case(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


_CONVERTERS: dict[str, Callable[[str], str]] = {"tcvn3": _from_tcvn3, "vni": _from_vni}
