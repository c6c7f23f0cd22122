"""Lines that say something of a task are not tasks, and what they say reaches the tasks they stand under or behind."""

from __future__ import annotations

from datetime import date

from tests.build import plan_of, roles


def test_lines_below_an_item_are_its_own() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Thị trường\n1.1. Mở gian hàng làng nghề.\na) Cơ quan chủ trì: Sở Công Thương.\nb) Cơ quan phối hợp: Sở Tài chính, Sở Nội vụ.\n"
        "c) Thời gian thực hiện: Năm 2024 - 2025.\nd) Sản phẩm: Hai gian hàng.\n1.2. Lập trang bán hàng.\na) Cơ quan chủ trì: Sở Y tế.\nb) Thời gian hoàn thành: Trước ngày 30/6/2025."
    )
    assert [g.name for g in found.groups] == ["Thị trường"]
    first, second = found.tasks
    assert (first.label, first.name, first.group) == ("1.1", "Mở gian hàng làng nghề.", 0)
    assert roles(first) == [("lead", "Sở Công Thương"), ("cooperate", "Sở Tài chính"), ("cooperate", "Sở Nội vụ")]
    assert (first.start_year, first.end_year, first.expected_result) == (2024, 2025, "Hai gian hàng")
    assert roles(second) == [("lead", "Sở Y tế")]
    assert (second.deadline_date, second.deadline_text) == (date(2025, 6, 30), "Trước ngày 30/6/2025")


def test_an_event_with_its_time_and_place_is_one_task() -> None:
    found = plan_of(
        "I. NỘI DUNG\n1. Lễ khai mạc:\n- Thời gian: ngày 15/4/2024.\n- Địa điểm: Bảo tàng tỉnh.\n- Thành phần: 200 đại biểu.\n2. Trưng bày sản phẩm làng nghề."
    )
    assert [(t.label, t.name, t.start_year) for t in found.tasks] == [
        ("1", "Lễ khai mạc", 2024),
        ("2", "Trưng bày sản phẩm làng nghề.", None),
    ]


def test_one_closing_line_holds_for_all_items_above_it() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đào tạo\n- Mở lớp đan lát.\n- Cử thợ đi học.\nĐơn vị chủ trì: Sở Nội vụ. Thời gian hoàn thành: Quý II năm 2024."
    )
    assert [roles(t) for t in found.tasks] == [[("lead", "Sở Nội vụ")]] * 2
    assert [t.end_year for t in found.tasks] == [2024, 2024]


def test_closing_lines_behind_each_item_hold_for_that_item() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đào tạo\n1.1. Mở lớp đan lát.\nĐơn vị chủ trì: Sở Nội vụ.\n1.2. Cử thợ đi học.\nĐơn vị chủ trì: Sở Tài chính."
    )
    assert [(t.name, roles(t)) for t in found.tasks] == [
        ("Mở lớp đan lát.", [("lead", "Sở Nội vụ")]),
        ("Cử thợ đi học.", [("lead", "Sở Tài chính")]),
    ]


def test_a_heading_about_a_subject_stays_among_the_tasks() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Tổ chức thực hiện chính sách hỗ trợ thợ giỏi\n- Lập danh sách thợ giỏi.\n2. Kinh phí đào tạo nghề\n- Mở 5 lớp nghề.\n3. Kinh phí thực hiện\n- Ngân sách tỉnh: 90 triệu đồng."
    )
    assert [(t.task_kind_code, t.name) for t in found.tasks] == [
        ("activity", "Lập danh sách thợ giỏi."),
        ("activity", "Mở 5 lớp nghề."),
    ]
    assert [b.amount_vnd for b in found.budgets] == [90_000_000]


def test_roles_and_time_behind_the_words_of_an_item() -> None:
    first, second = plan_of(
        "I. NHIỆM VỤ\n1. Lập quy chế chợ nổi. Chủ trì: Sở Công Thương. Phối hợp: Sở Nội vụ, Sở Tư pháp. Thời gian: Quý III/2024.\n"
        "2. Mở lớp đan lát (Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Y tế)."
    ).tasks
    assert roles(first) == [("lead", "Sở Công Thương"), ("cooperate", "Sở Nội vụ"), ("cooperate", "Sở Tư pháp")]
    assert (first.end_year, first.deadline_text) == (2024, "Quý III/2024")
    assert roles(second) == [("lead", "Sở Nội vụ"), ("cooperate", "Sở Y tế")]


def test_the_time_behind_an_item_without_roles() -> None:
    (task,) = plan_of("I. NHIỆM VỤ\n1. Vẽ nhãn hiệu làng chiếu; thời gian hoàn thành: năm 2025.").tasks
    assert (task.start_year, task.end_year, task.time_text) == (2025, 2025, "năm 2025")
