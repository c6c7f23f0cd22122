"""The outline of a document: printed numbering becomes a tree, headings give every branch its role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from extractors.document import Block
from extractors.furniture import holds_national_title
from extractors.headings import (
    announced_role,
    is_bare_heading,
    is_plain_heading,
    is_short_heading,
    is_structural,
    leadin_role,
    section_role,
    with_headings,
)
from extractors.labels import BULLETS, Label, parse_label
from normalizers.quantities import find_quantities
from normalizers.text import collapse, ends_sentence, key

_SIGNATURE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L)\s|Nơi nhận\s*:?|NƠI NHẬN|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|(?:CHI )?CỤC TRƯỞNG|CHÁNH VĂN PHÒNG)\s*$|(?:BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG)\s*$"
)
_MOTTO = re.compile(r"Độc lập\s*-\s*Tự do")
_OPENS_LIST = re.compile(r"(?::|(?:như\s+sau|sau\s+đây|bao\s+gồm|gồm|là)\s*[.:]?)\s*$")
_LETTERS = frozenset({"alpha", "paren", "decimal_paren"})
_GIVES = re.compile(
    r"(?:giao|phân\s+công)(?!\w)[^.;]*:\s*$|(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|sở)(?!\w)[^.;]*(?:chịu|có)\s+trách\s+nhiệm[^.;]*:\s*$"
)  # "Điều 2. Giao:" above "a) Sở Y tế …"
_STEP = re.compile(r"(?:bước|dự\s+án|tiểu\s+dự\s+án|hợp\s+phần)\s+\d+\s*[:.]")
_FIRST_MARK = re.compile(r"[a-zđ]?1|a|i")
WORK = frozenset({"tasks", "solutions"})
_TOWARDS_YEAR = re.compile(r"(?:định\s+hướng|tầm\s+nhìn)\s+(?:phát\s+triển\s+)?(?:đến|tới|giai\s+đoạn)")
_OBJECTIVES = frozenset({"objective", "objective_general", "objective_specific"})
_NUMBERED = frozenset({"roman", "capital", "article", "section", "chapter", "part", "annex", "heading"})


@dataclass(slots=True, eq=False)
class Node:
    """A block in the tree. `heading` are its words without label; `start`, `end` offsets of the block in the document."""

    block: Block
    label: Label | None
    parent: Node | None
    rank: float
    heading: str
    heading_start: int
    role: str | None
    own_role: bool
    zone: str
    opens: bool = False
    children: list[Node] = field(default_factory=list)
    _path: str | None = field(default=None, init=False, repr=False)

    @property
    def start(self) -> int:
        return self.block.start

    @property
    def end(self) -> int:
        return self.block.end

    @property
    def is_bullet(self) -> bool:
        return self.label is not None and self.label.style in BULLETS

    @property
    def mark(self) -> str | None:
        """The printed mark ("1.1", "a", "Điều 2"), None for bullets and plain paragraphs."""
        return self.label.mark if self.label else None

    def path(self) -> str:
        """Section path of printed marks, "III > 1 > a"; bullets and plain paragraphs stand under their heading."""
        if self._path is None:
            above = self.parent.path() if self.parent is not None else ""
            own = ""
            if self.label is not None and not self.is_bullet:
                own = self.mark or collapse(self.heading)[:40] or self.label.style
            self._path = " > ".join(part for part in (above, own) if part)
        return self._path

    def last_end(self) -> int:
        """End offset of the branch."""
        node = self
        while node.children:
            node = node.children[-1]
        return node.end

    def following(self) -> Node | None:
        """The node right behind it under the same heading; None for the last."""
        siblings = self.parent.children if self.parent is not None else []
        place = next((n for n, sibling in enumerate(siblings) if sibling is self), len(siblings))
        return siblings[place + 1] if place + 1 < len(siblings) else None

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """Top nodes of a document; `nodes` are all nodes in the order of the text."""

    roots: tuple[Node, ...]
    nodes: tuple[Node, ...]


def build_outline(blocks: Sequence[Block], body_start: int = 0) -> Outline:
    """The tree of a document's body blocks. Blocks before `body_start` (an offset) are the preamble and stand flat."""
    builder = _Builder()
    body = with_headings([b for b in blocks if b.zone == "body"])
    for block, following in zip_longest(body, body[1:]):
        builder.add(block, following, block.start < body_start)
    for node in builder.nodes:
        if node.own_role and node.role == "orientation":
            _decide_orientation(node)
    return Outline(tuple(builder.roots), tuple(builder.nodes))


