"""The agencies and provinces tables: what the documents name, in its province, with successors."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from normalizers.agencies import AgencyName, agency_name
from normalizers.lexicon import Entry, load
from normalizers.places import provinces, resolve_province
from pipeline.ids import agency_id


@cache
def _entries() -> dict[str, Entry]:
    return {e.code: e for e in load("agencies")}


class AgencyBook:
    """Collects the agencies that rows point to."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def of(self, agency: AgencyName | None, slug: str | None, on: date | None) -> str | None:
        """Key of an agency in a province at a date; remembers its row and those of its successors."""
        if agency is None:
            return None
        place = None if agency.level == "central" else slug
        identity = agency_id(place, agency.name)
        if identity not in self._rows:
            entry = _entries().get(agency.code)
            successors = [str(c) for c in entry.fields.get("successors", [])] if entry else []
            self._rows[identity] = {}  # a successor may point back
            province = resolve_province(place, on)
            self._rows[identity] = {
                "agency_id": identity, "agency_code": agency.code, "name_vi": agency.name,
                "name_full_vi": _full_name(agency, province.full_name() if province else None, province.name_vi if province else None),
                "name_en": entry.text("name_en") if entry else None, "level_code": agency.level, "agency_kind_code": agency.kind,
                "province_id": province.province_id if province else None, "parent_agency_id": None, "valid_from": None,
                "valid_to": date.fromisoformat(valid) if entry and (valid := entry.text("valid_to")) else None,
                "successor_ids": [s for code in successors if (s := self.of(agency_name(code), slug, on)) is not None],
                "aliases": [f for f in entry.forms if f != agency.name] if entry else [],
            }  # fmt: skip
        return identity

    def rows(self) -> list[dict[str, Any]]:
        """Rows of the table `agencies`; an agency named at several dates has the province of its last era."""
        return list(self._rows.values())


def _full_name(agency: AgencyName, place: str | None, bare: str | None) -> str:
    """ "Sở Công Thương" + "tỉnh An Giang" → "Sở Công Thương tỉnh An Giang"; a name ending in "tỉnh" takes the bare place."""
    if place is None or bare is None or bare in agency.name:
        return agency.name
    if agency.name.endswith((" tỉnh", " thành phố")):
        return f"{agency.name} {bare}"
    return f"{agency.name} {place}"


def province_rows() -> list[dict[str, Any]]:
    """Rows of the table `provinces`: both eras, whole."""
    return [
        {
            "province_id": p.province_id, "code": p.code, "name_vi": p.name_vi, "name_en": p.name_en, "slug": p.slug, "type": p.type, "region": p.region,
            "valid_from": p.valid_from, "valid_to": p.valid_to, "successor_id": p.successor_id, "aliases": [a for a in p.aliases if a != p.name_vi],
        }
        for p in provinces()
    ]  # fmt: skip
