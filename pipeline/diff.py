"""What changed between two releases: rows gained, lost and changed, by table and plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from normalizers.text import collapse
from pipeline.database import database, files
from pipeline.releases import Release
from pipeline.schema import TABLES, Table

Row = dict[str, Any]
COMPARED = (
    "documents",
    "plans",
    "targets",
    "task_groups",
    "tasks",
    "task_agencies",
    "budgets",
    "references",
    "results",
    "comparisons",
)
_SEEN = (*COMPARED, "sections")
_TABLES = {t.name: t for t in TABLES}
_MOVING = frozenset({"char_start", "char_end", "quote", "last_seen_date"})  # they change with a sentence elsewhere
_MOST_PLANS = 100
_MOST_VALUES = 8
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Step:
    """From one release to the next: the rows of each table that are not the same in both, and what is needed to speak of them. `before` is the
    name of the earlier release, None for the first."""

    before: str | None
    old: dict[str, list[Row]]
    new: dict[str, list[Row]]
    counts: dict[str, int]
    titles: dict[str, str | None]
    owners: dict[str, str]


def step_between(before: Release | None, folder: Path) -> Step:
    """The step from a release to the tables of the next, which lie in a folder."""
    old: dict[str, list[Row]] = {name: [] for name in _SEEN}
    new: dict[str, list[Row]] = {name: [] for name in _SEEN}
    if before is not None:
        with database(folder) as connection:
            for name in _SEEN:
                old[name], new[name] = _differing(connection, before.path(name), folder / f"{name}.parquet")
    moved = (*old["task_agencies"], *new["task_agencies"])
    owners = {t["task_id"]: t["plan_id"] for t in (*old["tasks"], *new["tasks"])}
    owners |= _looked_up(folder, "tasks", "task_id", "plan_id", {r["task_id"] for r in moved} - owners.keys())
    named = {r.get("plan_id") for name in COMPARED for r in (*old[name], *new[name])} | set(owners.values())
    titles = {p["plan_id"]: p["title_vi"] for p in old["plans"]}
    titles |= _looked_up(folder, "plans", "plan_id", "title_vi", named - {None})
    counts = {name: pq.ParquetFile(folder / f"{name}.parquet").metadata.num_rows for name in _SEEN}
    return Step(before.name if before else None, old, new, counts, titles, owners)


def difference(before: Release, after: Release) -> tuple[Step, list[Row]]:
    """The step from one published release to another, and its changes as `changes` has them."""
    step = step_between(before, after.folder)
    return step, changes(step)


def _looked_up(folder: Path, table: str, key: str, value: str, wanted: Collection[Any]) -> dict[str, Any]:
    """Values of a table for some keys."""
    if not wanted:
        return {}
    rows = pq.read_table(folder / f"{table}.parquet", columns=[key, value], filters=pc.field(key).isin(list(wanted)))
    return dict(zip(rows.column(key).to_pylist(), rows.column(value).to_pylist(), strict=True))


def _differing(connection: duckdb.DuckDBPyConnection, was: Path, now: Path) -> tuple[list[Row], list[Row]]:
    """Rows of a table that only the earlier file has, and rows that only the later one has."""
    if not was.is_file():
        return [], pq.ParquetFile(now).read().to_pylist()
    if pq.read_schema(was).names != pq.read_schema(now).names:
        return pq.ParquetFile(was).read().to_pylist(), pq.ParquetFile(now).read().to_pylist()
    lost, gained = (
        connection.sql(f"FROM {files([a])} EXCEPT FROM {files([b])}").to_arrow_table().to_pylist()
        for a, b in ((was, now), (now, was))
    )
    return lost, gained


def changes(step: Step) -> list[Row]:
    """Rows of the table `changes`: one for each row gained or lost, one for each value that changed; none for the first release."""
    found: list[Row] = []
    for name in COMPARED if step.before else ():
        table = _TABLES[name]
        before = {_key(table, r): r for r in step.old[name]}
        after = {_key(table, r): r for r in step.new[name]}
        columns = [c.name for c in table.columns if c.name not in _MOVING]
        for identity in sorted(before.keys() | after.keys()):
            a, b = before.get(identity), after.get(identity)
            if a is None or b is None:
                found.append(
                    _change(step, name, identity, a or b or {}, "", "added" if a is None else "removed", None, None)
                )
                continue
            for column in columns:
                if a.get(column) != b.get(column):
                    found.append(_change(step, name, identity, b, column, "changed", a.get(column), b.get(column)))
    return found


def _key(table: Table, row: Row) -> str:
    return "/".join(str(row.get(c)) for c in table.key)


def _change(step: Step, table: str, identity: str, row: Row, column: str, code: str, old: Any, new: Any) -> Row:
    return {
        "release": step.before, "table_name": table, "row_id": identity, "plan_id": row.get("plan_id") or step.owners.get(row.get("task_id", "")),
        "column_name": column, "change_code": code, "old_value": None if old is None else str(old), "new_value": None if new is None else str(new),
    }  # fmt: skip


def describe(step: Step, found: Sequence[Row], name: str) -> str:
    """The changes as Markdown: counts by table, documents, then plan by plan."""
    lines = [f"# Release {name}", ""]
    if step.before is None:
        counts = ", ".join(f"{step.counts[t]} {t}" for t in COMPARED)
        return "\n".join([*lines, f"The first release: {counts}.", ""])
    lines += [f"Since release {step.before}:", ""]
    if not found:
        return "\n".join([*lines, "No row was gained, lost or changed.", ""])
    return "\n".join([*lines, *_by_table(found, step), *_documents(found, step), *_by_plan(found, step)])


def _by_table(found: Sequence[Row], step: Step) -> list[str]:
    counts = Counter((c["table_name"], c["change_code"]) for c in _once(found))
    lines = ["| table | rows now | gained | lost | changed |", "|---|---:|---:|---:|---:|"]
    for table in COMPARED:
        gained, lost, changed = (counts[table, code] for code in ("added", "removed", "changed"))
        if gained or lost or changed:
            lines.append(f"| {table} | {step.counts[table]} | {gained} | {lost} | {changed} |")
    return [*lines, ""]


def _once(found: Sequence[Row]) -> list[Row]:
    """One change per row, however many of its values changed."""
    return list({(c["table_name"], c["row_id"]): c for c in found}.values())


def _documents(found: Sequence[Row], step: Step) -> list[str]:
    paths = {d["document_id"]: d["path"] for d in (*step.old["documents"], *step.new["documents"])}
    lines = []
    for code, title in (("added", "New documents"), ("removed", "Documents that are gone")):
        named = sorted(paths[c["row_id"]] for c in found if c["table_name"] == "documents" and c["change_code"] == code)
        if named:
            more = [f"- … and {len(named) - _MOST_PLANS} more"] if len(named) > _MOST_PLANS else []
            lines += [f"## {title}", "", *(f"- {path}" for path in named[:_MOST_PLANS]), *more, ""]
    return lines


def _by_plan(found: Sequence[Row], step: Step) -> list[str]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for change in found:
        if change["plan_id"]:
            grouped[change["plan_id"]].append(change)
    lines = []
    for plan_id, own in sorted(grouped.items())[:_MOST_PLANS]:
        lines += [f"## {_plan_name(plan_id, step.titles.get(plan_id))}", "", *_rows_of_plan(own), ""]
    if len(grouped) > _MOST_PLANS:
        lines += [f"… and {len(grouped) - _MOST_PLANS} more plans: all changes are in `changes.parquet`.", ""]
    return lines


def _plan_name(plan_id: str, title: str | None) -> str:
    return ": ".join(part for part in (plan_id, _short(collapse(title or ""))) if part)


def _rows_of_plan(own: Sequence[Row]) -> list[str]:
    counts = Counter((c["table_name"], c["change_code"]) for c in _once(own))
    words = {"added": "gained", "removed": "lost", "changed": "changed"}
    lines = [f"- {table}: {n} {words[code]}" for (table, code), n in sorted(counts.items())]
    values = [c for c in own if c["change_code"] == "changed"]
    lines += [
        f"  - {c['table_name']} {c['row_id']}, {c['column_name']}: {_value(c['old_value'])} → {_value(c['new_value'])}"
        for c in values[:_MOST_VALUES]
    ]
    return [*lines, f"  - … and {len(values) - _MOST_VALUES} more values"] if len(values) > _MOST_VALUES else lines


def _value(text: str | None) -> str:
    return "(empty)" if text is None else _short(collapse(text))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
