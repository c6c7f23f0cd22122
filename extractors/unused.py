"""Words in scope that no row uses, and how much of what a document says became rows.

In scope are the sections of targets, tasks, solutions, organisation, reporting and money, and the annexes; not the preamble, history,
signatures and page furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from extractors.aim_sources import AIMS
from extractors.attributes import within_attribute
from extractors.budget_columns import money_columns
from extractors.findings import Budget, Doubt, Evidence, Recall, Reference, Target, Task, TaskGroup
from extractors.formalities import is_formality
from extractors.grids import read_grid
from extractors.headings import is_structural
from extractors.outline import WORK, Node, Outline
from extractors.target_tables import is_target_table
from normalizers.agencies import find_named
from normalizers.figures import HAS_DIGIT
from normalizers.money import find_money
from normalizers.money_cells import parse_scale, read_money_cell
from normalizers.periods import find_periods
from normalizers.quantities import find_quantities
from normalizers.task_times import find_limits
from normalizers.text import collapse, key

DUTIES = frozenset({*WORK, "organisation", "reporting"})
_SCOPE = frozenset({*AIMS, *DUTIES, "finance"})
_SHORTEST_ITEM = 25  # characters: shorter lines are remains of headings
_MONEY_WORDS = ("đ", "vn", "tỷ", "tỉ", "triệu", "nghìn", "ngàn")  # without which there is no amount
_NOTE = re.compile(r"\(.*\)\.?")  # "(Phân công theo Phụ lục kèm theo)"
_ISSUER_WINDOW = 60  # characters between a citation and the agency that issued it

_MESSAGES = {
    "amount_unused": ("an amount that no budget row uses", "số tiền chưa được dòng nào sử dụng"),
    "share_unused": ("a percentage that no target uses", "tỷ lệ chưa được mục tiêu nào sử dụng"),
    "deadline_unused": ("a time limit that no task uses", "thời hạn chưa được nhiệm vụ nào sử dụng"),
    "agency_unused": ("an agency that has no role on a task", "cơ quan chưa được gán vai trò"),
    "aim_unused": ("an item of the aims that no target uses", "nội dung mục tiêu chưa được dòng nào sử dụng"),
    "item_unused": ("an item that no row uses", "nội dung chưa được dòng nào sử dụng"),
    "table_unused": ("a table that no row uses", "bảng chưa được dòng nào sử dụng"),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one document that words may have gone into."""

    targets: Sequence[Target]
    groups: Sequence[TaskGroup]
    tasks: Sequence[Task]
    budgets: Sequence[Budget]
    references: Sequence[Reference]

    def places(self) -> Iterator[Evidence]:
        """Where targets, groups, tasks and budgets were read."""
        yield from (t.evidence for t in self.targets)
        yield from (g.evidence for g in self.groups)
        yield from (t.evidence for t in self.tasks)
        yield from (b.evidence for b in self.budgets)


@dataclass(slots=True)  # a frozen one costs three times as much to make, and there are as many as cells
class _Stretch:
    """A paragraph or a cell in scope: its words, and their offset in the document."""

    node: Node
    text: str
    offset: int


@dataclass(slots=True)
class _Seen:
    """Words in scope: what they would be, where they stand in the document, and whether a row uses them."""

    kind: str
    severity: str
    node: Node
    start: int
    end: int
    words: str
    used: bool


