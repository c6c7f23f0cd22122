"""Agencies named in text: departments, ministries, local bodies, and classes such as "các Sở, ngành liên quan"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from normalizers.agency_classes import find_classes
from normalizers.agency_lexicon import LOCAL_ENDS, AgencyName, agency_name, bare_names, homonyms_of, name_gazetteer
from normalizers.agency_misprints import find_misprints, longer_misprint
from normalizers.lexicon import Hit
from normalizers.localities import PLACE_NAME, Locality, is_unit_name, locality_at
from normalizers.memo import remembered
from normalizers.places import PlaceMention, find_places
from normalizers.text import collapse, key

_COMMITTEE = re.compile(
    r"(?<!\w)(?:(?P<both>(?:HĐND|Hội\s+đồng\s+nhân\s+dân)\s*(?:,|và|-)\s*)?(?:UBND|[ỦUÙ]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân)"
    r"|(?P<council>HĐND|Hội\s+đồng\s+[nN]hân\s+dân))(?=\s)"
)
_COMMITTEES_OF = re.compile(
    r"(?<!\w)(?:UBND|[ỦU]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân|(?P<council>HĐND|Hội\s+đồng\s+[nN]hân\s+dân))"
    r"\s+các\s+(?P<kind>(?i:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu))\s*(?=:)"
)
_NEXT_PLACE = re.compile(rf"\s*(?:[,:]|và)\s*({PLACE_NAME})(?!\w)")
_NEWSPAPER = re.compile(r"(?<!\w)Báo\s+(?=[^\W\d_])")
_PLACE_GAP = re.compile(r"\s+(?:tỉnh\s+|thành\s+phố\s+|tp\.?\s*)?", re.IGNORECASE)
_OF_PROVINCE = re.compile(r"\s+tỉnh(?!\w)(?!\s+(?:ủy|đoàn))", re.IGNORECASE)
_LIST_HEAD = re.compile(
    r"(?<!\w)(?:(?:các|những|hai|ba|bốn|2|02|3|03)\s+(sở|bộ|phòng|ban|hội)(?:\s*,\s*(?:ban\s*,\s*)?ngành)?\s*:?|(sở|bộ|phòng)\s*:|liên\s+(ngành|sở)\s*:?)\s*"
)
_GOES_ON = re.compile(r"\s*(?:,|;|và|\+|/|-)\s*(?:(?:và|các|sở)\s+)?")
# An item of a list that shares the first word of the name before it: "Sở Tài chính, Xây dựng và Y tế".
_SHARED_HEAD = re.compile(r"(?:,|và|,\s*và)\s*", re.IGNORECASE)
_LOCAL_END = re.compile(rf"\s+(?:{'|'.join(sorted(LOCAL_ENDS, key=len, reverse=True))})$".replace(" ", r"\s+"))
_REGION = re.compile(r"(?i:(?<=khu\svực))\s+(\d{1,2}|[IVX]{1,5})(?!\w)")
_PARTY_PLACE = re.compile(rf"\s+({PLACE_NAME})(?!\w)")
_PLACE_KIND = r"(?:huyện|quận|thị\s+xã|thành\s+phố|thị\s+trấn|xã|phường|đặc\s+khu|địa\s+phương|cấp)"
_MANY_PLACES = re.compile(
    rf"\s+(?:(?:các|những)\s+{_PLACE_KIND}|cấp\s+(?:huyện|xã))(?!\w)(?:\s*,\s*{_PLACE_KIND}(?!\w)|\s+và\s+{_PLACE_KIND}(?!\w))*(?:\s+(?:có\s+)?liên\s+quan)?"
)
_NAMES_BEHIND = re.compile(rf"\s+{PLACE_NAME}(?:\s*,\s*{PLACE_NAME}|\s+và\s+{PLACE_NAME})*(?=[\s,;.)]|$)")
_NATIONAL = re.compile(r"\s+(?:Việt Nam|Trung ương|TW|[Qq]uốc gia)(?!\w)(?!\s+[Tt]ỉnh)")
_SYMBOL_BEFORE = re.compile(r"\d\w*\s?[/-]")
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
    hits = [longer_misprint(text, hit) for hit in hits if hit.entry.fields["kind"] != "none"]
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
        committee = _committee(m, place)
        found.append(AgencyMention(m.start(), end, collapse(text[m.start() : end]), committee, False, None, "exact"))
        found += _more_places(text, m, place.kind, end)
    for m in _COMMITTEES_OF.finditer(text):
        found += _more_places(text, m, collapse(m["kind"].lower()), m.end())
    return found


def _committee(m: re.Match[str], place: Locality) -> AgencyName:
    head = "Hội đồng nhân dân" if m["council"] else "Ủy ban nhân dân"
    code = place.committee_code if not m["council"] else place.committee_code.replace("UBND", "HDND")
    return AgencyName(code, f"{head} {place.words}", place.level, "agency")


def _more_places(text: str, m: re.Match[str], kind: str, position: int) -> list[AgencyMention]:
    """Committees that share their head: "UBND huyện Tri Tôn và Thoại Sơn", "UBND các huyện: Mường Tè, Sìn Hồ". Only names of the
    official list count."""
    found: list[AgencyMention] = []
    while gap := _NEXT_PLACE.match(text, position):
        name = collapse(gap.group(1))
        if not is_unit_name(kind, name):
            break
        position = gap.end()
        committee = _committee(m, Locality(kind, name))
        found.append(AgencyMention(gap.start(1), gap.end(1), name, committee, False, None, "elliptical"))
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
        if before.endswith(("cơ", "trụ", "tổng")) or not (_is_long_name(words) or _starts_small(words)):
            return False
    if _in_symbol(text, hit) or (hit.entry.fields["level"] != "central" and _NATIONAL.match(text, hit.end)):
        return False
    ends_as_committee = key(words).endswith(("ubnd", "nhân dân", "hđnd"))
    return not (
        hit.entry.fields["level"] != "central"
        and ends_as_committee
        and re.match(r"\s+(?:và|,)?\s*(?:các|cấp)\s", text[hit.end :])
    )


def _in_symbol(text: str, hit: Hit) -> bool:
    """Whether letters stand in the number of a document: "12/SCT-KC", "02/2022/TT-BTNMT"."""
    if " " in text[hit.start : hit.end]:
        return False
    start = max(text.rfind(mark, 0, hit.start) for mark in " \n\t(") + 1
    return bool(_SYMBOL_BEFORE.search(text[start : hit.start]))


def _starts_small(words: str) -> bool:
    """Whether a small head in front of a capital still begins a name: "sở Y tế", "công an Tỉnh"; "đài Truyền hình" does not."""
    return words != words.lower() and bool(_SMALL_HEAD.match(words))


def _is_long_name(form: str) -> bool:
    """Whether a form without capitals is still a name: "ủy ban nhân dân tỉnh", "sở công thương"."""
    words = key(form)
    return (
        len(form.split()) >= 5
        or words.startswith("ủy ban nhân dân")
        or (words.startswith("sở ") and len(form.split()) >= 3)
    )


def _mention(text: str, hit: Hit, places: dict[int, PlaceMention], method: str) -> AgencyMention:
    form = text[hit.start : hit.end]
    agency, homonyms = agency_name(hit.entry.code), homonyms_of(form)
    agency = replace(agency, homonyms=homonyms) if homonyms else agency
    exact = method or ("exact" if key(collapse(form)) == key(agency.name) else "alias")
    if key(form).endswith((" sở", " bộ")) and (owner := _owner_behind(text, hit)) is not None:
        unit = replace(agency, name=f"{agency.name.rsplit(' ', 1)[0]} {owner[0].name}", owner=owner[0])
        return AgencyMention(hit.start, owner[1], collapse(text[hit.start : owner[1]]), unit, False, None, exact)
    if agency.level == "central":
        return AgencyMention(hit.start, hit.end, collapse(form), agency, False, None, exact)
    part = _LOCAL_END.search(key(form))
    position = hit.start + part.start() if part else hit.end
    many = _MANY_PLACES.match(key(text), position)
    if many is not None:
        end = _with_places(text, many.end())
        return AgencyMention(hit.start, end, collapse(text[hit.start : end]), None, True, None, "none")
    in_city = key(form).endswith(("thành phố", "tp", "tp.", "t.p"))
    at = locality_at(text, position, places, in_city=in_city)
    if at is not None:
        place, end = at
        name = f"{_base(agency.name)} {place.words}"
        local = AgencyName(agency.code, name, place.level, agency.kind, agency.homonyms)
        return AgencyMention(hit.start, end, collapse(text[hit.start : end]), local, False, None, exact)
    if key(form).endswith("ủy") and agency.level != "province" and (name_behind := _PARTY_PLACE.match(text, hit.end)):
        end = name_behind.end()
        local = replace(agency, name=f"{agency.name} {collapse(name_behind.group(1))}")
        return AgencyMention(hit.start, end, collapse(text[hit.start : end]), local, False, None, exact)
    if in_city and agency.name.endswith(" tỉnh"):
        agency = replace(agency, name=f"{agency.name.removesuffix('tỉnh')}thành phố")
    if numbered := _REGION.match(text, hit.end):
        region = replace(agency, name=f"{agency.name.removesuffix(' khu vực')} khu vực {numbered.group(1)}")
        return AgencyMention(
            hit.start, numbered.end(), collapse(text[hit.start : numbered.end()]), region, False, None, exact
        )
    end, slug = _place_behind(text, hit.end, places)
    whole = _OF_PROVINCE.match(text, end) if slug is None else None
    end = whole.end() if whole else end
    return AgencyMention(hit.start, end, collapse(text[hit.start : end]), agency, False, slug, exact)


def _owner_behind(text: str, hit: Hit) -> tuple[AgencyName, int] | None:
    """The department whose name goes on behind a unit: "Thanh tra Sở Xây dựng", "Văn phòng Bộ Y tế"."""
    start = hit.end - 2
    behind = next((h for h in name_gazetteer().find(text[start : start + 80]) if h.start == 0), None)
    return (agency_name(behind.entry.code), start + behind.end) if behind else None


def _with_places(text: str, end: int) -> int:
    """Takes in the proper names behind several places: "Công an các xã Tân Lập, Phú Hòa"."""
    names = _NAMES_BEHIND.match(text, end)
    return names.end() if names else end


def _base(name: str) -> str:
    """A name without the level it ends with: "Công an tỉnh" → "Công an"."""
    end = _LOCAL_END.search(key(name))
    return name[: end.start()] if end else name.removesuffix(" tỉnh")


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
        word = head.group(1) or head.group(2) or "sở"
        found += _items(text, word, head.end(), [*named, *found])
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
    """The owner belongs to the name: "Ủy ban Kinh tế và Tài chính của Quốc hội", "Phòng Tổng hợp Sở Y tế". Behind "thuộc" it is a
    mention of its own, and the unit knows it as its owner."""
    out: list[AgencyMention] = []
    for m in named:
        above = out[-1] if out else None
        if above is None or above.agency is None or m.agency is None:
            out.append(m)
            continue
        gap = key(text[above.end : m.start]).strip()
        whole = replace(above, end=m.end, text=collapse(text[above.start : m.end]))
        if gap == "của" and above.agency.kind == "agency":
            out[-1] = whole
        elif above.agency.kind == "unit" and gap == "" and "\n" not in text[above.end : m.start]:
            out[-1] = replace(whole, agency=part_of(above.agency, m.agency), province_slug=m.province_slug)
        else:
            if above.agency.kind == "unit" and gap in ("thuộc", "của"):
                out[-1] = replace(above, agency=replace(above.agency, owner=m.agency))
            out.append(m)
    return out


def part_of(unit: AgencyName, owner: AgencyName) -> AgencyName:
    """A unit under the name of its owner where its own name would not tell it: "Phòng Tổng hợp" + "Sở Y tế"."""
    if not _NEEDS_OWNER.match(key(unit.name)) or key(unit.name).endswith(key(owner.name)):
        return replace(unit, owner=owner)
    return replace(unit, owner=owner, name=f"{_base(unit.name)} {owner.name}")
