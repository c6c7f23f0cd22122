"""Plain text: tables with tabs, rows over page breaks, markdown, hard wraps, leftovers of HTML."""

from __future__ import annotations

from extractors.document import Document
from extractors.readers.plain import read


def paragraphs(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.table is None and b.zone == "body"]


def grid(document: Document) -> list[list[str]]:
    table = next(b.table for b in document.blocks if b.table is not None)
    return [[c.text if c else "" for c in row] for row in table.grid()]


def test_every_block_is_a_slice_of_the_text() -> None:
    document = read("KẾ HOẠCH\n\nTT\tNhiệm vụ\tChủ trì\n1\tMở lớp\tSở Y tế\n\nHết.")
    for block in document.blocks:
        if block.table is None:
            assert document.text[block.start : block.end] == block.text
        else:
            assert all(document.text[c.start : c.end] == c.text for c in block.table.cells)


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Căn cứ Nghị định số 9100/2018/NĐ-CP của Chính\nphủ về phát triển cây trồng và bảo tồn nguồn\ngen quý của các dân tộc trên địa bàn toàn\n"
        "tỉnh trong giai đoạn tới và các năm sau đó\nnữa, Ủy ban ban hành quyết định này như\nsau.\n"
    )
    assert paragraphs(read(text)) == [" ".join(text.split())]


def test_lines_of_a_letterhead_are_not_joined_in_wrapped_text() -> None:
    head = ["Độc lập - Tự do - Hạnh phúc", "Số: 1234/KH-UBND-XDTH", "Cà Mau, ngày 2 tháng 3 năm 2031", "Cấp nước sạch"]
    wrapped = "Việc cấp nước sạch tại các xã vùng cao của\ntỉnh còn nhiều khó khăn do địa hình chia\ncắt, mật độ dân cư các xã này cũng rất\nthấp, chi phí vận hành các trạm lại cao.\n"
    assert paragraphs(read("\n".join(head) + "\n\n" + wrapped)) == [*head, " ".join(wrapped.split())]


def test_short_items_are_not_joined() -> None:
    assert paragraphs(read("1. Vận động hộ gia đình\n2. Thay đèn chiếu sáng\n3. Kiểm toán")) == [
        "1. Vận động hộ gia đình",
        "2. Thay đèn chiếu sáng",
        "3. Kiểm toán",
    ]


def test_a_paragraph_cut_by_a_page_goes_on() -> None:
    first = "Việc cấp nước tại các xã vùng sâu còn nhiều khó khăn do địa hình chia cắt và mật độ dân cư"
    assert paragraphs(read(f"{first}\n\nthấp, chi phí vận hành cao.")) == [f"{first} thấp, chi phí vận hành cao."]


def test_markdown_marks_are_dropped_and_bullets_kept() -> None:
    document = read("**II. MỤC TIÊU**\n\n*** Nhóm nhiệm vụ 1: *Đào tạo nghề*.**\n\nSố 57\\-QĐ")
    assert paragraphs(document) == ["II. MỤC TIÊU", "* Nhóm nhiệm vụ 1: Đào tạo nghề.", "Số 57-QĐ"]
    assert document.blocks[0].bold


def test_a_row_split_by_a_page_is_whole_again() -> None:
    text = "TT\tHành động\tNội dung\tTrách nhiệm\n1\tMở lớp dạy nghề\tDạy nghề may cho lao động\tChủ trì: Sở Nội vụ.\n\n\t\tnông thôn các xã.\tPhối hợp: Sở Y tế\n2\tHội chợ\tTổ chức\tSở Công Thương\n"
    assert grid(read(text))[1:] == [
        [
            "1",
            "Mở lớp dạy nghề",
            "Dạy nghề may cho lao động nông thôn các xã.",
            "Chủ trì: Sở Nội vụ. Phối hợp: Sở Y tế",
        ],
        ["2", "Hội chợ", "Tổ chức", "Sở Công Thương"],
    ]


def test_a_group_line_between_two_parts_of_a_table_becomes_a_row() -> None:
    text = "TT\tNhiệm vụ\tChủ trì\tNăm\n1.1\tMở lớp\tSở Y tế\t2024\n\n**Nhóm 2: Hạ tầng**\n\n2.1\tXây trạm\tSở Xây dựng\t2025\n"
    rows = grid(read(text))
    assert rows[2] == ["Nhóm 2: Hạ tầng"] * 4
    assert rows[3] == ["2.1", "Xây trạm", "Sở Xây dựng", "2025"]


def test_leftover_lists_in_cells_become_lines() -> None:
    text = 'TT\tNội dung\tKinh phí\n1\t<ul style="x"> - In tờ rơi. - Phát tin. </ul>\t20\n'
    assert grid(read(text))[1] == ["1", "- In tờ rơi.\n- Phát tin.", "20"]


def test_piped_tables() -> None:
    assert grid(read("| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| 1 | Mở lớp | Sở Y tế |\n"))[1] == [
        "1",
        "Mở lớp",
        "Sở Y tế",
    ]


