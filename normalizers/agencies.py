"""Agencies named in text: departments, ministries, local bodies, and classes such as "các Sở, ngành liên quan"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from normalizers.agency_classes import find_classes
from normalizers.agency_committees import find_committees
from normalizers.agency_lexicon import LOCAL_ENDS, AgencyName, agency_entries, agency_name, homonyms_of, name_gazetteer
from normalizers.agency_lists import find_lists
from normalizers.agency_mention import AgencyMention
from normalizers.agency_misprints import find_misprints, longer_misprint
from normalizers.lexicon import Hit
from normalizers.localities import PLACE_NAME, locality_at
from normalizers.memo import remembered
from normalizers.places import PlaceMention, find_places
from normalizers.text import collapse, key

_MAY_BE_LOCAL = re.compile(r"UBND|HĐND|[Nn]hân\s+dân|Báo\s")
_NEWSPAPER = re.compile(r"(?<!\w)Báo\s+(?=[^\W\d_])")
_PLACE_GAP = re.compile(r"\s+(?:tỉnh\s+|thành\s+phố\s+|tp\.?\s*)?", re.IGNORECASE)
_OF_PROVINCE = re.compile(r"\s+tỉnh(?!\w)(?!\s+(?:ủy|đoàn))", re.IGNORECASE)
_LOCAL_END = re.compile(rf"\s+(?:{'|'.join(sorted(LOCAL_ENDS, key=len, reverse=True))})$".replace(" ", r"\s+"))
_REGION = re.compile(r"(?i:(?:(?<=khu\svực)|(?<=thị\strường\ssố)))\s+(\d{1,2}|[IVX]{1,5})(?!\w)")
_PARTY_PLACE = re.compile(rf"\s+({PLACE_NAME})(?!\w)")
_PLACE_KIND = r"(?:huyện|quận|thị\s+xã|thành\s+phố|thị\s+trấn|xã|phường|đặc\s+khu|địa\s+phương|cấp)"
_MANY_PLACES = re.compile(
    rf"\s+(?:(?:các|những)\s+{_PLACE_KIND}|cấp\s+(?:huyện|xã))(?!\w)(?:\s*,\s*{_PLACE_KIND}(?!\w)|\s+và\s+{_PLACE_KIND}(?!\w))*(?:\s+(?:có\s+)?liên\s+quan)?"
)
_NAMES_BEHIND = re.compile(rf"\s+{PLACE_NAME}(?:\s*,\s*{PLACE_NAME}|\s+và\s+{PLACE_NAME})*(?=[\s,;.)]|$)")
_MANY_BEHIND = re.compile(r"\s++(?:(?:và|,)\s*+)?(?:các|cấp)\s")
_NATIONAL = re.compile(r"\s+(?:Việt Nam|Trung ương|TW|[Qq]uốc gia)(?!\w)(?!\s+[Tt]ỉnh)")
_SYMBOL_BEFORE = re.compile(r"\d\w*\s?[/-]")
# A small head in front of a capital begins a name: "sở Y tế", "công an Tỉnh"; "đài Truyền hình" does not.
_SMALL_HEAD = re.compile(
    r"(?:sở|phòng|chi cục|cục|công an|thanh tra|văn phòng|liên đoàn|bảo hiểm|kho bạc|ban quản lý|cơ quan)\s"
)
# First halves of words whose second half is the head of a name: "cơ sở", "nhiệm vụ", "cán bộ", "Chi cục".
_HALF_WORDS = ("cơ", "trụ", "tổng", "chi", "nhiệm", "cán", "nội", "toàn", "dịch", "phục", "chức", "nghiệp")
_EVERY = re.compile(r"(?<!\w)[Cc]ác\s+$")
_ANOTHER_BEHIND = re.compile(r"\s*+(?:[,;]\s*+)?(?:và\s+)?Sở(?!\w)")
_JOINED = 8  # characters between agencies that share "các"
_NEEDS_OWNER = re.compile(r"(?:phòng|văn phòng|thanh tra|đội|ban|trạm|bộ phận)(?!\w)")


@remembered
def find_agencies(text: str) -> tuple[AgencyMention, ...]:
    """Agencies and classes in the order of the text, without overlap; a place named behind an agency belongs to it.

    "Sở TN&MT chủ trì, phối hợp các Sở: Công Thương, Tài chính; UBND các huyện" → three departments and a class
    """
    named = list(_with_names(text))
    classes = [
        AgencyMention(start, end, collapse(text[start:end]), None, True, None, "none")
        for start, end in find_classes(text, named)
    ]
    classes += _of_every_province(text, named)
    named = [n for n in named if not any(c.start <= n.start and n.end <= c.end for c in classes)]
    return tuple(sorted(named + classes, key=lambda m: m.start))


def find_named(text: str) -> tuple[AgencyMention, ...]:
    """The agencies of `find_agencies` without the classes, which most texts that name nobody are not searched for."""
    return tuple(m for m in find_agencies(text) if not m.is_class) if _with_names(text) else ()


@remembered
def _with_names(text: str) -> tuple[AgencyMention, ...]:
    """Agencies with a name, of their own or in a list, in the order of the text; some may be part of a class."""
    named = _named(text)
    named += find_lists(text, named)
    named.sort(key=lambda m: m.start)
    return tuple(_with_owner(text, named))


def _of_every_province(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Departments of one kind in every province: "Các Sở Giao thông vận tải tham mưu …", without others behind that "các" would share."""
    found = []
    for n, m in enumerate(named):
        if not m.text.startswith("Sở") or (n + 1 < len(named) and named[n + 1].start - m.end < _JOINED):
            continue
        before = _EVERY.search(text[: m.start])
        if before and not _ANOTHER_BEHIND.match(text, m.end):
            words = collapse(text[before.start() : m.end])
            found.append(AgencyMention(before.start(), m.end, words, None, True, None, "none"))
    return found


