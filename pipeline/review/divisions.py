"""The ways in which a plan divides its money: by year, by source, by task, in its text and in its annexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.review.shelf import Row


class Division(NamedTuple):
    """One way of dividing: `place` is the section for amounts of the plan as a whole, which text and annex both may divide; empty for lines of a
    table, each of which has a section of its own. `period` is empty where the parts are years."""

    phase: str
    period: str
    scope: str
    breakdown: str
    place: str


def divisions(budgets: Sequence[Row]) -> dict[Division, list[Row]]:
    """The parts of each division of a plan's amounts, each part once though text and annex both tell it. Totals and rows without an amount are none."""
    found: dict[Division, dict[tuple[object, ...], Row]] = defaultdict(dict)
    for b in budgets:
        if b["amount_vnd"] is None or b["breakdown_code"] == "total":
            continue
        period = "" if "year" in b["breakdown_code"] else period_of(b)
        place = (b["section"] or "") if b["scope_code"] == "plan" else ""
        part = (
            b["task_id"], b["task_group_id"], b["line_label"], b["line_name_vi"], tuple(b["source_codes"] or ()), b["source_text"], b["year"],
            period_of(b), b["amount_vnd"],
        )  # fmt: skip
        found[Division(b["phase_code"], period, b["scope_code"], b["breakdown_code"], place)].setdefault(part, b)
    return {division: list(parts.values()) for division, parts in found.items()}


def totals(budgets: Sequence[Row]) -> dict[tuple[str, str], set[int]]:
    """The totals a plan states for itself, by phase and period."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for b in budgets:
        if b["amount_vnd"] is not None and b["breakdown_code"] == "total" and b["scope_code"] == "plan":
            found[b["phase_code"], period_of(b)].add(b["amount_vnd"])
    return found


def period_of(row: Row) -> str:
    """The year of an amount, or its years; empty for none."""
    return str(row["year"] or "") or "–".join(
        dict.fromkeys(str(y) for y in (row["period_start_year"], row["period_end_year"]) if y)
    )
