"""Heads of documents that pages, copies and portals passed on without some of their lines."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.findings import Header
from extractors.header import read_header
from extractors.plan_names import title_period
from extractors.readers import read
from tests.build import LETTERHEAD, article_of, plan_of


def header_of(text: str) -> Header:
    return read_header(read(text.encode("utf-8")))


def letterhead(number: str) -> str:
    return LETTERHEAD.replace("21/KH-UBND", number).split("KẾ HOẠCH\n")[0]


def test_the_number_gives_the_type_of_a_title_without_type() -> None:
    h = header_of(
        letterhead("21/KH-UBND")
        + "TRIỂN KHAI CHƯƠNG TRÌNH NƯỚC SẠCH TỈNH SÓC TRĂNG NĂM 2025\n\nI. MỤC TIÊU\n- 70% hộ có nước sạch."
    )
    assert (h.doc_type_code, h.title) == ("KH", "TRIỂN KHAI CHƯƠNG TRÌNH NƯỚC SẠCH TỈNH SÓC TRĂNG NĂM 2025")


def test_the_first_article_gives_the_title_of_a_decision() -> None:
    h = header_of(
        letterhead("33/QĐ-UBND")
        + "QUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt Đề án nước sạch tỉnh Sóc Trăng năm 2025 với các nội dung sau:\n1. Mục tiêu: 70% hộ có nước sạch.\n"
    )
    assert (h.doc_type_code, h.title) == ("QĐ", "Phê duyệt Đề án nước sạch tỉnh Sóc Trăng năm 2025")


def test_a_text_that_says_what_it_is() -> None:
    h = header_of(
        "Thực hiện chủ trương phát triển nước sạch, Ủy ban nhân dân tỉnh Sóc Trăng ban hành Kế hoạch nước sạch năm 2025 như sau:\n\nI. MỤC TIÊU\n- 70% hộ có nước sạch.\n"
    )
    assert (h.doc_type_code, h.title) == ("KH", "Kế hoạch nước sạch năm 2025")


def test_a_letterhead_whose_lines_ran_together() -> None:
    h = header_of(
        "UBND TỈNH SÓC TRĂNG Số: 21/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Sóc Trăng, ngày 12 tháng 01 năm 2024\nKẾ HOẠCH\nNước sạch năm 2025\n\nI. MỤC TIÊU\n- 70% hộ có nước sạch.\n\nTM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hồng Nhung\n"
    )  # fmt: skip
    assert (h.number_symbol, h.issued_date, h.title) == ("21/KH-UBND", date(2024, 1, 12), "KẾ HOẠCH Nước sạch năm 2025")
    assert (h.signer_name, h.signing_capacity) == ("Lê Thị Hồng Nhung", "KT")


def test_the_day_a_page_posted_a_document() -> None:
    h = header_of(
        "KẾ HOẠCH\nNước sạch tỉnh Sóc Trăng năm 2025\nĐăng lúc: Thứ hai - 12/02/2024 08:15\n\nI. MỤC TIÊU\n- 70% hộ có nước sạch.\n"
    )
    assert h.published_date == date(2024, 2, 12)


def test_a_steering_committee_issues_its_plan() -> None:
    h = header_of(
        "KẾ HOẠCH\nNước sạch huyện Mỹ Xuyên năm 2025\n\nThực hiện chương trình của tỉnh, Ban Chỉ đạo nước sạch huyện Mỹ Xuyên xây dựng Kế hoạch như sau:\n\nI. MỤC TIÊU\n- 70% hộ có nước sạch.\n"
    )
    assert h.issuer is not None
    assert h.issuer.name.startswith("Ban Chỉ đạo nước sạch")


def test_a_district_that_one_province_alone_has_gives_the_province() -> None:
    text = (
        LETTERHEAD.replace("TỈNH SÓC TRĂNG\n", "HUYỆN TÂN KỲ\n")
        .replace("Sóc Trăng, ngày", "Tân Kỳ, ngày")
        .replace(" tỉnh Sóc Trăng", "")
    )
    assert header_of(text + "I. MỤC TIÊU\n- 70% hộ có nước sạch.\n").province_slug == "nghe-an"


@pytest.mark.parametrize(
    ("title", "code", "first", "last"),
    [
        ("Thông qua Đề án nước sạch tỉnh Sóc Trăng giai đoạn 2024 - 2026", "ĐA", 2024, 2026),
        ("Về Chương trình việc làm tỉnh Sóc Trăng năm 2025", "CTr", 2025, 2025),
        ("Về phát triển du lịch tỉnh Sóc Trăng giai đoạn 2024 - 2026", "NQ", 2024, 2026),
    ],
)
def test_resolutions_that_are_plans(title: str, code: str, first: int, last: int) -> None:
    text = (
        letterhead("5/NQ-HĐND")
        + f"NGHỊ QUYẾT\n\n{title}\n\nCăn cứ Luật Du lịch;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mục tiêu\n- 70% hộ có nước sạch.\n"
    )
    plan = article_of(text).plan
    assert plan is not None
    assert (plan.plan_type_code, plan.period_start_year, plan.period_end_year) == (code, first, last)


def test_a_resolution_that_sets_rates_is_no_plan() -> None:
    text = (
        letterhead("5/NQ-HĐND")
        + "NGHỊ QUYẾT\n\nQuy định mức hỗ trợ lắp nước sạch giai đoạn 2024 - 2026\n\nCăn cứ Luật Du lịch;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mức hỗ trợ là 2 triệu đồng một hộ.\n"
    )
    assert article_of(text).plan is None


def test_a_year_and_those_that_follow_have_no_end() -> None:
    plan = article_of(
        LETTERHEAD.replace("giai đoạn 2024 - 2026", "năm 2025 và các năm tiếp theo")
        + "I. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã.\n"
    ).plan
    assert plan is not None
    assert (plan.period_start_year, plan.period_end_year) == (2025, None)


def test_a_year_behind_the_name_of_a_campaign() -> None:
    period = title_period("KẾ HOẠCH “Năm Đọc sách 2025” của Sở Y tế")
    assert period is not None
    assert (period.first_year, period.last_year) == (2025, 2025)


def test_aims_whose_heading_was_lost() -> None:
    found = plan_of(
        "1. Cải thiện bến đò\na) Giảm tỷ lệ bến đò không phao xuống dưới 5%;\nb) Tăng tỷ lệ trẻ em biết bơi lên 60%.\nc) Sơn lại các bến.\n"
    ).targets
    assert [(t.value_kind, t.evidence.rule) for t in found] == [
        ("at_most", "aim_without_heading"),
        ("exact", "aim_without_heading"),
    ]


def test_a_page_tells_number_and_day_of_what_it_prints_without_a_head() -> None:
    found = article_of(
        "Ngày cập nhật 30/10/2027\n\nNgày 23/8/2027, Tỉnh ủy Cà Mau đã ban hành Chương trình số 27-CTr/TU về giữ rừng. Trang tin đăng toàn văn:\n\nCHƯƠNG TRÌNH\n\nThực hiện Chỉ thị 13-CT/TW về giữ rừng\n\n"
        "Thực hiện Chỉ thị 13-CT/TW của Ban Bí thư, Ban Thường vụ Tỉnh ủy ban hành chương trình như sau:\n\nI. MỤC ĐÍCH\n\n1. Giữ rừng đước ven biển."
    ).header
    assert (found.number_symbol, found.issued_date, found.published_date) == (
        "27-CTr/TU",
        date(2027, 8, 23),
        date(2027, 10, 30),
    )


def test_a_session_is_no_title_and_the_first_article_is() -> None:
    found = article_of(
        "HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 50/2027/NQ-HĐND | Cà Mau, ngày 13 tháng 12 năm 2027 |\nHỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU\nKHÓA XII KỲ HỌP THỨ 11\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nQUYẾT NGHỊ:\nĐiều 1. Phê duyệt Đề án giữ rừng, giai đoạn 2028-2030 (có Đề án kèm theo).\nĐiều 2. Ủy ban nhân dân tỉnh thực hiện Nghị quyết."
    ).plan
    assert found is not None
    assert (found.role_code, found.plan_type_code, found.period_start_year) == ("approval", "ĐA", 2028)


def test_the_later_pages_of_a_plan_are_named_by_the_caption_of_their_annex() -> None:
    found = article_of(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Đối với các bộ, ngành, cơ quan thuộc Chính phủ\n\n- Lập kế hoạch dạy bơi của ngành.\n\n2. Bộ Y tế hướng dẫn các tỉnh sơ cứu đuối nước.\n\n3. Bộ Nội vụ tuyển người dạy bơi.\n\n4. Bộ Tài chính bố trí kinh phí.\n\nPHỤ LỤC\n\n"
        "NHIỆM VỤ THỰC HIỆN CHƯƠNG TRÌNH HÀNH ĐỘNG DẠY BƠI\n\n(Kèm theo Nghị quyết 12/NQ-CP ngày 07 tháng 02 năm 2027 của Chính phủ)\n\n"
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian\n\nI | Bể bơi | Bể bơi | Bể bơi\n\n1 | Lập mẫu bể bơi | Bộ Y tế | 2028\n\n2 | Lập sổ tay dạy bơi | Bộ Nội vụ | 2029\n"
    )
    assert found.plan is not None
    assert (found.plan.plan_type_code, found.plan.number_symbol, found.plan.province_slug) == ("CTr", "12/NQ-CP", None)
    assert [g.name for g in found.groups] == ["Bể bơi"]
    assert [(t.task_kind_code, t.end_year) for t in found.tasks] == [
        ("assignment", None),
        ("assignment", None),
        ("assignment", None),
        ("assignment", None),
        ("annex_action", 2028),
        ("annex_action", 2029),
    ]


def test_about_is_no_roman_number() -> None:
    plan = article_of(
        "ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\n\nSố: 67/2027/QĐ-UBND\n\nCà Mau, ngày 30 tháng 12 năm 2027\n\nQUYẾT ĐỊNH\n\nV/V PHÊ DUYỆT CHƯƠNG TRÌNH DẠY BƠI TỈNH CÀ MAU GIAI ĐOẠN 2028 - 2030\n\n"
        "ỦY BAN NHÂN DÂN TỈNH CÀ MAU\n\nCăn cứ Luật Trẻ em;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Chương trình dạy bơi."
    ).plan
    assert plan is not None
    assert (plan.plan_type_code, plan.role_code, plan.period_start_year) == ("CTr", "approval", 2028)
