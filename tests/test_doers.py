"""Who does what stands under a heading: agencies with a verb, bodies no list holds, people and firms beside agencies."""

from __future__ import annotations

import pytest

from tests.build import plan_of, roles


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("1. Sở Y tế chủ trì, phối hợp các sở, ngành", [("lead", "Sở Y tế"), ("cooperate", "các sở, ngành")]),
        ("1. Công an tỉnh chỉ đạo lực lượng cảnh sát giao thông:", [("lead", "Công an tỉnh")]),
        ("1. Đề nghị Vườn quốc gia Mũi Cà Mau", [("lead", "Vườn quốc gia Mũi Cà Mau")]),
        ("1. Phát động phong trào tại Sở Y tế và các trường", []),
    ],
)
def test_a_heading_among_solutions_that_names_who_acts(heading: str, expected: list[tuple[str, str]]) -> None:
    found = plan_of(f"I. GIẢI PHÁP\n{heading}\n- Khám mắt cho học sinh.\n- Cấp kính cho trẻ nghèo.").tasks
    assert [roles(t) for t in found] == [expected, expected]


def test_an_unlisted_body_beside_agencies_leads_what_stands_under_it() -> None:
    body = "I. GIẢI PHÁP\n1. Sở Y tế\n- Khám mắt cho học sinh.\n2. Trung tâm Chiếu bóng tỉnh\n- Chiếu phim cho bản xa."
    assert roles(plan_of(body).tasks[1]) == [("lead", "Trung tâm Chiếu bóng tỉnh")]


def test_a_subject_that_begins_like_a_body_leads_nothing() -> None:
    body = "I. GIẢI PHÁP\n1. Trường học xanh\n- Trồng cây quanh sân trường.\n2. Nước sạch\n- Khoan giếng."
    assert [roles(t) for t in plan_of(body).tasks] == [[], []]


def test_an_unlisted_body_asked_to_act_in_a_solution() -> None:
    body = "I. GIẢI PHÁP\n1. Vận tải\na) Sửa đường.\nb) Đề nghị Chi cục Đường bộ khu vực V phối hợp sửa cầu."
    assert roles(plan_of(body).tasks[1]) == [("lead", "Chi cục Đường bộ khu vực V")]


def test_people_beside_agencies_in_a_chapter_of_duties() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế:\n- Khám mắt.\n2. Chủ hộ nuôi tôm:\n- Ghi nhật ký ao nuôi."
    task = plan_of(body).tasks[1]
    assert [(m.role_code, m.text, m.is_class) for m in task.mentions] == [("lead", "Chủ hộ nuôi tôm", True)]


def test_cooperatives_and_committees_in_one_list_of_doers() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Các ban đảng, Liên minh HTX tỉnh, UBND các xã tiến hành rà soát làng nghề."
    assert roles(plan_of(body).tasks[0]) == [
        ("lead", "Các ban đảng"),
        ("lead", "Liên minh Hợp tác xã tỉnh"),
        ("lead", "UBND các xã"),
    ]


def test_party_committees_are_one_class() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Các cấp ủy, tổ chức đảng chỉ đạo việc học tập."
    assert roles(plan_of(body).tasks[0]) == [("lead", "Các cấp ủy, tổ chức đảng")]


def test_a_group_named_by_its_doer_is_about_what_the_group_above_is_about() -> None:
    body = "I. GIẢI PHÁP\n1. Tuyên truyền về nước sạch\n1.1. Sở Y tế chủ trì, phối hợp các sở, ngành\n- In áp phích."
    assert [g.category_codes for g in plan_of(body).groups] == [("awareness",), ("awareness",)]
