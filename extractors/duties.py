"""Who does what in a sentence or a cell: lead, cooperate, appraise, approve, monitor, receive reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.bodies import find_bodies, is_body, unlisted_body
from extractors.findings import Evidence, Mention
from extractors.roles import HEADS, WINDOW, Role, role_of
from normalizers.agencies import find_agencies
from normalizers.agency_mention import AgencyMention
from normalizers.memo import remembered
from normalizers.text import collapse, key

_HEAD_BEFORE = re.compile(rf"{HEADS}\s+$")
_HEAD_ENDS = ("đốc", "trưởng", "tịch", "đạo", "đầu", "các")
_JOINS = re.compile(
    r"\s*+(?:(?:[,;]|và|cùng|với|cùng\s+với|,\s*và|;\s*và|&|/)\s*+)?(?:\([^)]*\)\s*+)?(?:các\s+|những\s+)?(?:[,;]\s*)?$"
)
_AT_REQUEST = re.compile(
    r"[\s\-+*•]*+(?:trên\s+cơ\s+sở|căn\s+cứ|theo|sau\s+khi\s+có)\s[^.;,]{0,60}(?:đề\s+nghị|đề\s+xuất|ý\s+kiến|chỉ\s+đạo|yêu\s+cầu|báo\s+cáo|hướng\s+dẫn)[^.;,]{0,40}?\s+của\s+(?:các\s+)?$"
)
_BELONGS_TO = re.compile(r"\s+(?:trực\s+)?thuộc\s+")
_NOBODY = re.compile(
    r"theo\s+(?:phân\s+công|phân\s+cấp|nhiệm\s+vụ|thẩm\s+quyền|quyết\s+định|phương\s+án|quy\s+định|chức\s+năng)|như\s+trên$|nt$|-+$|x$"
)
_WHO = r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|cơ\s+quan,\s+đơn\s+vị|sở,?\s+ngành|ngành|phòng)"
_ROLE_WORDS = (
    (
        "lead",
        re.compile(
            rf"(?:{_WHO}\s+)?chủ\s+trì(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?\s*:|(?:{_WHO}\s+)?(?:thực\s+hiện(?:\s+chính)?|tham\s+mưu|đầu\s+mối(?:\s+thực\s+hiện)?|phụ\s+trách)\s*:|chủ\s+đầu\s+tư\s*:"
        ),
    ),
    (
        "cooperate",
        re.compile(rf"(?:{_WHO}\s+)?(?:cùng\s+)?(?:phối\s+hợp|tham\s+gia)(?:\s+thực\s+hiện)?\s*:"),
    ),
    ("monitor", re.compile(rf"(?:{_WHO}\s+)?theo\s+dõi\s*:")),
)
# Words in front of the colon of every one of these, which are far quicker to look for.
_ROLE_ENDS = ("trì", "hiện", "mưu", "khai", "chính", "mối", "trách", "tư", "hợp", "gia", "dõi")
_COLON = re.compile(":")
_ALL_OF_THEM = re.compile(
    r"(?:các|những|toàn\s+bộ)\s+(?:nhiệm\s+vụ|nội\s+dung|hoạt\s+động|giải\s+pháp|công\s+việc)(?:[^.;:,]{0,60})?\s(?:do|giao)\s.*(?:chủ\s+trì|thực\s+hiện)"
)
_SEGMENT = re.compile(r"[^;\n]+")
_AROUND = re.compile(r"^(?:[\s,.\-+*•:]|và\s)+|(?<![\s,.\-+*•:])(?:[\s,.\-+*•:]|\svà)+$")
_CLASS_WORDS = re.compile(
    r"(?:các|những|chuyên\s+gia|tổ\s+chức|đơn\s+vị|cơ\s+quan|doanh\s+nghiệp|hộ|cơ\s+sở|cá\s+nhân|nhà\s+thầu|chủ\s+đầu\s+tư|địa\s+phương|ubnd|sở|hội|hiệp\s+hội|trường|cộng\s+đồng|ngân\s+hàng)(?!\w)"
)


def read_duties(
    text: str, offset: int, section: str, heads: Sequence[Mention] = (), doers: bool = True
) -> tuple[Mention, ...]:
    """Agencies of one item of running text.

    `heads`: mentions of the heading the item stands under; they lead unless the item names its own doer in front of a colon, or, below a class, begins with it.
    `doers`: whether an agency that does the duty without "chủ trì" leads it (not in lists of activities, where agencies in
    the middle of a sentence are channels and places).

    "Sở Y tế chủ trì, phối hợp với Sở Nội vụ … báo cáo UBND tỉnh" → lead, cooperate, receive_report
    """
    groups = _grouped(text, [_with_head(text, m) for m in _acting(text)])
    keyed = key(text)
    found: list[Mention] = []
    own_lead = False
    for group in groups:
        role = role_of(keyed, group, doers)
        if role is None:
            continue
        if role.code == "lead":
            own = not heads or _names_own_doer(keyed, group) or _is_one_of(heads, keyed, group)
            own_lead = own_lead or own
            if not own:
                continue
        found += [_mention(m, role, offset, section) for m in group]
    leads = [] if own_lead else list(heads)
    ordered = (*leads, *(m for m in found if m.role_code == "lead"), *(m for m in found if m.role_code != "lead"))
    once: dict[tuple[str, str], Mention] = {}
    for mention in ordered:
        once.setdefault((mention.role_code, mention.agency.name if mention.agency else key(mention.text)), mention)
    return tuple(once.values())


def _acting(text: str) -> list[AgencyMention]:
    """Bodies of a text; one that only says whose part another is goes with it: "Chi cục Thủy lợi thuộc Sở Y tế" acts as one."""
    out: list[AgencyMention] = []
    for m in find_bodies(text):
        unit = out[-1].agency if out else None
        if out and (out[-1].is_class or unit is None) and _BELONGS_TO.fullmatch(key(text[out[-1].end : m.start])):
            out[-1] = replace(
                out[-1], end=m.end, text=collapse(text[out[-1].start : m.end])
            )  # "các đảng ủy trực thuộc Tỉnh ủy"
        elif unit is not None and m.agency is not None and unit.owner == m.agency:
            out[-1] = replace(out[-1], end=m.end, text=collapse(text[out[-1].start : m.end]))
        else:
            out.append(m)
    return out


def _with_head(text: str, m: AgencyMention) -> AgencyMention:
    """The words of a mention take in the head that acts for it: "Thủ trưởng các sở, ban, ngành", "Lãnh đạo Sở Y tế"."""
    first = max(0, m.start - WINDOW)
    before_it = key(text)[first : m.start]
    head = _HEAD_BEFORE.search(before_it) if before_it.rstrip().endswith(_HEAD_ENDS) else None
    if head is None:
        return m
    start = first + head.start()
    before = find_agencies(text[first:start])
    if before and not text[first + before[-1].end : start].strip():
        return m  # "Ban cán sự đảng … lãnh đạo Ủy ban nhân dân tỉnh …": the verb
    return replace(m, start=start, text=collapse(text[start : m.end]))


def _is_one_of(heads: Sequence[Mention], keyed: str, group: list[AgencyMention]) -> bool:
    """Whether an item below a class begins with the agency it is for: "6.2. Các sở, ngành" | "a) Sở Y tế kiểm tra …"."""
    return all(h.is_class for h in heads) and not keyed[: group[0].start].strip(" -+*•")


def _names_own_doer(keyed: str, group: list[AgencyMention]) -> bool:
    return not keyed[: group[0].start].strip(" -+*•") and bool(re.match(r"\s*:", keyed[group[-1].end :]))


def _asked_by(text: str, group: list[AgencyMention], gap: str) -> bool:
    """Whether a comma ends what an agency was asked by: "Trên cơ sở đề nghị của UBND huyện, | Sở Xây dựng lập …"."""
    return "," in gap and bool(_AT_REQUEST.match(key(text[: group[0].start])))


def _grouped(text: str, mentions: list[AgencyMention]) -> list[list[AgencyMention]]:
    """Mentions with nothing but commas and "và" between them belong together."""
    groups: list[list[AgencyMention]] = []
    for m in mentions:
        gap = key(text[groups[-1][-1].end : m.start]) if groups else None
        if gap is not None and _JOINS.match(gap) and not _asked_by(text, groups[-1], gap):
            groups[-1].append(m)
        else:
            groups.append([m])
    return groups


def _mention(m: AgencyMention, role: Role, offset: int, section: str) -> Mention:
    evidence = Evidence(offset + m.start, offset + m.end, section, role.rule)
    return Mention(role.code, role.origin, m.agency, m.province_slug, m.text, m.is_class, m.match_method, evidence)


def closing_roles(text: str) -> bool:
    """Whether a paragraph only names who does what stands above it: "Đơn vị chủ trì: Sở Y tế; phối hợp: …", "Các nhiệm vụ trên do Sở Y
    tế chủ trì, phối hợp với Công an tỉnh thực hiện."."""
    keyed = key(text).lstrip(" -+*•(")
    return (":" in keyed and any(pattern.match(keyed) for _, pattern in _ROLE_WORDS)) or assigns_all(text)


