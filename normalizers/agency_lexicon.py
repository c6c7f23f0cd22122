"""The list of agencies: names with their years, every spelling the rules of the list give, parents and successors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from normalizers.lexicon import Entry, Gazetteer, compiled, load
from normalizers.text import key

# What may stand between two parts of a name: "TN&MT", "TN-MT", "Tài nguyên và Môi trường", "TNMT".
_JOINS = (" và ", " & ", "&", "-", " - ", ", ", " ", "")
# Between several parts, the last pair aside: "Lao động - Thương binh và Xã hội", "LĐ-TB&XH", "Văn hóa, Thể thao và Du lịch".
_PAIRS = (
    (" - ", " và "), (", ", " và "), (" ", " và "), ("-", " và "), (",", " và "), ("", " và "), (" - ", " & "), (", ", " & "), (" ", " & "),
    ("-", "&"), (",", "&"), (", ", "&"), (" ", "&"), ("", "&"), ("-", "-"), ("", "-"), ("-", ""), (" - ", " - "), (", ", ", "), (" ", " "), ("", ""),
)  # fmt: skip
_MOST_WRITINGS = 2  # of a part: in full, and in letters
_LETTERS_OF_HEADS = {"Sở": "S", "Bộ": "B", "Chi cục": "CC", "Trung tâm": "TT", "Phòng": "P"}
_NO_NAMES = ("TP",)  # in a list of departments the city, as a rule
_LOCALITY = re.compile(r" ((?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|đặc khu) [^\W_].*)$")
# What bodies of a province are called in a centrally run city.
CITY_WORDS = (("Tỉnh ủy", "Thành ủy"), ("Tỉnh đoàn", "Thành đoàn"))
# Behind a body of the province that has parts below it: "Công an huyện", "Hội Nông dân các xã".
LOCAL_ENDS = (
    "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "cấp huyện", "cấp xã", "các huyện", "các quận", "các thị xã", "các thành phố",
    "các xã", "các phường", "các đặc khu", "các địa phương", "các cấp",
)  # fmt: skip
_COMMITTEE_ENDS = ("nhân dân", "ubnd", "hđnd")  # "UBND huyện" is read by its own patterns
_CITY = ("thành phố", "TP", "TP.", "Tp", "T.P")


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency before its place is known: name without place, level (central, province, district, commune), kind (agency, unit).

    `code` is that of the list, empty for a body no list holds. `homonyms` are codes of other agencies that had the same words
    for their name at another time: "Cục Thuế" of the province until 2025, of the ministry since. `owner` is the body it is part
    of where the words say so: "Thanh tra Sở Xây dựng".
    """

    code: str
    name: str
    level: str
    kind: str
    homonyms: tuple[str, ...] = ()
    owner: AgencyName | None = None

    @property
    def locality(self) -> str:
        """The district or commune in the name, with its kind: "huyện Mỹ Xuyên"; empty for a body without one."""
        m = _LOCALITY.search(self.name) if self.level in ("district", "commune") else None
        return m.group(1) if m else ""


@dataclass(frozen=True, slots=True)
class _List:
    """The list ready for use: entries by code with all their forms, what finds these, and the codes of forms with several owners."""

    entries: dict[str, Entry]
    names: Gazetteer
    owners: dict[str, tuple[str, ...]]


@cache
def _list() -> _List:
    return compiled("agencies", Path(__file__), _compile)


def _compile() -> _List:
    entries = {e.code: replace(e, forms=tuple(dict.fromkeys(_spellings(e)))) for e in load("agencies")}
    owners: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        for form in {key(form): None for form in entry.forms}:
            owners[form] = (*owners.get(form, ()), entry.code)
    shared = {form: codes for form, codes in owners.items() if len(codes) > 1}
    return _List(entries, Gazetteer(entries.values()), shared)


def agency_entries() -> dict[str, Entry]:
    """Entries of the list by code, each with all the forms it is printed in."""
    return _list().entries


@cache
def agency_name(code: str) -> AgencyName:
    """The agency of a code. Raises KeyError for an unknown code."""
    entry = agency_entries()[code]
    return AgencyName(code, str(entry.fields["name"]), str(entry.fields["level"]), str(entry.fields["kind"]))


