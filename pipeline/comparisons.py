"""Targets beside what they carry out, carry on and came to: the plan above, the plan before, and results reported later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from normalizers.indicators import likeness

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_ALIKE = 0.6  # of two sentences that measure the same; unrelated aims of the corpus stay below 0.57
_STEPS = 3  # plans above a plan that are asked for their targets


def compare_targets(rows: Rows) -> list[Row]:
    """Rows of `comparisons` from plans, targets and results. A target is compared with the one sentence that measures the same in the same
    unit, where each is the other's best match; nothing is compared by plan or year alone."""
    targets = by_plan([t for t in rows["targets"] if t["is_primary"]])
    parents = {p["plan_id"]: p["parent_plan_id"] for p in rows["plans"]}
    above = {plan: targets[other] for plan, other in plans_above(parents, targets.keys()).items()}
    return [*compare_within(rows), *compare_above(targets, above)]


def compare_within(rows: Rows) -> list[Row]:
    """Targets beside those of the plan before and beside results: rows of plans that documents speak of together."""
    before = {p["plan_id"]: p["predecessor_plan_id"] for p in rows["plans"]}
    targets = by_plan([t for t in rows["targets"] if t["is_primary"]])
    results = by_plan(rows["results"])
    found = []
    for plan_id, own in sorted(targets.items()):
        pairs = _pairs(own, targets.get(before.get(plan_id) or "", []))
        found += [_row(t, o, "predecessor_target", o["target_id"], o["target_year"]) for t, o, _ in pairs]
        for told in _by_document(results.get(plan_id, [])):
            found += [_row(t, r, "result", r["result_id"], r["period_end_year"]) for t, r, _ in _pairs(own, told)]
    return found


def plans_above(parents: Mapping[str, str | None], with_targets: Collection[str]) -> dict[str, str]:
    """For each plan that has one the nearest plan it carries out whose targets are known; both have targets."""
    found = {}
    for plan_id in sorted(with_targets):
        above = next((p for p in _above(plan_id, parents) if p in with_targets), None)
        if above is not None:
            found[plan_id] = above
    return found


def compare_above(targets: Mapping[str, Sequence[Row]], above: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Targets by plan beside those of the plan that each carries out."""
    return [
        _row(t, o, "parent_target", o["target_id"], o["target_year"])
        for plan_id, others in sorted(above.items())
        for t, o, _ in _pairs(targets.get(plan_id, []), others)
    ]


def link_results(rows: Rows, comparisons: Sequence[Row]) -> list[Row]:
    """The results with the target each answers."""
    answered = {c["compared_id"]: c["target_id"] for c in comparisons if c["relation_code"] == "result"}
    return [r | {"target_id": r["target_id"] or answered.get(r["result_id"])} for r in rows["results"]]


def by_plan(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows that state a number, by plan, in the order of the text."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r["document_id"], r["char_start"] or 0)):
        if _bounds(row) != (None, None):
            found[row["plan_id"]].append(row)
    return found


def _by_document(rows: Sequence[Row]) -> list[list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document_id"]].append(row)
    return list(found.values())


def _above(plan_id: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The plans that a plan carries out, the nearest first."""
    seen = {plan_id}
    for _ in range(_STEPS):
        parent = parents.get(plan_id)
        if parent is None or parent in seen:
            return
        seen.add(parent)
        yield parent
        plan_id = parent


def _pairs(own: Sequence[Row], others: Sequence[Row]) -> list[tuple[Row, Row, float]]:
    """Rows that are each other's best match, the nearest year among equals."""
    scores: dict[tuple[int, int], tuple[float, int]] = {}
    for i, a in enumerate(own):
        for j, b in enumerate(others):
            if a["unit_code"] == b["unit_code"]:
                score = likeness(a["text_vi"], b["text_vi"])
                if score >= _ALIKE:
                    scores[i, j] = (round(score, 3), -_apart(a, b))
    best_of_own: dict[int, int] = {}
    best_of_other: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: scores[pair]):
        best_of_own[i] = j
        best_of_other[j] = i
    return [(own[i], others[j], scores[i, j][0]) for i, j in sorted(best_of_own.items()) if best_of_other[j] == i]


def _apart(a: Row, b: Row) -> int:
    first, second = a["target_year"], b.get("target_year") or b.get("period_end_year")
    return abs(first - second) if first is not None and second is not None else 0


def _row(target: Row, other: Row, relation: str, identity: str, year: int | None) -> Row:
    low, high = _bounds(target)
    other_low, other_high = _bounds(other)
    single = low == high and other_low == other_high and low is not None and other_low is not None
    return {
        "target_id": target["target_id"], "relation_code": relation, "compared_id": identity, "plan_id": target["plan_id"], "compared_plan_id": other["plan_id"],
        "likeness": round(likeness(target["text_vi"], other["text_vi"]), 3), "unit_code": target["unit_code"], "value_text": target["value_text"],
        "compared_value_text": other["value_text"], "target_year": target["target_year"], "compared_year": year,
        "difference": round(low - other_low, 6) if single and low is not None and other_low is not None else None,
        "comparison_code": _compared((low, high), (other_low, other_high)), "is_reached": _is_reached(target, other) if relation == "result" else None,
    }  # fmt: skip


def _bounds(row: Row) -> tuple[float | None, float | None]:
    """The stated numbers of a row: "trên 90%" states 90."""
    low, high = row["value_min"], row["value_max"]
    return (low if low is not None else high, high if high is not None else low)


def _compared(a: tuple[float | None, float | None], b: tuple[float | None, float | None]) -> str:
    if a == b:
        return "equal"
    if a[0] is not None and b[1] is not None and a[0] >= b[1]:
        return "higher"
    if a[1] is not None and b[0] is not None and a[1] <= b[0]:
        return "lower"
    return "overlapping"


def _is_reached(target: Row, result: Row) -> bool | None:
    """Whether a result comes up to its target; one that is to fall is reached from above. None where the numbers leave it open."""
    low, high = _bounds(target)
    result_low, result_high = _bounds(result)
    if low is None or high is None or result_low is None or result_high is None:
        return None
    if target["direction_code"] == "decrease":
        return True if result_high <= low else False if result_low > high else None
    return True if result_low >= high else False if result_high < low else None
