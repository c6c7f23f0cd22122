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
_LONGEST_ITEM = 120
_MARKS = re.compile(r"các (?:sở|bộ|phòng|ban|hội)|những sở|hai sở|ba sở|liên sở|liên ngành|sở:|bộ:|phòng:")


def find_lists(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Items of lists that share their first word: "các Sở: Công Thương, Kế hoạch và Đầu tư, Tài chính", "Sở Y tế, Nội vụ"."""
    keyed = key(text)
    heads = list(_LIST_HEAD.finditer(keyed)) if _MARKS.search(keyed) else []
    shared = [
        (m, first, gap.end())
        for m in named
        if (first := key(m.text[:3]).rstrip()) in ("sở", "bộ") and (gap := _SHARED_HEAD.match(keyed, m.end))
    ]
    if not heads and not shared:
        return []
    walk = _Walk(text, named)
    for head in heads:
        walk.items(head.group(1) or head.group(2) or "sở", head.end())
    for m, first, position in shared:
        if m.end not in walk.passed:
            walk.items(first, position)
    return walk.found


class _Walk:
    """Goes along the lists of a text; `passed`: ends of the items it has gone by, so that none is walked twice."""

    def __init__(self, text: str, named: list[AgencyMention]) -> None:
        self.text = text
        self.found: list[AgencyMention] = []
        self.passed: set[int] = set()
        self._by_start = {m.start: m for m in named}
        self._taken = {n for m in named for n in range(m.start, m.end)}

    def items(self, head: str, position: int) -> None:
        """Reads items from a position on, each a name without its first word (`head`), or a name of its own."""
        names = bare_names(head)
        while True:
            own = self._by_start.get(position)
            if own is not None:
                end = own.end
            else:
                window = self.text[position : position + _LONGEST_ITEM]
                hit = next(iter(names.find(window)), None) if window[:1].isupper() else None
                if hit is None or hit.start > 0 or not self._taken.isdisjoint(range(position, position + hit.end)):
                    return
                end = position + hit.end
                words, agency = collapse(self.text[position:end]), agency_name(hit.entry.code)
                mention = AgencyMention(position, end, words, agency, False, None, "elliptical")
                self.found.append(mention)
                self._by_start[position] = mention
            if end in self.passed:
                return
            self.passed.add(end)
            gap = _GOES_ON.match(self.text, end)
            if gap is None:
                return
            position = gap.end()
