"""Targets: what shall be reached by when, from sections of aims and from sentences of news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Document
from extractors.figures_of_aims import baseline_of, quantities_of, without_baselines
from extractors.findings import Evidence, Target
from extractors.headings import section_role
from extractors.outline import Node, Outline
from extractors.sentences import Piece, clauses, sentences
from normalizers.periods import Period, find_periods
from normalizers.quantities import Quantity, find_quantities
from normalizers.task_times import find_limit, parse_time_cell
from normalizers.text import collapse, ends_sentence, key

AIMS = frozenset({"objective", "objective_general", "objective_specific"})
_INTRODUCES = re.compile(r":\s*$|(?:như\s+sau|sau\s+đây)\s*[.:]?\s*$")
_IN_WHICH = re.compile(r"[\s,;(]*trong\s+đó\s*:\s*$", re.IGNORECASE)
_AIM = re.compile(
    r"(?:với|nhằm)?\s*mục\s+tiêu(?:\s+(?:tổng\s+quát|chung|tổng\s+thể))?(?:\s+(?:của\s+)?[^,.;:]{0,60}?)?\s*(?:\s(?:là|làm\s+cho|nhằm)|:)\s*[“\"]?|nhằm\s+mục\s+tiêu\s+"
)
_STRIVES = re.compile(
    r"phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|đặt\s+ra|^(?:bảo\s+đảm|đảm\s+bảo)\s+(?:trên\s+|ít\s+nhất\s+|tối\s+thiểu\s+)?\d+(?:,\d+)?\s*%|sẽ\s+(?:có|đạt)|(?:bảo\s+đảm|đảm\s+bảo)\s+đến\s+năm|đến\s+năm\s+\d{4}[^.]{0,40}(?:đạt|có)"
)
_ACHIEVED = re.compile(r"(?<!\w)đã\s+(?:đạt|có|hoàn\s+thành|thực\s+hiện|tổ\s+chức)|đạt\s+được|so\s+với\s+cùng\s+kỳ")
# "MỤC ĐÍCH" holds aims only where it has a number to reach.
_REACHES = re.compile(
    r"(?:đạt|phấn\s+đấu|bảo\s+đảm|đảm\s+bảo)\s+(?:\w+\s+){0,4}\d+(?:,\d+)?\s*%|(?:ít\s+nhất|tối\s+thiểu)\s+\d+(?:,\d+)?\s*%"
    r"|(?<!\w)(?:giảm|tăng)\s+(?:ít\s+nhất\s+|trên\s+|khoảng\s+|từ\s+|thêm\s+|bình\s+quân\s+)*\d+(?:,\d+)?\s*(?:-\s*\d+(?:,\d+)?\s*)?%"
    r"|(?<!\w)(?:giảm|tăng|nâng)(?!\s+cao)\s[^.;]{0,60}\s(?:xuống|lên|còn)\s+(?:\w+\s+){0,2}\d+(?:,\d+)?\s*%"
)
# what an item of "MỤC ĐÍCH" brings to so many: "Hỗ trợ 1.250 hộ nghèo …"
_BRINGS = re.compile(
    r"[\s\-+*•]*(?:hỗ\s+trợ|giúp|đào\s+tạo|giải\s+quyết|tạo|xóa|xây\s+dựng|sửa\s+chữa|trồng|cung\s+cấp|đưa)(?!\w)"
)
_IS_AIM = re.compile(
    r"(?:giảm|tăng|nâng|duy\s+trì|phấn\s+đấu|đạt|trên|ít\s+nhất|tối\s+thiểu|có|khống\s+chế)\s|\d+(?:,\d+)?\s*%"
)
_LONGEST_TITLE = 120
_IN_TABLE = re.compile(
    r"(?:xác\s+định|nêu|quy\s+định|thể\s+hiện|chi\s+tiết|cụ\s+thể)\s+(?:tại|ở|trong|theo)\s+(?:các\s+)?(?:bảng|biểu|phụ\s+lục)"
)
_STRIVING = re.compile(r"phấn\s+đấu(?!\w)")
_STRIVES_WITHIN = re.compile(r"(?:^|:\s+)(phấn\s+đấu)(?!\w)")
# "Theo kế hoạch, tỉnh trồng 2 triệu cây …": what news says the plan counts, its money apart
_BY_THE_PLAN = re.compile(
    r"theo\s+(?:kế\s+hoạch|đề\s+án|chương\s+trình)(?:\s+(?:này|trên))?\s*,?\s+(?!.*(?:kinh\s+phí|vốn|ngân\s+sách))"
)
_DIVIDED = re.compile(r",?\s*trong\s+đó\s*:\s*")
_SHORTEST_AIM = 25  # characters
_NO_AIM_IN_NEWS = re.compile(r"chưa\s+đạt\s+mục\s+tiêu|không\s+đạt|theo\s+quan\s+điểm")
_INCREASE = re.compile(r"(?<!\w)(?:tăng|nâng)(?!\w)")
_DECREASE = re.compile(r"(?<!\w)(?:giảm|hạ|kéo\s+giảm)(?!\w)")
_QUARTER_OR_MONTH = re.compile(r"(?<!\w)(?:quý\s+(?:iv|i{1,3}|[1-4])|tháng\s+\d{1,2})\s*/\s*(20\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Source:
    """A sentence that may state targets: where it stands, what kind, and the lead-in that may carry its year."""

    piece: Piece
    offset: int
    section: str
    kind: str
    rule: str
    leads: tuple[str, ...]


def find_targets(document: Document, outline: Outline, in_news: bool, since: int | None = None) -> tuple[Target, ...]:
    """Targets in the order of the text. A sentence with two numbers gives two rows of one statement.

    `since`: the first year of the plan; years before it say where one starts.
    """
    sources = [*_section_sources(outline), *_strivings(outline)]
    if not in_news and not any(n.role in AIMS for n in outline.nodes):
        sources += _sources_without_heading(outline)
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
        rows = list(_rows(source, statement + 1, since))
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
            or (node.opens and not _divides(node))
        ):
            continue
        if node.own_role and not _states_beyond_heading(node):
            continue
        if node.children and not _is_statement(node):
            continue
        if (_INTRODUCES.search(key(node.heading)) and not _divides(node)) or not collapse(node.heading):
            continue
        if re.match(r"\(.*\)\.?$", collapse(node.heading)) or _points_to_table(node):
            continue
        heads = _leads(node)
        begin = _beyond_cue(node)
        for piece in sentences(_IN_WHICH.sub("", node.heading)[begin:]):
            if node.role == "purpose" and not _purpose_reaches(node, piece):
                continue
            if node.role == "purpose":
                piece = _clause_that_reaches(piece)
            rule = _rule(node, begin)
            yield _Source(piece, node.heading_start + begin, node.path(), _kind(node, piece.text), rule, heads)


def _sources_without_heading(outline: Outline) -> Iterator[_Source]:
    """Items of a text that lost its heading of aims: "a) Giảm tỷ lệ hộ nghèo xuống dưới 5%;" where no section holds them."""
    for node in outline.nodes:
        item = node.label is not None and not node.children and node.zone in ("body", "preamble")
        if item and node.role is None and node.block.table is None and _IS_AIM.match(key(node.heading)):
            for piece in sentences(node.heading):
                if any(q.unit_code == "pct" for q in quantities_of(piece.text)):
                    yield _Source(piece, node.heading_start, node.path(), "specific", "aim_without_heading", ())


def _points_to_table(node: Node) -> bool:
    """Whether a paragraph only says where the aims stand, or titles their table: "Các chỉ tiêu được xác định tại Bảng 1.", "Bảng 1. Chỉ
    tiêu chủ yếu"."""
    text = collapse(node.heading)
    if _IN_TABLE.search(key(text)) and not quantities_of(text):
        return True
    below = node.following()
    over_table = below is not None and below.block.table is not None
    return over_table and not ends_sentence(text) and len(text) < _LONGEST_TITLE and not quantities_of(text)


