"""Headings that numbering alone does not show: parts on two lines, capitals below Roman figures, headings without any mark."""

from __future__ import annotations

import pytest

from extractors.labels import parse_label
from tests.build import LETTERHEAD, article_of, plan_of

LONG = "Dạy nghề dệt chiếu cho các hộ ở vùng ven biển và cấp dụng cụ cho từng hộ theo danh sách."


@pytest.mark.parametrize(
    ("line", "style", "mark"),
    [
        ("B.1. Nội dung", "capital_decimal", "B.1"),
        ("2.1- Nội dung", "decimal2", "2.1"),
        ("2.1) Nội dung", "decimal2", "2.1"),
    ],
)
def test_numbers_joined_in_other_ways(line: str, style: str, mark: str) -> None:
    label = parse_label(line)
    assert label is not None
    assert (label.style, label.mark) == (style, mark)


def test_a_part_and_its_heading_on_the_next_line_are_one() -> None:
    found = plan_of(
        f"Phần thứ nhất\nMỤC TIÊU\n1. Đến năm 2026, 70% số hộ có khung dệt.\n\nPhần thứ hai\nNHIỆM VỤ\n1. {LONG}\n"
    )
    assert [t.value_min for t in found.targets] == [70]
    assert [t.name for t in found.tasks] == [LONG]


def test_capitals_may_stand_below_roman_figures() -> None:
    found = plan_of(
        f"I. MỤC TIÊU\n1. 70% số hộ có khung dệt.\n\nII. NHIỆM VỤ\nA. Dạy nghề\n1. {LONG}\nB. Tiếp thị\n1. Mở gian hàng ở chợ nổi và trên mạng.\n\nIII. KINH PHÍ\nTổng kinh phí là 90 triệu đồng."
    )
    assert [(g.label, g.name) for g in found.groups] == [("A", "Dạy nghề"), ("B", "Tiếp thị")]
    assert [t.group for t in found.tasks] == [found.groups[0].number, found.groups[1].number]


def test_headings_in_capitals_without_numbers_begin_the_body() -> None:
    found = plan_of(f"MỤC TIÊU\n- Đến năm 2026, 70% số hộ có khung dệt.\n\nNHIỆM VỤ\n- {LONG}\n")
    assert [t.value_min for t in found.targets] == [70]
    assert [t.name for t in found.tasks] == [LONG]


def test_a_short_line_that_names_a_section_heads_what_follows() -> None:
    found = plan_of(
        f"I. MỤC TIÊU\n- 70% số hộ có khung dệt.\n\nNhiệm vụ trọng tâm\n1. {LONG}\n2. Mở gian hàng ở chợ nổi và trên mạng cho cả bốn làng nghề."
    )
    assert [t.label for t in found.tasks] == ["1", "2"]


def test_an_article_that_gives_duties_heads_its_items() -> None:
    decision = LETTERHEAD.replace("21/KH-UBND", "33/QĐ-UBND").split("KẾ HOẠCH\n")[0]
    found = article_of(
        decision
        + "QUYẾT ĐỊNH\n\nBan hành Kế hoạch làng nghề tỉnh Sóc Trăng năm 2025\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch làng nghề.\n\nĐiều 2. Giao:\na) Sở Y tế khám sức khỏe cho thợ dệt ở các làng.\nb) Sở Tài chính bố trí vốn cho các làng.\n"
    )  # fmt: skip
    assert [(t.label, t.mentions[0].text, t.mentions[0].role_code) for t in found.tasks] == [
        ("a", "Sở Y tế", "lead"),
        ("b", "Sở Tài chính", "lead"),
    ]


def test_a_closing_sentence_gives_the_items_above_to_somebody() -> None:
    found = plan_of(
        f"I. NHIỆM VỤ\n1. Dạy nghề\na) {LONG}\nb) Mở gian hàng ở chợ nổi và trên mạng.\nCác nhiệm vụ trên do Sở Công Thương chủ trì, phối hợp với Sở Y tế thực hiện.\n"
    )
    assert [[(m.role_code, m.text) for m in t.mentions] for t in found.tasks] == [
        [("lead", "Sở Công Thương"), ("cooperate", "Sở Y tế")]
    ] * 2


@pytest.mark.parametrize("line", ["Dân số", "05 Xã Tân Lộc 7.310 48 19"])
def test_what_is_left_of_a_lost_table_is_no_task(line: str) -> None:
    found = plan_of(f"I. NHIỆM VỤ\n1. {LONG}\n{line}\n")
    assert [t.name for t in found.tasks] == [LONG]


def test_parts_named_by_letters() -> None:
    found = plan_of(
        f"PHẦN A. MỤC TIÊU\n1/ Mục tiêu cụ thể\n1.1/ 70% số hộ có khung dệt.\n1.2/ 14/14 xã có tổ dệt.\n\nPHẦN B. NHIỆM VỤ\n1/ Dạy nghề\n* {LONG}\n"
    )
    assert [t.value_min for t in found.targets] == [70, 14]
    assert [t.name for t in found.tasks] == [LONG]


def test_work_shared_out_among_agencies_is_assigned() -> None:
    found = plan_of(
        "II. NỘI DUNG THỰC HIỆN\n1. Sở Y tế\na) Khám sức khỏe cho thợ dệt ở các làng.\n2. Sở Tài chính\na) Bố trí vốn cho các làng nghề ven biển.\n3. Công an tỉnh\na) Giữ trật tự ở các hội chợ làng nghề.\n"
    )
    assert [(t.task_kind_code, t.mentions[0].text) for t in found.tasks] == [
        ("assignment", "Sở Y tế"),
        ("assignment", "Sở Tài chính"),
        ("assignment", "Công an tỉnh"),
    ]
    assert found.groups == ()


def test_a_direction_to_a_year_among_the_aims_holds_aims() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n1.1. Đến năm 2026\n- 70% số hộ có khung dệt.\n1.2. Định hướng đến năm 2030\n- 90% số hộ có khung dệt.\n"
    )
    assert [(t.value_min, t.target_year) for t in found.targets] == [(70, 2026), (90, 2030)]


def test_a_paragraph_behind_a_table_is_a_task_and_one_over_it_is_not() -> None:
    table = "TT\tTên giống\tMàu lông\n1\tVịt cỏ\tNâu\n2\tVịt xiêm\tTrắng\n"
    found = plan_of(f"I. NHIỆM VỤ\nCác giống được chọn nuôi trên địa bàn theo bảng dưới đây\n{table}{LONG}\n")
    assert [t.name for t in found.tasks] == [LONG]


def test_a_closing_line_that_only_orders_to_carry_on_is_no_task() -> None:
    found = plan_of(
        f"I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: {LONG}\nTrên đây là Kế hoạch phát triển làng nghề, yêu cầu các đơn vị, địa phương nghiêm túc triển khai thực hiện./.\n"
    )
    assert [t.label for t in found.tasks] == ["1"]


def test_a_note_below_a_table_is_no_task() -> None:
    found = plan_of(f"I. NHIỆM VỤ\n- {LONG}\nGhi chú: (a) gồm cả các hộ dệt thuê cho chủ nơi khác trong vùng.\n")
    assert [t.name for t in found.tasks] == [LONG]
