"""Budgets of tables: the money of task rows, and tables of lines by year, source and total."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractors.document import Cell
from extractors.findings import Budget, Evidence, Price, Task, TaskGroup
from extractors.grids import Column, Grid, Row, read_grid
from extractors.outline import Node, Outline
from extractors.target_tables import is_target_table
from extractors.task_tables import TaskTable
from normalizers.budget_sources import source_codes
from normalizers.figures import FIGURE, Figure, other_reading, parse_figure
from normalizers.money_cells import in_dong, parse_scale, read_money_cell
from normalizers.text import collapse, key

_FIGURE = re.compile(rf"(?<![\d/.,\w-]){FIGURE}(?![\d/%]|\s*%)")
_CONDITION = re.compile(r"\(((?:tùy|tuỳ|nếu|căn\s+cứ|theo\s+khả\s+năng)[^)]*)\)", re.IGNORECASE)
_RATE = re.compile(
    r"lương\s+(?:tối\s+thiểu|cơ\s+bản|cơ\s+sở|bình\s+quân|lao\s+động)|/\s*(?:tháng|ngày|giờ)(?!\w)"
)  # what one person costs
_UNIT_CELL = re.compile(r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?:đồng|việt\s+nam\s+đồng|vnđ|vnd)$")
_COUNTS = re.compile(r"(?:giá\s+trị|tổng\s+số|tổng\s+cộng|cộng)$")  # of money only where a unit says so
_THE_REST = re.compile(r"(?:các\s+)?(?:nguồn\s+|vốn\s+)*khác")
_LEAST_WITHOUT_UNIT = 100_000  # đồng: smaller figures without a unit are counts
_PURE = re.compile(r"[\d.,\s]+")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A cell's amount: offsets in the document, the figure, the unit's scale and where the unit stands."""

    start: int
    end: int
    text: str
    figure: Figure
    scale: int
    origin: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class _Target:
    """What a row's money is for: scope, breakdown without a year, group, task."""

    scope: str
    breakdown: str
    group: int | None
    task: int | None


def find_table_budgets(
    outline: Outline, task_tables: list[TaskTable], groups: list[TaskGroup], tasks: list[Task]
) -> list[Budget]:
    """Every amount of every table that has a column of money, in the order of the text."""
    found: list[Budget] = []
    read = {id(t.node): t for t in task_tables}
    for n, node in enumerate(outline.nodes):
        if node.block.table is None or node.zone == "signature":
            continue
        known = read.get(id(node))
        grid = known.grid if known else read_grid(node.block.table)
        if grid is None or not _money_columns(grid) or (known is None and is_target_table(grid, node)):
            continue
        caption = _caption_scale(outline.nodes[max(0, n - 4) : n]) or _neighbour_scale(grid)
        for row in grid.rows:
            target = _task_row(row, known) if known else _line(row, grid, groups, tasks)
            if target is not None:
                found += _row_budgets(grid, row, node, target, caption)
    return _styles_by_column(found)


def _money_columns(grid: Grid) -> list[Column]:
    named = {
        c.index
        for c in grid.columns
        if c.role in ("action", "content", "index", "lead", "cooperate", "responsibility", "result", "note")
    }
    return [
        c
        for c in grid.columns
        if c.role == "money"
        or (c.role in (None, "source") and c.index not in named and _sources_of(c, grid) and c.heading.count("/") < 3)
    ]


def _sources_of(column: Column, grid: Grid) -> tuple[str, ...]:
    """The sources of a column's heading. "Khác" beside "Ngân sách tỉnh" is the rest of the money."""
    codes = source_codes(re.sub(r"^nguồn\s+kinh\s+phí", "", key(column.heading)))
    if codes or not _THE_REST.fullmatch(key(column.heading.split(" / ")[-1])):
        return codes
    return ("other_legal",) if any(source_codes(c.heading) for c in grid.columns) else ()


def _caption_scale(nodes: tuple[Node, ...] | list[Node]) -> int | None:
    """Unit of the line over a table: "Đơn vị tính: Triệu đồng"."""
    for node in reversed(list(nodes)):
        text = collapse(node.block.text)
        if node.block.table is None and len(text) < 80 and re.search(r"đơn\s+vị(?:\s+tính)?|đvt", key(text)):
            return parse_scale(text)
    return None


