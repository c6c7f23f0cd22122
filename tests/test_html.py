"""HTML: the document inside its page, tables with spans, lists with their numbers, layout tables."""

from __future__ import annotations

from datetime import date

from extractors.document import Document
from extractors.readers import read as read_any
from extractors.readers.html import is_html, read

LONG = "Nội dung của kế hoạch cấp nước sạch nông thôn trên địa bàn tỉnh được triển khai đồng bộ. " * 5


def body(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.table is None and b.zone == "body"]


def grid(document: Document) -> list[list[str]]:
    table = next(b.table for b in document.blocks if b.table is not None)
    return [[c.text if c else "" for c in row] for row in table.grid()]


def test_menus_sidebars_comments_and_footers_are_left_out() -> None:
    page = f"""<html><body><div id="topmenu"><ul class="menu"><li>Trang chủ</li></ul></div><div class="wrap"><div class="left"><p>{LONG}</p></div>
    <div class="sidebar"><p>Văn bản mới 1/ABC-X</p></div><div class="comments"><p>Hay quá</p></div></div><footer>Bản quyền</footer></body></html>"""
    assert body(read(page)) == [LONG.strip()]


def test_a_named_block_that_holds_the_text_is_no_furniture() -> None:
    assert body(read(f'<html><body><div class="content-sidebar-left"><p>{LONG}</p></div></body></html>')) == [
        LONG.strip()
    ]


def test_title_and_publication_date_of_a_news_page() -> None:
    page = f'<html><body><h1>Tỉnh ban hành kế hoạch</h1><div class="date">Thứ ba, 05/9/2023</div><div class="text"><p>{LONG}</p><p>{LONG}</p></div></body></html>'
    document = read(page)
    assert (document.page_title, document.published_date) == ("Tỉnh ban hành kế hoạch", date(2023, 9, 5))


def test_a_date_of_effect_is_no_publication_date() -> None:
    page = f"<html><body><h1>Tên</h1><div><span>Ngày có hiệu lực:</span><span>05/9/2023</span></div><div><p>{LONG}</p><p>{LONG}</p></div></body></html>"
    assert read(page).published_date is None


def test_spans_and_two_heading_rows() -> None:
    page = """<table border=1><tr><th rowspan=2>TT</th><th rowspan=2>Nhiệm vụ</th><th colspan=2>Thời gian</th></tr><tr><th>Bắt đầu</th><th>Kết thúc</th></tr>
    <tr><td>1</td><td>Mở lớp</td><td>2024</td><td>2025</td></tr></table>"""
    assert grid(read(page)) == [
        ["TT", "Nhiệm vụ", "Thời gian", "Thời gian"],
        ["TT", "Nhiệm vụ", "Bắt đầu", "Kết thúc"],
        ["1", "Mở lớp", "2024", "2025"],
    ]


def test_paragraphs_and_items_of_a_cell_are_lines() -> None:
    page = "<table border=1><tr><th>TT</th><th>Nội dung</th></tr><tr><td>1</td><td><p>In sách</p><ul><li>khổ nhỏ</li></ul>và<br>phát</td></tr></table>"
    assert grid(read(page))[1][1].split("\n") == ["In sách", "• khổ nhỏ", "và phát"]


def test_a_table_cut_into_two_is_one() -> None:
    head = "<tr><td>TT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td></tr>"
    page = f"<div><table>{head}<tr><td>1</td><td>Mở lớp</td><td>Sở Nội</td></tr></table><table><tr><td></td><td></td><td>vụ</td></tr><tr><td>2</td><td>Hội chợ</td><td>Sở Công Thương</td></tr></table></div>"
    assert grid(read(page))[1:] == [["1", "Mở lớp", "Sở Nội vụ"], ["2", "Hội chợ", "Sở Công Thương"]]


