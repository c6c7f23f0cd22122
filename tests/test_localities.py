"""Districts and communes: names behind bodies, the official list of both eras, what took over in 2025."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.agency_committees import own_committee
from normalizers.localities import Locality, is_unit_name, locality_at, province_of_unit, unit_by_code, units_named
from normalizers.places import find_places

BEFORE, AFTER = date(2022, 3, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("UBND huyện Mỹ Xuyên bố trí", "huyện Mỹ Xuyên", "district"),
        ("UBND xã Ea H'leo bố trí", "xã Ea H'leo", "commune"),
        ("UBND phường 7 bố trí", "phường 7", "commune"),
        ("UBND TX. Sơn Tây bố trí", "thị xã Sơn Tây", "district"),
        ("UBND thành phố Cao Bằng bố trí", "thành phố Cao Bằng", "district"),
        ("UBND huyện bố trí", "huyện", "district"),
    ],
)
def test_places_behind_a_body(text: str, words: str, level: str) -> None:
    places = {p.start: p for p in find_places(text)}
    at = locality_at(text, len("UBND"), places)
    assert at is not None
    assert (at[0].words, at[0].level) == (words, level)


@pytest.mark.parametrize("text", ["UBND thành phố Cần Thơ", "UBND tỉnh Cao Bằng", "UBND các huyện", "UBND xã hội hóa"])
def test_what_is_no_place_below_the_province(text: str) -> None:
    places = {p.start: p for p in find_places(text)}
    assert locality_at(text, len("UBND"), places) is None


def test_a_district_is_found_in_its_province_while_there_were_districts() -> None:
    (unit,) = units_named(Locality("huyện", "Tri Tôn"), "89", BEFORE)
    assert (unit.code, unit.parent, unit.successors) == ("891", "", ())
    assert units_named(Locality("huyện", "Tri Tôn"), "91", AFTER) == ()


def test_communes_of_one_name_in_a_province_are_all_found() -> None:
    units = units_named(Locality("xã", "Tân Lập"), "14", BEFORE)
    assert len({u.parent for u in units}) == len(units)


def test_every_commune_of_before_was_taken_over_by_communes_of_today() -> None:
    (unit,) = units_named(Locality("phường", "Mỹ Long"), "89", BEFORE)
    (after,) = (unit_by_code(code) for code in unit.successors)
    assert after is not None
    assert (after.kind, after.name, after.era) == ("phường", "Long Xuyên", "34")


def test_names_are_of_their_kind() -> None:
    assert is_unit_name("huyện", "Thoại Sơn")
    assert not is_unit_name("huyện", "Thực Hiện")


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [("huyện", "Tân Kỳ", "nghe-an"), ("huyện", "Châu Thành", None), ("huyện", "Mù Cang Chải", "yen-bai")],
)
def test_a_district_of_one_province_alone(kind: str, name: str, slug: str | None) -> None:
    assert province_of_unit(Locality(kind, name)) == slug


@pytest.mark.parametrize(
    ("words", "within", "name"),
    [
        ("UBND huyện", "huyện Mỹ Xuyên", "Ủy ban nhân dân huyện"),
        ("UBND xã", "huyện Mỹ Xuyên", None),
        ("UBND các huyện", "huyện Mỹ Xuyên", None),
    ],
)
def test_a_locality_calls_its_committee_by_its_kind(words: str, within: str, name: str | None) -> None:
    own = own_committee(words, within)
    assert (own.name if own else None) == name
