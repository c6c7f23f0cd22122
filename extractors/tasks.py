"""Tasks of running text: leaves of task and solution sections, duties under TỔ CHỨC THỰC HIỆN, groups, reporting duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.attributes import Attributes, has_only_attributes, inline_attributes, read_attributes, within_attribute
from extractors.doers import doers_above, names_doers, subject_of_heading
from extractors.duties import closing_roles, read_duties
from extractors.findings import Evidence, Mention, Task, TaskGroup
from extractors.formalities import is_formality
from extractors.headings import is_structural
from extractors.labels import BULLETS
from extractors.leaf_times import lead_in_time, leaf_time
from extractors.outline import WORK, Node, Outline, is_heading_like
from extractors.sentences import sentences
from extractors.unlisted import is_ordered, unlisted_doer
from normalizers.agencies import find_agencies, without_agencies
from normalizers.categories import Classification, classify_heading, classify_task
from normalizers.money import find_money
from normalizers.task_times import TaskTime
from normalizers.text import collapse, ends_sentence, key

_KINDS = {"tasks": "activity", "solutions": "solution", "organisation": "assignment", "reporting": "reporting_duty"}
_SECTION_STYLES = frozenset({"roman", "capital", "heading"})
_INTRODUCES = re.compile(r":\s*$|(?:như\s+sau|sau\s+đây|các\s+nội\s+dung\s+sau)\s*[.:]?\s*$")
_ENUMERATES = re.compile(r"(?:như\s+sau|sau\s+đây|sau|bao\s+gồm|gồm|trong\s+đó|cụ\s+thể|là)\s*:$")
_CLOSES_PLAN = re.compile(r"trên\s+đây\s+là|(?:trong\s+)?quá\s+trình|nếu\s+(?:có|phát\s+sinh)")
_REPORTS_TROUBLE = re.compile(r"(?:trong\s+)?quá\s+trình[^.;]{0,60},?\s+nếu\s+(?:có|phát\s+sinh)")
_CAPTION = re.compile(
    r"(?:bảng|biểu|danh\s+mục|phụ\s+lục|dự\s+toán|tổng\s+hợp)(?!\w)(?!\s+(?:điểm|tin))"
)  # what stands over a table
_DUTY_IN_NEWS = re.compile(
    r"[^.;]{0,30}chủ\s+trì|\s+(?:đã\s+)?giao\s+(?:cho\s+)?(?=sở|ban|công\s+an|ubnd|ủy\s+ban)|\s+phối\s+hợp\s+với\s"
)
_MADE_OF = re.compile(r"\s(?:bao\s+gồm|gồm(?:\s+có)?)\s*:$")
_WORKS = re.compile(
    r"(?<!\w)(?:nhiệm\s+vụ|nội\s+dung|hoạt\s+động|giải\s+pháp|công\s+việc|công\s+tác|biện\s+pháp|việc|bước|chính\s+sách|dự\s+án|chương\s+trình|mô\s+hình)(?!\w)"
)
_FIGURES = re.compile(r"[\d.,%]+")
_ASIDE = re.compile(r"\(.*\)\.?$|Ghi chú\s*[:.]")
_FEWEST_WORDS = 5
_SHORTEST_DUTY = 60  # characters
_REPORT_DUTY = re.compile(
    r"^(?:[-+*]\s*)?(?:trong\s+quá\s+trình|quá\s+trình|nếu\s+(?:có|phát\s+sinh)|trên\s+đây\s+là|các\s+(?:sở|cơ\s+quan|đơn\s+vị|địa\s+phương)[^.;:]{0,80}?\sbáo\s+cáo\s+(?:kết\s+quả|tình\s+hình|tiến\s+độ)|(?:hàng|hằng)\s+(?:năm|quý|tháng),?\s+(?:trước|chậm)|định\s+kỳ|yêu\s+cầu\s+các|đề\s+nghị\s+các"
    r"|căn\s+cứ\s+(?:kế\s+hoạch|nội\s+dung)|ủy\s+ban\s+nhân\s+dân\s+(?:tỉnh|thành\s+phố)[^.;]{0,30}yêu\s+cầu|ubnd\s+(?:tỉnh|thành\s+phố)\s+yêu\s+cầu)"
)
_SENDS_WORD = re.compile(r"báo\s+cáo|phản\s+ánh|gửi\s|kiến\s+nghị")


@dataclass(frozen=True, slots=True)
class FoundTasks:
    """Groups and tasks of a document's text, in its order; `group_of` finds the group of a node's heading."""

    groups: tuple[TaskGroup, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item that is a task: its node, kind, the rule that found it, the group node above it, and agencies it takes from its
    heading."""

    node: Node
    kind: str
    rule: str
    group: Node | None
    heads: tuple[Mention, ...]


