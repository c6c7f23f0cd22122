"""Years of rows: within the words around them, within the plan, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.soundness.remark import Remark, Row, View

_YEARS = {
    "targets": ("target_year", "period_start_year", "baseline_year"), "tasks": ("start_year", "end_year"), "budgets": ("year", "period_start_year", "period_end_year"),
    "results": ("period_start_year", "period_end_year"), "plans": ("period_start_year", "period_end_year"),
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FAR = 5  # years behind a plan: a vision may lie so far ahead, a task does not


def year_in_words(view: View) -> Iterator[Remark]:
    """A year stands in the words of its row, in the section above it or in the name of the plan: 2031 for "đến năm 2030" does not."""
    for table, columns in _YEARS.items():
        for row in view.table(table):
            if (
                row.get("char_start") is None
                or (table == "plans" and view.is_cited_only(row))
                or not any(row[c] is not None for c in columns)
            ):
                continue
            said = years_said(view, table, row)
            for column in columns:
                year = row[column]
                if year is not None and year not in said:
                    yield Remark(
                        "year_elsewhere", "warning", "extraction", table, row, column, f"{column} {year} stands neither in the words of the row nor above it",
                        f"năm {year} ở cột {column} không có trong lời của dòng và phần phía trên", ", ".join(map(str, sorted(said)[:4])) or None, str(year),
                    )  # fmt: skip


def years_said(view: View, table: str, row: Row) -> set[int]:
    """Years that a row may have: those of its own words of time, else those of its section; two digits count in ranges ("2026 - 28")."""
    if table == "plans":
        words = " ".join(filter(None, (row["title_vi"], row["period_text"], row["quote"])))
    else:
        own = " ".join(filter(None, (row.get("time_text"), row.get("deadline_text"), row.get("period_text"))))
        words = own if _YEAR.search(own) and table == "tasks" else view.words_above(row)
    years = {int(y) for y in _YEAR.findall(words)}
    for m in re.finditer(r"((?:19|20)\d{2})\s*[-–]\s*(\d{2})(?!\d)", words):
        years.add(int(m.group(1)[:2] + m.group(2)))
    for m in re.finditer(r"/(\d{2})(?![\d/])", words):
        years.add(2000 + int(m.group(1)))
    return years


def years_in_order(view: View) -> Iterator[Remark]:
    """What starts ends later: of tasks, plans, money and results."""
    for table, first, last in (
        ("tasks", "start_year", "end_year"), ("plans", "period_start_year", "period_end_year"), ("budgets", "period_start_year", "period_end_year"),
        ("results", "period_start_year", "period_end_year"), ("targets", "baseline_year", "target_year"),
    ):  # fmt: skip
        for row in view.table(table):
            if row[first] is not None and row[last] is not None and row[first] > row[last]:
                yield Remark(
                    "years_reversed", "error", "source", table, row, first, f"starts {row[first]}, ends {row[last]}", f"bắt đầu {row[first]}, kết thúc {row[last]}",
                    f"≤ {row[last]}", str(row[first]),
                )  # fmt: skip


def year_within_plan(view: View) -> Iterator[Remark]:
    """A task or an amount of a plan lies in the plan's years, its aims may lie a few years behind as a vision; what a report tells of an
    earlier plan belongs to that plan."""
    for table, column, margin in (("tasks", "end_year", _FAR), ("tasks", "start_year", 0), ("budgets", "year", _FAR)):
        for row in view.table(table):
            plan = view.plans.get(row["plan_id"])
            year = row[column]
            if plan is None or year is None or view.is_cited_only(plan):
                continue
            first = plan["period_start_year"] or (plan["issued_date"].year if plan["issued_date"] else None)
            last = plan["period_end_year"]
            if (first is not None and year < first - 1) or (last is not None and year > last + margin):
                yield Remark(
                    "year_outside_plan", "warning", "source", table, row, column, f"{column} {year} lies outside the plan's years {first or '…'}-{last or '…'}",
                    f"năm {year} ở cột {column} nằm ngoài thời kỳ {first or '…'}-{last or '…'} của kế hoạch", f"{first or ''}-{last or ''}", str(year),
                )  # fmt: skip
