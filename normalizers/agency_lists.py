"""Lists of agencies that share their first word: "các Sở: Công Thương, Kế hoạch và Đầu tư", "Sở Y tế, Nội vụ"."""

from __future__ import annotations

import re

from normalizers.agency_lexicon import agency_name, bare_names
from normalizers.agency_mention import AgencyMention
from normalizers.text import collapse, key

_LIST_HEAD = re.compile(
    r"(?<!\w)(?:(?:các|những|hai|ba|bốn|2|02|3|03)\s+(sở|bộ|phòng|ban|hội)(?:\s*,\s*(?:ban\s*,\s*)?ngành)?\s*:?|(sở|bộ|phòng)\s*:|liên\s+(ngành|sở)\s*:?)\s*"
)
_GOES_ON = re.compile(r"\s*(?:,|;|và|\+|/|-)\s*(?:(?:và|các|sở)\s+)?")
# An item of a list that shares the first word of the name before it: "Sở Tài chính, Xây dựng và Y tế".
_SHARED_HEAD = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_MARKS = (
    "các sở",
    "những sở",
    "sở:",
    "các bộ",
    "bộ:",
    "các phòng",
    "phòng:",
    "các ban",
    "các hội",
    "hai sở",
    "liên ngành",
    "liên sở",
    "ba sở",
    " sở:",
)


def find_lists(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Items of lists that share their first word: "các Sở: Công Thương, Kế hoạch và Đầu tư, Tài chính", "Sở Y tế, Nội vụ"."""
    found: list[AgencyMention] = []
    keyed = key(text)
    for head in _LIST_HEAD.finditer(keyed) if any(mark in keyed for mark in _MARKS) else ():
        word = head.group(1) or head.group(2) or "sở"
        found += _items(text, word, head.end(), [*named, *found])
    for m in list(named):
        first = key(m.text[:3]).rstrip()
        gap = _SHARED_HEAD.match(keyed, m.end) if first in ("sở", "bộ") else None
        if gap is None or any(m.end <= f.start <= m.end + 4 for f in found):
            continue
        found += _items(text, first, gap.end(), [*named, *found])
    return found


def _items(text: str, head: str, position: int, named: list[AgencyMention]) -> list[AgencyMention]:
    found: list[AgencyMention] = []
    names = bare_names(head)
    hits = {h.start: h for h in names.find(text[position : position + 600])}
    offset = 0
    while True:
        hit, start = hits.get(offset), position + offset
        own = next((n for n in named if n.start == start), None)
        if own is not None:
            end = own.end
        elif (
            hit is None
            or any(n.start < position + hit.end and start < n.end for n in named)
            or not text[start].isupper()
        ):
            return found
        else:
            end = position + hit.end
            agency = agency_name(hit.entry.code)
            found.append(AgencyMention(start, end, collapse(text[start:end]), agency, False, None, "elliptical"))
        gap = _GOES_ON.match(text, end)
        if not gap:
            return found
        offset = gap.end() - position
