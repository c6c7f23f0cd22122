"""Lines of a recognised page put right: specks, false stops, months, numerals before a dash, pairs that are no words."""

from __future__ import annotations

import pytest

from extractors.document import RawItem, RawParagraph
from extractors.readers.mending import mended
from normalizers.misread import repaired


def lines_of(*read: str) -> list[str]:
    items: list[RawItem] = [RawParagraph(text, page=1) for text in read]
    return [item.text for item in mended(items, {1}) if isinstance(item, RawParagraph)]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (".-GIÁM ĐỐC", "GIÁM ĐỐC"),
        ("- Trồng 5 ha dứa.", "- Trồng 5 ha dứa."),
        ("Giá cao. su tăng", "Giá cao su tăng"),
        ("Chợ họp tại tp. Vinh. Giá gạo ổn định.", "Chợ họp tại tp. Vinh. Giá gạo ổn định."),
        ("Huế, ngày 16 thắng 01 năm 2012", "Huế, ngày 16 tháng 01 năm 2012"),
        ("Đội bóng thắng 3 trận năm 2012", "Đội bóng thắng 3 trận năm 2012"),
    ],
)
def test_one_line(read: str, meant: str) -> None:
    assert lines_of(read) == [meant]


def test_numerals_before_a_dash_follow_each_other() -> None:
    assert lines_of("I- CHỢ", "H- ĐƯỜNG", "HI- CẦU", "1- Cầu gỗ") == ["I- CHỢ", "II- ĐƯỜNG", "III- CẦU", "1- Cầu gỗ"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Đây mạnh dạy nghề, thúc đây bán hàng", "Đẩy mạnh dạy nghề, thúc đẩy bán hàng"),
        ("TỎ CHỨC FHỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("NGHỊ QUYET", "NGHỊ QUYẾT"),
        ("Đây là chợ mạnh nhất vùng", "Đây là chợ mạnh nhất vùng"),
    ],
)
def test_pairs_that_are_no_words(read: str, meant: str) -> None:
    assert repaired(read) == meant