def find_tasks(outline: Outline, in_news: bool, is_programme: bool) -> FoundTasks:
    """Tasks and their groups from running text.

    `is_programme`: a resolution or decision that lists projects in its articles without a section of tasks.
    """
    leaves = list(_leaves(outline, in_news))
    if is_programme and not any(leaf.kind in ("activity", "solution") for leaf in leaves):
        leaves += _programme_leaves(outline)
    leaves.sort(key=lambda leaf: leaf.node.start)
    attributes = read_attributes(outline)
    nodes = _group_nodes(leaves)
    groups: list[TaskGroup] = []
    for node in nodes:
        groups.append(heading_group(node, len(groups), groups))
    index = {id(n): number for number, n in enumerate(nodes)}
    tasks = []
    for number, leaf in enumerate(leaves):
        group = index.get(id(leaf.group)) if leaf.group is not None else None
        category = groups[group].category_codes[0] if group is not None else "other"
        category = classify_task(without_agencies(leaf.node.heading)) if category == "other" else category
        tasks.append(_task(leaf, number, group, category, attributes.get(id(leaf.node), Attributes())))
    return FoundTasks(tuple(groups), tuple(tasks))


def _leaves(outline: Outline, in_news: bool) -> Iterator[Leaf]:
    shared_out: dict[int, bool] = {}  # sections by identity
    for node in outline.nodes:
        if node.block.table is not None or node.zone == "signature":
            continue
        text = collapse(node.heading)
        kind = _KINDS.get(_role_among_items(node) or "")
        if kind is None:
            duty = _duty_without_section(node, text, in_news)
            if duty is not None:
                yield duty
            continue
        if not _is_leaf(node, text) or (node.zone == "annex" and node.label is None):
            continue
        if kind == "assignment" or _is_shared_out(node, shared_out):
            yield _assignment(node, text)
        elif kind == "reporting_duty":
            yield Leaf(node, kind, "item_of_section", None, ())
        else:
            yield Leaf(node, kind, _rule_of_item(node), group_above(node), doers_above(node))


def _is_shared_out(node: Node, known: dict[int, bool]) -> bool:
    """Whether an item stands in a section that only divides the work among agencies: "II. NỘI DUNG THỰC HIỆN" | "1. Sở Y tế" | "a) Mở
    lớp …" | "2. Sở Tài chính"."""
    section = node.parent
    while section is not None and not section.own_role:
        section = section.parent
    if section is None or section.role not in ("tasks", "solutions"):
        return False
    if id(section) not in known:
        known[id(section)] = _shares_out(section)
    return known[id(section)]


def _shares_out(section: Node) -> bool:
    """Whether the headings of a section name who acts, nearly all of them."""
    heads = [c for c in section.children if c.label is not None and not c.is_bullet]
    return len(heads) > 2 and all(c.children for c in heads) and 5 * sum(map(names_doers, heads)) >= 4 * len(heads)


def _rule_of_item(node: Node) -> str:
    """An item of a list, one whose lines below say who does it and by when, one whose lines below are its parts ("- Lập hồ sơ, gồm:" | "+ Đơn
    đề nghị;"), or a paragraph that stands alone under its heading."""
    if node.children:
        return "item_with_attribute_lines" if has_only_attributes(node) else "item_with_its_parts"
    return "item_of_section" if node.label is not None else "paragraph_of_section"


def _role_among_items(node: Node) -> str | None:
    """The role of an item: one that only begins like a heading ("đ) Giải pháp công nghệ." in a list of contents) is as the others."""
    parent = node.parent
    if parent is None or not node.own_role or node.children or ":" in node.heading or node.role not in WORK:
        return node.role
    others = [c for c in parent.children if c is not node and c.label is not None]
    return parent.role if parent.role in WORK and others and not any(c.children for c in others) else node.role


def _is_leaf(node: Node, text: str) -> bool:
    """The smallest item: no items below it, no heading, no bracketed note, no lead-in, no line of an amount, no closing line."""
    if within_attribute(node):
        return False
    if has_only_attributes(node):
        return not (node.own_role and is_structural(text))
    if node.parent is not None and _lists_things(node.parent):
        return False
    if _lists_things(node):
        return True
    if node.children or len(text) < 6 or node.opens:
        return False
    if node.label is None and _introduces_table(node):
        return False
    if (
        node.own_role
        and len(text) < 90
        and (is_structural(text) or (not node.is_bullet and node.label is not None and not text.endswith((".", ";"))))
    ):
        return False
    if node.label is None and _is_remnant(text):
        return False
    if _ASIDE.match(text) or closing_roles(text) or _is_amount_line(text) or is_formality(text):
        return False
    return not _INTRODUCES.search(key(text)) and not (node.label is None and text == text.upper())


