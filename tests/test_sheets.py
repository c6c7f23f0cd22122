"""Spreadsheets: lines above a table, merged cells, numbers as they are shown, sheets that say nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from extractors.document import UnreadableError
from extractors.readers import read
from extractors.readers.sheet_formats import shown
from tests.build_word import grid, lines, zipped

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
STYLES = ["General", "0.00", "#,##0", "0%", "dd/mm/yyyy"]


def cell(place: str, content: str | float, style: int = 0) -> str:
    if isinstance(content, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{content}</v></c>'


def sheet(rows: dict[int, list[str]], merged: str = "") -> str:
    data = "".join(f'<row r="{n}">{"".join(cells)}</row>' for n, cells in rows.items())
    ranges = "".join(f'<mergeCell ref="{r}"/>' for r in merged.split())
    return f"<worksheet {_MAIN}><sheetData>{data}</sheetData>{f'<mergeCells>{ranges}</mergeCells>' if ranges else ''}</worksheet>"


def workbook(*sheets: str, hidden: int = -1) -> bytes:
    def state(n: int) -> str:
        return ' state="hidden"' if n == hidden else ""

    listed = "".join(f'<sheet name="S{n}" sheetId="{n + 1}"{state(n)} r:id="r{n}"/>' for n in range(len(sheets)))
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(STYLES) if n)
    looks = "".join(f'<xf numFmtId="{200 + n if n else 0}"/>' for n in range(len(STYLES)))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/worksheet" Target="worksheets/s{n}.xml"/>' for n in range(len(sheets))
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>',
        "xl/styles.xml": f"<styleSheet {_MAIN}><numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}<Relationship Id="rs" Type="{_R}/styles" Target="styles.xml"/></Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_KIND}sheet.main+xml"/></Types>',
    } | {f"xl/worksheets/s{n}.xml": text for n, text in enumerate(sheets)}  # fmt: skip
    return zipped({name: text.encode() for name, text in parts.items()})


PLAN = {
    2: [cell("B2", "PHỤ LỤC")],
    3: [cell("B3", "DANH MỤC CÔNG TRÌNH NƯỚC SẠCH")],
    5: [cell("E5", "Đơn vị: triệu đồng")],
    6: [cell("B6", "STT"), cell("C6", "Công trình"), cell("D6", "Kinh phí"), cell("E6", "Hoàn thành")],
    7: [cell("B7", "I. Xã vùng cao")],
    8: [cell("B8", 1.1, 1), cell("C8", "Giếng"), cell("D8", 1250, 2), cell("E8", 46082, 4)],
    9: [cell("B9", 2), cell("C9", "Bể"), cell("D9", 0.5, 3), cell("E9", 2027)],
}


def test_titles_are_text_and_the_table_is_as_it_is_shown() -> None:
    document = read(workbook(sheet(PLAN, "B2:E2 B3:E3 B7:E7")))
    assert lines(document) == ["PHỤ LỤC", "DANH MỤC CÔNG TRÌNH NƯỚC SẠCH", "Đơn vị: triệu đồng"]
    assert grid(document) == [
        ["STT", "Công trình", "Kinh phí", "Hoàn thành"],
        ["I. Xã vùng cao"] * 4,
        ["1.10", "Giếng", "1,250", "01/03/2026"],
        ["2", "Bể", "50%", "2027"],
    ]
    assert document.text_layer == "xlsx"


def test_cells_over_rows_and_columns() -> None:
    rows = {
        1: [cell("A1", "TT"), cell("B1", "Nội dung"), cell("C1", "Thời gian")],
        2: [cell("C2", "Bắt đầu"), cell("D2", "Kết thúc")],
        3: [cell("A3", 1), cell("B3", "Mở lớp"), cell("C3", 2026), cell("D3", 2027)],
    }
    assert grid(read(workbook(sheet(rows, "A1:A2 B1:B2 C1:D1")))) == [
        ["TT", "Nội dung", "Thời gian", "Thời gian"],
        ["TT", "Nội dung", "Bắt đầu", "Kết thúc"],
        ["1", "Mở lớp", "2026", "2027"],
    ]


def test_a_letterhead_is_read_left_side_first() -> None:
    rows = {
        1: [cell("A1", "SỞ Y TẾ"), cell("C1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
        2: [cell("A2", "Số: 5/KH-SYT"), cell("C2", "Độc lập - Tự do - Hạnh phúc")],
        4: [cell("A4", "STT"), cell("B4", "Công trình"), cell("C4", "Hoàn thành")],
        5: [cell("A5", 1), cell("B5", "Giếng"), cell("C5", 2027)],
    }
    assert lines(read(workbook(sheet(rows)))) == [
        "SỞ Y TẾ",
        "Số: 5/KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_signature_below_the_table_is_text() -> None:
    rows = PLAN | {11: [cell("D11", "GIÁM ĐỐC")], 12: [cell("D12", "Nguyễn Thị Hoa")]}
    assert lines(read(workbook(sheet(rows))))[-2:] == ["GIÁM ĐỐC", "Nguyễn Thị Hoa"]


def test_empty_and_hidden_sheets_say_nothing() -> None:
    document = read(workbook(sheet({}), sheet(PLAN), sheet({1: [cell("A1", "bản nháp")]}), hidden=2))
    assert "bản nháp" not in document.text
    assert lines(document)[0] == "PHỤ LỤC"


def test_old_letters_become_unicode() -> None:
    rows = {1: [cell("A1", "B¸o c¸o viÖc cÊp n­íc s¹ch cho c¸c x· vïng cao")]}
    assert lines(read(workbook(sheet(rows)))) == ["Báo cáo việc cấp nước sạch cho các xã vùng cao"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(5.0, None, "5"), (1.1, None, "1.1"), (0.1 + 0.2, None, "0.3"), (1.1, "0.00", "1.10"), (2.5, "0", "3"), (7.0, "00", "07"),
     (1234567.891, "#,##0.00", "1,234,567.89"), (12.5, '#,##0.0" triệu"', "12.5"), (1500000.0, "#,##0,", "1,500"), (3.0, "0.##", "3"),
     (0.125, "0.0%", "12.5%"), (-1234.0, "_(* #,##0_);_(* (#,##0)", "-1,234"), (7.0, "@", "7"), (True, None, "TRUE"),
     (date(2026, 3, 2), None, "02/03/2026"), (datetime(2026, 3, 2), "mm/yyyy", "03/2026"), (datetime(2026, 3, 2, 7, 30), None, "02/03/2026 07:30")],
)  # fmt: skip
def test_values_as_a_cell_shows_them(value: object, code: str | None, text: str) -> None:
    assert shown(value, code) == text


def test_a_damaged_workbook_says_so() -> None:
    whole = workbook(sheet(PLAN))
    at = whole.index(b"xl/styles.xml") + 20
    noise = whole[:at] + b"\xff" * 20 + whole[at + 20 :]
    for broken in (whole[: len(whole) // 2], noise, whole.replace(b"xl/worksheets/s0.xml", b"xl/worksheets/s9.xml")):
        with pytest.raises(UnreadableError, match="cut off or damaged"):
            read(broken)
