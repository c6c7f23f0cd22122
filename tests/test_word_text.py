"""What is shown in a Word file is read, and nothing else."""

from __future__ import annotations

from extractors.find import find
from extractors.readers import read
from tests.build import LETTERHEAD
from tests.build_word import changed, docx_of, grid, lines, p, run, tbl, tc, tr, word


def test_inserted_text_stays_and_deleted_text_goes() -> None:
    body = f"""<w:p>{run("Hỗ trợ ")}<w:ins w:id="1">{run("70")}</w:ins><w:del w:id="2"><w:r><w:delText>50</w:delText></w:r></w:del>{run(" hộ.")}</w:p>
    <w:p><w:moveFrom w:id="3">{run("Câu đã dời.")}</w:moveFrom></w:p><w:p><w:moveTo w:id="4">{run("Câu đã dời.")}</w:moveTo></w:p>"""
    assert lines(word(body)) == ["Hỗ trợ 70 hộ.", "Câu đã dời."]


def test_paragraphs_whose_mark_is_deleted_are_one() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('Mở lớp ')}</w:p>" + p("cho cán bộ xã.")
    assert lines(word(body)) == ["Mở lớp cho cán bộ xã."]


def test_content_controls_smart_tags_links_and_simple_fields_are_text() -> None:
    body = f"""<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run("Ngày ")}</w:sdtContent></w:sdt><w:smartTag><w:smartTagPr/>{run("12 ")}</w:smartTag>
    <w:hyperlink>{run("tháng ")}</w:hyperlink><w:fldSimple w:instr=" DOCPROPERTY x ">{run("5")}</w:fldSimple></w:p>
    <w:sdt><w:sdtContent>{p("Cả đoạn.")}</w:sdtContent></w:sdt>"""
    assert lines(word(body)) == ["Ngày 12 tháng 5", "Cả đoạn."]


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_of_a_field_the_result_is_shown_and_not_the_instruction() -> None:
    assert lines(word(f"<w:p>{run('Tổng: ')}{field(' =SUM(ABOVE) ', '1.250')}{run(' triệu đồng')}</w:p>")) == [
        "Tổng: 1.250 triệu đồng"
    ]


def test_an_instruction_that_never_ends_does_not_swallow_the_document() -> None:
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r></w:p>'
    assert lines(word(broken + p("Nội dung còn lại."))) == ["Nội dung còn lại."]


def test_a_table_of_contents_is_no_body_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    entry = f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run("I. MỤC TIÊU")}<w:r><w:tab/></w:r>{run("3")}</w:p>'
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    unstyled = f"{begin}{run('II. NHIỆM VỤ')}<w:r><w:tab/></w:r>{run('5')}</w:p>"
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    document = word(entry + unstyled + end + p("I. MỤC TIÊU"), styles=styles)
    assert (lines(document), lines(document, "furniture")) == (["I. MỤC TIÊU"], ["I. MỤC TIÊU 3", "II. NHIỆM VỤ 5"])


def test_tabs_breaks_hyphens_and_signs() -> None:
    body = """<w:p><w:r><w:t>Tỷ lệ</w:t><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 50%</w:t><w:noBreakHyphen/><w:t>60%</w:t></w:r></w:p>
    <w:p><w:r><w:t>Dòng một.</w:t><w:br/><w:t>Dòng hai; ng</w:t><w:softHyphen/><w:t>ày</w:t></w:r></w:p>"""
    assert lines(word(body)) == ["Tỷ lệ ≥ 50%-60%", "Dòng một.", "Dòng hai; ngày"]


def test_a_break_before_the_figures_of_a_date_or_inside_a_sentence_parts_nothing() -> None:
    body = """<w:p><w:r><w:t>Theo Thông tư số 5/TT-BYT ngày</w:t><w:br/><w:t>12/3/2026; phối hợp với</w:t><w:br/><w:t>các xã.</w:t><w:br/><w:t>2. Mở lớp.</w:t></w:r></w:p>"""
    assert lines(word(body)) == [
        "Theo Thông tư số 5/TT-BYT ngày 12/3/2026; phối hợp với các xã.",
        "2. Mở lớp.",
    ]


def test_hidden_text_is_not_read() -> None:
    styles = '<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
    named = '<w:rStyle w:val="An"/>'
    body = f"<w:p>{run('Công khai')}{run(' mật', '<w:vanish/>')}{run(' kín', named)}</w:p>"
    assert lines(word(body, styles=styles)) == ["Công khai"]


