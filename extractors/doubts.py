"""What a reader should know of a document: words in scope that no row uses, and facts that do not fit together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from extractors.document import Document
from extractors.findings import Budget, Doubt, Evidence, Target, Task, TaskGroup
from extractors.outline import Node, Outline
from extractors.targets import AIMS
from normalizers.agencies import find_agencies
from normalizers.money import find_money
from normalizers.quantities import find_quantities
from normalizers.task_times import find_limit
from normalizers.text import collapse, key

_SCOPE = frozenset({*AIMS, "tasks", "solutions", "organisation", "finance"})


class _Used:
    """Stretches of the text that rows were read from."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [a for a, _ in self.spans]
        self.reach = list(accumulate((b for _, b in self.spans), max))

    def touches(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and start < self.reach[before - 1]


def find_doubts(
    outline: Outline,
    targets: tuple[Target, ...],
    groups: list[TaskGroup],
    tasks: list[Task],
    budgets: tuple[Budget, ...],
) -> tuple[Doubt, ...]:
    """Unused amounts, shares, limits and agencies of the sections in scope, and doubts about single rows."""
    aims = _Used((t.evidence.start, t.evidence.end) for t in targets)
    money = _Used([*((b.evidence.start, b.evidence.end) for b in budgets), *aims.spans])
    limits = _Used(
        (t.evidence.start, t.evidence.end)
        for t in tasks
        if t.deadline_text or t.time_text or t.start_year or t.end_year
    )
    named = _Used((m.evidence.start, m.evidence.end) for t in tasks for m in t.mentions)
    found: list[Doubt] = []
    for node in outline.nodes:
        if (
            node.zone == "signature"
            or not (node.role in _SCOPE or node.zone == "annex")
            or node.block.table is not None
        ):
            continue
        found += _unused(node, aims, money, limits, named)
    found += [_unclear(g) for g in groups if g.margin == 0.0]
    found += [_words_differ(b) for b in budgets if b.words_agree is False]
    found += [
        _no_lead(t)
        for t in tasks
        if t.task_kind_code == "annex_action" and t.mentions and not any(m.role_code == "lead" for m in t.mentions)
    ]
    found += [d for t in tasks for d in _unresolved(t)]
    found += _years(tasks)
    return tuple(found)


def _unused(node: Node, aims: _Used, money: _Used, limits: _Used, named: _Used) -> list[Doubt]:
    text, offset = node.heading, node.heading_start
    found = []
    for m in find_money(text):
        if not money.touches(offset + m.start, offset + m.end):
            found.append(
                _doubt(
                    "amount_unused",
                    "warning",
                    node,
                    m.start,
                    m.end,
                    "an amount that no budget row uses",
                    "số tiền chưa được dòng nào sử dụng",
                )
            )
    if node.role in AIMS:
        for q in find_quantities(text):
            if q.unit_code == "pct" and not aims.touches(offset + q.start, offset + q.end):
                found.append(
                    _doubt(
                        "share_unused",
                        "warning",
                        node,
                        q.start,
                        q.end,
                        "a percentage that no target uses",
                        "tỷ lệ chưa được mục tiêu nào sử dụng",
                    )
                )
    limit = find_limit(text)
    if limit and not limits.touches(offset + limit[0], offset + limit[1]):
        found.append(
            _doubt(
                "deadline_unused",
                "info",
                node,
                limit[0],
                limit[1],
                "a time limit that no task uses",
                "thời hạn chưa được nhiệm vụ nào sử dụng",
            )
        )
    for a in find_agencies(text):
        if not a.is_class and not named.touches(offset + a.start, offset + a.end):
            found.append(
                _doubt(
                    "agency_unused",
                    "info",
                    node,
                    a.start,
                    a.end,
                    "an agency that has no role on a task",
                    "cơ quan chưa được gán vai trò",
                )
            )
    return found


def _doubt(code: str, severity: str, node: Node, start: int, end: int, english: str, vietnamese: str) -> Doubt:
    words = collapse(node.heading[start:end])
    evidence = Evidence(node.heading_start + start, node.heading_start + end, node.path(), code)
    return Doubt(code, severity, "extraction", f"{english}: {words}", f"{vietnamese}: {words}", None, words, evidence)


_MISREADINGS = {
    "ocr_number": (
        "warning",
        "two looks at a number on the scan differ, compare it with the page",
        "hai lần nhận dạng số trên bản chụp khác nhau, cần đối chiếu với trang gốc",
    ),
    "label_derived": (
        "info",
        "the number of a row was not legible and follows from its neighbours",
        "số thứ tự không đọc được, suy ra từ các dòng bên cạnh",
    ),
}


def find_misreadings(document: Document, outline: Outline) -> Iterator[Doubt]:
    """Words that the reader of a scan is not sure of, inside the document proper."""
    nodes = outline.nodes
    starts = [n.start for n in nodes]
    for suspect in document.suspects:
        at = bisect_right(starts, suspect.start) - 1
        if at < 0:
            continue
        severity, english, vietnamese = _MISREADINGS[suspect.code]
        words = collapse(document.text[suspect.start : suspect.end])
        evidence = Evidence(suspect.start, suspect.end, nodes[at].path(), suspect.code)
        yield Doubt(
            suspect.code, severity, "extraction", f"{english}: {words[:200]}", f"{vietnamese}: {words[:200]}", None, words[:200], evidence,
        )  # fmt: skip


def _unclear(group: TaskGroup) -> Doubt:
    return Doubt(
        "category_unclear", "info", "normalisation", f"no category cue in the heading: {group.name[:80]}", f"tiêu đề không có từ chỉ nhóm: {group.name[:80]}",
        None, "other", group.evidence,
    )  # fmt: skip


def _words_differ(b: Budget) -> Doubt:
    return Doubt(
        "words_differ", "error", "source", f"digits {b.amount_text} and letters {b.amount_in_words} differ", f"số {b.amount_text} và chữ {b.amount_in_words} khác nhau",
        b.amount_in_words, b.amount_text, b.evidence,
    )  # fmt: skip


def _no_lead(t: Task) -> Doubt:
    return Doubt(
        "no_lead",
        "warning",
        "extraction",
        f"row {t.label or ''} names agencies but none leads",
        f"dòng {t.label or ''} không có cơ quan chủ trì",
        "lead",
        None,
        t.evidence,
    )


def _unresolved(t: Task) -> list[Doubt]:
    return [
        Doubt(
            "agency_unresolved",
            "info",
            "normalisation",
            f"agency not resolved: {m.text}",
            f"chưa nhận ra cơ quan: {m.text}",
            None,
            m.text,
            m.evidence,
        )
        for m in t.mentions
        if m.agency is None and not m.is_class
    ]


def _years(tasks: list[Task]) -> list[Doubt]:
    return [
        Doubt(
            "years_reversed",
            "error",
            "source",
            f"starts {t.start_year}, ends {t.end_year}",
            f"bắt đầu {t.start_year}, kết thúc {t.end_year}",
            f"≤ {t.end_year}",
            str(t.start_year),
            t.evidence,
        )
        for t in tasks
        if t.start_year and t.end_year and t.start_year > t.end_year
    ]


def is_cut_off(outline: Outline) -> bool:
    """Whether a text stops inside a sentence: its last block is a long open line, and nobody signed."""
    if not outline.nodes or any(n.zone == "signature" for n in outline.nodes):
        return False
    last = outline.nodes[-1]
    text = last.block.text.rstrip()
    if last.block.table is None and text.endswith(":") and len(text) > 40 and last.zone == "body":
        return True  # a list was announced and does not follow
    return (
        last.block.table is None
        and len(text) > 40
        and not re.search(r"[.;:!?/)”\"…]$", text)
        and not text.isupper()
        and key(text) != ""
    )
