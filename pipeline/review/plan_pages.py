"""A page for each plan: what it aims at, what is to be done by whom, with how much money, and where each of it is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from pipeline.review.divisions import divisions, period_of, totals
from pipeline.review.labels import Labels
from pipeline.review.links import PageNames
from pipeline.review.render import both, day, grouped, page, said
from pipeline.review.shelf import Row, Shelf

# Table, columns it is ordered by, and whether rows of the authoritative document alone count: results are told by other documents.
_OF_A_PLAN = {
    "targets_wide": ("quote, target_id", True), "task_groups": ("ordinal, task_group_id", True), "tasks_wide": ("task_id", True),
    "budgets": ("char_start, budget_id", True), "references": ("char_start, reference_id", True), "results": ("document_id, char_start, result_id", False),
    "issues": ("severity_code, check_code, issue_id", True),
}  # fmt: skip


def plan_pages(shelf: Shelf, labels: Labels, plans: Sequence[Row], pages: PageNames) -> dict[str, str]:
    """The pages of some plans (rows of plans_wide with `general_objective_vi` and `period_text`), by id."""
    ids = [p["plan_id"] for p in plans]
    rows = {t: shelf.by("plan_id", t, ids, order) for t, (order, _) in _OF_A_PLAN.items()}
    places = _places(shelf, ids)
    mentions = _group(
        shelf.ask(
            "SELECT t.plan_id, m.task_id, m.role_code, coalesce(a.name_full_vi, m.mention_text) AS name FROM task_agencies m JOIN tasks t USING (task_id) "
            "LEFT JOIN agencies a USING (agency_id) WHERE list_contains($1, t.plan_id) AND m.is_primary ORDER BY m.document_id, m.char_start",
            ids,
        ),
        "plan_id",
    )
    linked = _group(
        shelf.ask(
            "SELECT l.plan_id, l.role_code, d.document_id, d.title_vi, d.number_symbol, d.path, d.status, d.issued_date FROM plan_documents l "
            "JOIN documents d USING (document_id) WHERE list_contains($1, l.plan_id) ORDER BY l.role_code, d.path",
            ids,
        ),
        "plan_id",
    )
    compared = _group(
        shelf.ask(
            "SELECT c.*, t.text_vi, p.number_symbol AS compared_number FROM comparisons c JOIN targets t USING (target_id) "
            "JOIN plans p ON p.plan_id = c.compared_plan_id WHERE list_contains($1, c.plan_id) ORDER BY c.target_id, c.compared_id",
            ids,
        ),
        "plan_id",
    )
    children = _group(
        shelf.ask("SELECT plan_id, parent_plan_id, number_symbol, title_vi FROM plans WHERE list_contains($1, parent_plan_id) ORDER BY plan_id", ids),
        "parent_plan_id",
    )  # fmt: skip
    made = {}
    for plan in plans:
        own = {
            t: [r for r in rows[t].get(plan["plan_id"], []) if r["is_primary"] or not only]
            for t, (_, only) in _OF_A_PLAN.items()
        }
        for table, key in (("targets_wide", "target_id"), ("tasks_wide", "task_id")):
            own[table].sort(key=lambda r, key=key: places.get(r[key], 0))  # type: ignore[misc]
        plan_id = plan["plan_id"]
        made[plan_id] = page(
            "plan.html", root="../", release=shelf.release.name, scripts=(), plan=plan, page_of=pages.documents,
            facts=_facts(plan, labels, pages, children.get(plan_id, [])), targets=own["targets_wide"],
            groups=_groups(own["task_groups"], own["tasks_wide"], shelf, labels), task_count=len(own["tasks_wide"]),
            budgets=_budgets(own["budgets"], own["tasks_wide"], own["task_groups"], labels), cross_foot=cross_foot(own["budgets"], labels),
            agencies=_agencies(mentions.get(plan_id, [])), results=own["results"],
            comparisons=[_compared(r, labels, pages) for r in compared.get(plan_id, [])],
            references=[_reference(r, labels, pages) for r in own["references"]],
            linked=[_linked(r, labels, pages) for r in linked.get(plan_id, [])],
            issues=[r | {"severity": labels.of("severity", r["severity_code"])} for r in own["issues"] if r["status_code"] == "open"],
        )  # fmt: skip
    return made


def _places(shelf: Shelf, ids: Sequence[str]) -> dict[str, int]:
    """Where targets and tasks stand in their documents: views leave that out."""
    found: dict[str, int] = {}
    for table, key in (("targets", "target_id"), ("tasks", "task_id")):
        for r in shelf.ask(f"SELECT {key} AS id, char_start FROM {table} WHERE list_contains($1, plan_id)", list(ids)):
            found[r["id"]] = r["char_start"]
    return found


def _group(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _facts(plan: Row, labels: Labels, pages: PageNames, children: Sequence[Row]) -> list[tuple[str, object]]:
    def link(plan_id: str | None, words: str | None) -> Markup | None:
        return Markup('<a href="{}">{}</a>').format(pages.plans[plan_id], words or plan_id) if plan_id else None

    years = dict.fromkeys(str(y) for y in (plan["period_start_year"], plan["period_end_year"]) if y)
    below = [
        Markup('<a href="{}">{}</a>').format(pages.plans[c["plan_id"]], c["number_symbol"] or c["plan_id"])
        for c in children
    ]
    coverage = [
        Markup("{}: {}").format(said(t), both(labels.of("coverage", plan[f"{t}_coverage"])))
        for t in ("targets", "tasks", "budgets")
    ]
    found: list[tuple[str, object]] = [
        ("number", plan["number_symbol"]), ("type", both(labels.of("doc_type", plan["plan_type_code"])) if plan["plan_type_code"] else None), ("issuer", plan["issuer_vi"]), ("province", plan["province_vi"]),
        ("date", day(plan["issued_date"]) if plan["issued_date"] else None), ("period", plan["period_text"] or "–".join(years)),
        ("topic", both(labels.of("topic", plan["topic_code"])) if plan["topic_code"] else None), ("objective", plan["general_objective_vi"]),
        ("lead", plan["lead_agency_vi"]),
        ("money", grouped(plan["budget_million_vnd"]) if plan["budget_million_vnd"] is not None else None),
        ("carries_out", link(plan["parent_plan_id"], plan["parent_number"])), ("after", link(plan["predecessor_plan_id"], None)),
        ("carried_out_by", Markup(", ").join(below)),
        ("coverage", Markup("{} · {} · {}").format(*coverage)),
    ]  # fmt: skip
    return [(name, value) for name, value in found if value]


def _groups(groups: Sequence[Row], tasks: Sequence[Row], shelf: Shelf, labels: Labels) -> list[dict[str, Any]]:
    """Groups in their order with their tasks, those in no group first."""
    of_task = {
        r["task_id"]: r["task_group_id"]
        for r in shelf.ask("SELECT task_id, task_group_id FROM tasks WHERE list_contains($1, task_id)", [t["task_id"] for t in tasks])
    } if tasks else {}  # fmt: skip
    own: dict[str | None, list[Row]] = defaultdict(list)
    for t in tasks:
        own[of_task.get(t["task_id"])].append(t | {"category": labels.of("category", t["category_code"])})
    found: list[dict[str, Any]] = [{"row": None, "tasks": own[None], "category": ("", "")}] if own[None] else []
    for g in groups:
        category = labels.of("category", (g["category_codes"] or [None])[0])
        found.append({"row": g, "tasks": own[g["task_group_id"]], "category": category})
    return found


def _budgets(budgets: Sequence[Row], tasks: Sequence[Row], groups: Sequence[Row], labels: Labels) -> list[Row]:
    names = {t["task_id"]: t["name_vi"] for t in tasks} | {g["task_group_id"]: g["name_vi"] for g in groups}
    return [
        b
        | {
            "task_vi": names.get(b["task_id"]), "group_vi": names.get(b["task_group_id"]), "when": period_of(b) or "–",
            "sources": [labels.of("budget_source", s) for s in b["source_codes"] or ()], "phase": labels.of("phase", b["phase_code"]),
            "breakdown": labels.of("breakdown", b["breakdown_code"]),
        }
        for b in budgets
    ]  # fmt: skip


def cross_foot(budgets: Sequence[Row], labels: Labels) -> list[dict[str, Any]]:
    """The parts of each way of dividing the money of a plan, added up beside the total it states for the same phase and period: a plan whose figures
    are right gives the same sum by year, by source and by task. A sum below the total may be of a part of the plan."""
    stated = totals(budgets)
    found = []
    for division, parts in sorted(divisions(budgets).items()):
        amount = sum(p["amount_vnd"] for p in parts)
        of_phase = {t for (phase, _), own in stated.items() if phase == division.phase for t in own}
        fitting = stated.get((division.phase, division.period)) or of_phase
        total = amount if amount in fitting else max(fitting, default=None)
        found.append(
            {
                "phase": labels.of("phase", division.phase), "period": division.period or "–", "scope": labels.of("budget_scope", division.scope),
                "breakdown": labels.of("breakdown", division.breakdown), "place": division.place, "rows": len(parts), "sum": amount, "total": total,
            }
        )  # fmt: skip
    return found


def _agencies(mentions: Sequence[Row]) -> list[dict[str, Any]]:
    """Agencies with the number of tasks in each role, those that lead most first."""
    tasks: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for m in mentions:
        role = {"lead": "led", "cooperate": "cooperating"}.get(m["role_code"], "others")
        tasks[m["name"]][role].add(m["task_id"])
    found = [{"name": name} | {r: len(own[r]) for r in ("led", "cooperating", "others")} for name, own in tasks.items()]
    return sorted(found, key=lambda r: (-int(r["led"]), -int(r["cooperating"]), r["name"]))


def _compared(row: Row, labels: Labels, pages: PageNames) -> Row:
    return row | {
        "relation": labels.of("comparison_relation", row["relation_code"]), "comparison": labels.of("comparison", row["comparison_code"]),
        "compared_page": pages.plans.get(row["compared_plan_id"]), "compared_number": row["compared_number"] or row["compared_plan_id"],
    }  # fmt: skip


def _reference(row: Row, labels: Labels, pages: PageNames) -> Row:
    return row | {
        "relation": labels.of("reference_relation", row["relation_code"]), "cited_page": pages.plans.get(row["cited_plan_id"]),
        "doc_type": labels.of("doc_type", row["doc_type_code"]) if row["doc_type_code"] else ("", ""),
    }  # fmt: skip


def _linked(row: Row, labels: Labels, pages: PageNames) -> Row:
    return row | {
        "role": labels.of("plan_document_role", row["role_code"]), "state": labels.of("document_status", row["status"]),
        "page": pages.documents[row["document_id"]],
    }  # fmt: skip
