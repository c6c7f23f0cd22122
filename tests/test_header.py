"""The head of a document: type, number, date, issuer, title, signer; blank numbers; captions; news pages."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.find import find
from extractors.findings import Header
from extractors.header import read_header
from extractors.readers import read
from tests.build import LETTERHEAD


def header_of(text: str) -> Header:
    return read_header(read(text.encode("utf-8")))


def test_a_usual_letterhead() -> None:
    h = header_of(
        LETTERHEAD + "I. MỤC TIÊU\n1. Sạch.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Thị Hồng Nhung\n"
    )
    assert (h.doc_type_code, h.number_symbol, h.issued_date) == ("KH", "21/KH-UBND", date(2024, 1, 12))
    assert h.title == "KẾ HOẠCH Phát triển làng nghề tỉnh Sóc Trăng giai đoạn 2024 - 2026"
    assert h.issuer is not None
    assert (h.issuer.name, h.province_slug) == ("Ủy ban nhân dân tỉnh", "soc-trang")
    assert (h.signer_name, h.signer_title, h.signing_capacity) == ("Lê Thị Hồng Nhung", "PHÓ CHỦ TỊCH", "KT")


def test_blank_number_and_day_stay_empty() -> None:
    h = header_of(
        LETTERHEAD.replace("21/KH-UBND", "       /KH-UBND").replace("ngày 12 tháng 01", "ngày     tháng 01")
        + "I. MỤC TIÊU\n"
    )
    assert (h.number_symbol, h.issued_date) == (None, None)


def test_a_number_that_stands_in_the_caption_of_the_annex() -> None:
    text = "KẾ HOẠCH\nNƯỚC SẠCH TỈNH CÀ MAU\n\nI. MỤC TIÊU\n1. Sạch.\n\nPHỤ LỤC\n(Kèm theo Kế hoạch số 8/KH-UBND ngày 03 tháng 4 năm 2020 của UBND tỉnh Cà Mau)\n"
    h = header_of(text)
    assert (h.number_symbol, h.issued_date, h.province_slug) == ("8/KH-UBND", date(2020, 4, 3), "ca-mau")


def test_a_programme_issued_with_a_decision_has_no_number_of_its_own() -> None:
    text = "CHƯƠNG TRÌNH HÀNH ĐỘNG\nDẠY NGHỀ TỈNH CÀ MAU ĐẾN NĂM 2025\n(Ban hành kèm theo Quyết định số 40/QĐ-UBND ngày 03 tháng 4 năm 2020 của UBND tỉnh Cà Mau)\nI. MỤC TIÊU\n"
    h = header_of(text)
    assert (h.doc_type_code, h.number_symbol, h.issued_date) == ("CTr", None, date(2020, 4, 3))


def test_a_department_under_its_committee_is_the_issuer() -> None:
    h = header_of(
        LETTERHEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG", "UBND TỈNH SÓC TRĂNG\nSỞ Y TẾ").replace(
            "KH-UBND", "KH-SYT"
        )
        + "I. MỤC TIÊU\n"
    )
    assert h.issuer is not None
    assert (h.issuer.name, h.province_slug) == ("Sở Y tế", "soc-trang")


def test_decisions_of_the_prime_minister_are_central() -> None:
    h = header_of(
        "THỦ TƯỚNG CHÍNH PHỦ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 700/QĐ-TTg\n\nHà Nội, ngày 02 tháng 6 năm 2022\n\nQUYẾT ĐỊNH\n\nPhê duyệt Chương trình cây xanh\n\nCăn cứ Luật;\n"
    )
    assert h.issuer is not None
    assert (h.issuer.name, h.province_slug) == ("Thủ tướng Chính phủ", None)


def test_what_a_site_states_where_the_signature_is_cut_away() -> None:
    h = header_of(
        "Số hiệu: 21/KH-UBND Loại văn bản: Kế hoạch\nNơi ban hành: Tỉnh Sóc Trăng Người ký: Trần Văn Hiếu\n\n"
        + LETTERHEAD
        + "I. MỤC ĐÍCH\n"
    )
    assert h.signer_name == "Trần Văn Hiếu"


def test_a_news_page_has_no_number_and_a_publication_date() -> None:
    h = header_of(
        "Bạc Liêu triển khai kế hoạch trồng rừng ven biển\n\nThứ hai, 04/3/2024 08:00\n\nNgày 01/3/2024, UBND tỉnh Bạc Liêu đã ban hành Kế hoạch trồng rừng.\n"
    )
    assert (h.doc_type_code, h.number_symbol, h.issued_date, h.published_date) == ("ART", None, None, date(2024, 3, 4))
    assert (h.province_slug, h.title) == ("bac-lieu", "Bạc Liêu triển khai kế hoạch trồng rừng ven biển")


def test_committees_of_districts_and_communes_issue_in_their_own_name() -> None:
    for lines, name in (
        ("ỦY BAN NHÂN DÂN\nHUYỆN MỸ XUYÊN", "Ủy ban nhân dân huyện Mỹ Xuyên"),
        ("ỦY BAN NHÂN DÂN XÃ ĐẠI TÂM", "Ủy ban nhân dân xã Đại Tâm"),
        ("UBND HUYỆN MỸ XUYÊN\nPHÒNG Y TẾ", "Phòng y tế huyện Mỹ Xuyên"),
    ):
        h = header_of(LETTERHEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG", lines) + "I. MỤC TIÊU\n")
        assert h.issuer is not None
        assert (h.issuer.name, h.province_slug) == (name, "soc-trang")


def test_a_centrally_run_city_is_no_district() -> None:
    h = header_of(
        LETTERHEAD.replace("TỈNH SÓC TRĂNG", "THÀNH PHỐ CẦN THƠ")
        .replace("tỉnh Sóc Trăng", "thành phố Cần Thơ")
        .replace("Sóc Trăng,", "Cần Thơ,")
    )
    assert h.issuer is not None
    assert (h.issuer.level, h.province_slug) == ("province", "can-tho")


def test_an_official_letter_is_a_letter_and_no_plan() -> None:
    text = (
        "UBND TỈNH CÀ MAU\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 88/SNV-TC\nV/v lập Kế hoạch đào tạo năm 2022\n"
        "Cà Mau, ngày 03 tháng 4 năm 2021\nKính gửi: Các sở, ban, ngành tỉnh\nSở Nội vụ đề nghị các đơn vị lập kế hoạch với kinh phí 300 triệu đồng.\n"
    )
    found = find(read(text.encode("utf-8")))
    assert (found.header.doc_type_code, found.header.title) == ("CV", "lập Kế hoạch đào tạo năm 2022")
    assert found.plan is None


def test_facts_a_page_states_in_a_table_of_two_columns() -> None:
    page = (
        "<html><body><table><tr><td>Số ký hiệu</td><td>14/KH-UBND</td></tr><tr><td>Ngày ban hành</td><td>05/02/2022</td></tr>"
        "<tr><td>Cơ quan ban hành</td><td>UBND tỉnh Cà Mau</td></tr><tr><td>Người ký</td><td>Lê Văn Sử</td></tr></table>"
        "<p><b>KẾ HOẠCH</b></p><p><b>Phát triển nghề muối giai đoạn 2022 - 2025</b></p><p>Thực hiện chủ trương của tỉnh, các đơn vị triển khai như sau:</p>"
        "<p>I. MỤC TIÊU</p><p>1. Đến năm 2025 có 100 hộ làm muối sạch.</p></body></html>"
    )
    h = header_of(page)
    assert (h.number_symbol, h.issued_date, h.signer_name) == ("14/KH-UBND", date(2022, 2, 5), "Lê Văn Sử")
    assert h.issuer is not None
    assert (h.issuer.name, h.province_slug) == ("Ủy ban nhân dân tỉnh", "ca-mau")


def test_a_title_page_without_a_known_type_is_another_document_and_no_article() -> None:
    header = header_of(
        "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG\n\nSỞ Y TẾ\n\n====o0o====\n\nĐỀ CƯƠNG VÀ DỰ TOÁN\n\nXÂY DỰNG TRẠM CẤP NƯỚC XÃ MỸ TÚ\n\n"
        "Sóc Trăng, 2027\n\nI. Thông tin chung\n\nTrạm cấp nước cho 500 hộ."
    )
    assert header.doc_type_code == "OTHER"
    assert header.title == "ĐỀ CƯƠNG VÀ DỰ TOÁN XÂY DỰNG TRẠM CẤP NƯỚC XÃ MỸ TÚ"
    assert header.issuer is not None and header.issuer.name == "Sở Y tế"


def test_a_headline_in_capitals_about_an_agency_is_no_title_page() -> None:
    header = header_of(
        "SỞ Y TẾ TẬP HUẤN CẤP NƯỚC SẠCH CHO CÁN BỘ XÃ\n\nNgày 5/3/2027, Sở Y tế mở lớp tập huấn cho 40 cán bộ."
    )
    assert header.doc_type_code == "ART"


@pytest.mark.parametrize("line", ["giai đoạn 2024 - 2026", "giai đoạn 2024 - 2026, định hướng đến năm 2035"])
def test_the_period_on_the_last_line_of_a_title(line: str) -> None:
    text = LETTERHEAD.replace(" giai đoạn 2024 - 2026\n", f"\n{line}\n") + "I. MỤC TIÊU\n"
    assert header_of(text).title == f"KẾ HOẠCH Phát triển làng nghề tỉnh Sóc Trăng {line}"


def test_years_alone_on_the_last_line_of_a_long_title() -> None:
    long = "Phát triển làng nghề, ngành nghề nông thôn tỉnh Sóc Trăng giai đoạn"
    text = LETTERHEAD.replace("Phát triển làng nghề tỉnh Sóc Trăng giai đoạn 2024 - 2026", f"{long}\n2024 - 2026")
    assert header_of(text + "I. MỤC TIÊU\n").title == f"KẾ HOẠCH {long} 2024 - 2026"


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        ("CHI CỤC TRƯỞNG", ("Lê Thị Hồng Nhung", "CHI CỤC TRƯỞNG", None)),
        ("KT. VIỆN TRƯỞNG\nPHÓ VIỆN TRƯỞNG", ("Lê Thị Hồng Nhung", "PHÓ VIỆN TRƯỞNG", "KT")),
        ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", ("Lê Thị Hồng Nhung", "PHÓ BÍ THƯ", "TM")),
    ],
)
def test_signatures_of_branches_and_of_the_party(lines: str, signer: tuple[str, str, str | None]) -> None:
    h = header_of(LETTERHEAD + f"I. MỤC TIÊU\n1. Sạch.\n\n{lines}\n\nLê Thị Hồng Nhung\n")
    assert (h.signer_name, h.signer_title, h.signing_capacity) == signer


def test_a_number_of_the_party_names_no_committee_of_a_province() -> None:
    h = header_of(
        "BAN C1ẤP HÀNH TRUNG\n\nSố 91-NQ/TW\n\nHà Nội, ngày 02 tháng 3 năm 2011\n\nNGHỊ QUYẾT\n\nvề phát triển cảng cá\n\nI- MỤC TIÊU\nCảng cá sạch.\n"
    )
    assert (h.doc_type_code, h.number_symbol, h.issuer) == ("NQ", "91-NQ/TW", None)


def test_the_head_of_a_party_committee_has_its_number_without_a_colon() -> None:
    text = "Chương trình hành động số 34-CTr/TU\n\nTỈNH ỦY CÀ MAU\n\n*\n\nSố 34-CTr/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nCà Mau, ngày 26 tháng 4 năm 2028\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n\nthực hiện Nghị quyết số 21-NQ/TW về dạy bơi\n\nI- MỤC TIÊU\n\n1. Mở 12 bể bơi."
    header = read_header(read(text.encode("utf-8")))
    assert header.issuer is not None
    assert (header.issuer.name, header.province_slug, header.number_symbol) == ("Tỉnh ủy", "ca-mau", "34-CTr/TU")
