"""The agencies and provinces tables: what the documents name, in its province, with what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from normalizers.agency_lexicon import CITY_WORDS, AgencyName, agency_entries, agency_name, day, in_force, on_day
from normalizers.lexicon import Entry
from normalizers.localities import DISTRICTS_UNTIL, Locality, Unit, split_locality, unit_by_code, units_named
from normalizers.places import Province, province_by_id, province_of_code, provinces, resolve_province
from pipeline.ids import agency_id

_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Body:
    """An agency in its place, with the last date it was named at. `within`: the district or commune it belongs to where its own name does
    not say so."""

    agency: AgencyName
    slug: str | None
    on: date | None
    within: str = ""

    @property
    def whole_name(self) -> str:
        """The name with its district or commune: "Công an xã" within "xã Tân Hòa" → "Công an xã Tân Hòa"."""
        if not self.within:
            return self.agency.name
        kind, _ = split_locality(self.within)
        return f"{self.agency.name.removesuffix(f' {kind}')} {self.within}"


def _order(body: Body) -> tuple[object, ...]:
    return (body.on or _FIRST_DAY, body.agency.name, body.agency.code, body.agency.level, repr(body))


class AgencyBook:
    """Collects the agencies that rows point to."""

    def __init__(self) -> None:
        self._bodies: dict[str, Body] = {}

    def of(self, agency: AgencyName, slug: str | None, on: date | None, within: str = "") -> str:
        """Key of an agency in a province at a date; remembers it for the table.

        `within`: the district or commune that issued the document ("xã Tân Hòa"): its "Công an xã" is not that of another commune.
        """
        named = placed(agency, slug, on)
        place = None if named.level == "central" else slug
        body = Body(named, place, on, within if _belongs_below(named) else "")
        identity = agency_id(place, body.whole_name)
        self._take(identity, body)
        return identity

    @property
    def bodies(self) -> dict[str, Body]:
        """What was collected, for a book of several runs over parts of the documents."""
        return dict(self._bodies)

    def add(self, bodies: Mapping[str, Body]) -> None:
        """Takes what another book has collected. The order of books decides nothing."""
        for identity, body in bodies.items():
            self._take(identity, body)

    def _take(self, identity: str, body: Body) -> None:
        """Of two mentions of one agency the later one counts."""
        known = self._bodies.get(identity)
        if known is None or _order(known) < _order(body):
            self._bodies[identity] = body

    def rows(self) -> list[dict[str, Any]]:
        """Rows of the table `agencies`: those named, those above them, and those that took over from them."""
        made_of: dict[str, Body] = {}
        done: dict[str, dict[str, Any]] = {}
        while waiting := sorted(i for i, body in self._bodies.items() if made_of.get(i) != body):
            for identity in waiting:
                made_of[identity] = self._bodies[identity]
                done[identity] = self._row(identity, made_of[identity])
        for row in done.values():
            row["current_ids"] = _current(row["agency_id"], done)
        return list(done.values())

    def _row(self, identity: str, body: Body) -> dict[str, Any]:
        agency, entry = body.agency, agency_entries().get(body.agency.code)
        province = resolve_province(body.slug, body.on)
        units = _units(agency, province, body.on)
        return {
            "agency_id": identity, "agency_code": agency.code or None, "name_vi": agency.name, "name_full_vi": _full_name(body, province),
            "name_en": entry.text("name_en") if entry and agency.name == entry.text("name") else None, "level_code": agency.level,
            "agency_kind_code": agency.kind, "is_listed": entry is not None or agency.code != "", "province_id": province.province_id if province else None,
            "locality_codes": [u.code for u in units], "parent_agency_id": self._parent(identity, body, entry), "valid_from": _first_day(entry, agency),
            "valid_to": _last_day(entry, agency, province, body.on), "successor_ids": self._successors(identity, body, entry, province, units), "current_ids": [],
            "aliases": [f for f in entry.forms if f != agency.name][:_MOST_ALIASES] if entry and agency.name == entry.text("name") else [],
        }  # fmt: skip

    def _parent(self, identity: str, body: Body, entry: Entry | None) -> str | None:
        """The body above: the one the words name, the committee of the place, else the one of the list at that date."""
        agency = body.agency
        if agency.owner is not None:
            return self.of(agency.owner, body.slug, body.on)
        locality = agency.locality or body.within
        if locality and not agency.code.startswith(("UBND", "HDND")):
            kind, name = split_locality(locality)
            place = Locality(kind, name)
            committee = AgencyName(place.committee_code, f"Ủy ban nhân dân {place.words}", place.level, "agency")
            return self.of(committee, body.slug, body.on)
        codes = (
            [str(c) for c in entry.fields.get("parents", [])] if entry and agency.level == entry.text("level") else []
        )
        code = next((c for c in codes if body.on is None or in_force(c, body.on)), next(iter(codes), None))
        parent = self.of(agency_name(code), body.slug, body.on) if code else None
        return parent if parent != identity else None

    def _successors(
        self, identity: str, body: Body, entry: Entry | None, province: Province | None, units: tuple[Unit, ...]
    ) -> list[str]:
        """Who took over: by the list within the province, else the same body of the province that took in this one, or the
        committees of the communes that a commune went to."""
        agency = body.agency
        codes = [str(c) for c in entry.fields.get("successors", [])] if entry and not agency.locality else []
        if codes:
            found = [self.of(replace(agency_name(c)), body.slug, _after(entry)) for c in codes]
        elif agency.locality:
            found = self._communes_after(agency, units)
        elif province is not None and province.successor_id and agency.level in ("province", "district"):
            later = province_by_id(province.successor_id)
            found = (
                [self.of(agency, later.slug, later.valid_from)]
                if later and later.slug != body.slug and agency.level == "province"
                else []
            )
        else:
            found = []
        return [f for f in dict.fromkeys(found) if f != identity]

    def _communes_after(self, agency: AgencyName, units: tuple[Unit, ...]) -> list[str]:
        """Committees of the communes of 2025; empty where several communes of the province bear the name."""
        if len(units) != 1 or not agency.code.startswith("UBNDX"):
            return []
        found = []
        for code in units[0].successors:
            unit = unit_by_code(code)
            province = province_of_code(unit.province, DISTRICTS_UNTIL.replace(month=7, day=1)) if unit else None
            if unit and province:
                committee = AgencyName("UBNDX", f"Ủy ban nhân dân {unit.kind} {unit.name}", "commune", "agency")
                found.append(self.of(committee, province.slug, DISTRICTS_UNTIL.replace(month=7, day=1)))
        return found


_MOST_ALIASES = 40


def placed(agency: AgencyName, slug: str | None, on: date | None) -> AgencyName:
    """The agency as it is called in a province at a date: "Công an tỉnh" is "Công an thành phố" in a centrally run city, and "Công an
    thành phố" without a name is a body of a district elsewhere."""
    named = on_day(agency, on)
    if named.level == "central":
        return named
    if slug is None:
        return replace(named, level="central") if not named.code else named
    province = resolve_province(slug, on)
    is_city = province is not None and province.type != "province"
    if is_city and named.level == "province":
        return replace(named, name=_in_city(named.name))
    if province is not None and not is_city and named.level == "province" and named.name.endswith(" thành phố"):
        return replace(named, level="district")
    return named


