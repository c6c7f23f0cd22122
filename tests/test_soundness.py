"""Every check of values: sentences and tables that it remarks on, and the same that it leaves alone."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from pipeline.soundness import CHECKS, remarks
from tests.build import LETTERHEAD, release_of

ANNEX = "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"
TABLE = ANNEX + "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\n"
BODY = (
    "I. MỤC TIÊU\n1. Mục tiêu cụ thể\n- Đến năm 2025: 40% bến đò có phao.\n- Đến năm 2026: 70% bến đò có phao.\n"
    "II. NHIỆM VỤ\n1. Đóng 04 bến đò.\n2. Mở lớp bơi cho trẻ em trước ngày 15/6/2025.\n3. Vá thuyền cũ của các xã.\n"
    "III. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ đồng; doanh nghiệp 3 tỷ đồng.\n"
    "IV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ mở lớp bơi.\n"
)


def said(*bodies: str) -> set[str]:
    """Codes of the remarks on plans with these bodies."""
    return {r.code for r in remarks(release_of(*(LETTERHEAD + body for body in bodies)))}


def test_a_sound_plan_is_left_alone() -> None:
    assert said(BODY) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("I. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ đồng; doanh nghiệp 2 tỷ đồng.", "sum_of_sources"),
        ("I. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng, trong đó: năm 2024: 4 tỷ đồng; năm 2025: 4 tỷ đồng.", "sum_of_years"),
        (TABLE + "1\tĐóng bến đò\tSở Y tế\t40\n2\tVá thuyền\tSở Y tế\t50\n\tTổng cộng\t\t80\n", "sum_of_tasks"),
        (TABLE + "I\tBến đò\t\t70\n1\tĐóng bến\tSở Y tế\t40\n2\tSơn bến\tSở Y tế\t40\nII\tThuyền\t\t20\n1\tVá thuyền\tSở Y tế\t20\n", "sum_of_group"),
        ("I. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính bố trí kinh phí.\nIII. KINH PHÍ\nTổng kinh phí là 9 triệu đồng.", "unit_slip"),
        ("I. KINH PHÍ\nTổng kinh phí là 6.840.000 đồng (Sáu triệu tám trăm nghìn đồng).", "words_differ"),
        (ANNEX + "Đơn vị tính: đồng\nTT\tNội dung\tĐVT\tSố lượng\tĐơn giá\tThành tiền\n1\tIn sách\tquyển\t200\t35.000\t7.200.000\n", "product_differs"),
        (TABLE.replace("Kinh phí (triệu đồng)", "Kinh phí (triệu đồng)\tNăm 2024\tNăm 2025") + "1\tĐóng bến đò\tSở Y tế\t90\t40\t60\n2\tVá thuyền\tSở Y tế\t50\t20\t30\n", "sum_of_years"),
        ("I. MỤC TIÊU\n- Có 140% bến đò được lắp phao.", "share_out_of_range"),
        ("I. MỤC TIÊU\n- Đến năm 2025: 70% bến đò có phao cứu sinh.\n- Đến năm 2026: 40% bến đò có phao cứu sinh.", "milestone_falls"),
        ("I. NHIỆM VỤ\n1. Vá thuyền của các xã trong giai đoạn 2026 - 2024.", "years_reversed"),
        ("I. NHIỆM VỤ\n1. Vá thuyền của các xã, hoàn thành trước ngày 15/6/2019.", "year_outside_plan"),
        ("I. NHIỆM VỤ\n1. Đóng bến.\n2. Vá thuyền.\n4. Mở lớp bơi.\n5. Sơn phao.", "numbering_gap"),
        (TABLE + "1\tĐóng bến\tSở Y tế\t40\n2\tSơn bến\tSở Y tế\t40\n4\tVá thuyền\tSở Y tế\t20\n", "numbering_gap"),
        (ANNEX.replace("21/KH", "27/KH") + "TT\tNhiệm vụ\tChủ trì\n1\tĐóng bến\tSở Y tế\n", "annex_of_other_plan"),
        ("I. NHIỆM VỤ\n1. Đóng bến ở các xã (chi tiết tại Phụ lục kèm theo).", "annex_missing"),
        ("I. NỘI DUNG\nKế hoạch có bốn nhóm nhiệm vụ như sau:\n1. Bến đò\n- Đóng bến.\n2. Thuyền\n- Vá thuyền.", "count_differs"),
        (ANNEX + "TT\tNhiệm vụ\tPhối hợp\n1\tĐóng bến\tSở Y tế\n", "no_lead"),
        ("I. NHIỆM VỤ\n1. Bến đò\n- Đóng bến.\n2. Thuyền\n- Vá thuyền.\n" + TABLE + "I\tBến đò\t\t\n1\tĐóng bến\tSở Y tế\t40\nII\tTrồng rừng đước\t\t\n1\tƯơm cây\tSở Y tế\t20\n", "groups_differ"),
    ],
)  # fmt: skip
def test_what_a_source_says_wrong_is_remarked_on(body: str, code: str) -> None:
    assert code in said(body)


def test_a_slip_of_the_source_stays_as_printed() -> None:
    rows = release_of(LETTERHEAD + "I. KINH PHÍ\nTổng kinh phí là 6.840.000 đồng (Sáu triệu tám trăm nghìn đồng).")
    (remark,) = [r for r in remarks(rows) if r.code == "words_differ"]
    assert (remark.origin, remark.row["amount_vnd"]) == ("source", 6_840_000)


def test_a_source_pays_no_more_than_the_tasks_that_name_it() -> None:
    table = (
        ANNEX
        + "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\tNguồn\n1\tĐóng bến\tSở Y tế\t40\tNSNN\n2\tVá thuyền\tSở Y tế\t60\tDoanh nghiệp\n"
    )
    head = "I. KINH PHÍ\nKinh phí từ doanh nghiệp {} triệu đồng.\n"
    assert "source_out_of_bounds" in said(head.format(90) + table)
    assert "source_out_of_bounds" not in said(head.format(60) + table)


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("budgets", {"amount_vnd": 9_100_000_000}, "value_differs"), ("budgets", {"unit_scale": 1}, "value_differs"), ("budgets", {"year": 2031}, "year_elsewhere"),
        ("targets", {"value": 41.0, "value_min": 41.0, "value_max": 41.0}, "value_differs"), ("targets", {"value_min": 12.0}, "bounds_differ"), ("targets", {"target_year": 2029}, "year_elsewhere"),
        ("tasks", {"name_vi": "Trồng rừng đước."}, "words_elsewhere"), ("tasks", {"ordinal": 7}, "row_missing"), ("references", {"issued_date": date(2023, 12, 9)}, "date_elsewhere"),
        ("plans", {"issued_date": date(2024, 1, 13)}, "date_elsewhere"), ("plans", {"number_symbol": "22/KH-UBND"}, "number_elsewhere"), ("plans", {"province_id": "vn63-89"}, "province_differs"),
        ("documents", {"province_id": "vn63-89"}, "province_elsewhere"), ("task_agencies", {"agency_id": "an-giang:so-y-te"}, "agency_elsewhere"),
        ("task_agencies", {"agency_id": None}, "agency_unresolved"), ("plans", {"issued_date": date(2026, 1, 12)}, "province_out_of_time"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_what_its_words_say(table: str, values: dict[str, Any], code: str) -> None:
    rows = copy.deepcopy(release_of(LETTERHEAD + BODY))
    rows[table][0] |= values
    assert code in {r.code for r in remarks(rows) if r.table == table}


def test_rows_that_a_plain_sum_may_not_add() -> None:
    rows = copy.deepcopy(release_of(LETTERHEAD + BODY))
    rows["budgets"][0]["is_additive"] = True
    assert "additive_sum" in {r.code for r in remarks(rows)}


def test_two_documents_of_one_plan_that_disagree() -> None:
    plan = LETTERHEAD + BODY
    news = "Tin\n\nUBND tỉnh Sóc Trăng vừa ban hành Kế hoạch số 21/KH-UBND ngày 12/01/2024 phát triển làng nghề. Tổng kinh phí là {} tỷ đồng. Làng nghề giữ chân thợ trẻ."
    assert "documents_disagree" in {r.code for r in remarks(release_of(plan, news.format(12)))}
    assert "documents_disagree" not in {r.code for r in remarks(release_of(plan, news.format(9)))}


def test_checks_are_told_apart_and_say_what_they_look_at() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
    assert all(check.__doc__ for check in CHECKS)


@pytest.mark.parametrize(
    ("lines", "points_to"),
    [
        (
            "1\tĐóng bến đò\tSở Y tế\t40\n2\tVá thuyền\tSở Y tế\t\n\tTổng cộng\t\t90\n",
            "50000000 is left for 'Vá thuyền'",
        ),
        (
            "1\tĐóng bến đò\tSở Y tế\t40\n2\tVá thuyền\tSở Y tế\t50\n3\tSơn phao\tSở Y tế\t7\n\tTổng cộng\t\t90\n",
            "without 'Sơn phao' they make it",
        ),
        ("1\tĐóng bến đò\tSở Y tế\t40\n2\tVá thuyền\tSở Y tế\t30\n\tTổng cộng\t\t90\n", "the total is 90000000"),
    ],
)
def test_an_open_sum_says_which_row_it_points_to(lines: str, points_to: str) -> None:
    (remark,) = [r for r in remarks(release_of(LETTERHEAD + TABLE + lines)) if r.code == "sum_of_tasks"]
    assert points_to in remark.en
    assert remark.en.endswith(points_to) or "which states no amount" in remark.en


def test_sources_of_tasks_are_no_sources_of_the_plan() -> None:
    tasks = "1. Dựng lò nung. Kinh phí: 7,5 tỷ đồng từ ngân sách tỉnh.\n2. Dạy nghề gốm. Kinh phí: 500 triệu đồng."
    total = "Tổng kinh phí là 8 tỷ đồng, trong đó ngân sách tỉnh 8 tỷ đồng."
    assert not {c for c in said(f"I. NHIỆM VỤ\n{tasks}\nII. KINH PHÍ\n{total}") if c.startswith("sum_of")}


def test_sources_told_in_text_and_annex_are_not_added_up() -> None:
    told = "Tổng kinh phí là 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ đồng; doanh nghiệp 3 tỷ đồng."
    assert "sum_of_sources" not in said(f"I. KINH PHÍ\n{told}\nPHỤ LỤC\nKINH PHÍ\n{told}")
