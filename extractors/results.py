"""Reported achievements: counts in paragraphs that say what was done."""

from __future__ import annotations

import itertools
import re

from extractors.document import Document
from extractors.findings import Evidence, Result
from extractors.outline import Node, Outline
from extractors.sentences import Piece, sentences
from normalizers.money import find_money
from normalizers.periods import Period, find_periods
from normalizers.quantities import find_quantities
from normalizers.text import collapse, key

_REPORTS = re.compile(
    r"đạt\s+được\s+(?:một\s+số|những|các|nhiều)?\s*kết\s+quả|kết\s+quả\s+(?:trong\s+thời\s+gian\s+qua|đạt\s+được|cụ\s+thể|như\s+sau|đã)|(?:trong\s+thời\s+gian\s+qua|đến\s+nay|thời\s+gian\s+qua|năm\s+qua)[^.;]{0,60}(?<!\w)đã\s"
    r"|giai\s+đoạn\s+\d{4}\s*[-–]\s*\d{4}[^.;]{0,120}(?<!\w)đã\s"
)
_RESULT_SECTION = re.compile(
    r"kết\s+quả|(?:tình\s+hình|công\s+tác)\s+(?:tổ\s+chức\s+)?(?:triển\s+khai|thực\s+hiện)|đạt\s+được|đã\s+(?:triển\s+khai|thực\s+hiện)"
)
_NO_RESULT_SECTION = re.compile(
    r"hạn\s+chế|tồn\s+tại|khó\s+khăn|nguyên\s+nhân|phương\s+hướng|kiến\s+nghị|đề\s+xuất|nhiệm\s+vụ\s+trọng\s+tâm|thời\s+gian\s+tới"
)
_ACTIVITIES = (
    ("training", re.compile(r"tập\s+huấn|đào\s+tạo|bồi\s+dưỡng|khóa|lớp")),
    ("workshop", re.compile(r"hội\s+thảo|hội\s+nghị|tọa\s+đàm")),
    ("assessment_quick", re.compile(r"đánh\s+giá\s+nhanh")),
    ("assessment_detailed", re.compile(r"đánh\s+giá\s+chi\s+tiết")),
    ("media", re.compile(r"phóng\s+sự|bài\s+viết|tin\s+bài|truyền\s+hình")),
    ("publication", re.compile(r"tờ\s+rơi|tài\s+liệu|sổ\s+tay|ấn\s+phẩm")),
    ("survey", re.compile(r"khảo\s+sát|điều\s+tra")),
    ("model", re.compile(r"mô\s+hình|trình\s+diễn")),
    ("study_visit", re.compile(r"tham\s+quan")),
)
_CUT = re.compile(r"[;()]|,\s+(?=\d+\s+[^\W\d_])|:\s")


def find_results(document: Document, outline: Outline, whole_text: bool) -> tuple[Result, ...]:
    """Counts of paragraphs that report what was done; `whole_text` False keeps to the preamble and sections of history.

    "Giai đoạn 2016-2020 đạt được kết quả: tổ chức 05 lớp cho 200 học viên" → two rows, 5 courses and 200 persons
    """
    found: list[Result] = []
    for node in outline.nodes:
        if node.block.table is not None or node.zone in ("annex", "signature"):
            continue
        if not (whole_text or node.zone == "preamble" or node.role in ("history", "results")):
            continue
        text = node.block.text
        start = _REPORTS.search(key(text))
        if start is None and node.role != "results" and not (whole_text and in_result_section(node)):
            continue
        period = next(
            (
                p
                for p in find_periods(text[: start.end() if start else 60])
                if p.first_year and p.last_year and p.first_year < p.last_year
            ),
            None,
        )
        for piece in _pieces(text, start.end() if start else node.heading_start - node.start):
            found += _rows(piece, node.start, node.path(), text, period)
    return tuple(found)


def in_result_section(node: Node) -> bool:
    """Whether a paragraph of a report stands under a heading of results: "I. KẾT QUẢ THỰC HIỆN", not "2. Tồn tại, hạn chế"."""
    parent = node.parent
    while parent is not None:
        heading = key(parent.heading)
        if _NO_RESULT_SECTION.search(heading):
            return False
        if _RESULT_SECTION.search(heading):
            return True
        parent = parent.parent
    return False


def _pieces(text: str, position: int) -> list[Piece]:
    """Sentences cut at semicolons and brackets, from where the report begins."""
    out = []
    for sentence in sentences(text):
        if sentence.end <= position:
            continue
        edges = [
            max(sentence.start, position),
            *(m.end() for m in _CUT.finditer(text, max(sentence.start, position), sentence.end)),
            sentence.end,
        ]
        for a, b in itertools.pairwise(edges):
            words = re.sub(r"^(?:đã\s+)", "", text[a:b].strip(" ;(),:."))
            if words and not find_money(words):
                at = text.index(words, a)
                out.append(Piece(at, at + len(words), words))
    return out


def _rows(piece: Piece, offset: int, section: str, text: str, period: Period | None) -> list[Result]:
    keyed = key(piece.text)
    activity = next((code for code, pattern in _ACTIVITIES if pattern.search(keyed)), None)
    return [
        Result(
            collapse(piece.text), activity, collapse(piece.text[q.start : q.end]), q.value_kind, q.value, q.low, q.high, q.unit_code, q.unit_text,
            text[period.start : period.end] if period else None, period.first_year if period else None, period.last_year if period else None,
            Evidence(offset + piece.start, offset + piece.end, section, "count_reported"),
        )
        for q in find_quantities(piece.text)
        if q.unit_code is not None and q.unit_code != "time"
    ]  # fmt: skip
