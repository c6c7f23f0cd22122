"""How a spreadsheet shows its numbers: the formats that an XLSX gives its cells, and values written by them."""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00"}  # fmt: skip
_NO_FIGURES = re.compile(r"""\[[^\]]*\]|"[^"]*"|\\.|_.|\*.""")
_FIGURES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")
_MOST_DECIMALS, _DIGITS = 30, 400  # as many as Excel shows; as many as the largest number has
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d*)")

Formats = dict[tuple[int, int], str]


def formats_of(archive: zipfile.ZipFile) -> dict[str, Formats]:
    """By the name of a sheet the number formats of its cells (row and column from 0) that have one of their own. Empty for a
    workbook that is built in another way: its numbers are then written in full."""
    try:
        styles = _styles(archive)
        return {name: _of_sheet(archive, path, styles) for name, path in _sheets(archive).items()}
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return {}


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name), _PARSER)


def _styles(archive: zipfile.ZipFile) -> list[str | None]:
    root = _tree(archive, "xl/styles.xml")
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")}
    ids = [int(x.get("numFmtId", "0")) for x in root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return [own.get(i, _BUILT_IN.get(i)) for i in ids]


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    paths = {}
    for sheet in _tree(archive, "xl/workbook.xml").iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        paths[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return paths


def _of_sheet(archive: zipfile.ZipFile, path: str, styles: list[str | None]) -> Formats:
    formats: Formats = {}
    for cell in _tree(archive, path).iter(f"{_MAIN}c"):
        style = int(cell.get("s", "0"))
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        if place and cell.get("t", "n") == "n" and style < len(styles) and (code := styles[style]):
            formats[int(place.group(2)) - 1, _column(place.group(1))] = code
    return formats


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def shown(value: object, code: str | None) -> str:
    """A value as a cell shows it: 1.1 by "0.00" → "1.10", 0.5 by "0%" → "50%", 1200.0 by "#,##0" → "1,200"; days as dd/mm/yyyy."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime):
        clock = value.strftime(" %H:%M") if value.time() != time() else ""
        return _day(value.date(), code) + clock
    if isinstance(value, date):
        return _day(value, code)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return ""
        return _number(float(value), code)
    return str(value)


def _day(day: date, code: str | None) -> str:
    pattern = _NO_FIGURES.sub("", code or "d").lower()
    if "d" in pattern or "y" not in pattern:
        return day.strftime("%d/%m/%Y")
    return day.strftime("%m/%Y") if "m" in pattern else day.strftime("%Y")


def _number(value: float, code: str | None) -> str:
    section = _NO_FIGURES.sub("", (code or "").split(";")[0])
    figures = _FIGURES.search(section)
    if figures is None or "E" in section or "/" in section:
        return _in_full(value)
    whole, _, fraction = figures.group().partition(".")
    fraction = fraction[:_MOST_DECIMALS]
    scaled = Decimal(repr(value)) * (100 if "%" in section else 1) / 1000 ** (len(whole) - len(whole.rstrip(",")))
    least, most = fraction.rstrip("#?").count("0"), len(fraction)
    with localcontext(prec=_DIGITS):
        rounded = scaled.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    text = text.rstrip(".").zfill(whole.count("0") + (1 + most if most else 0))
    return text + ("%" if "%" in section else "")


def _in_full(value: float) -> str:
    """The General format: so many digits as fit into a cell, no ".0"."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{Decimal(f'{value:.10g}'):f}"
