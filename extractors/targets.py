"""Targets: what shall be reached by when, from sections of aims and from sentences of news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors.document import Document
from extractors.findings import Evidence, Target
from extractors.outline import Node, Outline, section_role
from extractors.sentences import Piece, clauses, sentences
from normalizers.money import Money, find_money
from normalizers.periods import Period, find_periods
from normalizers.quantities import Quantity, compared, end_of_rate, find_quantities
from normalizers.text import collapse, ends_sentence, key

AIMS = frozenset({"objective", "objective_general", "objective_specific"})
_INTRODUCES = re.compile(r":\s*$|(?:như\s+sau|sau\s+đây)\s*[.:]?\s*$")
_AIM = re.compile(
    r"(?:với|nhằm)?\s*mục\s+tiêu(?:\s+(?:tổng\s+quát|chung|tổng\s+thể))?(?:\s+(?:của\s+)?[^,.;:]{0,60}?)?\s*(?:\s(?:là|làm\s+cho|nhằm)|:)\s*[“\"]?|nhằm\s+mục\s+tiêu\s+"
)
_STRIVES = re.compile(
    r"phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|đặt\s+ra|sẽ\s+(?:có|đạt)|đến\s+năm\s+\d{4}[^.]{0,40}(?:đạt|có)"
)
_ACHIEVED = re.compile(r"(?<!\w)đã\s+(?:đạt|có|hoàn\s+thành|thực\s+hiện|tổ\s+chức)|đạt\s+được|so\s+với\s+cùng\s+kỳ")
# "MỤC ĐÍCH" holds aims only where it has a number to reach.
_REACHES = re.compile(
    r"(?:đạt|phấn\s+đấu|bảo\s+đảm|đảm\s+bảo)\s+(?:\w+\s+){0,4}\d+(?:,\d+)?\s*%|(?:ít\s+nhất|tối\s+thiểu)\s+\d+(?:,\d+)?\s*%"
)
_NO_AIM_IN_NEWS = re.compile(r"chưa\s+đạt\s+mục\s+tiêu|không\s+đạt|theo\s+quan\s+điểm")
_INCREASE = re.compile(r"(?<!\w)(?:tăng|nâng)(?!\w)")
_DECREASE = re.compile(r"(?<!\w)(?:giảm|hạ|kéo\s+giảm)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Source:
    """A sentence that may state targets: where it stands, what kind, and the lead-in that may carry its year."""

    piece: Piece
    offset: int
    section: str
    kind: str
    rule: str
    leads: tuple[str, ...]


def find_targets(document: Document, outline: Outline, in_news: bool) -> tuple[Target, ...]:
    """Targets in the order of the text. A sentence with two numbers gives two rows of one statement."""
    sources = [*_section_sources(outline), *_strivings(outline)]
    if in_news:
        sources += _news_sources(document, outline)
    sources.sort(key=lambda s: s.offset + s.piece.start)
    targets: list[Target] = []
    seen: set[str] = set()
    statement = 0
    for source in sources:
        words = key(collapse(source.piece.text))
        if in_news and words in seen:  # a lead paragraph printed twice
            continue
        seen.add(words)
        rows = list(_rows(source, statement + 1))
        if rows:
            statement += 1
            targets += rows
    return tuple(targets)


def _section_sources(outline: Outline) -> Iterator[_Source]:
    """Every sentence of the leaves below MỤC TIÊU: "- Trên 90% số xã có điểm truy cập."."""
    for node in outline.nodes:
        if (
            node.role not in {*AIMS, "purpose"}
            or node.block.table is not None
            or node.zone not in ("body", "preamble")
            or node.opens
        ):
            continue
        if node.own_role and not _states_beyond_heading(node):
            continue
        if node.children and not _is_statement(node):
            continue
        if _INTRODUCES.search(key(node.heading)) or not collapse(node.heading):
            continue
        if re.match(r"\(.*\)\.?$", collapse(node.heading)):
            continue
        heads = _leads(node)
        begin = _beyond_cue(node)
        for piece in sentences(node.heading[begin:]):
            if node.role == "purpose" and not _REACHES.search(key(piece.text)):
                continue
            yield _Source(
                piece, node.heading_start + begin, node.path(), _kind(node, piece.text), "aim_in_section", heads
            )


def _strivings(outline: Outline) -> Iterator[_Source]:
    """An aim inside a task: "Phấn đấu mỗi năm mở thêm từ 03 lớp trở lên."."""
    for node in outline.nodes:
        if (
            node.role not in ("tasks", "solutions")
            or node.block.table is not None
            or "phấn đấu" not in key(node.heading)
        ):
            continue
        for piece in sentences(node.heading):
            if key(piece.text).startswith("phấn đấu") and quantities_of(piece.text):
                yield _Source(piece, node.heading_start, node.path(), "specific", "aim_inside_task", ())


def _states_beyond_heading(node: Node) -> bool:
    """A heading with its sentence on the same line: "1. Mục tiêu chung: Nâng cao …"."""
    if node.children:
        return False
    beyond = node.heading[_beyond_cue(node) :] if _beyond_cue(node) else ""
    return len(node.heading) > 100 or (bool(beyond) and (len(beyond.split()) > 3 or bool(find_quantities(beyond))))


def _beyond_cue(node: Node) -> int:
    """Where the words begin behind a cue and its colon ("Mục tiêu cụ thể: Mở 7 lớp nghề."); 0 without such a cue."""
    m = re.match(r"[^:]{1,60}:\s*", node.heading)
    return m.end() if m and section_role(m.group()) in {*AIMS, "purpose"} else 0


def _is_statement(node: Node) -> bool:
    """An item with sub-items that is itself an aim with a number: "- 50% hộ nghèo được vay vốn, trong đó:" is not."""
    return (
        node.is_bullet
        and ends_sentence(node.heading)
        and not node.heading.rstrip().endswith(":")
        and bool(find_quantities(node.heading))
    )


def _kind(node: Node, text: str) -> str:
    if node.role == "objective_general":
        return "general"
    siblings = node.parent.children if node.parent else [node]
    if any(s.label is not None for s in siblings[: siblings.index(node)]):
        return "specific"  # a paragraph behind items goes on with them
    if (
        node.role == "objective"
        and node.label is None
        and not find_quantities(text)
        and not (node.parent and node.parent.is_bullet)
    ):
        return "general"
    return "specific"


def _leads(node: Node) -> tuple[str, ...]:
    """Headings and lead-ins above an item inside the section of aims, the nearest first."""
    found = []
    parent = node.parent
    while parent is not None and parent.role in AIMS:
        found.append(parent.heading)
        parent = parent.parent
    return tuple(found)


def _news_sources(document: Document, outline: Outline) -> list[_Source]:
    """ "… với mục tiêu tổng quát là nâng cao …", "Tỉnh phấn đấu đến năm 2025 có 60% xã …"."""
    inside = {n.block.start for n in outline.nodes if n.role is not None and not n.opens}
    found = []
    for block in document.blocks:
        if block.zone != "body" or block.table is not None or block.start in inside:
            continue
        for piece in sentences(block.text):
            keyed = key(piece.text)
            if _NO_AIM_IN_NEWS.search(keyed) or piece.text.rstrip().endswith(":"):
                continue
            aim = _AIM.search(keyed)
            counted = [q for q in find_quantities(piece.text) if q.unit_code == "pct"]
            if aim and not counted and len(piece.text) - aim.end() > 25:
                words = piece.text[aim.end() :].rstrip(' ./”"')
                found.append(
                    _Source(
                        Piece(piece.start + aim.end(), piece.start + aim.end() + len(words), words),
                        block.start,
                        "",
                        "general",
                        "aim_named_in_sentence",
                        (),
                    )
                )
            elif counted and _STRIVES.search(keyed) and not _ACHIEVED.search(keyed):
                found.append(_Source(piece, block.start, "", "specific", "share_strived_for", ()))
    return found


def _rows(source: _Source, statement: int) -> Iterator[Target]:
    text = source.piece.text
    quantities = quantities_of(text)
    period = _year(text, source.leads) if source.kind == "specific" else None
    if source.kind == "general" or not quantities:
        if len(collapse(text)) >= 15 or quantities:
            yield _target(source, statement, source.piece, None, period)
        return
    for piece, quantity in zip(clauses(text, quantities), quantities, strict=True):
        yield _target(source, statement, piece, quantity, _year(piece.text, ()) or period, base=source.piece.start)


def quantities_of(text: str) -> list[Quantity]:
    """Numbers to reach, money among them, in the order of the text; no baselines, and none that brackets repeat."""
    money = [_money(text, m) for m in find_money(text)]
    found = sorted([*find_quantities(text), *money], key=lambda q: q.start)
    found = [q for q in found if not _is_restated(text, q)]
    starts = [q for q, _ in _baselines(text, found)]
    found = [q for q in found if q not in starts]
    aims = [q for q in found if not _qualifies(text, q)]
    return aims or found


def _qualifies(text: str, quantity: Quantity) -> bool:
    """An age or a rank says of whom or of what a number is: "trẻ dưới 5 tuổi đạt 95%", "12 sản phẩm đạt 3 sao"."""
    unit, behind = key(quantity.unit_text or ""), key(text[quantity.end : quantity.end + 12])
    return unit in ("tuổi", "sao") or bool(
        re.match(r"\s*(?:tháng\s+)?tuổi(?!\w)", behind)
        or re.search(r"độ\s+tuổi\s+(?:từ\s+)?$", key(text[: quantity.start]))
    )


def _baselines(text: str, found: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Numbers where one starts, each with the number to reach."""
    return [(q, later) for q, later in pairwise(found) if _is_baseline(text, q, later)]


