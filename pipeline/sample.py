"""Random rows with the words they were read from, for reading by eye."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path
from typing import Any

from pipeline.tables import read_rows

_SHOWN = {
    "targets": ("target_kind", "value_kind", "value_min", "value_max", "unit_code", "target_year"),
    "task_groups": ("label", "category_codes"),
    "tasks": ("task_kind_code", "label", "start_year", "end_year", "recurrence_code", "deadline_text"),
    "task_agencies": ("role_code", "agency_id", "is_class"),
    "budgets": ("scope_code", "breakdown_code", "phase_code", "year", "source_codes", "amount_vnd", "is_additive"),
    "references": ("number_symbol", "issued_date", "relation_code"),
    "results": ("value_min", "unit_code", "activity_code"),
}


def draw(release: Path, seed: int, count: int) -> str:
    """Up to `count` rows of each content table, drawn with a seed, each with its document, place and quote."""
    chance = random.Random(seed)
    paths = {d["document_id"]: d["path"] for d in read_rows(release / "documents.parquet")}
    lines = []
    for table, columns in _SHOWN.items():
        rows = read_rows(release / f"{table}.parquet")
        picked = chance.sample(rows, min(count, len(rows)))
        lines.append(f"\n== {table} ({len(picked)} of {len(rows)})")
        for row in picked:
            lines += _lines(row, columns, paths)
    return "\n".join(lines).lstrip()


def _lines(row: dict[str, Any], columns: tuple[str, ...], paths: dict[str, str]) -> list[str]:
    values = " · ".join(f"{c}={row[c]}" for c in columns if row[c] not in (None, []))
    quote = textwrap.shorten(" ".join((row["quote"] or "").split()), 300)
    return [f"- {paths[row['document_id']]} [{row['section'] or ''}] {row['rule']}", f"    {values}", f"    “{quote}”"]