def _lists_things(node: Node) -> bool:
    """Whether an item ends with the things it is made of, which are no items: "- Lập hồ sơ cho từng hộ, bao gồm:" | "+ Đơn đề nghị;". Where it
    lists what is to be done, "Thực hiện các nhiệm vụ sau, gồm:", these are."""
    m = _MADE_OF.search(key(node.heading)) if node.children else None
    if m is None or any(c.children or c.block.table is not None for c in node.children):
        return False
    return not _WORKS.search(key(node.heading)[: m.start()]) and node.label is not None


def _introduces_table(node: Node) -> bool:
    """Whether a paragraph stands right over a table."""
    below = node.following()
    return below is not None and below.block.table is not None


def _is_remnant(text: str) -> bool:
    """Whether a line without number is what is left of a lost table: "Dân số", "05 Xã Tân Lộc 7.310 48 19"."""
    words = text.split()
    figures = sum(bool(_FIGURES.fullmatch(word)) for word in words)
    return (len(words) < _FEWEST_WORDS and not ends_sentence(text)) or (figures > 2 and figures * 3 > len(words))


def _is_amount_line(text: str) -> bool:
    """ "+ Ngân sách tỉnh: 300 triệu đồng;" is a line of a budget."""
    money = find_money(text)
    if not money:
        return False
    rest = collapse(text[: money[0].start] + text[money[-1].end :]).strip(" .;:,+-")
    return len(rest) < 60 and ":" in text[: money[0].start + 1]


def _assignment(node: Node, text: str) -> Leaf:
    heads = doers_above(node)
    closes = not heads or bool(_CLOSES_PLAN.match(key(text)))
    if node.label is None and closes and _is_reporting_duty(text):
        return Leaf(node, "reporting_duty", "report_at_the_end", None, ())
    return Leaf(node, "assignment", _rule_of_item(node), None, heads)


def _is_reporting_duty(text: str) -> bool:
    keyed = key(text)
    if not (_SENDS_WORD.search(keyed) and find_agencies(text)):
        return False
    return bool(_REPORT_DUTY.match(keyed)) or any(_REPORTS_TROUBLE.match(key(s.text)) for s in sentences(text)[1:])


def _duty_without_section(node: Node, text: str, in_news: bool) -> Leaf | None:
    """A duty under KINH PHÍ inside TỔ CHỨC THỰC HIỆN: "b) Các sở, ban, ngành … lập dự toán";
    "Điều 2. Giao Sở Y tế chủ trì …" of a decision; "Sở Y tế là đầu mối chủ trì … tổ chức thực hiện …" in news."""
    keyed = key(text)
    if (
        node.role == "finance"
        and node.label is not None
        and not node.children
        and node.parent is not None
        and _inside(node, "organisation")
    ):
        lead = [m for m in read_duties(node.heading, node.heading_start, node.path()) if m.role_code == "lead"]
        if lead and lead[0].evidence.start - node.heading_start < 3:
            return Leaf(node, "assignment", "duty_among_money", None, ())
    if node.label is not None and node.label.style == "article" and not any(c.label for c in node.children):
        if (keyed.startswith("giao") or _gives_in_article(node, text)) and not is_formality(text):
            return Leaf(node, "assignment", "duty_in_article", None, ())
    elif node.label is None and _stands_in_article(node) and keyed.startswith(("giao ", "đề nghị ")):
        return Leaf(node, "assignment", "duty_in_article", None, ())
    elif in_news and node.label is None and not node.children and len(text) > 40:
        mentions = find_agencies(text)
        if mentions and mentions[0].start < 3 and _DUTY_IN_NEWS.match(keyed, mentions[0].end):
            return Leaf(node, "assignment", "duty_in_news", None, ())
    elif (
        node.label is None
        and node.zone == "body"
        and node.role in (None, "reporting", "finance")
        and node.parent is None
        and _is_reporting_duty(text)
    ):
        return Leaf(node, "reporting_duty", "report_at_the_end", None, ())
    return None


def _gives_in_article(node: Node, text: str) -> bool:
    """Whether an article behind the first names who does something by way of the plan: "Điều 2. Căn cứ Kế hoạch này, các sở xây dựng …"."""
    if node.mark in (None, "Điều 1") or node.role is not None or len(text) < _SHORTEST_DUTY:
        return False
    leads = [m for m in read_duties(node.heading, node.heading_start, node.path()) if m.role_code == "lead"]
    return bool(leads) and node.zone == "body"


