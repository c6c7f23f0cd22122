"""The project's own golden documents: a source and the rows a reader expects of it.

`tests/documents/<slug>/source.*` and `expected.json`: {"plan": {column: value}, "targets": [{…}], …}; an expected row names
the columns it fixes, and `agencies` on a task as "role name" in any order.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.ids import document_id
from pipeline.raw import list_raw
from pipeline.reading import read_file
from pipeline.rows import Rows, build_rows
from pipeline.scope import Source

TABLES = ("documents", "plans", "plan_documents", "targets", "task_groups", "tasks", "budgets", "references", "results")


def rows_of(folder: Path) -> Rows:
    """Rows of the one source in a golden document's folder."""
    files = [f for f in list_raw(folder) if f.path.startswith("source.")]
    return build_rows([Source(document_id(f.path), f, read_file(f.location), None) for f in files])


def compare(expected: dict[str, Any], rows: Rows) -> tuple[dict[str, tuple[int, int, int]], list[str]]:
    """For each table expected rows, rows, and rows that match; and what did not match, in words.

    Stubs, mentions and rows of other plans count like any row: what is not expected is invented.
    """
    counts = {}
    misses: list[str] = []
    for table in TABLES:
        if table not in expected:
            continue
        wanted = expected[table] if isinstance(expected[table], list) else [expected[table]]
        open_rows = [_plain(table, row, rows) for row in rows[table]]
        total, hit = len(open_rows), 0
        for want in wanted:
            found = next((r for r in open_rows if _matches(want, r)), None)
            if found is None:
                misses.append(f"{table}: missing {json.dumps(want, ensure_ascii=False)}")
            else:
                open_rows.remove(found)
                hit += 1
        misses += [f"{table}: not expected {_short(row)}" for row in open_rows]
        counts[table] = (len(wanted), total, hit)
    return counts, misses


def _plain(table: str, row: dict[str, Any], rows: Rows) -> dict[str, Any]:
    """A row as JSON would hold it: dates as text, agencies of a task by role and name."""
    plain = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
    names = {a["agency_id"]: a["name_full_vi"] for a in rows["agencies"]}
    if table == "tasks":
        plain["agencies"] = sorted(
            f"{m['role_code']} {names.get(m['agency_id'], m['mention_text'])}"
            for m in rows["task_agencies"]
            if m["task_id"] == row["task_id"]
        )
        plain["group"] = next(
            (g["label"] for g in rows["task_groups"] if g["task_group_id"] == row["task_group_id"]), None
        )
    if table == "budgets":
        plain["task"] = next((t["label"] for t in rows["tasks"] if t["task_id"] == row["task_id"]), None)
    if "issuer_agency_id" in plain:
        plain["issuer"] = names.get(plain["issuer_agency_id"])
    return plain


def _matches(want: dict[str, Any], row: dict[str, Any]) -> bool:
    return all((sorted(v) if k == "agencies" else v) == row.get(k) for k, v in want.items())


def _short(row: dict[str, Any]) -> str:
    words = (
        row.get("text_vi")
        or row.get("name_vi")
        or row.get("number_symbol")
        or row.get("amount_text")
        or row.get("role_code")
        or row.get("path")
    )
    return f"{str(words)[:90]!r}"


def score_golden(folder: Path, errors: bool) -> dict[str, float]:
    """F1 of each table over all golden documents, printed; the mean is `mean`."""
    sums: dict[str, list[int]] = {}
    for path in sorted(folder.glob("*/expected.json")):
        counts, misses = compare(json.loads(path.read_text(encoding="utf-8")), rows_of(path.parent))
        for table, figures in counts.items():
            sums[table] = [a + b for a, b in zip(sums.get(table, [0, 0, 0]), figures, strict=True)]
        for miss in misses if errors else []:
            print(f"  {path.parent.name}: {miss}")
    figures_by_table = {}
    print(f"{'table':16}{'expected':>9}{'rows':>7}{'F1':>8}")
    for table, (wanted, total, hit) in sums.items():
        figures_by_table[table] = 2 * hit / (wanted + total) if wanted + total else 1.0
        print(f"{table:16}{wanted:9}{total:7}{figures_by_table[table]:8.3f}")
    figures_by_table["mean"] = sum(figures_by_table.values()) / max(1, len(figures_by_table))
    print(f"{'mean':32}{figures_by_table['mean']:8.3f}")
    return figures_by_table
