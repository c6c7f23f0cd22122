"""Time: periods, cells of time columns, limits; dates of cited documents are nobody's time."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.periods import find_dates, find_periods
from normalizers.task_times import find_limit, parse_recurrence, parse_time_cell


@pytest.mark.parametrize("text", ["ngày 05 tháng 9 năm 2018", "05/9/2018", "5-9-2018", "ngày 5/09/2018"])
def test_full_dates(text: str) -> None:
    assert [d.value for d in find_dates(text)] == [date(2018, 9, 5)]


def test_impossible_dates_are_left_out() -> None:
    assert find_dates("31/02/2018") == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("giai đoạn 2016 - 2020", (2016, 2020)), ("thời kỳ 2021-2030", (2021, 2030)), ("đến năm 2025", (None, 2025)), ("năm 2024", (2024, 2024)),
        ("từ năm 2016 đến hết năm 2020", (2016, 2020)), ("đến hết năm 2027", (None, 2027)),
    ],
)  # fmt: skip
def test_periods(text: str, years: tuple[int | None, int]) -> None:
    assert [(p.first_year, p.last_year) for p in find_periods(text)] == [years]


def test_years_of_citations_are_no_period() -> None:
    assert find_periods("Chỉ thị số 27/CT-TTg ngày 08 tháng 3 năm 2022 và Nghị định số 45/2012/NĐ-CP") == ()


@pytest.mark.parametrize(
    ("cell", "start", "end", "repeat", "limit"),
    [
        ("2026", 2026, 2026, None, None), ("2021 - 2025", 2021, 2025, None, None), ("Quý III/2027", 2027, 2027, None, "Quý III/2027"),
        ("Trong năm 2026", 2026, 2026, None, "Trong năm 2026"), ("Trước ngày 30/11/2026", None, 2026, None, "Trước ngày 30/11/2026"),
        ("Hằng năm", None, None, "annual", None), ("Thường xuyên", None, None, "regular", None), ("Hàng quý", None, None, "quarterly", None),
        ("Theo Kế hoạch số 12/KH-UBND ngày 01/02/2025", None, None, None, None), ("", None, None, None, None),
    ],
)  # fmt: skip
def test_time_cells(cell: str, start: int | None, end: int | None, repeat: str | None, limit: str | None) -> None:
    read = parse_time_cell(cell)
    assert (read.start_year, read.end_year, read.recurrence_code, read.deadline_text) == (start, end, repeat, limit)


def test_a_long_cell_keeps_the_limit_alone() -> None:
    read = parse_time_cell("Ban hành kế hoạch kiểm tra trong tháng 02/2027 rồi tổ chức kiểm tra theo kế hoạch")
    assert (read.start_year, read.end_year, read.deadline_text) == (2027, 2027, "trong tháng 02/2027")


@pytest.mark.parametrize(
    "text", ["trước ngày 15 tháng 12", "chậm nhất là ngày 20/3/2026", "xong trong quý II năm 2026", "trước 31/12/2027"]
)
def test_limits_in_sentences(text: str) -> None:
    sentence = f"Các đơn vị gửi báo cáo {text} để tổng hợp."
    span = find_limit(sentence)
    assert span is not None
    assert sentence[span[0] : span[1]] == text


@pytest.mark.parametrize(
    ("sentence", "limit", "year"),
    [
        ("Mở hội chợ hàng thủ công (quý III/2027).", "quý III/2027", 2027),
        ("In sổ tay; thời gian hoàn thành: tháng 4/2027.", "tháng 4/2027", 2027),
        ("Vẽ bản đồ, thời hạn thực hiện: từ tháng 3 đến tháng 9/2027.", "từ tháng 3 đến tháng 9/2027", 2027),
        ("Đo đạc bãi bồi trong 6 tháng cuối năm 2027.", "trong 6 tháng cuối năm 2027", 2027),
    ],
)
def test_limits_that_are_named_or_in_brackets(sentence: str, limit: str, year: int) -> None:
    span = find_limit(sentence)
    assert span is not None
    assert sentence[span[0] : span[1]] == limit
    read = parse_time_cell(limit)
    assert (read.start_year, read.end_year, read.recurrence_code) == (year, year, None)


def test_no_limit() -> None:
    assert find_limit("Tổ chức kiểm tra trước khi nghiệm thu trong kho") is None


def test_half_years_repeat() -> None:
    assert parse_recurrence("báo cáo 6 tháng và cả năm") == "semiannual"
    assert parse_recurrence("trong 6 tháng đầu năm 2025") is None


def test_a_time_cell_that_lists_years() -> None:
    read = parse_time_cell("Năm 2023, 2024, 2025")
    assert (read.start_year, read.end_year) == (2023, 2025)
