"""Amounts against one another: a total and its tasks, sources, years, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalizers.money import find_money
from pipeline.soundness.remark import Remark, Row, View

_PLANNED = ("planned", "approved")
_OF_TASKS = frozenset({"by_task", "by_task_year", "by_task_source"})
_SLIPS = (10**3, 10**6, 10**9)


def parts_make_the_total(view: View) -> Iterator[Remark]:
    """ "Tổng kinh phí 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ; doanh nghiệp 2 tỷ" leaves 1 tỷ open: the tasks, groups, sources and years of a plan
    each make its total. Where one way of dividing it does, the others may be incomplete."""
    for (_, _), rows in view.by_source("budgets").items():
        for phase in _PLANNED:
            own = [b for b in rows if b["phase_code"] == phase and b["amount_vnd"] is not None]
            totals = [b for b in own if b["scope_code"] == "plan" and b["breakdown_code"] == "total"]
            periods = {(b["period_start_year"], b["period_end_year"]) for b in totals}
            if not totals or len(periods) > 1:
                continue
            sums = {code: _sum(_parts(own, code)) for code in ("by_task", "by_group", "by_source", "by_year")}
            sums = {code: together for code, together in sums.items() if together}
            declared = {b["amount_vnd"] for b in totals}
            if len(declared) > 1:
                yield from _totals_differ(totals)
            elif sums and not declared & set(sums.values()):
                for code, together in sums.items():
                    lines = [b for b in rows if b["breakdown_code"] == code and b["phase_code"] == phase]
                    yield _open_sum(totals[0], code, together, _which_row(view, lines, totals[0], together))


def _parts(rows: list[Row], code: str) -> list[Row]:
    """The parts of a total: sources and years of the plan itself, not those of a task, and each once though text and annex both tell it."""
    own = [b for b in rows if b["breakdown_code"] == code]
    if code not in ("by_source", "by_year"):
        return own
    whole = [b for b in own if b["scope_code"] == "plan"] or [b for b in own if b["task_id"] is None]
    return list({(tuple(b["source_codes"]), b["year"], b["amount_vnd"]): b for b in whole}.values())


def _totals_differ(totals: list[Row]) -> Iterator[Remark]:
    """Two totals of a plan: one is a slip of the unit where they differ by a thousand, else only one can be the plan's."""
    first = totals[0]
    for other in totals[1:]:
        a, b = sorted((first["amount_vnd"], other["amount_vnd"]))
        if a == b:
            continue
        slip = a and b % a == 0 and b // a in _SLIPS
        code, severity = ("unit_slip", "error") if slip else ("totals_differ", "warning")
        yield Remark(
            code, severity, "source", "budgets", other, "amount_vnd", f"the plan states two totals, {first['amount_vnd']} and {other['amount_vnd']}",
            f"kế hoạch nêu hai tổng khác nhau: {first['amount_vnd']} và {other['amount_vnd']}", str(first["amount_vnd"]), str(other["amount_vnd"]),
        )  # fmt: skip


def _which_row(view: View, lines: list[Row], total: Row, together: int) -> tuple[str, str]:
    """Which row the rest of a sum points to, in both languages: the only line without an amount, an amount of the document that no row uses, or
    a line that stands there twice; empty where nothing does."""
    rest = total["amount_vnd"] - together
    silent = [b["line_name_vi"] or b["quote"] for b in lines if b["amount_vnd"] is None] or _unpaid(view, lines)
    if rest > 0 and len(silent) == 1:
        name = silent[0]
        return (
            f"; {rest} is left for {name!r}, which states no amount",
            f"; còn {rest} cho {name!r}, dòng không ghi số tiền",
        )
    unused = [
        i for i in view.table("issues")
        if i["check_code"] == "amount_unused" and i["document_id"] == total["document_id"] and rest in {m.amount_vnd for m in find_money(i["quote"] or "")}
    ]  # fmt: skip
    if rest > 0 and len(unused) == 1:
        return (
            f"; {unused[0]['quote']!r}, which no row uses, makes the difference",
            f"; phần chênh lệch là {unused[0]['quote']!r} chưa thành dòng nào",
        )
    twice = [b for b in lines if b["amount_vnd"] == -rest]
    if rest < 0 and len(twice) == 1:
        name = twice[0]["line_name_vi"] or twice[0]["quote"]
        return f"; without {name!r} they make it", f"; không kể {name!r} thì khớp"
    return "", ""


