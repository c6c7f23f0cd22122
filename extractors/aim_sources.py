"""Sentences that may state aims: the leaves of sections of aims, what strives elsewhere, and news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Document
from extractors.figures_of_aims import quantities_of
from extractors.headings import section_role
from extractors.outline import Node, Outline
from extractors.sentences import Piece, sentences
from normalizers.periods import find_periods
from normalizers.quantities import find_quantities
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
    r"[\s\-+*•]*+(?:hỗ\s+trợ|giúp|đào\s+tạo|giải\s+quyết|tạo|xóa|xây\s+dựng|sửa\s+chữa|trồng|cung\s+cấp|đưa)(?!\w)"
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


@dataclass(frozen=True, slots=True)
class AimSource:
    """A sentence that may state targets: where it stands, what kind, and the lead-in that may carry its year."""

    piece: Piece
    offset: int
    section: str
    kind: str
    rule: str
    leads: tuple[str, ...]


def aim_sources(document: Document, outline: Outline, in_news: bool) -> list[AimSource]:
    """Sentences of a document that may state aims, in the order of the text."""
    sources = [*_section_sources(outline), *_strivings(outline)]
    if not in_news and not any(n.role in AIMS for n in outline.nodes):
        sources += _sources_without_heading(outline)
    if in_news:
        sources += _news_sources(document, outline)
    return sorted(sources, key=lambda s: s.offset + s.piece.start)


def _section_sources(outline: Outline) -> Iterator[AimSource]:
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
            yield AimSource(piece, node.heading_start + begin, node.path(), _kind(node, piece.text), rule, heads)


def _sources_without_heading(outline: Outline) -> Iterator[AimSource]:
    """Items of a text that lost its heading of aims: "a) Giảm tỷ lệ hộ nghèo xuống dưới 5%;" where no section holds them."""
    for node in outline.nodes:
        item = node.label is not None and not node.children and node.zone in ("body", "preamble")
        if item and node.role is None and node.block.table is None and _IS_AIM.match(key(node.heading)):
            for piece in sentences(node.heading):
                if any(q.unit_code == "pct" for q in quantities_of(piece.text)):
                    yield AimSource(piece, node.heading_start, node.path(), "specific", "aim_without_heading", ())


def _points_to_table(node: Node) -> bool:
    """Whether a paragraph only says where the aims stand, or titles their table: "Các chỉ tiêu được xác định tại Bảng 1.", "Bảng 1. Chỉ
    tiêu chủ yếu"."""
    text = collapse(node.heading)
    if _IN_TABLE.search(key(text)) and not quantities_of(text):
        return True
    below = node.following()
    over_table = below is not None and below.block.table is not None
    return over_table and not ends_sentence(text) and len(text) < _LONGEST_TITLE and not quantities_of(text)


def _strives_for_a_count(piece: Piece) -> bool:
    """Whether a purpose counts what is to be reached: "phấn đấu hoàn thành sửa chữa 120 nhà"."""
    m = _STRIVING.search(key(piece.text))
    return m is not None and any(q.unit_code for q in quantities_of(piece.text[m.end() :]))


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


def _strivings(outline: Outline) -> Iterator[AimSource]:
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
                yield AimSource(striving, node.heading_start, node.path(), "specific", "aim_inside_task", ())


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


def _news_sources(document: Document, outline: Outline) -> list[AimSource]:
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
                found.append(AimSource(aim, block.start, "", "general", "aim_named_in_sentence", ()))
            keyed = key(piece.text)
            follows, goes_on = goes_on, False
            if _NO_AIM_IN_NEWS.search(keyed) or piece.text.rstrip().endswith(":"):
                continue
            counted = any(q.unit_code == "pct" for q in find_quantities(piece.text))
            if _BY_THE_PLAN.match(keyed) and quantities_of(piece.text) and not _ACHIEVED.search(keyed):
                found.append(AimSource(piece, block.start, "", "specific", "number_by_the_plan", ()))
            elif counted and (follows or opened or _STRIVES.search(keyed)) and not _ACHIEVED.search(keyed):
                goes_on = True  # "Tỉnh phấn đấu … đạt 40%. | 60% số xã …"
                found.append(AimSource(piece, block.start, "", "specific", "share_strived_for", ()))
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
