"""What must hold for any input: nothing raises, formats read back, every block is a slice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.bodies import find_bodies
from extractors.find import find
from extractors.readers import plain
from normalizers.agencies import find_agencies
from normalizers.figures import parse_figure, parse_roman, parse_words, to_roman
from normalizers.money import find_money
from normalizers.periods import find_dates
from normalizers.quantities import find_quantities
from normalizers.references import find_citations
from normalizers.task_times import parse_time_cell
from normalizers.text import key
from normalizers.text import plain as without_accents

SYLLABLES = ["Sở", "Y tế", "UBND", "tỉnh", "các", "và", "1.", "a)", "-", "50%", "năm 2025", "triệu đồng", "12", "I.", "MỤC TIÊU", "NHIỆM VỤ", "số 5/QĐ-UBND", "Điều 1.", "|", "\t", "\n", "\n\n", ":", ";", ".", "phối hợp", "với", "trước ngày", "báo cáo"]  # fmt: skip
SOUP = st.lists(st.sampled_from(SYLLABLES), max_size=60).map(" ".join)


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_read_back(number: int) -> None:
    printed = f"{number:,}".replace(",", ".")
    assert parse_figure(printed).value == Decimal(number)


@given(st.integers(min_value=1, max_value=999_999))
def test_amounts_read_back(number: int) -> None:
    printed = f"{number:,}".replace(",", ".")
    assert [m.amount_vnd for m in find_money(f"kinh phí {printed} triệu đồng")] == [number * 10**6]


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_dates_read_back(day: date) -> None:
    assert [d.value for d in find_dates(f"ngày {day.day:02} tháng {day.month:02} năm {day.year}")] == [day]
    assert [d.value for d in find_dates(f"{day.day}/{day.month}/{day.year}")] == [day]


@given(st.integers(min_value=1, max_value=99_999_999), st.sampled_from([("triệu", 10**6), ("tỷ", 10**9)]))
def test_amounts_with_a_decimal_read_back(tenths: int, scale: tuple[str, int]) -> None:
    printed = f"{tenths // 10:,}".replace(",", ".") + f",{tenths % 10}"
    assert [m.amount_vnd for m in find_money(f"kinh phí {printed} {scale[0]} đồng")] == [tenths * scale[1] // 10]


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def in_words(number: int) -> str:
    """A number below a thousand billions as it is spoken: 2021 → hai nghìn không trăm hai mươi mốt."""
    parts, rest, larger = [], number, False
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            parts.append(f"{_below_thousand(group, larger)} {name}".strip())
        larger = larger or bool(group)
    return " ".join(parts)


def _below_thousand(number: int, after_larger: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or after_larger else []
    if tens:
        last = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, DIGITS[ones])
        words += ["mười" if tens == 1 else f"{DIGITS[tens]} mươi", last]
    elif ones:
        words += ["linh" if words else "", DIGITS[ones]]
    return " ".join(w for w in words if w)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_numbers_in_words_read_back(number: int) -> None:
    assert parse_words(in_words(number)) == number


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_dates_in_words_read_back(day: date) -> None:
    words = f"ngày {in_words(day.day)} tháng {in_words(day.month)} năm {in_words(day.year)}"
    assert [d.value for d in find_dates(words)] == [day]


@given(st.integers(min_value=1, max_value=399))
def test_roman_figures_read_back(number: int) -> None:
    assert parse_roman(to_roman(number)) == number


@given(st.text(max_size=200))
def test_keys_keep_the_length_of_any_text(text: str) -> None:
    assert len(key(text)) == len(without_accents(text)) == len(text)


@settings(deadline=None)
@given(st.text(max_size=200) | SOUP)
def test_no_text_makes_a_reader_of_words_fail(text: str) -> None:
    for found in (
        find_money(text),
        find_dates(text),
        find_quantities(text),
        find_citations(text),
        find_agencies(text),
        find_bodies(text),
    ):
        assert all(0 <= f.start <= f.end <= len(text) for f in found)
    parse_time_cell(text)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_any_soup_of_the_genre_gives_findings_inside_the_text(text: str) -> None:
    document = plain.read("KẾ HOẠCH\nDạy nghề tỉnh Cà Mau\n\n" + text)
    found = find(document)
    places = [
        f.evidence
        for f in (
            *found.targets,
            *found.tasks,
            *found.groups,
            *found.budgets,
            *found.references,
            *found.results,
            *found.sections,
        )
    ]
    assert all(0 <= p.start < p.end <= len(document.text) for p in places)
