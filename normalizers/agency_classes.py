"""Classes of agencies: "các Sở, ban, ngành liên quan", "UBND các xã, phường, đặc khu", "các doanh nghiệp"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from normalizers.lexicon import alternatives, load
from normalizers.localities import PLACE_NAME
from normalizers.text import UPPER, key

_ENTRIES = load("classes")
_HEADS = {
    entry.code.removeprefix("head_"): alternatives(entry.forms) for entry in _ENTRIES if entry.code.startswith("head_")
}
_GENERIC = alternatives(form for entry in _ENTRIES if entry.code.startswith("head_") for form in entry.forms)
_WIDER, _END = (alternatives(f for e in _ENTRIES if e.code == code for f in e.forms) for code in ("wider", "end"))
_TAIL = rf"(?:\s+(?:{_END})(?!\w))*"
_ITEM = rf"(?:{_GENERIC})(?!\w)(?:\s+(?:{_WIDER})(?!\w))*"
_LIST = rf"(?:\s*,\s*(?:(?:các\s+)?{_ITEM})|\s+và\s+(?:(?:các|những)\s+)?{_ITEM}|\s*-\s*{_ITEM})*"
_SHARED = rf"(?:\s*,\s*(?:{_WIDER})(?!\w)(?=\s*(?:[,;.)]|$|(?:và|đào|tổ|phối|triển|tham|thực)\s)))*"  # "các trường đại học, cao đẳng"
_CLASS = re.compile(rf"(?<!\w)(?:(?:tất\s+cả\s+)?(?:các|những|mọi)\s+){_ITEM}{_LIST}{_SHARED}{_TAIL}(?!\w)")
_KINDS = tuple((kind, re.compile(rf"(?:{heads})(?!\w)")) for kind, heads in _HEADS.items() if kind != "body")
_FIRST = re.compile(rf"(?:tất\s+cả\s+)?(?:các\s+|những\s+|mọi\s+)?({_GENERIC})")
_JOIN_LEFT = re.compile(r"[,;:\s](?:[,;:\s]|(?<=[,;:\s])(?:và|các|những))*+$")
_JOIN_ENDS = (",", ";", ":", "và", "các", "những")
_LIST_GAP = re.compile(r"\s*:?\s*")
_NAME_BEHIND = re.compile(rf"\s+[{UPPER}]\w")
_HEAD = re.compile(rf"(?:,\s*|(?<!\w)và\s+)((?:các\s+|những\s+)?({_GENERIC})(?!\w))")
_COMMITTEE_KEY = r"(?:ubnd|ủy\s+ban\s+nhân\s+dân|hđnd\s*(?:,|và)\s*ubnd|hđnd|hội\s+đồng\s+nhân\s+dân)"
_LEVEL = r"(?:cấp\s+)?(?:huyện|quận|thị\s+xã|thành\s+phố|thị\s+trấn|xã|phường|đặc\s+khu|địa\s+phương|cấp)"
_ONE_LEVEL = re.compile(rf"^{_COMMITTEE_KEY}\s+(?:xã|phường|huyện|thị\s+trấn)$")
_COMMITTEES = re.compile(
    rf"(?<!\w){_COMMITTEE_KEY}\s+(?:(?:các|những)\s+(?:cấp|tỉnh|{_LEVEL})|(?:các\s+)?(?:địa\s+bàn\s+)?cấp\s+(?:huyện|xã|cơ\s+sở)|{_LEVEL}\s*(?:,|và|/)\s*{_LEVEL}|(?:xã|phường|huyện|thị\s+trấn))"
    rf"(?:\s*[,/]\s*{_LEVEL}|\s+và\s+{_LEVEL})*(?:\s+(?:có\s+)?liên\s+quan|\s+trực\s+thuộc\s+trung\s+ương|\s+trên\s+địa\s+bàn(?:\s+tỉnh)?)?(?!\w)"
)
_FIRST_WORDS = frozenset(
    key(form).split()[0] for entry in _ENTRIES if entry.code.startswith("head_") for form in entry.forms
)
_NEXT_WORD = re.compile(r"\s+(\w+)")
# Behind the first letter of each: that no other stands in front. So the search goes from one such letter to the next.
_COMMITTEE_HEAD = re.compile(r"u(?<!\w.)bnd|h(?<!\w.)(?:đnd|ội\s+đồng\s+nhân)|ủ(?<!\w.)y\s+ban\s+nhân")
_CLASS_HEAD = re.compile(r"(?:t(?<!\w.)ất\s+cả\s+(?:các|những|mọi)|c(?<!\w.)ác|n(?<!\w.)hững|m(?<!\w.)ọi)(?=\s)")
_BARE_HEAD = re.compile(
    r"(?:c(?<!\w.)ơ\s+quan|s(?<!\w.)ở|b(?<!\w.)ộ|t(?<!\w.)rường|d(?<!\w.)oanh\s+nghiệp|đ(?<!\w.)ơn\s+vị)(?!\w)"
)
_BARE_CLASS = re.compile(
    rf"(?<!\w)(?<!cấp\s)(?<!trụ\s)(?:cơ\s+quan\s+(?:truyền\s+thông|báo\s+chí|chức\s+năng|liên\s+quan)|(?:sở|bộ)\s*,\s*(?:ban\s*,\s*)?ngành(?:\s*,\s*(?:đoàn\s+thể|địa\s+phương|đơn\s+vị))*{_TAIL}"
    rf"|trường\s+đại\s+học|trường\s+cao\s+đẳng|(?:doanh\s+nghiệp|cơ\s+quan|đơn\s+vị)\s*,\s*{_ITEM}(?:\s*,\s*{_ITEM})*{_TAIL})(?!\w)"
)
_COUNCIL = r"(?:hđnd|hội\s+đồng\s+nhân\s+dân)(?:\s+(?:tỉnh|thành\s+phố|huyện|xã|phường))?"
_DELEGATE = rf"(?:các\s+ban(?:\s+của)?|(?:các\s+)?(?:tổ\s+)?(?:vị\s+)?đại\s+biểu)\s+{_COUNCIL}"
# "các Ban của HĐND, Tổ đại biểu HĐND và đại biểu HĐND tỉnh giám sát …"; "các Vụ, Cục liên quan", for "các vụ" alone are cases.
_FIXED = re.compile(
    rf"(?<!\w)(?:(?:(?:các\s+)?cấp\s+ủy(?:\s+đảng)?\s*(?:,|và)\s*)?chính\s+quyền\s+các\s+cấp|{_DELEGATE}(?:(?:\s*[,;]\s*|\s+và\s+){_DELEGATE})*|các\s+(?:vụ\s*,\s*cục|cục\s*,\s*vụ)(?:\s*,\s*(?:viện|trường|đơn\s+vị))*{_TAIL})(?!\w)"
)
_IN_FIXED = ("quyền", "hđnd", "nhân", "cục")  # without one of them nothing of these is said
_PROPER_BEHIND = re.compile(
    rf"(?:\s*,\s*|\s+và\s+|\s+)(?:(?:thành\s+phố|thị\s+xã|huyện|xã|phường|TP\.?)\s+)?({PLACE_NAME})(?=\s*(?:[,;.:)]|và\s|$|có\s|tổ\s|phối\s|chủ\s|căn\s|theo\s|tăng\s|chỉ\s))"
)


# A kind of class, where it can begin, and words of which each needs one.
_SEARCHES = (
    (_COMMITTEES, _COMMITTEE_HEAD, ("ubnd", "hđnd", "nhân")),
    (_CLASS, _CLASS_HEAD, ("các", "những", "mọi")),
    (_BARE_CLASS, _BARE_HEAD, ("quan", "ngành", "trường", "doanh", "đơn")),
)


class Named(Protocol):
    """Words that name one agency: their offsets, and how the name was found."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def match_method(self) -> str: ...


