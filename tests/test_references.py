"""Citations: every printed form of a number, its date and issuer; slashes that are no numbers."""

from __future__ import annotations

from datetime import date

import pytest

from normalizers.references import find_citations, symbol_type


@pytest.mark.parametrize(
    ("text", "code", "symbol", "issued"),
    [
        ("Quyết định số 61/QĐ-UBND ngày 05 tháng 01 năm 2020", "QĐ", "61/QĐ-UBND", date(2020, 1, 5)),
        ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "NĐ", "30/2020/NĐ-CP", date(2020, 3, 5)),
        ("Thông tư liên tịch số 7/2015/TTLT-BTC-BCT", "TTLT", "7/2015/TTLT-BTC-BCT", None),
        ("Nghị quyết số 12-NQ/TW ngày 03/6/2017 của Ban Chấp hành Trung ương", "NQ", "12-NQ/TW", date(2017, 6, 3)),
        ("Công văn số 88/SCT-KC, ngày 27/4/2015", "CV", "88/SCT-KC", date(2015, 4, 27)),
        ("Luật số 10/2020/QH14", "L", "10/2020/QH14", None),
        ("Kế hoạch số 38 /KH- UBND ngày 9/5/2014", "KH", "38/KH-UBND", date(2014, 5, 9)),
        ("Quyết định số: 740/QĐ/BNN-KL ngày 20/9/2007", "QĐ", "740/QĐ/BNN-KL", date(2007, 9, 20)),
    ],
)  # fmt: skip
def test_printed_forms(text: str, code: str, symbol: str, issued: date | None) -> None:
    assert [(c.doc_type_code, c.number_symbol, c.issued_date) for c in find_citations(text)] == [(code, symbol, issued)]


@pytest.mark.parametrize("text", ["ngày 12/5/2020", "đạt 15/20 xã", "tháng 9/2025", "km/h", "tỷ lệ 1/500", "và/hoặc"])
def test_slashes_that_are_no_numbers(text: str) -> None:
    assert find_citations(text) == ()


def test_a_date_in_front_of_the_number() -> None:
    (found,) = find_citations("Ngày 05/3/2019, UBND tỉnh ban hành Quyết định số 310/QĐ-UBND về cấp nước")
    assert found.issued_date == date(2019, 3, 5)


def test_the_issuer_behind_the_date() -> None:
    (found,) = find_citations("Chỉ thị số 9/CT-TTg ngày 02/02/2021 của Thủ tướng Chính phủ về phòng chống cháy rừng")
    assert found.issuer_text == "Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("symbol", "code"),
    [("5/KH-UBND", "KH"), ("12-NQ/TW", "NQ"), ("3/2019/TT-BTC", "TT"), ("44/STC-NS", "CV"), ("6/2021/UBTVQH15", "NQ")],
)
def test_types_from_letters(symbol: str, code: str) -> None:
    assert symbol_type(symbol) == code
