"""Workbooks that mean harm, made in code, Excel's and OpenDocument's. Each maker gives the bytes of one file."""

from __future__ import annotations

import io
import zipfile
from functools import partial

from tests.build_word import changed, zipped
from tests.hostile import (
    MANY,
    TEXT,
    Maker,
    Outside,
    huge_member,
    laughs,
    long_entity,
    lying,
    plain_sizes,
    relation,
    with_doctype,
)
from tests.hostile_ole import container

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


# --- spreadsheets ---


def xlsx(rows: str, strings: str = "", styles: str = "", relations: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    kinds = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
    parts = {
        "r1": ("worksheet", "worksheets/sheet1.xml"),
        "r2": ("sharedStrings", "sharedStrings.xml"),
        "r3": ("styles", "styles.xml"),
    }
    related = "".join(
        f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{at}"/>' for i, (kind, at) in parts.items()
    )
    members = {
        "[Content_Types].xml": kinds,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}{relations}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}">{styles}<cellXfs count="1"><xf numFmtId="4"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return zipped({name: text.encode() for name, text in members.items()})


def cell(place: str, value: str, kind: str = "str") -> str:
    """A cell of a sheet."""
    return f'<c r="{place}" t="{kind}"><v>{value}</v></c>'


def good_xlsx(value: str = TEXT) -> bytes:
    """A workbook as there are many."""
    rows = "".join(
        f'<row r="{n}">' + "".join(cell(f"{c}{n}", f"{value} {n}") for c in "ABC") + "</row>" for n in range(1, 4)
    )
    return xlsx(rows, f"<si><t>{TEXT}</t></si>")


def linked_xlsx(outside: Outside) -> bytes:
    """A workbook with formulas that fetch and run, and external links."""
    formulas = (
        f"[1]A!$A$1+WEBSERVICE(&quot;{outside.server}w&quot;)",
        "cmd|'/C calc'!A0",
        f"HYPERLINK(&quot;{outside.server}h&quot;)",
        f"'{outside.server}[b.xlsx]A'!A1",
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><f>{f}</f><v>{TEXT}</v></c></row>' for n, f in enumerate(formulas, 1)
    )
    return xlsx(rows, relations=relation("externalLink", f"{outside.server}book.xlsx"))


def _far_cell(place: str, row: int) -> bytes:
    return xlsx(f'<row r="1">{cell("A1", TEXT)}</row><row r="{row}">{cell(place, TEXT)}</row>')


_CELL = "<c t='str'><v>Mở lớp</v></c>"

SHEETS: dict[str, Maker] = {
    "a cell in the last corner": partial(_far_cell, "XFD1048576", 1048576),
    "a cell beyond the last corner": partial(_far_cell, "ZZZ4294967295", 4294967295),
    "a million strings": lambda: xlsx(f'<row r="1">{cell("A1", "5", "s")}</row>', "<si><t>Mở lớp</t></si>" * MANY),
    "strings of 1 GB whose size is a lie": lambda: lying(
        plain_sizes(
            good_xlsx(),
            "xl/sharedStrings.xml",
            3000,
            b"<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>",
        ),
        "xl/sharedStrings.xml",
    ),
    "strings of 1 GB": lambda: huge_member(good_xlsx(), "xl/sharedStrings.xml", 1000, b"<"),
    "a million cells": lambda: xlsx("".join(f'<row r="{n}">{_CELL * 20}</row>' for n in range(1, 50_001))),
    "merged cells over everything": lambda: changed(
        good_xlsx(),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 10_000 + b"</mergeCells>",
        ),
    ),
    "laughs in a sheet": lambda: changed(good_xlsx(), "xl/worksheets/sheet1.xml", with_doctype(laughs())),
    "laughs in attributes of a sheet": lambda: changed(
        good_xlsx(),
        "xl/worksheets/sheet1.xml",
        lambda old: laughs().encode() + old.replace(b't="str"', b't="str" s="&z;"'),
    ),
    "laughs in the formats": lambda: changed(
        good_xlsx(), "xl/styles.xml", lambda old: laughs().encode() + old.replace(b'numFmtId="4"', b'numFmtId="&z;"')
    ),
    "laughs in the strings": lambda: changed(good_xlsx(), "xl/sharedStrings.xml", with_doctype(laughs())),
    "a long entity, often, in attributes": lambda: changed(
        xlsx("<c s='&z;'/>" * 50_000), "xl/worksheets/sheet1.xml", with_doctype(long_entity())
    ),
    "a number with an endless format": lambda: xlsx(
        '<row r="1"><c r="A1" s="0"><v>1e308</v></c><c r="B1" s="0"><v>-1e-300</v></c><c r="C1"><v>nan</v></c></row>'
        * 3,
        styles=f'<numFmts><numFmt numFmtId="4" formatCode="0.{"0" * 5000}"/></numFmts>',
    ),
    "a date beyond all years": lambda: xlsx(
        '<row r="1"><c r="A1" s="0"><v>1e15</v></c><c r="B1" s="0"><v>-5</v></c></row>' * 3,
        styles='<numFmts><numFmt numFmtId="4" formatCode="dd/mm/yyyy"/></numFmts>',
    ),
    "elements in elements": lambda: xlsx("<row>" * 100_000),
    "a garbled XLS": lambda: xls(bytes(range(256)) * 100),
    "an XLS of records that lie": lambda: xls(
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x85\x00\xff\xff" + b"\xff" * 4000
    ),
}


def xls(stream: bytes) -> bytes:
    """An OLE container with one stream "Workbook"."""
    return container({"Workbook": stream})


# --- OpenDocument ---


def odf(kind: str, body: str) -> bytes:
    """A file of OpenDocument: "text" or "spreadsheet"."""
    names = (
        " ".join(f'xmlns:{n}="{_ODF}:{n}:1.0"' for n in ("office", "text", "table", "style", "drawing"))
        + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    content = f'<office:document-content {names} office:version="1.2"><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>'
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content.encode(), zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods(cells: str) -> bytes:
    return odf(
        "spreadsheet",
        f'<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>{TEXT}</text:p></table:table-cell></table:table-row>{cells}</table:table>',
    )


def _repeated(rows: int, columns: int) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>{TEXT}</text:p></table:table-cell></table:table-row>'


ODS: dict[str, Maker] = {
    "a billion columns": lambda: _ods(_repeated(1, 10**9)),
    "a billion rows": lambda: _ods(_repeated(10**9, 1)),
    "a thousand times ten thousand rows": lambda: _ods(_repeated(10_000, 100) * 1000),
    "laughs": lambda: changed(_ods("<text:p>&z;</text:p>"), "content.xml", with_doctype(laughs())),
    "content of 1 GB": lambda: huge_member(_ods(""), "content.xml", 1000),
    "content of 1 GB whose size is a lie": lambda: lying(
        plain_sizes(_ods(""), "content.xml", 3000, b" "), "content.xml"
    ),
}