def find_classes(text: str, named: Sequence[Named]) -> list[tuple[int, int]]:
    """Offsets of the classes of a text; `named` are its named agencies, which a class does not run into.

    "Các sở, ngành; UBND các xã" → two · "UBND xã Tân Lập" is one committee, no class
    """
    keyed = key(text)
    found = [m.span() for m in _FIXED.finditer(keyed)] if any(word in keyed for word in _IN_FIXED) else []
    for start, end in found:
        keyed = keyed[:start] + "|" * (end - start) + keyed[end:]
    for pattern, heads, words in _SEARCHES:
        if not any(word in keyed for word in words):
            continue
        for m in _from_heads(pattern, heads, keyed):
            if pattern is _COMMITTEES and _NAME_BEHIND.match(text, m.end()) and _ONE_LEVEL.search(m.group()):
                continue
            start, end = m.start(), _before_names(keyed, m.start(), m.end(), named)
            if end <= start or _announces_names(keyed, end, named):
                continue
            if pattern is _COMMITTEES:
                end = _with_proper_names(text, end, named)
            found += [(a, a + len(_without_join(text[a:b]))) for a, b in _by_kind(keyed, start, end)]
        for start, end in found:  # one kind of body ends where the next begins
            keyed = keyed[:start] + "|" * (end - start) + keyed[end:]
    return sorted(found)


