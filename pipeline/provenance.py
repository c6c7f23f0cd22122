"""Where the rows of a release come from: counts by table and rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pipeline.schema import TABLES

Row = dict[str, Any]
_STEPS = frozenset({"provenance", "changes", "id_aliases"})


def provenance_rows(rows: dict[str, list[Row]]) -> list[Row]:
    """One row for each table and rule of a release; `flagged_count` counts the rows that an error or a warning names."""
    flagged = {
        (i["table_name"], i["row_id"]) for i in rows.get("issues", []) if i["severity_code"] in ("error", "warning") and i["row_id"]
    }  # fmt: skip
    found = []
    for table in TABLES:
        if table.name in _STEPS:
            continue
        by_rule: dict[str, list[Row]] = defaultdict(list)
        for row in rows.get(table.name, []):
            by_rule[row.get("rule") or ""].append(row)
        for rule, own in by_rule.items():
            found.append(
                {
                    "table_name": table.name, "rule": rule, "row_count": len(own),
                    "flagged_count": sum((table.name, row.get(table.key[0])) in flagged for row in own),
                    "document_count": len({row.get("document_id") for row in own} - {None}), "plan_count": len({row.get("plan_id") for row in own} - {None}),
                }
            )  # fmt: skip
    return found


def missing_rows(rows: dict[str, list[Row]]) -> list[tuple[str, str, int, int]]:
    """Table, rule, rows now and rows when published, where a release has lost or gained some since."""
    published = {(p["table_name"], p["rule"]): p["row_count"] for p in rows.get("provenance", [])}
    now: Counter[tuple[str, str]] = Counter()
    for row in provenance_rows(rows):
        now[row["table_name"], row["rule"]] = row["row_count"]
    return [
        (t, r, now[t, r], published.get((t, r), 0))
        for t, r in sorted(published.keys() | now.keys())
        if now[t, r] != published.get((t, r), 0)
    ]
