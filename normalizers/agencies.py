"""Agencies named in text: departments, ministries, local committees, and classes such as "các Sở, ngành liên quan"."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache

from normalizers.lexicon import Entry, Gazetteer, load
from normalizers.memo import remembered
from normalizers.places import PlaceMention, find_places
from normalizers.text import collapse, key

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}]\w*(?:(?:\s+|\s*-\s*)[{_UPPER}]\w*){{0,3}}"
_COMMITTEE = r"(?:UBND|[ỦU]y\s+ban\s+[nN]hân\s+dân|Uỷ\s+ban\s+[nN]hân\s+dân)"
_LOCAL_KIND = r"(?:xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|đặc\s+khu)"
_LOCAL_BODY = re.compile(rf"{_COMMITTEE}\s+(?i:({_LOCAL_KIND}))\s+((?:\d{{1,2}}\s+)?{_NAME}(?:\s+\d{{1,2}}(?!\d))?)")
_NEWSPAPER = re.compile(r"Báo\s+(?=[^\W\d_])")
_GENERIC = (
    r"(?:tỉnh|thành|huyện|quận|thị|cấp|đảng)\s+ủy|ban\s+cán\s+sự\s+đảng|đảng\s+đoàn|sở\s+ban\s+ngành|sở\s+ngành|sở|bộ|ban\s+ngành|ban|ngành|hội|đoàn\s+thể|cơ\s+quan|đơn\s+vị|địa\s+phương|cấp|tổ\s+chức|doanh\s+nghiệp|cơ\s+sở|phòng|viện|trường|trung\s+tâm"
    r"|huyện|xã|phường|thị\s+xã|thành\s+phố|thị\s+trấn|quận|đặc\s+khu|hộ|chủ\s+đầu\s+tư|nhà\s+đầu\s+tư|chuyên\s+gia|cá\s+nhân|cộng\s+đồng"
    r"|ủy\s+ban|hợp\s+tác\s+xã|chi\s+cục|cục|tổng\s+cục|báo|đài|nhà\s+trường|hiệp\s+hội|làng\s+nghề|chủ\s+rừng"
)
_WIDER = (
    r"chính\s+quyền|đảng|sản\s+xuất(?:\s*,\s*kinh\s+doanh)?|kinh\s+doanh|công\s+nghiệp|chính\s+trị(?:\s*-\s*xã\s+hội)?|xã\s+hội|nghề\s+nghiệp|đoàn\s+thể|truyền\s+thông|báo\s+chí"
    r"|thông\s+tấn|nghiên\s+cứu|đại\s+học|cao\s+đẳng|học|đào\s+tạo|sự\s+nghiệp(?:\s+công\s+lập)?|công\s+lập|chuyên\s+môn|chức\s+năng|tư\s+vấn|khoa\s+học(?:\s+và\s+công\s+nghệ)?|khcn"
    r"|tài\s+chính|tín\s+dụng|quần\s+chúng|trung\s+ương|tỉnh|thành\s+phố|khác|nhà\s+nước|hành\s+chính|giáo\s+dục|trực\s+thuộc|quản\s+lý|được\s+giao|có\s+thẩm\s+quyền"
)
_TAIL = (
    r"(?:\s+(?:(?:có\s+)?liên\s+quan|khác(?:\s+có\s+liên\s+quan)?|của\s+quốc\s+hội|thuộc\s+(?:tỉnh|thành\s+phố|bộ|sở|huyện)(?!\w)|trực\s+thuộc|trên\s+địa\s+bàn(?:\s+tỉnh)?"
    r"|tham\s+gia\s+thực\s+hiện\s+(?:kế\s+hoạch|chương\s+trình|đề\s+án)(?:\s+này)?|trong\s+(?:các\s+)?(?:khu|cụm)\s+công\s+nghiệp|trong\s+(?:các\s+)?làng\s+nghề))*"
)
_ITEM = rf"(?:{_GENERIC})(?:\s+(?:{_WIDER}))*"
_CLASS = re.compile(
    rf"(?<!\w)(?:(?:tất\s+cả\s+)?(?:các|những|mọi)\s+){_ITEM}(?:\s*,\s*(?:(?:các\s+)?{_ITEM})|\s+và\s+(?:(?:các|những)\s+)?{_ITEM}|\s*-\s*{_ITEM})*{_TAIL}(?!\w)"
)
_KINDS = (
    ("institute", re.compile(r"viện")),
    ("school", re.compile(r"trường")),
    ("business", re.compile(r"doanh|cơ\s+sở|hộ|hợp|nhà\s+đầu|chủ\s+đầu")),
    ("body", re.compile("")),
)
# "Hội Nông dân huyện" is no body of the province; what it is, no list says.
_LOCAL_BEHIND = re.compile(
    rf"\s+(?:(?:cấp\s+)?(?:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn)(?!\w)(?:\s+{_NAME})?)(?!\s+hội)"
)
_FIRST = re.compile(rf"(?:tất\s+cả\s+)?(?:các\s+|những\s+|mọi\s+)?({_GENERIC})")
_JOIN_LEFT = re.compile(r"(?:[,;:\s]+(?:và|các|những)?)+$")
_PLACE_GAP = re.compile(r"\s+(?:tỉnh\s+|thành\s+phố\s+|TP\.?\s*)?")
_LIST_GAP = re.compile(r"\s*:?\s*")
_CAPITAL = re.compile(f"[{_UPPER}]")
_NAME_BEHIND = re.compile(rf"\s+[{_UPPER}]\w")
_HEAD = re.compile(rf"(?:,\s*|(?<!\w)và\s+)((?:các\s+|những\s+)?({_GENERIC})(?!\w))")
_COMMITTEE_KEY = r"(?:ubnd|ủy\s+ban\s+nhân\s+dân|hđnd\s*(?:,|và)\s*ubnd|hđnd|hội\s+đồng\s+nhân\s+dân)"
_LEVEL = r"(?:cấp\s+)?(?:huyện|quận|thị\s+xã|thành\s+phố|thị\s+trấn|xã|phường|đặc\s+khu|địa\s+phương|cấp)"
_ONE_LEVEL = re.compile(rf"^{_COMMITTEE_KEY}\s+(?:xã|phường|huyện|thị\s+trấn)$")
_COMMITTEES = re.compile(
    rf"(?<!\w){_COMMITTEE_KEY}\s+(?:(?:các|những)\s+(?:cấp|tỉnh|{_LEVEL})|cấp\s+(?:huyện|xã|cơ\s+sở)|{_LEVEL}\s*(?:,|và)\s*{_LEVEL}|(?:xã|phường|huyện|thị\s+trấn))"
    rf"(?:\s*,\s*{_LEVEL}|\s+và\s+{_LEVEL})*(?:\s+(?:có\s+)?liên\s+quan|\s+trực\s+thuộc\s+trung\s+ương|\s+trên\s+địa\s+bàn(?:\s+tỉnh)?)?(?!\w)"
)
_COMMITTEE_MARKS, _CLASS_MARKS = ("ubnd", "nhân dân", "hđnd"), ("các", "những", "mọi")
_BARE_MARKS = ("cơ quan", "sở", "trường", "doanh nghiệp", "đơn vị")
_BARE_CLASS = re.compile(
    rf"(?<!\w)(?:cơ\s+quan\s+(?:truyền\s+thông|báo\s+chí|chức\s+năng|liên\s+quan)|sở\s*,\s*(?:ban\s*,\s*)?ngành(?:\s*,\s*(?:đoàn\s+thể|địa\s+phương|đơn\s+vị))*{_TAIL}"
    rf"|trường\s+đại\s+học|trường\s+cao\s+đẳng|(?:doanh\s+nghiệp|cơ\s+quan|đơn\s+vị)\s*,\s*{_ITEM}(?:\s*,\s*{_ITEM})*{_TAIL})(?!\w)"
)
_PROPER_BEHIND = re.compile(
    rf"(?:\s*,\s*|\s+và\s+|\s+)(?:(?:thành\s+phố|thị\s+xã|huyện|xã|phường|TP\.?)\s+)?({_NAME})(?=\s*(?:[,;.:)]|và\s|$|có\s|tổ\s|phối\s|chủ\s|căn\s|theo\s|tăng\s|chỉ\s))"
)


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency before its place is known: name without place, level (central, province, district, commune), kind."""

    code: str
    name: str
    level: str
    kind: str


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """Words that name an agency or a class of agencies.

    `agency` is None for classes. `province_slug` is set where the words name the province.
    `match_method`: exact, alias, elliptical, none.
    """

    start: int
    end: int
    text: str
    agency: AgencyName | None
    is_class: bool
    province_slug: str | None
    match_method: str


