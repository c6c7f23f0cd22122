"""Words with places become paragraphs in the order in which a person reads them."""

from __future__ import annotations

from extractors.document import RawParagraph
from extractors.readers.layout import items_of
from tests.printed import FULL, LEFT, LETTER, PITCH, RIGHT, Sheet, read, texts

INDENT = 36.0
FIRST = "Sở Nông nghiệp và Môi trường chủ trì rà soát diện tích rừng ngập mặn"
SECOND = "của các xã ven biển, lập danh mục khu vực cần trồng bổ sung trong năm"
LAST = "2031 và báo cáo kết quả trước ngày 15 tháng 11."


def body(sheet: Sheet) -> Sheet:
    return sheet.lines(FIRST, SECOND, LAST, indent=INDENT).lines(FIRST, SECOND, LAST, indent=INDENT)


def test_hard_wraps_are_joined_and_indents_begin_paragraphs() -> None:
    assert texts(read(body(Sheet()))) == [f"{FIRST} {SECOND} {LAST}"] * 2


def test_units_do_not_matter() -> None:
    page = body(Sheet()).layout()
    assert items_of([page.scaled(300 / 72)]) == items_of([page])


def test_a_line_that_leaves_room_ends_its_paragraph() -> None:
    sheet = Sheet()
    for n in range(6):
        sheet.lines(
            f"Xã thứ {n} trồng được mười hecta rừng",
            f"Thôn thứ {n} chăm sóc hai hecta rừng phòng hộ hiện có ở dọc bờ biển",
        )
    assert len(texts(read(sheet))) == 12


def test_a_paragraph_goes_on_over_the_end_of_a_page_and_its_number() -> None:
    one, two = Sheet(1), Sheet(2)
    body(one).lines(FIRST, SECOND, indent=INDENT).at(300, 800, "1")
    two.at(300, 30, "2")
    body(two.lines(LAST))
    paragraphs = [item for item in read(one, two) if isinstance(item, RawParagraph)]
    assert [p.text for p in paragraphs] == [f"{FIRST} {SECOND} {LAST}"] * 5
    assert [p.page for p in paragraphs] == [1, 1, 1, 2, 2]


def test_an_indented_line_on_a_new_page_begins_a_paragraph() -> None:
    one, two = body(Sheet(1)), body(Sheet(2))
    assert len(texts(read(one, two))) == 4


def test_running_lines_stand_once_at_the_end() -> None:
    sheets = []
    for n in (1, 2, 3, 4):
        sheet = Sheet(n).at(LEFT, 20, "Đề án trồng rừng ven biển").at(LEFT, 810, f"Phiên bản 2 - trang {n}")
        sheets.append(sheet.lines(f"Khu vực {'abcd'[n - 1]} trồng rừng.", f"Xã {'efgh'[n - 1]} chăm sóc rừng."))
    items = read(*sheets)
    assert [i.text for i in items if i.zone == "furniture" and isinstance(i, RawParagraph)] == [
        "Đề án trồng rừng ven biển",
        "Phiên bản 2 - trang 1",
    ]
    assert items[-1].zone == "furniture"
    assert len([i for i in items if i.zone == "body"]) == 8  # two paragraphs on each page


def test_footnotes_stand_behind_the_paragraph_that_is_open_above_them() -> None:
    one, two = Sheet(1), Sheet(2)
    body(one).lines(FIRST, SECOND, indent=INDENT).at(RIGHT + 2, one.y - PITCH - 2, "1", size=8)
    one.at(LEFT, 780, "1 Theo kết quả kiểm kê rừng của tỉnh", size=9).at(LEFT, 792, "công bố năm 2029.", size=9)
    body(two.lines(LAST))
    items = read(one, two)
    zones = [(i.zone, i.text) for i in items if isinstance(i, RawParagraph)]
    assert zones[2] == ("body", f"{FIRST} {SECOND} {LAST}")
    assert zones[3] == ("note", "1 Theo kết quả kiểm kê rừng của tỉnh công bố năm 2029.")


