"""Checks of what rows say: each looks at a whole release and remarks on single rows.

A check is a function from a `View` to `Remark`s; its docstring shows what it looks at. An error of the source stays as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.soundness import aims, documents, numbering, places, sums, times, values
from pipeline.soundness.remark import Remark as Remark
from pipeline.soundness.remark import Rows, View

Check = Callable[[View], Iterator[Remark]]

CHECKS: tuple[Check, ...] = (
    values.words_in_quote, values.amount_as_its_words, values.digits_as_letters, values.value_as_its_words, values.date_in_text, values.number_in_text,
    sums.parts_make_the_total, sums.years_make_the_line, sums.sources_make_the_line, sums.tasks_make_their_group, sums.sources_within_their_tasks,
    sums.quantity_at_its_price, sums.additive_rows_make_the_total,
    times.year_in_words, times.years_in_order, times.year_within_plan,
    numbering.ordinals_run, numbering.numbering_runs, numbering.rows_of_annex_run,
    aims.share_of_a_whole, aims.bounds_in_order, aims.milestones_rise,
    places.agencies_resolved, places.agencies_of_the_place, places.rows_with_a_lead, places.places_agree, places.provinces_in_time, places.issuer_in_text,
    documents.declared_groups_found, documents.annex_groups_as_in_the_body, documents.annex_names_its_plan, documents.announced_annexes_found, documents.documents_agree,
)  # fmt: skip


def remarks(rows: Rows) -> list[Remark]:
    """Every remark of every check, each once, in the order of the checks. A value that a person put right need not be what its words say."""
    view = View(rows)
    once: dict[tuple[str, str, str, str | None], Remark] = {}
    for check in CHECKS:
        for remark in check(view):
            if remark.row.get("rule") == "correction" and remark.origin == "extraction":
                continue
            once.setdefault((remark.code, remark.table, remark.row_id, remark.column), remark)
    return list(once.values())
