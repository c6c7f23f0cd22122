"""Quantities: comparisons, ranges, units; numbers that count nothing are left alone."""

from __future__ import annotations

import pytest

from normalizers.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit"),
    [
        ("85% hộ nghèo được vay vốn", "exact", 85, 85, "pct"), ("giảm từ 3-5% chi phí", "range", 3, 5, "pct"), ("từ 3% đến 5%", "range", 3, 5, "pct"),
        ("tăng 6,5 - 7 % mỗi năm", "range", 6.5, 7, "pct"), ("trên 90% số xã", "at_least", 90, None, "pct"), ("tối thiểu 40 lớp", "at_least", 40, None, "course"),
        ("từ 05 mỏ trở lên", "at_least", 5, None, "mine"), ("không quá 2% hồ sơ", "at_most", None, 2, "pct"), ("khoảng 300 ha rừng", "approx", 300, 300, "ha"),
        ("1,5 triệu m3", "exact", 1_500_000, 1_500_000, "m3"), ("từ 2 - 3 nghìn hộ", "range", 2000, 3000, "household"), ("30 triệu USD", "exact", 30_000_000, 30_000_000, "usd"),
        ("85/106 xã có nhà văn hóa", "exact", 85, 85, "commune"), ("4/9 huyện có bến xe", "exact", 4, 4, None), ("trong nhóm 5 tỉnh đi đầu", "at_most", None, 5, "province_unit"),
        ("1.350 học viên", "exact", 1350, 1350, "person"), ("mở hai hội thảo", "exact", 2, 2, "workshop"), ("lập mười hai báo cáo", "exact", 12, 12, "report"),
    ],
)  # fmt: skip
def test_values_and_units(text: str, kind: str, low: float | None, high: float | None, unit: str | None) -> None:
    found = find_quantities(text)
    assert [(q.value_kind, q.low, q.high, q.unit_code) for q in found] == [(kind, low, high, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 15/QĐ-UBND ngày 02/3/2020", "đến năm 2030", "giai đoạn 2021-2025", "tại Khoản 2 Điều 5", "trước ngày 15 tháng 12", "một số doanh nghiệp",
        "kinh phí 200 triệu đồng", "trong 3 năm (03)", "trước 3/8 hoàn thành", "chiếm 2/3 tổng số", "dịp lễ 2/9 huyện treo cờ",
    ],
)  # fmt: skip
def test_numbers_that_count_nothing(text: str) -> None:
    assert [q for q in find_quantities(text) if q.unit_code] == []


def test_an_unknown_unit_keeps_its_word() -> None:
    (found,) = find_quantities("trồng 40 cây")
    assert (found.value, found.unit_code, found.unit_text) == (40, None, "cây")


def test_two_numbers_of_one_sentence() -> None:
    assert [(q.low, q.unit_code) for q in find_quantities("tổ chức 03 khóa tập huấn cho 75 cán bộ")] == [
        (3, "course"),
        (75, "person"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "unit"),
    [
        ("cung cấp 900 m3/ngày đêm cho thị trấn", "m3", "m3/ngày đêm"),
        ("có 9 dược sĩ/vạn dân", None, "dược sĩ/vạn dân"),
        ("đạt 6 tấn/ha", "ton", "tấn/ha"),
    ],
)
def test_a_unit_keeps_what_it_is_counted_by(text: str, code: str | None, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.unit_code, found.unit_text) == (code, unit)


def test_a_percentage_behind_a_word_that_numbers_things() -> None:
    assert [q.value for q in find_quantities("Hằng năm 90% hộ được vay; cấp 80% thẻ; mỗi năm 200 lượt khách")] == [
        90,
        80,
        200,
    ]


def test_counts_out_of_all_there_are() -> None:
    (found,) = find_quantities("đến cuối kỳ có 85/106 xã đạt chuẩn")
    assert (found.value, found.unit_code) == (85, "commune")
    assert find_quantities("họp ngày 15/6 xã Tân Lập") == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("khảo sát trên 06 lưu vực", "exact"), ("có trên 06 xã", "at_least"), ("Trên 70% xã", "at_least")],
)
def test_on_places_and_more_than_a_number(text: str, kind: str) -> None:
    assert [q.value_kind for q in find_quantities(text)] == [kind]


def test_a_rate_per_thousands() -> None:
    (q,) = find_quantities("xuống dưới 620/100.000 trẻ em")
    assert (q.value_kind, q.high, q.unit_code, q.unit_text) == ("at_most", 620, None, "/100.000 trẻ em")


@pytest.mark.parametrize("printed", ["0 595 842 người", "0.234,5 ha", "01.234,5 tấn", "từ 0.234,5 đến 0.334,5 ha"])
def test_marks_that_make_no_figure_are_no_quantity(printed: str) -> None:
    assert not any(q.value for q in find_quantities(f"Trồng {printed} ven sông"))