def _stands_in_article(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.label is not None and parent.label.style == "article" and parent.role is None


def _inside(node: Node, role: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.role == role:
            return True
        parent = parent.parent
    return False


def _programme_leaves(outline: Outline) -> list[Leaf]:
    """ "Bổ sung vào Chương trình … tại Kỳ họp thứ 8 đối với 03 dự án:" / "1. Luật …;" — the projects of a programme."""
    found = []
    for node in outline.nodes:
        if (
            node.role in ("effect", "organisation", "scope", "reporting")
            or node.block.table is not None
            or node.children
            or node.zone != "body"
        ):
            continue
        parent = node.parent
        opened = (
            parent is not None
            and parent.heading.rstrip().endswith(":")
            and bool(
                re.search(
                    r"chương\s+trình|dự\s+án|danh\s+mục|trình\s+quốc\s+hội|trình\s+hội\s+đồng", key(parent.heading)
                )
            )
        )
        if node.label is not None and opened and not node.heading.rstrip().endswith(":"):
            numbered = parent is not None and parent.label is not None and parent.label.style.startswith("decimal")
            found.append(Leaf(node, "activity", "item_of_programme", parent if numbered else None, ()))
    return found


def group_above(node: Node) -> Node | None:
    """The nearest numbered heading above an item that names a subject, not merely "Nhiệm vụ"."""
    parent = node.parent
    while parent is not None and parent.role in ("tasks", "solutions", None):
        if parent.label is not None and _is_group_heading(parent):
            return parent
        parent = parent.parent
    return None


def _is_group_heading(node: Node) -> bool:
    if node.label is None or node.block.table is not None:
        return False
    text = collapse(node.heading)
    if node.is_bullet and not (node.label.style == "star" and is_heading_like(node)):
        return False
    starts_section = (
        node.own_role and (node.parent is None or node.parent.role != node.role) and node.label.style in _SECTION_STYLES
    )
    if (
        starts_section
        or node.label.style in ("annex", "part", "chapter")
        or (node.label.style in ("article", "section") and not _divides_work(node))
        or not text
        or is_structural(text)
    ):
        return False
    if _CAPTION.match(key(text)):
        return False
    return not (text.endswith(":") and (_ENUMERATES.search(key(text)) or find_money(text)))


def _divides_work(node: Node) -> bool:
    """Whether an article or a "Mục" names a subject inside a section of tasks: "Phần II. NHIỆM VỤ" | "Mục 1. Tuyên truyền"."""
    return not node.own_role and node.parent is not None and node.parent.role in WORK


def _group_nodes(leaves: list[Leaf]) -> list[Node]:
    """Group headings in the order of the text, each once, with the headings between a group and its section."""
    nodes: list[Node] = []
    for leaf in leaves:
        node, chain = leaf.group, []
        while node is not None:
            chain.append(node)
            node = group_above(node)
        nodes += [n for n in reversed(chain) if n not in nodes]
    return sorted(nodes, key=lambda n: n.start)


def heading_group(node: Node, number: int, groups: Sequence[TaskGroup]) -> TaskGroup:
    """The task group of a heading. One that names only agencies is about what the group above it is about."""
    found = classify_heading(subject_of_heading(node))
    above = group_above(node)
    parent = next((g for g in groups if above is not None and g.evidence.start == above.start), None)
    if found.margin == 0.0 and parent is not None and names_doers(node):
        found = Classification(parent.category_codes, parent.margin)
    evidence = Evidence(node.start, node.end, node.path(), "group_heading")
    return TaskGroup(number, node.mark, collapse(node.heading).rstrip(":"), found.codes, found.margin, evidence)


def _task(leaf: Leaf, number: int, group: int | None, category: str, attributes: Attributes) -> Task:
    node = leaf.node
    inline, words = inline_attributes(node)
    if inline.mentions and not attributes.mentions:
        attributes = inline
    elif inline.time and not attributes.time:
        attributes = replace(attributes, time=inline.time, time_text=inline.time_text)
    mentions = (
        *read_duties(node.heading[:words], node.heading_start, node.path(), leaf.heads, doers=leaf.kind != "activity"),
        *attributes.mentions,
    )
    names_doer = leaf.kind == "assignment" or is_ordered(node.heading)
    if names_doer and all(m.role_code != "lead" for m in mentions):
        mentions = (*unlisted_doer(node.heading, node.heading_start, node.path()), *mentions)
    time = attributes.time or leaf_time(node.heading)
    if (
        time == TaskTime(None, None, None, None, None)
        and leaf.kind == "activity"
        and node.parent is not None
        and node.parent.heading.rstrip().endswith(":")
    ):
        time = lead_in_time(node.parent.heading)
    evidence = Evidence(node.heading_start, max(node.end, attributes.end), node.path(), leaf.rule)
    mark = node.mark if node.label is not None and node.label.style not in BULLETS else None
    return Task(
        number, leaf.kind, mark, group, collapse(node.heading).rstrip(":"), None, attributes.result, category, attributes.time_text, time.start_year, time.end_year,
        time.recurrence_code, time.deadline_text, time.deadline_date, mentions, evidence,
    )  # fmt: skip
