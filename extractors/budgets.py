"""Budgets of running text: totals, their sources and years, and what an earlier plan spent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.aim_sources import AIMS
from extractors.amount_words import (
    goes_on_with_source,
    level_named_alone,
    source_phrase,
    words_before,
    words_behind,
    year_before,
    year_behind,
    years_before,
)
from extractors.attributes import is_attribute
from extractors.findings import Budget, Evidence
from extractors.outline import Node, Outline
from extractors.results import in_result_section
from extractors.sentences import Piece, sentences
from normalizers.budget_sources import source_codes
from normalizers.memo import remembered
from normalizers.money import Money, find_money
from normalizers.periods import Period, find_periods
from normalizers.text import collapse, key

_FINANCE = re.compile(
    r"kinh\s+phí|ngân\s+sách|(?<!\w)vốn(?!\w)|dự\s+toán|(?<!\w)chi(?!\w)|tổng\s+mức|giải\s+ngân|huy\s+động|tài\s+trợ|nguồn|tổng\s+đầu\s+tư|viện\s+trợ|(?<!\w)cấp(?!\w)"
)
_NO_BUDGET = re.compile(
    r"thu\s+nhập|xử\s+phạt|phạt\s+tiền|doanh\s+thu|kim\s+ngạch|giá\s+trị\s+sản\s+xuất|grdp|gdp|tiền\s+lương|lương\s+cơ\s+sở|giá\s+bán|thu\s+ngân\s+sách|tăng\s+thu|vốn\s+điều\s+lệ|lợi\s+nhuận|tiết\s+kiệm\s+được|mức\s+vay"
)
_PER_UNIT = re.compile(r"\s*/\s*[^\W\d]|\s+(?:một|mỗi)\s+(?:lớp|người|hộ|ha|năm|tháng|cơ\s+sở)")
_PER_YEAR = re.compile(r"(?:mỗi|hằng|hàng|từng)\s+năm[^.;,]{0,30}$")
_SUM = re.compile(r"(?:tổng\s+cộng|tổng\s+số|cộng|tổng)(?!\w)\s*(?:kinh\s+phí\s*)?(?:\([^)]*\)\s*)?(?::|là|\d)")
_YEAR_FIRST = re.compile(r"(?:trong\s+)?năm\s+(\d{4})\s*,")  # "Năm 2031, tỉnh đã chi 5 tỷ đồng"
_YEAR_HEADS = re.compile(r"năm\s+((?:19|20)\d{2})\s*:")  # "a) Năm 2028: 120 hộ, kinh phí 9 tỷ đồng"
_GRANTED = re.compile(r"\s*(?:được|đã)\s+(?:giao|phê\s+duyệt|duyệt)")
_UNIT_WINDOW = 60  # characters behind an amount that say what it is the price of
_TOTAL = re.compile(r"tổng\s+(?:số\s+)?(?:kinh\s+phí|vốn|mức|nguồn|dự\s+toán|nhu\s+cầu)")
_CAP = re.compile(r"(?:tối\s+đa|không\s+quá|mức\s+hỗ\s+trợ)[^.;]{0,40}$")
_AT_MOST = re.compile(r"(?:tối\s+đa|không\s+quá)[^.;]{0,40}$")
_PAYS = re.compile(r"ngân\s+sách|(?<!\w)(?:vốn|nguồn|kinh\s+phí|đóng\s+góp|đối\s+ứng|tài\s+trợ|vay|ns\w*)(?!\w)")
_EXECUTED = re.compile(
    r"(?<!\w)đã\s+(?:thực\s+hiện|chi|giải\s+ngân|cấp|bố\s+trí|hỗ\s+trợ|đầu\s+tư|sử\s+dụng|huy\s+động)|kinh\s+phí\s+đã|giải\s+ngân\s+được|thực\s+chi|quyết\s+toán"
)
_PLANNED = re.compile(r"dự\s+toán|dự\s+tính|dự\s+kiến|kế\s+hoạch\s+(?:vốn|dự\s+toán)|ước\s+tính|nhu\s+cầu|khái\s+toán")
_APPROVED = re.compile(r"phê\s+duyệt\s+với\s+tổng|được\s+phê\s+duyệt|kinh\s+phí\s+được\s+duyệt|đã\s+phê\s+duyệt")
_PROPOSED = re.compile(r"đề\s+xuất|đề\s+nghị\s+(?:hỗ\s+trợ|cấp|bố\s+trí)")
_CONDITION = re.compile(r"\(((?:tùy|tuỳ|nếu|căn\s+cứ|theo\s+khả\s+năng)[^)]*)\)", re.IGNORECASE)
_IN_SCOPE = frozenset({"finance", "tasks", "solutions", "organisation", "history", "results"})


@dataclass(frozen=True, slots=True)
class Owners:
    """Numbers of the tasks and of the groups of tasks by the offset where their words, or their block, begin."""

    tasks: Mapping[int, int]
    groups: Mapping[int, int]


_NOBODYS = Owners({}, {})


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its paragraph's context: the words of the heading or lead-in over it, the phase before it, and whether
    it stands among the results of a report."""

    node: Node
    piece: Piece
    lead: str
    carried_phase: str | None
    is_reported: bool = False


