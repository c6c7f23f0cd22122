"""Budgets: totals and sources in sentences, task rows, tables by year, past spending, what is no budget; plain sums."""

from __future__ import annotations

import pytest

from extractors.partitions import additive
from tests.build import plan_of

HEAD = "PHỤ LỤC\nDANH MỤC\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"


def test_a_total_with_its_sources() -> None:
    found = plan_of(
        "I. KINH PHÍ\nTổng kinh phí dự kiến là 900 triệu đồng, trong đó: ngân sách tỉnh 600 triệu đồng; doanh nghiệp đóng góp 300 triệu đồng."
    ).budgets
    assert [(b.breakdown_code, b.source_codes, b.amount_vnd, b.phase_code) for b in found] == [
        ("total", (), 900_000_000, "planned"), ("by_source", ("state_province",), 600_000_000, "planned"), ("by_source", ("enterprise",), 300_000_000, "planned"),
    ]  # fmt: skip


def test_what_an_earlier_period_spent_belongs_to_the_plan_before() -> None:
    found = plan_of(
        "Giai đoạn 2019-2023, tỉnh đã hỗ trợ các làng. Tổng kinh phí đã thực hiện là 200 triệu đồng.\n\nI. KINH PHÍ\nTổng kinh phí là 500 triệu đồng."
    ).budgets
    assert [(b.amount_vnd, b.phase_code, b.of_predecessor, b.period_start_year) for b in found] == [
        (200_000_000, "executed", True, 2019),
        (500_000_000, "planned", False, None),
    ]


@pytest.mark.parametrize(
    "text", ["thu nhập bình quân đạt 60 triệu đồng/người", "xử phạt 20 triệu đồng", "doanh thu đạt 5 tỷ đồng"]
)
def test_money_that_is_no_budget(text: str) -> None:
    assert plan_of(f"I. NHIỆM VỤ\n- Phấn đấu {text}.").budgets == ()


def test_the_column_heading_gives_the_unit() -> None:
    table = "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\n1\tMở lớp\tSở Y tế\tTổng KP: 1.200 (Tùy theo quy định) (NSTW; DN)\n"
    (found,) = plan_of(HEAD + table).budgets
    assert (found.amount_vnd, found.unit_scale, found.unit_origin) == (1_200_000_000, 10**6, "column_header")
    assert (found.source_codes, found.is_conditional, found.condition_text) == (
        ("state_central", "enterprise"),
        True,
        "Tùy theo quy định",
    )
    assert (found.scope_code, found.breakdown_code, found.task) == ("task", "by_task", 0)


def test_a_caption_gives_the_unit_and_columns_the_years() -> None:
    table = "Đơn vị tính: Tỷ đồng\nTT\tNội dung công việc\tNăm 2024\tNăm 2025\tTổng cộng\tNguồn\n1\tXây trạm bơm\t1,5\t2\t3,5\tNS tỉnh\n\tTổng cộng\t1,5\t2\t3,5\t\n"
    found = plan_of(HEAD + table).budgets
    assert [(b.scope_code, b.breakdown_code, b.year, b.amount_vnd) for b in found] == [
        ("line", "by_task_year", 2024, 1_500_000_000), ("line", "by_task_year", 2025, 2_000_000_000), ("line", "by_task", None, 3_500_000_000),
        ("plan", "by_year", 2024, 1_500_000_000), ("plan", "by_year", 2025, 2_000_000_000), ("plan", "total", None, 3_500_000_000),
    ]  # fmt: skip
    assert {b.source_codes for b in found[:3]} == {("state_province",)}
    assert sum(found[n].amount_vnd or 0 for n in additive(found)) == 3_500_000_000


def test_a_cross_foot_decides_a_figure_with_two_readings() -> None:
    body = "I. KINH PHÍ\nTổng kinh phí là 2.300 triệu đồng.\n"
    table = "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\n1\tMở lớp\tSở Y tế\t2,000\n2\tHội chợ\tSở Y tế\t300\n"
    found = plan_of(body + HEAD + table)
    by_task = [b for b in found.budgets if b.breakdown_code == "by_task"]
    assert [b.evidence.rule.endswith("+cross_foot") for b in by_task] == [True, False]
    assert [(b.amount_vnd, b.value_status) for b in by_task] == [(2_000_000_000, "reported"), (300_000_000, "reported")]
    assert any(d.check_code == "figure_style" and d.severity_code == "info" for d in found.doubts)
    assert {found.budgets.index(b) for b in by_task} == additive(found.budgets)