def _purpose_reaches(node: Node, piece: Piece) -> bool:
    """Whether a sentence among purposes has a number to reach; what a list of purposes alone counts is one too: "1. Mục đích" | "a) Hỗ trợ
    1.250 hộ nghèo …", a demand of "2. Yêu cầu" is none."""
    if _REACHES.search(key(piece.text)) or _strives_for_a_count(piece):
        return True
    section = node.parent
    while section is not None and not section.own_role:
        section = section.parent
    alone = section is not None and "yêu cầu" not in key(section.heading)
    return alone and bool(_BRINGS.match(key(piece.text))) and any(q.unit_code for q in quantities_of(piece.text))


def _strives_for_a_count(piece: Piece) -> bool:
    """Whether a purpose counts what is to be reached: "phấn đấu hoàn thành sửa chữa 120 nhà"."""
    m = _STRIVING.search(key(piece.text))
    return m is not None and any(q.unit_code for q in quantities_of(piece.text[m.end() :]))


def _clause_that_reaches(piece: Piece) -> Piece:
    """The clause of a purpose that has a number to reach: "Tổ chức ngày hội …, | thu gom ít nhất 15% số vỏ chai."."""
    m = _REACHES.search(key(piece.text)) or _STRIVING.search(key(piece.text))
    cut = max(piece.text.rfind(mark, 0, m.start()) for mark in (", ", "; ")) if m else -1
    if cut < 0:
        return piece
    return Piece(piece.start + cut + 2, piece.end, piece.text[cut + 2 :])


