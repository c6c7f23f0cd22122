"""Names with one slip: an accent lost or misread ("Sờ Công Thương"), one wrong letter ("Sở Tài chlnh")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from normalizers.lexicon import Entry, Hit, compiled, load
from normalizers.syllables import is_syllable
from normalizers.text import UPPER, key, plain, without_accents

_COMMITTEE = "UBND tỉnh"  # the one abbreviation that stands everywhere
_LONGEST = 120
_SHORTEST = 7  # letters of a name in which a lost accent leaves no doubt
_SHORTEST_OF_LETTERS = 13  # letters of a name in which one wrong letter leaves no doubt
_TOKEN = re.compile(r"\w+")
_SECOND = re.compile(r"\w+\W+(\w)")
_BEHIND = re.compile(r"\W+(\w+)(?:\W+(\w+))?")
_CAPITALISED = re.compile(rf"[{UPPER}](?<!\w.)\w*")
_NO_LETTER = re.compile(r"\w")
_ABBREVIATED = re.compile(r"[A-ZĐ]{2}|&")


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a name: as a key, and whether its second word has a capital, which the text must have then too."""

    words: str
    has_capital: bool
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Names:
    """Forms that begin with one word, accents aside: how many words they have, which words come second and third, which of them begin
    longer ones; forms by their words without accents, and by how they begin and end."""

    counts: tuple[int, ...]
    nexts: frozenset[str]
    beginnings: frozenset[str]
    plain: dict[str, _Form]
    halves: dict[str, list[_Form]]


def find_misprints(text: str, taken: set[int]) -> list[Hit]:
    """Names that stand in a text with one slip, where no name was read (`taken`: offsets of those that were).

    Words that have a capital in the name must have it in the text: "Sờ Tài chính" is the department, "Số tài chính" is not.
    """
    found: list[Hit] = []
    for head in _CAPITALISED.finditer(text):
        names = _names_of(head.group())
        start = head.start()
        if (
            names is None
            or start in taken
            or (found and start < found[-1].end)
            or not _goes_on(text, head.end(), names)
        ):
            continue
        hit = _closest(text, start, names, taken)
        if hit is not None:
            found.append(hit)
    return found


def _goes_on(text: str, position: int, names: _Names) -> bool:
    """Whether one of the two words behind the first stands there in a name: one slip spoils one of them only."""
    m = _BEHIND.match(text, position)
    return m is not None and (_plain_word(m.group(1)) in names.nexts or _plain_word(m.group(2) or "") in names.nexts)


@lru_cache(maxsize=20_000)
def _plain_word(word: str) -> str:
    return plain(word)


def longer_misprint(text: str, hit: Hit) -> Hit:
    """The longer name with a slip that begins with a name that was read: "Sở Giáo dục vá Đào tạo" begins with "Sở Giáo dục"; else
    the hit itself."""
    first = _TOKEN.match(text, hit.start)
    names = _names_of(first.group()) if first else None
    if names is None or key(text)[hit.start : hit.end] not in names.beginnings:
        return hit
    found = _closest(text, hit.start, names, set())
    return found if found is not None and found.end > hit.end else hit


def _closest(text: str, start: int, names: _Names, taken: set[int]) -> Hit | None:
    window = text[start : start + _LONGEST]
    keyed = key(text)[start : start + _LONGEST]
    tokens = list(islice(_TOKEN.finditer(keyed), names.counts[0]))
    ends = [m.end() for m in tokens]
    bare = without_accents(keyed[: ends[-1]])
    odd = next((n for n, m in enumerate(tokens) if not is_syllable(m.group())), len(ends))
    for count in names.counts:
        if len(ends) < count:
            continue
        end = ends[count - 1]
        form = names.plain.get(" ".join(bare[:end].split()))
        if form is None and odd >= count:
            continue
        words = " ".join(keyed[:end].split())
        form = form or _one_letter_off(words, names)
        if form is None or form.words == words or (form.has_capital and not _second_is_capital(window)):
            continue
        if not any(n in taken for n in range(start, start + end)):
            return Hit(start, start + end, form.entry)
    return None


def _second_is_capital(window: str) -> bool:
    second = _SECOND.match(window)
    return second is not None and second.group(1).isupper()


def _one_letter_off(words: str, names: _Names) -> _Form | None:
    """The name one wrong letter away, where the wrong word is none that Vietnamese could have: "Khuyến công" is no slip of
    "Khuyến nông"."""
    near = [form for half in _halves(words) for form in names.halves.get(half, ())]
    form = next((form for form in near if one_slip(words, form.words)), None)
    if form is None or _NO_LETTER.sub("", words) != _NO_LETTER.sub("", form.words):
        return None
    wrong = [w for w, right in zip(words.split(), form.words.split(), strict=False) if w != right]
    return None if all(is_syllable(w) for w in wrong) else form


def _halves(words: str) -> list[str]:
    """Beginnings and ends that words share with a name one letter away: a slip leaves one half of the name as it is."""
    sizes = {(length - 1) // 2 for length in (len(words) - 1, len(words), len(words) + 1)}
    return [half for size in sizes for half in (words[:size], words[-size:])]


@lru_cache(maxsize=20_000)
def _names_of(head: str) -> _Names | None:
    return _by_head().get(plain(head))


@cache
def _by_head() -> dict[str, _Names]:
    """Names long enough, by their first word without accents."""
    return compiled("agencies", Path(__file__), _compile)


def _compile() -> dict[str, _Names]:
    forms: dict[str, list[_Form]] = {}
    for entry in load("agencies"):
        for form in dict.fromkeys((str(entry.fields["name"]), *entry.forms)):
            words, tokens = key(form), _TOKEN.findall(form)
            is_name = entry.fields["kind"] != "none" and (not _ABBREVIATED.search(form) or form == _COMMITTEE)
            if is_name and len(words) >= _SHORTEST and len(tokens) > 1:
                forms.setdefault(plain(tokens[0]), []).append(_Form(words, tokens[1][0].isupper(), entry))
    return {head: _names(own) for head, own in forms.items()}


def _names(forms: list[_Form]) -> _Names:
    halves: dict[str, list[_Form]] = {}
    for form in forms:
        if len(form.words) >= _SHORTEST_OF_LETTERS:
            half = (len(form.words) - 1) // 2
            halves.setdefault(form.words[:half], []).append(form)
            halves.setdefault(form.words[-half:], []).append(form)
    counts = sorted({len(_TOKEN.findall(form.words)) for form in forms}, reverse=True)
    nexts = frozenset(plain(word) for form in forms for word in _TOKEN.findall(form.words)[1:3])
    whole = {form.words for form in forms}
    beginnings = frozenset(w for w in whole if any(other.startswith(w + " ") for other in whole))
    return _Names(tuple(counts), nexts, beginnings, {plain(form.words): form for form in reversed(forms)}, halves)


def one_slip(left: str, right: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing or too many."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    n = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left[n + 1 :] == right[n + 1 :] or left[n + 1 :] == right[n:] or left[n:] == right[n + 1 :]
