"""Results in sections of an earlier period, in tables of reports, in lines that say what was done; and what falls short of one."""

from __future__ import annotations

from extractors.findings import Result
from tests.build import article_of, plan_of

REPORT = """SỞ CÔNG THƯƠNG
TỈNH CÀ MAU

Số: 12/BC-SCT

Cà Mau, ngày 05 tháng 01 năm 2024

BÁO CÁO
Kết quả thực hiện Kế hoạch số 3/KH-UBND ngày 06/02/2023 của Ủy ban nhân dân tỉnh về nước sạch năm 2023

"""


def said(found: tuple[Result, ...]) -> list[tuple[float | None, str | None]]:
    return [(r.value, r.unit_text) for r in found]


def test_a_plan_tells_what_the_period_before_brought() -> None:
    found = plan_of(
        "I. KẾT QUẢ THỰC HIỆN GIAI ĐOẠN 2021 - 2023\n- Đã tổ chức 12 lớp dạy nghề cho 300 học viên.\n\nII. NHIỆM VỤ\n1. Mở thêm 5 lớp ở các xã ven biển."
    ).results
    assert [(r.value, r.unit_code) for r in found] == [(12, "course"), (300, "person")]


def test_what_there_is_is_no_result() -> None:
    assert (
        plan_of(
            "I. KẾT QUẢ THỰC HIỆN GIAI ĐOẠN 2021 - 2023\n- Toàn tỉnh hiện có 128 thợ dệt.\n\nII. NHIỆM VỤ\n1. Mở thêm 5 lớp ở các xã ven biển."
        ).results
        == ()
    )


def test_what_falls_short_is_no_result() -> None:
    found = article_of(REPORT + "I. KẾT QUẢ\n- Đã mở 12 lớp dạy nghề. Tuy nhiên, chỉ mới có 3 lớp nghề gốm.\n").results
    assert [r.value for r in found] == [12]


def test_the_column_of_a_report_says_what_was_reached() -> None:
    table = "TT\tChỉ tiêu\tĐơn vị tính\tKế hoạch 2023\tThực hiện 2023\n1\tHộ có nước sạch\t%\t60\t63,5\n2\tTrạm bơm xây mới\ttrạm\t4\t3\n"
    found = article_of(REPORT + "I. KẾT QUẢ\n" + table).results
    assert [(r.text, r.value) for r in found] == [("Hộ có nước sạch", 63.5), ("Trạm bơm xây mới", 3)]


def test_a_report_names_the_plan_it_reports_on() -> None:
    plan = article_of(REPORT + "I. KẾT QUẢ\n- Đã mở 12 lớp dạy nghề.\n").plan
    assert plan is not None
    assert (plan.role_code, plan.number_symbol, plan.period_start_year) == ("report", "3/KH-UBND", 2023)


def test_what_a_resolution_considers_was_submitted_to_it() -> None:
    text = "Xét Tờ trình số 9/TTr-UBND ngày 03/5/2024 của Ủy ban nhân dân tỉnh; Báo cáo thẩm tra số 7/BC-HĐND ngày 06/5/2024 của Ban Kinh tế;\n\nI. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã.\n"
    found = {r.number_symbol: r.relation_code for r in plan_of(text).references}
    assert (found["9/TTr-UBND"], found["7/BC-HĐND"]) == ("submitted_by", "basis")


def test_what_stands_in_the_title_of_a_cited_document_is_a_mention() -> None:
    text = "Thực hiện Quyết định số 61/QĐ-TTg ngày 05/01/2023 của Thủ tướng Chính phủ ban hành Kế hoạch triển khai Kết luận số 4-KL/TW ngày 06/02/2022 của Bộ Chính trị, Ủy ban ban hành:\n\nI. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã.\n"
    found = {r.number_symbol: r.relation_code for r in plan_of(text).references}
    assert (found["61/QĐ-TTg"], found["4-KL/TW"]) == ("implements", "mentions")


def test_news_opens_with_the_day_a_plan_was_issued() -> None:
    found = article_of(
        "Tin\n\nNgày 3/4/2024, UBND tỉnh Cà Mau ban hành Kế hoạch số 31/KH-UBND về trồng đước năm 2024."
    ).references
    assert [(r.number_symbol, str(r.issued_date)) for r in found] == [("31/KH-UBND", "2024-04-03")]


def test_the_own_number_written_another_way_is_no_citation() -> None:
    found = plan_of("Căn cứ Luật Du lịch;\n\nI. NHIỆM VỤ\n1. Mở lớp theo Kế hoạch số 21/KH/UBND ở các xã.\n").references
    assert [r.number_symbol for r in found if r.number_symbol.startswith("21")] == []


def test_a_year_that_was_reported_in_one_sentence() -> None:
    found = plan_of(
        "I. KẾT QUẢ NĂM 2023\nNăm 2023, tỉnh đã mở 9 lớp dạy nghề, gồm 5 lớp may và 4 lớp dệt.\n\nII. NHIỆM VỤ\n1. Mở thêm 5 lớp ở các xã ven biển."
    ).results
    assert [(r.value, r.unit_code) for r in found] == [(9, "course"), (5, "course"), (4, "course")]
