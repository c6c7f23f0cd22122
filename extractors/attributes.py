"""Lines that say of the item above them who does it, by when and with what result; they are no items themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.columns import cue_gazetteer
from extractors.duties import closing_roles, first_role, read_cell, role_starts
from extractors.findings import Mention
from extractors.outline import Node, Outline
from normalizers.memo import remembered
from normalizers.task_times import TaskTime, parse_time_cell
from normalizers.text import collapse, key

_CARRIERS = frozenset({"tasks", "solutions"})
_COLON = re.compile(r"\s*(?:\([^)]*\)\s*)?:")
_MARK_BEFORE = re.compile(r"(?:^|[.;,(+*•\n-])\s*$")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What attribute lines say of an item; `end` is the offset behind the last of them."""

    mentions: tuple[Mention, ...] = ()
    time_text: str | None = None
    time: TaskTime | None = None
    result: str | None = None
    end: int = 0


def is_attribute(node: Node) -> bool:
    """Whether a node of a section of tasks is an attribute line.

    "b) Cơ quan phối hợp: Sở Tư pháp." and "- Thời gian: Quý II năm 2026" are; "- Tổ chức hội nghị: 3 cuộc" is not.
    """
    return node.role in _CARRIERS and node.block.table is None and states_attribute(node.heading)


@remembered
def states_attribute(text: str) -> bool:
    """Whether a line begins with a role or another cue of an attribute and a colon."""
    if closing_roles(collapse(text)):
        return True
    segments = _segments(text)
    return bool(segments) and not text[: segments[0][1]].strip(" -+*•(")


def has_only_attributes(node: Node) -> bool:
    """Whether all that stands below a node are attribute lines: then the node is the item."""
    return bool(node.children) and all(is_attribute(c) for c in node.children)


def within_attribute(node: Node) -> bool:
    """Whether a node is an attribute line or stands below one."""
    at: Node | None = node
    while at is not None:
        if is_attribute(at):
            return True
        at = at.parent
    return False


def read_attributes(outline: Outline) -> dict[int, Attributes]:
    """Attributes by the identity of the node they belong to.

    Lines below an item are its own. Lines among its siblings hold for all of them where they stand together once, else for
    the items since the lines before, or, where the first stand in front of every item, for the items up to the next.
    """
    found: dict[int, Attributes] = {}
    for node in outline.nodes:
        if not any(is_attribute(c) for c in node.children):
            continue
        if has_only_attributes(node):
            found[id(node)] = _read(node.children)
            continue
        for lines, items in _runs(node.children):
            attributes = _read(lines)
            for item in items:
                found.setdefault(id(item), replace(attributes, end=0))
    return found


def _runs(children: Sequence[Node]) -> list[tuple[list[Node], list[Node]]]:
    """Attribute lines that stand together, each with the items they hold for."""
    runs: list[tuple[list[Node], list[Node]]] = []
    above: list[Node] = []
    for child in children:
        if not is_attribute(child):
            above.append(child)
        elif runs and not above:
            runs[-1][0].append(child)
        else:
            runs.append(([child], above))
            above = []
    if len(runs) == 1:
        return [(runs[0][0], [*runs[0][1], *above])]
    if not runs[0][1]:  # the lines stand in front of their items
        return [
            (lines, behind) for (lines, _), behind in zip(runs, [*(items for _, items in runs[1:]), above], strict=True)
        ]
    return runs


def _read(lines: Sequence[Node]) -> Attributes:
    return replace(_said([(n.heading, n.heading_start, n.path()) for n in lines]), end=lines[-1].end)


def _said(lines: Sequence[tuple[str, int, str]]) -> Attributes:
    """Attributes of lines, each with its words, their offset in the document and the path of its section."""
    mentions: list[Mention] = []
    said: dict[str, str] = {}
    for words, offset, path in lines:
        roles = words
        for code, start, value, end in _segments(words):
            said.setdefault(code, collapse(words[value:end]).strip(" .;)"))
            roles = roles[:start] + " " * (end - start) + roles[end:]
        if closing_roles(collapse(roles)):
            mentions += read_cell(roles, offset, path, None)
    time = said.get("time")
    return Attributes(
        tuple(mentions), time or None, parse_time_cell(time) if time else None, said.get("result") or None
    )


def inline_attributes(node: Node) -> tuple[Attributes, int]:
    """What an item says of itself behind its words, and the offset in its heading where that begins.

    "Lập quy chế. Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ. Thời gian: Quý III/2026." → roles and time
    """
    said = [first_role(node.heading), *(at for code, at, *_ in _segments(node.heading) if code == "time" and at > 0)]
    start = min((at for at in said if at is not None), default=None)
    if start is None:
        return Attributes(), len(node.heading)
    tail = node.heading[start:].rstrip(" .)")
    return _said([(tail, node.heading_start + start, node.path())]), start


def _segments(text: str) -> list[tuple[str, int, int, int]]:
    """Attributes that a line states: code, where the cue, the value and the end of the value stand."""
    marks = []
    for hit in cue_gazetteer("attributes").find(text):
        colon = _COLON.match(text, hit.end)
        if colon and _MARK_BEFORE.search(key(text[: hit.start])):
            marks.append((hit.entry.code, hit.start, colon.end()))
    if not marks:
        return []
    stops = sorted([*(start for _, start, _ in marks), *role_starts(text), len(text)])
    return [(*mark, next(stop for stop in stops if stop >= mark[2])) for mark in marks]
