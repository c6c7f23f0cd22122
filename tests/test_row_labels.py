"""Numbers of rows and headings that cannot be read follow from their neighbours."""

from __future__ import annotations

import pytest

from extractors.document import RawCell, RawParagraph, RawTable
from extractors.readers.mending import mended
from extractors.readers.row_labels import derive_labels


def rows_of(*labels: str) -> RawTable:
    head = [RawCell("TT"), RawCell("Nội dung"), RawCell("Chủ trì")]
    return RawTable([head, *([RawCell(label), RawCell("Mở lớp"), RawCell("Sở Y tế")] for label in labels)])


def derived(*labels: str) -> list[str]:
    table = rows_of(*labels)
    derive_labels([table])
    return [row[0].text for row in table.rows[1:]]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (["l", "2", "3"], ["1", "2", "3"]),
        (["1.1", "1.2", "341"], ["1.1", "1.2", "341"]),  # 1.3, 2.1, 2 and 1.2.1 may follow, and none looks like it
        (["11", "1.2", "1.3"], ["1.1", "1.2", "1.3"]),
        (["1.1", "1.2", "21", "2.2"], ["1.1", "1.2", "2.1", "2.2"]),
        (["2.4", "2.5", "341", "3.2"], ["2.4", "2.5", "3.1", "3.2"]),
        (["1", "2", "w", "4"], ["1", "2", "3", "4"]),
        (["9", "10", "11", "12"], ["9", "10", "11", "12"]),
        (["1", "2", "5", "6"], ["1", "2", "5", "6"]),  # a gap of the source stays
        (["I", "1", "2", "II", "1", "2"], ["I", "1", "2", "II", "1", "2"]),
        (["I", "1", "2", "I", "1", "2"], ["I", "1", "2", "II", "1", "2"]),
        (["A", "1", "B", "1"], ["A", "1", "B", "1"]),
    ],
)
def test_labels_of_a_column(read: list[str], meant: list[str]) -> None:
    assert derived(*read) == meant


def test_what_was_derived_is_marked() -> None:
    table = rows_of("1", "Z", "3")
    derive_labels([table])
    assert [row[0].suspect for row in table.rows[1:]] == [None, "label_derived", None]


def test_a_column_that_is_no_index_is_left_alone() -> None:
    table = RawTable([[RawCell("Xã"), RawCell("Số hộ")], [RawCell("l"), RawCell("5")], [RawCell("2"), RawCell("7")]])
    derive_labels([table])
    assert table.rows[1][0].text == "l"


def headings(*texts: str) -> list[str]:
    paragraphs = [RawParagraph(text) for text in texts]
    derive_labels(paragraphs)
    return [p.text for p in paragraphs]


def test_roman_headings_follow_each_other() -> None:
    assert headings("I. MỤC TIÊU", "II. NHIỆM VỤ", "HI. GIẢI PHÁP", "1V. KINH PHÍ")[2:] == [
        "III. GIẢI PHÁP",
        "IV. KINH PHÍ",
    ]
    assert headings("I. MỤC TIÊU", "II. NHIỆM VỤ", "II. GIẢI PHÁP")[2] == "III. GIẢI PHÁP"


def test_numerals_that_begin_anew_and_figures_stay() -> None:
    again = ("I. MỤC TIÊU", "II. NHIỆM VỤ", "I. NỘI DUNG")
    assert headings(*again)[2] == "I. NỘI DUNG"
    figures = ("I. MỤC TIÊU", "11. TRỒNG RỪNG", "T. Đoàn viên")
    assert headings(*figures) == list(figures)


def test_only_recognised_pages_are_mended() -> None:
    typed, scanned = RawParagraph("Tố chức đại hội", page=1), RawParagraph("Tố chức đại hội", page=2)
    mended([typed, scanned], {2})
    assert (typed.text, scanned.text) == ("Tố chức đại hội", "Tổ chức đại hội")


def test_specks_between_lines_of_a_cell_are_no_bullets() -> None:
    table = RawTable(
        [[RawCell("- Trạm Y tế\n- xã Bình An\n- Trường học.\n- các hộ dân", page=1), RawCell("Rà soát. -", page=1)]]
    )
    mended([table], {1})
    assert table.rows[0][0].text == "- Trạm Y tế xã Bình An\n- Trường học.\n- các hộ dân"
    assert table.rows[0][1].text == "Rà soát."
