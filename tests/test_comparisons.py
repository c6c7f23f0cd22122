"""Targets beside the plan above, the plan before and results told later."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers.indicators import likeness
from pipeline.comparisons import compare_targets, link_results
from tests.build import LETTERHEAD, release_of

STRATEGY = """THỦ TƯỚNG CHÍNH PHỦ
Số: 900/QĐ-TTg
Hà Nội, ngày 05 tháng 6 năm 2023

QUYẾT ĐỊNH
Phê duyệt Chiến lược phát triển làng nghề đến năm 2030

Điều 1. Phê duyệt Chiến lược phát triển làng nghề đến năm 2030 với các nội dung sau:
I. MỤC TIÊU
- Đến năm 2026, 70% hộ làm nghề được tập huấn an toàn lao động.
- Đến năm 2030, 90% hộ làm nghề được tập huấn an toàn lao động.
- Đến năm 2030, có 200 làng nghề bán hàng qua mạng.
II. NHIỆM VỤ
1. Tập huấn
- Mở lớp tập huấn an toàn lao động cho hộ làm nghề.
"""
ABOVE = "Thực hiện Quyết định số 900/QĐ-TTg ngày 05/6/2023 của Thủ tướng Chính phủ phê duyệt Chiến lược phát triển làng nghề đến năm 2030"
PLAN = (
    LETTERHEAD.replace("Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề", ABOVE)
    + "I. MỤC TIÊU\n- Đến năm 2026, trên 60% hộ làm nghề trong tỉnh được tập huấn ATLĐ.\n- Đến năm 2026, tỷ lệ nợ thuế của hộ làm nghề giảm còn 5%.\n"
    + "- Mở 12 lớp dạy nghề.\nII. NHIỆM VỤ\n1. Tập huấn\n- Mở lớp tập huấn cho hộ làm nghề.\n"
)  # fmt: skip


def compared(*texts: str) -> list[dict[str, Any]]:
    rows = release_of(*texts)
    words = {t["target_id"]: t["text_vi"] for t in rows["targets"]}
    return [c | {"words": words[c["target_id"]]} for c in compare_targets(rows)]


def test_a_target_stands_beside_that_of_the_strategy_it_carries_out_for_the_same_year() -> None:
    (one,) = compared(PLAN, STRATEGY)
    assert (one["relation_code"], one["compared_plan_id"]) == ("parent_target", "vn:900-qd-ttg:2023")
    assert (one["target_year"], one["compared_year"], one["difference"], one["comparison_code"]) == (
        2026,
        2026,
        -10,
        "lower",
    )
    assert "ATLĐ" in one["words"]
    assert one["is_reached"] is None


def test_without_the_strategy_nothing_is_compared() -> None:
    assert compared(PLAN) == []


REPORT = LETTERHEAD.replace("Số: 21/KH-UBND", "Số: 90/BC-UBND").replace("12 tháng 01 năm 2024", "20 tháng 12 năm 2026").replace("KẾ HOẠCH\n\nPhát triển", "BÁO CÁO\n\nKết quả phát triển").replace(
    "Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề",
    "Thực hiện Kế hoạch số 21/KH-UBND ngày 12/01/2024 của Ủy ban nhân dân tỉnh về phát triển làng nghề",
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "reached"),
    [
        ("Mở được 14 lớp dạy nghề.", True),
        ("Mở được 9 lớp dạy nghề.", False),
        ("Tỷ lệ nợ thuế của hộ làm nghề còn 4%.", True),
        ("Tỷ lệ nợ thuế của hộ làm nghề còn 7%.", False),
    ],
)
def test_a_result_answers_the_target_that_measures_the_same(told: str, reached: bool) -> None:
    rows = release_of(PLAN, REPORT + f"I. KẾT QUẢ\n- {told}\n")
    found = compare_targets(rows)
    assert [(c["relation_code"], c["is_reached"]) for c in found] == [("result", reached)]
    linked = [r["target_id"] for r in link_results(rows, found)]
    assert linked == [found[0]["target_id"]]


def test_a_result_in_another_unit_answers_no_target() -> None:
    rows = release_of(PLAN, REPORT + "I. KẾT QUẢ\n- Có 14 hộ mở lớp dạy nghề.\n")
    assert compare_targets(rows) == []
    assert [r["target_id"] for r in link_results(rows, [])] == [None]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("80% bến đò có phao cứu sinh", "Đến năm 2030, tỷ lệ bến đò có phao cứu sinh đạt trên 95%", True),
        ("60% hộ dùng NSH", "60% hộ dùng nước sinh hoạt", True),
        ("80% bến đò có phao cứu sinh", "80% bến đò có đèn báo", False),
        ("đào tạo 300 thợ dệt", "đào tạo 300 thợ gốm lành nghề ở xã", False),
    ],
)
def test_sentences_measure_the_same_by_their_words(one: str, other: str, is_same: bool) -> None:
    assert (likeness(one, other) >= 0.6) is is_same
