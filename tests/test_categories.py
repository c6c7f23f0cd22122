"""Categories of headings: the main subject, a second one only where two are named, never the purpose."""

from __future__ import annotations

import pytest

from normalizers.categories import classify_heading, classify_topic, segment


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Nâng cao nhận thức và năng lực cho cán bộ xã", {"awareness", "capacity"}),
        ("Hỗ trợ kỹ thuật cho làng nghề để nâng cao nhận thức", {"technical_support"}),
        ("Hoàn thiện cơ chế, chính sách nhằm thu hút đầu tư; tổ chức sơ kết", {"policy", "monitoring"}),
        ("Xây dựng cơ sở dữ liệu ngành nước", {"database"}), ("Tăng cường thanh tra, kiểm tra", {"monitoring"}), ("Công tác thi đua, khen thưởng", {"rewards"}),
        ("Đào tạo nguồn nhân lực", {"capacity"}), ("Chọn tạo giống cây", {"other"}),
    ],
)  # fmt: skip
def test_headings(heading: str, codes: set[str]) -> None:
    assert set(classify_heading(heading).codes) == codes


def test_an_unclear_heading_has_no_margin() -> None:
    assert classify_heading("Chọn tạo giống cây").margin == 0.0


def test_offsets_of_segmented_words() -> None:
    text = "xây dựng cơ sở dữ liệu"
    starts, ends = segment(text)
    assert {0, 9} <= starts and len(text) in ends


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Kế hoạch chuyển đổi số năm 2027", "digital_transformation"),
        ("Chương trình giảm nghèo bền vững", "poverty"),
        ("Kế hoạch công tác", "other"),
    ],
)
def test_topics(title: str, topic: str) -> None:
    assert classify_topic(title) == topic