def test_layout_tables_are_text_in_reading_order() -> None:
    page = f"<table><tr><td><p>ỦY BAN NHÂN DÂN</p><p>TỈNH CÀ MAU</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table><p>{LONG}</p>"
    assert body(read(page))[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_numbers_of_lists_are_printed_as_a_browser_does() -> None:
    page = "<ol type=I><li>Mục đích<ol><li>Một</li><li value=4>Bốn</li></ol></li><li>Mục tiêu<ul><li>gạch</li></ul></li></ol><ol type=a start=3><li>ba</li></ol>"
    assert body(read(page)) == ["I. Mục đích", "1. Một", "4. Bốn", "II. Mục tiêu", "• gạch", "c) ba"]


def test_word_exports() -> None:
    page = """<html xmlns:o="urn:x"><head><style>p.MsoNormal{margin:0}</style></head><body><p class=MsoNormal><b><span lang=VI>II. NHIỆM<o:p></o:p></span></b><b><span> VỤ</span></b></p>
    <!--[if gte mso 9]><xml>rác</xml><![endif]--><p class=MsoNormal>1. Mở lớp</p></body></html>"""
    document = read(page)
    assert body(document) == ["II. NHIỆM VỤ", "1. Mở lớp"]
    assert [b.bold for b in document.blocks] == [True, False]


def test_text_with_a_stray_tag_is_no_html() -> None:
    assert not is_html("KẾ HOẠCH\n\nTT\tNội dung\n1\t<ul> - a </ul>")
    assert read_any("KẾ HOẠCH\n<ul>".encode()).text_layer == "plain"


def test_scripts_are_no_text() -> None:
    assert body(read(f"<html><body><script>var x = 'Kế hoạch';</script><p>{LONG}</p></body></html>")) == [LONG.strip()]


def test_elements_nested_without_sense_are_still_read() -> None:
    nested = "<div>" * 3000 + "<p>Mở lớp.</p><p>In sách.</p>"
    assert body(read(f"<html><body>{nested}</body></html>")) == ["Mở lớp.", "In sách."]
    assert body(read("<html><body><p>" + "<b>" * 20000 + "Mở lớp.</body></html>")) == ["Mở lớp."]
    assert body(read("<html><body>" + "<ul>" * 3000 + "<li>Mở lớp.</body></html>")) == ["Mở lớp."]


def test_a_letterhead_and_an_annex_beside_the_text_belong_to_it() -> None:
    head = "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Số: 5/KH-UBND</p>"
    annex = "<p>PHỤ LỤC</p><table><tr><th>TT</th><th>Nhiệm vụ</th><th>Chủ trì</th></tr><tr><td>1</td><td>Mở lớp</td><td>Sở Y tế</td></tr></table>"
    document = read(
        f"<html><body><div><div>{head}</div><div><p>{LONG}</p><p>{LONG}</p></div><div>{annex}</div></div></body></html>"
    )
    assert body(document) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 5/KH-UBND",
        LONG.strip(),
        LONG.strip(),
        "PHỤ LỤC",
    ]
    assert grid(document)[1] == ["1", "Mở lớp", "Sở Y tế"]


def test_words_beside_the_text_that_are_no_part_of_a_document_are_left_out() -> None:
    page = f"<html><body><div><div><p>Thời tiết hôm nay</p></div><div><p>{LONG}</p></div></div></body></html>"
    assert body(read(page)) == [LONG.strip()]