def _without_baselines(text: str) -> str:
    """The text with blanks where it says from what one starts: the year of a baseline is no year to reach.

    "giảm từ 9% năm 2021 xuống còn 4% năm 2024" → 2024
    """
    everything = sorted([*find_quantities(text), *(_money(text, m) for m in find_money(text))], key=lambda q: q.start)
    for first, later in _baselines(text, everything):
        text = text[: first.start] + " " * (later.start - first.start) + text[later.start :]
    return text


def _money(text: str, money: Money) -> Quantity:
    """An amount as a quantity; "đồng/người/năm" is its unit where it is counted by something."""
    amount = float(money.amount_vnd)
    end = end_of_rate(text, money.end)
    words = text[money.start : money.end]
    currency = re.search(r"[^\W\d_]+$", words)
    if end > money.end and currency:
        words = text[money.start + currency.start() : end]
    kind = compared(text[: money.start])
    if money.low_vnd is not None:
        return Quantity(money.start, end, "range", None, float(money.low_vnd), amount, "vnd", words)
    return Quantity(money.start, end, kind or "exact", *_open_bounds(kind, amount), "vnd", words)


def _open_bounds(kind: str | None, amount: float) -> tuple[float | None, float | None, float | None]:
    if kind == "at_least":
        return None, amount, None
    return (None, None, amount) if kind == "at_most" else (amount, amount, amount)


