"""Tables that describe the tables: vocabularies, the data dictionary, and its page for reading."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipeline.schema import TABLES, VIEW_TABLES

_CODES = Path(__file__).parent / "schema" / "codes.csv"


def code_rows() -> list[dict[str, Any]]:
    """Rows of the table `codes`."""
    with _CODES.open(encoding="utf-8", newline="") as stream:
        return [
            {k: (int(v) if k == "sort_order" else v) or None for k, v in row.items()} for row in csv.DictReader(stream)
        ]


def dictionary_rows() -> list[dict[str, Any]]:
    """Rows of the table `data_dictionary`: every column of every table."""
    return [
        {
            "table": t.name, "column": c.name, "type": c.type, "unit": c.unit, "nullable": c.nullable,
            "key": "primary" if c.name in t.key else c.refers_to, "description_en": c.description_en, "description_vi": c.description_vi,
        }
        for t in (*TABLES, *VIEW_TABLES)
        for c in t.columns
    ]  # fmt: skip


def dictionary_page() -> str:
    """The data dictionary as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Made by `make dictionary` from the schema. Types: `list` is a list of strings, `date` a day without time.",
        "",
    ]
    for t in (*TABLES, *VIEW_TABLES):
        lines += [
            f"## {t.name}",
            "",
            f"{t.description_en}. {t.description_vi}.",
            "",
            f"Key: {', '.join(t.key)}",
            "",
            "| column | type | unit | null | points to / codes | description | mô tả |",
            "|---|---|---|---|---|---|---|",
        ]
        for c in t.columns:
            lines.append(
                f"| {c.name} | {c.type} | {c.unit or ''} | {'yes' if c.nullable else 'no'} | {c.refers_to or (f'codes: {c.vocab}' if c.vocab else '')} | {c.description_en} | {c.description_vi} |"
            )
        lines.append("")
    return "\n".join(lines)