def _unpaid(view: View, lines: list[Row]) -> list[str]:
    """Rows of the table of tasks whose cell of money is empty, among rows that have one."""
    paid = {b["task_id"] for b in lines} - {None}
    places = {(b["plan_id"], b["document_id"]) for b in lines if b["task_id"]}
    tasks = [t for place in places for t in view.by_source("tasks")[place] if t["task_kind_code"] == "annex_action"]
    return [t["name_vi"] for t in tasks if t["task_id"] not in paid]


def _open_sum(total: Row, code: str, together: int, hint: tuple[str, str]) -> Remark:
    names = {
        "by_task": ("tasks", "nhiệm vụ"),
        "by_group": ("groups", "nhóm"),
        "by_source": ("sources", "nguồn"),
        "by_year": ("years", "năm"),
    }
    english, vietnamese = names[code]
    return Remark(
        f"sum_of_{english}", "warning", "source", "budgets", total, "amount_vnd", f"the {english} make {together}, the total is {total['amount_vnd']}{hint[0]}",
        f"cộng các {vietnamese} được {together}, tổng ghi {total['amount_vnd']}{hint[1]}", str(together), str(total["amount_vnd"]),
    )  # fmt: skip


def years_make_the_line(view: View) -> Iterator[Remark]:
    """The years of a line, a group or a task make its own amount: "Mở lớp | 90 | 40 | 50" under "Tổng | 2026 | 2027"."""
    yield from _divided(view, {"by_task_year": "by_task", "by_group_year": "by_group"}, "years", "năm")


def sources_make_the_line(view: View) -> Iterator[Remark]:
    """The payers of a task make its amount: "9.500 | Ngân sách tỉnh: 7 tỷ; doanh nghiệp: 2,5 tỷ"."""
    yield from _divided(view, {"by_task_source": "by_task"}, "sources", "nguồn")


def _divided(view: View, kinds: dict[str, str], english: str, vietnamese: str) -> Iterator[Remark]:
    """Lines whose parts of a kind do not make the line's own amount."""
    for rows in view.by_source("budgets").values():
        for part, whole in kinds.items():
            lines = {_line(b): b for b in rows if b["breakdown_code"] == whole and b["amount_vnd"] is not None}
            parts: dict[tuple[object, ...], list[Row]] = defaultdict(list)
            for b in rows:
                if b["breakdown_code"] == part and b["amount_vnd"] is not None:
                    parts[_line(b)].append(b)
            for line, own in parts.items():
                total = lines.get(line)
                if total is not None and len(own) > 1 and _sum(own) != total["amount_vnd"]:
                    yield Remark(
                        f"sum_of_{english}", "warning", "source", "budgets", total, "amount_vnd", f"the {english} of this row make {_sum(own)}, the row says {total['amount_vnd']}",
                        f"cộng các {vietnamese} của dòng được {_sum(own)}, dòng ghi {total['amount_vnd']}", str(_sum(own)), str(total["amount_vnd"]),
                    )  # fmt: skip


def tasks_make_their_group(view: View) -> Iterator[Remark]:
    """The tasks of a group make the amount that its own line states, in the same annex or in another."""
    for rows in view.by_source("budgets").values():
        tasks: dict[str, list[Row]] = defaultdict(list)
        for b in rows:
            if (
                b["breakdown_code"] == "by_task"
                and b["scope_code"] == "task"
                and b["task_group_id"]
                and b["amount_vnd"] is not None
            ):
                tasks[b["task_group_id"]].append(b)
        for b in rows:
            own = tasks.get(b["task_group_id"] or "", [])
            if (
                b["scope_code"] == "task_group"
                and b["breakdown_code"] == "by_group"
                and own
                and b["amount_vnd"] not in (None, _sum(own))
            ):
                yield Remark(
                    "sum_of_group", "warning", "source", "budgets", b, "amount_vnd", f"the tasks of this group make {_sum(own)}, its line says {b['amount_vnd']}",
                    f"cộng các nhiệm vụ của nhóm được {_sum(own)}, dòng của nhóm ghi {b['amount_vnd']}", str(_sum(own)), str(b["amount_vnd"]),
                )  # fmt: skip


