"""Lines behind the items of a group, steps, and items that end with what they are made of."""

from __future__ import annotations

from extractors.partitions import additive
from tests.build import plan_of, roles

PROJECTS = (
    "I. NỘI DUNG\n"
    "1. Dự án 1: Dạy nghề cho thợ trẻ\n- Mở lớp đan lát ở các xã.\n- In sách dạy đan.\n"
    "Kinh phí: 700 triệu đồng. Cơ quan chủ trì: Sở Công Thương; cơ quan phối hợp: Sở Nội vụ, Tỉnh đoàn.\n"
    "2. Dự án 2: Làm bến cho làng nghề\n- Đóng 04 bến đò.\n"
    "Kinh phí: 900 triệu đồng. Cơ quan chủ trì: Sở Xây dựng.\n"
)


def test_money_and_roles_in_one_line_behind_the_items_of_a_project() -> None:
    found = plan_of(PROJECTS)
    led = [("lead", "Sở Công Thương"), ("cooperate", "Sở Nội vụ"), ("cooperate", "Tỉnh đoàn")]
    assert [roles(t) for t in found.tasks] == [led, led, [("lead", "Sở Xây dựng")]]
    assert [(b.scope_code, b.breakdown_code, b.group, b.amount_vnd) for b in found.budgets] == [
        ("task_group", "by_group", 0, 700_000_000),
        ("task_group", "by_group", 1, 900_000_000),
    ]
    assert sum(found.budgets[n].amount_vnd or 0 for n in additive(found.budgets)) == 1_600_000_000


def test_a_step_heads_the_paragraph_below_it_and_its_time() -> None:
    found = plan_of(
        "I. NỘI DUNG THỰC HIỆN\n1. Trình tự xét chọn\n"
        "1.1. Bước 1: Lập danh sách thợ giỏi.\nỦy ban nhân dân xã họp dân, lập danh sách thợ giỏi của làng.\nThời gian hoàn tất: trước ngày 15 tháng 4 năm 2024.\n"
        "1.2. Bước 2: Xét danh sách.\nSở Công Thương họp hội đồng, xét danh sách của các xã.\nThời gian hoàn tất: trước ngày 30 tháng 6 năm 2024.\n"
    )
    assert [(t.name[:14], t.deadline_text) for t in found.tasks] == [
        ("Ủy ban nhân dâ", "trước ngày 15 tháng 4 năm 2024"),
        ("Sở Công Thương", "trước ngày 30 tháng 6 năm 2024"),
    ]


def test_papers_that_an_item_ends_with_are_no_items() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Công Thương\n- Lập hồ sơ của từng làng, bao gồm:\n+ Đơn của làng nghề;\n+ Bản đồ của làng.\n- Họp xét hồ sơ của các làng.\n"
    )
    assert [t.name for t in found.tasks] == ["Lập hồ sơ của từng làng, bao gồm", "Họp xét hồ sơ của các làng."]


def test_work_that_an_item_ends_with_stays_items() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Thực hiện các công việc của làng nghề, gồm:\n- Đào ao lắng bùn.\n- Nạo kênh quanh làng.\n"
    )
    assert [t.name for t in found.tasks] == ["Đào ao lắng bùn.", "Nạo kênh quanh làng."]


def test_a_letter_among_money_begins_no_section_of_tasks() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đào ao lắng bùn ở các làng.\nII. KINH PHÍ\na) Kinh phí thực hiện: 9 tỷ đồng.\nb) Hình thức đầu tư: Hợp tác công tư hoặc lồng ghép.\n"
    )
    assert [t.name for t in found.tasks] == ["Đào ao lắng bùn ở các làng."]
