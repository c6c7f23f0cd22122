"""Provinces: a name and a date give one province of one era."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.places import find_places, province_of_host, provinces, resolve_province


@pytest.mark.parametrize(
    ("slug", "on", "identity"),
    [
        ("an-giang", date(2016, 10, 1), "vn63-89"), ("an-giang", date(2025, 7, 1), "vn34-91"), ("an-giang", None, "vn34-91"),
        ("ha-giang", date(2026, 1, 1), "vn63-02"), ("hue", date(2025, 3, 1), "vn63-46"), ("thua-thien-hue", date(2020, 1, 1), "vn63-46a"), ("lai-chau", date(2030, 1, 1), "vn63-12"),
    ],
)  # fmt: skip
def test_the_era_decides(slug: str, on: date | None, identity: str) -> None:
    found = resolve_province(slug, on)
    assert found is not None
    assert found.province_id == identity


def test_no_name_no_province() -> None:
    assert resolve_province(None, None) is None


def test_63_provinces_until_2025_and_34_after() -> None:
    def on(day: date) -> int:
        return sum(p.valid_from <= day and (p.valid_to is None or day <= p.valid_to) for p in provinces())

    assert on(date(2024, 1, 1)) == 63
    assert on(date(2025, 7, 1)) == 34


def test_names_inside_words_are_no_places() -> None:
    assert [p.slug for p in find_places("bản toàn giang sơn, nhà nam sinh")] == []


def test_a_title_in_front() -> None:
    found = find_places("tại tỉnh Sóc Trăng và Cà Mau")
    assert [(p.slug, p.titled) for p in found] == [("soc-trang", True), ("ca-mau", False)]


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://camau.gov.vn/tin/1", "ca-mau"),
        ("https://www.baocamau.vn/1.html", "ca-mau"),
        ("https://thuvien.example.vn/1", None),
        (None, None),
    ],
)
def test_the_province_of_a_portal(url: str | None, slug: str | None) -> None:
    assert province_of_host(url) == slug
