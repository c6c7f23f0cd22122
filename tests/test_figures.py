"""Figures: which mark means thousands, and numbers in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalizers.figures import other_reading, parse_figure, parse_roman, parse_words


@pytest.mark.parametrize(
    ("printed", "value", "style"),
    [
        ("45", "45", "plain"), ("1.250", "1250", "dot_thousands"), ("12.345.678", "12345678", "dot_thousands"), ("1.250,75", "1250.75", "dot_thousands"),
        ("226,081,000", "226081000", "comma_thousands"), ("2,5", "2.5", "decimal_comma"), ("0,125", "0.125", "decimal_comma"), ("3.5", "3.5", "decimal_dot"),
    ],
)  # fmt: skip
def test_marks_are_read_as_vietnamese_documents_print_them(printed: str, value: str, style: str) -> None:
    figure = parse_figure(printed)
    assert (figure.value, figure.style, figure.ambiguous) == (Decimal(value), style, False)


def test_a_comma_before_three_digits_has_two_readings() -> None:
    assert parse_figure("2,000").value == 2000
    assert parse_figure("2,000").ambiguous
    assert other_reading("2,000") == 2
    assert other_reading("2,00") is None


@pytest.mark.parametrize("text", ["", "abc", "1..2", "12.", ","])
def test_no_figure_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        parse_figure(text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("bảy", 7), ("mười lăm", 15), ("hai mươi mốt", 21), ("một trăm linh năm", 105), ("ba nghìn không trăm hai mươi", 3020),
        ("chín mươi sáu tỷ năm trăm triệu", 96_500_000_000), ("bốn nghìn hai trăm bốn mươi triệu", 4_240_000_000), ("hai nghìn tỷ", 2_000_000_000_000),
        ("hai nghìn không trăm hai mươi sáu", 2026), ("Mười hai triệu ba trăm nghìn", 12_300_000),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, value: int) -> None:
    assert parse_words(words) == value


@pytest.mark.parametrize("words", ["", "nhiều", "ba bó", "tỷ lệ"])
def test_other_words_are_no_number(words: str) -> None:
    assert parse_words(words) is None


@pytest.mark.parametrize(("mark", "value"), [("I", 1), ("IV", 4), ("ix", 9), ("XIV", 14), ("XL", 40)])
def test_roman_numerals(mark: str, value: int) -> None:
    assert parse_roman(mark) == value


@pytest.mark.parametrize("mark", ["IIII", "VX", "A", ""])
def test_no_roman_numerals(mark: str) -> None:
    assert parse_roman(mark) is None


@pytest.mark.parametrize("printed", ["１.２３４,５", "١.234,5"])
def test_digits_of_other_scripts_are_digits(printed: str) -> None:
    """Wide digits come from PDFs set in East Asian fonts."""
    assert parse_figure(printed).value == Decimal("1234.5")