@cache
def _entries() -> dict[str, Entry]:
    return {e.code: e for e in load("agencies")}


@cache
def _names() -> Gazetteer:
    return Gazetteer(load("agencies"))


@cache
def _bare_names(head: str) -> Gazetteer:
    """Names without their first word, for lists headed "các Sở: Công Thương, Tài chính"."""
    bare = []
    for e in load("agencies"):
        forms = [f[len(head) + 1 :] for f in e.forms if key(f).startswith(head + " ")]
        if key(e.fields["name"]).startswith(head + " "):
            forms += [str(f) for f in e.fields.get("bare", [])]
        forms = [f for f in forms if len(f) > 2]
        if forms:
            bare.append(Entry(e.code, tuple(forms), (), (), e.fields))
    return Gazetteer(bare)


def agency_name(code: str) -> AgencyName:
    """The agency of a lexicon code. Raises KeyError for an unknown code."""
    entry = _entries()[code]
    return AgencyName(code, str(entry.fields["name"]), str(entry.fields["level"]), str(entry.fields["kind"]))


def local_body(kind: str, name: str) -> AgencyName:
    """The people's committee of a named district or commune: ("xã", "Tân Lập") → "Ủy ban nhân dân xã Tân Lập"."""
    kind = re.sub(r"\s+", " ", kind.lower())
    level = "commune" if kind in ("xã", "phường", "thị trấn", "đặc khu") else "district"
    return AgencyName(f"UBND {kind} {name}", f"Ủy ban nhân dân {kind} {name}", level, "agency")


