"""A table that a converter lost of a DOC is put back where it stood."""

from __future__ import annotations

from lxml import etree

from extractors.readers.word_binary import BinaryCell, BinaryTable
from extractors.readers.word_package import open_word
from extractors.readers.word_recovery import missing_words, put_back_tables
from extractors.readers.word_tables import boxes_of
from extractors.readers.word_text import plain_words
from extractors.readers.word_xml import W
from tests.build_word import docx_of, p, tbl, tr


def cells(*texts: str, left: int = 0) -> tuple[BinaryCell, ...]:
    return tuple(BinaryCell(text, left + 1000 * n, left + 1000 * (n + 1)) for n, text in enumerate(texts))


ROWS = (cells("TT", "Nội dung", "Số tiền"), cells("1", "Đào giếng", "380"), cells("2", "Xây bể", "95"))
TABLE = BinaryTable(ROWS, "Đơn vị: triệu đồng")
RAN_TOGETHER = "TTNội dungSố tiền1Đào giếng3802Xây bể95"


def body_of(xml: str) -> etree._Element:
    return open_word(docx_of(xml)).body


def told(body: etree._Element) -> list[str]:
    return [("table" if e.tag == W + "tbl" else plain_words(e).strip()) for e in body if e.tag != W + "sectPr"]


def test_a_table_whose_words_ran_together_is_a_table_again() -> None:
    body = body_of(p("Đơn vị: triệu đồng") + p(RAN_TOGETHER) + p("Hết."))
    assert put_back_tables(body, [TABLE]) == 1
    assert told(body) == ["Đơn vị: triệu đồng", "table", "Hết."]


def test_words_around_it_in_the_same_paragraph_stay() -> None:
    body = body_of(p("Bảng sau: " + RAN_TOGETHER[:20]) + p(RAN_TOGETHER[20:] + " Hết bảng."))
    put_back_tables(body, [TABLE])
    assert told(body) == ["Bảng sau:", "table", "Hết bảng."]


def test_a_table_of_which_nothing_is_left_stands_behind_the_paragraph_before_it() -> None:
    body = body_of(p("Đơn vị: triệu đồng") + p("Hết."))
    put_back_tables(body, [TABLE])
    assert told(body) == ["Đơn vị: triệu đồng", "table", "Hết."]


def test_a_table_that_is_there_stays_as_it_is() -> None:
    there = tbl(*(tr(*(cell.text for cell in row)) for row in ROWS))
    body = body_of(p("Đơn vị: triệu đồng") + there)
    assert put_back_tables(body, [TABLE]) == 0


def test_of_two_equal_tables_the_lost_one_is_put_back() -> None:
    there = tbl(*(tr(*(cell.text for cell in row)) for row in ROWS))
    body = body_of(there + p("Phụ lục 2"))
    assert put_back_tables(body, [TABLE, BinaryTable(ROWS, "Phụ lục 2")]) == 1
    assert told(body) == ["table", "Phụ lục 2", "table"]


def test_merged_cells_and_edges_that_nearly_meet() -> None:
    head = (
        BinaryCell("TT", -100, 500, opens_below=True),
        BinaryCell("Năm", 500, 2500),
        BinaryCell("", 2500, 3500, goes_on_left=True),
    )
    below = (
        BinaryCell("", -95, 500, goes_on_above=True),
        BinaryCell("2026", 503, 1500),
        BinaryCell("2027", 1500, 3500),
    )
    body = body_of(p("Trước"))
    put_back_tables(body, [BinaryTable((head, below), "Trước")])
    table = next(e for e in body if e.tag == W + "tbl")
    shown = [
        [(plain_words(b.element).strip(), b.column, b.height, b.width) for b in row if b.element is not None]
        for row in boxes_of(table)
    ]
    assert shown == [[("TT", 0, 2, 1), ("Năm", 1, 1, 3)], [("2026", 1, 1, 1), ("2027", 2, 1, 2)]]


def test_missing_words_are_counted_each_as_often_as_it_is_missing() -> None:
    body = body_of(p("Mở lớp; mở trại."))
    assert missing_words([body], "Mở lớp, mở trại") == 0
    assert missing_words([body], "Mở lớp, mở trại, mở hội") == 2