def test_a_letterhead_in_a_block_named_like_furniture_is_kept() -> None:
    page = f'<html><body><div class="share-doc"><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></div><div><p>{LONG}</p></div></body></html>'
    assert body(read(page)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", LONG.strip()]


def test_the_number_of_a_page_between_two_parts_of_a_table_is_dropped() -> None:
    head = "<tr><td>TT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td></tr>"
    page = f"<div><table>{head}<tr><td>1</td><td>Mở lớp</td><td>Sở Y tế</td></tr></table><p>3</p><table><tr><td>2</td><td>Hội chợ</td><td>Sở Công Thương</td></tr><tr><td>3</td><td>In sách</td><td>Sở Y tế</td></tr></table></div>"
    assert [row[0] for row in grid(read(page))] == ["TT", "1", "2", "3"]
    assert body(read(page)) == []


def test_spans_beyond_the_table_end_with_it() -> None:
    row = "<tr><td rowspan=1000 colspan=1000>1</td><td>Mở lớp</td></tr>"
    table = next(b.table for b in read(f"<table border=1>{row * 30}</table>").blocks if b.table is not None)
    assert (table.n_rows, table.n_columns) == (30, 130)
    assert [(c.row_span, c.column_span) for c in table.cells[:4]] == [(30, 100), (1, 1), (29, 1), (1, 1)]


def test_a_caption_stands_before_its_table() -> None:
    page = "<table border=1><caption>Đơn vị tính: tỷ đồng</caption><tr><th>TT</th><th>Nội dung</th></tr><tr><td>1</td><td>In sách</td></tr></table>"
    document = read(page)
    assert body(document) == ["Đơn vị tính: tỷ đồng"]
    assert document.blocks[0].table is None
    assert grid(document) == [["TT", "Nội dung"], ["1", "In sách"]]


def test_a_hidden_copy_of_the_text_is_left_out() -> None:
    page = f'<html><body><div><p>{LONG}</p></div><div style="display: none"><p>{LONG}</p></div></body></html>'
    assert body(read(page)) == [LONG.strip()]


def test_a_hidden_tab_that_holds_the_document_is_read() -> None:
    page = f"<html><body><div><p>Thuộc tính</p></div><div hidden><p>{LONG}</p></div></body></html>"
    assert LONG.strip() in body(read(page))


def test_preformatted_text_keeps_its_lines() -> None:
    page = "<html><body><pre>KẾ HOẠCH\nI. NHIỆM VỤ\n1. Mở lớp.\n2. In sách.</pre></body></html>"
    assert body(read(page)) == ["KẾ HOẠCH", "I. NHIỆM VỤ", "1. Mở lớp.", "2. In sách."]


def test_a_table_of_labels_and_words_is_a_list() -> None:
    rows = [
        ("I.", "NHIỆM VỤ"),
        ("1.", "Mở lớp."),
        ("", "Lớp may."),
        ("a)", "In sách."),
        ("2.", "Phát tin."),
        ("-", "Đài."),
    ]
    page = "<table>" + "".join(f"<tr><td>{a}</td><td><p>{b}</p></td></tr>" for a, b in rows) + "</table>"
    assert body(read(page)) == ["I. NHIỆM VỤ", "1. Mở lớp.", "Lớp may.", "a) In sách.", "2. Phát tin.", "- Đài."]


def test_a_title_and_nothing_else_is_no_text() -> None:
    assert read("<html><head><title>Văn bản</title></head><body><div id=root></div></body></html>").text == ""
    assert read("<html><head><title>Văn bản</title></head><body><h1>Văn bản</h1></body></html>").text == ""


def test_a_paragraph_for_every_printed_line_is_joined() -> None:
    lines = [
        "1. Xây dựng đường ống cấp nước sạch tại các xã vùng cao thuộc",
        "huyện phía Bắc của tỉnh; Sở Xây dựng chủ trì, phối hợp với",
        "Sở Tài chính hoàn thành trước tháng 6.",
        "2. Mở hai mươi lớp dạy nghề cho lao động nông thôn ở các",
        "xã ven biển.",
    ]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    assert body(read(page)) == [" ".join(lines[:3]), " ".join(lines[3:])]


def test_numbers_inside_numbers_tell_their_depth() -> None:
    page = "<ol><li>Thủy lợi<ol><li>Đào ao</li><li>Nạo kênh<ol type=a><li>xã<ol><li>ấp</li></ol></li></ol></li></ol></li><li>Trồng rừng</li></ol>"
    assert body(read(page)) == ["1. Thủy lợi", "1.1. Đào ao", "1.2. Nạo kênh", "a) xã", "(1) ấp", "2. Trồng rừng"]


def test_numbers_of_list_items_without_words_number_the_rows() -> None:
    rows = "".join(
        f"<tr><td><ol start='{n}'><li><p></p></li></ol></td><td>{name}</td><td>Sở Y tế</td></tr>"
        for n, name in ((1, "Mở lớp cấp cứu"), (2, "In áp phích"))
    )
    head = "<tr><td>TT</td><td>Nội dung</td><td>Chủ trì</td></tr>"
    document = read(f"<html><body><p>Phụ lục</p><table>{head}{rows}</table></body></html>")
    (table,) = [b.table for b in document.blocks if b.table is not None]
    assert [row[0].text for row in table.grid() if row[0]] == ["TT", "1.", "2."]
