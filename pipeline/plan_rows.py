"""Rows of plans: those that a document evidences, and those known only from citations."""

from __future__ import annotations

from extractors.findings import Findings, Plan, PlanName, Reference
from normalizers.categories import classify_topic
from normalizers.places import resolve_province
from pipeline.names import AgencyBook
from pipeline.resolve import Stub
from pipeline.scope import Row, Scope


def plan_row(scope: Scope, findings: Findings, plan: Plan, book: AgencyBook) -> Row:
    """The row of a plan from its authoritative document."""
    standing = scope.standing
    named = standing.named
    is_of_place = plan.issuer is None or plan.issuer.level != "central"
    province = resolve_province(plan.province_slug, scope.date) if is_of_place else None
    return {
        "plan_id": scope.plan_id, "number_symbol": plan.number_symbol or (named.number_symbol if named else None), "plan_type_code": plan.plan_type_code, "topic_code": classify_topic(plan.title or ""),
        "title_vi": plan.title, "issuer_agency_id": book.of(plan.issuer, plan.province_slug, scope.date) if plan.issuer else None,
        "province_id": province.province_id if province else None, "level_code": plan.issuer.level if plan.issuer else None,
        "issued_date": plan.issued_date or (named.issued_date if named else None), "period_text": plan.period_text, "period_start_year": plan.period_start_year,
        "period_end_year": plan.period_end_year, "general_objective_vi": plan.general_objective,
        "lead_agency_id": book.of(plan.lead_agency, scope.slug, scope.date, scope.within) if plan.lead_agency else None,
        "parent_plan_id": standing.parent, "predecessor_plan_id": standing.before, "is_stub": not standing.is_at_hand,
        **_coverage(findings), **scope.evidence(plan.evidence, scope.plan_id),
    }  # fmt: skip


# What of a table's words may be missing from it.
_UNUSED = {
    "targets_coverage": frozenset({"share_unused", "aim_unused"}),
    "tasks_coverage": frozenset({"item_unused", "table_unused"}),
    "budgets_coverage": frozenset({"amount_unused"}),
}


def _coverage(findings: Findings) -> Row:
    """How complete each table is: complete, partial where words in scope are left, absent from the source, cut off with it, or not
    looked for."""
    role = findings.plan.role_code if findings.plan else "mention"
    left = {d.check_code for d in findings.doubts if d.check_code != "share_unused" or d.severity_code == "warning"}
    out = {}
    for column, rows in (
        ("targets_coverage", findings.targets),
        ("tasks_coverage", findings.tasks),
        ("budgets_coverage", findings.budgets),
    ):
        if findings.is_cut_off:
            out[column] = "partial" if rows else "source_truncated"
        elif role in ("report", "news") or left & _UNUSED[column]:
            out[column] = "partial" if rows else "not_extracted"
        else:
            out[column] = "complete" if rows else "none_in_source"
    return out


def stub_row(scope: Scope, stub: Stub) -> Row:
    """A plan known only from a citation: what the citation says, and where it stands."""
    name = stub.name
    title = name.title_text if isinstance(name, Reference) else None
    period = (name.period_start_year, name.period_end_year) if isinstance(name, PlanName) else (None, None)
    province = resolve_province(stub.place, name.issued_date or scope.date) if stub.place != "vn" else None
    unread = dict.fromkeys(("targets_coverage", "tasks_coverage", "budgets_coverage"), "not_extracted")
    return {
        "plan_id": stub.plan_id, "number_symbol": name.number_symbol, "plan_type_code": stub.plan_type_code, "topic_code": classify_topic(title) if title else None,
        "title_vi": title, "issuer_agency_id": None, "province_id": province.province_id if province else None,
        "level_code": "province" if stub.place != "vn" else "central", "issued_date": name.issued_date, "period_text": None,
        "period_start_year": period[0], "period_end_year": period[1],
        "general_objective_vi": None, "lead_agency_id": None, "parent_plan_id": None, "predecessor_plan_id": None, "is_stub": True, **unread,
        **scope.evidence(name.evidence, stub.plan_id),
    }  # fmt: skip
