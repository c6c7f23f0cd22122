"""Agencies: names, abbreviations, elliptical lists, classes, provinces behind names; look-alikes are left alone."""

from __future__ import annotations

import pytest

from normalizers.agencies import find_agencies, without_agencies


def names(text: str) -> list[str]:
    return [m.agency.name if m.agency else f"class {m.text}" for m in find_agencies(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Giao Sở TN&MT tham mưu", "Sở Tài nguyên và Môi trường"), ("Sở Khoa học Công nghệ", "Sở Khoa học và Công nghệ"), ("SỞ Y TẾ", "Sở Y tế"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"), ("UBND tỉnh", "Ủy ban nhân dân tỉnh"), ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Đài PTTH tỉnh", "Đài Phát thanh và Truyền hình"), ("Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"), ("UBND xã Tân Lập 2", "Ủy ban nhân dân xã Tân Lập 2"),
        ("UBND phường 7 Bảo An", "Ủy ban nhân dân phường 7 Bảo An"),
    ],
)  # fmt: skip
def test_names_and_abbreviations(text: str, name: str) -> None:
    assert names(text) == [name]


def test_elliptical_lists_expand() -> None:
    text = "phối hợp với các Sở: Tài chính, Kế hoạch và Đầu tư, Y tế; UBND các huyện, thị xã"
    assert names(text) == ["Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Y tế", "class UBND các huyện, thị xã"]
    assert {m.match_method for m in find_agencies(text) if m.agency} == {"elliptical"}


def test_a_plural_in_front_of_full_names_is_no_class() -> None:
    assert names("các Sở Tài chính, Sở Xây dựng và Sở Y tế") == ["Sở Tài chính", "Sở Xây dựng", "Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Các sở, ban, ngành và các đơn vị liên quan tổ chức", ["Các sở, ban, ngành và các đơn vị liên quan"]),
        ("các Sở, ngành và UBND các xã, phường, đặc khu", ["các Sở, ngành", "UBND các xã, phường, đặc khu"]),
        ("UBND các huyện, thành phố Sông Cầu chỉ đạo", ["UBND các huyện, thành phố Sông Cầu"]),
        (
            "các trường đại học, viện nghiên cứu và các doanh nghiệp",
            ["các trường đại học", "viện nghiên cứu", "các doanh nghiệp"],
        ),
        ("các Ủy ban khác của Quốc hội", ["các Ủy ban khác của Quốc hội"]),
    ],
)
def test_classes(text: str, classes: list[str]) -> None:
    assert names(text) == [f"class {c}" for c in classes]


def test_a_province_behind_a_name_belongs_to_it() -> None:
    (found,) = find_agencies("Sở Công Thương tỉnh Bến Tre")
    assert (found.text, found.province_slug) == ("Sở Công Thương tỉnh Bến Tre", "ben-tre")


def test_newspapers_carry_their_province() -> None:
    (found,) = find_agencies("Báo Cà Mau đưa tin")
    assert found.agency is not None
    assert (found.agency.name, found.province_slug) == ("Báo Cà Mau", "ca-mau")


@pytest.mark.parametrize(
    "text",
    [
        "cơ sở công thương nghiệp",
        "tại cơ sở Y tế tư nhân",
        "bộ công cụ tài chính",
        "công trình nội bộ",
        "tổ chức phi chính phủ",
    ],
)
def test_look_alikes(text: str) -> None:
    assert names(text) == []


def test_blanked_agencies_keep_every_offset() -> None:
    text = "Sở Y tế, Sở Tài chính và các sở, ban, ngành; mở lớp; Sở Y tế báo cáo."
    blank = without_agencies(text)
    assert len(blank) == len(text)
    assert blank.split() == [",", "và", ";", "mở", "lớp;", "báo", "cáo."]


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Hội Nông dân huyện Mỹ Xuyên vận động", "Hội Nông dân huyện Mỹ Xuyên", "district"),
        ("HĐND thị trấn Ea T'ling giám sát", "Hội đồng nhân dân thị trấn Ea T'ling", "commune"),
        ("UBND thành phố Cao Bằng bố trí đất", "Ủy ban nhân dân thành phố Cao Bằng", "district"),
        ("UBND thành phố Cần Thơ bố trí đất", "Ủy ban nhân dân thành phố", "province"),
        ("UBND TP. Tân An bố trí đất", "Ủy ban nhân dân thành phố Tân An", "district"),
    ],
)
def test_bodies_of_districts_and_communes_keep_the_name_of_the_place(text: str, name: str, level: str) -> None:
    (found,) = find_agencies(text)
    assert found.agency is not None
    assert (found.agency.name, found.agency.level) == (name, level)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sờ Công Thương tổng hợp", "Sở Công Thương"),
        ("Sở Tài nguyen và Môi trường", "Sở Tài nguyên và Môi trường"),
        ("Sở Kế hoạch và Đấu tư", "Sở Kế hoạch và Đầu tư"),
        ("Ủy ban nhân dân tinh", "Ủy ban nhân dân tỉnh"),
    ],
)
def test_one_slip_in_a_long_name_is_read_over(text: str, name: str) -> None:
    (found,) = find_agencies(text)
    assert found.agency is not None
    assert (found.agency.name, found.match_method) == (name, "fuzzy")


def test_a_name_cut_by_a_line_end_keeps_its_offsets() -> None:
    text = "giao  Sở Tài nguyên\nvà  Môi trường rà soát"
    (found,) = find_agencies(text)
    assert text[found.start : found.end] == "Sở Tài nguyên\nvà  Môi trường"
    assert found.text == "Sở Tài nguyên và Môi trường"


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Ủy ban nhân dân xã/phường/thị trấn họp dân", ["Ủy ban nhân dân xã/phường/thị trấn"]),
        ("phối hợp với các Vụ, Cục liên quan", ["các Vụ, Cục liên quan"]),
        ("xét xử lưu động các vụ trộm", []),
        ("các Sở Tài chính, Sở Y tế", []),
    ],
)
def test_more_classes(text: str, classes: list[str]) -> None:
    assert [a.text for a in find_agencies(text) if a.is_class] == classes
