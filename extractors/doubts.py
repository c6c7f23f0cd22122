"""What a reader should know of single rows: misread words, agencies without a name, facts that do not fit together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractors.document import Document
from extractors.findings import Budget, Doubt, Evidence, Task, TaskGroup
from extractors.outline import Outline
from normalizers.text import collapse, key


def find_doubts(groups: Sequence[TaskGroup], tasks: Sequence[Task], budgets: Sequence[Budget]) -> Iterator[Doubt]:
    """Doubts about single rows."""
    yield from (_unclear(g) for g in groups if g.margin == 0.0)
    yield from (_words_differ(b) for b in budgets if b.words_agree is False)
    yield from (d for b in budgets if (d := _product(b)) is not None)
    for t in tasks:
        if t.task_kind_code == "annex_action" and t.mentions and not any(m.role_code == "lead" for m in t.mentions):
            yield _no_lead(t)
        yield from _unresolved(t)
    yield from _years(tasks)


_MOST_TIMES = 13  # times, months or years that a row may count beside its quantity

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


def _product(b: Budget) -> Doubt | None:
    """A row whose quantity and unit price do not make its amount; one that makes it times a small whole number has a column of
    times or years between them."""
    p = b.price
    if p is None or not p.quantity or not p.each_vnd or not b.amount_vnd:
        return None
    times = b.amount_vnd / (p.quantity * p.each_vnd)
    if round(times) in range(1, _MOST_TIMES) and abs(times - round(times)) * 200 < 1:
        return None
    expected = round(p.quantity * p.each_vnd)
    return Doubt(
        "product_differs", "warning", "source", f"{p.quantity:g} at {p.each_vnd} make {expected}, the row says {b.amount_vnd}",
        f"{p.quantity:g} × {p.each_vnd} = {expected}, dòng ghi {b.amount_vnd}", str(expected), str(b.amount_vnd), b.evidence,
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


def _years(tasks: Sequence[Task]) -> list[Doubt]:
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