def _rule(node: Node, begin: int) -> str:
    """An aim behind the words of its heading, among purposes, divided by its sub-items, or in a list or paragraph of aims."""
    if begin:
        return "aim_behind_heading"
    if node.role == "purpose":
        return "aim_among_purposes"
    if _divides(node):
        return "aim_divided_below"
    return "aim_in_list" if node.label is not None else "aim_in_paragraph"


def _strivings(outline: Outline) -> Iterator[_Source]:
    """An aim inside a task: "Phấn đấu mỗi năm mở thêm từ 03 lớp trở lên.", "…, cụ thể: Phấn đấu 90% hộ có nước sạch; …"."""
    for node in outline.nodes:
        if (
            node.role not in ("tasks", "solutions")
            or node.block.table is not None
            or "phấn đấu" not in key(node.heading)
        ):
            continue
        for piece in sentences(node.heading):
            m = _STRIVES_WITHIN.search(key(piece.text))
            if m is None:
                continue
            striving = Piece(piece.start + m.start(1), piece.end, piece.text[m.start(1) :])
            if quantities_of(striving.text):
                yield _Source(striving, node.heading_start, node.path(), "specific", "aim_inside_task", ())


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
    """An item with sub-items that is itself an aim with a number."""
    return _divides(node) or (
        node.is_bullet
        and ends_sentence(node.heading)
        and not node.heading.rstrip().endswith(":")
        and bool(find_quantities(node.heading))
    )


def _divides(node: Node) -> bool:
    """An aim with a number that its sub-items divide: "Đến năm 2027 trồng 300 ha rừng, trong đó:"."""
    aim = _IN_WHICH.search(node.heading)
    return aim is not None and bool(find_quantities(node.heading[: aim.start()]))


def _kind(node: Node, text: str) -> str:
    if node.role == "objective_general":
        return "general"
    siblings = node.parent.children if node.parent else [node]
    if any(s.label is not None or s.children for s in siblings[: siblings.index(node)]):
        return "specific"  # a paragraph behind items goes on with them
    if node.parent and node.parent.label and not node.parent.own_role and find_periods(node.parent.heading):
        return "specific"  # "2. Đến năm 2040": what a milestone brings
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
        goes_on = opened = False
        for sentence in sentences(block.text):
            aim, piece = _named_aim(sentence)
            if aim is not None:
                opened = True
                found.append(_Source(aim, block.start, "", "general", "aim_named_in_sentence", ()))
            keyed = key(piece.text)
            follows, goes_on = goes_on, False
            if _NO_AIM_IN_NEWS.search(keyed) or piece.text.rstrip().endswith(":"):
                continue
            counted = any(q.unit_code == "pct" for q in find_quantities(piece.text))
            if _BY_THE_PLAN.match(keyed) and quantities_of(piece.text) and not _ACHIEVED.search(keyed):
                found.append(_Source(piece, block.start, "", "specific", "number_by_the_plan", ()))
            elif counted and (follows or opened or _STRIVES.search(keyed)) and not _ACHIEVED.search(keyed):
                goes_on = True  # "Tỉnh phấn đấu … đạt 40%. | 60% số xã …"
                found.append(_Source(piece, block.start, "", "specific", "share_strived_for", ()))
    return found


