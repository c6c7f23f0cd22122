"""Annexes that are published as files of their own belong to the plan their caption names."""

from __future__ import annotations

from datetime import date

from extractors.find import find
from extractors.readers import read
from tests.build import roles

TABLE = (
    "TT\tNội dung công việc\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
    "1\tTập huấn vận hành trạm cân\tSở Xây dựng\tCông an tỉnh\t2025\n"
    "2\tLắp camera tại cảng cá\tSở Nông nghiệp và Môi trường\tUBND các xã\t2026\n"
)


def annex(caption: str) -> str:
    return f"PHỤ LỤC II\n\nDANH MỤC CÔNG VIỆC BẢO ĐẢM AN TOÀN CẢNG CÁ\n\n{caption}\n\n{TABLE}"


def test_an_annex_file_holds_tasks_of_the_plan_it_names() -> None:
    text = annex("(Kèm theo Kế hoạch số 58/KH-UBND ngày 14 tháng 3 năm 2025 của Ủy ban nhân dân tỉnh Cà Mau)")
    findings = find(read(text.encode()))
    assert findings.header.doc_type_code == "OTHER"
    assert findings.header.title == "DANH MỤC CÔNG VIỆC BẢO ĐẢM AN TOÀN CẢNG CÁ"
    plan = findings.plan
    assert plan is not None
    assert (plan.role_code, plan.plan_type_code, plan.number_symbol, plan.issued_date, plan.province_slug) == (
        "annex", "KH", "58/KH-UBND", date(2025, 3, 14), "ca-mau",
    )  # fmt: skip
    assert [(t.label, t.name) for t in findings.tasks] == [
        ("1", "Tập huấn vận hành trạm cân"),
        ("2", "Lắp camera tại cảng cá"),
    ]
    assert roles(findings.tasks[0]) == [("lead", "Sở Xây dựng"), ("cooperate", "Công an tỉnh")]


def test_an_annex_of_a_blank_number_has_a_plan_without_one() -> None:
    findings = find(
        read(annex("(Kèm theo Kế hoạch số      /KH-UBND ngày    /    /2025 của UBND tỉnh Cà Mau)").encode())
    )
    assert findings.plan is not None and findings.plan.number_symbol is None
    assert len(findings.tasks) == 2


def test_an_annex_of_a_decision_is_no_plan() -> None:
    findings = find(read(annex("(Kèm theo Quyết định số 12/QĐ-UBND ngày 14/3/2025 của UBND tỉnh Cà Mau)").encode()))
    assert (findings.header.doc_type_code, findings.plan) == ("OTHER", None)


def test_a_page_about_an_annex_is_an_article() -> None:
    text = "Phụ lục nào cho ngư dân?\n\nNgư dân Cà Mau chờ phụ lục của kế hoạch an toàn cảng cá, bà con cho biết.\n"
    assert find(read(text.encode())).header.doc_type_code == "ART"