def without_agencies(text: str) -> str:
    """The text with its agencies blanked, for reading what it is about: "Sở Giáo dục và Đào tạo" is no training."""
    parts, position = [], 0
    for m in find_agencies(text):
        parts += [text[position : m.start], " " * (m.end - max(position, m.start))]
        position = max(position, m.end)
    return "".join(parts) + text[position:]


def _named(text: str) -> list[AgencyMention]:
    hits = [hit for hit in name_gazetteer().find(text) if _is_name(text, hit)]
    misprints = find_misprints(text, {n for hit in hits for n in range(hit.start, hit.end)})
    if not hits and not misprints and not _may_be_local(text):
        return []
    places = {p.start: p for p in find_places(text)}
    found = [*find_committees(text, places), *_newspapers(text, places)]
    taken = {n for f in found for n in range(f.start, f.end)}
    hits = [longer_misprint(text, h) for h in hits if h.start not in taken and h.entry.fields["kind"] != "none"]
    found += [_mention(text, hit, places, "") for hit in hits]
    found += [_mention(text, hit, places, "fuzzy") for hit in misprints if hit.start not in taken]
    found.sort(key=lambda m: m.start)
    return [m for n, m in enumerate(found) if n == 0 or m.start >= found[n - 1].end]


def _may_be_local(text: str) -> bool:
    """Whether the words of committees, councils or newspapers stand in a text."""
    return ("UBND" in text or "HĐND" in text or "hân" in text or "Báo" in text) and bool(_MAY_BE_LOCAL.search(text))


def _newspapers(text: str, places: dict[int, PlaceMention]) -> list[AgencyMention]:
    found = []
    for m in _NEWSPAPER.finditer(text) if "Báo" in text else ():
        place = places.get(m.end())
        if place and not text[m.end()].islower():
            words = collapse(text[m.start() : place.end])
            paper = AgencyName("BAO", words, "province", "agency")
            found.append(AgencyMention(m.start(), place.end, words, paper, False, place.slug, "exact"))
    return found


def _is_name(text: str, hit: Hit) -> bool:
    """Whether a form that occurs is meant as a name: "cơ sở Công Thương", "đài truyền hình" are common words."""
    words, keyed = text[hit.start : hit.end], key(text)
    form_key = keyed[hit.start : hit.end]
    is_small = words == words.lower()
    if is_small and not _is_long_name(form_key):
        return False
    if words[0].islower():
        before = keyed[max(0, hit.start - 9) : hit.start].rstrip()
        if before.endswith(_HALF_WORDS):
            return False
        if not (_is_long_name(form_key) or (not is_small and _SMALL_HEAD.match(words))):
            return False
    if _in_symbol(text, hit):
        return False
    if hit.entry.fields["level"] == "central":
        return True
    many = form_key.endswith(("ubnd", "nhân dân", "hđnd")) and _MANY_BEHIND.match(text, hit.end)
    return not many and not _NATIONAL.match(text, hit.end)


def _in_symbol(text: str, hit: Hit) -> bool:
    """Whether letters stand in the number of a document: "12/SCT-KC", "02/2022/TT-BTNMT"."""
    if " " in text[hit.start : hit.end]:
        return False
    start = max(text.rfind(mark, 0, hit.start) for mark in " \n\t(") + 1
    return bool(_SYMBOL_BEFORE.search(text[start : hit.start]))


def _is_long_name(form_key: str) -> bool:
    """Whether a form without capitals is still a name: "ủy ban nhân dân tỉnh", "sở công thương"; "đài truyền hình" is none."""
    words = form_key.count(" ") + 1
    return words >= 5 or form_key.startswith("ủy ban nhân dân") or (form_key.startswith("sở ") and words >= 3)


