"""Leave one document out: rules that only one plan of the evaluation needs, the candidates for over-fitting."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.tables import read_rows

TABLES = ("plans", "targets", "task_groups", "tasks", "task_agencies", "budgets", "references", "results")


@dataclass(frozen=True, slots=True)
class Support:
    """A rule of a table, the plans in whose documents it fires, and the rows it gave in all of them."""

    table: str
    rule: str
    plans: tuple[str, ...]
    rows: int


def rule_support(tables: Path) -> list[Support]:
    """Every rule that gave a row of a release, the least supported first.

    The same plan in several formats, or an article and the plan it speaks of, count once: what supports a rule is another author's
    words, not another copy of the same ones.
    """
    plans: dict[tuple[str, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    owner = {
        link["document_id"]: link["plan_id"]
        for link in read_rows(tables / "plan_documents.parquet")
        if link["role_code"] != "mention"
    }
    paths = {d["document_id"]: d["path"] for d in read_rows(tables / "documents.parquet")}
    for table in TABLES:
        for row in read_rows(tables / f"{table}.parquet"):
            document = row["document_id"]
            plans[table, row["rule"]].add(owner.get(document, paths.get(document, "")))
            counts[table, row["rule"]] += 1
    found = [Support(table, rule, tuple(sorted(names)), counts[table, rule]) for (table, rule), names in plans.items()]
    return sorted(found, key=lambda s: (len(s.plans), s.rows, s.table, s.rule))


def print_support(tables: Path) -> None:
    """Prints how many plans each rule fires in, and names the plan where it is only one."""
    support = rule_support(tables)
    print("leave one out: rules by the plans they fire in (formats of one plan count once)")
    for s in support:
        alone = f"   only {s.plans[0]}" if len(s.plans) == 1 else ""
        print(f"  {len(s.plans):3} plans {s.rows:5} rows  {s.table:14} {s.rule}{alone}")
    single = sum(len(s.plans) == 1 for s in support)
    print(
        f"{single} of {len(support)} rules fire in one plan only: each needs a sentence of the genre in its docstring"
    )
