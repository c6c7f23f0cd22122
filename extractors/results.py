"""Reported achievements: counts in paragraphs that say what was done."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from extractors.document import Document
from extractors.figures_of_aims import quantities_of
from extractors.findings import Evidence, Result
from extractors.grids import read_grid
from extractors.outline import Node, Outline
from extractors.sentences import Piece, sentences
from extractors.target_tables import figure_of_row, named_column, reached_columns
from normalizers.money import find_money
from normalizers.periods import Period, find_periods
from normalizers.text import collapse, key

_REPORTS = re.compile(
    r"đạt\s+được\s+(?:một\s+số|những|các|nhiều)?\s*kết\s+quả|kết\s+quả\s+(?:trong\s+thời\s+gian\s+qua|đạt\s+được|cụ\s+thể|như\s+sau|đã)|(?:trong\s+thời\s+gian\s+qua|đến\s+nay|thời\s+gian\s+qua|năm\s+qua)[^.;]{0,60}(?<!\w)đã\s"
    r"|(?:^|\.\s+)(?:kết\s+quả\s+)?(?:trong\s+)?năm\s+\d{4}\s*,[^.;]{0,60}(?<!\w)đã\s"
    r"|giai\s+đoạn\s+\d{4}\s*[-–]\s*\d{4}[^.;]{0,120}(?<!\w)đã\s"
)
_RESULT_SECTION = re.compile(
    r"kết\s+quả|thực\s+trạng|đánh\s+giá\s+(?:chung|tình\s+hình)|khái\s+quát|tình\s+hình\s+(?:chung|năm|công\s+tác)|(?:tình\s+hình|công\s+tác)\s+(?:tổ\s+chức\s+)?(?:triển\s+khai|thực\s+hiện)|đạt\s+được|đã\s+(?:triển\s+khai|thực\s+hiện)"
)
_NO_RESULT_SECTION = re.compile(
    r"hạn\s+chế|tồn\s+tại|khó\s+khăn|nguyên\s+nhân|phương\s+hướng|kiến\s+nghị|đề\s+xuất|nhiệm\s+vụ\s+trọng\s+tâm|thời\s+gian\s+tới"
)
# What was done rather than what there is: "phát hiện 32 vụ", not "toàn huyện có 128 người".
_DONE = re.compile(
    r"(?<!\w)(?:đã|được|tổ\s+chức|phát\s+hiện|bắt\s+giữ|xây\s+dựng|hỗ\s+trợ|mở|cấp|hoàn\s+thành|trồng|phát|ban\s+hành|lắp\s+đặt|thu\s+hút|đạt|giải\s+quyết|tiếp\s+nhận|kiện\s+toàn|đào\s+tạo|bồi\s+dưỡng"
    r"|tập\s+huấn|tuyên\s+truyền|xử\s+lý|xóa\s+bỏ|thành\s+lập|triển\s+khai|thực\s+hiện|đăng|đưa|khởi\s+công|nghiệm\s+thu|công\s+nhận|giảm|tăng|vận\s+động|kiểm\s+tra|thanh\s+tra|tạo|in|biên\s+soạn|khảo\s+sát|sửa\s+chữa|nâng\s+cấp)(?!\w)"
)
_FALLS_SHORT = re.compile(
    r"\s*(?:tuy\s+nhiên|song|bên\s+cạnh\s+đó|mặc\s+dù)(?!\w)|(?<!\w)(?:chưa\s+(?:đạt|có|được)|mới\s+có|chỉ\s+(?:có|mới))(?!\w)"
)
_EARNED = re.compile(r"doanh\s+thu|kim\s+ngạch|giá\s+trị\s+(?:sản\s+xuất|hàng)|thu\s+nhập|lợi\s+nhuận|tiết\s+kiệm")
_WAS_DONE = re.compile(
    r"(?<!\w)đã\s+(?=(?:ban\s+hành|tổ\s+chức|triển\s+khai|chỉ\s+đạo|xây\s+dựng|kiện\s+toàn|thành\s+lập|hoàn\s+thành|thực\s+hiện|đăng|mở|trồng|cấp|hỗ\s+trợ|phát|in|lắp|sửa|tập\s+huấn|đào\s+tạo)(?!\w))"
)
_DURATIONS = frozenset({"năm", "tháng", "tuần", "ngày", "giờ"})  # "Qua 05 năm thực hiện, …"
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
_CUT = re.compile(r"[;()]|,\s+(?=\d+\s+[^\W\d_])|,\s+(?:bao\s+)?gồm\s|\s+và\s+(?=\d[\d.]*\s+[^\W\d_])|:\s")


def find_results(document: Document, outline: Outline, whole_text: bool) -> tuple[Result, ...]:
    """Counts of paragraphs that report what was done; `whole_text` False keeps to the preamble and sections of history.

    "Giai đoạn 2016-2020 đạt được kết quả: tổ chức 05 lớp cho 200 học viên" → two rows, 5 courses and 200 persons
    """
    found: list[Result] = []
    for node in outline.nodes:
        if node.zone in ("annex", "signature"):
            continue
        if node.block.table is not None:
            found += _table_rows(node) if whole_text else ()
            continue
        if not (whole_text or node.zone == "preamble" or node.role in ("history", "results")):
            continue
        text = node.block.text
        among = (whole_text or node.role == "history") and in_result_section(node)
        done = _WAS_DONE.search(key(text)) if whole_text and not among and _may_report(node) else None
        start = _REPORTS.search(key(text)) or done
        if start is None and node.role != "results" and not among:
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


def _may_report(node: Node) -> bool:
    """Whether no heading above says that something else than results follows."""
    parent = node.parent
    while parent is not None:
        if _NO_RESULT_SECTION.search(key(parent.heading)):
            return False
        parent = parent.parent
    return True


def _table_rows(node: Node) -> Iterator[Result]:
    """What the columns of a report's table say was reached: "1 | Tỷ lệ hộ có vườn rau | % | 60 | 63,5" under "Kế hoạch | Thực hiện"."""
    grid = read_grid(node.block.table) if node.block.table is not None else None
    named = named_column(grid) if grid else None
    if grid is None or named is None:
        return
    for row in grid.rows:
        name = row.cells[named.index]
        for column in reached_columns(grid):
            cell = row.cells[column.index]
            figure = figure_of_row(grid, row, cell) if name is not None and cell is not None else None
            if name is None or cell is None or figure is None:
                continue
            section = " > ".join(part for part in (node.path(), row.label) if part)
            yield Result(
                collapse(name.text), None, collapse(cell.text), figure.value_kind, figure.value, figure.low, figure.high, figure.unit_code,
                figure.unit_text, None, None, None, Evidence(row.start, row.end, section, "reached_in_table"),
            )  # fmt: skip


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
        if (
            sentence.end <= position
            or _FALLS_SHORT.match(key(sentence.text))
            or _FALLS_SHORT.search(key(sentence.text))
        ):
            continue
        edges = [
            max(sentence.start, position),
            *(m.end() for m in _CUT.finditer(text, max(sentence.start, position), sentence.end)),
            sentence.end,
        ]
        for a, b in itertools.pairwise(edges):
            words = re.sub(r"^(?:đã\s+)|\s+(?:và|(?:bao\s+)?gồm)$", "", text[a:b].strip(" ;(),:.")).rstrip(" ,")
            if words and (not find_money(words) or _EARNED.search(key(words))):
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
        for q in quantities_of(piece.text)
        if q.unit_code != "time" and key(q.unit_text or "") not in _DURATIONS and (q.unit_code is not None or _DONE.search(keyed))
    ]  # fmt: skip
