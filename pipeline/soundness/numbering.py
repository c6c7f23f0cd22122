"""Printed numbers: rows and items without gaps, ordinals without gaps, keys that say what their row says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from normalizers.figures import parse_roman
from pipeline.soundness.remark import Remark, Row, View

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points in a law; "đ" may be left out
_FEWEST = 3  # items that make a list whose gap says something


def ordinals_run(view: View) -> Iterator[Remark]:
    """Groups, tasks and the agencies of a task are counted from 1 without a gap: a row is missing where the count jumps."""
    for table, within in (
        ("task_groups", ("plan_id", "document_id")),
        ("tasks", ("plan_id", "document_id")),
        ("task_agencies", ("task_id",)),
    ):
        lists: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in view.table(table):
            lists[tuple(row[c] for c in within)].append(row)
        for rows in lists.values():
            rows.sort(key=lambda r: r["ordinal"])
            for expected, row in enumerate(rows, 1):
                if row["ordinal"] != expected:
                    yield Remark(
                        "row_missing", "error", "extraction", table, row, "ordinal", f"the count jumps to {row['ordinal']}, {expected} is missing",
                        f"số thứ tự nhảy đến {row['ordinal']}, thiếu {expected}", str(expected), str(row["ordinal"]),
                    )  # fmt: skip
                    break
    for m in view.table("task_agencies"):
        if m["task_id"] not in view.tasks:
            yield Remark(
                "row_missing", "error", "extraction", "task_agencies", m, "task_id", f"the task {m['task_id']} is missing", f"thiếu nhiệm vụ {m['task_id']}", m["task_id"], None
            )  # fmt: skip


def numbering_runs(view: View) -> Iterator[Remark]:
    """Printed numbers of headings and items run on: behind "2." and "4." the "3." is missing from the source or was not read."""
    levels: dict[tuple[str, str | None, str], list[Row]] = defaultdict(list)
    for s in sorted(view.table("sections"), key=lambda r: r["ordinal"]):
        style = _style(s["label"])
        if style is not None:
            levels[s["document_id"], s["parent_section_id"], style].append(s)
    for rows in levels.values():
        yield from _gaps("sections", rows)


def rows_of_annex_run(view: View) -> Iterator[Remark]:
    """Printed numbers of the rows of a task table run on within their group."""
    levels: dict[tuple[str, str, str | None, str], list[Row]] = defaultdict(list)
    for t in sorted(view.table("tasks"), key=lambda r: r["ordinal"]):
        style = _style(t["label"])
        if t["task_kind_code"] == "annex_action" and style is not None:
            levels[t["plan_id"], t["document_id"], t["task_group_id"], style].append(t)
    for rows in levels.values():
        yield from _gaps("tasks", rows)


def _gaps(table: str, rows: list[Row]) -> Iterator[Remark]:
    numbers = [_number(r["label"]) for r in rows]
    if len(rows) < _FEWEST or any(n is None for n in numbers):
        return
    for before, row, last, number in zip(rows, rows[1:], numbers, numbers[1:], strict=False):
        if last is None or number is None or number <= last or number == last + 1:
            continue  # a list may begin anew
        if number == last + 2 and str(before["label"])[-1:] == "d" and str(row["label"])[-1:] == "e":
            continue  # "d)" | "e)" without "đ)"
        yield Remark(
            "numbering_gap", "info", "source", table, row, "label", f"{row['label']} follows {before['label']}", f"sau {before['label']} là {row['label']}", None, str(row["label"])
        )  # fmt: skip


def _style(label: str | None) -> str | None:
    """Items of one style stand in one list: "2" with "3", "1.2" with "1.3", "a" with "b"."""
    if not label:
        return None
    m = re.fullmatch(r"((?:[\dIVX]+\.)*)(\d{1,3}|[IVX]+|[a-zđ])\)?\.?", label)
    if m is None:
        return None
    kind = "digit" if m.group(2).isdigit() else "roman" if m.group(2).isupper() else "letter"
    return f"{m.group(1)}{kind}"


def _number(label: str) -> int | None:
    last = label.rstrip(").").rsplit(".", 1)[-1]
    if last.isdigit():
        return int(last)
    if last.isupper():
        return parse_roman(last)
    return _LETTERS.index(last) + 1 if last in _LETTERS else None
