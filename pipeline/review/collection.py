"""The first page: every plan in a list that can be searched, charts, coverage, issues; and the list of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.review.figures import figures_of
from pipeline.review.labels import Labels, Pair, words
from pipeline.review.render import page
from pipeline.review.shelf import Row, Shelf

_COUNTED = ("documents", "plans", "targets", "task_groups", "tasks", "budgets", "results", "issues")
_COVERAGES = ("complete", "partial", "none_in_source", "source_truncated", "not_extracted")


def index_page(shelf: Shelf, labels: Labels, plan_pages: Mapping[str, str]) -> str:
    """The page of the whole collection. `plan_pages`: the file of each plan."""
    plans = shelf.ask(
        "SELECT plan_id, number_symbol, title_vi, province_vi, province_slug, topic_code, level_code, issued_date, target_count, task_count, "
        "budget_million_vnd, open_issues, is_stub, targets_coverage, tasks_coverage, budgets_coverage FROM plans_wide ORDER BY plan_id"
    )
    rows = [
        [
            plan_pages[p["plan_id"]], p["number_symbol"], p["title_vi"] or p["plan_id"], _place(p), p["topic_code"], p["level_code"],
            p["issued_date"].isoformat() if p["issued_date"] else None, p["target_count"], p["task_count"], p["budget_million_vnd"], p["open_issues"],
            p["is_stub"],
        ]
        for p in plans
    ]  # fmt: skip
    provinces: dict[str, Pair] = {"vn": words()["national"]}
    if any(_place(p) == "-" for p in plans):
        provinces["-"] = words()["not_known"]
    for p in sorted(plans, key=lambda p: p["province_vi"] or ""):
        if p["province_slug"]:
            provinces[p["province_slug"]] = (p["province_vi"], p["province_vi"])
    topics = _used(labels, "topic", [p["topic_code"] for p in plans])
    levels = _used(labels, "level", [p["level_code"] for p in plans])
    years = sorted({str(p["issued_date"].year) for p in plans if p["issued_date"]}, reverse=True)
    [open_issues] = shelf.ask("SELECT count(*) AS n FROM issues WHERE status_code = 'open'")
    counts = shelf.release.counts() | {"issues": open_issues["n"]}
    coverage = [
        (
            labels.of("coverage", c),
            [sum(p[f"{t}_coverage"] == c for p in plans if not p["is_stub"]) for t in ("targets", "tasks", "budgets")],
        )
        for c in _COVERAGES
    ]
    data: dict[str, Any] = {"rows": rows, "provinces": provinces, "topics": topics}
    return page(
        "index.html", root="", release=shelf.release.name, scripts=("list.js", "plans.js"), data=data,
        counts=[(name, counts[name]) for name in _COUNTED], provinces=provinces.items(), years=[(y, (y, y)) for y in years], topics=topics.items(),
        levels=levels.items(), figures=figures_of(shelf, labels), coverage=coverage, checks=_checks(shelf, labels),
    )  # fmt: skip


def documents_page(
    shelf: Shelf, labels: Labels, document_pages: Mapping[str, str], row_counts: Mapping[str, int]
) -> str:
    """The page of every document, also of those that could not be read. `row_counts`: rows read from each."""
    issues = {
        r["document_id"]: r["n"]
        for r in shelf.ask("SELECT document_id, count(*) AS n FROM issues WHERE status_code = 'open' GROUP BY ALL")
    }
    documents = shelf.ask(
        "SELECT document_id, path, number_symbol, title_vi, doc_type_code, status, status_reason, issued_date FROM documents ORDER BY path"
    )
    rows = [
        [
            document_pages[d["document_id"]], d["path"], d["number_symbol"], d["title_vi"], d["doc_type_code"], d["status"], d["status_reason"],
            d["issued_date"].isoformat() if d["issued_date"] else None, row_counts.get(d["document_id"], 0), issues.get(d["document_id"], 0),
        ]
        for d in documents
    ]  # fmt: skip
    types = _used(labels, "doc_type", [d["doc_type_code"] for d in documents])
    statuses = _used(labels, "document_status", [d["status"] for d in documents])
    data = {"rows": rows, "types": types, "statuses": statuses}
    return page(
        "documents.html", root="", release=shelf.release.name, scripts=("list.js", "documents.js"), data=data, statuses=statuses.items(),
        types=types.items(),
    )  # fmt: skip


def _place(plan: Row) -> str:
    """The province of a plan as a slug, "vn" for national plans, "-" where nobody knows."""
    return plan["province_slug"] or ("vn" if plan["level_code"] == "central" else "-")


def _used(labels: Labels, vocab: str, codes: list[str | None]) -> dict[str, Pair]:
    """The codes that occur, in the order of their labels."""
    found = {c: labels.of(vocab, c) for c in codes if c is not None}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _checks(shelf: Shelf, labels: Labels) -> list[dict[str, Any]]:
    """Open issues by check, the gravest first."""
    order = {"error": 0, "warning": 1, "info": 2}
    found = shelf.ask(
        "SELECT check_code, severity_code, count(*) AS n, count(DISTINCT document_id) AS documents FROM issues WHERE status_code = 'open' GROUP BY ALL"
    )
    for r in found:
        r["severity"] = labels.of("severity", r["severity_code"])
    return sorted(found, key=lambda r: (order.get(r["severity_code"], 3), -r["n"], r["check_code"]))
