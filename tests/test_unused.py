"""Words in scope that no row uses become findings of their own; what rows use does not."""

from __future__ import annotations

import pytest

from extractors.findings import Findings
from tests.build import plan_of

HEAD = "PHỤ LỤC\nDANH MỤC\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"


def unused(found: Findings) -> list[tuple[str, str | None]]:
    return [(d.check_code, d.actual) for d in found.doubts if d.check_code.endswith("_unused")]


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("I. NHIỆM VỤ\n1. Mở lớp dệt chiếu tại các xã, mức thưởng mỗi lớp là 7 triệu đồng.", "amount_unused", "7 triệu đồng"),
        ("I. NHIỆM VỤ\n1. Mở lớp dệt chiếu tại các xã, học viên được giảm 35% học phí.", "share_unused", "35%"),
        ("I. NHIỆM VỤ\n1. Mở lớp dệt chiếu theo chỉ đạo của Bộ Công Thương tại các xã ven biển.", "agency_unused", "Bộ Công Thương"),
    ],
)  # fmt: skip
def test_what_no_row_uses_is_said(body: str, code: str, words: str) -> None:
    assert (code, words) in unused(plan_of(body))


def test_an_amount_in_a_cell_that_no_row_uses_is_said() -> None:
    table = "TT\tTên bệnh\tSố liều\n1\tTai xanh\tMỗi liều 12.000 đồng\n2\tLở mồm\tkhông\n"
    assert ("amount_unused", "12.000 đồng") in unused(
        plan_of("I. NHIỆM VỤ\n1. Tiêm phòng cho đàn vật nuôi ở các xã.\n" + HEAD + table)
    )


def test_a_table_without_any_row_is_said() -> None:
    table = "TT\tTên giống\tMàu lông\n1\tVịt cỏ\tNâu\n2\tVịt xiêm\tTrắng\n"
    said = unused(plan_of("I. NHIỆM VỤ\n1. Tiêm phòng cho đàn vật nuôi ở các xã.\n" + HEAD + table))
    words = [words for code, words in said if code == "table_unused"]
    assert words == ["TT | Tên giống | Màu lông | 1 | Vịt cỏ | Nâu | 2 | Vịt xiêm | Trắng"]


@pytest.mark.parametrize(
    "body",
    [
        "I. MỤC TIÊU\n- Đến năm 2026, 70% số làng nghề có nước sạch.",
        "I. KINH PHÍ\nTổng kinh phí là 500 triệu đồng, do ngân sách tỉnh cấp.",
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Tài chính mở lớp trước ngày 15/6/2025.",
    ],
)
def test_what_rows_use_is_not_said(body: str) -> None:
    assert unused(plan_of(body)) == []


def test_the_issuer_of_a_cited_document_is_used_by_the_citation() -> None:
    body = (
        "I. NHIỆM VỤ\n1. Dạy nghề dệt chiếu theo Quyết định số 45/QĐ-BCT ngày 03/02/2023 của Bộ Công Thương tại các xã."
    )
    assert unused(plan_of(body)) == []


def test_letterhead_preamble_and_signature_are_no_scope() -> None:
    body = "Qua ba năm, 40% số hộ đã bỏ nghề, thiệt hại 9 tỷ đồng.\n\nI. NHIỆM VỤ\n1. Mở lớp dệt chiếu tại các xã ven biển.\n\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Lầu"
    assert unused(plan_of(body)) == []


def test_how_much_was_seen_and_used() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Mở lớp dệt chiếu tại các xã ven biển, mức thưởng mỗi lớp là 7 triệu đồng.\n\nII. KINH PHÍ\nTổng kinh phí là 500 triệu đồng."
    )
    assert [(r.seen, r.used) for r in found.recall if r.kind == "amount"] == [(2, 1)]
    assert [(r.seen, r.used) for r in found.recall if r.kind == "item"] == [(1, 1)]


def test_a_figure_in_a_column_of_money_that_no_row_uses_is_said() -> None:
    table = "Đơn vị tính: Triệu đồng\nTT\tNội dung\tKinh phí\n1\tIn sách\t40\n2\tLương bình quân/tháng\t8\n\tTổng cộng\t40\n"
    found = plan_of("I. KINH PHÍ\n" + table)
    assert unused(found) == [("amount_unused", "8")]
    assert [(r.seen, r.used) for r in found.recall if r.kind == "amount"] == [(3, 2)]


def test_closing_formulas_are_not_called_unused() -> None:
    body = (
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế hướng dẫn các xã cấp phát túi thuốc.\n"
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh Cà Mau khóa X thông qua ngày 08 tháng 7 năm 2024."
    )
    assert unused(plan_of(body)) == []


def test_a_percentage_among_purposes_that_is_no_aim_is_said() -> None:
    body = "I. MỤC ĐÍCH\n1. Theo khảo sát, 37% hộ còn thiếu thuyền để đi lại trong mùa lũ."
    assert ("share_unused", "37%") in unused(plan_of(body))
