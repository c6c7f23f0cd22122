"""Tables of indicators: one target for each row and column of a year to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.aim_sources import AIMS
from extractors.columns import cue_gazetteer
from extractors.document import Cell
from extractors.figures_of_aims import quantities_of
from extractors.findings import Evidence, Target
from extractors.grids import Column, Grid, Row, read_grid
from extractors.outline import Node, Outline
from extractors.targets import direction
from normalizers.quantities import Quantity, find_quantities
from normalizers.text import collapse, key

_OF_OTHER_TABLES = frozenset({"action", "source", "unit_price", "quantity", "time", "start", "end"})
_NO_AIMS = frozenset({"finance", "history", "results"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_BARE_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d{2}$|(?:giai\s+đoạn\s+)?(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}$")
_UNIT_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$|,\s*(%)\s*$")
_MAGNITUDE = re.compile(r"(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)")
_LONGEST_FIGURE = 40


@dataclass(frozen=True, slots=True)
class _Aim:
    """A column of what is to be reached, with the years of its heading."""

    column: Column
    first_year: int | None
    last_year: int | None


def find_table_targets(outline: Outline, issued_year: int | None, statements: int) -> tuple[Target, ...]:
    """Targets of every table of indicators, numbered behind the `statements` of the text; a row is one statement.

    "1 | Tỷ lệ hộ có vườn rau | % | 35 | 60" under "TT | Chỉ tiêu | ĐVT | Thực hiện 2022 | Kế hoạch 2027" → 60 % by 2027
    """
    found: list[Target] = []
    for node in outline.nodes:
        grid = read_grid(node.block.table) if node.block.table is not None and node.zone != "signature" else None
        if grid is None or not is_target_table(grid, node):
            continue
        aims = [a for c in grid.columns if (a := _aim(c, issued_year)) is not None]
        for row in grid.rows:
            counted = row.kind != "total"  # "1 | Tổng lượt khách | … | 900" heads "1.1" and is to be reached too
            rows = list(_row_targets(grid, row, node, aims, statements + 1)) if counted else []
            statements += bool(rows)
            found += rows
    return tuple(found)


def is_target_table(grid: Grid, node: Node) -> bool:
    """Whether rows are indicators to be reached: a column of indicators and one of a plan or a year; no actions, no money.

    Bare years without a column of units may as well be the years of a budget.
    """
    roles = {c.role for c in grid.columns}
    money = any(c.role == "money" and not _YEAR.search(c.heading) for c in grid.columns)
    return (
        node.role not in _NO_AIMS
        and (_indicator(grid) or _named_in_aims(grid, node)) is not None
        and not money
        and not roles & _OF_OTHER_TABLES
        and any(_aim(c, None) for c in grid.columns)
        and (node.role in AIMS or grid.column("unit") is not None or any("planned" in _codes(c) for c in grid.columns))
    )


def _indicator(grid: Grid) -> Column | None:
    """The column of the indicators' names; "Chỉ tiêu năm 2027" is a column of figures."""
    return next((c for c in grid.columns if c.role == "indicator" and not _YEAR.search(c.heading)), None)


def _named_in_aims(grid: Grid, node: Node) -> Column | None:
    """Among aims the first column of words names what is measured, whatever it is called: "Ngành, sản phẩm | ĐVT | Năm 2028"."""
    if node.role not in AIMS or grid.column("unit") is None:
        return None
    return next(
        (c for c in grid.columns if c.role in (None, "content", "result") and not _YEAR.search(c.heading)), None
    )


def _aim(column: Column, issued_year: int | None) -> _Aim | None:
    """A heading that speaks of a plan and a year ("Kế hoạch 2027", "Mục tiêu đến năm 2030"), or bare years to come
    ("2027", "Giai đoạn 2026 - 2030")."""
    years = [int(y) for y in _YEAR.findall(column.heading)]
    if not years or column.role not in (None, "indicator", "money"):
        return None
    parts, codes = column.heading.split(" / "), _codes(column)
    to_come = bool(_BARE_YEAR.fullmatch(key(parts[-1]))) and (issued_year is None or years[-1] >= issued_year)
    if "reached" in codes or not ("planned" in codes or to_come):
        return None
    nearest = [int(y) for y in _YEAR.findall(parts[-1])] or years
    return _Aim(column, nearest[0] if len(nearest) > 1 else None, nearest[-1])


