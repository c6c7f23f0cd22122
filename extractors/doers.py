"""Doers that an item takes from the headings above it: agencies, bodies that no list holds, people and firms."""

from __future__ import annotations

import re

from extractors.duties import read_duties
from extractors.findings import Evidence, Mention
from extractors.outline import Node
from extractors.roles import FRONT
from extractors.unlisted import is_ordered, private_heading, unlisted_heading
from normalizers.agencies import find_agencies, without_agencies
from normalizers.agency_mention import AgencyMention
from normalizers.memo import remembered
from normalizers.text import key

_ORDERED = re.compile(r"^\s*(?:đề\s+nghị|giao|yêu\s+cầu)\s+", re.IGNORECASE)
_JOINS = re.compile(r"[\s,;:.]|và|các")
_BRACKET = re.compile(r"\([^()]*\)")
# "Sở Y tế - cơ quan thường trực Kế hoạch:"
_ITS_PART = re.compile(
    r"\s[-–]\s*(?:là\s+)?(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:thường\s+trực|đầu\s+mối)[^:.;]{0,60}", re.IGNORECASE
)
_NAMED_BELOW = re.compile(r"(?:cơ\s+quan|đơn\s+vị|sở|ngành)\s+sau(?:\s+đây)?(?!\w)")
_LONG_HEADING = 160
_LEADING = re.compile(r"(?<!\w)(?:chủ\s+trì|phối\s+hợp(?:\s+với)?|chỉ\s+đạo)(?!\w)", re.IGNORECASE)


@remembered
def agencies_of_heading(heading: str) -> tuple[AgencyMention, ...]:
    """Agencies of a heading that names little else: "6. Sở Y tế, Sở Nội vụ", "Đề nghị Công an tỉnh:"; empty for other headings."""
    heading = _ORDERED.sub(lambda m: " " * len(m.group()), heading)
    heading = _ITS_PART.sub(lambda m: " " * len(m.group()), heading)
    heading = _BRACKET.sub(lambda m: " " * len(m.group()), heading)  # "Sở Y tế (cơ quan thường trực)"
    found = find_agencies(heading)
    if not any(m.end > m.start for m in found):
        return ()
    inside = sum(_letters(heading[m.start : m.end]) for m in found)
    return found if inside * 10 >= _letters(heading) * 7 else ()


def _letters(words: str) -> int:
    """Letters of words, those that join names and their marks aside."""
    return len(_JOINS.sub("", key(words)))


def subject_of_heading(node: Node) -> str:
    """What a heading is about: its words without agencies and, where it names who acts, without the verbs of leading.

    "Sở Y tế chủ trì, phối hợp các sở" → nothing
    """
    words = without_agencies(node.heading)
    return _LEADING.sub(" ", words) if names_doers(node) else words


def names_doers(node: Node) -> bool:
    """Whether a heading names who acts rather than a subject: "Sở Y tế", "Công an tỉnh chỉ đạo lực lượng cảnh sát"."""
    return _names_doers(node.heading)


@remembered
def _names_doers(heading: str) -> bool:
    return bool(_mentions_of_heading(heading, 0, ""))


def doers_above(node: Node) -> tuple[Mention, ...]:
    """The agencies of the nearest heading that names nothing else ("3.5. Sở Y tế"), or that a lead-in gives the items to."""
    parent = node.parent
    while parent is not None and parent.role == node.role:
        heads = _mentions_of_heading(parent.heading, parent.heading_start, parent.path()) if parent.label else ()
        if not heads and parent.role == "organisation":
            heads = _announced_doer(parent)
        if not heads and parent.label and not parent.own_role:
            heads = _unlisted_above(parent)
        if heads:
            return heads
        parent = parent.parent
    return ()


def _unlisted_above(heading: Node) -> tuple[Mention, ...]:
    """The doer of a heading that no list holds: any body in a chapter of duties, elsewhere one beside agencies or one asked to act."""
    beside = _beside_agencies(heading)
    place = (heading.heading, heading.heading_start, heading.path())
    if heading.role == "organisation":
        return unlisted_heading(*place) or (private_heading(*place) if beside else ())
    return unlisted_heading(*place) if beside or is_ordered(heading.heading) else ()


def _beside_agencies(node: Node) -> bool:
    siblings = node.parent.children if node.parent is not None else []
    return any(s is not node and s.label is not None and agencies_of_heading(s.heading) for s in siblings)


def _announced_doer(node: Node) -> tuple[Mention, ...]:
    """The agency a lead-in gives the items to: "UBND tỉnh phân công Sở Y tế có trách nhiệm thực hiện các việc sau:"."""
    if not node.heading.rstrip().endswith(":"):
        return ()
    leads = [m for m in read_duties(node.heading, node.heading_start, node.path()) if m.role_code == "lead"]
    follow = bool(
        _NAMED_BELOW.search(key(node.heading))
    )  # "Các cơ quan, đơn vị sau đây có trách nhiệm …:" | "1. Sở Y tế …"
    return () if follow and all(m.is_class for m in leads) else tuple(leads[:3])


def _mentions_of_heading(heading: str, offset: int, section: str) -> tuple[Mention, ...]:
    """Mentions of an agency heading, as leads of what stands under it.

    "4.1. Sở Y tế" → lead · "Sở Nội vụ chủ trì, phối hợp Sở Y tế" → lead, cooperate · "Công an tỉnh chỉ đạo
    lực lượng cảnh sát" → lead
    """
    return tuple(
        Mention(
            "lead",
            "derived",
            m.agency,
            m.province_slug,
            m.text,
            m.is_class,
            m.match_method,
            Evidence(offset + m.start, offset + m.end, section, "agency_of_heading"),
        )
        for m in agencies_of_heading(heading)
    ) or _heading_with_verb(heading, offset, section)


def _heading_with_verb(heading: str, offset: int, section: str) -> tuple[Mention, ...]:
    """Roles of a heading that begins with an agency and says that it leads or directs, without being a sentence."""
    words = heading.rstrip(" :")
    first = next(iter(find_agencies(words)), None)
    if (
        first is None
        or len(words) > _LONG_HEADING
        or words.endswith((".", ";"))
        or not FRONT.fullmatch(key(words), 0, first.start)
    ):
        return ()
    found = read_duties(words, offset, section)
    return found if found and found[0].evidence.start - offset <= first.start and found[0].role_code == "lead" else ()