def _without_join(words: str) -> str:
    """The words of a class without the comma or "và" behind it."""
    return _JOIN_LEFT.sub("", words) if words.endswith(_JOIN_ENDS) or words[-1:].isspace() else words


def _from_heads(pattern: re.Pattern[str], heads: re.Pattern[str], keyed: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern where one of its first words stands, without overlap: far fewer places to try than every letter."""
    end = 0
    for head in heads.finditer(keyed):
        first = _NEXT_WORD.match(keyed, head.end()) if pattern is _CLASS else None
        if first is not None and first.group(1) not in _FIRST_WORDS:
            continue
        m = pattern.match(keyed, head.start()) if head.start() >= end else None
        if m is not None:
            end = m.end()
            yield m


def _by_kind(keyed: str, start: int, end: int) -> list[tuple[int, int]]:
    """One class for each kind of body: "các trường đại học, viện nghiên cứu và các doanh nghiệp" → three."""
    first = _FIRST.match(keyed, start)
    if first is None:
        return [(start, end)]
    heads = [
        (start, _kind_of(first.group(1))),
        *((m.start(1), _kind_of(m.group(2))) for m in _HEAD.finditer(keyed, start, end)),
    ]
    cuts = [start, *(at for (at, kind), (_, above) in zip(heads[1:], heads, strict=False) if kind != above), end]
    return list(itertools.pairwise(cuts))


@cache
def _kind_of(head: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.match(head)), "body")


def _before_names(keyed: str, start: int, end: int, named: Sequence[Named]) -> int:
    """Where a class ends that runs into a named agency. "các Ủy ban khác của Quốc hội" keeps its whole; in "các Sở Tài chính,
    ngành Thuế" the words before the name only announce it, and nothing is left."""
    inside = [n for n in named if n.start < end and start < n.end]
    inside = [n for n in inside if not (keyed[: n.start].rstrip().endswith("của") and n.end <= end)]
    if not inside:
        return end
    first = min(n.start for n in inside)
    head = keyed[start:first].rstrip()
    if not re.search(r",|(?<!\w)và(?!\w)", head) or re.search(r"(?:các|những)\s+\w+\s*:?$", head):
        return start
    return first


def _announces_names(keyed: str, end: int, named: Sequence[Named]) -> bool:
    """Whether a list of names follows: "các Sở: Công Thương, …", "các sở, ngành: Công an tỉnh, Y tế"."""
    gap = _LIST_GAP.match(keyed, end)
    if gap is None:
        return False
    colon = ":" in gap.group()
    return any(n.start == gap.end() and (colon or n.match_method == "elliptical") for n in named)


def _with_proper_names(text: str, end: int, named: Sequence[Named]) -> int:
    """Takes in the places a class goes on with: "UBND các huyện, thành phố Tân An"."""
    while m := _PROPER_BEHIND.match(text, end):
        if any(n.start < m.end() and m.start(1) <= n.start for n in named) or re.match(
            r"Sở|Ban|Ủy|UBND|Đài|Báo|Công\s+an|Hội|Bộ|Chi|Các", m.group(1)
        ):
            break
        end = m.end(1)
    return end
