"""What the charts of the collection show, as rows of bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.review.divisions import divisions, period_of
from pipeline.review.labels import Labels, Pair
from pipeline.review.render import grouped
from pipeline.review.shelf import Row, Shelf

_MOST = 20
_NOT_KNOWN = ("Không rõ", "Not known")
_MILLION = 1_000_000
_NATIONAL = ("Trung ương", "National")
_NO_YEAR = ("Không nêu năm", "No year")
_NOT_BY_YEAR = ("Không tách theo năm", "Not divided by year")
_NOT_BY_SOURCE = ("Không tách theo nguồn", "Not divided by source")

# The phase that counts for a plan: approved money, else planned, else proposed.
_ORDER = {"approved": 0, "planned": 1, "proposed": 2}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, the value in words, its length as a share of the longest, an upright line where something is compared, its colour.
    `heading`: a line of its own above other bars."""

    label: Pair
    shown: str
    share: float
    mark: float | None = None
    kind: str = "plain"
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The charts."""

    provinces: list[Bar]
    years: list[Bar]
    topics: list[Bar]
    categories: list[Bar]
    agencies: list[Bar]
    money_by_year: list[Bar]
    money_by_source: list[Bar]
    targets: list[Bar]


def figures_of(shelf: Shelf, labels: Labels) -> Figures:
    """The charts of a release."""
    plans = shelf.ask("SELECT province_vi, level_code, year(issued_date) AS year, topic_code FROM plans_wide")
    categories = shelf.ask(
        "SELECT category_code AS code, count(*) AS n FROM tasks WHERE is_primary GROUP BY ALL ORDER BY n DESC, code"
    )
    agencies = shelf.ask(
        "SELECT a.name_full_vi AS name, count(DISTINCT m.task_id) AS n FROM task_agencies m JOIN agencies a USING (agency_id) "
        f"WHERE m.role_code = 'lead' AND m.is_primary GROUP BY ALL ORDER BY n DESC, name LIMIT {_MOST}"
    )
    money = _counted_money(shelf)
    return Figures(
        provinces=_counted([_place(p) for p in plans]),
        years=_in_order([(str(p["year"]),) * 2 if p["year"] else _NO_YEAR for p in plans]),
        topics=_counted([labels.of("topic", p["topic_code"]) for p in plans]),
        categories=_bars([(labels.of("category", r["code"]), r["n"]) for r in categories]),
        agencies=_bars([((r["name"], r["name"]), r["n"]) for r in agencies]),
        money_by_year=_money(money, "year", lambda b: (period_of(b),) * 2 if period_of(b) else _NOT_BY_YEAR),
        money_by_source=_money(money, "source", lambda b: _sources(b, labels)),
        targets=_beside_the_national(shelf),
    )


def _counted(labels: Sequence[Pair]) -> list[Bar]:
    """How often each label stands, the most frequent first."""
    found = {label: labels.count(label) for label in dict.fromkeys(labels)}
    return _bars(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _in_order(labels: Sequence[Pair]) -> list[Bar]:
    return _bars([(label, labels.count(label)) for label in sorted(set(labels))])


def _bars(counts: Sequence[tuple[Pair, float]]) -> list[Bar]:
    most = max((n for _, n in counts), default=0) or 1
    return [Bar(label, grouped(n), n / most) for label, n in counts]


def _place(plan: Row) -> Pair:
    """The province of a plan, or that it is national; neither where nobody knows."""
    name = plan["province_vi"]
    return (name, name) if name else _NATIONAL if plan["level_code"] == "central" else _NOT_KNOWN


def _counted_money(shelf: Shelf) -> list[list[Row]]:
    """The amounts of each plan in the phase that counts, of plans with money."""
    rows = shelf.ask(
        "SELECT * FROM budgets WHERE is_primary AND amount_vnd IS NOT NULL AND phase_code <> 'executed' ORDER BY plan_id, char_start, budget_id"
    )
    found = []
    for _, group in groupby(rows, key=lambda r: r["plan_id"]):
        own = list(group)
        best = min((_ORDER[r["phase_code"]] for r in own if r["is_additive"]), default=None)
        if best is not None:
            found.append([r for r in own if _ORDER[r["phase_code"]] == best])
    return found


def _money(plans: Sequence[Sequence[Row]], by: str, label: Callable[[Row], Pair]) -> list[Bar]:
    """Sums in million đồng by year or source. A plan is counted by that division whose parts meet its additive sum, else by its additive amounts."""
    sums: dict[Pair, int] = {}
    for own in plans:
        additive = [r for r in own if r["is_additive"]]
        total = sum(r["amount_vnd"] for r in additive)
        parts = [
            rows
            for d, rows in divisions(own).items()
            if d.breakdown.endswith(by) and sum(r["amount_vnd"] for r in rows) == total
        ]
        for r in min(parts, key=len) if parts else additive:
            sums[label(r)] = sums.get(label(r), 0) + r["amount_vnd"]
    ordered = sorted(sums.items(), key=lambda item: item[0] if by == "year" else (-item[1], item[0]))
    most = max(sums.values(), default=0) or 1
    return [Bar(pair, grouped(vnd / _MILLION), max(0.0, vnd / most)) for pair, vnd in ordered]


def _sources(row: Row, labels: Labels) -> Pair:
    sources = [labels.of("budget_source", s) for s in row["source_codes"] or ()]
    return (" + ".join(s[0] for s in sources), " + ".join(s[1] for s in sources)) if sources else _NOT_BY_SOURCE


def _beside_the_national(shelf: Shelf) -> list[Bar]:
    """Targets of one number under the target of the plan they carry out, the targets with most provinces first."""
    rows = shelf.ask(
        """
        SELECT c.compared_id, n.text_vi AS national_text, n.value AS national, c.compared_value_text, t.value, t.value_text, p.province_vi, p.number_symbol
        FROM comparisons c JOIN targets t USING (target_id) JOIN targets n ON n.target_id = c.compared_id JOIN plans_wide p ON p.plan_id = c.plan_id
        WHERE c.relation_code = 'parent_target' AND t.is_primary AND t.value IS NOT NULL AND n.value IS NOT NULL
        ORDER BY c.compared_id, t.value DESC, p.plan_id
        """
    )
    groups = [list(own) for _, own in groupby(rows, key=lambda r: r["compared_id"])]
    bars: list[Bar] = []
    for own in sorted(groups, key=lambda g: (-len(g), g[0]["compared_id"]))[:_MOST]:
        national = own[0]["national"]
        most = max([national, *(r["value"] for r in own)]) or 1
        words = f"{own[0]['national_text']} ({own[0]['compared_value_text']})"
        bars.append(Bar((words, words), "", 0.0, heading=True))
        for r in own:
            name = " · ".join(dict.fromkeys(x for x in (r["province_vi"], r["number_symbol"]) if x))
            kind = "less" if r["value"] < national else "plain"
            bars.append(Bar((name, name), r["value_text"], max(0.0, r["value"] / most), national / most, kind))
    return bars
