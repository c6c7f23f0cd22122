"""Rows as the page of a document carries them: columns that say something, the place in the text, and what a correction needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.review.labels import Labels, columns, is_nullable, key_of, kinds, vocabularies
from pipeline.review.shelf import Row

# Tables whose rows have a place in a document, in the order of the page. Sections are its outline.
SHOWN = (
    "plans",
    "targets",
    "task_groups",
    "tasks",
    "task_agencies",
    "budgets",
    "references",
    "results",
    "issues",
    "sections",
)
# What a row is called in a list.
TITLES = {
    "plans": "title_vi", "targets": "text_vi", "task_groups": "name_vi", "tasks": "name_vi", "task_agencies": "mention_text", "budgets": "amount_text",
    "references": "number_symbol", "results": "text_vi", "issues": "message_vi", "sections": "heading_vi",
}  # fmt: skip
_MAIN = {
    "targets": "value",
    "tasks": "name_vi",
    "task_groups": "name_vi",
    "budgets": "amount_vnd",
    "task_agencies": "agency_id",
    "results": "value",
}
_DROPPABLE = frozenset(
    {"targets", "tasks", "task_agencies", "budgets", "references", "results"}
)  # nothing hangs on them but what goes with them
_PLACE = frozenset({"document_id", "char_start", "char_end", "quote"})
_OF_ITSELF = frozenset({"is_primary", "ordinal"})


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with the table it is of."""

    table: str
    row: Row

    @property
    def key(self) -> str:
        """Its key in one word, for addresses: "tk-12", of several columns "tk-12.3"."""
        return ".".join(str(self.row[c]) for c in key_of(self.table))

    @property
    def span(self) -> tuple[int, int] | None:
        """Start and end of its words in the text, None where it has none."""
        start, end = self.row.get("char_start"), self.row.get("char_end")
        return None if start is None or end is None else (start, end)


def placed(of_tables: Mapping[str, Sequence[Row]]) -> list[PlacedRow]:
    """The rows of a document in the order of the text, the longer of two that begin together first; those without a place at the end."""
    found = [PlacedRow(table, row) for table in SHOWN for row in of_tables.get(table, ())]
    order = {table: n for n, table in enumerate(SHOWN)}
    return sorted(found, key=lambda r: (r.span is None, (r.span or (0, 0))[0], -(r.span or (0, 0))[1], order[r.table]))


def as_data(rows: Sequence[PlacedRow], labels: Labels) -> dict[str, Any]:
    """What the script of a page gets: rows as [table, key, columns], and what tables, columns and codes are called."""
    tables = [t for t in SHOWN if any(r.table == t for r in rows)]
    said = [(tables.index(r.table), r.key, _said(r)) for r in rows]
    used = {t: {c for n, _, own in said if n == i for c in own} for i, t in enumerate(tables)}
    return {
        "rows": said,
        "tables": [
            {
                "name": t, "title": TITLES[t], "key": key_of(t), "settable": _settable(t), "droppable": t in _DROPPABLE,
                "columns": {c: [*pair, kinds(t)[c], vocabularies(t).get(c), is_nullable(t, c)] for c, pair in columns(t).items() if _may_be_set(t, c) or c in used[t]},
            }
            for t in tables
        ],
        "codes": labels.of_tables(tables),
    }  # fmt: skip


def _said(placed_row: PlacedRow) -> Row:
    """The columns of a row that say something, as JSON knows them."""
    left_out = _PLACE | _OF_ITSELF if placed_row.table != "task_agencies" else _PLACE | {"is_primary"}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in placed_row.row.items()
        if name not in left_out and value is not None and value != []
    }


def _may_be_set(table: str, column: str) -> bool:
    """Whether a person may put a column right: what the program derives, and keys, are not for that."""
    if table == "issues":
        return column == "status_code"
    return column not in _PLACE | _OF_ITSELF | {"section", "page", "rule"} and column not in key_of(table)


def _settable(table: str) -> list[str]:
    """The columns a person may put right, the one that is wrong most often first."""
    found = [c for c in columns(table) if _may_be_set(table, c)]
    return sorted(found, key=lambda c: c != _MAIN.get(table))
