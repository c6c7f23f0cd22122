"""Budgets of tables: the money of task rows, and tables of lines by year, source and total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.budget_columns import (
    Caption,
    lists_groups,
    money_columns,
    neighbour_scale,
    phase_of,
    read_caption,
    sources_of,
    years_of,
)
from extractors.budget_rows import Purpose, purpose_of_line, purpose_of_task_row
from extractors.budget_shares import Share, shares_of_cell
from extractors.document import Cell
from extractors.findings import Budget, Evidence, Price, Task, TaskGroup
from extractors.grids import Column, Grid, Row, read_grid
from extractors.outline import Node, Outline
from extractors.target_tables import is_target_table
from extractors.task_tables import TaskTable
from normalizers.budget_sources import source_codes
from normalizers.figures import FIGURE, Figure, figure_or_none, other_reading
from normalizers.money import find_money
from normalizers.money_cells import in_dong, parse_scale, read_money_cell
from normalizers.text import collapse, key

_FIGURE = re.compile(rf"(?<![\d/.,\w-]){FIGURE}(?![\d/%]|\s*%)")
_CONDITION = re.compile(r"\(((?:tùy|tuỳ|nếu|căn\s+cứ|theo\s+khả\s+năng)[^)]*)\)", re.IGNORECASE)
_UNIT_CELL = re.compile(r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?:đồng|việt\s+nam\s+đồng|vnđ|vnd)$")
_COUNTS = re.compile(r"(?:giá\s+trị|tổng\s+số|tổng\s+cộng|cộng)$")  # of money only where a unit says so
_LEAST_WITHOUT_UNIT = 100_000  # đồng: smaller figures without a unit are counts
_SPEAKS_OF_MONEY = re.compile(r"kinh\s+phí|(?<!\w)vốn|dự\s+toán")
_CAPTION_LINES = 5
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


def find_table_budgets(
    outline: Outline,
    task_tables: list[TaskTable],
    groups: list[TaskGroup],
    tasks: list[Task],
    plan_years: tuple[int | None, int | None],
) -> list[Budget]:
    """Every amount of every table that has a column of money, in the order of the text. `plan_years`: first and last year of the
    plan."""
    found: list[Budget] = []
    read = {id(t.node): t for t in task_tables}
    for n, node in enumerate(outline.nodes):
        if node.block.table is None or node.zone == "signature":
            continue
        known = read.get(id(node))
        grid = known.grid if known else read_grid(node.block.table)
        if grid is None or not (known or money_columns(grid)) or (known is None and is_target_table(grid, node)):
            continue
        above = read_caption(outline.nodes[max(0, n - _CAPTION_LINES) : n], plan_years)
        caption = replace(above, scale=above.scale or neighbour_scale(grid))
        by_groups = above.by_groups or lists_groups(grid)
        for row in grid.rows:
            purpose = (
                purpose_of_task_row(row, known)
                if known
                else _of_years(grid, caption) or purpose_of_line(row, grid, groups, tasks, by_groups)
            )
            if purpose is not None:
                found += _row_budgets(grid, row, node, purpose, caption)
    return _styles_by_column(found)


def _of_years(grid: Grid, caption: Caption) -> Purpose | None:
    """The plan, where a table has nothing but columns of years: "Nhu cầu kinh phí từng năm (triệu đồng):" above it, or "3 tỷ" in its cells."""
    if len(grid.rows) != 1 or not all(c.year for c in grid.columns):
        return None
    in_cells = any(cell is not None and find_money(cell.text) for row in grid.rows for cell in row.cells)
    return Purpose("plan", "total", None, None) if caption.scale or in_cells else None


def _row_budgets(grid: Grid, row: Row, node: Node, purpose: Purpose, caption: Caption) -> list[Budget]:
    columns = [*money_columns(grid), *(_noted(grid, row) if purpose.task is not None else ())]
    price = _price(grid, row, caption.scale) if sum(c.year is None for c in columns) == 1 else None
    found = []
    seen: set[int] = set()
    for column in columns:
        cell = row.cells[column.index]
        if cell is None or id(cell) in seen or (cell is row.name and column.year is None):
            continue
        seen.add(id(cell))
        shares = shares_of_cell(cell.text)
        if len(shares) > 1 or (shares and _has_amount_beside(row, columns, cell)):
            meaning = _meaning(grid, row, cell, column, purpose, caption)
            found += [_share(row, node, purpose, meaning, cell, share) for share in shares]
            continue
        amount = _amount(cell, column, _row_scale(row, cell) or caption.scale)
        if amount is not None and amount.amount != 0:
            meaning = _meaning(grid, row, cell, column, purpose, caption)
            found.append(_budget(row, node, purpose, meaning, cell, amount, price if column.year is None else None))
    return found


def _has_amount_beside(row: Row, columns: list[Column], cell: Cell) -> bool:
    """Whether a row has its amount in another column, which a cell of payers divides."""
    beside = [c for column in columns if (c := row.cells[column.index]) is not None and c is not cell]
    return any(c is not row.name and bool(re.search(r"[1-9]", c.text)) and not shares_of_cell(c.text) for c in beside)


def _share(row: Row, node: Node, purpose: Purpose, meaning: _Meaning, cell: Cell, share: Share) -> Budget:
    """What one of several payers of a cell gives: "Ngân sách tỉnh: 10 tỷ; doanh nghiệp: 2,5 tỷ" under "Nguồn kinh phí"."""
    money = share.money
    words = collapse(cell.text[money.start : money.end])
    figure = Figure(Decimal(money.amount_vnd), money.style or "plain", money.ambiguous)
    amount = _Amount(
        cell.start + money.start, cell.start + money.end, words, figure, money.unit_scale, "inline", money.amount_vnd
    )
    of_row = {"by_task": "by_task_source"}.get(purpose.breakdown, "by_source")
    parted = replace(meaning, breakdown=of_row, sources=share.sources, source_text=share.payer)
    return replace(_budget(row, node, purpose, parted, cell, amount, None), amount_text=words)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an amount of a column is: how it divides its row, its year or years, its phase, who pays."""

    breakdown: str
    year: int | None
    first_year: int | None
    last_year: int | None
    phase: str
    sources: tuple[str, ...]
    source_text: str | None


