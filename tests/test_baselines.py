"""Where aims start, numbers that are not aims, and aims in brackets, clauses and news."""

from __future__ import annotations

import pytest

from tests.build import article_of, plan_of

HEAD = "PHỤ LỤC\nCHỈ TIÊU\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"


@pytest.mark.parametrize(
    ("aim", "value", "start", "year"),
    [
        ("Nâng tỷ lệ hộ có nước sạch từ 41% năm 2023 lên 60%", 60, 41, 2023),
        ("Tỷ lệ hộ có nước sạch đạt 60% (năm 2023: 41%)", 60, 41, 2023),
        ("Giảm 15% lượng rác nhựa so với năm 2022", 15, None, 2022),
        ("Tỷ lệ hộ có nước sạch đạt 60%", 60, None, None),
    ],
)
def test_the_value_and_year_an_aim_starts_from(aim: str, value: float, start: float | None, year: int | None) -> None:
    (t,) = plan_of(f"I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- {aim}.").targets
    assert (t.value_min, t.baseline_value, t.baseline_year) == (value, start, year)


def test_a_milestone_in_brackets_is_an_aim_of_its_own() -> None:
    found = plan_of(
        "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Đến năm 2026, tỷ lệ hộ nghèo còn 2,5% (mốc năm 2025: 3,8%)."
    ).targets
    assert [(t.value_min, t.target_year) for t in found] == [(2.5, 2026), (3.8, 2025)]


@pytest.mark.parametrize(
    ("aim", "values"),
    [
        ("Số vụ cháy từ 30 người trở lên giảm 10%", [10]),
        ("Xử lý 95% phản ánh trong vòng 24 giờ", [95]),
        ("Công nhận 5 sản phẩm đạt hạng 3 sao trở lên", [5]),
    ],
)
def test_sizes_and_durations_are_no_aims(aim: str, values: list[float]) -> None:
    assert [t.value_min for t in plan_of(f"I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- {aim}.").targets] == values


def test_of_a_purpose_only_the_clause_that_reaches_a_number_is_an_aim() -> None:
    found = plan_of(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Tổ chức ngày hội sông nước, phấn đấu thu gom ít nhất 15% số vỏ chai.\n"
    ).targets
    assert [(t.text, t.value_min) for t in found] == [("phấn đấu thu gom ít nhất 15% số vỏ chai.", 15)]


def test_news_counts_what_the_plan_says() -> None:
    text = "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch trồng đước năm 2027. Theo kế hoạch, tỉnh trồng 2 triệu cây đước dọc các bãi bồi."
    assert [(t.value_min, t.evidence.rule) for t in article_of(text).targets] == [(2_000_000, "number_by_the_plan")]


def test_columns_of_what_was_reached_are_the_baseline() -> None:
    table = "TT\tChỉ tiêu\tĐơn vị tính\tThực hiện năm 2023\tKế hoạch năm 2024\n1\tHộ có nước sạch\t%\t41\t60\n2\tLàng nghề\tlàng\t7\t9\n"
    found = plan_of(HEAD + table).targets
    assert [(t.value, t.target_year, t.baseline_value, t.baseline_year) for t in found] == [
        (60, 2024, 41, 2023),
        (9, 2024, 7, 2023),
    ]


def test_a_table_keeps_the_printed_figure_of_a_unit_of_magnitude() -> None:
    table = "TT\tChỉ tiêu\tĐơn vị tính\tNăm 2024\n1\tThu nhập bình quân\ttriệu đồng/người\t72,5\n"
    (t,) = plan_of(HEAD + table).targets
    assert (t.value, t.unit_code, t.unit_text) == (72.5, None, "triệu đồng/người")


def test_among_aims_the_first_column_names_what_is_measured() -> None:
    table = "I. MỤC TIÊU\nNgành, sản phẩm\tĐVT\tNăm 2025\nChiếu lát\tđôi\t4.000\nGốm đỏ\tchiếc\t900\n"
    found = plan_of(table).targets
    assert [(t.indicator, t.value, t.target_year) for t in found] == [("Chiếu lát", 4000, 2025), ("Gốm đỏ", 900, 2025)]


def test_aims_behind_a_colon_inside_a_task() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Vận động các hộ dùng nước máy, cụ thể: Phấn đấu 90% hộ có vòi nước; giảm 20% số giếng khoan."
    ).targets
    assert [(t.value_min, t.evidence.rule) for t in found] == [(90, "aim_inside_task"), (20, "aim_inside_task")]


def test_a_purpose_that_counts_what_is_to_be_reached() -> None:
    found = plan_of(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Thiết thực chào mừng ngày hội, tỉnh phấn đấu sửa chữa 120 nhà của hộ nghèo.\n"
    ).targets
    assert [(t.value_min, t.unit_code) for t in found] == [(120, "house")]


@pytest.mark.parametrize(
    "aim",
    ["Không để xảy ra vụ ngộ độc tập thể từ 30 người trở lên", "Giữ vững phổ cập giáo dục cho trẻ em 5 tuổi"],
)
def test_sizes_of_what_shall_not_happen_and_ages_leave_an_aim_without_number(aim: str) -> None:
    (t,) = plan_of(f"I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- {aim}.").targets
    assert (t.value_kind, t.value_min) == ("qualitative", None)


def test_all_sides_of_a_thing_are_not_counted() -> None:
    found = plan_of("I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Giảm từ 5% đến 10% số vụ tai nạn trên cả 3 mặt.").targets
    assert [(t.value_min, t.value_max) for t in found] == [(5, 10)]


def test_a_line_that_points_to_a_table_is_no_aim() -> None:
    table = "TT\tChỉ tiêu\tĐơn vị tính\tNăm 2025\n1\tHộ có nước sạch\t%\t60\n"
    found = plan_of(f"I. MỤC TIÊU\nCác chỉ tiêu được xác định tại Bảng 1.\nBảng 1. Chỉ tiêu của Đề án\n{table}").targets
    assert [(t.indicator, t.value) for t in found] == [("Hộ có nước sạch", 60)]


def test_news_that_secures_a_figure_by_a_year() -> None:
    text = "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch trồng đước năm 2027. Các huyện siết việc đốn cây, bảo đảm đến năm 2027 còn ít nhất 80% bãi bồi có rừng."
    assert [(t.value_min, t.target_year) for t in article_of(text).targets] == [(80, 2027)]
