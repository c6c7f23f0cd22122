"""Plants faults in the tables of a release and counts how many the checks report: python -m bench.faults FOLDER [N] [SEED]."""

from __future__ import annotations

import copy
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipeline.checks import check_release
from pipeline.schema import TABLES
from pipeline.tables import read_rows

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_CONTENT = ("targets", "task_groups", "tasks", "task_agencies", "budgets", "references", "results")
_ATTEMPTS = 20
_VALUES = {"value_differs", "bounds_differ", "bounds"}
_SUMS = {
    "sum_of_tasks",
    "sum_of_sources",
    "sum_of_years",
    "sum_of_groups",
    "sum_of_group",
    "totals_differ",
    "unit_slip",
    "additive_sum",
    "source_out_of_bounds",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: how one is planted into a row of a table, and the checks that are right to report it."""

    name: str
    tables: tuple[str, ...]
    plant: Callable[[Rows, str, Row, random.Random], bool]
    right: frozenset[str]


def _drop(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    rows[table].remove(row)
    return True


def _twice(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    rows[table].append(dict(row))
    return True


def _digit(column: str) -> Callable[[Rows, str, Row, random.Random], bool]:
    """Changes one digit of a number."""

    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        if row[column] is None:
            return False
        digits = f"{row[column]:.0f}"
        at = dice.randrange(min(2, len(digits)))
        changed = digits[:at] + str((int(digits[at]) + dice.randrange(1, 9)) % 10) + digits[at + 1 :]
        row[column] = type(row[column])(int(changed))
        return True

    return plant


def _shift(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    """Moves a span by a word, its quote with it."""
    text = next((t["text"] for t in rows["texts"] if t["document_id"] == row["document_id"]), "")
    step = dice.choice((4, 7, 15))
    row["char_start"], row["char_end"] = row["char_start"] + step, min(len(text), row["char_end"] + step)
    row["quote"] = text[row["char_start"] : row["char_end"]]
    return bool(row["quote"])


def _offset(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    row["char_end"] += 2
    return True


def _year(*columns: str) -> Callable[[Rows, str, Row, random.Random], bool]:
    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        stated = [c for c in columns if row[c] is not None]
        if not stated or row.get("is_stub"):
            return False
        row[dice.choice(stated)] += dice.choice((-11, -7, 6, 9, 14))
        return True

    return plant


def _day(column: str) -> Callable[[Rows, str, Row, random.Random], bool]:
    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        if row[column] is None or row.get("is_stub"):
            return False
        row[column] += timedelta(days=dice.choice((-31, -1, 10, 365)))
        return True

    return plant


def _set(column: str, value: object) -> Callable[[Rows, str, Row, random.Random], bool]:
    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        if row[column] == value:
            return False
        row[column] = value
        return True

    return plant


def _province(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    if row["province_id"] is None:
        return False
    row["province_id"] = dice.choice(
        [p["province_id"] for p in rows["provinces"] if p["slug"] != "" and p["province_id"] != row["province_id"]]
    )
    return True


def _agency(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    others = [
        a["agency_id"]
        for a in rows["agencies"]
        if not a["agency_id"].startswith(("vn:", (row["agency_id"] or "vn:").split(":")[0] + ":"))
    ]
    if row["agency_id"] is None or not others:
        return False
    row["agency_id"] = dice.choice(others)
    return True


def _words(column: str) -> Callable[[Rows, str, Row, random.Random], bool]:
    """Puts the words of another row in place."""

    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        others = [r[column] for r in rows[table] if r[column] and r[column] != row[column]]
        if not others or not row[column]:
            return False
        row[column] = dice.choice(others)
        return True

    return plant


def _flip(column: str) -> Callable[[Rows, str, Row, random.Random], bool]:
    def plant(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
        row[column] = not row[column]
        return True

    return plant


def _number(rows: Rows, table: str, row: Row, dice: random.Random) -> bool:
    if not row["number_symbol"] or row.get("is_stub"):
        return False
    row["number_symbol"] = f"9{row['number_symbol']}"
    return True


FAULTS = (
    Fault("a row is dropped", ("documents", "sections", "plan_documents", *_CONTENT), _drop, frozenset({"row_missing"})),
    Fault("a key stands twice", ("plans", *_CONTENT), _twice, frozenset({"key"})),
    Fault("a digit of an amount", ("budgets",), _digit("amount_vnd"), frozenset({"value_differs", *_SUMS})),
    Fault("a digit of a target", ("targets",), _digit("value_min"), frozenset(_VALUES)),
    Fault("a digit of a result", ("results",), _digit("value"), frozenset(_VALUES)),
    Fault("the unit of an amount", ("budgets",), _set("unit_scale", 10), frozenset({"value_differs"})),
    Fault("a span and its quote are moved", _CONTENT, _shift, frozenset({"words_elsewhere", "value_differs"})),
    Fault("a span is moved", ("plans", "sections", *_CONTENT), _offset, frozenset({"evidence"})),
    Fault("the year of a target", ("targets",), _year("target_year", "baseline_year"), frozenset({"year_elsewhere", "years_reversed", "bounds"})),
    Fault("the year of a task", ("tasks",), _year("start_year", "end_year"), frozenset({"year_elsewhere", "year_outside_plan", "years_reversed", "bounds"})),
    Fault("the year of an amount", ("budgets",), _year("year", "period_end_year"), frozenset({"year_elsewhere", "year_outside_plan", "years_reversed", "bounds"})),
    Fault("the years of a plan", ("plans",), _year("period_start_year", "period_end_year"), frozenset({"year_elsewhere", "years_reversed", "bounds"})),
    Fault("the day of a citation", ("references",), _day("issued_date"), frozenset({"date_elsewhere"})),
    Fault("the day of a plan", ("plans",), _day("issued_date"), frozenset({"date_elsewhere"})),
    Fault("the day of a limit", ("tasks",), _day("deadline_date"), frozenset({"date_elsewhere"})),
    Fault("the province of a plan", ("plans", "documents"), _province, frozenset({"province_differs", "province_elsewhere"})),
    Fault("the province of an agency", ("task_agencies",), _agency, frozenset({"agency_elsewhere"})),
    Fault("a key that points nowhere", ("targets", "task_groups", "tasks", "budgets", "references", "results"), _set("plan_id", "vn:nowhere:2020"), frozenset({"reference"})),
    Fault("a code of no vocabulary", ("tasks",), _set("task_kind_code", "chore"), frozenset({"code"})),
    Fault("a role of no vocabulary", ("task_agencies",), _set("role_code", "boss"), frozenset({"code"})),
    Fault("a null", ("targets", "tasks", "task_groups"), _set("char_start", None), frozenset({"null"})),
    Fault("the words of another task", ("tasks",), _words("name_vi"), frozenset({"words_elsewhere"})),
    Fault("the words of another target", ("targets",), _words("text_vi"), frozenset({"words_elsewhere"})),
    Fault("the words of another mention", ("task_agencies",), _words("mention_text"), frozenset({"words_elsewhere"})),
    Fault("what adds up", ("budgets",), _flip("is_additive"), frozenset({"additive_sum", "bounds"})),
    Fault("the number of a plan", ("plans",), _number, frozenset({"number_elsewhere"})),
    Fault("the number of a citation", ("references",), _number, frozenset({"words_elsewhere"})),
)  # fmt: skip


def plant_all(rows: Rows, wanted: int, dice: random.Random) -> tuple[Counter[str], Counter[str], list[str]]:
    """Plants `wanted` faults, one at a time: by kind how many were planted, how many reported by a right check, and the missed ones."""
    planted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    missed = []
    for attempt in range(wanted * _ATTEMPTS):
        if sum(planted.values()) == wanted:
            break
        fault = FAULTS[attempt % len(FAULTS)]  # a kind that finds no row to spoil leaves its turn to the next
        table = dice.choice([t for t in fault.tables if rows[t]] or list(fault.tables))
        if not rows[table]:
            continue
        copied = {**rows, table: [dict(r) for r in rows[table]]}
        row = dice.choice(copied[table])
        if table == "plans" and fault.plant is not _offset and row.get("is_stub"):
            continue
        before = copy.deepcopy(row)
        if row.get("char_start") is None and fault.plant in (_shift, _offset):
            continue
        if not fault.plant(copied, table, row, dice):
            continue
        planted[fault.name] += 1
        found = {f.check for f in check_release(copied)}
        if found & fault.right:
            reported[fault.name] += 1
        else:
            changed = {k: (before[k], row.get(k)) for k in before if before[k] != row.get(k)}
            missed.append(f"{fault.name}: {table} {changed} reported as {sorted(found) or 'nothing'}")
    return planted, reported, missed


def main() -> None:
    """Prints the share of reported faults by kind, and what was missed."""
    folder = Path(sys.argv[1])
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rows = {t.name: read_rows(folder / f"{t.name}.parquet") for t in TABLES}
    standing = check_release(rows)
    print(f"unmodified: {len(standing)} broken promises")
    planted, reported, missed = plant_all(rows, wanted, random.Random(seed))
    for name in planted:
        print(f"  {reported[name]:3} of {planted[name]:3}  {name}")
    print(
        f"{sum(reported.values())} of {sum(planted.values())} faults reported by a right check ({sum(reported.values()) / sum(planted.values()):.1%})"
    )
    for line in missed:
        print(f"  missed: {line[:300]}")


if __name__ == "__main__":
    main()
