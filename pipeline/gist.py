"""What a whole run needs to know of one reading to find out which documents speak of one plan; small, so that a run keeps those of all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.findings import Findings, Plan, PlanName, Reference
from normalizers.text import key
from pipeline.joined import draft_spoken_of, says_draft
from pipeline.reading import Reading

_PLAN_TITLE = re.compile(
    r"(?:phê\s+duyệt|ban\s+hành|về)\s+(?:việc\s+)?(?:phê\s+duyệt\s+|ban\s+hành\s+)?[“\"]?\s*(chiến\s+lược|chương\s+trình|kế\s+hoạch|đề\s+án)"
)
_PLAN_CODES = {"chiến lược": "CL", "chương trình": "CTr", "kế hoạch": "KH", "đề án": "ĐA"}


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document that is a plan: its place among the references of its document, its type, and its date where the document gives one
    anywhere."""

    index: int
    reference: Reference
    plan_type_code: str
    issued_date: date | None


@dataclass(frozen=True, slots=True)
class Gist:
    """A reading without its text and rows. `parent`: the index of the citation of the plan that it carries out; `gives_account`: it reports
    results or money of the plan before."""

    status: str
    reason: str | None
    is_final: bool
    is_read: bool
    plan: Plan | None
    province_slug: str | None
    plan_names: tuple[PlanName, ...]
    citations: tuple[Citation, ...]
    parent: int | None
    gives_account: bool
    text_length: int
    says_draft: bool
    draft_spoken_of: str | None


def gist_of(reading: Reading) -> Gist:
    """The gist of a reading, also of one that failed."""
    findings, text = reading.findings, reading.text or ""
    if findings is None:
        return Gist(
            reading.status,
            reading.reason,
            reading.is_final,
            False,
            None,
            None,
            (),
            (),
            None,
            False,
            len(text),
            False,
            None,
        )
    citations = tuple(_citations(findings))
    spoken_of = draft_spoken_of(text) if findings.plan is None else None
    account = bool(findings.results) or any(b.of_predecessor for b in findings.budgets)
    return Gist(
        reading.status, reading.reason, reading.is_final, True, findings.plan, findings.header.province_slug, findings.plan_names, citations, _parent(citations), account,
        len(text), says_draft(text), spoken_of,
    )  # fmt: skip


def _citations(findings: Findings) -> list[Citation]:
    found = []
    for index, r in enumerate(findings.references):
        code = _cited_plan_type(r)
        if code is not None:
            found.append(Citation(index, r, code, r.issued_date or _date_elsewhere(r, findings)))
    return found


def _date_elsewhere(reference: Reference, findings: Findings) -> date | None:
    """The date a document gives with another citation of the same number, where all that give one agree."""
    same = [r.issued_date for r in findings.references if r.number_symbol == reference.number_symbol]
    dates = {day for day in same if day is not None}
    return dates.pop() if len(dates) == 1 else None


def _cited_plan_type(reference: Reference) -> str | None:
    """Plan type of a citation: by its own type (KH, CTr, ĐA, CL), or by the title of a decision that approves a plan."""
    if reference.doc_type_code in ("KH", "CTr", "ĐA", "CL"):
        return reference.doc_type_code
    m = _PLAN_TITLE.match(key(reference.title_text or "")) if reference.doc_type_code in ("QĐ", "NQ") else None
    return _PLAN_CODES[re.sub(r"\s+", " ", m.group(1))] if m else None


def _parent(citations: tuple[Citation, ...]) -> int | None:
    """The citation of the plan that a plan carries out: the first "Thực hiện …" whose title names a plan, else a strategy it is based on."""
    for c in citations:
        if c.reference.relation_code in ("implements", "continues"):
            return c.index
    for c in citations:
        is_decision = c.reference.doc_type_code == "QĐ"
        if c.reference.relation_code == "basis" and is_decision and c.plan_type_code == "CL":
            return c.index
    return None