class _Spans:
    """Stretches of the text that rows were read from."""

    def __init__(self, evidences: Iterable[Evidence]) -> None:
        spans = sorted((e.start, e.end) for e in evidences)
        self._starts = [a for a, _ in spans]
        self._reach = list(accumulate((b for _, b in spans), max))

    def touch(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and start < self._reach[before - 1]


_Row = TypeVar("_Row", Target, Task)


class _Over(Generic[_Row]):
    """Rows by the stretch of the text that each was read from."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows: list[_Row] = sorted(rows, key=lambda r: r.evidence.start)
        self._starts: list[int] = [r.evidence.start for r in self._rows]
        self._reach: list[int] = list(accumulate((r.evidence.end for r in self._rows), max))

    def over(self, start: int, end: int) -> Iterator[_Row]:
        """The rows whose stretch overlaps another."""
        n = bisect_left(self._starts, end)
        while n and start < self._reach[n - 1]:
            n -= 1
            if start < self._rows[n].evidence.end:
                yield self._rows[n]


def find_unused(outline: Outline, rows: Rows) -> tuple[tuple[Doubt, ...], tuple[Recall, ...]]:
    """A doubt for every amount, percentage, time limit, agency, aim, item and table in scope that no row uses, and how many of each
    kind were seen and used."""
    stretches = list(_stretches(outline))
    seen = [
        *_money(outline, stretches, rows), *_shares(outline, stretches, rows), *_limits(stretches, rows),
        *_agencies(stretches, rows), *_items(outline, rows), *_tables(outline, rows),
    ]  # fmt: skip
    seen.sort(key=lambda s: s.start)
    used = Counter(s.kind for s in seen if s.used)
    recall = tuple(Recall(kind, count, used[kind]) for kind, count in Counter(s.kind for s in seen).items())
    return tuple(_doubt(s) for s in seen if not s.used), recall


def _doubt(s: _Seen) -> Doubt:
    code = f"{s.kind}_unused"
    english, vietnamese = _MESSAGES[code]
    evidence = Evidence(s.start, s.end, s.node.path(), code)
    words = s.words[:200]
    return Doubt(code, s.severity, "extraction", f"{english}: {words}", f"{vietnamese}: {words}", None, words, evidence)


def _in_scope(node: Node) -> bool:
    return node.zone != "signature" and (node.role in _SCOPE or node.zone == "annex")


def _stretches(outline: Outline) -> Iterator[_Stretch]:
    for node in outline.nodes:
        if not _in_scope(node):
            continue
        if node.block.table is None:
            yield _Stretch(node, node.heading, node.heading_start)
        else:
            for cell in node.block.table.cells:
                yield _Stretch(node, cell.text, cell.start)


def _purposes(outline: Outline) -> Iterator[_Stretch]:
    """Paragraphs of "MỤC ĐÍCH, YÊU CẦU", which hold aims only where they have a number to reach."""
    for node in outline.nodes:
        if node.role == "purpose" and node.block.table is None and not _in_scope(node):
            yield _Stretch(node, node.heading, node.heading_start)


def _at(s: _Stretch, kind: str, severity: str, start: int, end: int, used: bool) -> _Seen:
    return _Seen(kind, severity, s.node, s.offset + start, s.offset + end, collapse(s.text[start:end]), used)


def _money(outline: Outline, stretches: Sequence[_Stretch], rows: Rows) -> Iterator[_Seen]:
    """Amounts with their unit, and figures in columns of money, whose unit stands over the column or the table."""
    used = _Spans([*(b.evidence for b in rows.budgets), *(t.evidence for t in rows.targets)])
    for s in stretches:
        for m in find_money(s.text) if any(word in key(s.text) for word in _MONEY_WORDS) else ():
            yield _at(s, "amount", "warning", m.start, m.end, used.touch(s.offset + m.start, s.offset + m.end))
    for s in _figures_of_money(outline, _Spans(b.evidence for b in rows.budgets)):
        yield _at(s, "amount", "warning", 0, len(s.text), used.touch(s.offset, s.offset + len(s.text)))


def _figures_of_money(outline: Outline, budgets: _Spans) -> Iterator[_Stretch]:
    """Cells of the columns of money in tables that gave a budget row or name their unit; zeros and dashes are no amounts."""
    for node in outline.nodes:
        table = node.block.table
        read = table is not None and budgets.touch(node.start, node.end)
        grid = read_grid(table) if table is not None and (read or _in_scope(node)) else None
        if grid is None or is_target_table(grid, node):
            continue
        columns = [c.index for c in money_columns(grid) if read or parse_scale(c.heading)]
        cells = [(row, row.cells[n]) for row in grid.rows for n in columns]
        once = {id(cell): cell for row, cell in cells if cell is not None and cell is not row.name}
        for cell in once.values():
            figure = read_money_cell(cell.text, 1) if not find_money(cell.text) else None
            if figure is not None and (figure.amount_vnd or figure.low_vnd):
                yield _Stretch(node, cell.text, cell.start)


def _shares(outline: Outline, stretches: Sequence[_Stretch], rows: Rows) -> Iterator[_Seen]:
    """Percentages; among tasks they seldom are aims ("hỗ trợ 50% chi phí"), so there a reader is only told."""
    targets = _Over(rows.targets)
    for s in (*stretches, *_purposes(outline)):
        for q in find_quantities(s.text) if "%" in s.text else ():
            if q.unit_code != "pct":
                continue
            start, end, words = s.offset + q.start, s.offset + q.end, collapse(s.text[q.start : q.end])
            used = any(
                words in (t.value_text or "") or t.baseline_value in (q.low, q.high) for t in targets.over(start, end)
            )
            yield _at(s, "share", "warning" if s.node.role in AIMS else "info", q.start, q.end, used)


def _limits(stretches: Sequence[_Stretch], rows: Rows) -> Iterator[_Seen]:
    tasks, targets = _Over(rows.tasks), _Over(rows.targets)
    for s in stretches:
        for start, end in find_limits(s.text) if HAS_DIGIT(s.text) or "quý" in key(s.text) else ():
            place = s.offset + start, s.offset + end
            used = _limit_used(collapse(s.text[start:end]), tasks.over(*place), targets.over(*place))
            yield _at(s, "deadline", "info", start, end, used)


def _limit_used(words: str, tasks: Iterable[Task], targets: Iterable[Target]) -> bool:
    """Whether a row that the words stand in states them, or the year they name."""
    years = {year for p in find_periods(words) for year in (p.first_year, p.last_year)} - {None}
    stated = (f"{t.deadline_text or ''} {t.time_text or ''}" for t in tasks)
    return any(key(words) in key(said) for said in stated) or any(
        years & {t.target_year, t.period_start_year} for t in targets
    )


def _agencies(stretches: Sequence[_Stretch], rows: Rows) -> Iterator[_Seen]:
    """Agencies by name; classes ("các đơn vị liên quan") stand for nobody in particular."""
    named = _Spans(m.evidence for t in rows.tasks for m in t.mentions)
    cited = sorted(r.evidence.end for r in rows.references)
    for s in stretches:
        for a in find_named(s.text):
            if is_formality(s.text):
                break
            start, end = s.offset + a.start, s.offset + a.end
            used = named.touch(start, end) or _issued_what_is_cited(s, a.start, cited)
            yield _at(s, "agency", "info", a.start, a.end, used)


def _issued_what_is_cited(s: _Stretch, start: int, cited: list[int]) -> bool:
    """Whether an agency only says whose a cited document is: "Quyết định số 12/QĐ-BYT ngày … của Bộ Y tế"."""
    place = bisect_left(cited, s.offset + start + 1)
    near = place > 0 and s.offset + start - cited[place - 1] < _ISSUER_WINDOW
    return near and key(s.text[:start]).rstrip().endswith("của")


def _items(outline: Outline, rows: Rows) -> Iterator[_Seen]:
    """The smallest items of the sections of aims and tasks."""
    used = _Spans(rows.places())
    for node in outline.nodes:
        if not _in_scope(node) or node.role not in AIMS | DUTIES or node.block.table is not None:
            continue
        text = collapse(node.heading)
        heads = bool(node.children) or node.opens or text.endswith(":") or (node.own_role and is_structural(text))
        if heads or is_formality(text) or _NOTE.fullmatch(text) or len(text) < _SHORTEST_ITEM or within_attribute(node):
            continue
        start, end = node.heading_start, node.end
        yield _Seen("aim" if node.role in AIMS else "item", "info", node, start, end, text, used.touch(start, end))


def _tables(outline: Outline, rows: Rows) -> Iterator[_Seen]:
    used = _Spans(rows.places())
    for node in outline.nodes:
        table = node.block.table
        if table is None or not _in_scope(node) or table.n_columns < 2 or table.n_rows < 2:
            continue
        words = collapse(" | ".join(cell.text for cell in table.cells))
        yield _Seen("table", "info", node, node.start, node.end, words, used.touch(node.start, node.end))
