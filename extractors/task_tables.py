"""Task tables: a row that states an action, with who leads, who cooperates, when, and what comes out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.document import Cell
from extractors.duties import read_cell
from extractors.findings import Evidence, Mention, Task, TaskGroup
from extractors.grids import Column, Grid, Row, read_grid
from extractors.labels import parse_label
from extractors.leaf_times import own_recurrence
from extractors.outline import Node, Outline
from extractors.tasks import group_above, heading_group
from normalizers.categories import classify_heading, classify_task
from normalizers.periods import find_periods
from normalizers.task_times import TaskTime, parse_time_cell
from normalizers.text import collapse, key

_AGENCY_COLUMNS = ("lead", "responsibility", "cooperate", "appraise", "approve", "monitor")
_TIME_COLUMNS = ("time", "start", "end")
_AS_ABOVE = re.compile(r"[-–\s(]*(?:nt|n\.t\.?|n/t|như\s+(?:trên|mục\s+trên|dòng\s+trên))[-–\s.)]*|[\"”″〃]")


@dataclass(slots=True)
class _Above:
    """What the cells above say, for rows that point to them ("nt", "như trên"): agencies by column, and the time."""

    mentions: dict[int, list[Mention]]
    time: tuple[TaskTime, str | None]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A task table with the tasks read from it: `tasks_by_row` numbers them by the identity of the row: rows that share a merged cell start at one offset."""

    grid: Grid
    node: Node
    tasks_by_row: dict[int, int]
    groups_by_row: dict[int, int]


def is_task_table(grid: Grid) -> bool:
    """Whether rows are actions: a column of actions or contents, and one of agencies or time; not a table of indicators."""
    roles = {c.role for c in grid.columns}
    named = "action" in roles or "content" in roles
    return (
        named
        and bool(roles & set(_AGENCY_COLUMNS) or roles & set(_TIME_COLUMNS))
        and not (roles & {"indicator"} and not roles & {"lead", "responsibility"})
    )


def find_table_tasks(outline: Outline, groups: list[TaskGroup], tasks: list[Task]) -> list[TaskTable]:
    """Reads every task table, adds its groups and tasks to the lists, and returns what stands in which row.

    A group row with label and name of a group of the body is that group.
    """
    tables = []
    for node in outline.nodes:
        grid = read_grid(node.block.table) if node.block.table is not None and node.zone != "signature" else None
        if grid is not None and is_task_table(grid):
            tables.append(_read_table(grid, node, groups, tasks))
    return tables


def _read_table(grid: Grid, node: Node, groups: list[TaskGroup], tasks: list[Task]) -> TaskTable:
    table = TaskTable(grid, node, {}, {})
    group = _group_of_heading(node, groups)
    above = _Above({}, (TaskTime(None, None, None, None, None), None))
    for row in grid.rows:
        if row.kind == "group":
            group = _group(row, node, groups)
            table.groups_by_row[id(row)] = group
        elif row.kind == "data":
            task = _task(grid, row, node, len(tasks), group, groups, above)
            if task is not None:
                table.tasks_by_row[id(row)] = task.number
                tasks.append(task)
    return table


def _group_of_heading(node: Node, groups: list[TaskGroup]) -> int | None:
    """The group whose heading the table stands under; a heading with nothing but a table becomes a group with it."""
    heading = group_above(node)
    if heading is None or (heading.zone == "annex" and heading.label is not None and heading.label.style == "heading"):
        return None
    for g in groups:
        if g.evidence.start == heading.start:
            return g.number
    groups.append(heading_group(heading, len(groups), groups))
    return len(groups) - 1


def _group(row: Row, node: Node, groups: list[TaskGroup]) -> int:
    text = row.name.text if row.name is not None else ""
    mark = parse_label(text)
    label = row.label or (mark.mark if mark else None)
    name = collapse(text[mark.end :] if mark else text).rstrip(":")
    for g in groups:
        if key(g.name).rstrip(". ") == key(name).rstrip(". ") and g.label == label:
            return g.number
    found = classify_heading(name)
    groups.append(
        TaskGroup(
            len(groups), label, name, found.codes, found.margin, Evidence(row.start, row.end, node.path(), "group_row")
        )
    )
    return len(groups) - 1


