"""Tables on pages: cells from their rules or from the blanks between them, rows that a page cuts made whole."""

from __future__ import annotations

import pytest

from extractors.document import RawTable
from tests.printed import LEFT, PITCH, Sheet, cells, read, rows, texts

COLUMNS = (80.0, 120.0, 300.0, 440.0, 512.0)
HEAD = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian")


def row(sheet: Sheet, y: float, *columns: str | list[str]) -> None:
    """Prints the lines of each cell of a row."""
    for x, column in zip(COLUMNS, columns, strict=False):
        for n, line in enumerate([column] if isinstance(column, str) else column):
            sheet.at(x + 4, y + 3 + n * PITCH, line)


def plan(sheet: Sheet, head: float = 100) -> Sheet:
    row(sheet, head, *HEAD)
    return sheet


def test_lines_of_a_cell_are_joined_and_its_items_kept() -> None:
    sheet = plan(Sheet()).table(COLUMNS, (100, 120, 220))
    row(
        sheet,
        120,
        "1",
        ["Mở lớp dạy nghề đan lát", "cho lao động nông thôn"],
        ["- Chủ trì: Sở Nội vụ", "- Phối hợp: UBND xã"],
        "2031",
    )
    assert rows(read(sheet)) == [
        list(HEAD),
        ["1", "Mở lớp dạy nghề đan lát cho lao động nông thôn", "- Chủ trì: Sở Nội vụ\n- Phối hợp: UBND xã", "2031"],
    ]


@pytest.mark.parametrize(
    ("letters", "lines", "text"),
    [
        (22, ["Sở Lao động", "- Thương binh và Xã hội"], "Sở Lao động - Thương binh và Xã hội"),
        (14, ["giai đoạn 2031", "- 2035"], "giai đoạn 2031 - 2035"),
        (19, ["phát triển kinh tế", "- xã hội vùng cao"], "phát triển kinh tế - xã hội vùng cao"),
        (28, ["Trồng 40 ha rừng.", "Chăm sóc 15 ha."], "Trồng 40 ha rừng.\nChăm sóc 15 ha."),
        (17, ["Sở Tài chính cấp", "kinh phí hằng năm"], "Sở Tài chính cấp kinh phí hằng năm"),
    ],
)
def test_a_dash_inside_a_sentence_begins_no_item(letters: int, lines: list[str], text: str) -> None:
    width = letters * 6 + 10
    sheet = Sheet().table((80, 80 + width, 400), (100, 140, 200))
    for n, line in enumerate(lines):
        sheet.at(84, 104 + n * PITCH, line)
    sheet.at(84 + width, 104, "Năm 2031").at(84, 150, "Khác").at(84 + width, 150, "Năm 2032")
    assert rows(read(sheet))[0][0] == text


def test_words_and_numbers_that_a_narrow_cell_cuts_are_whole_again() -> None:
    sheet = Sheet().table((80, 104, 142, 300), (100, 140, 180))
    sheet.at(82, 104, "Thư").at(82, 120, "ơng").at(106, 104, "12.50").at(106, 120, "0").at(146, 104, "Chợ xã Tài Văn")
    sheet.at(82, 144, "Hai").at(106, 144, "9.000").at(146, 144, "Bến xe")
    assert rows(read(sheet)) == [["Thương", "12.500", "Chợ xã Tài Văn"], ["Hai", "9.000", "Bến xe"]]


def test_cells_span_rows_and_columns() -> None:
    sheet = Sheet().table((80, 200, 300, 400), (100, 120, 140, 160), {(0, 0): (2, 1), (0, 1): (1, 2)})
    sheet.at(84, 112, "Nội dung").at(230, 103, "Kinh phí").at(204, 123, "2031").at(304, 123, "2032")
    sheet.at(84, 143, "Sửa trạm y tế").at(204, 143, "300").at(304, 143, "500")
    found = cells(read(sheet))
    assert [[(c.text, c.row_span, c.column_span) for c in r] for r in found[:2]] == [
        [("Nội dung", 2, 1), ("Kinh phí", 1, 2)],
        [("2031", 1, 1), ("2032", 1, 1)],
    ]


