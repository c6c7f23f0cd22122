"""A table as rows of meaning: headings over each column, group rows, data rows, totals; repeated and number rows left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.columns import column_role, heading_year, is_header_row, is_index_heading
from extractors.document import Cell, Table
from extractors.labels import parse_label
from normalizers.memo import remembered
from normalizers.text import collapse, key

_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?$")
_INDEX = re.compile(r"\(?(\d+(?:\.\d+)*|[IVXLC]+|[A-Za-zđĐ])\)?\s*[.)]?$")
_ORDINAL = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]+|[A-H]")
# Columns that a heading row fills with the sums of the rows below it.
_SUMS = frozenset({"money", "quantity", "unit"})
_SOURCES = frozenset({"source", None})
_TOTAL = re.compile(
    r"(?:tổng\s+(?:số|cộng|kinh\s+phí|mức(?:\s+đầu\s+tư)?|giá\s+trị|dự\s+toán|chi\s+phí)?|cộng|tổng)\s*+(?:\(.*\)\s*+)?:?$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its headings from top to bottom joined by " / ", its role, and the year over it where there is one."""

    index: int
    heading: str
    role: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headings. `kind`: data, group, total. `cells` by column, None where nothing stands."""

    kind: str
    label: str | None
    name: Cell | None
    cells: tuple[Cell | None, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table understood; `columns` in order, `rows` without headings, column numbers and repeated headings."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return next((c for c in self.columns if c.role == role), None)

    def having(self, role: str) -> list[Column]:
        """Every column of a role."""
        return [c for c in self.columns if c.role == role]


@remembered
def read_grid(table: Table) -> Grid | None:
    """The grid of a table with a heading row; None for tables without one."""
    places = table.grid()
    first = next((n for n, row in enumerate(places) if not _is_title(row) and is_header_row(_texts(row))), None)
    if first is None or first > 3:
        return None
    last = _header_end(places, first)
    columns = tuple(_column(places[first:last], c) for c in range(table.n_columns))
    if columns and columns[0].role is None and _counts_rows([_heading(row[0]) for row in places[last:]]):
        columns = (replace(columns[0], role="index"), *columns[1:])
    named = next((c.index for role in ("action", "content", "indicator") for c in columns if c.role == role), None)
    if named is None:
        named = 1 if columns and columns[0].role == "index" and len(columns) > 1 else 0
    headings = [_texts(row) for row in places[first:last]]
    rows = []
    for n in range(last, len(places)):
        texts = _texts(places[n])
        if not any(texts) or texts in headings or _is_number_row(texts):
            continue
        rows.append(_row(places[n], columns, named, _texts(places[n + 1]) if n + 1 < len(places) else []))
    return Grid(table, columns, tuple(rows))


def _is_title(row: list[Cell | None]) -> bool:
    """Whether one cell spans a row: the title of the table inside it."""
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def _texts(row: list[Cell | None]) -> list[str]:
    return [collapse(c.text) if c else "" for c in row]


def _header_end(places: list[list[Cell | None]], first: int) -> int:
    """Index of the first row that is no heading: below spanning heading cells, and below sub-headings ("Bắt đầu | Kết thúc")."""
    spans = [c.row + c.row_span for c in places[first] if c is not None and c.row == first]
    end = min(max([first + 1, *(s for s in spans if s <= first + 4)]), len(places))
    while end < len(places):
        texts = _texts(places[end])
        filled = [t for t in texts if t]
        sub = filled and not texts[0] and all(column_role(t) for t in filled)
        if not (sub or (filled and _is_number_row(texts))):
            break
        end += 1
    return end


def _counts_rows(texts: list[str]) -> bool:
    """Whether a column numbers the rows, whatever its heading says: a scan may have it as "ST T1"."""
    filled = [t for t in texts if t]
    return len(filled) > 1 and all(_ORDINAL.fullmatch(t) for t in filled) and len(filled) * 2 >= len(texts)


def _is_number_row(texts: list[str]) -> bool:
    filled = [t for t in texts if t]
    if len(filled) < 3 or not all(_COLUMN_NUMBER.match(t) for t in filled):
        return False
    numbers = [int(m.group()) for t in filled if (m := re.search(r"\d+", t))]
    return "(" in filled[0] or (
        numbers == sorted(set(numbers)) and len(numbers) >= 3 and numbers[-1] - numbers[0] < 2 * len(numbers)
    )


def _heading(cell: Cell | None) -> str:
    return collapse(cell.text) if cell else ""


def _column(header: list[list[Cell | None]], index: int) -> Column:
    texts: list[str] = []
    for n, row in enumerate(header):
        text = _heading(row[index])
        if not text and n + 1 < len(header) and _heading(header[n + 1][index]):  # a heading that spans to the right
            text = next((t for cell in reversed(row[:index]) if (t := _heading(cell))), "")
        if text and not _COLUMN_NUMBER.match(text) and text not in texts:
            texts.append(text)
    role = next((r for r in (column_role(t) for t in reversed(texts)) if r not in (None, "year")), None)
    year = next((y for t in texts if (y := heading_year(t))), None)
    if role is None and year is not None:
        role = "money"
    if role == "total":
        role = "money"
    return Column(index, " / ".join(texts), role, year)


def _unrepeated(cells: list[Cell | None]) -> list[Cell | None]:
    """A row that names a group, whose one cell a copy wrote into every column: "I | Bến đò | Bến đò | Bến đò" is "I" and one cell."""
    others = [c for c in cells[1:] if c is not None]
    words = {collapse(c.text) for c in others}
    copied = len(others) > 2 and len(others) == len(cells) - 1 and len({id(c) for c in others}) == len(others)
    if not copied or len(words) > 1 or len(words.pop()) < 4:
        return cells
    return [cells[0], *[others[0]] * len(others)]


def _row(cells: list[Cell | None], columns: tuple[Column, ...], named: int, below: list[str]) -> Row:
    cells = _unrepeated(cells)
    distinct = {id(c): c for c in cells if c is not None and collapse(c.text)}
    start = min((c.start for c in distinct.values()), default=0)
    end = max((c.end for c in distinct.values()), default=0)
    name = cells[named]
    numbered = columns and (columns[0].role == "index" or is_index_heading(columns[0].heading.split(" / ")[0]))
    index = cells[0] if numbered else None
    label_match = _INDEX.match(collapse(index.text)) if index is not None else None
    label = label_match.group(1) if label_match else None
    only = next(iter(distinct.values())) if len(distinct) == 1 else None
    if any(_TOTAL.match(key(collapse(c.text))) for c in distinct.values()):
        return Row("total", None, only or name, tuple(cells), start, end)
    if only is not None and not label:
        mark = parse_label(only.text)
        return Row("group", mark.mark if mark else None, only, tuple(cells), start, end)
    sums = {
        id(cells[c.index]) for c in columns if c.role in _SUMS or (c.role in _SOURCES and _is_figure(cells[c.index]))
    }
    others = [c for c in distinct.values() if c is not index and c is not name]
    heads = _heads_with_sums if any(id(c) in sums for c in others) else _heads
    if (
        name is not None
        and collapse(name.text)
        and label
        and all(id(c) in sums for c in others)
        and heads(label, below)
    ):
        return Row("group", label, name, tuple(cells), start, end)
    return Row("data", label, name, tuple(cells), start, end)


def _is_figure(cell: Cell | None) -> bool:
    return cell is not None and bool(re.fullmatch(r"[\d.,\s]+", cell.text))


def _heads_with_sums(label: str, below: list[str]) -> bool:
    """Whether a row that adds up the rows below it heads them: "I | Thủy lợi | 1.500" above "1 | …", "2 | … | 900" above "2.1 | …"."""
    if not below or not below[0]:
        return False
    if re.fullmatch(r"[IVXLC]+|[A-Z]", label):
        return not re.match(r"[IVXLC]+\b|[A-Z]\b", below[0])
    return below[0].startswith(f"{label}.")


def _heads(label: str, below: list[str]) -> bool:
    """Whether a row of number and name alone heads the rows below it: "I | Cải cách thể chế", "2 | …" above "2.1 | …"."""
    if not below:
        return False
    if re.fullmatch(r"[IVXLC]+|[A-Z]", label):
        return True
    return below[0].startswith(f"{label}.") or not below[0] or below[0][:1] in "-+*abc"