def _decide_orientation(heading: Node) -> None:
    """Directions of development that are divided by subject say what is to be done; a few sentences are a point of view: "III. Định hướng
    phát triển" | "1. Về tín dụng" | "a) Mở rộng quỹ …"."""
    subjects = [n for n in heading.walk() if n is not heading and n.label is not None and n.children]
    role = "tasks" if len(subjects) > 1 else "viewpoint"
    for node in heading.walk():
        if node.role == "orientation":
            opening = node.parent is heading and node.label is None and not node.children
            node.role = "viewpoint" if opening else role


class _Builder:
    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.zone = "preamble"

    def add(self, block: Block, following: Block | None, preamble: bool) -> None:
        label = None if block.table or preamble else parse_label(block.text)
        if label is not None and label.style == "annex":
            self.stack, self.zone = [], "annex"
        elif self.zone == "body" and not block.table and _SIGNATURE.match(block.text) and len(block.text) < 120:
            self.stack, self.zone = [], "signature"
        elif (
            self.zone == "signature"
            and block.table is not None
            and block.table.n_rows > 2
            and block.table.n_columns > 2
        ):
            self.stack, self.zone = [], "annex"  # a table behind the signature, its caption lost
        elif self.zone == "preamble" and label is not None and not preamble and label.style not in BULLETS:
            self.zone = "body"
        elif self.zone == "signature" and label is not None and label.style in ("roman", "part", "chapter"):
            self.zone = "body"  # the plan behind the decision that issues it
        if (
            label is None
            and not block.table
            and not preamble
            and self.zone in ("preamble", "body", "annex")
            and (is_plain_heading(block) or is_bare_heading(block, following))
        ):
            label = Label("heading", None, 0)
            self.zone = "body" if self.zone == "preamble" else self.zone
        elif label is None and self.zone == "body" and self.stack and _is_subheading(block, following, self.stack[-1]):
            label = Label("group", None, 0)
        if self.zone == "signature":
            self._put(Node(block, None, None, 99.0, block.text, block.start, None, False, "signature"))
            return
        if label is None:
            self._add_plain(block, following)
        else:
            self._add_labelled(block, label)

    def _put(self, node: Node) -> None:
        self.nodes.append(node)
        if node.parent is None:
            self.roots.append(node)
        else:
            node.parent.children.append(node)

    def _add_labelled(self, block: Block, label: Label) -> None:
        same = next(
            (n for n, open_node in enumerate(self.stack) if open_node.label and open_node.label.style == label.style),
            None,
        )
        if same is not None:
            del self.stack[same:]
        else:
            while self.stack and self.stack[-1].rank >= label.rank and not _opens_below(self.stack[-1], label):
                self.stack.pop()
        heading = block.text[label.end :].strip()
        start = block.start + block.text.find(heading, label.end) if heading else block.end
        node = self._node(block, label, label.rank, heading, start)
        self._put(node)
        self.stack.append(node)

    def _add_plain(self, block: Block, following: Block | None) -> None:
        opens = block.table is None and following is not None and _opens_list(block, following)
        if opens and self.stack and self.stack[0].label is None and leadin_role(block.text):
            self.stack = []  # in running text one list ends where a sentence opens the next
        while self.stack and not self._takes(self.stack[-1], block):
            self.stack.pop()
        top = self.stack[-1].rank if self.stack else 4.0
        node = self._node(block, None, min(top + 0.45, 10.9), block.text, block.start, opens)
        self._put(node)
        if opens:
            node.opens = True
            self.stack.append(node)

    def _takes(self, open_node: Node, block: Block) -> bool:
        """Whether a plain block stands under an open node: under headings, and under a sentence that opened this list."""
        if open_node.label is None:
            if block.table is not None:
                return True
            labelled = any(c.label is not None for c in open_node.children)
            return not labelled and _starts_with_quantity(block.text)
        if open_node.label.style in ("annex", "heading", "part", "chapter", "section", "article", "roman", "capital"):
            return True
        if block.table is not None:
            return not open_node.is_bullet or open_node.heading.rstrip().endswith(":")
        return is_heading_like(open_node) and not _ends_list(open_node)

    def _node(
        self, block: Block, label: Label | None, rank: float, heading: str, start: int, opens: bool = False
    ) -> Node:
        parent = self.stack[-1] if self.stack else None
        inherited = parent.role if parent else None
        role, own = inherited, False
        if label is not None and label.style not in BULLETS and label.style != "annex":
            found = section_role(heading)
            if found in ("viewpoint", "orientation") and inherited in _OBJECTIVES and _TOWARDS_YEAR.match(key(heading)):
                found = None  # "2.2. Định hướng đến năm 2030" among the aims
            if found and _begins_section(found, inherited, heading, label):
                role, own = found, True
        elif (
            label is not None
            and label.style in BULLETS
            and is_short_heading(heading)
            and section_role(heading) in ("objective_general", "objective_specific")
        ):
            role, own = section_role(heading), True
        if (
            label is not None
            and not own
            and label.style == "article"
            and inherited is None
            and _GIVES.match(key(heading))
        ):
            role, own = "organisation", True
        elif inherited is None and not own and (opens or (label is not None and label.style not in BULLETS)):
            found = leadin_role(heading) if label is None else announced_role(heading)
            if found:
                role, own = found, True
        return Node(block, label, parent, rank, heading, start, role, own, self.zone)