def _meaning(grid: Grid, row: Row, cell: Cell, column: Column, purpose: Purpose, caption: Caption) -> _Meaning:
    stated = _cell_of(grid, row, "source") or _payer(grid, row)
    stated_text = collapse(stated.text) if stated else None
    of_column = sources_of(column, grid)
    sources = (
        source_codes(cell.text) or of_column or source_codes(stated_text or "") or purpose.sources or caption.sources
    )
    undated = [c for c in money_columns(grid) if c.year is None]
    splits = bool(of_column) and len(undated) > 1
    if purpose.breakdown == "by_group":  # where every column is one of a source, the group has no other sum
        splits = splits and not all(sources_of(c, grid) for c in undated)
    years = years_of(column, grid, caption)
    breakdown = _breakdown(
        purpose.breakdown, column.year is not None or years is not None, splits or (bool(sources) and column.role in (None, "source")), caption,
    )  # fmt: skip
    first, last = years or (None, None)
    year = column.year or (caption.year if years is None else None)
    return _Meaning(
        breakdown,
        year,
        first,
        last,
        phase_of(column),
        sources,
        stated_text or (collapse(cell.text) if sources else None),
    )


def _breakdown(of_row: str, dated: bool, splits: bool, caption: Caption) -> str:
    """How the amount of a column divides that of its row: by year, by source, or not at all. The total of a table of one year of
    several is the money of that year."""
    if dated:
        return {"by_group": "by_group_year", "by_task": "by_task_year", "total": "by_year", "by_source": "by_year"}[
            of_row
        ]
    if splits:
        return {"by_task": "by_task_source", "by_group": "by_source"}.get(of_row, "by_source")
    return "by_year" if of_row == "total" and caption.year is not None else of_row


