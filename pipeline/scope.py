"""What every row of one document needs: its plan, its text, its province and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.document import page_at
from extractors.findings import Evidence, Plan
from pipeline.raw import RawFile
from pipeline.reading import Reading
from pipeline.resolve import Standing

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its key and what was read from it; `same_as`: the document of the same bytes that is read in its place."""

    document_id: str
    file: RawFile
    reading: Reading
    same_as: str | None


class Scope:
    """A document among the plans of the run."""

    def __init__(self, source: Source, standing: Standing) -> None:
        self.source = source
        self.standing = standing
        self.document_id = source.document_id
        self.text = source.reading.text or ""
        self.plan_id = standing.plan_id
        self._primary, self._account = frozenset(standing.primary_of), frozenset(standing.account_of)
        findings = source.reading.findings
        plan = findings.plan if findings else None
        self.slug = (plan.province_slug if plan else None) or (findings.header.province_slug if findings else None)
        issuer = (plan.issuer if plan else None) or (findings.header.issuer if findings else None)
        self.within = issuer.locality if issuer else ""
        self.issued = (plan.issued_date if plan else None) or (findings.header.issued_date if findings else None)
        self.date: date | None = self.issued or _year_start(plan)

    def is_primary(self, plan_id: str | None) -> bool:
        """Whether this document's rows count for a plan."""
        return plan_id is None or plan_id in self._primary

    def gives_account(self, plan_id: str | None) -> bool:
        """Whether this document's money and results count for a plan."""
        return plan_id is None or plan_id in self._account

    def evidence(self, e: Evidence, plan_id: str | None) -> Row:
        """The columns of evidence of a row."""
        return {
            "document_id": self.document_id, "section": e.section, "page": page_at(self.source.reading.page_starts, e.start), "char_start": e.start, "char_end": e.end,
            "quote": self.text[e.start : e.end], "rule": e.rule, "is_primary": self.is_primary(plan_id),
        }  # fmt: skip

    def account(self, e: Evidence, plan_id: str | None) -> Row:
        """The columns of evidence of an amount or a result."""
        return self.evidence(e, plan_id) | {"is_primary": self.gives_account(plan_id)}


def _year_start(plan: Plan | None) -> date | None:
    year = (plan.period_start_year or plan.period_end_year) if plan else None
    return date(year, 1, 1) if year else None