def test_a_missing_cell_leaves_the_others_in_their_columns() -> None:
    sheet = plan(Sheet()).table(COLUMNS, (100, 120, 160))
    sheet.tables[0] = tuple(b for b in sheet.tables[0] if not (b.top == 120 and b.x0 == 120))
    row(sheet, 120, "1", "", "Sở Y tế", "2031")
    assert rows(read(sheet))[1] == ["1", "", "Sở Y tế", "2031"]


def test_a_frame_around_text_is_no_table() -> None:
    sheet = Sheet().table((70, 530), (100, 200)).at(84, 110, "Trạm y tế xã khám bệnh cho người cao tuổi.")
    items = read(sheet)
    assert texts(items) == ["Trạm y tế xã khám bệnh cho người cao tuổi."]
    assert not any(isinstance(i, RawTable) for i in items)


def two_pages(above: tuple[str | list[str], ...], below: tuple[str | list[str], ...], *, head: bool) -> list[list[str]]:
    """A table whose last row on one page and first row on the next are given."""
    one, two = plan(Sheet(1), 700), Sheet(2)
    one.table(COLUMNS, (700, 720, 740, 800))
    row(one, 720, "1", "Khảo sát nhu cầu", "Sở Nội vụ", "2031")
    row(one, 740, *above)
    start = 60
    if head:
        plan(two, 60)
        start = 80
    two.table(COLUMNS, ((60,) if head else ()) + (start, start + 60, start + 80))
    row(two, start, *below)
    row(two, start + 60, "3", "Tổng kết lớp học", "Sở Nội vụ", "2032")
    return rows(read(one, two))


@pytest.mark.parametrize("head", [True, False])
def test_a_row_that_a_page_cuts_is_one_row_cell_by_cell(head: bool) -> None:
    found = two_pages(
        (
            "2",
            ["Mở lớp dạy nghề đan lát", "cho lao động nông thôn và"],
            ["- Chủ trì: Sở Nội vụ", "- Phối hợp: UBND các"],
            "2031",
        ),
        ("", "người khuyết tật.", ["xã, phường", "- Giám sát: Hội Nông dân"], ""),
        head=head,
    )
    assert found == [
        list(HEAD),
        ["1", "Khảo sát nhu cầu", "Sở Nội vụ", "2031"],
        [
            "2",
            "Mở lớp dạy nghề đan lát cho lao động nông thôn và người khuyết tật.",
            "- Chủ trì: Sở Nội vụ\n- Phối hợp: UBND các xã, phường\n- Giám sát: Hội Nông dân",
            "2031",
        ],
        ["3", "Tổng kết lớp học", "Sở Nội vụ", "2032"],
    ]


def test_a_number_in_the_middle_of_a_cut_row_stands_on_its_second_half() -> None:
    found = two_pages(
        ("", ["Mở lớp dạy nghề đan lát", "cho lao động nông thôn và"], "Sở Nội vụ", ""),
        ("2", "người khuyết tật.", "", "2031"),
        head=False,
    )
    assert found[2][0] == "2"
    assert found[2][3] == "2031"


def test_a_row_of_its_own_on_the_next_page_stays_one() -> None:
    found = two_pages(
        ("2", "Mở lớp dạy nghề.", "Sở Nội vụ", "2031"), ("", "Mua sắm thiết bị.", "Sở Y tế", "2033"), head=False
    )
    assert found[3] == ["", "Mua sắm thiết bị.", "Sở Y tế", "2033"]


def test_a_group_row_at_the_top_of_a_page_stays_a_row() -> None:
    one, two = plan(Sheet(1), 700).table(COLUMNS, (700, 720, 760)), Sheet(2)
    row(one, 720, "1", "Khảo sát nhu cầu", "Sở Nội vụ", "2031")
    two.table(COLUMNS, (60, 80, 120), {(0, 0): (1, 4)}).at(90, 63, "* Nhóm nhiệm vụ 2: Dạy nghề tại xã", True)
    row(two, 80, "2", "Mở lớp", "Sở Nội vụ", "2032")
    found = cells(read(one, two))
    assert [(c.text, c.column_span) for c in found[2]] == [("* Nhóm nhiệm vụ 2: Dạy nghề tại xã", 4)]
    assert len(found) == 4