def find_budgets(outline: Outline, issued_year: int | None, in_news: bool, owners: Owners) -> tuple[Budget, ...]:
    """Amounts that are a plan's, a source's, a year's, a group's or a task's money.

    "Tổng kinh phí dự kiến 900 triệu đồng, trong đó: ngân sách tỉnh 600 triệu đồng; doanh nghiệp 300 triệu đồng" → three rows
    """
    found: list[tuple[Node, Budget]] = []
    for node in outline.nodes:
        if (
            node.block.table is not None
            or node.zone == "signature"
            or node.role in AIMS
            or node.role in ("scope", "effect")
        ):
            continue
        if not (in_news or node.role in _IN_SCOPE or node.zone in ("preamble", "annex") or node.role is None):
            continue
        if not find_money(node.heading):
            continue
        phase: str | None = None
        for piece in sentences(node.heading):
            rows = _rows(_Sentence(node, piece, _lead(node), phase), issued_year, owners)
            found += [(node, row) for row in rows]
            phase = rows[0].phase_code if rows else phase
    return tuple(_summed(found))


def find_reported_budgets(outline: Outline) -> tuple[Budget, ...]:
    """What a report says was spent, from its sections of results: "Kinh phí đã sử dụng: 75 triệu đồng" → executed."""
    found: list[tuple[Node, Budget]] = []
    is_article = all(n.label is None for n in outline.nodes)  # an article tells results from its first line on
    for node in outline.nodes:
        told = is_article or in_result_section(node) or node.role == "finance"
        if node.block.table is not None or node.zone in ("annex", "signature") or not told:
            continue
        phase: str | None = None
        for piece in sentences(node.heading):
            rows = _rows(_Sentence(node, piece, _lead(node), phase, is_reported=True), None, _NOBODYS)
            found += [(node, row) for row in rows]
            phase = rows[0].phase_code if rows else phase
    return tuple(_summed(found))


def _summed(found: list[tuple[Node, Budget]]) -> list[Budget]:
    """Items above a sum are its lines, not totals of the plan: "1. In tài liệu: 5 triệu đồng", "Tổng cộng: 12 triệu đồng"."""
    rows = _annual_total(found)
    for last, (node, _) in enumerate(found):
        if not (_is_total(rows[last]) and _SUM.match(key(node.heading))):
            continue
        for n, (item, _) in enumerate(found[:last]):
            if _is_total(rows[n]) and item.label is not None and item.parent in _above(node) and not _names_total(item):
                rows[n] = _line(item, rows[n])
    return _itemised(found, rows)


def _annual_total(found: list[tuple[Node, Budget]]) -> list[Budget]:
    """The one amount that names a year and a total is the total of a plan of that year: "Tổng kinh phí năm 2026: 9 tỷ đồng"."""
    yearly = [n for n, (_, b) in enumerate(found) if b.breakdown_code == "by_year" and b.scope_code == "plan"]
    rows = [b for _, b in found]
    if len(yearly) != 1 or any(_is_total(b) and node is found[yearly[0]][0] for node, b in found):
        return rows
    node, b = found[yearly[0]]
    if _TOTAL.search(key(node.heading[: b.evidence.start - node.heading_start])):
        rows[yearly[0]] = replace(
            b, breakdown_code="total", evidence=replace(b.evidence, rule="total_of_the_only_year")
        )
    return rows


def _itemised(found: list[tuple[Node, Budget]], rows: list[Budget]) -> list[Budget]:
    """Items below a total are its lines, and items below a payer are what it pays: "a) Ngân sách nhà nước cấp: 9 tỷ đồng" above
    "+ Doanh nghiệp: 4 tỷ đồng", where the firms receive."""
    stated: set[int] = set()
    paid: dict[int, tuple[str, ...]] = {}
    out = []
    for (node, _), row in zip(found, rows, strict=True):
        above = list(_ancestors(node))
        payer = next((paid[id(n)] for n in above if id(n) in paid), None)
        if _is_total(row) and not _names_total(node) and any(id(n) in stated for n in above):
            row = _line(node, row)
        elif row.breakdown_code == "by_source" and payer and not _PAYS.search(key(node.heading)):
            row = replace(_line(node, row), source_codes=payer)
        elif _is_total(row):
            stated.add(id(node))
        elif row.breakdown_code == "by_source":
            paid[id(node)] = row.source_codes
        if row.scope_code == "line" and payer and not row.source_codes:
            row = replace(row, source_codes=payer)
        out.append(row)
    return out


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _is_total(b: Budget) -> bool:
    return b.scope_code == "plan" and b.breakdown_code == "total" and not b.of_predecessor