def _codes(column: Column) -> frozenset[str]:
    """What a dated heading says of its figures: reached, planned, both or nothing."""
    if not _YEAR.search(column.heading):
        return frozenset()
    return frozenset(h.entry.code for h in cue_gazetteer("indicator_columns").find(column.heading))


def _row_targets(grid: Grid, row: Row, node: Node, aims: list[_Aim], statement: int) -> Iterator[Target]:
    named = _indicator(grid) or _named_in_aims(grid, node)
    name = row.cells[named.index] if named else None
    text = collapse(name.text) if name else ""
    if not re.search(r"[^\W\d_]{2}", text):
        return
    unit = _unit(grid, row, text)
    start = _start(grid, row, unit)
    seen: set[int] = set()
    for aim in aims:
        cell = row.cells[aim.column.index]
        if cell is None or cell is name or id(cell) in seen:
            continue
        seen.add(id(cell))
        quantity = _figure(cell, unit)
        if quantity is not None:
            section = " > ".join(part for part in (node.path(), row.label) if part)
            evidence = Evidence(row.start, row.end, section, "indicator_row")
            yield _target(statement, text, cell, quantity, aim, start, evidence)


def reached_columns(grid: Grid) -> list[Column]:
    """Columns that say what was reached and not what was planned: "Thực hiện 2027", "Đạt được"."""
    return [c for c in grid.columns if (codes := _said(c)) & {"reached"} and "planned" not in codes]


def named_column(grid: Grid) -> Column | None:
    """The column that names what was measured: that of indicators, else, beside a column of units, that of the contents."""
    return grid.column("indicator") or (grid.column("content") if grid.column("unit") is not None else None)


def _said(column: Column) -> frozenset[str]:
    return frozenset(h.entry.code for h in cue_gazetteer("indicator_columns").find(column.heading))


def figure_of_row(grid: Grid, row: Row, cell: Cell) -> Quantity | None:
    """The figure of a cell in the unit of its row; None for words."""
    named = named_column(grid)
    name = row.cells[named.index] if named else None
    return _figure(cell, _unit(grid, row, collapse(name.text) if name else ""))


def _start(grid: Grid, row: Row, unit: str) -> tuple[float | None, int | None]:
    """Value and year of the last column that says what was reached: "35" under "Thực hiện 2022" → 35, 2022."""
    for column in reversed(grid.columns):
        cell = row.cells[column.index]
        if cell is None or not _codes(column) & {"reached"} or "planned" in _codes(column):
            continue
        quantity = _figure(cell, unit)
        if quantity is not None and quantity.value is not None:
            return quantity.value, int(_YEAR.findall(column.heading)[-1])
    return None, None


def _unit(grid: Grid, row: Row, indicator: str) -> str:
    """The unit of its own column, else the one behind the indicator: "Tỷ lệ che phủ rừng (%)"."""
    column = grid.column("unit")
    cell = row.cells[column.index] if column else None
    if cell is not None and collapse(cell.text):
        return collapse(cell.text)
    m = _UNIT_IN_BRACKETS.search(indicator)
    return (m.group(1) or m.group(2)) if m else ""


def _figure(cell: Cell, unit: str) -> Quantity | None:
    """The figure of a cell in the unit of its row, as printed ("1.250" of "triệu đồng/năm" → 1250); None for a cell without figure
    and for one of words."""
    printed = collapse(cell.text)
    if not re.search(r"\d", printed) or len(printed) > _LONGEST_FIGURE:
        return None
    own = quantities_of(printed)
    if len(own) == 1:
        return own[0]
    measured = (
        quantities_of(f"{printed} {unit[:1].lower()}{unit[1:]}") if unit and not _MAGNITUDE.match(key(unit)) else []
    )
    if len(measured) == 1 and measured[0].unit_code is not None:
        return replace(measured[0], unit_text=unit)
    bare = find_quantities(f"{printed} %")
    return replace(bare[0], unit_code=None, unit_text=unit or None) if len(bare) == 1 else None


def _target(
    statement: int,
    text: str,
    cell: Cell,
    quantity: Quantity,
    aim: _Aim,
    start: tuple[float | None, int | None],
    evidence: Evidence,
) -> Target:
    return Target(
        statement, "specific", text, None, text, collapse(cell.text), quantity.value_kind, quantity.value, quantity.low, quantity.high,
        quantity.unit_code, quantity.unit_text, direction(text) or "reach", aim.last_year, aim.first_year, *start, None, evidence,
    )  # fmt: skip
