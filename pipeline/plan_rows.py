"""Rows of plans: those that a document evidences, and those known only from citations."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.findings import Findings
from normalizers.categories import classify_topic
from normalizers.places import resolve_province
from pipeline.names import AgencyBook
from pipeline.resolve import Authority, Plans, cited_plan_type, parent_reference
from pipeline.scope import Row, Scope


def plan_rows(plans: Plans, authority: Authority, book: AgencyBook, before: dict[str, str]) -> Iterator[Row]:
    """One row per plan that a document evidences, from its authoritative document."""
    sources = {link.source.document_id: link.source for link in plans.links}
    for identity in dict.fromkeys(link.plan_id for link in plans.links):
        source = sources[authority.of_plan[identity]]
        findings = source.reading.findings
        if findings is None or findings.plan is None:
            continue
        plan, scope = findings.plan, Scope(source, plans, authority)
        province = (
            resolve_province(plan.province_slug, scope.date)
            if plan.issuer is None or plan.issuer.level != "central"
            else None
        )
        parent = parent_reference(findings)
        above = plans.cited(parent, source) if parent else None
        named = plans.before.get(identity)
        yield {
            "plan_id": identity, "number_symbol": plan.number_symbol or (named.number_symbol if named else None), "plan_type_code": plan.plan_type_code, "topic_code": classify_topic(plan.title or ""),
            "title_vi": plan.title, "issuer_agency_id": book.of(plan.issuer, plan.province_slug, scope.date) if plan.issuer else None,
            "province_id": province.province_id if province else None, "level_code": plan.issuer.level if plan.issuer else None,
            "issued_date": plan.issued_date or (named.issued_date if named else None), "period_text": plan.period_text, "period_start_year": plan.period_start_year,
            "period_end_year": plan.period_end_year, "general_objective_vi": plan.general_objective,
            "lead_agency_id": book.of(plan.lead_agency, scope.slug, scope.date, scope.within) if plan.lead_agency else None,
            "parent_plan_id": above if above != identity else None, "predecessor_plan_id": before.get(source.document_id), "is_stub": not plans.is_at_hand(identity),
            **_coverage(findings), **scope.evidence(plan.evidence, identity),
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


def stub_rows(plans: Plans, authority: Authority) -> Iterator[Row]:
    """Plans known only from citations: what the citation says, and where it stands."""
    for identity, (name, source, place) in sorted(plans.stubs.items()):
        if identity in plans.evidenced:
            continue
        scope = Scope(source, plans, authority)
        province = resolve_province(place, name.issued_date or scope.date) if place != "vn" else None
        plan_type = getattr(name, "plan_type_code", None) or cited_plan_type(name)  # type: ignore[arg-type]
        unread = dict.fromkeys(("targets_coverage", "tasks_coverage", "budgets_coverage"), "not_extracted")
        title = getattr(name, "title_text", None)
        yield {
            "plan_id": identity, "number_symbol": name.number_symbol, "plan_type_code": plan_type, "topic_code": classify_topic(title or "") if title else None,
            "title_vi": title, "issuer_agency_id": None, "province_id": province.province_id if province else None,
            "level_code": "province" if place != "vn" else "central", "issued_date": name.issued_date, "period_text": None,
            "period_start_year": getattr(name, "period_start_year", None), "period_end_year": getattr(name, "period_end_year", None),
            "general_objective_vi": None, "lead_agency_id": None, "parent_plan_id": None, "predecessor_plan_id": None, "is_stub": True, **unread,
            **scope.evidence(name.evidence, identity),
        }  # fmt: skip
