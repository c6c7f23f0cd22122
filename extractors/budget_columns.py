"""What the columns of a table of money and the lines over it say: unit, year, sources, phase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.grids import Column, Grid
from extractors.outline import Node
from normalizers.budget_sources import source_codes
from normalizers.money import find_money
from normalizers.money_cells import parse_scale
from normalizers.periods import find_periods
from normalizers.text import collapse, key

_THE_REST = re.compile(r"(?:các\s+)?(?:nguồn\s+|vốn\s+)*khác")
_THE_STATE = re.compile(r"ngân\s+sách|vốn\s+ngân\s+sách|nguồn\s+ngân\s+sách|ns")
_CONTRIBUTED = re.compile(
    r"(?:vốn\s+|nguồn\s+)?(?:huy\s+động|đóng\s+góp|dân\s+đóng\s+góp|người\s+dân|nhân\s+dân|hộ\s+dân)"
)
_PHASES = (
    (
        "executed",
        re.compile(
            r"giải\s+ngân|đã\s+(?:chi|thực\s+hiện|sử\s+dụng|cấp)|thực\s+chi|quyết\s+toán|kinh\s+phí\s+thực\s+hiện\s+năm\s+trước"
        ),
    ),
    ("approved", re.compile(r"được\s+(?:giao|duyệt|phê\s+duyệt|cấp)|đã\s+(?:giao|phê\s+duyệt)|dự\s+toán\s+giao")),
    ("proposed", re.compile(r"đề\s+(?:nghị|xuất)")),
)
_STATES_UNIT = re.compile(r"đơn\s+vị(?:\s+tính)?|đvt|\([^()]*(?:đồng|đ|vnđ)\s*\)\s*:?\s*$")
_TITLES_MONEY = re.compile(r".*(?:kinh\s+phí|dự\s+toán|vốn|ngân\s+sách|chi\s+phí|nguồn\s+lực)")
_BY_GROUPS = re.compile(r"theo\s+(?:từng\s+)?nhóm\s+(?:nhiệm\s+vụ|nội\s+dung|giải\s+pháp)")
_RANGE = re.compile(r"(?:giai\s+đoạn\s+)?(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}")
_LONGEST_CAPTION = 200


def money_columns(grid: Grid) -> list[Column]:
    named = {
        c.index
        for c in grid.columns
        if c.role in ("action", "content", "index", "lead", "cooperate", "responsibility", "result", "note")
    }
    return [
        c
        for c in grid.columns
        if c.role == "money"
        or (c.role in (None, "source") and c.index not in named and sources_of(c, grid) and c.heading.count("/") < 3)
        or (
            c.role is None
            and bool(_RANGE.fullmatch(key(c.heading.split(" / ")[-1])))
            and any(o.year for o in grid.columns)
        )
    ]


def sources_of(column: Column, grid: Grid) -> tuple[str, ...]:
    """The sources of a column's heading. "Khác" beside "Ngân sách tỉnh" is the rest of the money, "Ngân sách" beside "Huy động" that
    of the state."""
    codes = source_codes(re.sub(r"^nguồn\s+kinh\s+phí", "", key(column.heading)))
    last = key(column.heading.split(" / ")[-1]).strip()
    if codes:
        return codes
    if _THE_STATE.fullmatch(last):
        return ("state",)
    if _CONTRIBUTED.fullmatch(last):
        return ("community",)
    if not _THE_REST.fullmatch(last):
        return ()
    return ("other_legal",) if any(source_codes(c.heading) for c in grid.columns) else ()


def phase_of(column: Column) -> str:
    """The phase of a column's amounts: "Đã giải ngân" → executed, "Được giao" → approved, "Đề nghị" → proposed, else planned."""
    heading = key(column.heading)
    return next((code for code, pattern in _PHASES if pattern.search(heading)), "planned")


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines over a table say of all of its amounts: the scale of the unit, the one year, the sources, and whether its
    lines are groups of tasks; None and () where they say nothing. `plan_years`: those of the plan."""

    scale: int | None
    year: int | None
    sources: tuple[str, ...]
    by_groups: bool
    plan_years: tuple[int | None, int | None]


def read_caption(nodes: Sequence[Node], plan_years: tuple[int | None, int | None]) -> Caption:
    """The lines over a table, the nearest last: "DỰ TOÁN NĂM 2027 NGUỒN NGÂN SÁCH TỈNH" | "Đơn vị tính: Triệu đồng".

    `plan_years`: first and last year of the plan; the year of a plan of one year says nothing more of its amounts.
    """
    lines = []
    for node in reversed(nodes):
        text = collapse(node.block.text)
        if node.block.table is not None or len(text) > _LONGEST_CAPTION:
            break
        if not text.startswith("("):
            lines.append(text)
    scale = next((found for line in lines if _STATES_UNIT.search(key(line)) and (found := parse_scale(line))), None)
    titles = [line for line in lines if _TITLES_MONEY.match(key(line))]
    years = {p.first_year for line in titles for p in find_periods(line) if p.first_year == p.last_year}
    year = years.pop() if len(years) == 1 else None
    leading = [
        line for line in titles if line.endswith(":") or not find_money(line)
    ]  # a sentence with an amount of its own names that one's source
    sources = next((codes for line in leading if (codes := source_codes(line))), ())
    by_groups = any(_BY_GROUPS.search(key(line)) for line in lines)
    return Caption(scale, None if plan_years == (year, year) else year, sources, by_groups, plan_years)


def lists_groups(grid: Grid) -> bool:
    """Whether the lines of a table are groups of tasks by its heading: "Nhóm nhiệm vụ"."""
    return any(c.role == "action" and key(c.heading).startswith("nhóm") for c in grid.columns)


def years_of(column: Column, grid: Grid, caption: Caption) -> tuple[int, int] | None:
    """The years of a column that holds some of the plan's years together, beside columns of others: "2024 | 2025 | 2026 - 2030"; None
    for a single year and for all."""
    if not any(c.year for c in grid.columns):
        return None
    ranges = [p for p in find_periods(column.heading.split(" / ")[-1]) if p.first_year and p.last_year]
    years = (ranges[0].first_year or 0, ranges[0].last_year or 0) if ranges else (0, 0)
    return years if years[0] < years[1] and years != caption.plan_years else None


def neighbour_scale(grid: Grid) -> int | None:
    """The unit one money column states holds for those that state none: "Kinh phí (triệu đồng) | Ngân sách tỉnh"."""
    return next((scale for c in money_columns(grid) if (scale := parse_scale(c.heading))), None)