@dataclass(frozen=True, slots=True)
class _Form:
    """A printed form of an agency: its key, where it stands, and how it was matched."""

    text: str
    start: int
    end: int
    key: str
    agency: AgencyName
    method: str

    def mention(self, end: int, agency: AgencyName | None, slug: str | None = None) -> AgencyMention:
        """The mention from the form on to an offset."""
        words, method = collapse(self.text[self.start : end]), "none" if agency is None else self.method
        return AgencyMention(self.start, end, words, agency, agency is None, slug, method)

    @property
    def in_city(self) -> bool:
        """Whether the form ends with "thành phố"."""
        return self.key.endswith(("thành phố", "tp", "tp.", "t.p"))


def _mention(text: str, hit: Hit, places: dict[int, PlaceMention], method: str) -> AgencyMention:
    form_key = " ".join(key(text)[hit.start : hit.end].split())
    agency, homonyms = agency_name(hit.entry.code), homonyms_of(form_key)
    agency = replace(agency, homonyms=homonyms) if homonyms else agency
    exact = method or ("exact" if form_key == _key_of_name(hit.entry.code) else "alias")
    form = _Form(text, hit.start, hit.end, form_key, agency, exact)
    if form_key.endswith((" sở", " bộ")) and (owner := _owner_behind(text, hit)) is not None:
        unit = replace(agency, name=f"{agency.name.rsplit(' ', 1)[0]} {owner[0].name}", owner=owner[0])
        return form.mention(owner[1], unit)
    if agency.level == "central":
        return form.mention(form.end, agency)
    return _below_the_province(form, places) or _of_the_province(form, places)


@cache
def _key_of_name(code: str) -> str:
    return key(agency_name(code).name)


def _below_the_province(form: _Form, places: dict[int, PlaceMention]) -> AgencyMention | None:
    """Branches in districts and communes: "Công an các xã" is a class, "Công an huyện Mỹ Xuyên" one body, "Huyện ủy Ea Kar" too."""
    text, agency = form.text, form.agency
    part = _LOCAL_END.search(form.key) if form.key.endswith(LOCAL_ENDS) else None
    position = form.end
    if part is not None:
        words = len(part.group().split())
        position = [m.start() for m in re.finditer(r"\s+", text[form.start : form.end])][-words] + form.start
    many = _MANY_PLACES.match(key(text), position)
    if many is not None:
        return form.mention(_with_places(text, many.end()), None)
    at = locality_at(text, position, places, in_city=form.in_city)
    if at is not None:
        place, end = at
        name = f"{_base_of(agency)} {place.words}"
        return form.mention(end, replace(agency, name=name, level=place.level))
    if form.key.endswith("ủy") and agency.level != "province" and (behind := _PARTY_PLACE.match(text, form.end)):
        return form.mention(behind.end(), replace(agency, name=f"{agency.name} {collapse(behind.group(1))}"))
    return None


def _of_the_province(form: _Form, places: dict[int, PlaceMention]) -> AgencyMention:
    """A body of the province with what stands behind its name: the number of its region, the province, or "tỉnh"."""
    text, agency = form.text, form.agency
    if form.in_city and agency.name.endswith(" tỉnh"):
        agency = replace(agency, name=f"{agency.name.removesuffix('tỉnh')}thành phố")
    if numbered := _REGION.match(text, form.end):
        by = "số" if text[: form.end].endswith("số") else "khu vực"
        name = f"{agency.name.removesuffix(' khu vực')} {by} {numbered.group(1)}"
        return form.mention(numbered.end(), replace(agency, name=name))
    end, slug = _place_behind(text, form.end, places)
    whole = _OF_PROVINCE.match(text, end) if slug is None else None
    return form.mention(whole.end() if whole else end, agency, slug)


def _owner_behind(text: str, hit: Hit) -> tuple[AgencyName, int] | None:
    """The department whose name goes on behind a unit: "Thanh tra Sở Xây dựng", "Văn phòng Bộ Y tế"."""
    start = hit.end - 2
    behind = next((h for h in name_gazetteer().find(text[start : start + 80]) if h.start == 0), None)
    return (agency_name(behind.entry.code), start + behind.end) if behind else None


def _with_places(text: str, end: int) -> int:
    """Takes in the proper names behind several places: "Công an các xã Tân Lập, Phú Hòa"."""
    names = _NAMES_BEHIND.match(text, end)
    return names.end() if names else end


def _base_of(agency: AgencyName) -> str:
    """What a body is called in districts and communes: "Tỉnh đoàn" is "Đoàn Thanh niên Cộng sản Hồ Chí Minh" there."""
    return agency_entries()[agency.code].text("local_name") or _base(agency.name)


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
