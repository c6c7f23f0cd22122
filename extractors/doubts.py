"""What a reader should know of single words: misread ones, headings without a subject, texts that are cut off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractors.document import Document
from extractors.findings import Doubt, Evidence, TaskGroup
from extractors.outline import Outline
from normalizers.text import collapse, key


def find_doubts(groups: Sequence[TaskGroup]) -> Iterator[Doubt]:
    """Groups whose heading says nothing of what they are about."""
    yield from (_unclear(g) for g in groups if g.margin == 0.0)


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
