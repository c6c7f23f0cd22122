"""Money: magnitude, currency, letters behind digits; things that only look like money."""

from __future__ import annotations

import pytest

from normalizers.money import find_foreign_money, find_money, parse_amount_words
from normalizers.money_cells import parse_scale, read_money_cell


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("kinh phí 150 triệu đồng", 150_000_000), ("tổng vốn 1.200 tỷ đồng", 1_200_000_000_000), ("khoảng 2,5 tỷ", 2_500_000_000),
        ("cấp 35.000.000 đồng", 35_000_000), ("hỗ trợ 500 nghìn đồng", 500_000), ("10.522,6 triệu đồng", 10_522_600_000), ("ba 317,064,000 VNĐ", 317_064_000),
        ("3 nghìn tỷ đồng", 3_000_000_000_000), ("1 tỷ 350 triệu đồng", 1_350_000_000), ("2 tỷ 40 triệu 500 nghìn đồng", 2_040_500_000),
        ("cấp 240 trđ", 240_000_000), ("chi 35,5tr", 35_500_000), ("chi 7 tỷ đồng/năm", 7_000_000_000), ("Năm 2024 - 2.900 triệu đồng", 2_900_000_000),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: int) -> None:
    assert [m.amount_vnd for m in find_money(text)] == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "12 triệu người",
        "đạt tỷ lệ 90%",
        "hội đồng 5 thành viên",
        "3 triệu tấn",
        "năm 2026",
        "50 USD",
        "cử 04 đ/c",
        "cấp 000.000.000 đồng",
    ],
)
def test_no_money(text: str) -> None:
    assert find_money(text) == ()


@pytest.mark.parametrize(
    "text", ["từ 300 - 450 triệu đồng", "300-450 triệu đồng", "từ 300 triệu đồng đến 450 triệu đồng"]
)
def test_a_range_has_two_ends(text: str) -> None:
    assert [(m.low_vnd, m.amount_vnd) for m in find_money(text)] == [(300_000_000, 450_000_000)]


def test_equal_magnitudes_are_two_amounts() -> None:
    assert [m.amount_vnd for m in find_money("tỉnh 2 tỷ, huyện 30 triệu, xã 5 triệu.")] == [
        2 * 10**9,
        3 * 10**7,
        5 * 10**6,
    ]


def test_letters_behind_digits_are_compared() -> None:
    agreed = find_money("là 96.500.000.000 đồng (Chín mươi sáu tỷ năm trăm triệu đồng chẵn), gồm")[0]
    assert agreed.words_agree is True
    assert agreed.in_words == "Chín mươi sáu tỷ năm trăm triệu đồng chẵn"
    differ = find_money("là 95.500.000.000 đồng (Chín mươi sáu tỷ năm trăm triệu đồng), gồm")[0]
    assert differ.words_agree is False


def test_an_amount_in_letters() -> None:
    assert parse_amount_words("Ba trăm mười bảy triệu không trăm sáu mươi tư nghìn đồng chẵn") == 317_064_000


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Đơn vị tính: Triệu đồng", 10**6),
        ("Kinh phí (tỷ đồng)", 10**9),
        ("Thành tiền (VNĐ)", 1),
        ("Đơn giá (đồng)", 1),
        ("ĐVT: nghìn đồng", 1000),
        ("Số lượng", None),
    ],
)
def test_the_unit_of_a_column(heading: str, scale: int | None) -> None:
    assert parse_scale(heading) == scale


def test_letters_behind_digits_are_no_second_amount_even_when_one_is_misread() -> None:
    assert [
        m.amount_vnd for m in find_money("là 7.360.000 đồng (Bảy triệu ba trắm sáu mươi nghìn đồng chẵn), chia ra")
    ] == [7360000]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("kinh phí hai tỷ một trăm triệu đồng", 2_100_000_000),
        ("hỗ trợ năm trăm nghìn đồng mỗi hộ", 500_000),
        ("chi 2 tỷ rưỡi cho kênh", 2_500_000_000),
        ("cấp 7 360 000 000 đồng", 7_360_000_000),
        ("cấp l50 triệu đồng", 150_000_000),
    ],
)
def test_amounts_in_words_with_spaces_and_with_letters_for_digits(text: str, amount: int) -> None:
    assert [m.amount_vnd for m in find_money(text)] == [amount]


@pytest.mark.parametrize(
    "text", ["hàng trăm triệu đồng", "tặng quà 03 đồng chí", "vay US$ 3.5 triệu", "vốn 12 triệu USD"]
)
def test_what_is_no_amount_in_dong(text: str) -> None:
    assert find_money(text) == ()


def test_amounts_of_other_currencies() -> None:
    found = find_foreign_money("vay US$ 3.5 triệu và 2 triệu euro")
    assert [(f.value, f.currency) for f in found] == [(3_500_000, "usd"), (2_000_000, "eur")]


@pytest.mark.parametrize("cell", ["5=6+7", "Lồng ghép kinh phí Chương trình 135"])
def test_a_figure_of_a_cell_that_is_no_amount(cell: str) -> None:
    assert read_money_cell(cell, 1_000_000) is None


def test_a_range_of_a_cell_in_words() -> None:
    read = read_money_cell("từ 1,5 đến 2", 1_000_000_000)
    assert read is not None
    assert (read.low_vnd, read.amount_vnd) == (1_500_000_000, 2_000_000_000)