def sources_within_their_tasks(view: View) -> Iterator[Remark]:
    """What a source pays in all lies between the tasks that name it alone and the tasks that name it at all."""
    for rows in view.by_source("budgets").values():
        tasks = [
            b
            for b in rows
            if b["breakdown_code"] == "by_task" and b["scope_code"] == "task" and b["amount_vnd"] is not None
        ]
        if not tasks or any(not b["source_codes"] for b in tasks):
            continue
        for b in rows:
            if (
                b["scope_code"] != "plan"
                or b["breakdown_code"] != "by_source"
                or len(b["source_codes"]) != 1
                or b["amount_vnd"] is None
            ):
                continue
            code = b["source_codes"][0]
            least = _sum(t for t in tasks if t["source_codes"] == [code])
            most = _sum(t for t in tasks if code in t["source_codes"])
            if most and not least <= b["amount_vnd"] <= most:
                yield Remark(
                    "source_out_of_bounds", "warning", "source", "budgets", b, "amount_vnd", f"tasks name this source for {least} to {most}, its total is {b['amount_vnd']}",
                    f"các nhiệm vụ nêu nguồn này từ {least} đến {most}, tổng của nguồn ghi {b['amount_vnd']}", f"{least} to {most}", str(b["amount_vnd"]),
                )  # fmt: skip


def quantity_at_its_price(view: View) -> Iterator[Remark]:
    """ "5 lớp × 12 triệu = 60 triệu": a quantity at its price makes the amount, or that times a small whole number of times or years that
    the row counts beside it."""
    for b in view.table("budgets"):
        quantity, price, amount = b["quantity"], b["unit_price_vnd"], b["amount_vnd"]
        if not quantity or not price or not amount:
            continue
        times = amount / (quantity * price)
        if round(times) in range(1, 13) and abs(times - round(times)) * 200 < 1:
            continue
        expected = round(quantity * price)
        yield Remark(
            "product_differs", "warning", "source", "budgets", b, "amount_vnd", f"{quantity:g} at {price} make {expected}, the row says {amount}",
            f"{quantity:g} × {price} = {expected}, dòng ghi {amount}", str(expected), str(amount),
        )  # fmt: skip


def additive_rows_make_the_total(view: View) -> Iterator[Remark]:
    """The rows that a plain sum may add make the total of their plan, phase and period."""
    for rows in view.by_source("budgets").values():
        for phase in {b["phase_code"] for b in rows}:
            own = [b for b in rows if b["phase_code"] == phase and b["amount_vnd"] is not None]
            totals = [b for b in own if b["scope_code"] == "plan" and b["breakdown_code"] == "total"]
            added = [b for b in own if b["is_additive"]]
            kinds = {b["breakdown_code"] for b in added}
            periods = {(b["period_start_year"], b["period_end_year"]) for b in own}
            if len(kinds) > 1 and len(periods) == 1 and not kinds <= _OF_TASKS:
                yield _mixed(added[0], sorted(kinds))
            if len(totals) != 1 or not totals[0]["is_primary"] or _sum(added) == totals[0]["amount_vnd"]:
                continue
            if any(b["period_start_year"] is not None and b["breakdown_code"] != "total" for b in own):
                continue  # several periods stand side by side
            yield Remark(
                "additive_sum", "error", "extraction", "budgets", totals[0], "is_additive", f"the additive rows make {_sum(added)}, the total is {totals[0]['amount_vnd']}",
                f"các dòng is_additive cộng được {_sum(added)}, tổng ghi {totals[0]['amount_vnd']}", str(totals[0]["amount_vnd"]), str(_sum(added)),
            )  # fmt: skip


def _mixed(row: Row, kinds: list[str]) -> Remark:
    """Rows of two ways of dividing a plan are not added together."""
    return Remark(
        "additive_sum", "error", "extraction", "budgets", row, "is_additive", f"rows of several breakdowns are additive: {', '.join(kinds)}",
        f"các dòng is_additive thuộc nhiều cách chia: {', '.join(kinds)}", None, ", ".join(kinds),
    )  # fmt: skip


def _line(b: Row) -> tuple[object, ...]:
    return (b["task_id"], b["task_group_id"], b["line_label"], b["line_name_vi"], b["phase_code"])


def _sum(rows: Iterable[Row]) -> int:
    return sum(b["amount_vnd"] for b in rows)
