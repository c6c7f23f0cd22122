"""Findings to rows: one function per table, keys and evidence the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from extractors.document import page_at
from extractors.findings import Budget, Evidence, Findings, Mention, Plan, Target, Task
from extractors.partitions import additive
from normalizers.categories import classify_topic
from normalizers.places import resolve_province
from pipeline.ids import RowIds
from pipeline.names import AgencyBook, existed
from pipeline.resolve import Plans, Source, cited_plan_type, parent_reference

Row = dict[str, Any]
Rows = dict[str, list[Row]]


class _Scope:
    """What every row of one document needs: its plan, its text, its province and date."""

    def __init__(self, source: Source, plans: Plans, authority: dict[str, str]) -> None:
        self.source = source
        self.document_id = source.document_id
        self.text = source.reading.text or ""
        self.plan_id = plans.own.get(source.document_id)
        self.authority = authority
        findings = source.reading.findings
        plan = findings.plan if findings else None
        self.slug = (plan.province_slug if plan else None) or (findings.header.province_slug if findings else None)
        issuer = (plan.issuer if plan else None) or (findings.header.issuer if findings else None)
        self.within = issuer.locality if issuer else ""
        self.issued = (plan.issued_date if plan else None) or (findings.header.issued_date if findings else None)
        self.date: date | None = self.issued or _year_start(plan)

    def is_primary(self, plan_id: str | None) -> bool:
        return plan_id is None or self.authority.get(plan_id) == self.document_id

    def evidence(self, e: Evidence, plan_id: str | None) -> Row:
        return {
            "document_id": self.document_id, "section": e.section, "page": page_at(self.source.reading.page_starts, e.start), "char_start": e.start, "char_end": e.end,
            "quote": self.text[e.start : e.end], "rule": e.rule, "is_primary": self.is_primary(plan_id),
        }  # fmt: skip


def _year_start(plan: Plan | None) -> date | None:
    year = (plan.period_start_year or plan.period_end_year) if plan else None
    return date(year, 1, 1) if year else None


def build_rows(sources: list[Source]) -> Rows:
    """Rows of every content table, unsorted, for all documents of a run."""
    plans = Plans(sources)
    book = AgencyBook()
    rows: Rows = {name: [] for name in (
        "documents", "texts", "sections", "plans", "plan_documents", "targets", "task_groups", "tasks", "task_agencies", "budgets", "references",
        "results", "issues",
    )}  # fmt: skip
    readable = [s for s in sources if s.reading.findings is not None and s.same_as is None]
    cited = {
        s.document_id: [plans.cited(r, s) for r in s.reading.findings.references]
        for s in readable
        if s.reading.findings
    }
    named = {
        s.document_id: [plans.named(n, s) for n in s.reading.findings.plan_names]
        for s in readable
        if s.reading.findings
    }
    before = {
        s.document_id: plans.named(s.reading.findings.plan.predecessor, s)
        for s in readable
        if s.reading.findings and s.reading.findings.plan and s.reading.findings.plan.predecessor
    }
    authority = plans.authority()
    ids = {
        table: RowIds(prefix)
        for table, prefix in (
            ("targets", "tg"),
            ("task_groups", "gr"),
            ("tasks", "tk"),
            ("budgets", "bu"),
            ("references", "rf"),
            ("results", "rs"),
            ("sections", "se"),
            ("issues", "is"),
            ("statements", "st"),
        )
    }
    for s in sources:
        scope = _Scope(s, plans, authority)
        rows["documents"].append(_document(s, scope, book))
        if s.file.sidecar_error:
            vi = f"Tệp đi kèm có lỗi, chưa dùng: {s.file.sidecar_error}"
            rows["issues"].append(_file_issue(s, "sidecar", s.file.sidecar_error, vi, ids["issues"]))
        if s.reading.reason and s.reading.status != "complete" and s.same_as is None:
            vi = f"Không đọc được tệp: {s.reading.reason}"
            rows["issues"].append(_file_issue(s, "file_unreadable", s.reading.reason, vi, ids["issues"]))
        if s.reading.findings is None or s.same_as is not None:
            continue
        findings = s.reading.findings
        rows["texts"].append({"document_id": s.document_id, "text": scope.text})
        rows["sections"] += _sections(findings, scope, ids["sections"])
        rows["references"] += _references(findings, scope, cited[s.document_id], ids["references"])
        if scope.plan_id is not None and findings.plan is not None:
            _content(findings, findings.plan, scope, book, rows, ids, before.get(s.document_id))
        links = {scope.plan_id: findings.plan.role_code} if scope.plan_id and findings.plan else {}
        for other in [*named[s.document_id], *filter(None, cited[s.document_id])]:
            links.setdefault(other, "mention")
        if s.document_id in before:
            links[before[s.document_id]] = (
                "report" if findings.results or any(b.of_predecessor for b in findings.budgets) else "mention"
            )
        rows["plan_documents"] += [
            {"plan_id": p, "document_id": s.document_id, "role_code": role} for p, role in links.items()
        ]
    rows["plans"] = [*_plans(plans, authority, book, before), *_stubs(plans, authority)]
    rows["agencies"] = book.rows()
    return rows


def _document(s: Source, scope: _Scope, book: AgencyBook) -> Row:
    reading, header = s.reading, s.reading.findings.header if s.reading.findings else None
    province = resolve_province(header.province_slug, scope.date) if header else None
    return {
        "document_id": s.document_id, "path": s.file.path, "url": s.file.url or reading.url, "media_type": reading.media_type, "sha256": s.file.sha256,
        "byte_size": s.file.byte_size, "retrieved_at": s.file.retrieved_at, "doc_type_code": header.doc_type_code if header else None,
        "number_symbol": header.number_symbol if header else None, "title_vi": header.title if header else None,
        "issuer_agency_id": book.of(header.issuer, header.province_slug, scope.date) if header and header.issuer else None,
        "province_id": province.province_id if province else None, "issued_date": header.issued_date if header else None,
        "signer_name": header.signer_name if header else None, "signer_title": header.signer_title if header else None,
        "signing_capacity": header.signing_capacity if header else None, "published_date": header.published_date if header else None,
        "page_count": reading.page_count, "char_count": len(reading.text) if reading.text is not None else None, "text_layer": reading.text_layer,
        "is_truncated": reading.findings is not None and reading.findings.is_cut_off, "status": reading.status,
        "status_reason": f"same bytes as {s.same_as}: read once" if s.same_as else reading.reason, "version": 1, "is_current": s.same_as is None,
        "superseded_by": s.same_as, "last_seen_date": s.file.last_seen_date, "gone_date": s.file.gone_date,
    }  # fmt: skip


def _file_issue(s: Source, code: str, message: str, message_vi: str, ids: RowIds) -> Row:
    return {
        "issue_id": ids.give(s.document_id, message), "check_code": code, "severity_code": "error",
        "origin_code": "source", "table_name": "documents", "row_id": s.document_id, "column_name": "status", "plan_id": None, "message_en": message,
        "message_vi": message_vi, "expected": None, "actual": None, "status_code": "open", "document_id": s.document_id, "section": None,
        "page": None, "char_start": None, "char_end": None, "quote": None, "rule": None, "is_primary": True,
    }  # fmt: skip


def _sections(findings: Findings, scope: _Scope, ids: RowIds) -> Iterator[Row]:
    given: dict[int, str] = {}
    for sec in findings.sections:
        given[sec.number] = ids.give(scope.document_id, sec.kind_code, sec.evidence.section, sec.heading[:120])
        yield {
            "section_id": given[sec.number], "parent_section_id": given[sec.parent] if sec.parent is not None else None, "kind_code": sec.kind_code,
            "label": sec.label, "heading_vi": sec.heading or None, "level": sec.level, "ordinal": sec.ordinal, **scope.evidence(sec.evidence, scope.plan_id),
        }  # fmt: skip


def _references(findings: Findings, scope: _Scope, cited: list[str | None], ids: RowIds) -> Iterator[Row]:
    for r, plan in zip(findings.references, cited, strict=True):
        yield {
            "reference_id": ids.give(scope.document_id, r.number_symbol, r.relation_code, r.evidence.section), "plan_id": scope.plan_id,
            "doc_type_code": r.doc_type_code, "number_symbol": r.number_symbol, "issued_date": r.issued_date, "issuer_text": r.issuer_text,
            "title_text": r.title_text, "relation_code": r.relation_code, "zone_code": r.zone_code, "cited_plan_id": plan,
            **scope.evidence(r.evidence, scope.plan_id),
        }  # fmt: skip


def _content(
    findings: Findings,
    plan: Plan,
    scope: _Scope,
    book: AgencyBook,
    rows: Rows,
    ids: dict[str, RowIds],
    before: str | None,
) -> None:
    """Targets, groups, tasks, agencies, budgets, results and issues of one document."""
    statements = {
        t.statement: ids["statements"].give(scope.plan_id, scope.document_id, t.text)
        for t in reversed(findings.targets)
    }
    rows["targets"] += [_target(t, scope, statements[t.statement], ids["targets"]) for t in findings.targets]
    groups = {}
    for g in findings.groups:
        groups[g.number] = ids["task_groups"].give(scope.plan_id, scope.document_id, g.label, g.name)
        rows["task_groups"].append(
            {
                "task_group_id": groups[g.number],
                "plan_id": scope.plan_id,
                "label": g.label,
                "ordinal": g.number + 1,
                "name_vi": g.name,
                "category_codes": list(g.category_codes),
                **scope.evidence(g.evidence, scope.plan_id),
            }
        )
    tasks = {}
    for t in findings.tasks:
        group = groups[t.group] if t.group is not None else None
        tasks[t.number] = ids["tasks"].give(scope.plan_id, scope.document_id, t.task_kind_code, t.label, group, t.name)
        rows["tasks"].append(_task(t, scope, tasks[t.number], group))
        rows["task_agencies"] += [_mention(m, n, tasks[t.number], scope, book) for n, m in enumerate(t.mentions, 1)]
    rows["issues"] += _out_of_time(findings, scope, tasks, ids["issues"])
    sums = additive(findings.budgets)
    for n, b in enumerate(findings.budgets):
        rows["budgets"].append(_budget(b, n in sums, scope, groups, tasks, ids["budgets"], before))
    for r in findings.results:
        owner = scope.plan_id if plan.role_code == "report" else before or scope.plan_id
        rows["results"].append(
            {
                "result_id": ids["results"].give(owner, scope.document_id, r.text, r.value_text, r.unit_code),
                "plan_id": owner,
                "text_vi": r.text,
                "activity_code": r.activity_code,
                "value_text": r.value_text,
                "value_kind": r.value_kind,
                "value": r.value,
                "value_min": r.value_min,
                "value_max": r.value_max,
                "unit_code": r.unit_code,
                "unit_text": r.unit_text,
                "period_text": r.period_text,
                "period_start_year": r.period_start_year,
                "period_end_year": r.period_end_year,
                "target_id": None,
                **scope.evidence(r.evidence, owner),
            }
        )
    for d in findings.doubts:
        place = d.evidence
        rows["issues"].append(
            {
                "issue_id": ids["issues"].give(scope.document_id, d.check_code, d.message_en),
                "check_code": d.check_code,
                "severity_code": d.severity_code,
                "origin_code": d.origin_code,
                "table_name": None,
                "row_id": None,
                "column_name": None,
                "plan_id": scope.plan_id,
                "message_en": d.message_en,
                "message_vi": d.message_vi,
                "expected": d.expected,
                "actual": d.actual,
                "status_code": "open",
                **(
                    scope.evidence(place, scope.plan_id)
                    if place
                    else {"document_id": scope.document_id, "is_primary": scope.is_primary(scope.plan_id)}
                ),
            }
        )


def _target(t: Target, scope: _Scope, statement: str, ids: RowIds) -> Row:
    return {
        "target_id": ids.give(scope.plan_id, scope.document_id, t.target_kind, t.text, t.target_year), "plan_id": scope.plan_id, "statement_id": statement,
        "target_kind": t.target_kind, "text_vi": t.text, "population_text": t.population, "indicator_text": t.indicator, "indicator_code": None,
        "value_text": t.value_text, "value_kind": t.value_kind, "value": t.value, "value_min": t.value_min, "value_max": t.value_max,
        "unit_code": t.unit_code, "unit_text": t.unit_text, "direction_code": t.direction_code, "target_year": t.target_year,
        "period_start_year": t.period_start_year, "baseline_value": None, "baseline_year": None, "time_text": t.time_text,
        **scope.evidence(t.evidence, scope.plan_id),
    }  # fmt: skip


def _task(t: Task, scope: _Scope, identity: str, group: str | None) -> Row:
    return {
        "task_id": identity, "plan_id": scope.plan_id, "task_group_id": group, "parent_task_id": None, "restates_task_id": None,
        "task_kind_code": t.task_kind_code, "label": t.label, "ordinal": t.number + 1, "name_vi": t.name, "content_vi": t.content,
        "expected_result_vi": t.expected_result, "category_code": t.category_code, "time_text": t.time_text, "start_year": t.start_year,
        "end_year": t.end_year, "recurrence_code": t.recurrence_code, "deadline_text": t.deadline_text, "deadline_date": t.deadline_date,
        **scope.evidence(t.evidence, scope.plan_id),
    }  # fmt: skip


def _mention(m: Mention, ordinal: int, task: str, scope: _Scope, book: AgencyBook) -> Row:
    return {
        "task_id": task, "ordinal": ordinal, "agency_id": book.of(m.agency, m.province_slug or scope.slug, scope.date, scope.within) if m.agency else None,
        "role_code": m.role_code, "role_origin": m.role_origin, "mention_text": m.text, "is_class": m.is_class, "match_method": m.match_method,
        **scope.evidence(m.evidence, scope.plan_id),
    }  # fmt: skip


def _out_of_time(findings: Findings, scope: _Scope, tasks: dict[int, str], ids: RowIds) -> Iterator[Row]:
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


def _budget(
    b: Budget, sums: bool, scope: _Scope, groups: dict[int, str], tasks: dict[int, str], ids: RowIds, before: str | None
) -> Row:
    owner = before if b.of_predecessor and before else scope.plan_id
    return {
        "budget_id": ids.give(owner, scope.document_id, b.scope_code, b.breakdown_code, b.phase_code, b.line_label, b.line_name, b.year, b.amount_vnd, b.amount_text, ",".join(b.source_codes)),
        "plan_id": owner, "scope_code": b.scope_code, "task_group_id": groups[b.group] if b.group is not None else None,
        "task_id": tasks[b.task] if b.task is not None else None, "line_label": b.line_label, "line_name_vi": b.line_name,
        "breakdown_code": b.breakdown_code, "is_additive": sums and scope.is_primary(owner), "phase_code": b.phase_code, "year": b.year,
        "period_start_year": b.period_start_year, "period_end_year": b.period_end_year, "source_codes": list(b.source_codes), "source_text": b.source_text,
        "amount_vnd": b.amount_vnd, "amount_text": b.amount_text, "amount_in_words": b.amount_in_words, "unit_scale": b.unit_scale,
        "unit_origin": b.unit_origin, "number_style": b.number_style, "quantity": None, "quantity_unit": None, "unit_price_vnd": None,
        "is_conditional": b.is_conditional, "condition_text": b.condition_text, "value_status": b.value_status, **scope.evidence(b.evidence, owner),
    }  # fmt: skip


def _plans(plans: Plans, authority: dict[str, str], book: AgencyBook, before: dict[str, str]) -> Iterator[Row]:
    """One row per plan that a document evidences, from its authoritative document."""
    for identity in dict.fromkeys(link.plan_id for link in plans.links):
        source = next(
            link.source
            for link in plans.links
            if link.plan_id == identity and link.source.document_id == authority[identity]
        )
        findings = source.reading.findings
        if findings is None or findings.plan is None:
            continue
        plan, scope = findings.plan, _Scope(source, plans, authority)
        province = (
            resolve_province(plan.province_slug, scope.date)
            if plan.issuer is None or plan.issuer.level != "central"
            else None
        )
        parent = parent_reference(findings)
        yield {
            "plan_id": identity, "number_symbol": plan.number_symbol, "plan_type_code": plan.plan_type_code, "topic_code": classify_topic(plan.title or ""),
            "title_vi": plan.title, "issuer_agency_id": book.of(plan.issuer, plan.province_slug, scope.date) if plan.issuer else None,
            "province_id": province.province_id if province else None, "level_code": plan.issuer.level if plan.issuer else None,
            "issued_date": plan.issued_date, "period_text": plan.period_text, "period_start_year": plan.period_start_year,
            "period_end_year": plan.period_end_year, "general_objective_vi": plan.general_objective,
            "lead_agency_id": book.of(plan.lead_agency, scope.slug, scope.date, scope.within) if plan.lead_agency else None,
            "parent_plan_id": plans.cited(parent, source) if parent else None, "predecessor_plan_id": before.get(source.document_id), "is_stub": False,
            **_coverage(findings), **scope.evidence(plan.evidence, identity),
        }  # fmt: skip


def _coverage(findings: Findings) -> Row:
    """How complete each table is: read, absent from the source, cut off with it, or not looked for."""
    role = findings.plan.role_code if findings.plan else "mention"
    out = {}
    for column, rows in (
        ("targets_coverage", findings.targets),
        ("tasks_coverage", findings.tasks),
        ("budgets_coverage", findings.budgets),
    ):
        if findings.is_cut_off:
            out[column] = "partial" if rows else "source_truncated"
        elif role in ("report", "news"):
            out[column] = "partial" if rows else "not_extracted"
        else:
            out[column] = "complete" if rows else "none_in_source"
    if any(d.check_code == "amount_unused" for d in findings.doubts) and out["budgets_coverage"] == "complete":
        out["budgets_coverage"] = "partial"
    return out


def _stubs(plans: Plans, authority: dict[str, str]) -> Iterator[Row]:
    """Plans known only from citations: what the citation says, and where it stands."""
    for identity, (name, source, place) in sorted(plans.stubs.items()):
        if any(link.plan_id == identity for link in plans.links):
            continue
        scope = _Scope(source, plans, authority)
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
