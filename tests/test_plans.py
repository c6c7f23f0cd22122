"""Which plan a document evidences: instrument, approval, news, report, none; periods of titles."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.plan_names import title_period
from tests.build import LETTERHEAD, article_of, plan_of

DECISION = LETTERHEAD.replace("21/KH-UBND", "33/QĐ-UBND").split("KẾ HOẠCH\n")[0]


def test_the_plan_itself() -> None:
    plan = plan_of("I. NHIỆM VỤ\n1. Mở lớp.").plan
    assert plan is not None
    assert (plan.role_code, plan.plan_type_code, plan.number_symbol) == ("instrument", "KH", "21/KH-UBND")
    assert (plan.period_start_year, plan.period_end_year) == (2024, 2026)


def test_a_decision_that_only_issues() -> None:
    text = (
        DECISION
        + "QUYẾT ĐỊNH\n\nBan hành Đề án du lịch tỉnh Sóc Trăng đến năm 2027\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Đề án du lịch.\n\nĐiều 2. Giao Sở Y tế chủ trì thực hiện."
    )
    plan = article_of(text).plan
    assert plan is not None
    assert (plan.role_code, plan.plan_type_code, plan.number_symbol, plan.period_end_year) == (
        "approval",
        "ĐA",
        "33/QĐ-UBND",
        2027,
    )


def test_a_decision_that_holds_the_contents() -> None:
    text = (
        DECISION
        + "QUYẾT ĐỊNH\n\nPhê duyệt Chương trình du lịch tỉnh Sóc Trăng\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt Chương trình với nội dung sau:\nI. Mục tiêu\n- 50% xã có điểm du lịch.\nII. Nhiệm vụ\n1. Mở tuyến."
    )
    plan = article_of(text).plan
    assert plan is not None
    assert (plan.role_code, plan.plan_type_code) == ("instrument", "CTr")


@pytest.mark.parametrize(
    "title",
    [
        "Quy định mức chi thực hiện Chương trình du lịch",
        "Ban hành tiêu chí xã du lịch",
        "Về việc thành lập Ban Chỉ đạo Chương trình du lịch",
    ],
)
def test_decisions_about_a_plan_are_no_plan(title: str) -> None:
    found = article_of(
        DECISION + f"QUYẾT ĐỊNH\n\n{title}\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Nội dung.\n"
    )
    assert found.plan is None
    assert found.no_plan_reason is not None
    assert found.tasks == found.targets == found.budgets == ()


def test_news_of_a_plan_takes_number_date_and_name_from_its_sentence() -> None:
    plan = article_of(
        "Tin\n\nNgày 02/5/2023, UBND tỉnh Cà Mau đã ban hành Kế hoạch số 90/KH-UBND về nuôi tôm sạch trên địa bàn tỉnh Cà Mau đến năm 2026. Hay."
    ).plan
    assert plan is not None
    assert (plan.role_code, plan.number_symbol, plan.issued_date, plan.province_slug) == (
        "news",
        "90/KH-UBND",
        date(2023, 5, 2),
        "ca-mau",
    )
    assert (plan.period_start_year, plan.period_end_year) == (None, 2026)


def test_an_article_on_results_is_a_report() -> None:
    plan = article_of(
        "Kết quả thực hiện kế hoạch nuôi tôm\n\nKế hoạch nuôi tôm của tỉnh Cà Mau theo Quyết định số 12/QĐ-UBND ngày 03/4/2019 đã mở 5 lớp."
    ).plan
    assert plan is not None
    assert (plan.role_code, plan.number_symbol, plan.issued_date) == ("report", "12/QĐ-UBND", date(2019, 4, 3))


@pytest.mark.parametrize(
    "text", ["Thông báo tuyển dụng kế toán.", "The provincial committee met on Monday.", "Giá vàng hôm nay tăng 2%."]
)
def test_other_texts_evidence_no_plan(text: str) -> None:
    assert article_of(text).plan is None


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("KẾ HOẠCH giảm nghèo giai đoạn 2021 - 2025", (2021, 2025)), ("Kế hoạch đến năm 2030", (None, 2030)), ("Kế hoạch năm 2024 thực hiện Chương trình giai đoạn 2021-2030", (2024, 2024)),
        ("Chiến lược đến năm 2030, tầm nhìn đến năm 2045", (None, 2030)), ("Kế hoạch thực hiện Chỉ thị số 27/CT-TTg ngày 08 tháng 3 năm 2022", None),
    ],
)  # fmt: skip
def test_periods_of_titles(title: str, years: tuple[int | None, int] | None) -> None:
    period = title_period(title)
    assert (period.first_year, period.last_year) == years if period else years is None


def test_a_zoning_that_sets_aims_is_a_plan_by_its_decision() -> None:
    head = (
        DECISION
        + "QUYẾT ĐỊNH\n\nVề việc phê duyệt Quy hoạch bến cá đến năm 2030\n\nCăn cứ Luật Thủy sản;\n\nQUYẾT ĐỊNH:\n\n"
    )
    aims = "Điều 1. Phê duyệt Quy hoạch với nội dung sau:\n1. Mục tiêu\n- 80% tàu cá có chỗ neo.\n2. Giải pháp\n- Nạo vét luồng."
    plan = article_of(head + aims).plan
    assert plan is not None
    assert (plan.role_code, plan.plan_type_code, plan.period_end_year) == ("instrument", "QĐ", 2030)
    assert article_of(head + "Điều 1. Phê duyệt Quy hoạch bến cá.\nĐiều 2. Hiệu lực từ ngày ký.").plan is None


def test_years_that_go_on_behind_a_period_leave_it_its_end() -> None:
    period = title_period("Kế hoạch giữ nghề đan giai đoạn 2026 - 2028 và các năm tiếp theo")
    assert period is not None and (period.first_year, period.last_year) == (2026, 2028)
