"""Targets: lead-ins that carry the year, several numbers in one sentence, qualitative aims, sentences of news."""

from __future__ import annotations

import pytest

from tests.build import article_of, plan_of


def test_a_lead_in_carries_the_year_for_the_items_below() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Đến năm 2024:\n+ 40% làng có nước sạch.\n- Từ năm 2025 đến năm 2026:\n+ 70% làng có nước sạch."
    ).targets
    assert [(t.value_min, t.target_year, t.target_kind) for t in found] == [
        (40, 2024, "specific"),
        (70, 2026, "specific"),
    ]


def test_two_numbers_of_one_sentence_share_the_statement() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- 60% hộ dùng men vi sinh và lượng rác của các hộ này giảm từ 10-15%.\n- Trên 5 làng được công nhận."
    ).targets
    assert [(t.statement, t.value_kind, t.value_min, t.value_max) for t in found] == [
        (1, "exact", 60, 60),
        (1, "range", 10, 15),
        (2, "at_least", 5, None),
    ]
    assert found[0].text == "60% hộ dùng men vi sinh"


def test_sentences_of_one_item_are_statements_of_their_own() -> None:
    found = plan_of("I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- 60% hộ có thu gom rác. 20% hộ tự ủ phân.").targets
    assert [t.statement for t in found] == [1, 2]


def test_an_aim_without_number_is_qualitative() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu chung\nLàng nghề phát triển bền vững, giữ bản sắc.\n2. Mục tiêu cụ thể\n- Có trung tâm giới thiệu sản phẩm."
    ).targets
    assert [(t.target_kind, t.value_kind, t.value_min) for t in found] == [
        ("general", "qualitative", None),
        ("specific", "qualitative", None),
    ]


def test_purposes_hold_no_targets() -> None:
    assert (
        plan_of(
            "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao đời sống của 30% hộ dân.\n2. Yêu cầu\n- Đúng tiến độ."
        ).targets
        == ()
    )


def test_news_states_aims_in_sentences() -> None:
    text = (
        "Tin\n\nUBND tỉnh Cà Mau đã ban hành Kế hoạch trồng đước đến năm 2027 với mục tiêu tổng quát là phủ xanh các bãi bồi ven biển của tỉnh. "
        "Tỉnh phấn đấu đến năm 2027 có 80% bãi bồi được trồng đước, giúp giảm 5-7% diện tích sạt lở."
    )
    found = article_of(text).targets
    assert [(t.target_kind, t.value_min, t.value_max, t.target_year) for t in found] == [
        ("general", None, None, None),
        ("specific", 80, 80, 2027),
        ("specific", 5, 7, 2027),
    ]
    assert found[0].text.startswith("phủ xanh các bãi bồi")


def test_money_counted_by_something_keeps_its_unit() -> None:
    (found,) = plan_of("I. MỤC TIÊU\n- Thu nhập của thợ đạt trên 45 triệu đồng/người/năm.").targets
    assert (found.value_kind, found.value_min, found.unit_code, found.unit_text) == (
        "at_least",
        45_000_000,
        "vnd",
        "đồng/người/năm",
    )


def test_the_year_of_a_baseline_is_no_year_to_reach() -> None:
    (found,) = plan_of("I. MỤC TIÊU\n- Giảm tỷ lệ lò thủ công từ 40% năm 2023 xuống dưới 15% năm 2026.").targets
    assert (found.value_kind, found.value_max, found.target_year) == ("at_most", 15, 2026)


def test_a_short_aim_behind_its_heading() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu chung: Giữ nghề cho các làng ven sông.\n2. Mục tiêu cụ thể: Đến năm 2026, có 12 làng nghề.\nII. NHIỆM VỤ\n1. Mở lớp."
    ).targets
    assert [(t.text, t.target_kind, t.value_min, t.target_year) for t in found] == [
        ("Giữ nghề cho các làng ven sông.", "general", None, None),
        ("Đến năm 2026, có 12 làng nghề.", "specific", 12, 2026),
    ]


INDICATORS = (
    "TT\tChỉ tiêu\tĐVT\tThực hiện 2023\tKế hoạch 2025\tKế hoạch 2026\n"
    "1\tTỷ lệ lò nung dùng khí\t%\t12\t30\t≥ 45\n"
    "2\tThu nhập của thợ\tTriệu đồng/người/năm\t50\t55\t62,5\n"
    "3\tSố giỏ đan xuất khẩu\tChiếc\t800\t-\t1.500\n"
)


def test_rows_of_indicators_are_targets_of_the_years_planned() -> None:
    found = plan_of("I. MỤC TIÊU\n1. Các chỉ tiêu chủ yếu:\n" + INDICATORS + "II. NHIỆM VỤ\n1. Mở lớp.")
    assert [(t.statement, t.text, t.value_kind, t.value_min, t.unit_code, t.unit_text, t.target_year) for t in found.targets] == [
        (1, "Tỷ lệ lò nung dùng khí", "exact", 30, "pct", "%", 2025), (1, "Tỷ lệ lò nung dùng khí", "at_least", 45, "pct", "%", 2026),
        (2, "Thu nhập của thợ", "exact", 55, None, "Triệu đồng/người/năm", 2025), (2, "Thu nhập của thợ", "exact", 62.5, None, "Triệu đồng/người/năm", 2026),
        (3, "Số giỏ đan xuất khẩu", "exact", 1500, None, "Chiếc", 2026),
    ]  # fmt: skip
    assert found.budgets == ()
    assert [t.name for t in found.tasks] == ["Mở lớp."]


