"""Provinces of Vietnam with their eras: a name and a date give one province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from normalizers.lexicon import Entry, gazetteer, load
from normalizers.memo import remembered
from normalizers.text import key

_TITLED = re.compile(r"(?:tỉnh|thành\s+phố|tp\.?)\s*$")


@dataclass(frozen=True, slots=True)
class Province:
    """One province in one era (data-model table `provinces`)."""

    province_id: str
    code: str
    name_vi: str
    name_en: str
    slug: str
    type: str
    region: str
    valid_from: date
    valid_to: date | None
    successor_id: str | None
    aliases: tuple[str, ...]

    def full_name(self) -> str:
        """Name with its kind: "tỉnh An Giang", "thành phố Cần Thơ"."""
        return f"{'tỉnh' if self.type == 'province' else 'thành phố'} {self.name_vi}"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A province name in a text; `titled` when "tỉnh" or "thành phố" stands before it."""

    start: int
    end: int
    slug: str
    titled: bool


@cache
def provinces() -> tuple[Province, ...]:
    """Every province row of both eras, in the order of the lexicon."""
    return tuple(_province(e) for e in load("places"))


def _province(entry: Entry) -> Province:
    def field(name: str) -> str:
        return entry.text(name) or ""

    end = field("valid_to")
    return Province(
        entry.code, field("gso_code"), field("name_vi"), field("name_en"), field("slug"), field("type"), field("region"),
        date.fromisoformat(field("valid_from")), date.fromisoformat(end) if end else None, entry.text("successor"), entry.forms,
    )  # fmt: skip


@cache
def _by_slug() -> dict[str, tuple[Province, ...]]:
    rows: dict[str, list[Province]] = {}
    for p in provinces():
        rows.setdefault(p.slug, []).append(p)
    return {slug: tuple(sorted(ps, key=lambda p: p.valid_from)) for slug, ps in rows.items()}


@cache
def _by_id() -> dict[str, Province]:
    return {p.province_id: p for p in provinces()}


def province_by_id(province_id: str) -> Province | None:
    """The province row of an id ("vn34-91"); None for an unknown one."""
    return _by_id().get(province_id)


def province_of_code(code: str, on: date) -> Province | None:
    """The province that has a GSO code on a day: seven codes were given to other provinces in 2025."""
    return next(
        (p for p in provinces() if p.code == code and p.valid_from <= on and (p.valid_to is None or on <= p.valid_to)),
        None,
    )


def resolve_province(slug: str | None, on: date | None) -> Province | None:
    """The province of a name at a date. Without a date: the newest era. Outside its years: the nearest era."""
    rows = _by_slug().get(slug or "", ())
    if not rows:
        return None
    if on is None:
        return rows[-1]
    for p in rows:
        if p.valid_from <= on and (p.valid_to is None or on <= p.valid_to):
            return p
    return rows[0] if on < rows[0].valid_from else rows[-1]


@remembered
def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Names of provinces, capitalised, in the order of the text: "tỉnh An Giang", "TP. Cần Thơ"."""
    keyed = key(text)
    found = []
    for hit in gazetteer("places").find(text):
        if not text[hit.start].isupper() and not text[hit.start : hit.end].startswith(("thành", "tp")):
            continue
        slug = hit.entry.text("slug") or ""
        titled = _is_titled(keyed[: hit.start]) or keyed.startswith(("thành phố", "tp"), hit.start)
        found.append(PlaceMention(hit.start, hit.end, slug, titled))
    return tuple(found)


def _is_titled(before: str) -> bool:
    return before.rstrip().endswith(("tỉnh", "phố", "tp", "tp.")) and bool(_TITLED.search(before))


def province_of_host(url: str | None) -> str | None:
    """The province whose portal or newspaper a page is from: "https://camau.gov.vn/…", "baocamau.vn" → ca-mau; None for others."""
    host = re.match(r"https?://(?:www\.)?([^/:]+)", url or "")
    if host is None:
        return None
    names = {re.sub(r"^(?:bao|ubnd|so\w*|portal)", "", part) for part in host.group(1).split(".")} | set(
        host.group(1).split(".")
    )
    return next((p.slug for p in provinces() if p.slug.replace("-", "") in names), None)