def _names_total(node: Node) -> bool:
    return bool(_TOTAL.search(key(node.heading)) or _SUM.match(key(node.heading)))


def _above(node: Node) -> list[Node]:
    """The section a sum stands in: its parent, and the one above where it hangs below the last item."""
    parent = node.parent
    return [n for n in (parent, parent.parent if parent else None) if n is not None and n.role == "finance"]


def _line(item: Node, b: Budget) -> Budget:
    mark = item.mark if item.label is not None and not item.is_bullet else None
    name = collapse(item.heading[: b.evidence.start - item.heading_start]).rstrip(" :-–")
    place = replace(b.evidence, rule="line_of_sum")
    return replace(
        b, scope_code="line", breakdown_code="by_group", line_label=mark, line_name=name or None, evidence=place
    )


def _lead(node: Node) -> str:
    """Words of the headings above, the nearest last."""
    words: list[str] = []
    parent = node.parent
    while parent is not None and len(words) < 3:
        words.append(parent.heading)
        parent = parent.parent
    return " ".join(reversed(words))


def _rows(s: _Sentence, issued_year: int | None, owners: Owners) -> list[Budget]:
    text, keyed = s.piece.text, key(s.piece.text)
    amounts = find_money(text)
    context = f"{key(s.lead)} {keyed}"
    if (
        not amounts
        or _NO_BUDGET.search(keyed)
        or not (_FINANCE.search(context) or s.node.role == "finance" or s.carried_phase)
    ):
        return []
    period = next((p for p in find_periods(text) if p.first_year and p.last_year and p.first_year < p.last_year), None)
    past = s.node.zone == "preamble" or s.node.role in ("history", "results")
    rows: list[Budget] = []
    for n, money in enumerate(amounts):
        start = amounts[n - 1].end if n else 0
        stop = amounts[n + 1].start if n + 1 < len(amounts) else len(text)
        rows.append(
            _budget(
                s,
                money,
                (start, stop),
                period or _paragraph_period(s.node, past),
                past and not s.is_reported and _is_past(s, period, issued_year),
                rows,
                owners,
            )
        )
    return _dated_behind(rows, text, amounts)


def _dated_behind(rows: list[Budget], text: str, amounts: Sequence[Money]) -> list[Budget]:
    """Amounts with their year behind them: "3,5 tỷ đồng năm 2022 và 4,5 tỷ đồng năm 2023" → two of years; one alone keeps its kind: "2 tỷ
    đồng từ ngân sách tỉnh năm 2023"."""
    stops = [*(m.start for m in amounts[1:]), len(text)]
    years = [year_behind(text, m.end, stop) for m, stop in zip(amounts, stops, strict=True)]
    several = sum(year is not None for year in years) > 1
    out = []
    for row, year in zip(rows, years, strict=True):
        if year is not None and several and row.breakdown_code == "total":
            row = replace(row, breakdown_code="by_year", evidence=replace(row.evidence, rule="amount_of_year"))
        out.append(replace(row, year=year) if year is not None and row.year is None else row)
    return out


def _is_past(s: _Sentence, period: Period | None, issued_year: int | None) -> bool:
    """Money of a period that ended before the document was issued, or of a paragraph that opens with such a period."""
    period = period or _paragraph_period(s.node, True)
    return (
        period is not None and period.last_year is not None and (issued_year is None or period.last_year < issued_year)
    )


def _paragraph_period(node: Node, past: bool) -> Period | None:
    if not past:
        return None
    return next(
        (p for p in find_periods(node.heading[:120]) if p.first_year and p.last_year and p.first_year < p.last_year),
        None,
    )


