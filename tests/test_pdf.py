"""PDF: letters become words wherever the file puts them; locked, damaged and blank files give a reason."""

from __future__ import annotations

import sys
import types
import zlib
from collections.abc import Sequence

import pytest

from extractors.document import Document, UnreadableError
from extractors.readers import read
from extractors.readers.context import Context
from extractors.readers.layout import PageLayout, Word
from tests.pdf_writer import PdfPage, pdf

SENTENCES = [
    "Ủy ban nhân dân xã giao Trạm Y tế chủ trì khám sàng lọc cho người cao tuổi",
    "tại các thôn, bản; Hội Người cao tuổi vận động hội viên tham gia đầy đủ và",
    "đúng lịch trong quý II năm 2031.",
]


def page() -> PdfPage:
    return PdfPage().lines(85, 100, SENTENCES)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.table is None]


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Stands in for the recognition of pictures: notes the pages it is given, and reads two words on each, in pixels."""
    asked: list[int] = []

    def ocr_pages(data: bytes, numbers: Sequence[int], context: Context) -> list[PageLayout]:
        asked.extend(numbers)
        context.page_done(len(numbers), len(numbers))
        words = (Word("Trang", 354, 417, 500, 470), Word("ảnh.", 530, 417, 640, 470))
        return [PageLayout(n, 2480, 3508, words) for n in numbers]

    module = types.ModuleType("scan")
    module.ocr_pages = ocr_pages  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors.readers.scan", module)
    return asked


def test_a_page_is_read_and_its_place_known() -> None:
    document = read(pdf(page(), PdfPage(), page()))
    assert document.media_type == "application/pdf"
    assert document.text_layer == "native"
    assert not document.is_partial
    assert texts(document) == [" ".join(SENTENCES)] * 2
    assert [document.page_at(b.start) for b in document.blocks] == [1, 3]


def test_letters_of_another_font_are_put_where_they_stand() -> None:
    at = [85 + 6.5 * n for n in range(13)]
    accented = PdfPage().text(at[0], 100, "T").text(at[2], 100, "m soát b").text(at[11], 100, "nh")
    accented.text(at[1], 100, "ầ", bold=True).text(at[10], 100, "ệ", bold=True)
    assert texts(read(pdf(accented))) == ["Tầm soát bệnh"]


def test_accents_written_behind_their_letters_are_composed() -> None:
    assert texts(read(pdf(PdfPage().text(85, 100, "Trạm")))) == ["Trạm"]
    marks = PdfPage().text(85, 100, "Tram xa").text(85 + 2 * 6.5 + 1, 100, "\u0323")
    assert texts(read(pdf(marks))) == ["Trạm xa"]


def test_bold_is_told_by_the_font_and_letters_printed_twice_count_once() -> None:
    twice = PdfPage().text(85, 100, "Mục tiêu", bold=True).text(85.4, 100, "Mục tiêu", bold=True)
    (block,) = read(pdf(twice)).blocks
    assert (block.text, block.bold) == ("Mục tiêu", True)


def test_a_tab_of_no_width_behind_a_number_is_a_blank() -> None:
    assert texts(read(pdf(PdfPage().text(85, 100, "2.1Đào tạo nghề")))) == ["2.1 Đào tạo nghề"]


def test_a_raised_number_belongs_to_its_unit() -> None:
    area = PdfPage().text(85, 100, "Xây 120 m").text(85 + 9 * 6.5, 95, "2", size=8).text(85 + 11 * 6.5, 100, "nhà kho")
    assert texts(read(pdf(area))) == ["Xây 120 m2 nhà kho"]


def test_words_struck_through_are_left_out_and_underlined_ones_kept() -> None:
    draft = PdfPage().text(85, 100, "Cấp 250 300 triệu đồng")
    draft.rule(85 + 4 * 6.5, 97, 85 + 7 * 6.5, 97).rule(85 + 8 * 6.5, 102, 85 + 11 * 6.5, 102)
    assert texts(read(pdf(draft))) == ["Cấp 300 triệu đồng"]


def test_ruled_cells_are_a_table_and_touching_words_stay_in_their_columns() -> None:
    table = PdfPage().grid((80, 112, 222.5, 400), (90, 110, 130, 150))
    table.text(84, 104, "TT").text(116, 104, "Nội dung").text(226, 104, "Chủ trì")
    table.text(105.5, 124, "1").text(112, 124, "Khám lọc ở các xã").text(222.5, 124, "Trạm Y tế")
    table.text(84, 144, "2").text(116, 144, "Tập huấn").text(226, 144, "Hội Phụ nữ")
    (block,) = read(pdf(table)).blocks
    assert block.table is not None
    assert [[c.text for c in block.table.cells if c.row == r] for r in range(3)] == [
        ["TT", "Nội dung", "Chủ trì"],
        ["1", "Khám lọc ở các xã", "Trạm Y tế"],
        ["2", "Tập huấn", "Hội Phụ nữ"],
    ]


def test_white_rules_and_underlines_make_no_table() -> None:
    shaded = page()
    for y in (88, 104, 120, 136):
        shaded.rule(80, y, 560, y, grey=1)
    shaded.rule(80, 88, 80, 136, grey=1).rule(560, 88, 560, 136, grey=1).rule(300, 88, 300, 136, grey=1)
    shaded.rule(200, 200, 300, 200).rule(220, 210, 280, 210)
    assert texts(read(pdf(shaded))) == [" ".join(SENTENCES)]


def test_a_table_whose_last_rule_is_missing_is_closed() -> None:
    table = PdfPage()
    for y in (90, 110):
        table.rule(80, y, 400, y)
    for x in (80, 112, 240, 400):
        table.rule(x, 90, x, 150)
    for y, cells in ((104, ("TT", "Nội dung", "Chủ trì")), (124, ("1", "Khám sàng lọc", "Trạm Y tế"))):
        for x, words in zip((84, 116, 244), cells, strict=True):
            table.text(x, y, words)
    (block,) = read(pdf(table)).blocks
    assert block.table is not None
    assert block.table.n_rows == 2


def test_a_page_printed_sideways_is_turned() -> None:
    sideways = PdfPage()
    for n, line in enumerate(SENTENCES):
        sideways.upwards(100 + 16 * n, 760, line)
    assert texts(read(pdf(sideways))) == [" ".join(SENTENCES)]


def test_a_heading_that_stands_upright_in_a_narrow_column_is_read() -> None:
    table = PdfPage().grid((80, 112, 240, 270), (90, 170, 190))
    table.text(84, 130, "TT").text(116, 130, "Nội dung").upwards(258, 165, "Số lượng")
    table.text(84, 184, "1").text(116, 184, "Khám sàng lọc").text(244, 184, "40")
    (block,) = read(pdf(table)).blocks
    assert block.table is not None
    assert [c.text for c in block.table.cells if c.row == 0] == ["TT", "Nội dung", "Số lượng"]


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    read(pdf(page(), page()), Context(page_done=lambda done, total: told.append((done, total))))
    assert told == [(1, 2), (2, 2)]


def test_a_page_without_text_is_read_from_its_picture_and_stands_in_its_place(recogniser: list[int]) -> None:
    document = read(pdf(page(), PdfPage().picture(), page()))
    assert recogniser == [2]
    assert texts(document) == [" ".join(SENTENCES), "Trang ảnh.", " ".join(SENTENCES)]
    assert document.text_layer == "native"


def test_a_file_of_pictures_alone_says_so(recogniser: list[int]) -> None:
    document = read(pdf(PdfPage().picture(), PdfPage().picture()))
    assert recogniser == [1, 2]
    assert document.text_layer == "ocr"


def test_fonts_that_do_not_name_their_letters_are_not_believed(recogniser: list[int]) -> None:
    read(pdf(page(), page(), to_unicode=False))
    assert recogniser == [1, 2]


def test_the_stamp_of_a_signature_is_not_the_text_of_a_scanned_page(recogniser: list[int]) -> None:
    read(pdf(PdfPage().picture().lines(400, 40, ["Ký bởi: Ủy ban nhân dân xã", "Ngày ký: 02.03.2031"], size=7)))
    assert recogniser == [1]


def test_the_good_pages_are_read_when_the_others_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def ocr_pages(data: bytes, numbers: Sequence[int], context: Context) -> list[PageLayout]:
        raise UnreadableError("tesseract is missing: run make system", "application/pdf")

    module = types.ModuleType("scan")
    module.ocr_pages = ocr_pages  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors.readers.scan", module)
    document = read(pdf(page(), PdfPage().picture()))
    assert texts(document) == [" ".join(SENTENCES)]
    assert document.is_partial
    assert document.partial_reason == "page 2 not read, tesseract is missing: run make system"
    with pytest.raises(UnreadableError, match="tesseract is missing"):
        read(pdf(PdfPage().picture()))


def broken_stream(data: bytes) -> bytes:
    """The file with what its first page prints packed, and broken in the middle."""
    start = data.index(b"stream\n", data.index(b"BT") - 60) + len(b"stream\n")
    end = data.index(b"\nendstream", start)
    packed = zlib.compress(data[start:end])
    packed = packed[: len(packed) // 2] + b"\x00" * (len(packed) - len(packed) // 2)
    head = data.rindex(b"<<", 0, start)
    return data[:head] + b"<< /Filter /FlateDecode /Length %d >> stream\n%s" % (len(packed), packed) + data[end:]


def test_a_damaged_page_costs_that_page_only() -> None:
    document = read(broken_stream(pdf(page(), page())))
    assert texts(document)[-1] == " ".join(SENTENCES)
    assert document.partial_reason == "page 1 damaged and not read to the end: fetch the file again"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(page(), encrypt=True), "protected by a password: save it again without one"),
        (pdf(page())[:400], "cut off or damaged"),
        (b"%PDF-1.7\n" + b"\x93\x00lost" * 200, "cut off or damaged"),
        (pdf(), "cut off or damaged"),
        (pdf(PdfPage()), "no page of the PDF holds any text"),
    ],
    ids=["locked", "cut off", "garbage", "no pages", "blank"],
)
def test_files_that_cannot_be_read_give_one_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read(data)
    assert caught.value.media_type == "application/pdf"
