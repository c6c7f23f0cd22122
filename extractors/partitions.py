"""Which amounts add up: ambiguous figures decided by a cross-foot, and one non-overlapping partition for plain sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.findings import Budget, Doubt

_FINEST_FIRST = ("by_task", "by_group", "by_year", "by_source", "by_task_year", "by_group_year", "by_task_source")


def decide_ambiguous(budgets: Sequence[Budget]) -> tuple[tuple[Budget, ...], tuple[Doubt, ...]]:
    """Settles figures like "2,000": with thousands the tasks add up to the declared total. Says so in the rule of the row ("…+cross_foot") and in a
    doubt of severity info."""
    doubtful = [b for b in budgets if b.is_ambiguous]
    if not doubtful:
        return tuple(budgets), ()
    doubts = []
    settled = set()
    total = _declared_total(budgets)
    for breakdown in _FINEST_FIRST:
        rows = [
            b
            for b in budgets
            if b.breakdown_code == breakdown and b.phase_code in ("planned", "approved") and not b.of_predecessor
        ]
        if total is not None and rows and sum(b.amount_vnd or 0 for b in rows) == total.amount_vnd:
            settled |= {id(b) for b in rows if b.is_ambiguous}
    out = []
    for b in budgets:
        if not b.is_ambiguous:
            out.append(b)
            continue
        sure = id(b) in settled
        out.append(
            replace(
                b,
                is_ambiguous=not sure,
                value_status="reported" if sure else "ambiguous",
                number_style=b.number_style if sure else "ambiguous",
                evidence=replace(b.evidence, rule=f"{b.evidence.rule}+cross_foot") if sure else b.evidence,
            )
        )
        doubts.append(
            Doubt(
                "figure_style",
                "info" if sure else "warning",
                "normalisation",
                f"{b.amount_text!r} read with thousands: the rows then add up to the declared total"
                if sure
                else f"{b.amount_text!r} can be read with thousands or with decimals; thousands taken",
                f"Số {b.amount_text!r} đọc theo hàng nghìn: tổng các dòng khớp tổng đã nêu"
                if sure
                else f"Số {b.amount_text!r} có hai cách đọc; đã đọc theo hàng nghìn",
                str(total.amount_vnd) if total else None,
                str(b.amount_vnd),
                b.evidence,
            )
        )
    return tuple(out), tuple(doubts)


def approved(budgets: Sequence[Budget]) -> list[Budget]:
    """The planned money of a plan that its document approves."""
    return [
        replace(b, phase_code="approved") if b.phase_code == "planned" and not b.of_predecessor else b for b in budgets
    ]


def _declared_total(budgets: Sequence[Budget]) -> Budget | None:
    return next(
        (
            b
            for b in budgets
            if b.scope_code == "plan"
            and b.breakdown_code == "total"
            and not b.of_predecessor
            and b.phase_code in ("planned", "approved")
        ),
        None,
    )


def additive(budgets: Sequence[Budget]) -> frozenset[int]:
    """Positions of the rows that a plain sum may add, for each plan, phase and period: the finest breakdown that meets the
    declared total, else the total itself; without a total, the finest breakdown there is."""
    chosen: set[int] = set()
    whole = {
        (b.of_predecessor, b.phase_code)
        for b in budgets
        if b.scope_code == "plan"
        and b.breakdown_code == "total"
        and b.period_start_year is None
        and b.amount_vnd is not None
    }
    periods = [_period(b, budgets, whole) for b in budgets]
    for wanted in dict.fromkeys(zip(((b.of_predecessor, b.phase_code) for b in budgets), periods, strict=True)):
        if wanted[1][0] is not None and wanted[0] in whole:
            continue  # money of some of the years, in a plan that states its total for all
        rows = [
            (n, b) for n, b in enumerate(budgets)
            if ((b.of_predecessor, b.phase_code), periods[n]) == wanted and b.amount_vnd is not None and b.breakdown_code not in ("unit_price", "cap")
        ]  # fmt: skip
        chosen |= _partition(rows)
    return frozenset(chosen)


def _period(b: Budget, budgets: Sequence[Budget], whole: set[tuple[bool, str]]) -> tuple[int | None, int | None]:
    """The years of an amount; one that states none divides the only total there is: "Tổng kinh phí giai đoạn 2021 - 2025 là 50 tỷ đồng,
    trong đó ngân sách tỉnh 30 tỷ đồng"."""
    own = (b.period_start_year, b.period_end_year)
    if own != (None, None) or (b.of_predecessor, b.phase_code) in whole:
        return own
    stated = {
        (t.period_start_year, t.period_end_year)
        for t in budgets
        if (t.scope_code, t.breakdown_code) == ("plan", "total")
        and (t.of_predecessor, t.phase_code) == (b.of_predecessor, b.phase_code)
    }
    return stated.pop() if len(stated) == 1 else own


def _divides_plan(b: Budget) -> bool:
    """The sources of a group divide the group, not the plan."""
    return not (b.breakdown_code == "by_source" and b.scope_code == "task_group")


def _partition(rows: list[tuple[int, Budget]]) -> set[int]:
    """The finest breakdown that meets the total, else the total; without one the breakdown that covers most, the finest among equals."""
    totals = [b.amount_vnd for _, b in rows if b.breakdown_code == "total" and b.scope_code == "plan"]
    amounts = {n: b.amount_vnd or 0 for n, b in rows}
    parts = {code: _part(rows, code) for code in _FINEST_FIRST}
    sums = {code: sum(amounts[n] for n in part) for code, part in parts.items() if part}
    if totals:
        fitting = next((code for code, together in sums.items() if together == totals[0]), None)
        first = next(n for n, b in rows if b.breakdown_code == "total" and b.scope_code == "plan")
        return {first} if fitting is None else parts[fitting]
    return parts[max(sums, key=lambda code: sums[code])] if sums else set()


def _part(rows: list[tuple[int, Budget]], code: str) -> set[int]:
    """Rows of a breakdown, and what the tasks without a sum of their own have by payer or year: "Quảng bá | Ngân sách tỉnh: 3 tỷ; ngân sách
    huyện: 1 tỷ" beside tasks with one amount."""
    own = {n for n, b in rows if b.breakdown_code == code and _divides_plan(b)}
    if code != "by_task" or not own:
        return own
    summed = {_task_of(b) for n, b in rows if n in own}
    for finer in ("by_task_year", "by_task_source"):
        more = [(n, b) for n, b in rows if b.breakdown_code == finer and _task_of(b) not in summed]
        own |= {n for n, _ in more}
        summed |= {_task_of(b) for _, b in more}
    return own


def _task_of(b: Budget) -> tuple[int | None, str | None, str | None]:
    return (b.task, b.line_label, b.line_name)
