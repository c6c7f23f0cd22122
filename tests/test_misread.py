"""Accents that recognition lost are put back where only one reading makes a word."""

from __future__ import annotations

import pytest

from normalizers.misread import repaired


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Tố chức tập huấn", "Tổ chức tập huấn"),
        ("TÓ CHỨC TẬP HUẤN", "TỔ CHỨC TẬP HUẤN"),
        ("phát triến đô thị", "phát triển đô thị"),
        ("kết quả cụ thế", "kết quả cụ thể"),
        ("Giám đóc", "Giám đốc"),
        ("câp nước sạch", "cấp nước sạch"),
        ("TỔ CHỨC THỤỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("II. MỤC TIỂU", "II. MỤC TIÊU"),
        ("V. GIẢI PHẤP", "V. GIẢI PHÁP"),
    ],
)
def test_a_misread_syllable_is_put_right(read: str, meant: str) -> None:
    assert repaired(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Tố cáo hành vi vi phạm",
        "học sinh tiểu học",
        "35 triệu đồng mỗi hộ",
        "Sở Nội vụ tỉnh Cà Mau",
        "ông Đỗ Văn Tố, Chủ tịch",
        "Số: 12/KH-UBND",
        "xây dựng bộ chỉ số cải cách",
        "website và internet của đơn vị",
        "Đắk Nông, KRông Búk",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert repaired(text) == text


def test_the_length_stays_and_punctuation_parts_words() -> None:
    text = "Nâng cao hiệu quả; tố, chức năng"
    assert len(repaired(text)) == len(text)
    assert "chức năng" in repaired(text)