@remembered
def find_agencies(text: str) -> tuple[AgencyMention, ...]:
    """Agencies and classes in the order of the text, without overlap; a province named behind an agency belongs to it."""
    named = _named(text)
    named += _elliptical(text, named)
    named.sort(key=lambda m: m.start)
    named = _with_owner(text, named)
    classes = _classes(text, named)
    return tuple(sorted(named + classes, key=lambda m: m.start))


def without_agencies(text: str) -> str:
    """The text with its agencies blanked, for reading what it is about: "Sở Giáo dục và Đào tạo" is no training."""
    parts, position = [], 0
    for m in find_agencies(text):
        parts += [text[position : m.start], " " * (m.end - max(position, m.start))]
        position = max(position, m.end)
    return "".join(parts) + text[position:]


def _named(text: str) -> list[AgencyMention]:
    places = {p.start: p for p in find_places(text)}
    found: list[AgencyMention] = []
    for m in _LOCAL_BODY.finditer(text):
        name = m.group(2)
        if m.start(2) in places or re.match(r"tỉnh|và", name):
            continue
        found.append(
            AgencyMention(
                m.start(), m.end(), collapse(m.group()), local_body(m.group(1), collapse(name)), False, None, "exact"
            )
        )
    for m in _NEWSPAPER.finditer(text):
        place = places.get(m.end())
        if place:
            words = text[m.start() : place.end]
            found.append(
                AgencyMention(
                    m.start(),
                    place.end,
                    words,
                    AgencyName(words, collapse(words), "province", "agency"),
                    False,
                    place.slug,
                    "exact",
                )
            )
    taken = {n for f in found for n in range(f.start, f.end)}
    for hit in _names().find(text):
        if (
            not (_CAPITAL.search(text, hit.start, hit.end) or _is_long_name(text[hit.start : hit.end]))
            or hit.start in taken
        ):
            continue
        if text[hit.start].islower() and (
            text[max(0, hit.start - 9) : hit.start].rstrip().lower().endswith("cơ")
            or not (text.startswith("cơ quan", hit.start) or _is_long_name(text[hit.start : hit.end]))
        ):
            continue  # "cơ sở Công Thương", "đài Truyền hình": common words before a capital
        if (
            hit.entry.fields["level"] != "central"
            and re.match(r"\s+(?:và|,)?\s*(?:các|cấp)\s", text[hit.end :])
            and key(text[hit.start : hit.end]).endswith(("ubnd", "nhân dân"))
        ):
            continue
        end, slug = _place_behind(text, hit.end, places)
        taken.update(range(hit.start, end))
        name = agency_name(hit.entry.code)
        local = _LOCAL_BEHIND.match(text, hit.end) if name.level != "central" else None
        if local and text[hit.start : hit.end].split()[-1].lower() not in ("tỉnh", "phố"):
            words = collapse(text[hit.start : local.end()])
            found.append(AgencyMention(hit.start, local.end(), words, None, False, None, "none"))
            continue
        exact = key(text[hit.start : hit.end]) == key(name.name)
        found.append(
            AgencyMention(
                hit.start, end, collapse(text[hit.start : end]), name, False, slug, "exact" if exact else "alias"
            )
        )
    return found


def _is_long_name(form: str) -> bool:
    """Whether a form without capitals is still a name: "ủy ban nhân dân tỉnh", "sở tài nguyên và môi trường"."""
    return len(form.split()) >= 5 or key(form).startswith("ủy ban nhân dân")


def _place_behind(text: str, position: int, places: dict[int, PlaceMention]) -> tuple[int, str | None]:
    m = _PLACE_GAP.match(text, position)
    place = places.get(m.end()) if m else None
    return (place.end, place.slug) if place else (position, None)


