"""Agencies named in text: departments, ministries, local bodies, and classes such as "các Sở, ngành liên quan"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from normalizers.agency_classes import find_classes
from normalizers.agency_lexicon import AgencyName, agency_name, bare_names, homonyms_of, name_gazetteer
from normalizers.agency_misprints import find_misprints
from normalizers.lexicon import Hit
from normalizers.localities import Locality, locality_at
from normalizers.memo import remembered
from normalizers.places import PlaceMention, find_places
from normalizers.text import collapse, key

_COMMITTEE = re.compile(
    r"(?<!\w)(?:(?P<both>(?:HĐND|Hội\s+đồng\s+nhân\s+dân)\s*(?:,|và|-)\s*)?(?:UBND|[ỦUÙ]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân)"
    r"|(?P<council>HĐND|Hội\s+đồng\s+[nN]hân\s+dân))(?=\s)"
)
_NEWSPAPER = re.compile(r"(?<!\w)Báo\s+(?=[^\W\d_])")
_PLACE_GAP = re.compile(r"\s+(?:tỉnh\s+|thành\s+phố\s+|TP\.?\s*|Tp\.?\s*)?")
_LIST_HEAD = re.compile(
    r"(?<!\w)(?:(?:các|những)\s+(sở|bộ|phòng|ban|hội)(?:\s*,\s*(?:ban\s*,\s*)?ngành)?\s*:?|(sở|bộ|phòng)\s*:)\s*"
)
_GOES_ON = re.compile(r"\s*(?:,|;|và|\+|/|-)\s*(?:(?:và|các|sở)\s+)?")
# An item of a list that shares the first word of the name before it: "Sở Tài chính, Xây dựng và Y tế".
_SHARED_HEAD = re.compile(r"(?:,|và|,\s*và)\s*", re.IGNORECASE)
_UNIT_OF = re.compile(r"\s*(?:(?:thuộc|của|-)\s*)?$")
_SMALL_HEAD = re.compile(
    r"(?:sở|phòng|chi cục|cục|công an|thanh tra|văn phòng|liên đoàn|bảo hiểm|kho bạc|ban quản lý|cơ quan)\s"
)
_NEEDS_OWNER = re.compile(r"(?:phòng|văn phòng|thanh tra|đội|ban|trạm|bộ phận)(?!\w)")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """Words that name an agency or a class of agencies.

    `agency` is None for classes. `province_slug` is set where the words name the province.
    `match_method`: exact, alias, elliptical, fuzzy, none.
    """

    start: int
    end: int
    text: str
    agency: AgencyName | None
    is_class: bool
    province_slug: str | None
    match_method: str


def local_body(kind: str, name: str) -> AgencyName:
    """The people's committee of a named district or commune: ("xã", "Tân Lập") → "Ủy ban nhân dân xã Tân Lập"."""
    place = Locality(re.sub(r"\s+", " ", kind.lower()), name)
    return AgencyName(place.committee_code, f"Ủy ban nhân dân {place.words}", place.level, "agency")


@remembered
def find_agencies(text: str) -> tuple[AgencyMention, ...]:
    """Agencies and classes in the order of the text, without overlap; a place named behind an agency belongs to it.

    "Sở TN&MT chủ trì, phối hợp các Sở: Công Thương, Tài chính; UBND các huyện" → three departments and a class
    """
    named = _named(text)
    named += find_lists(text, named)
    named.sort(key=lambda m: m.start)
    named = _with_owner(text, named)
    classes = [
        AgencyMention(start, end, collapse(text[start:end]), None, True, None, "none")
        for start, end in find_classes(text, named)
    ]
    named = [n for n in named if not any(c.start <= n.start and n.end <= c.end for c in classes)]
    return tuple(sorted(named + classes, key=lambda m: m.start))


def without_agencies(text: str) -> str:
    """The text with its agencies blanked, for reading what it is about: "Sở Giáo dục và Đào tạo" is no training."""
    parts, position = [], 0
    for m in find_agencies(text):
        parts += [text[position : m.start], " " * (m.end - max(position, m.start))]
        position = max(position, m.end)
    return "".join(parts) + text[position:]


