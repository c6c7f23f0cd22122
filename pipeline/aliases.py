"""Ids that changed since the release before: plans that got their number, rows whose words were repaired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from pipeline.diff import Step

Row = dict[str, Any]
_ALIKE = 0.8  # of two quotes, one of which was repaired
_KIND = {
    "targets": ("target_kind",), "task_groups": (), "tasks": ("task_kind_code",), "budgets": ("scope_code", "breakdown_code"), "references": ("relation_code",),
    "results": (), "sections": ("kind_code",),
}  # fmt: skip
_KEYS = {
    "targets": "target_id", "task_groups": "task_group_id", "tasks": "task_id", "budgets": "budget_id", "references": "reference_id", "results": "result_id",
    "sections": "section_id",
}  # fmt: skip


def alias_rows(step: Step, plan_aliases: Sequence[Row], earlier: Sequence[Row], release: str) -> list[Row]:
    """Every id of an earlier release that is another one now.

    `plan_aliases`: keys that plans known by words alone would have had; `earlier`: the aliases of the release before, which are carried on to
    where they lead today.
    """
    found: dict[str, Row] = {}
    gone = {p["plan_id"] for p in step.old["plans"]}
    for alias in plan_aliases:
        if alias["old_id"] in gone:
            found[alias["old_id"]] = _row(alias["old_id"], alias["new_id"], "plans", "identified", release)
    for table in _KEYS:
        for old, new in _repaired(table, step.old[table], step.new[table]):
            found[old] = _row(old, new, table, "reworded", release)
    for alias in earlier:
        led = found.get(alias["new_id"])
        found.setdefault(alias["old_id"], alias | {"new_id": led["new_id"]} if led else dict(alias))
    return list(found.values())


def _repaired(table: str, before: Sequence[Row], now: Sequence[Row]) -> list[tuple[str, str]]:
    """Old and new ids of rows of one document that say nearly the same: one letter of a scan was mended, a sentence was reworded."""
    key = _KEYS[table]
    old_ids, new_ids = {r[key] for r in before}, {r[key] for r in now}
    gone: dict[str, list[Row]] = defaultdict(list)
    fresh: dict[str, list[Row]] = defaultdict(list)
    for row in before:
        if row[key] not in new_ids:
            gone[row["document_id"]].append(row)
    for row in now:
        if row[key] not in old_ids:
            fresh[row["document_id"]].append(row)
    found = []
    for document, lost in gone.items():
        open_rows = list(fresh.get(document, []))
        for row in lost:
            alike = [(_likeness(row, other, table), n) for n, other in enumerate(open_rows)]
            best = max(alike, default=(0.0, 0))
            if best[0] >= _ALIKE:
                found.append((row[key], open_rows.pop(best[1])[key]))
    return found


def _likeness(a: Row, b: Row, table: str) -> float:
    if any(a[c] != b[c] for c in _KIND[table]):
        return 0.0
    words = "heading_vi" if table == "sections" else "quote"
    return SequenceMatcher(None, (a[words] or "")[:400], (b[words] or "")[:400], autojunk=False).ratio()


def _row(old: str, new: str, table: str, reason: str, release: str) -> Row:
    return {"old_id": old, "new_id": new, "table_name": table, "reason_code": reason, "since_release": release}