@remembered
def assigns_all(text: str) -> bool:
    """Whether a sentence gives the items above it to somebody: "Các nội dung tại mục này giao Sở Y tế chủ trì …"."""
    m = _ALL_OF_THEM.match(key(text).lstrip(" -+*•("))
    return m is not None and bool(find_bodies(text))


def first_role(text: str) -> int | None:
    """Where a sentence that names a role and a colon begins behind other words: "… quy chế. Chủ trì: Sở Y tế"; None without one."""
    return min(role_starts(text), default=None)


def role_starts(text: str) -> list[int]:
    """Where sentences that name a role and a colon begin behind other words, in no order."""
    if ":" not in text:
        return []
    keyed = key(text)
    if not _may_name_roles(keyed):
        return []
    return [
        m.start()
        for _, pattern in _ROLE_WORDS
        for m in pattern.finditer(keyed)
        if m.start() > 0 and keyed[: m.start()].rstrip()[-1:] in ".;("
    ]


def _may_name_roles(keyed: str) -> bool:
    """Whether a word that a role can end with stands in front of a colon."""
    return any(keyed[: m.start()].rstrip().endswith(_ROLE_ENDS) for m in _COLON.finditer(keyed))


def read_cell(text: str, offset: int, section: str, role: str | None) -> tuple[Mention, ...]:
    """Agencies of a cell. `role` is that of its column; None where the cell names the roles itself.

    "- Chủ trì: Sở Y tế. - Phối hợp: Sở Nội vụ; các đơn vị liên quan" → lead, cooperate, cooperate (class)
    """
    if role is None and assigns_all(text):
        return read_duties(text, offset, section)
    keyed = key(text)
    marks = []
    if _may_name_roles(keyed):
        marks = sorted((m.start(), m.end(), code) for code, pattern in _ROLE_WORDS for m in pattern.finditer(keyed))
    if not marks:
        return _cell_part(text, 0, len(text), offset, section, role or "lead", "derived" if role is None else "stated")
    found: list[Mention] = []
    if text[: marks[0][0]].strip(" -+*•.;,\n"):
        found += _cell_part(text, 0, marks[0][0], offset, section, role or "lead", "derived")
    for n, (_, end, code) in enumerate(marks):
        stop = marks[n + 1][0] if n + 1 < len(marks) else len(text)
        found += _cell_part(text, end, stop, offset, section, code, "stated")
    return tuple(found)


