"""The shape of Vietnamese syllables, and what it tells about a text: whether its letters and accents are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
# Rhymes without tone, by the vowels they are written with.
_RHYMES = (
    "a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|ă(?:c|k|m|n|ng|p|t)|â(?:c|m|n|ng|p|t|u|y)|e(?:c|m|n|ng|o|p|t)?|ê(?:ch|m|n|nh|p|t|u)?"
    "|i(?:a|ch|m|n|nh|p|t|u)?|iê(?:c|m|n|ng|p|t|u)|o(?:a|ac|ach|ai|am|an|ang|anh|ao|ap|at|ay|ăc|ăm|ăn|ăng|ăt|c|e|en|eo|et|i|m|n|ng|p|t|oc|ong)?"
    "|ô(?:c|i|m|n|ng|p|t)?|ơ(?:i|m|n|p|t)?|u(?:a|âc|ân|âng|ât|ây|c|ê|êch|ênh|i|m|n|ng|ơ|p|t|y|ya|ych|yên|yêt|ynh|yt|yu)?"
    "|uô(?:c|i|m|n|ng|t)|ư(?:a|c|i|m|n|ng|t|u)?|ươ(?:c|i|m|n|ng|p|t|u)|y(?:ch|nh|t|u)?|yê(?:m|n|ng|t|u)"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_RHYMES})$")
_ONSET = re.compile(_ONSETS)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SHAPES = re.compile("[\u0302\u0306\u031b]")
_BARE = str.maketrans("ăâđêôơư", "aadeoou")
_WORD = re.compile(r"[^\W\d_]+")
# Form words that no Vietnamese word without its accents looks like, as "the" and "an" do.
_ENGLISH = frozenset(
    ["of", "and", "for", "is", "are", "was", "with", "that", "this", "by", "from", "which", "have", "has"]
)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word, in any case, is written as a Vietnamese syllable can be: "nghiêng", "UỶ"; not "Cua5", "clia"."""
    lowered = unicodedata.normalize("NFD", word.lower())
    toneless, tones = _TONES.subn("", lowered)
    return tones < 2 and bool(_SYLLABLE.match(unicodedata.normalize("NFC", toneless)))


def parted(text: str) -> str:
    """The text with spaces between syllables that stand together without one: "Kếhoạch hành động" → "Kế hoạch hành động"."""
    return _WORD.sub(lambda m: _parted(m.group()), text)


@lru_cache(maxsize=20_000)
def _parted(word: str) -> str:
    if is_syllable(word) or word.isascii():
        return word
    cuts = [n for n in range(2, len(word) - 1) if is_syllable(word[:n]) and is_syllable(word[n:])]
    onsets = [n for n in cuts if _ONSET.match(word[n:].lower())] or cuts  # "ban hành", not "banh ành"
    return f"{word[: onsets[-1]]} {word[onsets[-1] :]}" if onsets else word


@lru_cache(maxsize=1)
def _bare_syllable() -> re.Pattern[str]:
    return re.compile(_SYLLABLE.pattern.translate(_BARE))


@dataclass(frozen=True, slots=True)
class Spelling:
    """Counts over the words of a text, those of one letter and abbreviations left out.

    `syllables` are written as Vietnamese can be; `accented` of these have a mark; `english` are English form words.
    """

    words: int
    syllables: int
    accented: int
    english: int


def spelling_of(texts: Iterable[str]) -> Spelling:
    """The spelling of a text in NFC."""
    words = syllables = accented = english = 0
    for text in texts:
        for word in _WORD.findall(text):
            if len(word) < 2 or (word.isupper() and word.isascii() and not is_syllable(word)):
                continue
            words += 1
            english += word.lower() in _ENGLISH
            if is_syllable(word):
                syllables += 1
                accented += not word.isascii()
    return Spelling(words, syllables, accented, english)
