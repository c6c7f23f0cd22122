"""Tables that a copy broke into one cell a line."""

from __future__ import annotations

from extractors.readers.plain import read

HEAD = ["TT", "Nội dung", "Đơn vị tính", "Năm 2026"]


def cells(*lines: str) -> list[list[str]]:
    """Rows of the only table of paragraphs; [] where there is none."""
    tables = [b.table for b in read("\n\n".join(lines)).blocks if b.table is not None]
    return [[c.text if c else "" for c in row] for t in tables for row in t.grid()]


def test_cells_below_one_another_are_rows() -> None:
    rows = cells(
        "Chỉ tiêu của kế hoạch như sau đây",
        *HEAD,
        "1",
        "Bến có phao",
        "%",
        "40",
        "2",
        "Trẻ biết bơi",
        "%",
        "60",
        "Sở Y tế theo dõi các chỉ tiêu.",
    )
    assert rows == [HEAD, ["1", "Bến có phao", "%", "40"], ["2", "Trẻ biết bơi", "%", "60"]]


def test_column_numbers_and_groups_between_them() -> None:
    rows = cells(
        *HEAD, "(1)", "(2)", "(3)", "(4)", "I", "Bến đò", "1", "Bến có phao", "%", "40", "2", "Bến có đèn", "%", "30"
    )
    assert [row[:2] for row in rows[1:]] == [["I", "Bến đò"], ["1", "Bến có phao"], ["2", "Bến có đèn"]]


def test_a_text_that_stops_inside_the_last_row() -> None:
    rows = cells(*HEAD, "1", "Bến có phao", "%", "40", "2", "Bến có đèn", "%", "30", "3", "Trẻ biết b")
    assert rows[-1] == ["3", "Trẻ biết b", "", ""]


def test_numbered_paragraphs_are_no_table() -> None:
    assert cells("TT", "Ngày mở lớp bơi là ngày hội của xã.", "1", "Mở lớp bơi.", "2", "Đóng bến.") == []
