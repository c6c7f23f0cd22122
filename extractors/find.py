"""A document's findings, in one pass: header, outline, plan, then what its role allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.budget_tables import find_table_budgets, reported
from extractors.budgets import Owners, find_budgets, find_reported_budgets
from extractors.document import Document
from extractors.doubts import find_doubts, find_misreadings, is_cut_off
from extractors.findings import Evidence, Findings, Header, Plan, PlanName, Reference, Section, Task
from extractors.header import read_header
from extractors.labels import BULLETS
from extractors.outline import Node, Outline, build_outline
from extractors.partitions import approved, decide_ambiguous
from extractors.plans import ESTIMATE_RULE, approves, cited_plans, find_plan
from extractors.references import find_references
from extractors.results import find_results
from extractors.target_tables import find_table_targets
from extractors.targets import find_targets
from extractors.task_tables import find_table_tasks
from extractors.tasks import find_tasks
from extractors.unused import Rows, find_unused
from normalizers.agency_lexicon import AgencyName
from normalizers.memo import forget
from normalizers.text import collapse

_KINDS = {
    "annex": "annex",
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "alpha": "point",
    "paren": "point",
}


def find(document: Document) -> Findings:
    """Everything a document states, with its places. A document that evidences no plan gives header, sections and references
    only, and the reason."""
    try:
        return _find(document)
    finally:
        forget()


def _find(document: Document) -> Findings:
    header = read_header(document)
    outline = build_outline(document.blocks, header.body_start)
    plan, reason = find_plan(document, header, outline)
    cut = is_cut_off(outline)
    sections = tuple(_sections(outline))
    references = find_references(document, header, outline)
    names = cited_plans(document, header, plan.number_symbol if plan else None)
    if plan is None:
        return Findings(header, cut, sections, references, None, names, no_plan_reason=reason)
    if plan.evidence.rule == ESTIMATE_RULE:
        lines, style_doubts = decide_ambiguous(find_table_budgets(outline, [], [], [], (None, None)))
        unused, recall = find_unused(outline, Rows((), (), (), lines, references))
        doubts = (*style_doubts, *unused)
        return Findings(header, cut, sections, references, plan, names, budgets=lines, doubts=doubts, recall=recall)
    if plan.role_code == "report":
        results = find_results(document, outline, whole_text=True)
        told = [*find_reported_budgets(outline), *reported(find_table_budgets(outline, [], [], [], (None, None)))]
        spent, style_doubts = decide_ambiguous(sorted(told, key=lambda b: b.evidence.start))
        return Findings(
            header, cut, sections, references, plan, names, budgets=spent, results=results, doubts=style_doubts
        )
    return _plan_findings(document, header, outline, plan, cut, sections, references, names)


def _plan_findings(
    document: Document,
    header: Header,
    outline: Outline,
    plan: Plan,
    cut: bool,
    sections: tuple[Section, ...],
    references: tuple[Reference, ...],
    names: tuple[PlanName, ...],
) -> Findings:
    in_news = plan.role_code == "news"
    year = plan.issued_date.year if plan.issued_date else plan.period_start_year or plan.period_end_year
    stated = find_targets(document, outline, in_news, plan.period_start_year)
    targets = (*stated, *find_table_targets(outline, year, max((t.statement for t in stated), default=0)))
    found = find_tasks(outline, in_news, is_programme=header.doc_type_code in ("NQ", "QĐ"))
    groups, tasks = list(found.groups), list(found.tasks)
    tables = find_table_tasks(outline, groups, tasks)
    years = plan.period_start_year, plan.period_end_year
    owners = Owners({t.evidence.start: t.number for t in tasks}, {g.evidence.start: g.number for g in groups})
    budgets = [
        *find_budgets(outline, year, in_news, owners),
        *find_table_budgets(outline, tables, groups, tasks, years),
    ]
    budgets = approved(budgets) if approves(plan) else budgets
    settled, style_doubts = decide_ambiguous(sorted(budgets, key=lambda b: b.evidence.start))
    results = find_results(document, outline, whole_text=False)
    general = next((t.text for t in targets if t.target_kind == "general"), None)
    predecessor = _predecessor(plan, names, outline) if any(b.of_predecessor for b in settled) or results else None
    unused, recall = find_unused(outline, Rows(targets, groups, tasks, settled, references))
    doubts = (*style_doubts, *unused, *find_doubts(groups), *find_misreadings(document, outline))
    return Findings(
        header, cut, sections, references, replace(plan, general_objective=general, predecessor=predecessor, lead_agency=_lead(tasks)), names, targets,
        tuple(groups), tuple(tasks), settled, results, doubts, recall,
    )  # fmt: skip


def _predecessor(plan: Plan, names: tuple[PlanName, ...], outline: Outline) -> PlanName | None:
    """The plan of the period before: one of the same kind that the preamble cites, else a nameless one of that period."""
    preamble = max((n.end for n in outline.nodes if n.zone == "preamble"), default=0)
    for name in names:
        earlier = name.issued_date is None or plan.issued_date is None or name.issued_date < plan.issued_date
        if name.evidence.start < preamble and earlier and (name.number_symbol or "").endswith("UBND"):
            return name
    return PlanName(
        plan.plan_type_code,
        None,
        None,
        None,
        plan.period_start_year - 1 if plan.period_start_year else None,
        replace(plan.evidence, rule="period_before"),
    )


def _lead(tasks: list[Task]) -> AgencyName | None:
    """The agency that leads most of the tasks."""
    counts: dict[str, int] = {}
    agencies: dict[str, AgencyName] = {}
    for t in tasks:
        for m in t.mentions:
            if m.role_code == "lead" and m.agency is not None:
                counts[m.agency.name] = counts.get(m.agency.name, 0) + 1
                agencies[m.agency.name] = m.agency
    best = max(counts.items(), key=lambda item: (item[1], item[0]), default=None)
    return agencies[best[0]] if best and best[1] > 1 else None


def _sections(outline: Outline) -> Iterator[Section]:
    """The outline as rows: labelled nodes, and the signature and recipients as one section each."""
    numbers: dict[int, int] = {}
    ordinals: dict[int | None, int] = {}
    signed = False
    end_of_signature = max((n.end for n in outline.nodes if n.zone == "signature"), default=0)
    for node in outline.nodes:
        if node.zone == "signature":
            if signed:
                continue
            signed = True
        elif node.label is None:
            continue
        parent = node.parent
        while parent is not None and id(parent) not in numbers:
            parent = parent.parent
        above = numbers[id(parent)] if parent is not None else None
        ordinals[above] = ordinals.get(above, 0) + 1
        number = len(numbers)
        numbers[id(node)] = number
        last = end_of_signature if node.zone == "signature" else node.last_end()
        evidence = Evidence(node.start, last, node.path(), "outline")
        level = node.path().count(" > ") + 1
        yield Section(
            number, above, _kind(node), node.mark, collapse(node.heading)[:300], level, ordinals[above], evidence
        )


def _kind(node: Node) -> str:
    if node.zone == "signature" or node.label is None:
        return "recipients" if node.block.text.lower().startswith("nơi nhận") else "signature"
    if node.label.style in BULLETS:
        return "bullet"
    parent = node.parent
    while parent is not None:
        if parent.label is not None and parent.label.style == "article" and node.label.style == "decimal1":
            return "clause"
        parent = parent.parent
    return _KINDS.get(node.label.style, "heading")