def _named_aim(sentence: Piece) -> tuple[Piece | None, Piece]:
    """The aim that a sentence of news names, and what of the sentence may count shares: "Mục tiêu là giữ rừng, trong đó: | 90% hộ …"; an aim
    with a share of its own is none beside it."""
    keyed = key(sentence.text)
    aim = _AIM.search(keyed)
    if aim is None or _NO_AIM_IN_NEWS.search(keyed) or sentence.text.rstrip().endswith(":"):
        return None, sentence
    divided = _DIVIDED.search(keyed, aim.end())
    stop = divided.start() if divided else len(sentence.text)
    shares = [q for q in find_quantities(sentence.text) if q.unit_code == "pct" and q.start < stop]
    words = sentence.text[aim.end() : stop].rstrip(' ./”",;')
    if shares or len(words) <= _SHORTEST_AIM:
        return None, sentence
    begin = sentence.start + aim.end()
    rest = divided.end() if divided else len(sentence.text)
    return Piece(begin, begin + len(words), words), Piece(sentence.start + rest, sentence.end, sentence.text[rest:])


def _rows(source: _Source, statement: int, since: int | None) -> Iterator[Target]:
    text = source.piece.text
    quantities = quantities_of(text)
    period = _year(text, source.leads, since) if source.kind == "specific" else None
    if source.kind == "general" or not quantities:
        if len(collapse(text)) >= 15 or quantities:
            yield _target(source, statement, source.piece, None, period)
        return
    pieces = clauses(text, quantities)
    for n, (piece, quantity) in enumerate(zip(pieces, quantities, strict=True)):
        later = pieces[n + 1 :] and _opens_with_year(pieces[n + 1], since)
        inherited = _year(text[: piece.end], source.leads, since) if later else period
        yield _target(
            source, statement, piece, quantity, _year(piece.text, (), since) or inherited, base=source.piece.start
        )


def _opens_with_year(piece: Piece, since: int | None) -> bool:
    """Whether a clause begins with its own year, which is not that of the clauses before: "đạt 35%, | đến năm 2030 đạt 45%"."""
    first = next(iter(find_quantities(piece.text)), None)
    return first is not None and _year(piece.text[: first.start], (), since) is not None


def _year(text: str, leads: tuple[str, ...], since: int | None) -> Period | None:
    for words in (without_baselines(text), *leads):
        periods = [
            p
            for p in find_periods(words)
            if not re.search(r"so\s+với\s*$", key(words[: p.start]))
            and (p.last_year or p.first_year or 0) >= (since or 0)
        ]
        if periods:
            return periods[0]
        limit = find_limit(words)
        year = parse_time_cell(words[limit[0] : limit[1]]).end_year if limit else _year_of_quarter(words)
        if year is not None and year >= (since or 0):
            return Period(0, 0, None, year)
    return None


def _year_of_quarter(words: str) -> int | None:
    """The year of "đến hết quý IV/2026", "đến tháng 6/2026"."""
    m = _QUARTER_OR_MONTH.search(key(words))
    return int(m.group(1)) if m else None


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
    baseline = baseline_of(source.piece.text, quantity) if quantity else None
    return Target(
        statement, source.kind, collapse(piece.text), population, None,
        collapse(source.piece.text[quantity.start : quantity.end]) if quantity else None,
        quantity.value_kind if quantity else "qualitative",
        quantity.value if quantity else None, quantity.low if quantity else None, quantity.high if quantity else None,
        quantity.unit_code if quantity else None, quantity.unit_text if quantity else None, direction(piece.text) or ("reach" if quantity else None),
        (period.last_year or period.first_year) if period else None,
        period.first_year if period and period.first_year != period.last_year else None, baseline.value if baseline else None,
        baseline.year if baseline else None, None, Evidence(start, end, source.section, source.rule),
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
