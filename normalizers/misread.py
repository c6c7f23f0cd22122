"""Marks that an optical reader lost or changed, put back where only one reading makes a Vietnamese word."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from normalizers.lexicon import load
from normalizers.syllables import is_syllable
from normalizers.text import key, nfc

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4  # letters of a word that may have one too many
_GAP = re.compile(r"\s+")

# What tesseract gives for a letter whose mark it did not see: the hook becomes an acute, a mark over a hat is lost; the
# rough edge of a bold capital becomes a hook.
_LOOKS_LIKE = {
    "ấ": "ẩắá", "ế": "ể", "ể": "ê", "ố": "ổ", "ắ": "ẳấ", "ớ": "ở", "ứ": "ử", "í": "ỉ", "ú": "ủứử", "ý": "ỷ",
    "â": "ầấẩẫậ", "ê": "ềếểễệ", "ô": "ồốổỗộ", "ă": "ằắẳẵặ", "ơ": "ờớởỡợ", "ư": "ừứửữự",
    "à": "ầằ", "á": "ảấắẩ", "ạ": "ậặ", "ã": "ẫẵ", "è": "ề", "é": "ẻếể", "ẹ": "ệ", "ò": "ồờ", "ó": "ỏốớổ", "ọ": "ộợ", "õ": "ỗỡ",
    "ù": "ừ", "ụ": "ự", "ỉ": "i", "ì": "í", "ỏ": "ó", "ề": "ế", "ồ": "ố", "ầ": "ấ", "ỗ": "ôồ", "a": "âă", "e": "ê", "o": "ôơ", "ẻ": "ề",
    "ậ": "ặ", "ặ": "ậ",
}  # fmt: skip


def repaired(text: str) -> str:
    """The text with misread syllables put right: "tố chức đại hội" → "tổ chức đại hội".

    A syllable is changed only when it makes no word of the dictionary with either neighbour, and exactly one syllable that
    looks like it does; or when it stands in a pair that is known to be no word ("đây mạnh"). What is no syllable for one
    letter too many loses it: "chức thụực hiện".
    """
    text = _without_doubled_letters(text)
    words = list(_WORD.finditer(text))
    marks = [key(w.group()) for w in words]
    beside = [bool(_GAP.fullmatch(text, a.end(), b.start())) for a, b in pairwise(words)]
    pieces = list(text)
    for n in (n for n, together in enumerate(beside) if together):
        for k, syllable in enumerate(_no_words().get((marks[n], marks[n + 1]), ())):
            marks[n + k] = syllable
            pieces[words[n + k].start() : words[n + k].end()] = _in_case_of(words[n + k].group(), syllable)
    for n, word in enumerate(words):
        before = marks[n - 1] if n and beside[n - 1] else None
        after = marks[n + 1] if n + 1 < len(words) and beside[n] else None
        meant = _meant(before, marks[n], after)
        if meant is not None:
            marks[n] = meant
            pieces[word.start() : word.end()] = _in_case_of(word.group(), meant)
    return "".join(pieces)


def _without_doubled_letters(text: str) -> str:
    words = list(_WORD.finditer(text))
    pieces: list[str] = []
    end = 0
    for n, word in enumerate(words):
        pieces.append(text[end : word.start()])
        end = word.end()
        read = word.group()
        fits = set()
        if len(read) >= _LONG and not is_syllable(read) and (read.isupper() or read[1:].islower()):
            before = key(words[n - 1].group()) if n else None
            after = key(words[n + 1].group()) if n + 1 < len(words) else None
            shorter = {read[:k] + read[k + 1 :] for k in range(len(read))}
            fits = {s for s in shorter if is_syllable(s) and _makes_word(before, key(s), after)}
        pieces.append(fits.pop() if len(fits) == 1 else read)
    return "".join([*pieces, text[end:]])


def _makes_word(before: str | None, word: str, after: str | None) -> bool:
    pairs = _pairs()
    return (before is not None and (before, word) in pairs) or (after is not None and (word, after) in pairs)


def _meant(before: str | None, word: str, after: str | None) -> str | None:
    if _common().get(word) == word or _makes_word(before, word, after):
        return None
    fits = {other for other in _lookalikes(word) if _makes_word(before, other, after)}
    if len(fits) == 1:
        return fits.pop()
    return None if fits else _common().get(word)


def _lookalikes(word: str) -> list[str]:
    return [word[:n] + letter + word[n + 1 :] for n, read in enumerate(word) for letter in _LOOKS_LIKE.get(read, "")]


def _in_case_of(read: str, meant: str) -> str:
    return "".join(m.upper() if r.isupper() else m for r, m in zip(read, meant, strict=True))


@cache
def _common() -> dict[str, str]:
    return {key(form): entry.code for entry in load("lookalikes") for form in entry.forms if " " not in form}


@cache
def _no_words() -> dict[tuple[str, str], tuple[str, str]]:
    """Pairs of syllables that are no words, with what is meant: ("đây", "mạnh") → ("đẩy", "mạnh")."""
    pairs = (
        (key(form).split(), key(entry.code).split())
        for entry in load("lookalikes")
        for form in entry.forms
        if " " in form
    )
    return {(read[0], read[1]): (meant[0], meant[1]) for read, meant in pairs}


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Neighbouring syllables of the words in the dictionary that comes with underthesea (74,000 entries)."""
    package = find_spec("underthesea")
    if package is None or package.origin is None:
        raise RuntimeError("the package underthesea is missing: run `make setup`")
    words = (Path(package.origin).parent / "corpus" / "data" / "Viet74K.txt").read_text(encoding="utf-8")
    return frozenset(pair for line in nfc(words).splitlines() for pair in pairwise(key(line).split()))