def _task(
    grid: Grid, row: Row, node: Node, number: int, group: int | None, groups: list[TaskGroup], above: _Above
) -> Task | None:
    action = grid.column("action") or grid.column("content")
    cell = row.cells[action.index] if action else None
    name = collapse(cell.text) if cell else ""
    if not name or not re.search(r"[^\W\d_]{2}", name) or re.fullmatch(r"[.…\s]+", name):
        return None
    detail = grid.column("content") if grid.column("action") else None
    time, time_text = above.time if _points_above(row, grid.column("time")) else _time(grid, row)
    above.time = time, time_text
    if time.recurrence_code is None:
        time = replace(time, recurrence_code=own_recurrence(" ".join(name.split()[:4])))
    category = groups[group].category_codes[0] if group is not None else "other"
    category = classify_task(name) if category == "other" else category
    section = " > ".join(part for part in (node.path(), row.label) if part)
    return Task(
        number, "annex_action", row.label, group, name, _text(row, detail), _text(row, grid.column("result")), category, time_text,
        time.start_year, time.end_year, time.recurrence_code, time.deadline_text, time.deadline_date, _mentions(grid, row, section, above),
        Evidence(row.start, row.end, section, "row_of_task_table"),
    )  # fmt: skip


def _text(row: Row, column: Column | None) -> str | None:
    cell = row.cells[column.index] if column else None
    return collapse(cell.text) or None if cell else None


def _points_above(row: Row, column: Column | None) -> bool:
    """Whether a cell says what the one above says: "nt", "-nt-", "Như trên"."""
    cell = row.cells[column.index] if column else None
    return cell is not None and bool(_AS_ABOVE.fullmatch(key(collapse(cell.text))))


def _mentions(grid: Grid, row: Row, section: str, above: _Above) -> tuple[Mention, ...]:
    """Agencies of every agency column; one cell that fills two columns is read once. "nt" are the agencies of the row above, with the
    cell's own words as evidence."""
    found: list[Mention] = []
    read: set[int] = set()
    for column in grid.columns:
        cell = row.cells[column.index]
        if column.role not in _AGENCY_COLUMNS or cell is None or id(cell) in read:
            continue
        read.add(id(cell))
        role = None if column.role == "responsibility" else column.role
        if _points_above(row, column):
            place = Evidence(cell.start, cell.end, section, "agency_of_row_above")
            said = [replace(m, evidence=place) for m in above.mentions.get(column.index, [])]
        else:
            said = list(read_cell(cell.text, cell.start, section, role))
        above.mentions[column.index] = said
        found += said
    return tuple(found)


def _time(grid: Grid, row: Row) -> tuple[TaskTime, str | None]:
    """Years from "Bắt đầu | Kết thúc", or the time column; a year in its heading holds for cells without one."""
    start, end = (_cell(row, grid.column(role)) for role in ("start", "end"))
    column = grid.column("time") or (grid.column("end") if grid.column("start") is None else None)
    cell = _cell(row, column)
    if grid.column("start") is not None and (start is not None or end is not None):
        first, last = (parse_time_cell(c.text) if c else None for c in (start, end))
        words = " - ".join(collapse(c.text) for c in (start, end) if c)
        repeat = (first and first.recurrence_code) or (last and last.recurrence_code)
        return TaskTime(
            first.start_year if first else None, last.end_year if last else None, repeat or None, None, None
        ), words
    if cell is None or column is None:
        return TaskTime(None, None, None, None, None), None
    read = parse_time_cell(cell.text)
    heading = find_periods(column.heading)
    if (
        read.start_year is None
        and read.end_year is None
        and read.recurrence_code is None
        and heading
        and collapse(cell.text)
    ):
        read = replace(read, start_year=heading[0].first_year or heading[0].last_year, end_year=heading[0].last_year)
    return read, collapse(cell.text)


def _cell(row: Row, column: Column | None) -> Cell | None:
    cell = row.cells[column.index] if column else None
    return cell if cell is not None and collapse(cell.text) else None
