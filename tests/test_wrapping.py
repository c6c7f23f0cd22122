"""Lines that break at a fixed width: which go on with the line above."""

from __future__ import annotations

import pytest

from extractors.readers.wrapping import goes_on


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Tỷ lệ hộ có nước sạch ở các xã ven biển đạt", "70% vào cuối kỳ."),
        ("Phát triển làng nghề trên địa bàn tỉnh Bình", "Phước giai đoạn 2031 - 2035"),
        ("Ủy ban nhân dân tỉnh giao Sở Y tế", "khám sức khỏe cho thợ dệt."),
    ],
)
def test_lines_cut_in_the_middle(above: str, line: str) -> None:
    assert goes_on(above, line, blank=False, full=False, wrapped=True)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Phát triển làng nghề trên địa bàn tỉnh Bình Phước", "Giai đoạn 2031 - 2035"),
        ("Mở lớp dệt chiếu ở các xã.", "Khám sức khỏe cho thợ dệt ở mọi làng nghề của tỉnh."),
        ("Mở lớp dệt chiếu ở các xã", "2. Khám sức khỏe cho thợ dệt."),
    ],
)
def test_lines_of_their_own(above: str, line: str) -> None:
    assert not goes_on(above, line, blank=False, full=False, wrapped=True)


def test_where_lines_do_not_break_at_a_width_a_number_begins_a_line() -> None:
    assert not goes_on("Chỉ tiêu cần đạt", "70% số hộ có nước sạch", blank=False, full=False, wrapped=False)
