"""What PDFium reads of a simple page is what pdfplumber, the reference, reads; other pages are left to pdfplumber."""

from __future__ import annotations

import io

import pdfplumber
import pypdfium2
import pytest

from extractors.readers.layout import PageLayout
from extractors.readers.pdf_page import page_layout
from extractors.readers.pdf_quick import quick_layout
from tests.pdf_writer import PdfPage, pdf

_NEAR = 0.1  # points


def both(page: PdfPage, to_unicode: bool = True) -> tuple[PageLayout | None, PageLayout]:
    data = pdf(page, to_unicode=to_unicode)
    with pdfplumber.open(io.BytesIO(data)) as reference:
        slow = page_layout(reference.pages[0], 1)
    document = pypdfium2.PdfDocument(data)
    try:
        return quick_layout(document, 1), slow
    finally:
        document.close()


def table() -> PdfPage:
    page = PdfPage().grid([60, 100, 300, 420, 520], [100, 130, 170, 210])
    for row, words in enumerate(
        (("TT", "Nhiệm vụ", "Chủ trì", "Kinh phí"), ("1", "Đào ao nuôi cá", "Sở Y tế", "1.250"))
    ):
        for x, text in zip((64, 104, 304, 424), words, strict=True):
            page.text(x, 120 + 40 * row, text)
    return page


@pytest.mark.parametrize(
    "page",
    [
        PdfPage().lines(85, 100, ["Ủy ban nhân dân xã giao Trạm Y tế chủ trì", "khám sàng lọc cho người cao tuổi, 12,5%."]), PdfPage().text(85, 100, "I. MỤC TIÊU", bold=True),
        PdfPage().text(85, 100, "Kinh phí 5 tỷ", size=9).text(85, 130, "Rừng", size=18), table(), PdfPage().text(85, 100, "Bỏ câu này").rule(85, 96.5, 150, 96.5),
        PdfPage().text(85, 100, "Trắng").rule(60, 110, 500, 110, grey=1).rule(60, 90, 60, 200, grey=0),
    ],
)  # fmt: skip
def test_words_and_cells_are_those_of_the_reference(page: PdfPage) -> None:
    quick, slow = both(page)
    assert quick is not None
    assert [(w.text, w.bold) for w in quick.words] == [(w.text, w.bold) for w in slow.words]
    boxes = [
        (a.x0 - b.x0, a.x1 - b.x1, a.top - b.top, a.bottom - b.bottom)
        for a, b in zip(quick.words, slow.words, strict=True)
    ]
    assert all(abs(d) < _NEAR for box in boxes for d in box)
    assert [len(t) for t in quick.tables] == [len(t) for t in slow.tables]
    corners = [
        (a.x0 - b.x0, a.top - b.top, a.x1 - b.x1, a.bottom - b.bottom)
        for own, other in zip(quick.tables, slow.tables, strict=True)
        for a, b in zip(own, other, strict=True)
    ]
    assert all(abs(d) < _NEAR for corner in corners for d in corner)


def test_the_table_of_the_reference_has_cells() -> None:
    assert [len(t) for t in both(table())[1].tables] == [12]  # else the comparison above says nothing


@pytest.mark.parametrize(
    ("page", "to_unicode"),
    [
        (PdfPage().text(85, 100, "Đứng").upwards(60, 300, "Nằm nghiêng"), True),  # letters on their side
        (PdfPage().text(85, 100, "Không tên"), False),  # a font that does not name its letters
        (PdfPage().text(85, 100, "Tram xa").text(99, 100, "\u0323"), True),  # PDFium leaves the mark out
    ],
)
def test_what_is_not_simple_is_left_to_the_reference(page: PdfPage, to_unicode: bool) -> None:
    assert both(page, to_unicode)[0] is None