def _neighbour_scale(grid: Grid) -> int | None:
    """The unit one money column states holds for those that state none: "Kinh phí (triệu đồng) | Ngân sách tỉnh"."""
    return next((scale for c in _money_columns(grid) if (scale := parse_scale(c.heading))), None)


def _task_row(row: Row, table: TaskTable) -> _Target | None:
    if row.kind == "total":
        return _Target("plan", "total", None, None)
    if row.start in table.groups_by_row:
        return _Target("task_group", "by_group", table.groups_by_row[row.start], None)
    task = table.tasks_by_row.get(row.start)
    return None if task is None else _Target("task", "by_task", None, task)


def _line(row: Row, grid: Grid, groups: list[TaskGroup], tasks: list[Task]) -> _Target | None:
    """A budget line belongs to the group or task of its label and name, else it is a line of its own."""
    if row.kind == "total":
        return _Target("plan", "total", None, None)
    name = key(collapse(row.name.text)).rstrip(" .:") if row.name else ""
    if not name or not re.search(r"[^\W\d_]{2}", name):
        return None
    for g in groups:
        if key(g.name).rstrip(" .:") == name or (g.label == row.label and row.label and _alike(key(g.name), name)):
            return _Target("task_group", "by_group", g.number, None)
    for t in tasks:
        if t.task_kind_code == "annex_action" and (
            key(t.name).rstrip(" .:") == name or (t.label == row.label and row.label and _alike(key(t.name), name))
        ):
            return _Target("task", "by_task", None, t.number)
    if _RATE.search(name):
        return None
    if _has_heads_without_number(grid):
        return _Target("line", "by_group" if row.label is None else "by_task", None, None)
    deep = (row.label is not None and "." in row.label) or row.label is None
    top = any(r.label and "." in r.label for r in grid.rows) or any(
        r.label and re.fullmatch(r"[IVX]+", r.label) for r in grid.rows
    )
    return _Target(
        "line",
        "by_task" if deep or (top and not re.fullmatch(r"[IVX]+|\d+", row.label or "")) else "by_group",
        None,
        None,
    )


def _has_heads_without_number(grid: Grid) -> bool:
    """Whether numbers begin anew below rows without one: "Chi phí tư vấn" | "1 Lập dự án" | "2 Thẩm tra" | "Chi phí khác" | "1 …"."""
    firsts = [above.label is None for above, row in pairwise(grid.rows) if row.label == "1"]
    return len(firsts) > 1 and all(firsts)


def _alike(a: str, b: str) -> bool:
    words_a, words_b = set(a.split()), set(b.split())
    return len(words_a & words_b) * 10 >= 7 * max(len(words_a), len(words_b), 1)


def _row_budgets(grid: Grid, row: Row, node: Node, target: _Target, caption: int | None) -> list[Budget]:
    source_column = grid.column("source")
    row_sources: tuple[str, ...] = ()
    source_text = None
    if source_column is not None and row.cells[source_column.index] is not None:
        source_text = collapse(row.cells[source_column.index].text) or None  # type: ignore[union-attr]
        row_sources = source_codes(source_text or "")
    price = _price(grid, row, caption)
    found = []
    seen: set[int] = set()
    undated = [c for c in _money_columns(grid) if c.year is None]
    for column in _money_columns(grid):
        cell = row.cells[column.index]
        if cell is None or id(cell) in seen or cell is row.name:
            continue
        seen.add(id(cell))
        amount = _amount(cell, column, _row_scale(row, cell) or caption)
        if amount is None:
            continue
        column_sources = _sources_of(column, grid)
        sources = source_codes(cell.text) or column_sources or row_sources
        splits = bool(column_sources) and len(undated) > 1
        found.append(
            _budget(
                row,
                node,
                target,
                _breakdown(target.breakdown, column, splits or (bool(sources) and column.role in (None, "source"))),
                column,
                cell,
                amount,
                sources,
                source_text or (collapse(cell.text) if sources else None),
                price if len(undated) == 1 and column.year is None else None,
            )
        )
    return found