def _in_city(name: str) -> str:
    for word, city in CITY_WORDS:
        name = name.replace(word, city)
    return f"{name.removesuffix('tỉnh')}thành phố" if name.endswith(" tỉnh") else name


def existed(agency: AgencyName, slug: str | None, on: date) -> bool:
    """Whether a named body was there on a day: by the years of its name, and for districts by the end of that level."""
    named = placed(agency, slug, on)
    province = resolve_province(slug, on)
    if named.level == "district" and on > _local_until(named):
        return False
    if named.level != "central" and province is not None and province.valid_to is not None and province.valid_to < on:
        return False
    return named.code not in agency_entries() or in_force(named.code, on)


def _local_until(agency: AgencyName) -> date:
    """The last day of bodies of districts: that of the districts, earlier where the branch gave them up before (`local_until`)."""
    entry = agency_entries().get(agency.code)
    return (day(entry, "local_until") if entry else None) or DISTRICTS_UNTIL


def _units(agency: AgencyName, province: Province | None, on: date | None) -> tuple[Unit, ...]:
    if not agency.locality or province is None:
        return ()
    return units_named(Locality(*split_locality(agency.locality)), province.code, on)


def _current(identity: str, rows: dict[str, dict[str, Any]]) -> list[str]:
    """The bodies of today at the end of the chains of successors: itself where nobody took over."""
    ends: list[str] = []
    seen, waiting = {identity}, [identity]
    while waiting:
        at = waiting.pop(0)
        behind = [s for s in rows[at]["successor_ids"] if s not in seen]
        if not rows[at]["successor_ids"] and rows[at]["valid_to"] is None:
            ends.append(at)
        seen.update(behind)
        waiting += behind
    return sorted(ends)


def _after(entry: Entry | None) -> date | None:
    return day(entry, "valid_to") if entry else None


def _first_day(entry: Entry | None, agency: AgencyName) -> date | None:
    return day(entry, "valid_from") if entry and not agency.locality else None


def _last_day(entry: Entry | None, agency: AgencyName, province: Province | None, on: date | None) -> date | None:
    """The last day of a body: of its name, of the districts, or of its province where another name took that over."""
    days = [day(entry, "valid_to")] if entry else []
    if agency.level == "district":
        days.append(_local_until(agency))
    if province is not None and agency.level != "central" and province.successor_id:
        later = province_by_id(province.successor_id)
        if later is not None and later.slug != province.slug:
            days.append(province.valid_to)
    return min((d for d in days if d is not None), default=None)


def _full_name(body: Body, province: Province | None) -> str:
    """ "Sở Công Thương" in An Giang → "Sở Công Thương tỉnh An Giang"; a name ending in "tỉnh" takes the bare name of the place."""
    name, agency = body.whole_name, body.agency
    if province is None or agency.level == "central" or province.name_vi in name:
        return name
    if agency.locality or body.within:
        return f"{name}, {province.full_name()}"
    if name.endswith((" tỉnh", " thành phố")):
        return f"{name} {province.name_vi}"
    return f"{name} {province.full_name()}"


def _belongs_below(agency: AgencyName) -> bool:
    """Whether a body can be one of the district or commune that issued the document: by its level, or because no list says more."""
    return not agency.locality and (
        agency.level in ("district", "commune") or (not agency.code and agency.level == "province")
    )


def province_rows() -> list[dict[str, Any]]:
    """Rows of the table `provinces`: both eras, whole."""
    return [
        {
            "province_id": p.province_id, "code": p.code, "name_vi": p.name_vi, "name_en": p.name_en, "slug": p.slug, "type": p.type, "region": p.region,
            "valid_from": p.valid_from, "valid_to": p.valid_to, "successor_id": p.successor_id, "aliases": [a for a in p.aliases if a != p.name_vi],
        }
        for p in provinces()
    ]  # fmt: skip