def _named(text: str) -> list[AgencyMention]:
    places = {p.start: p for p in find_places(text)}
    found = [*_committees(text, places), *_newspapers(text, places)]
    taken = {n for f in found for n in range(f.start, f.end)}
    hits = [hit for hit in name_gazetteer().find(text) if hit.start not in taken and _is_name(text, hit)]
    hits_taken = taken | {n for hit in hits for n in range(hit.start, hit.end)}
    found += [_mention(text, hit, places, "") for hit in hits]
    found += [_mention(text, hit, places, "fuzzy") for hit in find_misprints(text, hits_taken)]
    found.sort(key=lambda m: m.start)
    return [m for n, m in enumerate(found) if n == 0 or m.start >= found[n - 1].end]


def _committees(text: str, places: dict[int, PlaceMention]) -> list[AgencyMention]:
    """People's committees and councils of named districts and communes: "UBND xã Tân Lập", "HĐND huyện Mỹ Xuyên"."""
    found = []
    for m in _COMMITTEE.finditer(text):
        at = locality_at(text, m.end(), places)
        if at is None or not at[0].name:
            continue
        place, end = at
        head = "Hội đồng nhân dân" if m["council"] else "Ủy ban nhân dân"
        code = place.committee_code if not m["council"] else place.committee_code.replace("UBND", "HDND")
        agency = AgencyName(code, f"{head} {place.words}", place.level, "agency")
        found.append(AgencyMention(m.start(), end, collapse(text[m.start() : end]), agency, False, None, "exact"))
    return found


def _newspapers(text: str, places: dict[int, PlaceMention]) -> list[AgencyMention]:
    found = []
    for m in _NEWSPAPER.finditer(text):
        place = places.get(m.end())
        if place and not text[m.end()].islower():
            words = collapse(text[m.start() : place.end])
            paper = AgencyName("BAO", words, "province", "agency")
            found.append(AgencyMention(m.start(), place.end, words, paper, False, place.slug, "exact"))
    return found


def _is_name(text: str, hit: Hit) -> bool:
    """Whether a form that occurs is meant as a name: "cơ sở Công Thương", "đài truyền hình" are common words."""
    words = text[hit.start : hit.end]
    if not (words != words.lower() or _is_long_name(words)):
        return False
    if words[0].islower():
        before = key(text[max(0, hit.start - 9) : hit.start]).rstrip()
        if before.endswith("cơ") or not (_is_long_name(words) or _starts_small(words)):
            return False
    ends_as_committee = key(words).endswith(("ubnd", "nhân dân", "hđnd"))
    return not (
        hit.entry.fields["level"] != "central"
        and ends_as_committee
        and re.match(r"\s+(?:và|,)?\s*(?:các|cấp)\s", text[hit.end :])
    )


def _starts_small(words: str) -> bool:
    """Whether a small head in front of a capital still begins a name: "sở Y tế", "công an Tỉnh"; "đài Truyền hình" does not."""
    return words != words.lower() and bool(_SMALL_HEAD.match(words))


def _is_long_name(form: str) -> bool:
    """Whether a form without capitals is still a name: "ủy ban nhân dân tỉnh", "sở tài nguyên và môi trường"."""
    return len(form.split()) >= 5 or key(form).startswith("ủy ban nhân dân")