def _price(grid: Grid, row: Row, caption: int | None) -> Price | None:
    """ "Số lượng: 5 | ĐVT: lớp | Đơn giá: 12" under "ĐVT: triệu đồng" → 5 lớp at 12 000 000; None without such columns."""
    quantity, unit, each = (_cell_of(grid, row, role) for role in ("quantity", "unit", "unit_price"))
    count = re.search(FIGURE, quantity.text) if quantity else None
    column = grid.column("unit_price")
    amount = _amount(each, column, caption) if each and column else None
    if count is None and amount is None:
        return None
    return Price(
        float(parse_figure(count.group()).value) if count else None,
        collapse(unit.text) if unit else None,
        amount.amount if amount else None,
    )


def _cell_of(grid: Grid, row: Row, role: str) -> Cell | None:
    column = grid.column(role)
    cell = row.cells[column.index] if column else None
    return cell if cell is not None and collapse(cell.text) else None


def _row_scale(row: Row, amount: Cell) -> int | None:
    """The unit that a row states in a cell of its own, beside the figure: "109.424.000 | Việt Nam đồng"."""
    units = [c.text for c in row.cells if c is not None and c is not amount and _UNIT_CELL.match(key(collapse(c.text)))]
    return parse_scale(units[0]) if units else None


def _breakdown(of_row: str, column: Column, splits: bool) -> str:
    """How the amount of a column divides that of its row: by year, by source, or not at all."""
    if column.year is not None:
        return {"by_group": "by_group_year", "by_task": "by_task_year", "total": "by_year"}[of_row]
    return {"by_task": "by_task_source", "by_group": "by_source", "total": "by_source"}[of_row] if splits else of_row


def _amount(cell: Cell, column: Column, caption: int | None) -> _Amount | None:
    """The amount of a cell: with its own unit, that of the column heading, or that of the caption; in this order."""
    header = parse_scale(column.heading)
    scale, origin = (header, "column_header") if header else (caption, "table_caption")
    read = read_money_cell(cell.text, scale)
    if read is None:
        return None
    words = collapse(cell.text[read.start : read.end])
    at = (cell.start + read.start, cell.start + read.end, words)
    if read.figure is None:
        printed = re.match(FIGURE, words)
        figure = parse_figure(printed.group()) if printed else Figure(Decimal(read.amount_vnd or 0), "plain", False)
        return _Amount(*at, figure, read.scale or 1, "inline", read.amount_vnd if read.low_vnd is None else None)
    if scale is None:
        if read.figure.value < _LEAST_WITHOUT_UNIT or _COUNTS.match(key(column.heading)):
            return None
        return _Amount(*at, read.figure, 1, "document", in_dong(read.figure.value, 1))
    if read.amount_vnd is None:
        return None
    return _Amount(*at, read.figure, scale, origin, read.amount_vnd if read.low_vnd is None else None)


def _budget(
    row: Row,
    node: Node,
    target: _Target,
    breakdown: str,
    column: Column,
    cell: Cell,
    amount: _Amount,
    sources: tuple[str, ...],
    source_text: str | None,
    price: Price | None,
) -> Budget:
    condition = _CONDITION.search(cell.text)
    section = " > ".join(part for part in (node.path(), row.label) if part)
    pure = bool(_PURE.fullmatch(cell.text))
    return Budget(
        target.scope, breakdown, target.group, target.task, row.label, collapse(row.name.text) if row.name else None, "planned", column.year,
        None, None, sources, source_text, amount.amount, amount.text if pure else collapse(cell.text), None, None, amount.scale, amount.origin,
        amount.figure.style, amount.figure.ambiguous, condition is not None, collapse(condition.group(1)) if condition else None, "ambiguous" if amount.amount is None else "reported", False,
        Evidence(amount.start, amount.end, section, f"{target.scope}_row_of_table"), price,
    )  # fmt: skip


def _styles_by_column(budgets: list[Budget]) -> list[Budget]:
    """A figure like "2,000" reads as its table does: where other figures have decimal commas, it is a decimal."""
    styles = {b.number_style for b in budgets if not b.is_ambiguous}
    if "decimal_comma" in styles and not styles & {"comma_thousands"}:
        return [_as_decimal(b) for b in budgets]
    return budgets


def _as_decimal(b: Budget) -> Budget:
    found = _FIGURE.search(b.amount_text)
    other = other_reading(found.group()) if found and b.is_ambiguous else None
    amount = in_dong(other, b.unit_scale) if other is not None and b.unit_scale else None
    return replace(b, amount_vnd=amount, number_style="decimal_comma") if amount is not None else b
