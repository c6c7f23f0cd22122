"""Findings to rows: one function per table, keys and evidence the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.findings import Budget, Findings, Mention, Plan, Target, Task
from extractors.partitions import additive
from normalizers.agency_committees import own_committee
from normalizers.places import resolve_province
from pipeline.gist import gist_of
from pipeline.ids import RowIds
from pipeline.issue_rows import doubt_rows, file_issue_row, out_of_time_rows, recall_rows
from pipeline.names import AgencyBook
from pipeline.plan_rows import plan_row, stub_row
from pipeline.resolve import Card, Resolution, Standing, resolve
from pipeline.scope import Row, Scope, Source
from pipeline.versions import Version

Rows = dict[str, list[Row]]
CONTENT_TABLES = (
    "documents", "texts", "sections", "plans", "plan_documents", "targets", "task_groups", "tasks", "task_agencies", "budgets", "references", "results", "issues",
    "recall_estimates",
)  # fmt: skip
_PREFIXES = (
    ("targets", "tg"), ("task_groups", "gr"), ("tasks", "tk"), ("budgets", "bu"), ("references", "rf"), ("results", "rs"), ("sections", "se"), ("issues", "is"),
    ("statements", "st"),
)  # fmt: skip


def card_of(s: Source) -> Card:
    """The card of a source."""
    return Card(s.document_id, s.file, s.same_as, Version(1, None), gist_of(s.reading))


def build_rows(sources: Sequence[Source]) -> Rows:
    """Rows of every content table, unsorted, for all documents of a run."""
    resolution = resolve([card_of(s) for s in sources])
    book = AgencyBook()
    rows = document_rows(sources, resolution.standings, book)
    rows["agencies"] = book.rows()
    rows["plan_aliases"] = alias_keys(resolution)
    return rows


def alias_keys(resolution: Resolution) -> list[Row]:
    """Keys that plans known by words would have had, and those they have."""
    return [{"old_id": old, "new_id": new} for old, new in resolution.aliases.items()]


def document_rows(sources: Sequence[Source], standings: Mapping[str, Standing], book: AgencyBook) -> Rows:
    """Rows of some documents, each among the plans of the whole run by its standing. `book` collects the agencies they name."""
    rows: Rows = {name: [] for name in CONTENT_TABLES}
    ids = {table: RowIds(prefix) for table, prefix in _PREFIXES}
    for s in sources:
        scope = Scope(s, standings[s.document_id])
        rows["documents"].append(_document(s, scope, book))
        if s.file.said.error:
            vi = f"Tệp đi kèm có lỗi, chưa dùng: {s.file.said.error}"
            rows["issues"].append(file_issue_row(s, "sidecar", s.file.said.error, vi, ids["issues"]))
        if s.reading.reason and s.reading.status != "complete" and s.same_as is None:
            vi = f"Không đọc được tệp: {s.reading.reason}"
            rows["issues"].append(file_issue_row(s, "file_unreadable", s.reading.reason, vi, ids["issues"]))
        if s.reading.findings is not None and s.same_as is None:
            _read(s.reading.findings, scope, book, rows, ids)
    return rows


def _read(findings: Findings, scope: Scope, book: AgencyBook, rows: Rows, ids: dict[str, RowIds]) -> None:
    """Rows of a document that could be read."""
    standing = scope.standing
    rows["texts"].append({"document_id": scope.document_id, "text": scope.text})
    rows["sections"] += _sections(findings, scope, ids["sections"])
    rows["references"] += _references(findings, scope, dict(standing.cited), ids["references"])
    if scope.plan_id is not None and findings.plan is not None:
        _content(findings, findings.plan, scope, book, rows, ids)
        if scope.is_primary(scope.plan_id):
            rows["plans"].append(plan_row(scope, findings, findings.plan, book))
    rows["plans"] += [stub_row(scope, stub) for stub in standing.stubs]
    rows["plan_documents"] += [
        {"plan_id": p, "document_id": scope.document_id, "role_code": role} for p, role in standing.links
    ]


def _document(s: Source, scope: Scope, book: AgencyBook) -> Row:
    """The row of a file."""
    adopted = scope.standing.adopted
    reading, header = s.reading, s.reading.findings.header if s.reading.findings else None
    province = resolve_province(header.province_slug, scope.date) if header else None
    return {
        "document_id": s.document_id, "path": s.file.path, "url": s.file.url or reading.url, "media_type": reading.media_type, "sha256": s.file.sha256,
        "byte_size": s.file.byte_size, "retrieved_at": s.file.said.retrieved_at, "doc_type_code": header.doc_type_code if header else None,
        "number_symbol": header.number_symbol if header else None, "title_vi": header.title if header else None,
        "issuer_agency_id": book.of(header.issuer, header.province_slug, scope.date) if header and header.issuer else None,
        "province_id": province.province_id if province else None, "issued_date": header.issued_date if header else None,
        "signer_name": header.signer_name if header else None, "signer_title": header.signer_title if header else None,
        "signing_capacity": header.signing_capacity if header else None, "published_date": header.published_date if header else None,
        "page_count": reading.page_count, "char_count": len(reading.text) if reading.text is not None else None, "text_layer": reading.text_layer,
        "is_truncated": reading.findings is not None and reading.findings.is_cut_off, "status": reading.status,
        "status_reason": f"same bytes as {s.same_as}: read once" if s.same_as else reading.reason, "version": scope.standing.version, "is_current": s.same_as is None and adopted is None,
        "superseded_by": s.same_as or adopted, "last_seen_date": s.file.said.last_seen_date, "gone_date": s.file.said.gone_date,
        "other_urls": list(s.file.said.other_urls), "page_document_id": scope.standing.page,
    }  # fmt: skip


def _sections(findings: Findings, scope: Scope, ids: RowIds) -> Iterator[Row]:
    given: dict[int, str] = {}
    for sec in findings.sections:
        given[sec.number] = ids.give(scope.document_id, sec.kind_code, sec.evidence.section, sec.heading[:120])
        yield {
            "section_id": given[sec.number], "parent_section_id": given[sec.parent] if sec.parent is not None else None, "kind_code": sec.kind_code,
            "label": sec.label, "heading_vi": sec.heading or None, "level": sec.level, "ordinal": sec.ordinal, **scope.evidence(sec.evidence, scope.plan_id),
        }  # fmt: skip


def _references(findings: Findings, scope: Scope, cited: dict[int, str], ids: RowIds) -> Iterator[Row]:
    for n, r in enumerate(findings.references):
        yield {
            "reference_id": ids.give(scope.document_id, r.number_symbol, r.relation_code, r.evidence.section), "plan_id": scope.plan_id,
            "doc_type_code": r.doc_type_code, "number_symbol": r.number_symbol, "issued_date": r.issued_date, "issuer_text": r.issuer_text,
            "title_text": r.title_text, "relation_code": r.relation_code, "zone_code": r.zone_code, "cited_plan_id": cited.get(n),
            **scope.evidence(r.evidence, scope.plan_id),
        }  # fmt: skip


def _content(
    findings: Findings,
    plan: Plan,
    scope: Scope,
    book: AgencyBook,
    rows: Rows,
    ids: dict[str, RowIds],
) -> None:
    """Targets, groups, tasks, agencies, budgets, results and issues of one document."""
    before = scope.standing.before
    statements = {t.statement: ids["statements"].give(scope.document_id, t.text) for t in reversed(findings.targets)}
    rows["targets"] += [_target(t, scope, statements[t.statement], ids["targets"]) for t in findings.targets]
    groups = {}
    for g in findings.groups:
        groups[g.number] = ids["task_groups"].give(scope.document_id, g.label, g.name)
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
        tasks[t.number] = ids["tasks"].give(scope.document_id, t.task_kind_code, t.label, t.evidence.section, t.name)
        rows["tasks"].append(_task(t, scope, tasks[t.number], group))
        rows["task_agencies"] += [_mention(m, n, tasks[t.number], scope, book) for n, m in enumerate(t.mentions, 1)]
    rows["issues"] += out_of_time_rows(findings, scope, tasks, ids["issues"])
    sums = additive(findings.budgets)
    for n, b in enumerate(findings.budgets):
        of = findings.tasks[b.task].group if b.group is None and b.task is not None else b.group
        rows["budgets"].append(_budget(replace(b, group=of), n in sums, scope, groups, tasks, ids["budgets"], before))
    for r in findings.results:
        owner = scope.plan_id if plan.role_code == "report" else before or scope.plan_id
        rows["results"].append(
            {
                "result_id": ids["results"].give(scope.document_id, r.text, r.value_text, r.unit_code),
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
                **scope.account(r.evidence, owner),
            }
        )
    rows["issues"] += doubt_rows(findings, scope, ids["issues"])
    rows["recall_estimates"] += recall_rows(findings, scope)


def _target(t: Target, scope: Scope, statement: str, ids: RowIds) -> Row:
    return {
        "target_id": ids.give(scope.document_id, t.target_kind, t.text, t.target_year), "plan_id": scope.plan_id, "statement_id": statement,
        "target_kind": t.target_kind, "text_vi": t.text, "population_text": t.population, "indicator_text": t.indicator, "indicator_code": None,
        "value_text": t.value_text, "value_kind": t.value_kind, "value": t.value, "value_min": t.value_min, "value_max": t.value_max,
        "unit_code": t.unit_code, "unit_text": t.unit_text, "direction_code": t.direction_code, "target_year": t.target_year,
        "period_start_year": t.period_start_year, "baseline_value": t.baseline_value, "baseline_year": t.baseline_year, "time_text": t.time_text,
        **scope.evidence(t.evidence, scope.plan_id),
    }  # fmt: skip


def _task(t: Task, scope: Scope, identity: str, group: str | None) -> Row:
    return {
        "task_id": identity, "plan_id": scope.plan_id, "task_group_id": group, "parent_task_id": None, "restates_task_id": None,
        "task_kind_code": t.task_kind_code, "label": t.label, "ordinal": t.number + 1, "name_vi": t.name, "content_vi": t.content,
        "expected_result_vi": t.expected_result, "category_code": t.category_code, "time_text": t.time_text, "start_year": t.start_year,
        "end_year": t.end_year, "recurrence_code": t.recurrence_code, "deadline_text": t.deadline_text, "deadline_date": t.deadline_date,
        **scope.evidence(t.evidence, scope.plan_id),
    }  # fmt: skip


def _mention(m: Mention, ordinal: int, task: str, scope: Scope, book: AgencyBook) -> Row:
    agency = m.agency or own_committee(m.text, scope.within)
    return {
        "task_id": task, "ordinal": ordinal, "agency_id": book.of(agency, m.province_slug or scope.slug, scope.date, scope.within) if agency else None,
        "role_code": m.role_code, "role_origin": m.role_origin, "mention_text": m.text, "is_class": agency is None and m.is_class, "match_method": m.match_method,
        **scope.evidence(m.evidence, scope.plan_id),
    }  # fmt: skip


def _budget(
    b: Budget, sums: bool, scope: Scope, groups: dict[int, str], tasks: dict[int, str], ids: RowIds, before: str | None
) -> Row:
    owner = before if b.of_predecessor and before else scope.plan_id
    return {
        "budget_id": ids.give(scope.document_id, b.of_predecessor, b.scope_code, b.breakdown_code, b.phase_code, b.line_label, b.line_name, b.year, b.amount_vnd, b.amount_text, ",".join(b.source_codes)),
        "plan_id": owner, "scope_code": b.scope_code, "task_group_id": groups[b.group] if b.group is not None else None,
        "task_id": tasks[b.task] if b.task is not None else None, "line_label": b.line_label, "line_name_vi": b.line_name,
        "breakdown_code": b.breakdown_code, "is_additive": sums and scope.gives_account(owner), "phase_code": b.phase_code, "year": b.year,
        "period_start_year": b.period_start_year, "period_end_year": b.period_end_year, "source_codes": list(b.source_codes), "source_text": b.source_text,
        "amount_vnd": b.amount_vnd, "amount_text": b.amount_text, "amount_in_words": b.amount_in_words, "unit_scale": b.unit_scale,
        "unit_origin": b.unit_origin, "number_style": b.number_style, "quantity": b.price.quantity if b.price else None,
        "quantity_unit": b.price.unit if b.price else None, "unit_price_vnd": b.price.each_vnd if b.price else None,
        "is_conditional": b.is_conditional, "condition_text": b.condition_text, "value_status": b.value_status, **scope.account(b.evidence, owner),
    }  # fmt: skip
