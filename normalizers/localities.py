"""Districts and communes: how their names are printed behind a body, and which one of a province is meant at a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from normalizers.places import PlaceMention, provinces
from normalizers.text import UPPER, collapse, key, without_accents

FILE = Path(__file__).parent / "lexicon" / "localities.tsv"
_WORD = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?"
PLACE_NAME = rf"{_WORD}(?:(?:\s+|\s*-\s*){_WORD}){{0,3}}"
_NUMBERED = rf"(?:\d{{1,2}}(?!\d)(?:\s+{PLACE_NAME})?|(?:\d{{1,2}}\s+)?{PLACE_NAME}(?:\s+\d{{1,2}}(?!\d))?)"
_KIND = r"(?:xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|đặc\s+khu|TP\.?|Tp\.?|TX\.?|TT\.?|H\.|Q\.|P\.|X\.)"
_BEHIND = re.compile(rf"\s+(?:(?i:({_KIND}))\s*)(?<=[\s.])({_NUMBERED})?")
_BEHIND_BARE = re.compile(
    r"\s+(?i:(xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|đặc\s+khu))(?!\w)(?!\s+(?:hội|ủy|đoàn|vùng|đảo|biên))"
)
_IN_CITY = re.compile(rf"\s+({_NUMBERED})")
_NOT_A_PLACE = re.compile(
    r"(?:sở|ban|ủy|uỷ|ubnd|đài|báo|công\s+an|hội|bộ|chi\s+cục|các|chủ\s+trì|phối|tổ\s+chức|phòng|trung\s+tâm|và|thực\s+hiện|hướng\s+dẫn|căn\s+cứ)(?!\w)"
)
_SHORT_KINDS = {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "x": "xã",
}
_COMMUNE = ("xã", "phường", "thị trấn", "đặc khu")
# Nghị quyết 203/2025/QH15: the last day of the districts.
DISTRICTS_UNTIL = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Locality:
    """A district or commune as printed: its kind ("huyện", "xã" …) and its name, empty where only the kind is said."""

    kind: str
    name: str

    @property
    def words(self) -> str:
        """ "huyện Mỹ Xuyên", or the kind alone."""
        return f"{self.kind} {self.name}".strip()

    @property
    def level(self) -> str:
        """commune or district."""
        return "commune" if self.kind in _COMMUNE else "district"

    @property
    def committee_code(self) -> str:
        """Code of its people's committee, the same for all of a level."""
        return "UBNDX" if self.level == "commune" else "UBNDH"


@dataclass(frozen=True, slots=True)
class Unit:
    """A district or commune of the official list.

    `code` is the GSO code within its era ("63": until 2025-06-30, "34": since); `parent` the code of its district, empty in
    the later era; `successors` the codes of the communes of 2025 that took it over.
    """

    era: str
    province: str
    code: str
    kind: str
    name: str
    parent: str
    successors: tuple[str, ...]


def locality_at(
    text: str, position: int, places: dict[int, PlaceMention], in_city: bool = False
) -> tuple[Locality, int] | None:
    """The district or commune whose name stands at a position, and where it ends; None where none does.

    " huyện Mỹ Xuyên" · " xã Tân Lập 2" · " TP. Long Xuyên" · " huyện" alone. A city that is a province is no locality, the city of
    the same name in a province is: "thành phố Cần Thơ", but "thành phố Cao Bằng". `in_city`: "thành phố" stands before the position.
    """
    if not text[position : position + 1].isspace():
        return None
    if in_city:
        m = _IN_CITY.match(text, position)
        if m is None or _NOT_A_PLACE.match(key(m.group(1))) or _is_province_city(m.start(1), places):
            return None
        return Locality("thành phố", collapse(m.group(1))), m.end()
    m = _BEHIND.match(text, position)
    if m is not None and m.group(2) and not _NOT_A_PLACE.match(key(m.group(2))):
        kind = re.sub(r"\s+", " ", m.group(1).lower()).rstrip(".")
        kind = _SHORT_KINDS.get(kind, kind)
        place = next((places[n] for n in range(m.start(1), m.start(2) + 1) if n in places), None)
        if kind == "thành phố" and place is not None and _is_province_city(place.start, places):
            return None
        return Locality(kind, collapse(m.group(2))), m.end()
    bare = _BEHIND_BARE.match(text, position)
    return (Locality(re.sub(r"\s+", " ", bare.group(1).lower()), ""), bare.end()) if bare else None


def _is_province_city(position: int, places: dict[int, PlaceMention]) -> bool:
    place = places.get(position)
    return place is not None and place.slug in _city_slugs()


@cache
def _city_slugs() -> frozenset[str]:
    return frozenset(p.slug for p in provinces() if p.type != "province")


@cache
def _units() -> dict[tuple[str, str, str], tuple[Unit, ...]]:
    """Units by era, province code and key of kind and name."""
    found: dict[tuple[str, str, str], list[Unit]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        era, province, code, kind, name, parent, successors = line.split("\t")
        unit = Unit(era, province, code, kind, name, parent, tuple(successors.split()))
        found.setdefault((era, province, key(f"{kind} {name}")), []).append(unit)
    return {words: tuple(units) for words, units in found.items()}


def units_named(place: Locality, province_code: str, on: date | None) -> tuple[Unit, ...]:
    """Units of a province that bear a name at a date (several communes of a province may); empty where the list has none.

    Source of the list: see the head of `lexicon/localities.tsv`.
    """
    era = "34" if on is None or on > DISTRICTS_UNTIL else "63"
    return _units().get((era, province_code, key(place.words)), ())


def is_unit_name(kind: str, name: str) -> bool:
    """Whether a district or commune of this kind has this name, in any province and era."""
    return key(f"{kind} {name}") in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(words for _, _, words in _units())


def unit_by_code(code: str) -> Unit | None:
    """The commune of 2025 with a code; None for an unknown one."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, Unit]:
    return {u.code: u for units in _units().values() for u in units if u.era == "34"}


def province_of_unit(place: Locality) -> str | None:
    """Slug of the only province that has, or had, a district or commune of this name: "huyện Tân Kỳ" → nghe-an; None where several do.

    A name that the list writes with other accents ("Mù Cang Chải") counts where it is as unique without them.
    """
    wanted = key(place.words)
    exact = _slugs_of([wanted])
    found = exact or _slugs_of(_names_without_accents().get(without_accents(wanted), ()))
    return found.pop() if len(found) == 1 else None


def _slugs_of(names: Iterable[str]) -> set[str]:
    wanted = set(names)
    return {
        p.slug
        for (era, province, words) in _units()
        if words in wanted
        for p in provinces()
        if p.code == province and p.province_id.startswith(f"vn{era}-")
    }


@cache
def _names_without_accents() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for words in sorted(_names()):
        found.setdefault(without_accents(words), []).append(words)
    return {bare: tuple(names) for bare, names in found.items()}


def split_locality(words: str) -> tuple[str, str]:
    """Kind and name of a locality: "thị trấn Vân Du" → thị trấn, Vân Du."""
    kinds = ("thị trấn", "thị xã", "thành phố", "đặc khu")
    kind = next((k for k in kinds if words.startswith(k)), words.split()[0])
    return kind, words[len(kind) :].strip()
