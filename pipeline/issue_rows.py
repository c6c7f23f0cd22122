"""Rows of issues, and how much of what a document says became rows."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.findings import Findings
from pipeline.ids import RowIds
from pipeline.names import existed
from pipeline.schema.column import evidence
from pipeline.scope import Row, Scope, Source
from pipeline.soundness import Remark

_EVIDENCE = tuple(c.name for c in evidence())


def file_issue_row(s: Source, code: str, message: str, message_vi: str, ids: RowIds) -> Row:
    """An issue of a whole file, without a place in its text."""
    return {
        "issue_id": ids.give(s.document_id, message), "check_code": code, "severity_code": "error",
        "origin_code": "source", "table_name": "documents", "row_id": s.document_id, "column_name": "status", "plan_id": None, "message_en": message,
        "message_vi": message_vi, "expected": None, "actual": None, "status_code": "open", "document_id": s.document_id, "section": None,
        "page": None, "char_start": None, "char_end": None, "quote": None, "rule": None, "is_primary": True,
    }  # fmt: skip


def out_of_time_rows(findings: Findings, scope: Scope, tasks: dict[int, str], ids: RowIds) -> Iterator[Row]:
    """Agencies that did not exist, or no longer, when the plan was issued: once each, at their first mention."""
    if scope.issued is None:
        return
    seen: set[str] = set()
    for t in findings.tasks:
        for m in t.mentions:
            if (
                m.agency is None
                or m.agency.name in seen
                or existed(m.agency, m.province_slug or scope.slug, scope.issued)
            ):
                continue
            seen.add(m.agency.name)
            yield {
                "issue_id": ids.give(scope.document_id, "agency_out_of_time", m.agency.name), "check_code": "agency_out_of_time", "severity_code": "warning",
                "origin_code": "source", "table_name": "tasks", "row_id": tasks[t.number], "column_name": None, "plan_id": scope.plan_id,
                "message_en": f"{m.agency.name} did not bear this name on {scope.issued.isoformat()}, see valid_from, valid_to and successor_ids in agencies",
                "message_vi": f"{m.agency.name} không mang tên này vào ngày {scope.issued.strftime('%d/%m/%Y')}, xem valid_from, valid_to, successor_ids ở bảng agencies",
                "expected": None, "actual": m.text, "status_code": "open", **scope.evidence(m.evidence, scope.plan_id),
            }  # fmt: skip


def doubt_rows(findings: Findings, scope: Scope, ids: RowIds) -> Iterator[Row]:
    """The doubts of one document, each at its place."""
    for d in findings.doubts:
        place = (
            scope.evidence(d.evidence, scope.plan_id)
            if d.evidence
            else {"document_id": scope.document_id, "is_primary": scope.is_primary(scope.plan_id)}
        )
        yield {
            "issue_id": ids.give(scope.document_id, d.check_code, d.message_en), "check_code": d.check_code, "severity_code": d.severity_code,
            "origin_code": d.origin_code, "table_name": None, "row_id": None, "column_name": None, "plan_id": scope.plan_id,
            "message_en": d.message_en, "message_vi": d.message_vi, "expected": d.expected, "actual": d.actual, "status_code": "open", **place,
        }  # fmt: skip


def remark_rows(found: list[Remark]) -> Iterator[Row]:
    """What the checks remark on rows, each with the evidence of its row."""
    ids = RowIds("is")
    for r in found:
        place = {name: r.row.get(name) for name in _EVIDENCE}
        yield {
            "issue_id": ids.give(r.code, r.table, r.row_id, r.column), "check_code": r.code, "severity_code": r.severity, "origin_code": r.origin,
            "table_name": r.table, "row_id": r.row_id, "column_name": r.column, "plan_id": r.row.get("plan_id"), "message_en": r.en, "message_vi": r.vi,
            "expected": r.expected, "actual": r.actual, "status_code": "open", **place, "is_primary": r.row.get("is_primary", True),
        }  # fmt: skip


def recall_rows(findings: Findings, scope: Scope) -> Iterator[Row]:
    """What was seen in scope and used by a row, one row for each kind of words."""
    for r in findings.recall:
        yield {
            "document_id": scope.document_id, "kind_code": r.kind, "plan_id": scope.plan_id, "seen_count": r.seen, "used_count": r.used,
            "recall_estimate": r.used / r.seen,
        }  # fmt: skip