def _mention(text: str, hit: Hit, places: dict[int, PlaceMention], method: str) -> AgencyMention:
    form = text[hit.start : hit.end]
    agency = replace(agency_name(hit.entry.code), homonyms=homonyms_of(form))
    exact = "exact" if key(collapse(form)) == key(agency.name) else "alias"
    end, slug = hit.end, None
    if agency.level != "central":
        in_city = key(form).endswith(("thành phố", "tp", "tp.", "t.p"))
        at = locality_at(text, hit.end, places, in_city=in_city)
        if at is not None:
            place, end = at
            name = f"{_base(agency.name)} {place.words}"
            local = AgencyName(agency.code, name, place.level, agency.kind, agency.homonyms)
            return AgencyMention(hit.start, end, collapse(text[hit.start : end]), local, False, None, method or exact)
        if in_city and agency.name.endswith(" tỉnh"):
            agency = replace(agency, name=f"{agency.name.removesuffix('tỉnh')}thành phố")
        end, slug = _place_behind(text, hit.end, places)
    return AgencyMention(hit.start, end, collapse(text[hit.start : end]), agency, False, slug, method or exact)


def _base(name: str) -> str:
    return name.removesuffix(" tỉnh")


def _place_behind(text: str, position: int, places: dict[int, PlaceMention]) -> tuple[int, str | None]:
    m = _PLACE_GAP.match(text, position)
    place = places.get(m.end()) if m else None
    if place is None and m is not None and m.end() - position > 1:  # "TP Cần Thơ" is a place as a whole
        place = next((places[n] for n in range(position + 1, m.end()) if n in places), None)
    return (place.end, place.slug) if place else (position, None)


def find_lists(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Items of lists that share their first word: "các Sở: Công Thương, Kế hoạch và Đầu tư, Tài chính", "Sở Y tế, Nội vụ"."""
    found: list[AgencyMention] = []
    keyed = key(text)
    for head in _LIST_HEAD.finditer(keyed):
        found += _items(text, head.group(1) or head.group(2), head.end(), [*named, *found])
    for m in list(named):
        first = key(m.text).split()[0]
        gap = _SHARED_HEAD.match(text[m.end :].lstrip()) if first in ("sở", "bộ") else None
        if gap is None or any(m.end <= f.start <= m.end + 4 for f in found):
            continue
        at = m.end + (len(text[m.end :]) - len(text[m.end :].lstrip())) + gap.end()
        found += _items(text, first, at, [*named, *found])
    return found


def _items(text: str, head: str, position: int, named: list[AgencyMention]) -> list[AgencyMention]:
    found: list[AgencyMention] = []
    names = bare_names(head)
    hits = {h.start: h for h in names.find(text[position : position + 600])}
    offset = 0
    while True:
        hit, start = hits.get(offset), position + offset
        own = next((n for n in named if n.start == start), None)
        if own is not None:
            end = own.end
        elif (
            hit is None
            or any(n.start < position + hit.end and start < n.end for n in named)
            or not text[start].isupper()
        ):
            return found
        else:
            end = position + hit.end
            agency = agency_name(hit.entry.code)
            found.append(AgencyMention(start, end, collapse(text[start:end]), agency, False, None, "elliptical"))
        gap = _GOES_ON.match(text, end)
        if not gap:
            return found
        offset = gap.end() - position


def _with_owner(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """The owner belongs to the name: "Ủy ban Kinh tế và Tài chính của Quốc hội", "Văn phòng Sở Y tế", "Thanh tra Bộ Tài chính"."""
    out: list[AgencyMention] = []
    for m in named:
        above = out[-1] if out else None
        if above is None or above.agency is None or m.agency is None:
            out.append(m)
            continue
        gap = key(text[above.end : m.start])
        joined = replace(above, end=m.end, text=collapse(text[above.start : m.end]))
        if gap.strip() == "của" and above.agency.kind == "agency":
            out[-1] = joined
        elif _UNIT_OF.fullmatch(gap) and above.agency.kind == "unit" and gap.strip() != "-":
            unit = above.agency
            if _NEEDS_OWNER.match(key(unit.name)) and not key(unit.name).endswith(key(m.agency.name)):
                unit = replace(
                    unit,
                    owner=m.agency,
                    name=f"{_base(unit.name).removesuffix(' Sở').removesuffix(' Bộ')} {m.agency.name}",
                )
            else:
                unit = replace(unit, owner=m.agency)
            out[-1] = replace(joined, agency=unit, province_slug=m.province_slug)
        else:
            out.append(m)
    return out