def test_a_cell_over_rows_goes_on_over_the_page() -> None:
    one = plan(Sheet(1), 700).table(COLUMNS, (700, 720, 740, 760), {(1, 2): (2, 1)})
    row(one, 720, "1", "Khảo sát", "Sở Nội vụ", "2031")
    row(one, 740, "2", "Mở lớp", "", "2031")
    two = Sheet(2).table(COLUMNS, (60, 80, 100), {(0, 2): (2, 1)})
    row(two, 60, "3", "Cấp chứng chỉ", "", "2031")
    row(two, 80, "4", "Giới thiệu việc", "", "2031")
    (held,) = [c for r in cells(read(one, two)) for c in r if c.text == "Sở Nội vụ"]
    assert held.row_span == 4


def test_a_table_with_other_columns_is_another_table() -> None:
    one = plan(Sheet(1), 700).table(COLUMNS, (700, 720, 760))
    row(one, 720, "1", "Khảo sát nhu cầu", "Sở Nội vụ", "2031")
    two = (
        Sheet(2)
        .table((80, 200, 350, 512), (60, 80, 120))
        .at(84, 64, "Xã")
        .at(204, 64, "Số lớp")
        .at(354, 64, "Kinh phí")
    )
    two.at(84, 84, "Tài Văn").at(204, 84, "3").at(354, 84, "120")
    assert len([i for i in read(one, two) if isinstance(i, RawTable)]) == 2


def aligned(sheet: Sheet) -> Sheet:
    sheet.at(84, 100, "TT").at(180, 100, "Nội dung").at(304, 100, "Cơ quan chủ trì").at(440, 100, "Thời gian")
    sheet.at(84, 124, "1").at(124, 124, "Mở lớp dạy nghề đan lát").at(304, 124, "Sở Nội vụ").at(450, 124, "2031")
    sheet.at(124, 140, "cho lao động nông thôn")
    sheet.at(84, 164, "2").at(124, 164, "Cấp chứng chỉ").at(304, 164, "Trường nghề").at(450, 164, "2032")
    return sheet


def test_columns_below_known_headings_are_a_table_without_rules() -> None:
    sheet = aligned(Sheet()).at(LEFT, 240, "Các cơ quan báo cáo kết quả trước ngày 15 tháng 12 hằng năm về Sở.")
    items = read(sheet)
    assert rows(items) == [
        list(HEAD),
        ["1", "Mở lớp dạy nghề đan lát cho lao động nông thôn", "Sở Nội vụ", "2031"],
        ["2", "Cấp chứng chỉ", "Trường nghề", "2032"],
    ]
    assert len(texts(items)) == 1


def test_a_group_line_runs_through_the_columns_of_a_table_without_rules() -> None:
    sheet = aligned(Sheet()).at(84, 188, "II. Hỗ trợ người học nghề vay vốn và tìm việc làm sau khi học")
    sheet.at(84, 212, "3").at(124, 212, "Cho vay vốn").at(304, 212, "Quỹ tín dụng").at(450, 212, "2033")
    found = rows(read(sheet))
    assert found[3] == ["II. Hỗ trợ người học nghề vay vốn và tìm việc làm sau khi học"]
    assert found[4] == ["3", "Cho vay vốn", "Quỹ tín dụng", "2033"]


def test_text_with_wide_blanks_is_no_table() -> None:
    sheet = Sheet().at(80, 100, "Trồng rừng:").at(240, 100, "40 ha").at(400, 100, "năm 2031")
    sheet.at(80, 116, "Chăm sóc:").at(240, 116, "15 ha").at(400, 116, "năm 2032")
    assert not any(isinstance(i, RawTable) for i in read(sheet))
