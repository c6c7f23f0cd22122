"""What the rows of a table of money are for: the plan, a source, a group, a task, or a line of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.findings import Task, TaskGroup
from extractors.grids import Grid, Row
from extractors.task_tables import TaskTable
from normalizers.budget_sources import find_sources, source_codes
from normalizers.text import collapse, key

_ALL_MONEY = re.compile(
    r"(?:tổng\s+)?(?:kinh\s+phí|nhu\s+cầu\s+(?:vốn|kinh\s+phí)|số\s+tiền|vốn|dự\s+toán|mức\s+vốn)(?:\s+thực\s+hiện)?"
)
_WORDS_OF_MONEY = re.compile(
    r"(?<!\w)(?:nguồn|vốn|kinh\s+phí|từ|và|hỗ\s+trợ|các|đối\s+ứng|chính\s+sách|đóng\s+góp|huy\s+động)(?!\w)"
)
_ROMAN = re.compile(r"[IVX]+|[A-HĐ]")
_RATE = re.compile(
    r"lương\s+(?:tối\s+thiểu|cơ\s+bản|cơ\s+sở|bình\s+quân|lao\s+động)|/\s*(?:tháng|ngày|giờ)(?!\w)"
)  # what one person costs


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a row's money is for: scope, breakdown without a year, group, task, and the sources that its name states."""

    scope: str
    breakdown: str
    group: int | None
    task: int | None
    sources: tuple[str, ...] = ()


def purpose_of_task_row(row: Row, table: TaskTable) -> Purpose | None:
    """What a row of a table of tasks has money for: "1 | Mở lớp may | Sở Y tế | 40" its task, "I | Đào tạo nghề | | 90" its group, "Tổng cộng | | | 90" the plan;
    None for a row that is neither."""
    if row.kind == "total":
        return Purpose("plan", "total", None, None)
    if id(row) in table.groups_by_row:
        return Purpose("task_group", "by_group", table.groups_by_row[id(row)], None)
    task = table.tasks_by_row.get(id(row))
    return None if task is None else Purpose("task", "by_task", None, task)


def purpose_of_line(
    row: Row, grid: Grid, groups: list[TaskGroup], tasks: list[Task], by_groups: bool
) -> Purpose | None:
    """What a line is for; `by_groups`: the table says that its lines are groups of tasks. A budget line belongs to the group or task of its label and name, else it is a line of its own."""
    if row.kind == "total":
        return Purpose("plan", "total", None, None)
    name = key(collapse(row.name.text)).rstrip(" .:") if row.name else ""
    if not name or not re.search(r"[^\W\d_]{2}", name):
        return None
    if _ALL_MONEY.fullmatch(name):
        return Purpose("plan", "total", None, None)
    if sources := _named_source(name):
        return Purpose("plan", "by_source", None, None, sources)
    for g in groups:
        if _is_group(row, name, g, by_groups):
            return Purpose("task_group", "by_group", g.number, None)
    if by_groups:
        return Purpose("line", "by_group", None, None)
    for t in tasks:
        if t.task_kind_code == "annex_action" and (
            key(t.name).rstrip(" .:") == name or (t.label == row.label and row.label and _alike(key(t.name), name))
        ):
            return Purpose("task", "by_task", None, t.number)
    if _RATE.search(name):
        return None
    if _has_heads_without_number(grid):
        return Purpose("line", "by_group" if row.label is None else "by_task", None, None)
    return Purpose("line", "by_group" if _is_head(row, grid) else "by_task", None, None)


def _is_group(row: Row, name: str, group: TaskGroup, by_groups: bool) -> bool:
    """Whether a line names a group: by all of its words, by the same label and most of them, or, in a table by groups, by a part of
    them: "Dạy nghề thợ trẻ" for "Nhóm nhiệm vụ 1: Dạy nghề cho thợ trẻ ở các làng"."""
    own = key(group.name).rstrip(" .:")
    if own == name or (group.label == row.label and row.label and _alike(own, name)):
        return True
    return by_groups and set(re.findall(r"\w+", name)) <= set(re.findall(r"\w+", own))


def _is_head(row: Row, grid: Grid) -> bool:
    """Whether a line has lines of its own in the table: "I" above "1", "1" above "1.1"."""
    label = row.label or ""
    labels = [r.label or "" for r in grid.rows]
    if any(_ROMAN.fullmatch(other) for other in labels):
        return bool(_ROMAN.fullmatch(label))
    return bool(label) and any(other.startswith(f"{label}.") for other in labels)


def _named_source(name: str) -> tuple[str, ...]:
    """The sources of a row that is named by them and nothing else: "Ngân sách trung ương", "Vốn doanh nghiệp"."""
    hits = find_sources(name)
    rest = "".join(c for n, c in enumerate(name) if not any(h.start <= n < h.end for h in hits))
    return source_codes(name) if hits and not re.search(r"\w", _WORDS_OF_MONEY.sub(" ", rest)) else ()


def _has_heads_without_number(grid: Grid) -> bool:
    """Whether numbers begin anew below rows without one: "Chi phí tư vấn" | "1 Lập dự án" | "2 Thẩm tra" | "Chi phí khác" | "1 …"."""
    firsts = [above.label is None for above, row in pairwise(grid.rows) if row.label == "1"]
    return len(firsts) > 1 and all(firsts)


def _alike(a: str, b: str) -> bool:
    words_a, words_b = set(a.split()), set(b.split())
    return len(words_a & words_b) * 10 >= 7 * max(len(words_a), len(words_b), 1)