def _budget(
    s: _Sentence,
    money: Money,
    window: tuple[int, int],
    period: Period | None,
    past: bool,
    rows: list[Budget],
    owners: Owners,
) -> Budget:
    text = s.piece.text
    front, behind = words_before(text, window[0], money.start), words_behind(text, money.end, window[1])
    if rows and goes_on_with_source(front):  # "5 tỷ đồng từ ngân sách tỉnh | và 2 tỷ đồng từ quỹ"
        front = front[max(front.rfind(" và "), front.rfind(", "), 0) :]
    named = source_codes(front) or level_named_alone(front)
    sources = tuple(dict.fromkeys([*named, *source_codes(source_phrase(behind))]))
    year, years = year_before(front), years_before(front)
    keyed = key(front)
    first = not rows
    phase = _phase(keyed, key(text), past or s.is_reported, s.carried_phase)
    if rows and rows[-1].phase_code == "executed" and phase == "planned" and not _PLANNED.search(keyed):
        phase = "executed"  # "đã hỗ trợ 5 tỷ đồng từ ngân sách và 2 tỷ đồng từ quỹ"
    phase = "approved" if _GRANTED.match(key(text[money.end : money.end + _UNIT_WINDOW])) else phase
    unit_price = bool(_PER_UNIT.match(key(text[money.end : money.end + _UNIT_WINDOW])) or _PER_YEAR.search(keyed))
    breakdown = _breakdown(keyed, bool(named) and not (first and _TOTAL.search(keyed)), bool(sources), year, unit_price)
    divides = not first or "phân kỳ" in key(f"{s.lead} {text[: money.start]}")
    if breakdown == "total" and years is not None and divides and not _TOTAL.search(keyed):
        breakdown, period = "by_year", years
    if year is None and breakdown == "total" and (item := _YEAR_HEADS.match(key(text))):
        year, breakdown = int(item.group(1)), "by_year"
    if year is None and phase == "executed" and (opens := _YEAR_FIRST.match(key(text))):
        year = int(opens.group(1))
    if breakdown == "by_year" and not sources and not first and rows[0].breakdown_code == "total":
        sources = rows[0].source_codes
    scope, group, task = _owner(s.node, owners)
    if breakdown == "total" or (breakdown == "by_source" and first and window[1] == len(text) and not named):
        breakdown = {"task": "by_task", "task_group": "by_group"}.get(scope, breakdown)
    condition = _CONDITION.search(text[money.end : money.end + 200])
    evidence = Evidence(
        s.node.heading_start + s.piece.start + money.start,
        s.node.heading_start + s.piece.start + money.end,
        s.node.path(),
        _rule(breakdown, past, s.is_reported),
    )
    return Budget(
        scope, breakdown, group, task, None, None, phase, year,
        period.first_year if period else None, period.last_year if period else None, sources,
        _source_text(front if named else source_phrase(behind)) if sources else None, None if money.low_vnd is not None else money.amount_vnd, collapse(text[money.start : money.end]), money.in_words, money.words_agree, money.unit_scale,
        "inline", money.style, money.ambiguous, condition is not None, condition.group(1) if condition else None, "reported" if money.low_vnd is None else "ambiguous", past, evidence,
    )  # fmt: skip


def _source_text(words: str) -> str | None:
    """The words of a source without the marks around them: "(nguồn xã hội hóa)"."""
    return collapse(words).strip(" (),;:.–-") or None


def _owner(node: Node, owners: Owners) -> tuple[str, int | None, int | None]:
    """Whose money a paragraph states: scope, number of the group, number of the task. A line "Kinh phí: 2 tỷ đồng" among the items below
    a heading is the money of that group."""
    above = node.parent
    task = owners.tasks.get(node.heading_start, owners.tasks.get(above.heading_start) if above is not None else None)
    if task is not None and node.role not in ("finance", "solutions"):
        return "task", None, task
    group = owners.groups.get(above.start) if above is not None and is_attribute(node) else None
    return ("plan", None, None) if group is None else ("task_group", group, None)


def _rule(breakdown: str, past: bool, reported: bool) -> str:
    """The kind of sentence: "Giai đoạn 2021 - 2023 đã chi 2 tỷ đồng" in a plan for the years after, "ngân sách tỉnh 600 triệu đồng" among sources …"""
    if reported:
        return "spending_in_report"
    if past:
        return "spending_of_period_before"
    return {
        "unit_price": "price_of_one", "cap": "amount_at_most", "by_source": "amount_of_source", "by_year": "amount_of_year", "by_task": "amount_in_task", "by_group": "amount_of_group",
    }.get(breakdown, "amount_in_sentence")  # fmt: skip


def _breakdown(front: str, named: bool, sourced: bool, year: int | None, unit_price: bool) -> str:
    """A total keeps its name when its source stands behind it: "Tổng vốn là 12 tỷ đồng, do doanh nghiệp bảo đảm"; the money of a year
    is that of the year, whoever pays: "riêng năm 2027 bố trí 5 tỷ đồng từ ngân sách tỉnh"."""
    if unit_price and not _AT_MOST.search(front):
        return "unit_price"
    if _CAP.search(front):
        return "cap"
    if year is not None and not named:
        return "by_year"
    if named or (sourced and not _TOTAL.search(front)):
        return "by_source"
    return "total"


@remembered
def _is_approved(sentence: str) -> bool:
    return bool(_APPROVED.search(sentence))


def _phase(front: str, sentence: str, past: bool, carried: str | None) -> str:
    for code, pattern in (("planned", _PLANNED), ("executed", _EXECUTED), ("proposed", _PROPOSED)):
        if pattern.search(front):
            return code
    if _is_approved(sentence):
        return "approved"
    if past:
        return carried if carried in ("executed", "approved") else "executed"
    return carried or "planned"
