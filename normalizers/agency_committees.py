"""People's committees and councils of named districts and communes, also in lists: "UBND huyện Tri Tôn và Thoại Sơn"."""

from __future__ import annotations

import re

from normalizers.agency_lexicon import AgencyName
from normalizers.agency_mention import AgencyMention
from normalizers.localities import PLACE_NAME, Locality, is_unit_name, locality_at
from normalizers.places import PlaceMention
from normalizers.text import collapse, key

_COMMITTEE = re.compile(
    r"(?<!\w)(?:(?:(?:HĐND|Hội\s+đồng\s+nhân\s+dân)\s*(?:,|và|-)\s*)?(?:UBND|[ỦUÙ]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân)"
    r"|(?P<council>HĐND|Hội\s+đồng\s+[nN]hân\s+dân))(?=\s)"
)
_COMMITTEES_OF = re.compile(
    r"(?<!\w)(?:UBND|[ỦU]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân|(?P<council>HĐND|Hội\s+đồng\s+[nN]hân\s+dân))"
    r"\s+các\s+(?P<kind>(?i:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu))\s*(?=:)"
)
_OWN = re.compile(r"(?:ubnd|ủy\s+ban\s+nhân\s+dân)\s+(huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn|đặc\s+khu)")
_MAY_BE_ONE = re.compile(r"UBND|HĐND|[Nn]hân\s+dân")
_NEXT_PLACE = re.compile(rf"\s*(?:[,:]|và)\s*({PLACE_NAME})(?!\w)")


def local_body(kind: str, name: str) -> AgencyName:
    """The people's committee of a named district or commune: ("xã", "Tân Lập") → "Ủy ban nhân dân xã Tân Lập"."""
    place = Locality(re.sub(r"\s+", " ", kind.lower()), name)
    return AgencyName(place.committee_code, f"Ủy ban nhân dân {place.words}", place.level, "agency")


def own_committee(words: str, within: str) -> AgencyName | None:
    """The committee a document of a locality calls by its kind alone: "UBND huyện" within "huyện Mỹ Xuyên"; None for other words, "các"
    among them, and for documents of a province, where every district has one."""
    kind = _OWN.fullmatch(key(words))
    if kind is None or not within.startswith(collapse(kind[1])):
        return None
    place = Locality(collapse(kind[1]), "")
    return AgencyName(place.committee_code, f"Ủy ban nhân dân {place.kind}", place.level, "agency")


def find_committees(text: str, places: dict[int, PlaceMention]) -> list[AgencyMention]:
    """People's committees and councils of named districts and communes: "UBND xã Tân Lập", "HĐND huyện Mỹ Xuyên"."""
    found: list[AgencyMention] = []
    if not ("UBND" in text or "HĐND" in text or "hân" in text) or not _MAY_BE_ONE.search(text):
        return found
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