def name_gazetteer() -> Gazetteer:
    """Finds every printed form; of agencies that share a form it gives one, see `homonyms_of`."""
    return _list().names


def homonyms_of(form: str) -> tuple[str, ...]:
    """Codes of all agencies that a form is the name of, at one time or another; empty where there is one only."""
    return _list().owners.get(" ".join(key(form).split()), ())


@cache
def bare_names(head: str) -> Gazetteer:
    """Names of the agencies with a head, without it, for lists: "các Sở: Công Thương, TN&MT". `head` in lower case."""
    bare = []
    for entry in agency_entries().values():
        if not key(str(entry.fields["name"])).startswith(head + " "):
            continue
        forms = [form[len(head) + 1 :] for form in entry.forms if key(form).startswith(head + " ")]
        kept = tuple(form for form in forms if len(form) > 2 or (form.isupper() and form not in _NO_NAMES))
        if kept:
            bare.append(replace(entry, forms=kept))
    return Gazetteer(bare)


def day(entry: Entry, field: str) -> date | None:
    """First or last day of an entry (`valid_from`, `valid_to`); None where the list does not know it."""
    value = entry.text(field)
    return date.fromisoformat(value) if value else None


def in_force(code: str, on: date) -> bool:
    """Whether an agency had its name on a day, as far as the list knows. Where every province set its own day (`about`), the
    name counts up to two months beyond the day of the list."""
    entry = agency_entries()[code]
    first, last = day(entry, "valid_from"), day(entry, "valid_to")
    slack = 60 if entry.fields.get("about") else 0
    return not (first and (first - on).days > slack) and not (last and (on - last).days > slack)


def on_day(agency: AgencyName, on: date | None) -> AgencyName:
    """Of agencies that share their words, the one of a day: "Cục Thuế" in 2016 is a body of the province, in 2026 of the ministry."""
    if on is None or not agency.homonyms or in_force(agency.code, on):
        return agency
    fitting = next((code for code in agency.homonyms if in_force(code, on)), None)
    return agency_name(fitting) if fitting else agency


def _spellings(entry: Entry) -> Iterator[str]:
    name = str(entry.fields["name"])
    yield from _mixes(entry)
    for form in (name, *entry.forms):
        yield form
        for province, city in CITY_WORDS:
            if province in form:
                yield form.replace(province, city)
        if form.endswith(" tỉnh"):
            base = form.removesuffix(" tỉnh")
            ends = _CITY if key(base).endswith(_COMMITTEE_ENDS) else (*_CITY, *LOCAL_ENDS)
            yield from (f"{base} {end}" for end in ends)


def _mixes(entry: Entry) -> Iterator[str]:
    """Every mix of full parts and letters: ["Tài nguyên|TN", "Môi trường|MT"] → Sở TN&MT, Sở Tài nguyên - MT, STNMT."""
    parts = [str(part).split("|") for part in entry.fields.get("parts", [])]
    if not parts:
        return
    name = str(entry.fields["name"])
    head = name[: key(name).index(key(parts[0][0]))].strip()
    tail = " tỉnh" if name.endswith(" tỉnh") else ""
    for words in _joined(parts):
        yield f"{head} {words}"
        if tail:
            yield f"{head} {words}{tail}"
    letters = _LETTERS_OF_HEADS.get(head)
    if letters:
        short = [part[1:] for part in parts]
        for words in _joined(short) if all(short) else ():
            if " " not in words:
                yield f"{letters}{words}"


def _joined(parts: list[list[str]]) -> Iterator[str]:
    joins: Iterable[tuple[str, ...]]
    if len(parts) < 3:
        joins = [()] if len(parts) == 1 else [(join,) for join in _JOINS]
    else:
        joins = [(first,) * (len(parts) - 2) + (last,) for first, last in _PAIRS]
        parts = [part[:_MOST_WRITINGS] for part in parts]
    for words in itertools.product(*parts):
        for between in joins:
            pairs = zip(between, words, words[1:], strict=False)
            if all(join or (_short(a) and _short(b)) for join, a, b in pairs):  # only letters stand together
                yield words[0] + "".join(join + word for join, word in zip(between, words[1:], strict=True))


def _short(words: str) -> bool:
    return words.isupper()