def _cell_part(
    text: str, start: int, stop: int, offset: int, section: str, role: str, origin: str
) -> tuple[Mention, ...]:
    part = _only_names(text[start:stop])
    rule = "agency_in_column" if origin == "stated" else "agency_in_cell"
    named = [_with_head(part, m) for m in _acting(part)]
    found = [
        Mention(
            role,
            origin,
            m.agency,
            m.province_slug,
            m.text,
            m.is_class,
            m.match_method,
            Evidence(offset + start + m.start, offset + start + m.end, section, rule),
        )
        for m in named
    ]
    for a, b in _leftovers(part, named):
        words = collapse(part[a:b])
        evidence = Evidence(offset + start + a, offset + start + b, section, rule)
        agency = unlisted_body(words) if is_body(words) else None
        is_class = agency is None and bool(_CLASS_WORDS.match(key(words)))
        found.append(Mention(role, origin, agency, None, words, is_class, "none", evidence))
    return tuple(sorted(found, key=lambda m: m.evidence.start))


def _only_names(part: str) -> str:
    """The cell with segments blanked that point elsewhere: "Theo phân công tại Quyết định số …"; the length stays."""
    return _SEGMENT.sub(_blank_of_nobody, part)


def _blank_of_nobody(m: re.Match[str]) -> str:
    words = m.group()
    return " " * len(words) if _NOBODY.match(key(words).strip(" .-")) else words


def _leftovers(part: str, named: list[AgencyMention]) -> list[tuple[int, int]]:
    """Segments of a cell in which no agency was recognised, trimmed: "Chuyên gia tư vấn", "các hộ trong làng nghề"."""
    out = []
    for m in _SEGMENT.finditer(part):
        pieces = [(m.start(), m.end())]
        inside = [n for n in named if n.start < m.end() and m.start() < n.end]
        if inside:  # a name may begin on the line before: "Lãnh đạo\nSở Y tế"
            bounds = (e for n in inside for e in (max(n.start, m.start()), min(n.end, m.end())))
            edges = [m.start(), *bounds, m.end()]
            pieces = [(a, b) for a, b in zip(edges[0::2], edges[1::2], strict=True)]
        for a, b in pieces:
            words = _AROUND.sub("", part[a:b])
            if (
                len(words) < 4
                or re.fullmatch(HEADS, key(words))
                or (
                    inside
                    and not re.match(
                        r"các|chuyên|tổ|hộ|doanh|cơ|đơn|UBND|Sở|Ban|Hội|Trung|Chi|Phòng|Công|Đài|Báo",
                        words,
                        re.IGNORECASE,
                    )
                )
            ):
                continue
            at = part.index(words, a)
            out.append((at, at + len(words)))
    return out