def _noted(grid: Grid, row: Row) -> Iterator[Column]:
    """Columns of remarks in which a task states its money: "Kinh phí 62 tỷ đồng" under "Ghi chú"."""
    for column in grid.having("note"):
        cell = row.cells[column.index]
        if cell is not None and find_money(cell.text) and _SPEAKS_OF_MONEY.search(key(cell.text)):
            yield column


def _price(grid: Grid, row: Row, caption: int | None) -> Price | None:
    """ "Số lượng: 5 | ĐVT: lớp | Đơn giá: 12" under "ĐVT: triệu đồng" → 5 lớp at 12 000 000; None without such columns."""
    quantity, unit, each = (_cell_of(grid, row, role) for role in ("quantity", "unit", "unit_price"))
    count = re.search(FIGURE, quantity.text) if quantity else None
    number = figure_or_none(count.group()) if count else None
    column = grid.column("unit_price")
    amount = _amount(each, column, caption) if each and column else None
    if number is None and amount is None:
        return None
    return Price(
        float(number.value) if number else None,
        collapse(unit.text) if unit else None,
        amount.amount if amount else None,
    )


def _cell_of(grid: Grid, row: Row, role: str) -> Cell | None:
    column = grid.column(role)
    cell = row.cells[column.index] if column else None
    return cell if cell is not None and collapse(cell.text) else None


def _payer(grid: Grid, row: Row) -> Cell | None:
    """The words of a column "Nguồn kinh phí" beside columns of amounts: "Ngân sách huyện, xã hội hóa"."""
    for column in grid.columns:
        cell = row.cells[column.index]
        if cell is not None and key(column.heading).startswith("nguồn") and not re.search(r"\d", cell.text):
            return cell if collapse(cell.text) else None
    return None


def _row_scale(row: Row, amount: Cell) -> int | None:
    """The unit that a row states in a cell of its own, beside the figure: "109.424.000 | Việt Nam đồng"."""
    units = [c.text for c in row.cells if c is not None and c is not amount and _UNIT_CELL.match(key(collapse(c.text)))]
    return parse_scale(units[0]) if units else None


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
        stated = figure_or_none(printed.group()) if printed else None
        figure = stated or Figure(Decimal(read.amount_vnd or 0), "plain", False)
        return _Amount(*at, figure, read.scale or 1, "inline", read.amount_vnd if read.low_vnd is None else None)
    if scale is None:
        if read.figure.value < _LEAST_WITHOUT_UNIT or _COUNTS.match(key(column.heading)):
            return None
        return _Amount(*at, read.figure, 1, "document", in_dong(read.figure.value, 1))
    if read.amount_vnd is None:
        return None
    return _Amount(*at, read.figure, scale, origin, read.amount_vnd if read.low_vnd is None else None)


def _budget(
    row: Row, node: Node, purpose: Purpose, meaning: _Meaning, cell: Cell, amount: _Amount, price: Price | None
) -> Budget:
    condition = _CONDITION.search(cell.text)
    section = " > ".join(part for part in (node.path(), row.label) if part)
    pure = bool(_PURE.fullmatch(cell.text))
    return Budget(
        purpose.scope, meaning.breakdown, purpose.group, purpose.task, row.label, _line_name(row), meaning.phase,
        meaning.year, meaning.first_year, meaning.last_year, meaning.sources, meaning.source_text, amount.amount, amount.text if pure else collapse(cell.text),
        None, None, amount.scale, amount.origin, amount.figure.style, amount.figure.ambiguous, condition is not None,
        collapse(condition.group(1)) if condition else None, "ambiguous" if amount.amount is None else "reported", False,
        Evidence(amount.start, amount.end, section, f"{purpose.scope}_row_of_table"), price,
    )  # fmt: skip


def _line_name(row: Row) -> str | None:
    """The words of a row's first cell, None where it holds an amount itself."""
    name = collapse(row.name.text) if row.name else ""
    return (
        None if not name or _PURE.fullmatch(name) or (find_money(name)[:1] and find_money(name)[0].start == 0) else name
    )


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


def reported(budgets: list[Budget]) -> list[Budget]:
    """The amounts of a report's tables: what no column calls granted or asked for was spent."""
    return [replace(b, phase_code="executed") if b.phase_code == "planned" else b for b in budgets]