def test_without_a_cross_foot_the_figure_stays_doubtful() -> None:
    found = plan_of(HEAD + "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\n1\tMở lớp\tSở Y tế\t2,000\n")
    assert [(b.value_status, b.number_style) for b in found.budgets] == [("ambiguous", "ambiguous")]
    assert any(d.check_code == "figure_style" and d.severity_code == "warning" for d in found.doubts)


def test_parts_that_miss_the_total_leave_the_total_additive() -> None:
    found = plan_of("I. KINH PHÍ\nTổng kinh phí là 900 triệu đồng, trong đó: ngân sách tỉnh 100 triệu đồng.").budgets
    assert additive(found) == {0}


def test_a_range_is_no_single_amount() -> None:
    (found,) = plan_of("I. KINH PHÍ\nTổng kinh phí dự kiến từ 300 - 450 triệu đồng.").budgets
    assert (found.amount_vnd, found.amount_text, found.value_status) == (None, "300 - 450 triệu đồng", "ambiguous")


def test_levels_in_a_bracket_are_sources() -> None:
    found = plan_of(
        "I. KINH PHÍ\nTổng kinh phí: 14 tỷ đồng (trung ương: 9 tỷ đồng; địa phương: 5 tỷ đồng).\nKinh phí: 3 tỷ đồng (ngân sách tỉnh: 2 tỷ đồng; huyện: 1 tỷ đồng)."
    ).budgets
    assert [(b.breakdown_code, b.source_codes, b.amount_vnd) for b in found] == [
        ("total", (), 14 * 10**9), ("by_source", ("state_central",), 9 * 10**9), ("by_source", ("state_local",), 5 * 10**9),
        ("total", (), 3 * 10**9), ("by_source", ("state_province",), 2 * 10**9), ("by_source", ("state_district",), 10**9),
    ]  # fmt: skip


def test_a_source_behind_the_amount_in_letters() -> None:
    (found,) = plan_of("I. KINH PHÍ: 42.000.000 đồng (Bốn mươi hai triệu đồng), từ ngân sách xã.\n").budgets
    assert (found.source_codes, found.words_agree) == (("state_commune",), True)


def test_items_above_a_sum_are_its_lines() -> None:
    found = plan_of(
        "I. KINH PHÍ\n1. Thuê hội trường: 15 triệu đồng\n2. In tài liệu: 7,5tr\nTổng cộng: 22,5tr\n\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì."
    ).budgets
    assert [(b.scope_code, b.breakdown_code, b.line_label, b.line_name, b.amount_vnd) for b in found] == [
        ("line", "by_group", "1", "Thuê hội trường", 15_000_000),
        ("line", "by_group", "2", "In tài liệu", 7_500_000),
        ("plan", "total", None, None, 22_500_000),
    ]
    assert additive(found) == {0, 1}


@pytest.mark.parametrize("words", ["mỗi năm 6 tỷ đồng", "6 tỷ đồng/năm", "hằng năm bố trí 6 tỷ đồng"])
def test_money_of_every_year_is_no_total(words: str) -> None:
    (found,) = plan_of(f"I. KINH PHÍ\nNgân sách giai đoạn 2024-2026 {words}.").budgets
    assert (found.breakdown_code, found.amount_vnd) == ("unit_price", 6 * 10**9)