def test_text_that_a_font_shows_in_capitals_is_in_capitals() -> None:
    assert lines(word(f"<w:p>{run('Kế hoạch', '<w:caps/>')}</w:p>")) == ["KẾ HOẠCH"]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_what_is_written_twice_for_old_programs_is_read_once() -> None:
    box = BOX.format(p("DỰ THẢO"))
    drawing = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    picture = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{drawing}{picture}</mc:AlternateContent></w:r>{run('Số: 5/KH-UBND')}</w:p>{p('Hết.')}"
    assert lines(word(body)) == ["Số: 5/KH-UBND", "DỰ THẢO", "Hết."]


def test_a_text_box_of_the_old_kind() -> None:
    body = (
        f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX.format(p('HỎA TỐC'))}</v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert lines(word(body)) == ["HỎA TỐC"]


def test_headers_and_footers_stand_apart_without_page_numbers() -> None:
    number = f"<w:p>{field(' PAGE ', '7')}</w:p>"
    document = word(p("Nội dung."), header1=number + p("Kế hoạch nước sạch"), footer1=p("- 3 -"))
    assert (lines(document), lines(document, "furniture")) == (["Nội dung."], ["Kế hoạch nước sạch"])


def test_notes_stand_behind_the_text_and_their_marks_glue_to_no_number() -> None:
    body = f'<w:p>{run("Đạt 50")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("% số hộ.")}</w:p>{p("Hết.")}'
    notes = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("Theo điều tra.")}</w:p></w:footnote><w:footnote w:id="3">{p("Không ai gọi.")}</w:footnote>'
    document = word(body, footnotes=notes)
    assert (lines(document), lines(document, "note")) == (["Đạt 50% số hộ.", "Hết."], ["Theo điều tra."])


def test_a_document_cited_in_a_note_is_a_reference_and_a_duty_in_a_note_no_task() -> None:
    head = "".join(p(line) for line in LETTERHEAD.split("\n") if line)
    body = (
        head
        + p("I. NHIỆM VỤ")
        + f'<w:p>{run("1. Sở Y tế mở 5 lớp tập huấn.")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    note = p("Theo Quyết định số 88/QĐ-BYT ngày 03/4/2023 của Bộ Y tế; Sở Tài chính mở 9 lớp.")
    findings = find(word(body, footnotes=f'<w:footnote w:id="1">{note}</w:footnote>'))
    assert ("88/QĐ-BYT", "note") in [(r.number_symbol, r.zone_code) for r in findings.references]
    assert [t.name for t in findings.tasks] == ["Sở Y tế mở 5 lớp tập huấn."]


def test_a_paragraph_is_bold_when_all_that_is_seen_of_it_is() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="D"/><w:rPr><w:b/></w:rPr></w:style>'
    body = f"<w:p>{run('Đậm', '<w:b/>')}{run(' ')}</w:p><w:p>{run('Đậm', '<w:b/>')}{run(' nhạt')}</w:p>"
    body += p("Kiểu đậm", '<w:pStyle w:val="D"/>')
    off = '<w:b w:val="0"/>'
    body += f'<w:p><w:pPr><w:pStyle w:val="D"/></w:pPr>{run("tắt", off)}</w:p>'
    assert [b.bold for b in word(body, styles=styles).blocks] == [True, False, True, False]


def test_a_letterhead_set_with_tabs_is_read_by_columns() -> None:
    def beside(left: str, right: str) -> str:
        return f"<w:p>{run(left)}<w:r><w:tab/></w:r>{run(right)}</w:p>"

    body = beside("SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + beside(
        "Số: 5/KH-SYT", "Độc lập - Tự do - Hạnh phúc"
    )
    assert lines(word(body + p("KẾ HOẠCH") + beside("Tổng", "5 lớp"))) == [
        "SỞ Y TẾ",
        "Số: 5/KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
        "Tổng 5 lớp",
    ]


def test_the_strict_form_and_macro_files_are_read_too() -> None:
    plain = docx_of(p("Nội dung."))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    rewritten = changed(
        plain,
        "word/document.xml",
        lambda xml: xml.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict),
    )
    macro = changed(
        plain,
        "[Content_Types].xml",
        lambda xml: xml.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    assert lines(read(rewritten)) == lines(read(macro)) == ["Nội dung."]


def test_math_is_text() -> None:
    assert lines(word(f"<w:p>{run('Sai số ')}<m:oMath><m:r><m:t>±5%</m:t></m:r></m:oMath></w:p>")) == ["Sai số ±5%"]


def test_text_boxes_in_a_cell_stay_in_the_cell() -> None:
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX.format(p('ghi chú'))}</v:textbox></v:shape></w:pict></w:r>{run('Mở lớp')}</w:p>"
    document = word(tbl(tr("STT", "Nhiệm vụ", "Thời gian"), tr("1", tc(box), "2027"), tr("2", "In sách", "2028")))
    assert grid(document)[1] == ["1", "Mở lớp\nghi chú", "2027"]