def _is_baseline(text: str, quantity: Quantity, later: Quantity) -> bool:
    """ "từ 7 triệu năm 2005 lên 14 triệu": the first number is where one starts, not an aim."""
    before, between = key(text[: quantity.start]), key(text[quantity.end : later.start])
    starts = before.rstrip().endswith("từ") or key(text[quantity.start : quantity.end]).startswith("từ ")
    return starts and bool(re.search(r"(?:lên|xuống|còn)\s*(?:còn\s*)?$", between)) and not re.search(r"[;.]", between)


def _is_restated(text: str, quantity: Quantity) -> bool:
    """Numbers in brackets repeat or explain ("năm (05) năm", "(đạt 100%)"): the aim stands before them."""
    before = text[: quantity.start]
    return before.rfind("(") > before.rfind(")") and ")" in text[quantity.end :]


def _year(text: str, leads: tuple[str, ...]) -> Period | None:
    for words in (_without_baselines(text), *leads):
        periods = [p for p in find_periods(words) if not re.search(r"so\s+với\s*$", key(words[: p.start]))]
        if periods:
            return periods[0]
    return None


def _target(
    source: _Source,
    statement: int,
    piece: Piece,
    quantity: Quantity | None,
    period: Period | None,
    base: int | None = None,
) -> Target:
    offset = source.offset + (base or 0)
    population = _population(source.piece.text, quantity) if quantity else None
    start, end = offset + piece.start, offset + piece.end
    return Target(
        statement, source.kind, collapse(piece.text), population, None,
        collapse(source.piece.text[quantity.start : quantity.end]) if quantity else None,
        quantity.value_kind if quantity else "qualitative",
        quantity.value if quantity else None, quantity.low if quantity else None, quantity.high if quantity else None,
        quantity.unit_code if quantity else None, quantity.unit_text if quantity else None, direction(piece.text) or ("reach" if quantity else None),
        period.last_year if period else None, period.first_year if period and period.first_year != period.last_year else None, None,
        Evidence(start, end, source.section, source.rule),
    )  # fmt: skip


def direction(text: str) -> str | None:
    """increase or decrease where the words say so: "Tăng số hộ trồng rau" → increase."""
    keyed = key(text)
    return "increase" if _INCREASE.search(keyed) else "decrease" if _DECREASE.search(keyed) else None


def _population(text: str, quantity: Quantity) -> str | None:
    """Whom a share is of: "90% số hộ nông thôn được dùng nước sạch" → "số hộ nông thôn"."""
    if quantity.unit_code != "pct":
        return None
    m = re.match(
        r"\s*((?:[^\s,.;:]+\s+){0,9}?[^\s,.;:]+)(?=\s+(?:được|có|đạt|sẽ|áp\s+dụng|nhận\s+thức|sử\s+dụng|thực\s+hiện|tham\s+gia|hoàn\s+thành|đã|trở|bố\s+trí))",
        text[quantity.end :],
    )
    return collapse(m.group(1)) if m else None
