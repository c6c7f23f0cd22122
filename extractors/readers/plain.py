"""Plain text: tab-separated or piped tables, hard-wrapped lines, markdown marks, text saved from web pages."""

from __future__ import annotations

import re

from extractors.assembly import assemble
from extractors.columns import is_header_row
from extractors.document import Document, RawCell, RawItem, RawParagraph, RawTable
from extractors.furniture import mark_furniture
from extractors.readers.cell_lines import tables_from_cell_lines
from extractors.readers.run_together import parted_lines
from extractors.readers.side_by_side import read_by_columns
from extractors.readers.wrapping import goes_on, is_full, printed_width
from normalizers.text import collapse, nfc

_FRONT_MATTER = re.compile(r"\A(?:[A-Z][A-Z_ ]{1,20}:[^\n]*\n)+-{3,}\n")
_RULE_LINE = re.compile(r"^[\s\-_=|*.:~–—]*$")
_TAG = re.compile(r"</?(?:ul|ol|li|p|br|b|i|strong|em|span|div|font|u)\b[^>]*>", re.IGNORECASE)
_ANY_MARKUP = re.compile(r"[*\\<>#_]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<=\s)\*{2,3}(?=\s|$)")
_WRITTEN_ESCAPE = re.compile(r"(?:\\[rnt])+")
_FEWEST_ESCAPES = 4
_MOST_COLUMNS = 200  # a line of more marks is no row of a table
_MOST_FILLED = 10  # times: a row of so many fewer cells than those above is not of their table
_IN_CELL_ITEM = re.compile(r"(?<=[.;:,>])\s+(?=-\s)|^\s*(?=-\s)")
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029|\x0c")


def read(text: str) -> Document:
    """Reads decoded text into a Document of text layer "plain". Never fails: what is no table is a paragraph."""
    text = _without_written_escapes(nfc(_NEWLINES.sub("\n", text)))
    text = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", " ", text)
    front = _FRONT_MATTER.match(text)
    url = None
    if front:
        m = re.search(r"^URL:\s*(\S+)", front.group(), re.MULTILINE)
        url = m.group(1) if m else None
        text = text[front.end() :]
    items = tables_from_cell_lines(parted_lines(raw_items(text)))
    mark_furniture(items)
    assembled = assemble(items)
    return Document(
        text=assembled.text, blocks=assembled.blocks, text_layer="plain", media_type="text/plain", source_url=url
    )


def _without_written_escapes(text: str) -> str:
    """A text saved with its line ends written out ("dạy nghề\\r\\ndệt chiếu") gets spaces for them: they broke lines of the source."""
    return _WRITTEN_ESCAPE.sub(" ", text) if len(_WRITTEN_ESCAPE.findall(text)) >= _FEWEST_ESCAPES else text


def raw_items(text: str) -> list[RawItem]:
    """Paragraphs and tables of text whose lines end with newlines, in reading order."""
    lines = read_by_columns(text.split("\n"))
    width = printed_width(lines)
    printed = ""
    items: list[RawItem] = []
    blank = True
    for line in lines:
        cells = _cells(line, items[-1] if items else None)
        if cells is not None:
            _add_row(items, cells, blank)
            blank = False
            continue
        paragraph = _paragraph(line)
        if paragraph is None:
            blank = blank or not line.strip() or bool(_RULE_LINE.match(line))
            continue
        last = items[-1] if items else None
        if isinstance(last, RawParagraph) and goes_on(
            last.text, paragraph.text, blank, is_full(printed, paragraph.text, width), width > 0
        ):
            last.text = f"{last.text.rstrip()} {paragraph.text.lstrip()}"
            last.bold = last.bold and paragraph.bold
        else:
            items.append(paragraph)
        printed = line
        blank = False
    widths = {len(i.rows[0]) for i in items if isinstance(i, RawTable) and len(i.rows) > 1}
    return [i for item in items for i in _flattened(item, widths)]


def _cells(line: str, above: RawItem | None) -> list[str] | None:
    """Cells of a table line, None for other lines. A line of few tabs belongs to a table only below one of its width."""
    if max(line.count("|"), line.count("\t")) > _MOST_COLUMNS:
        return None
    if line.strip().endswith("|") and line.count("|") > (2 if line.strip().startswith("|") else 1):
        inner = line.strip().strip("|").split("|")
        return None if all(_RULE_LINE.match(c) for c in inner) else inner
    barred = line.strip().split(" | ")
    width = len(above.rows[0]) if isinstance(above, RawTable) else 0
    if len(barred) > 2 and (len(barred) == width or is_header_row(barred)):  # "TT | Nhiệm vụ | Cơ quan chủ trì"
        return barred
    tabs = line.count("\t")
    if not tabs or not line.strip():
        return None
    if tabs + 1 == width or (tabs >= 2 and line.strip().count("\t")) or (tabs >= 2 and width):
        return line.split("\t")
    return None


def _add_row(items: list[RawItem], texts: list[str], blank: bool) -> None:
    cells = [RawCell(_clean_cell(t)) for t in texts]
    last = items[-1] if items else None
    if not isinstance(last, RawTable) or len(cells) * _MOST_FILLED < len(last.rows[0]):
        last = RawTable([])
        items.append(last)
    width = len(last.rows[0]) if last.rows else len(cells)
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    cells += [RawCell("") for _ in range(width - len(cells))]
    if blank:
        last.breaks.add(len(last.rows))
    last.rows.append(cells)


def _clean_cell(text: str) -> str:
    listed = "<ul" in text.lower()
    bare = _ESCAPED.sub(r"\1", _TAG.sub(" ", text))
    bare = collapse(re.sub(r"\*{2,3}|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)", "", bare))
    return _IN_CELL_ITEM.sub("\n", bare).strip() if listed else bare


def _paragraph(line: str) -> RawParagraph | None:
    if _RULE_LINE.match(line):
        return None
    if not _ANY_MARKUP.search(line):
        return RawParagraph(text) if (text := collapse(line)) else None
    text = _ESCAPED.sub(r"\1", _TAG.sub(" ", line)).strip()
    bold = bool(
        re.match(r"#{1,6}\s", text)
        or re.fullmatch(r"([*_]{2,3})(?:(?!\1).)+\1", text)
        or re.match(r"\*\*\* .*\*\*$", text)
    )
    text = re.sub(r"^#{1,6}\s+", "", text)
    text = re.sub(r"^>\s+", "", text)
    lead = re.match(r"\*{1,3}\s+(?=\S)", text)
    body = _EMPHASIS.sub("", text[lead.end() :] if lead else text)
    text = collapse(("* " if lead else "") + body)
    return RawParagraph(text, bold) if text and not _RULE_LINE.match(text) else None


def _flattened(item: RawItem, widths: set[int]) -> list[RawItem]:
    """Two columns, or a single row that belongs to no table of its width, are layout: their cells become paragraphs."""
    if isinstance(item, RawTable) and (
        len(item.rows[0]) < 3 or (len(item.rows) < 2 and len(item.rows[0]) not in widths)
    ):
        return [
            RawParagraph(part) for row in item.rows for cell in row for part in cell.text.split("\n") if part.strip()
        ]
    return [item]
