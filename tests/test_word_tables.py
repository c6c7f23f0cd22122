"""Tables of Word: merged cells, gaps, tables in tables, and tables that only arrange text."""

from __future__ import annotations

from extractors.document import Document
from tests.build_word import grid, lines, p, run, tbl, tc, tr, word

SPAN = '<w:gridSpan w:val="{}"/>'
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"
HEAD = ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian")


def tables(document: Document) -> int:
    return sum(b.table is not None for b in document.blocks)


def test_cells_over_columns_and_rows() -> None:
    table = tbl(
        tr(tc("STT", DOWN), tc("Nhiệm vụ", DOWN), tc("Thời gian", SPAN.format(2))),
        tr(tc("", ON), tc("", ON), "Bắt đầu", "Kết thúc"),
        tr("1", "Mở lớp", "2026", "2027"),
    )
    assert grid(word(table)) == [
        ["STT", "Nhiệm vụ", "Thời gian", "Thời gian"],
        ["STT", "Nhiệm vụ", "Bắt đầu", "Kết thúc"],
        ["1", "Mở lớp", "2026", "2027"],
    ]


def test_two_merged_cells_below_each_other_stay_two() -> None:
    table = tbl(
        tr("Nhóm", "Việc", "Năm"),
        tr(tc("Nước", DOWN), "giếng", "2026"),
        tr(tc("", ON), "bể", "2026"),
        tr(tc("Rừng", DOWN), "trồng", "2027"),
        tr(tc("", ON), "chăm sóc", "2028"),
    )
    assert [row[0] for row in grid(word(table))] == ["Nhóm", "Nước", "Nước", "Rừng", "Rừng"]


def test_cells_merged_the_old_way() -> None:
    merged = tr(tc("I. Nước sạch", '<w:hMerge w:val="restart"/>'), *[tc("", "<w:hMerge/>")] * 3)
    assert grid(word(tbl(tr(*HEAD), merged, tr("1", "Đào giếng", "UBND xã", "2026"))))[1] == ["I. Nước sạch"] * 4


def test_a_row_that_begins_with_a_gap_keeps_its_columns() -> None:
    shifted = tr("Mở lớp", "Sở Y tế", "2026", properties='<w:gridBefore w:val="1"/>')
    assert grid(word(tbl(tr(*HEAD), shifted)))[1] == ["", "Mở lớp", "Sở Y tế", "2026"]


def test_rows_that_begin_a_hair_beside_each_other_are_one_column() -> None:
    table = tbl(
        tr("STT", "Nhiệm vụ", tc("Chủ trì", SPAN.format(2)), "Năm"),
        tr("1", tc("Mở lớp", SPAN.format(2)), "Sở Y tế", "2026"),
        grid="600 4000 40 2000 1500",
    )
    assert grid(word(table))[1] == ["1", "Mở lớp", "Sở Y tế", "2026"]


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_stay() -> None:
    table = tbl(
        tr(*HEAD),
        tr("1", "Bỏ", "Sở Y tế", "2026", properties='<w:del w:id="1"/>'),
        tr("1", "Thêm", "Sở Y tế", "2026", properties='<w:ins w:id="2"/>'),
    )
    assert [row[1] for row in grid(word(table))] == ["Nhiệm vụ", "Thêm"]


def test_rows_and_cells_in_content_controls() -> None:
    row = f"<w:sdt><w:sdtContent>{tr('1', 'Mở lớp', 'Sở Y tế', '2026')}</w:sdtContent></w:sdt>"
    cell = f"<w:tr><w:sdt><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>{tc('In sách')}{tc('Sở Tư pháp')}{tc('2027')}</w:tr>"
    assert [r[1] for r in grid(word(tbl(tr(*HEAD), row, cell)))] == ["Nhiệm vụ", "Mở lớp", "In sách"]


def test_paragraphs_of_a_cell_are_lines() -> None:
    cell = f"<w:tc><w:tcPr/>{p('- Chủ trì: Sở Y tế;')}{p('- Phối hợp: UBND xã.')}</w:tc>"
    assert grid(word(tbl(tr("STT", "Nhiệm vụ", "Cơ quan"), tr("1", "Mở lớp", cell))))[1][2].split("\n") == [
        "- Chủ trì: Sở Y tế;",
        "- Phối hợp: UBND xã.",
    ]


def test_a_small_table_inside_a_cell_is_lines_of_the_cell() -> None:
    inner = tbl(*(tr(f"Đợt {n}", f"{n}0 hộ", f"tháng {n}") for n in range(1, 7)))
    cell = f"<w:tc><w:tcPr/>{p('Hỗ trợ theo đợt')}{inner}{p('')}</w:tc>"
    rows = [
        tr(str(n), "Hỗ trợ các hộ nghèo và hộ cận nghèo xây bể chứa nước", "Sở Y tế và Ủy ban nhân dân các xã")
        for n in (2, 3)
    ]
    document = word(tbl(tr("STT", "Nhiệm vụ", "Cơ quan"), tr("1", cell, "Sở Y tế"), *rows))
    assert tables(document) == 1
    assert grid(document)[1][1].split("\n")[:2] == ["Hỗ trợ theo đợt", "Đợt 1 10 hộ tháng 1"]


def test_a_frame_around_a_table_is_no_table() -> None:
    data = tbl(tr(*HEAD), *(tr(str(n), f"Việc {n}", "Sở Y tế", "2026") for n in range(1, 5)))
    frame = tbl(tr(f"<w:tc><w:tcPr/>{p('PHỤ LỤC')}{data}{p('')}</w:tc>", ""), tr("", ""))
    document = word(frame)
    assert (lines(document), tables(document), len(grid(document))) == (["PHỤ LỤC"], 1, 5)


def test_a_letterhead_is_text_left_side_first_and_bold_stays_bold() -> None:
    bold = f"<w:p>{run('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', '<w:b/>')}</w:p>"
    head = tbl(
        tr(f"<w:tc><w:tcPr/>{p('ỦY BAN NHÂN DÂN')}{p('TỈNH SÓC TRĂNG')}</w:tc>", f"<w:tc><w:tcPr/>{bold}</w:tc>"),
        tr("Số: 21/KH-UBND", "Sóc Trăng, ngày 12 tháng 01 năm 2024"),
    )
    document = word(head)
    assert [(b.text, b.bold) for b in document.blocks] == [
        ("ỦY BAN NHÂN DÂN", False),
        ("TỈNH SÓC TRĂNG", False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Số: 21/KH-UBND", False),
        ("Sóc Trăng, ngày 12 tháng 01 năm 2024", False),
    ]


def test_labels_in_a_column_of_their_own_stand_before_their_words() -> None:
    assert lines(word(tbl(tr("1.", "Mở lớp."), tr("2.", "In sách.")))) == ["1. Mở lớp.", "2. In sách."]


def test_tables_nested_without_end_are_no_trap() -> None:
    body = p("đáy")
    for _ in range(75):
        body = tbl(f"<w:tr><w:tc><w:tcPr/>{body}</w:tc></w:tr>")
    assert lines(word(p("Nội dung.") + body)) == ["Nội dung."]


def test_a_letterhead_of_the_party_is_text_too() -> None:
    head = tbl(
        tr("TỈNH ỦY SÓC TRĂNG", "ĐẢNG CỘNG SẢN VIỆT NAM"), tr("Số 31-KH/TU", "Sóc Trăng, ngày 4 tháng 5 năm 2024")
    )
    assert "Số 31-KH/TU" in lines(word(head + p("KẾ HOẠCH")))
