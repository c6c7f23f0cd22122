"""Counts that were reported, and relations of citations."""

from __future__ import annotations

import pytest

from tests.build import article_of, plan_of


def test_counts_of_a_report() -> None:
    text = "Kết quả thực hiện kế hoạch\n\nKế hoạch dạy nghề của tỉnh Cà Mau theo Quyết định số 12/QĐ-UBND ngày 03/4/2019.\n\nKết quả đạt được: mở 5 lớp tập huấn cho 150 học viên; in 2.000 tờ rơi; giải ngân 300 triệu đồng."
    found = article_of(text).results
    assert [(r.value, r.unit_code) for r in found] == [(5, "course"), (150, "person"), (2000, "leaflet")]


def test_the_preamble_reports_the_period_before() -> None:
    found = plan_of(
        "Giai đoạn 2019-2023, việc thực hiện Kế hoạch đạt được một số kết quả: Mở ba lớp tập huấn; thí điểm 02 mô hình.\n\nI. NHIỆM VỤ\n1. Mở thêm 5 lớp."
    ).results
    assert [(r.value, r.unit_code, r.period_start_year, r.period_end_year) for r in found] == [
        (3, "course", 2019, 2023),
        (2, "model", 2019, 2023),
    ]


REPORT = """SỞ CÔNG THƯƠNG
TỈNH CÀ MAU

Số: 12/BC-SCT

Cà Mau, ngày 05 tháng 12 năm 2023

BÁO CÁO

Kết quả thực hiện Kế hoạch số 34/KH-UBND ngày 10/02/2023 về dạy nghề đan lát năm 2023

I. KẾT QUẢ THỰC HIỆN
1. Đã mở 7 lớp tập huấn cho 210 lượt học viên.
2. Kinh phí đã sử dụng: 75 triệu đồng.
II. KHÓ KHĂN, HẠN CHẾ
1. Còn 9 lớp chưa mở.
III. PHƯƠNG HƯỚNG NĂM 2024
1. Mở thêm 4 lớp với kinh phí dự kiến 40 triệu đồng.
"""


def test_a_section_of_results_reports_counts_and_money() -> None:
    found = article_of(REPORT)
    assert found.plan is not None
    assert found.plan.role_code == "report"
    assert [(r.value, r.unit_code) for r in found.results] == [(7, "course"), (210, "person")]
    assert found.results[0].text == "Đã mở 7 lớp tập huấn cho 210 lượt học viên"
    assert [(b.amount_vnd, b.phase_code, b.of_predecessor) for b in found.budgets] == [(75_000_000, "executed", False)]


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Căn cứ Nghị định số 61/2020/NĐ-CP quy định chi tiết việc thực hiện Luật;", "basis"),
        ("Thực hiện Quyết định số 61/QĐ-TTg ngày 05/01/2020 của Thủ tướng Chính phủ;", "implements"),
        ("Tiếp tục triển khai thực hiện Chỉ thị số 61/CT-TTg về phòng dịch.", "continues"),
        ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 61/TTr-SYT ngày 05/01/2020,", "submitted_by"),
        ("Kế hoạch này thay thế Kế hoạch số 61/KH-UBND ngày 05/01/2020.", "replaces"),
        ("UBND tỉnh đã ban hành Kế hoạch số 61/KH-UBND ngày 05/01/2020 về phòng dịch.", "mentions"),
        ("Theo Quyết định số 60/QĐ-TTg sửa đổi, bổ sung Quyết định số 61/QĐ-TTg về rừng.", "mentions"),
        ("Kế hoạch này sửa đổi Kế hoạch số 60/KH-UBND và thay thế Kế hoạch số 61/KH-UBND.", "replaces"),
        ("Thực hiện Công văn số 60/UBND-KT ngày 02/01/2020; số 61/UBND-KT ngày 05/01/2020.", "implements"),
        ("Thực hiện rà soát quy hoạch được phê duyệt tại Quyết định số 61/QĐ-TTg.", "mentions"),
    ],
)
def test_relations(sentence: str, relation: str) -> None:
    found = plan_of(f"{sentence}\n\nI. NHIỆM VỤ\n1. Mở lớp.").references
    assert [r.relation_code for r in found if r.number_symbol.startswith("61/")] == [relation]


def test_one_verb_for_two_documents() -> None:
    found = plan_of(
        "Thực hiện Quyết định số 61/QĐ-TTg ngày 05/01/2020 của Thủ tướng Chính phủ phê duyệt Chương trình rừng và Kế hoạch số 62/KH-UBND ngày 06/01/2020 của UBND tỉnh, Ủy ban ban hành:\n\nI. NHIỆM VỤ\n"
    ).references
    assert [(r.number_symbol, r.relation_code) for r in found if r.number_symbol[0] == "6"] == [
        ("61/QĐ-TTg", "implements"),
        ("62/KH-UBND", "implements"),
    ]


def test_the_own_number_is_no_citation() -> None:
    assert "21/KH-UBND" not in [
        r.number_symbol for r in plan_of("I. NHIỆM VỤ\n1. Thực hiện Kế hoạch số 21/KH-UBND.").references
    ]


def test_one_verb_for_a_list_of_documents() -> None:
    found = plan_of(
        "Thực hiện Quyết định số 61/QĐ-TTg ngày 05/01/2020 của Thủ tướng Chính phủ; Nghị quyết số 12-NQ/TU ngày 08/3/2020 của Tỉnh ủy, UBND tỉnh đề ra các việc sau:\nI. NHIỆM VỤ\n1. Mở lớp."
    )
    assert {r.number_symbol: r.relation_code for r in found.references if r.number_symbol != "4/NQ-HĐND"} == {
        "61/QĐ-TTg": "implements",
        "12-NQ/TU": "implements",
    }


def test_items_of_a_section_of_legal_bases_are_bases() -> None:
    findings = plan_of(
        "I. CĂN CỨ PHÁP LÝ\n\n- Nghị định số 7/2020/NĐ-CP ngày 3/4/2020 của Chính phủ về cấp nước.\n\n- Công trình nêu tại Nghị định số 9/2021/NĐ-CP.\n\n"
        "II. NHIỆM VỤ\n\n1. Sở Y tế mở lớp theo Thông tư số 5/2022/TT-BYT."
    )
    relations = {r.number_symbol: r.relation_code for r in findings.references}
    assert [relations[n] for n in ("7/2020/NĐ-CP", "9/2021/NĐ-CP", "5/2022/TT-BYT")] == [
        "basis",
        "mentions",
        "mentions",
    ]


def test_visits_are_counted_and_years_of_work_are_not() -> None:
    text = "Giai đoạn 2019-2023, Kế hoạch đạt được một số kết quả: Qua 05 năm thực hiện, mở 3 lớp đan lát; đón 7.400 lượt khách."
    found = plan_of(f"{text}\n\nI. NHIỆM VỤ\n1. Mở thêm 5 lớp.").results
    assert [(r.value, r.unit_code) for r in found] == [(3, "course"), (7400, "visit")]


def test_what_a_task_shall_amend_is_only_mentioned() -> None:
    found = plan_of("I. NHIỆM VỤ\n1. Lập quyết định sửa đổi, bổ sung Quyết định số 9/QĐ-UBND về bến đò.\n").references
    assert [(r.number_symbol, r.relation_code) for r in found if r.number_symbol == "9/QĐ-UBND"] == [
        ("9/QĐ-UBND", "mentions")
    ]
