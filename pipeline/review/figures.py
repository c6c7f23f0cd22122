"""What the charts of the collection show, as rows of bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.review.labels import Labels, Pair
from pipeline.review.render import grouped
from pipeline.review.shelf import Row, Shelf

_MOST = 20
_MILLION = 1_000_000
_NATIONAL = ("Trung ương", "National")
_NO_YEAR = ("Không nêu năm", "No year")
_NO_SOURCE = ("Không nêu nguồn", "No source")

# The phase that counts for a plan: approved money, else planned, else proposed.
_COUNTED = """
    WITH ranked AS (
        SELECT *, min(CASE phase_code WHEN 'approved' THEN 1 WHEN 'planned' THEN 2 WHEN 'proposed' THEN 3 END) OVER (PARTITION BY plan_id) AS best,
               CASE phase_code WHEN 'approved' THEN 1 WHEN 'planned' THEN 2 WHEN 'proposed' THEN 3 END AS own
        FROM budgets_wide)
    SELECT year, period_start_year, period_end_year, source_codes, sum(amount_vnd)::BIGINT AS vnd
    FROM ranked WHERE own = best AND amount_vnd IS NOT NULL GROUP BY ALL
"""


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
    budgets: list[Bar]
    targets: list[Bar]


def figures_of(shelf: Shelf, labels: Labels) -> Figures:
    """The charts of a release."""
    plans = shelf.ask("SELECT province_vi, year(issued_date) AS year, topic_code FROM plans_wide")
    categories = shelf.ask(
        "SELECT category_code AS code, count(*) AS n FROM tasks WHERE is_primary GROUP BY ALL ORDER BY n DESC, code"
    )
    agencies = shelf.ask(
        "SELECT a.name_full_vi AS name, count(DISTINCT m.task_id) AS n FROM task_agencies m JOIN agencies a USING (agency_id) "
        f"WHERE m.role_code = 'lead' AND m.is_primary GROUP BY ALL ORDER BY n DESC, name LIMIT {_MOST}"
    )
    return Figures(
        provinces=_counted([(p["province_vi"],) * 2 if p["province_vi"] else _NATIONAL for p in plans]),
        years=_in_order([(str(p["year"]),) * 2 if p["year"] else _NO_YEAR for p in plans]),
        topics=_counted([labels.of("topic", p["topic_code"]) for p in plans]),
        categories=_bars([(labels.of("category", r["code"]), r["n"]) for r in categories]),
        agencies=_bars([((r["name"], r["name"]), r["n"]) for r in agencies]),
        budgets=_money(shelf.ask(_COUNTED), labels),
        targets=_beside_the_national(shelf),
    )


def _counted(labels: Sequence[Pair]) -> list[Bar]:
    """How often each label stands, the most frequent first."""
    found = {label: labels.count(label) for label in dict.fromkeys(labels)}
    return _bars(sorted(found.items(), key=lambda item: (-item[1], item[0]))[: 3 * _MOST])


def _in_order(labels: Sequence[Pair]) -> list[Bar]:
    return _bars([(label, labels.count(label)) for label in sorted(set(labels))])


def _bars(counts: Sequence[tuple[Pair, float]]) -> list[Bar]:
    most = max((n for _, n in counts), default=0) or 1
    return [Bar(label, grouped(n), n / most) for label, n in counts]


def _money(rows: Sequence[Row], labels: Labels) -> list[Bar]:
    """Sums in million đồng: under each year or period its sources."""
    sums: dict[tuple[str, Pair], int] = {}
    for r in rows:
        when = str(r["year"] or "") or _period(r)
        sources = [labels.of("budget_source", s) for s in r["source_codes"] or ()]
        source = (" + ".join(s[0] for s in sources), " + ".join(s[1] for s in sources)) if sources else _NO_SOURCE
        sums[when, source] = sums.get((when, source), 0) + r["vnd"]
    most = max(sums.values(), default=0) or 1
    bars = []
    ordered = sorted(sums.items(), key=lambda item: (item[0][0] == "", item[0][0], -item[1], item[0][1]))
    for when, own in groupby(ordered, key=lambda item: item[0][0]):
        bars.append(Bar((when, when) if when else _NO_YEAR, "", 0.0, heading=True))
        bars += [Bar(source, grouped(vnd / _MILLION), max(0.0, vnd / most)) for (_, source), vnd in own]
    return bars


def _period(row: Row) -> str:
    years = dict.fromkeys(str(y) for y in (row["period_start_year"], row["period_end_year"]) if y)
    return "–".join(years)


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