def _elliptical(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """Reads "các Sở: Công Thương, Kế hoạch và Đầu tư, Tài chính" after its head."""
    found: list[AgencyMention] = []
    keyed = key(text)
    if not any(mark in keyed for mark in ("các sở", "những sở", "các bộ")):
        return found
    for head in re.finditer(r"(?<!\w)(?:các|những)\s+(sở|bộ)(?:\s*,\s*(?:ban\s*,\s*)?ngành)?\s*:?\s*", keyed):
        position = head.end()
        hits = {h.start: h for h in _bare_names(head.group(1)).find(text[position : position + 600])}
        offset = 0
        while True:
            hit = hits.get(offset)
            start = position + offset
            if hit is None or any(n.start < position + hit.end and start < n.end for n in named):
                skipped = next((n for n in named if n.start == start), None)
                if skipped is None:
                    break
                end = skipped.end
            else:
                if not text[start].isupper():
                    break
                end = position + hit.end
                name = agency_name(hit.entry.code)
                found.append(AgencyMention(start, end, collapse(text[start:end]), name, False, None, "elliptical"))
            gap = re.compile(r"\s*(?:,|;|và)\s*(?:(?:và|các)\s+)?").match(text, end)
            if not gap:
                break
            offset = gap.end() - position
    return found


def _with_owner(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    """ "Ủy ban Kinh tế và Tài chính của Quốc hội" is one body: the owner belongs to the name."""
    out: list[AgencyMention] = []
    for m in named:
        if out and key(text[out[-1].end : m.start]).strip() == "của":
            out[-1] = replace(out[-1], end=m.end, text=collapse(text[out[-1].start : m.end]))
        else:
            out.append(m)
    return out


def _classes(text: str, named: list[AgencyMention]) -> list[AgencyMention]:
    keyed = key(text)
    found: list[AgencyMention] = []
    for pattern, marks in ((_COMMITTEES, _COMMITTEE_MARKS), (_CLASS, _CLASS_MARKS), (_BARE_CLASS, _BARE_MARKS)):
        if not any(mark in keyed for mark in marks):
            continue
        for m in pattern.finditer(keyed):
            if pattern is _COMMITTEES and _NAME_BEHIND.match(text, m.end()) and _ONE_LEVEL.search(m.group()):
                continue  # "UBND xã Tân Lập" is one committee
            start, end = m.start(), _before_names(keyed, m.start(), m.end(), named)
            if end <= start or _announces_names(keyed, end, named):
                continue
            if pattern is _COMMITTEES:
                end = _with_proper_names(text, end, named)
            for a, b in _by_kind(keyed, start, end):
                b = a + len(_JOIN_LEFT.sub("", text[a:b]))
                found.append(AgencyMention(a, b, collapse(text[a:b]), None, True, None, "none"))
        for mention in found:  # one kind of body ends where the next begins
            keyed = keyed[: mention.start] + "|" * (mention.end - mention.start) + keyed[mention.end :]
    return found


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


def _kind_of(head: str) -> str:
    return next(kind for kind, pattern in _KINDS if pattern.match(head))


def _before_names(keyed: str, start: int, end: int, named: list[AgencyMention]) -> int:
    """Where a class ends that runs into a named agency. "các Ủy ban khác của Quốc hội" keeps its whole; in "các Sở Tài chính,
    ngành Thuế" the words before the name only announce it, and nothing is left."""
    inside = [n for n in named if n.start < end and start < n.end]
    owned = [n for n in inside if keyed[: n.start].rstrip().endswith("của") and n.end <= end]
    for n in owned:
        named.remove(n)
    inside = [n for n in inside if n not in owned]
    if not inside:
        return end
    first = min(n.start for n in inside)
    head = keyed[start:first].rstrip()
    if not re.search(r",|(?<!\w)và(?!\w)", head) or re.search(r"(?:các|những)\s+\w+\s*:?$", head):
        return start
    return first


def _announces_names(keyed: str, end: int, named: list[AgencyMention]) -> bool:
    """Whether a list of names follows: "các Sở: Công Thương, …"."""
    gap = _LIST_GAP.match(keyed, end)
    return bool(gap) and any(n.start == gap.end() for n in named if n.match_method == "elliptical") if gap else False


def _with_proper_names(text: str, end: int, named: list[AgencyMention]) -> int:
    """Takes in the places a class goes on with: "UBND các huyện, thành phố Tân An"."""
    while m := _PROPER_BEHIND.match(text, end):
        if any(n.start < m.end() and m.start(1) <= n.start for n in named) or re.match(
            r"Sở|Ban|Ủy|UBND|Đài|Báo|Công\s+an|Hội|Bộ|Chi|Các", m.group(1)
        ):
            break
        end = m.end(1)
    return end
