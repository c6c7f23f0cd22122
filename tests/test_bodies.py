"""Bodies that no list of agencies holds: where they begin, where their names end, and whom they go together with."""

from __future__ import annotations

import pytest

from extractors.bodies import find_bodies
from extractors.duties import read_cell, read_duties


def roles_of(sentence: str) -> list[tuple[str, str]]:
    return [(m.role_code, m.text) for m in read_duties(sentence, 0, "")]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("Phối hợp Phòng Kinh tế và Hạ tầng triển khai mô hình.", ["Phòng Kinh tế và Hạ tầng"]),
        ("phối hợp với Vụ Tổ chức cán bộ theo dõi", ["Vụ Tổ chức cán bộ"]),
        (
            "Phòng Văn hóa, Khoa học và Thông tin; Công an huyện",
            ["Phòng Văn hóa, Khoa học và Thông tin", "Công an huyện"],
        ),
        (
            "Sở Y tế, Phòng Văn hóa và Thông tin và UBND các xã",
            ["Sở Y tế", "Phòng Văn hóa và Thông tin", "UBND các xã"],
        ),
        ("Đảng ủy Công an tỉnh mở đợt cao điểm", ["Đảng ủy Công an tỉnh"]),
        ("Các huyện ủy, thành ủy xây dựng kế hoạch", ["Các huyện ủy, thành ủy"]),
        ("các trung tâm thuộc Sở lập dự toán", ["các trung tâm thuộc Sở"]),
        ("Mở lớp tại Trung tâm Văn hóa thôn; ban hành quy chế", []),
        ("Phòng, chống thiên tai tại các huyện miền núi", ["các huyện"]),
    ],
)
def test_names_end_where_duties_and_other_bodies_begin(sentence: str, bodies: list[str]) -> None:
    assert [m.text for m in find_bodies(sentence)] == bodies


@pytest.mark.parametrize(
    "name", ["Công an các huyện, thành phố", "Trạm Thú y các huyện", "Trung tâm Y tế các huyện, thị xã"]
)
def test_the_branches_of_a_body_are_one_class(name: str) -> None:
    (body,) = find_bodies(name)
    assert (body.text, body.is_class) == (name, True)


def test_bodies_of_a_cell_are_parted_at_commas() -> None:
    assert [m.text for m in read_cell("Cục Đường thủy, Cục Đăng kiểm", 0, "", "lead")] == [
        "Cục Đường thủy",
        "Cục Đăng kiểm",
    ]


def test_roles_of_unlisted_bodies() -> None:
    assert roles_of("Sở Y tế chủ trì, phối hợp với Phòng Nội vụ, Công an huyện kiểm tra.") == [
        ("lead", "Sở Y tế"),
        ("cooperate", "Phòng Nội vụ"),
        ("cooperate", "Công an huyện"),
    ]
    assert roles_of("Đề nghị Ủy ban Mặt trận Tổ quốc huyện và các đoàn thể tham gia giám sát.") == [
        ("lead", "Ủy ban Mặt trận Tổ quốc huyện"),
        ("lead", "các đoàn thể"),
    ]
    assert roles_of("Cục Đường thủy nội địa là đầu mối, chủ trì tổng hợp.") == [("lead", "Cục Đường thủy nội địa")]


def test_a_head_on_the_line_above_belongs_to_its_body() -> None:
    found = read_cell("Lãnh đạo\nSở Y tế; các Ủy ban khác\ncủa Quốc hội", 0, "", "lead")
    assert [m.text for m in found] == ["Lãnh đạo Sở Y tế", "các Ủy ban khác của Quốc hội"]


def test_whose_part_a_body_is_has_no_role_of_its_own() -> None:
    sentence = (
        "Sở Y tế chủ trì, phối hợp với Chi cục Thủy lợi thuộc Sở Nông nghiệp và Môi trường và Sở Nội vụ kiểm tra."
    )
    assert [text for role, text in roles_of(sentence) if role == "cooperate"] == [
        "Chi cục Thủy lợi thuộc Sở Nông nghiệp và Môi trường",
        "Sở Nội vụ",
    ]
