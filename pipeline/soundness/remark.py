"""What a check says of a row, and the release as the checks see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
KEYS = {
    "documents": "document_id", "plans": "plan_id", "targets": "target_id", "task_groups": "task_group_id", "tasks": "task_id", "task_agencies": "task_id",
    "budgets": "budget_id", "references": "reference_id", "results": "result_id", "sections": "section_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that a reader should not trust unseen: which check, how bad, whose fault (source, extraction, normalisation, model), the row and
    its column, the message in both languages, what was expected and what stands there."""

    code: str
    severity: str
    origin: str
    table: str
    row: Row
    column: str | None
    en: str
    vi: str
    expected: str | None
    actual: str | None

    @property
    def row_id(self) -> str:
        """Key of the row the remark is about."""
        return str(self.row.get(KEYS[self.table]))


class View:
    """The rows of a release, found by what the checks ask for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def table(self, name: str) -> list[Row]:
        """Rows of a table, none for a table that is missing."""
        return self.rows.get(name, [])

    @cached_property
    def texts(self) -> dict[str, str]:
        """Text by document."""
        return {r["document_id"]: r["text"] for r in self.table("texts")}

    @cached_property
    def plans(self) -> dict[str, Row]:
        """Plans by key."""
        return {r["plan_id"]: r for r in self.table("plans")}

    @cached_property
    def documents(self) -> dict[str, Row]:
        """Documents by key."""
        return {r["document_id"]: r for r in self.table("documents")}

    @cached_property
    def tasks(self) -> dict[str, Row]:
        """Tasks by key."""
        return {r["task_id"]: r for r in self.table("tasks")}

    @cached_property
    def provinces(self) -> dict[str, Row]:
        """Provinces by key."""
        return {r["province_id"]: r for r in self.table("provinces")}

    def by_source(self, name: str) -> dict[tuple[str, str], list[Row]]:
        """Rows of a content table by plan and document, in the order of the text."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in sorted(self.table(name), key=lambda r: (r.get("char_start") or 0, r.get("char_end") or 0)):
            found[row["plan_id"], row["document_id"]].append(row)
        return found

    def texts_of(self, table: str, row: Row) -> list[str]:
        """The text of a document, or those of all documents that speak of a plan; its own first."""
        own = row["document_id"]
        others = self._documents_of.get(row["plan_id"], set()) - {own} if table == "plans" else set()
        return [self.texts[d] for d in (own, *sorted(others)) if d in self.texts]

    @cached_property
    def _documents_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for link in self.table("plan_documents"):
            if link["role_code"] != "mention":
                found[link["plan_id"]].add(link["document_id"])
        return found

    @staticmethod
    def is_cited_only(plan: Row) -> bool:
        """Whether nothing but a citation is known of a plan: its years need not stand where it is cited."""
        coverages = (plan["targets_coverage"], plan["tasks_coverage"], plan["budgets_coverage"])
        return bool(plan["is_stub"]) and set(coverages) == {"not_extracted"}

    def words_above(self, row: Row) -> str:
        """The text from where the sections around a row begin to the end of its line, and the name of its plan: where its years may stand."""
        text = self.texts.get(row["document_id"], "")
        start = min(
            (s["char_start"] for s in self._sections.get(row["document_id"], []) if s["char_start"] <= row["char_start"] < s["char_end"]),
            default=max(0, row["char_start"] - 2000),
        )  # fmt: skip
        plan = self.plans.get(row["plan_id"], {})
        document = self.documents.get(row["document_id"], {})
        named = (plan.get("title_vi"), plan.get("period_text"), document.get("title_vi"))
        end = text.find(
            "\n", row["char_end"]
        )  # the year of a sentence may stand behind the clause: "…, 12 bến vào năm 2026"
        return " ".join([*(words for words in named if words), text[start : end if end >= 0 else len(text)]])

    @cached_property
    def _sections(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.table("sections"):
            if row.get("char_start") is not None:
                found[row["document_id"]].append(row)
        return found
