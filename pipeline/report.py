"""The one-screen summary of a run."""

from __future__ import annotations

from pathlib import Path

from pipeline.checks import describe
from pipeline.run import Outcome

_SHOWN = ("plans", "targets", "task_groups", "tasks", "task_agencies", "budgets", "references", "results")
_LONGEST = 110


def summary(outcome: Outcome, out: Path) -> str:
    """Documents by status, rows per table with gains and losses, top issues, and where the release is."""
    found = outcome.overview
    statuses = ", ".join(f"{n} {s}" for s, n in sorted(found.statuses.items()))
    lines = [f"documents  {found.counts['documents']}: {statuses}"]
    lines += [_cut(f"  not read: {path}: {reason}") for path, reason in found.not_read[:5]]
    if len(found.not_read) > 5:
        lines.append(f"  … and {len(found.not_read) - 5} more: see status_reason in documents.parquet")
    lines.append("rows")
    for table in _SHOWN:
        lines.append(f"  {table:14}{found.counts[table]:7}{_step(outcome, table)}")
    if found.issues:
        lines.append("issues")
        order = {"error": 0, "warning": 1, "info": 2}
        top = sorted(found.issues.items(), key=lambda item: (order[item[0][0]], -item[1], item[0][1]))[:6]
        lines += [f"  {severity:8}{code:20}{n:6}" for (severity, code), n in top]
    if outcome.failures:
        lines += ["", "NOT PUBLISHED, the last release stays:", describe(outcome.failures)]
    elif outcome.release is not None:
        state = "new release" if outcome.is_new else "unchanged since release"
        lines += ["", f"{state} {outcome.release.name} in {out / 'latest'}"]
    return "\n".join(lines)


def _step(outcome: Outcome, table: str) -> str:
    if outcome.previous_counts is None:
        return ""
    step = outcome.overview.counts[table] - outcome.previous_counts.get(table, 0)
    return f"  ({step:+d})" if step else "  (=)"


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