def test_other_tables_state_no_targets() -> None:
    tasks = "TT\tNhiệm vụ\tChỉ tiêu\tCơ quan chủ trì\tKế hoạch 2025\n1\tMở lớp may\t5 lớp\tSở Nội vụ\t3\n"
    money = "TT\tChỉ tiêu\tTổng kinh phí\tNăm 2025\n1\tĐào tạo thợ\t500\t200\n"
    years = "Đơn vị tính: triệu đồng\nTT\tChỉ tiêu\tNăm 2025\tNăm 2026\n1\tĐào tạo thợ\t500\t200\n"
    assert plan_of(f"PHỤ LỤC\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n{years}").targets == ()
    assert plan_of(f"I. NỘI DUNG\n1. Danh mục:\n{tasks}\nII. KINH PHÍ\n{money}").targets == ()


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        ("Tỷ lệ trẻ dưới 5 tuổi được tiêm chủng đạt 95%.", [("exact", 95)]),
        ("Có 40 sản phẩm được xếp hạng đạt từ 3 sao trở lên.", [("exact", 40)]),
        ("Tỷ lệ biết chữ ở độ tuổi từ 15 - 60 đạt 98%.", [("exact", 98)]),
    ],
)
def test_ages_and_ranks_qualify_and_are_no_aims(aim: str, expected: list[tuple[str, float]]) -> None:
    found = plan_of(f"I. MỤC TIÊU\n1. {aim}").targets
    assert [(t.value_kind, t.value) for t in found] == expected


def test_an_indicator_with_parts_below_it_is_a_target_too() -> None:
    table = "TT\tChỉ tiêu\tĐVT\tThực hiện 2023\tNăm 2025\tNăm 2026\n1\tTổng số giỏ\tchiếc\t800\t900\t950\n1.1\tGiỏ tre\tchiếc\t300\t400\t450\n"
    found = plan_of("I. MỤC TIÊU\n1. Các chỉ tiêu chủ yếu:\n" + table).targets
    assert [t.value for t in found] == [900, 950, 400, 450]


def test_an_aim_that_its_items_divide_is_an_aim_itself() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\nĐến năm 2026 trồng 340 ha tre, trong đó:\n- Năm 2025: 120 ha tre.\n- Năm 2026: 220 ha tre."
    ).targets
    assert [(t.value, t.unit_code, t.target_year) for t in found] == [
        (340, "ha", 2026),
        (120, "ha", 2025),
        (220, "ha", 2026),
    ]
    assert found[0].text == "Đến năm 2026 trồng 340 ha tre"


def test_a_paragraph_under_a_milestone_is_a_specific_aim_of_its_year() -> None:
    found = plan_of("I. MỤC TIÊU\n1. Đến năm 2026\nLàng nghề có thương hiệu riêng.\n2. Sạch đường làng.").targets
    assert [(t.target_kind, t.target_year) for t in found][:1] == [("specific", 2026)]


def test_a_paragraph_behind_a_divided_aim_is_no_general_aim() -> None:
    found = plan_of(
        "I. MỤC TIÊU\nMở 30 lớp nghề, trong đó:\n- Năm 2025: 10 lớp.\nRà lại các lớp đã mở mà không có người học.\n- Năm 2026: 20 lớp."
    ).targets
    assert [t.target_kind for t in found if t.value is None] == ["specific"]


def test_a_year_before_the_plan_says_where_one_starts() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\na) Năm 2025:\n- Đối với 12 xã được công nhận năm 2022, giữ vững các tiêu chí."
    ).targets
    assert [(t.value, t.target_year) for t in found] == [(12, 2025)]


def test_one_of_those_counted_is_no_number_to_reach() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Thu nhập của một lao động tăng từ 50 triệu đồng năm 2023 lên 70 triệu đồng năm 2026."
    ).targets
    assert [(t.value, t.unit_code, t.target_year) for t in found] == [(70_000_000, "vnd", 2026)]


def test_a_number_of_crops_says_which_land() -> None:
    found = plan_of("I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Bảo đảm tưới cho diện tích lúa 2 vụ của tỉnh.").targets
    assert [(t.value_kind, t.value) for t in found] == [("qualitative", None)]


def test_a_quarter_or_month_gives_the_year_of_a_target() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n- Đến hết quý IV/2026 có 85% bao bì được thu gom.\n- Đến tháng 6/2025 lắp 24 bể chứa.\n"
    ).targets
    assert [t.target_year for t in found] == [2026, 2025]


def test_a_clause_that_opens_with_its_year_leaves_the_year_above_to_the_clause_before() -> None:
    found = plan_of(
        "I. MỤC TIÊU\nĐến năm 2025:\n- Có 35% bến đò lắp phao, đến năm 2030 có 80% bến đò lắp phao."
    ).targets
    assert [(t.value, t.target_year) for t in found] == [(35, 2025), (80, 2030)]


def test_a_year_at_the_end_holds_for_all_clauses() -> None:
    found = plan_of("I. MỤC TIÊU\n- Có 35% bến đò lắp phao và 12 bến có mái che vào năm 2026.").targets
    assert [(t.value, t.target_year) for t in found] == [(35, 2026), (12, 2026)]


def test_what_a_list_of_purposes_counts_is_an_aim_and_a_demand_is_none() -> None:
    found = plan_of(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\na) Hỗ trợ 240 hộ đóng thuyền mới.\nb) Nâng hiểu biết của ngư dân.\n2. Yêu cầu\na) Đưa 02 cán bộ mỗi xã đi học."
    ).targets
    assert [t.text for t in found] == ["Hỗ trợ 240 hộ đóng thuyền mới."]
