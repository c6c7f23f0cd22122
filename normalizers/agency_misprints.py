"""Names with one slip: an accent lost or misread ("Sờ Công Thương"), one wrong letter ("Sở Tài chlnh")."""

from __future__ import annotations

import re
from functools import cache

from normalizers.agency_lexicon import agency_entries
from normalizers.lexicon import Entry, Hit
from normalizers.text import key, plain

_Form = tuple[str, str, bool, Entry]  # key, without accents, whether the second word has a capital
_LONGEST = 120
_SHORTEST = 9  # letters of a name in which one slip leaves no doubt
_TOKEN = re.compile(r"\w+")


def find_misprints(text: str, taken: set[int]) -> list[Hit]:
    """Names that stand in a text with one slip, where no name was read (`taken`: offsets of those that were).

    Words that have a capital in the name must have it in the text: "Sờ Tài chính" is the department, "Số tài chính"
    is not.
    """
    found: list[Hit] = []
    for head in _heads().finditer(plain(text)):
        start = head.start()
        if start in taken or not text[start].isupper() or (found and start < found[-1].end):
            continue
        hit = _closest(text, start, _by_head()[head.group()], taken)
        if hit is not None:
            found.append(hit)
    return found


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_by_head(), key=len, reverse=True))})(?!\w)")


def _closest(text: str, start: int, names: dict[int, list[_Form]], taken: set[int]) -> Hit | None:
    for count in sorted(names, reverse=True):
        tokens = []
        for m in _TOKEN.finditer(text, start):
            tokens.append(m)
            if len(tokens) == count:
                break
        if len(tokens) < count:
            continue
        end = tokens[-1].end()
        if end - start > _LONGEST or any(n in taken for n in range(start, end)):
            continue
        capital = text[tokens[1].start()].isupper()
        words = re.sub(r"\s+", " ", key(text[start:end]))
        bare = plain(words)
        for form, form_bare, has_capital, entry in names[count]:
            if (
                words != form
                and capital >= has_capital
                and (bare == form_bare or (len(form) > _SHORTEST + 3 and one_slip(words, form)))
            ):
                return Hit(start, end, entry)
    return None


@cache
def _by_head() -> dict[str, dict[int, list[_Form]]]:
    """Names long enough, by their first word without accents and the number of their words."""
    found: dict[str, dict[int, list[_Form]]] = {}
    for entry in agency_entries().values():
        for form in {
            str(entry.fields["name"]),
            *(f for f in entry.forms if " " in f and not re.search(r"[A-ZĐ]{2}|&", f)),
        }:
            keyed = key(form)
            count = len(_TOKEN.findall(keyed))
            if len(keyed) >= _SHORTEST and count > 1:
                found.setdefault(plain(keyed.split()[0]), {}).setdefault(count, []).append(
                    (keyed, plain(keyed), _TOKEN.findall(form)[1][0].isupper(), entry)
                )
    return found


def one_slip(left: str, right: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing or too many."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    n = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left[n + 1 :] == right[n + 1 :] or left[n + 1 :] == right[n:] or left[n:] == right[n + 1 :]