def test_piped_tables_with_alignment() -> None:
    rows = grid(read("| TT | Nhiệm vụ | Chủ trì |\n|:---|:---:|---:|\n| 1 | Mở lớp | Sở Y tế |\n"))
    assert rows == [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Mở lớp", "Sở Y tế"]]


def test_a_letterhead_side_by_side_is_read_column_by_column() -> None:
    text = "SỞ Y TẾ{0}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH CÀ MAU{0}Độc lập - Tự do - Hạnh phúc\n-----    -----\nSố: 5/KH-SYT{0}Cà Mau, ngày 2 tháng 3 năm 2031\n\nKẾ HOẠCH\nTiêm chủng    mở rộng"
    for gap in ("\t", "      "):
        assert paragraphs(read(text.format(gap))) == [
            "SỞ Y TẾ",
            "TỈNH CÀ MAU",
            "Số: 5/KH-SYT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Cà Mau, ngày 2 tháng 3 năm 2031",
            "KẾ HOẠCH",
            "Tiêm chủng mở rộng",
        ]


def test_a_signature_beside_the_receivers_is_read_behind_them() -> None:
    text = "1. Mở lớp.\nNơi nhận:            TM. ỦY BAN NHÂN DÂN\n- Lưu: VT.              KT. CHỦ TỊCH\n                    PHÓ CHỦ TỊCH"
    assert paragraphs(read(text)) == [
        "1. Mở lớp.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]


def test_front_matter_is_no_text() -> None:
    document = read("URL: https://example.org/a\nNOTE: x\n----\nNội dung thật sự của văn bản.")
    assert (document.source_url, document.text.strip()) == ("https://example.org/a", "Nội dung thật sự của văn bản.")


def test_page_furniture_behind_the_text_is_marked() -> None:
    document = read("Tin về kế hoạch. " * 30 + "\n\nÝ kiến bạn đọc\n\n12/ABC-XYZ\n")
    assert [b.zone for b in document.blocks] == ["body", "furniture", "furniture"]


def test_the_number_of_a_page_inside_a_sentence_is_no_text() -> None:
    first = "Sở Xây dựng chủ trì lập quy hoạch cấp nước các xã, phối hợp với"
    assert paragraphs(read(f"{first}\n\n2\n\x0cSở Tài chính cấp kinh phí.")) == [f"{first} Sở Tài chính cấp kinh phí."]
    assert paragraphs(read(f"{first}\n- 2 -\nSở Tài chính cấp kinh phí.")) == [f"{first} Sở Tài chính cấp kinh phí."]


def test_marked_page_numbers_are_no_text() -> None:
    assert paragraphs(read("1. Mở lớp.\n- 3 -\n2. In sách.\nTrang 4/7\n3. Phát tin.")) == [
        "1. Mở lớp.",
        "2. In sách.",
        "3. Phát tin.",
    ]


def test_numbers_that_are_a_column_are_kept() -> None:
    text = "Đào tạo nghề may cho lao động nông thôn tại các xã\n\n25\n\nlớp\n\n30\n\nhọc viên\n\n2\n"
    assert [p for p in paragraphs(read(text)) if p.isdigit()] == ["25", "30", "2"]


def test_a_short_heading_of_wrapped_text_is_a_line_of_its_own() -> None:
    text = (
        "1. Sở Tài nguyên và Môi trường\n"
        "Hướng dẫn các huyện, thị xã, thành phố phân loại rác ngay tại nguồn\n"
        "và thu gom theo từng loại; tổng hợp số liệu của các đơn vị, gửi về\n"
        "Sở Tài chính trước khi lập dự toán cho năm sau, đồng thời gửi cho\n"
        "Ủy ban nhân dân các huyện để theo dõi, đôn đốc việc thực hiện của\n"
        "các xã trên địa bàn và báo cáo định kỳ theo quy định hiện hành.\n"
    )
    first, second = [b.text for b in read(text).blocks]
    assert first == "1. Sở Tài nguyên và Môi trường"
    assert "gửi về Sở Tài chính" in second


def test_line_ends_written_out_become_spaces() -> None:
    text = "\n".join(f"{n}. Mở lớp dệt\\r\\nchiếu ở ấp {n}." for n in range(1, 5))
    assert [b.text for b in read(text).blocks] == [f"{n}. Mở lớp dệt chiếu ở ấp {n}." for n in range(1, 5)]


def test_recipients_with_nothing_beside_them_stand_left_of_the_signature() -> None:
    text = (
        "Nơi nhận:                         KT. CHỦ TỊCH\n- Như Điều 3;                     PHÓ CHỦ TỊCH\n- Sở Y tế; Sở Nội vụ;\n"
        "- Lưu: VT.                        Trần Văn Bến\n\nKẾ HOẠCH\n"
    )
    assert [b.text for b in read(text).blocks] == [
        "Nơi nhận:", "- Như Điều 3;", "- Sở Y tế; Sở Nội vụ;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bến", "KẾ HOẠCH",
    ]  # fmt: skip