def _opens_below(above: Node, label: Label) -> bool:
    """Whether a first mark stands below a heading that it usually stands above: "(1) Hạ tầng số / a) Lắp …", though "(1)" stands
    below "a)" elsewhere, and "III. NHIỆM VỤ / A. Thể chế", though capitals gather Roman figures elsewhere."""
    if label.style == "capital":
        roman = above.label is not None and above.label.style == "roman"
        return roman and label.mark == "A" and not any(c.label for c in above.children)
    bracketed = above.label is not None and above.label.style in ("paren", "decimal_paren")
    return bracketed and bool(_FIRST_MARK.fullmatch(label.mark or "")) and is_heading_like(above)


def _begins_section(found: str, inherited: str | None, heading: str, label: Label) -> bool:
    """Whether a heading that names a kind of section begins one: among tasks only some do, and a letter among money says something of it,
    "c) Hình thức đầu tư: Hợp tác công tư."."""
    if inherited in WORK:
        return found in WORK or _leaves_work(heading, label)
    return not (inherited == "finance" and found in WORK and label.style in _LETTERS and ":" in heading)


def _leaves_work(heading: str, label: Label) -> bool:
    """Whether a heading among tasks begins another kind of section: "Kinh phí thực hiện" does; "Kinh phí đào tạo nghề" is
    about a task, and "Thời gian thực hiện: Năm 2026." says something of one."""
    words, _, statement = collapse(heading).partition(":")
    says_of_task = section_role(heading) == "scope" or label.style in _LETTERS
    return is_structural(words) and not (statement and says_of_task)


def _is_subheading(block: Block, following: Block | None, above: Node) -> bool:
    """A line in bold without number among tasks or duties that heads what follows: "**Tuyên truyền**" above "- Mở lớp"."""
    if not block.bold or block.table is not None or following is None or following.bold or following.table is not None:
        return False
    if holds_national_title(block.text) or _MOTTO.match(block.text):  # of a form among the text
        return False
    open_section = above if above.role in WORK or above.role == "organisation" else None
    label = parse_label(following.text)
    listed = label is None or label.style in BULLETS or label.style in _LETTERS
    return (
        open_section is not None and listed and is_short_heading(block.text) and not block.text.rstrip().endswith(":")
    )


def _opens_list(block: Block, following: Block) -> bool:
    if not _OPENS_LIST.search(key(block.text)):
        return False
    if following.table is not None:
        return True
    label = parse_label(following.text)
    if label is None:
        return _starts_with_quantity(following.text)
    return label.style not in _NUMBERED


def _ends_list(node: Node) -> bool:
    """Whether a line is the last of a list of short items without closing marks, rather than a heading: the items before it
    have nothing below them either."""
    if node.block.bold or node.children or node.parent is None or node.label is None:
        return False
    before = [n for n in node.parent.children if n is not node and n.label and n.label.style == node.label.style]
    return bool(before) and all(not n.children and not ends_sentence(n.heading) for n in before)


def _starts_with_quantity(text: str) -> bool:
    quantities = find_quantities(text[:80])
    return bool(quantities) and quantities[0].start <= 2


def is_heading_like(node: Node) -> bool:
    """Whether a numbered line heads what follows, rather than being a complete item: it has no closing mark, is bold, or counts a step:
    "2.1. Bước 1: Kiểm tra nhà." """
    if node.label is None:
        return False
    if node.is_bullet:
        return node.label.style == "star" and not ends_sentence(node.heading)
    return (
        (node.block.bold and len(node.heading) < 200)
        or bool(_STEP.match(key(node.heading)))
        or not ends_sentence(node.heading)
        or node.heading.rstrip().endswith(":")
    )