def letterhead(sheet: Sheet) -> Sheet:
    sheet.at(100, 60, "SỞ Y TẾ SÓC TRĂNG", True).at(320, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", True)
    sheet.at(94, 76, "CHI CỤC DÂN SỐ", True).at(370, 76, "VIỆT NAM", True)
    sheet.at(104, 92, "Số: 18/KH-CCDS").at(322, 92, "Độc lập - Tự do - Hạnh phúc", True)
    sheet.at(300, 108, "Sóc Trăng, ngày 9 tháng 5 năm 2031")
    sheet.y = 150
    return sheet


def test_the_left_half_of_a_letterhead_is_read_before_the_right_one() -> None:
    sheet = body(letterhead(Sheet()).centred("KẾ HOẠCH"))
    assert texts(read(sheet))[:7] == [
        "SỞ Y TẾ SÓC TRĂNG",
        "CHI CỤC DÂN SỐ",
        "Số: 18/KH-CCDS",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sóc Trăng, ngày 9 tháng 5 năm 2031",
        "KẾ HOẠCH",
    ]


def test_a_narrow_column_wraps_the_last_word_of_an_office() -> None:
    sheet = Sheet()
    sheet.at(110, 60, "ỦY BAN NHÂN", True).at(320, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True)
    sheet.at(130, 76, "DÂN", True).at(340, 76, "Độc lập - Tự do - Hạnh phúc", True)
    sheet.at(108, 92, "XÃ HÒA TÚ", True)
    sheet.y = 150
    assert texts(read(body(sheet)))[:3] == ["ỦY BAN NHÂN DÂN", "XÃ HÒA TÚ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_recipients_are_read_before_the_signature_beside_them() -> None:
    sheet = body(Sheet())
    y = sheet.y + 30
    sheet.at(370, y - 4, "KT. GIÁM ĐỐC", True)
    sheet.at(LEFT, y, "Nơi nhận:", True, 10).at(364, y + 12, "PHÓ GIÁM ĐỐC", True)
    sheet.at(LEFT, y + 14, "- Như trên;", size=10)
    sheet.at(LEFT, y + 28, "- Các phòng: Dân số, Kế hoạch,", size=10)
    sheet.at(LEFT + 6, y + 42, "Tài vụ;", size=10)
    sheet.at(LEFT, y + 56, "- Lưu: VT.", size=10).at(370, y + 90, "Trần Thị Mai", True)
    assert texts(read(sheet))[2:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Các phòng: Dân số, Kế hoạch, Tài vụ;",
        "- Lưu: VT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Thị Mai",
    ]


def test_a_centred_heading_of_two_lines_is_one_below_the_type_of_the_document() -> None:
    sheet = letterhead(Sheet()).centred("KẾ HOẠCH")
    sheet.centred("PHÁT TRIỂN RỪNG NGẬP MẶN VEN BIỂN GẮN VỚI SINH KẾ CỦA NGƯỜI DÂN").centred("TỈNH SÓC TRĂNG")
    sheet.y += 20
    found = texts(read(body(sheet)))
    assert "KẾ HOẠCH" in found
    assert "PHÁT TRIỂN RỪNG NGẬP MẶN VEN BIỂN GẮN VỚI SINH KẾ CỦA NGƯỜI DÂN TỈNH SÓC TRĂNG" in found


def test_a_bold_heading_and_the_text_below_it_are_two_paragraphs() -> None:
    heading = "1. Rà soát quỹ đất, xác định khu vực trồng mới và khu vực khoanh nuôi"
    assert len(heading) * LETTER + INDENT > (FULL - 6) * LETTER  # full, so that only its letters tell
    sheet = body(Sheet()).lines(heading, indent=INDENT, bold=True)
    sheet.lines(FIRST, SECOND, LAST, indent=INDENT)
    assert texts(read(sheet))[2:] == [heading, f"{FIRST} {SECOND} {LAST}"]


def test_items_set_in_as_a_whole_keep_their_lines() -> None:
    sheet = body(Sheet())
    for _ in range(3):
        sheet.at(LEFT + 20, sheet.y, "- Chi cục Kiểm lâm cử cán bộ hướng dẫn kỹ thuật ươm cây giống cho")
        sheet.at(LEFT + 20, sheet.y + 16, "các hộ nhận khoán bảo vệ rừng.")
        sheet.y += 40
    assert (
        texts(read(sheet))[2:]
        == ["- Chi cục Kiểm lâm cử cán bộ hướng dẫn kỹ thuật ươm cây giống cho các hộ nhận khoán bảo vệ rừng."] * 3
    )


def test_a_number_that_ends_at_a_hyphen_is_not_torn() -> None:
    sheet = body(Sheet()).lines(
        "Căn cứ Nghị quyết về bảo vệ rừng giai đoạn 2031 - 2035 số 27/NQ-", "HĐND của tỉnh.", indent=INDENT
    )
    assert texts(read(sheet))[-1].endswith("số 27/NQ-HĐND của tỉnh.")


def test_a_roman_number_inside_a_sentence_is_no_heading() -> None:
    sheet = body(Sheet()).lines(
        "Chi cục Kiểm lâm trình phương án bảo vệ rừng phòng hộ trong quý", "III/2031.", indent=INDENT
    )
    assert texts(read(sheet))[-1].endswith("trong quý III/2031.")


def test_doubts_of_words_are_doubts_of_their_paragraph() -> None:
    sheet = body(Sheet()).at(LEFT + INDENT, 300, "Trồng mới 140 ha rừng.", suspect="ocr_number")
    assert [i.suspect for i in read(sheet)][-1] == "ocr_number"
    assert read(Sheet()) == []


def test_short_lines_end_where_the_paper_would_leave_room() -> None:
    sheet = (
        Sheet().lines("DANH SÁCH").lines("I. Khối xã").lines("Xã An Bình").lines("II. Khối phường").lines("Phường Một")
    )
    assert len(texts(read(sheet))) == 5
    assert RIGHT < 600


def test_a_title_as_wide_as_the_text_stands_between_its_type_and_the_authority() -> None:
    title = "Ban hành Kế hoạch trồng rừng ngập mặn ven biển giai đoạn 2031 - 2035"
    sheet = body(Sheet()).centred("QUYẾT ĐỊNH").centred(title).centred("BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG")
    assert texts(read(sheet))[2:] == ["QUYẾT ĐỊNH", title, "BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"]


def test_lines_that_go_on_tell_the_margin_of_a_page_of_short_items() -> None:
    sheet = Sheet()
    for n in range(9):
        sheet.lines(f"- Trồng cây đước ở bãi bồi số {n}.", indent=INDENT)
    long = "- Chi cục Kiểm lâm chủ trì, phối hợp với các hộ nhận khoán tổ chức"
    assert INDENT + len(long) * LETTER > (FULL - 5) * LETTER
    for _ in range(2):
        sheet.lines(long, "chăm sóc rừng non.", indent=INDENT)
    assert texts(read(sheet))[9:] == [f"{long} chăm sóc rừng non."] * 2


def test_a_running_line_stands_at_another_height_on_landscape_pages() -> None:
    sheets = []
    for n in range(6):
        sheet = Sheet(n + 1, *((600.0, 840.0) if n < 3 else (840.0, 600.0)))
        sheets.append(sheet.at(LEFT, 30, "Đề án trồng rừng ven biển").lines(f"Khu vực {'abcdef'[n]} trồng rừng."))
    items = read(*sheets)
    assert [i.text for i in items if i.zone == "furniture" and isinstance(i, RawParagraph)] == [
        "Đề án trồng rừng ven biển"
    ]
    assert len([i for i in items if i.zone == "body"]) == 6