def test_items_below_the_line_of_a_total_are_its_lines() -> None:
    found = plan_of(
        "I. KINH PHÍ\n1. Tổng kinh phí: 90 triệu đồng.\na) In sổ tay: 40 triệu đồng.\n- Thuê xe: 15 triệu đồng.\n2. Kinh phí được bố trí:\n- Năm 2024: 50 triệu đồng;\n- Năm 2025: 40 triệu đồng."
    ).budgets
    assert [(b.scope_code, b.line_label, b.line_name, b.year, (b.amount_vnd or 0) // 1_000_000) for b in found] == [
        ("plan", None, None, None, 90),
        ("line", "a", "In sổ tay", None, 40),
        ("line", None, "Thuê xe", None, 15),
        ("plan", None, None, 2024, 50),
        ("plan", None, None, 2025, 40),
    ]
    assert sum(found[n].amount_vnd or 0 for n in additive(found)) == 90_000_000


def test_money_of_some_years_does_not_add_to_the_total_of_all() -> None:
    found = plan_of(
        "I. KINH PHÍ\nTổng kinh phí là 90 tỷ đồng. Trong giai đoạn 2024 - 2025 tổng kinh phí lập dự án là 8 tỷ đồng."
    ).budgets
    assert [b.period_start_year for b in found] == [None, 2024]
    assert sum(found[n].amount_vnd or 0 for n in additive(found)) == 90_000_000_000


def test_money_below_a_task_is_the_task_s() -> None:
    (found,) = plan_of(
        "I. NHIỆM VỤ\n1. Dựng 3 lò nung\na) Cơ quan chủ trì: Sở Công Thương.\nb) Kinh phí thực hiện: 612 triệu đồng."
    ).budgets
    assert (found.scope_code, found.task, found.amount_vnd) == ("task", 0, 612_000_000)


def test_a_column_named_total_alone() -> None:
    table = "PHỤ LỤC\nKINH PHÍ\nĐơn vị tính: triệu đồng\nTT\tNội dung\tTổng\tNăm 2024\tNăm 2025\n1\tMở lớp\t50\t20\t30\n2\tIn sổ\t10\t4\t6\n"
    totals = [b for b in plan_of(table).budgets if b.year is None]
    assert [b.amount_vnd for b in totals] == [50_000_000, 10_000_000]


def test_the_total_of_a_plan_of_one_year() -> None:
    found = plan_of(
        "I. KINH PHÍ\n1. Tổng kinh phí thực hiện năm 2024: 85 triệu đồng, trong đó:\n- Thuê xe: 30 triệu đồng.\n- In sổ: 55 triệu đồng."
    ).budgets
    assert [(b.scope_code, b.breakdown_code, b.year, (b.amount_vnd or 0) // 1_000_000) for b in found] == [
        ("plan", "total", 2024, 85),
        ("line", "by_group", None, 30),
        ("line", "by_group", None, 55),
    ]
    assert sum(found[n].amount_vnd or 0 for n in additive(found)) == 85_000_000


def test_the_rest_of_the_money_stands_beside_named_sources() -> None:
    table = "PHỤ LỤC\nĐơn vị tính: triệu đồng\nTT\tNội dung\tTổng số\tNgân sách TW\tKhác\n1\tMở lớp\t50\t30\t20\n"
    found = plan_of(table).budgets
    assert [(b.breakdown_code, b.source_codes, (b.amount_vnd or 0) // 1_000_000) for b in found] == [
        ("by_task", (), 50),
        ("by_task_source", ("state_central",), 30),
        ("by_task_source", ("other_legal",), 20),
    ]


def test_money_of_a_task_stays_that_of_the_task_when_its_source_stands_behind() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Dựng 3 lò nung. Cơ quan chủ trì: Sở Công Thương. Kinh phí: 7,5 tỷ đồng từ ngân sách tỉnh.\n"
        "2. Dạy nghề gốm. Cơ quan chủ trì: Sở Nội vụ. Kinh phí: 500 triệu đồng (nguồn xã hội hóa).\n"
        "II. KINH PHÍ\nTổng kinh phí là 8 tỷ đồng, trong đó ngân sách tỉnh 7,5 tỷ đồng."
    ).budgets
    assert [(b.breakdown_code, b.task, b.source_codes, b.source_text) for b in found] == [
        ("by_task", 0, ("state_province",), "ngân sách tỉnh"), ("by_task", 1, ("community",), "nguồn xã hội hóa"),
        ("total", None, (), None), ("by_source", None, ("state_province",), "ngân sách tỉnh"),
    ]  # fmt: skip
    assert additive(found) == {0, 1}


def test_the_source_of_a_sentence_above_a_table_is_not_that_of_the_table() -> None:
    table = "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\n1\tMở lớp\tSở Y tế\t120\n2\tIn sổ tay\tSở Y tế\t80\n"
    found = plan_of(
        f"I. NHIỆM VỤ\n1. Sửa lò nung, kinh phí 3 tỷ đồng (nguồn xã hội hóa), xong trong năm 2024.\n{table}"
    ).budgets
    assert [(b.amount_vnd, b.source_codes) for b in found] == [
        (3_000_000_000, ("community",)), (120_000_000, ()), (80_000_000, ()),
    ]  # fmt: skip
