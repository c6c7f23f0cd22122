"""Who issues a document: the letterhead, the authority line, captions, the signature, and what a page states."""

from __future__ import annotations

import re

from extractors.bodies import unlisted_body
from extractors.document import Block, Document
from extractors.page_facts import stated_values
from extractors.signature import SIGN_CAPACITY
from normalizers.agencies import find_agencies
from normalizers.agency_committees import local_body
from normalizers.agency_lexicon import AgencyName, agency_name
from normalizers.localities import Locality, province_of_unit, split_locality
from normalizers.places import find_places
from normalizers.references import Citation
from normalizers.text import collapse, key

PLACE_DATE = re.compile(r"^[^,;:]{2,40},\s*(?:ngày\s*[\d.…\s]+\s*tháng|tháng\s*\d+\s*năm)", re.IGNORECASE)
AUTHORITY = re.compile(
    r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|QUỐC HỘI|BAN CHẤP HÀNH|TỔNG GIÁM ĐỐC|CHÁNH)(?!\w)"
)
_BY_TITLE = re.compile(r"ban\s+hành\s+bởi\s")
# "…; Ban Chỉ đạo nước sạch huyện … xây dựng Kế hoạch như sau"
_STEERING = re.compile(
    r"((?:Ban\s+[Cc]hỉ\s+đạo|Ban\s+[Đđ]iều\s+hành|Ban\s+[Tt]ổ\s+chức)(?:(?!\sđã\s)[^,;:.()]){3,90}?)(?=\s+(?:xây\s+dựng|ban\s+hành|tổ\s+chức|triển\s+khai|lập)\s)"
)
_ISSUED_BY = re.compile(r"(?:nơi|cơ\s+quan|đơn\s+vị)\s+ban\s+hành\s*:?\s*")
_LONGEST_LINE = 160  # characters of a line that names the authority
_COMMITTEE_LINE = re.compile(r"(?:ubnd|ủy\s+ban\s+nhân\s+dân)$")
_LOCAL_LINE = re.compile(
    r"((?:ubnd|ủy\s+ban\s+nhân\s+dân)\s+)?(xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|đặc\s+khu)\s+(\w[^,;:()]{0,40})$"
)
_DEPARTMENT = re.compile(r"(?:phòng|ban|trung\s+tâm|thanh\s+tra|văn\s+phòng|trường|hội)\s")
_CENTRAL_CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế"})


def find_issuer(
    letterhead: list[Block],
    rest: list[Block],
    attached: Citation | None,
    body: list[Block],
    number: str | None,
    title: str,
    document: Document,
) -> tuple[AgencyName | None, str | None]:
    """The issuing agency and the slug of its province, from the letterhead, the authority line, a caption, the signature, the
    text, or what a page states, in this order; None and None where nothing names one."""
    lines = [
        collapse(b.text) for b in letterhead if not re.search(r"cộng\s+h.{1,2}a\s+xã\s+hội|độc\s+lập", key(b.text))
    ]
    place = next((p for b in letterhead if PLACE_DATE.match(collapse(b.text)) for p in find_places(b.text[:40])), None)
    if re.search(r"[-/]TTg$", number or ""):
        return agency_name("TTg"), None
    authority = [
        text
        for text in (collapse(b.text) for b in rest[1:8])
        if len(text) < _LONGEST_LINE and (AUTHORITY.match(text) or re.match(r"ủy\s+ban", key(text)))
    ]
    openings = [collapse(b.text)[:1500] for b in body[:14]]
    own = re.match(r"(?:nghị\s+quyết|chỉ\s+thị|kết\s+luận)\s+của\s+", key(title))
    sources = [
        title[own.end() : own.end() + 60] if own else "",
        " ".join(line for line in lines if line == line.upper()),
        *authority,
        attached.issuer_text or "" if attached else "",
    ]
    own_title = find_agencies(title) if _BY_TITLE.search(key(title)) else ()
    if own_title and own_title[-1].agency is not None:
        return _placed(own_title[-1].agency, own_title[-1].province_slug, None, title, openings)
    if "BCĐ" in (number or "").upper() or (not lines and number is None):
        for text in openings:
            found = list(_STEERING.finditer(text))
            if found:
                body_of = unlisted_body(collapse(found[-1].group(1)))
                return _placed(body_of, None, place.slug if place else None, title, openings)
    local = _local_issuer(lines)
    if local is not None:
        kind, name = split_locality(local.locality)
        slug = place.slug if place else province_of_unit(Locality(kind, name))
        return _placed(local, slug, place.slug if place else None, title, openings)
    if "VĂN PHÒNG" in lines and any(re.search(r"ubnd|ủy\s+ban\s+nhân\s+dân", key(line)) for line in lines):
        return _placed(agency_name("VPUBND"), None, place.slug if place else None, title, openings)
    for text in sources:
        named = [m for m in find_agencies(text) if m.agency is not None]
        if named:
            return _placed(named[-1].agency, named[-1].province_slug, place.slug if place else None, title, openings)
    signed = next(
        (m for b in reversed(body) if SIGN_CAPACITY.match(collapse(b.text)) for m in find_agencies(b.text) if m.agency),
        None,
    )
    if signed:
        return _placed(signed.agency, signed.province_slug, place.slug if place else None, title, openings)
    for text in openings:
        for m in find_agencies(text):
            if (
                m.agency
                and m.agency.level == "province"
                and re.match(r"\s*(?:đã\s+)?(?:xây\s+dựng|ban\s+hành|yêu\s+cầu|triển\s+khai)", text[m.end :])
            ):
                return _placed(m.agency, m.province_slug, None, title, openings)
    stated = _stated(document)
    place = place or next((p for text in [title, *openings] for p in find_places(text) if p.titled), None)
    of_other_body = number is not None and "UB" not in number.upper()
    return stated if stated[0] or place is None or of_other_body else (agency_name("UBNDT"), place.slug)


def _local_issuer(lines: list[str]) -> AgencyName | None:
    """The committee of a district or commune in capitals, or its department on the line below.

    "ỦY BAN NHÂN DÂN / HUYỆN MƯỜNG KHƯƠNG" → Ủy ban nhân dân huyện Mường Khương; with "PHÒNG Y TẾ" below, Phòng Y tế huyện
    Mường Khương. A centrally-run city is no district.
    """
    for n, line in enumerate(lines):
        above = lines[n - 1] if n else ""
        m = _LOCAL_LINE.match(key(line))
        if not m or not (m.group(1) or _COMMITTEE_LINE.match(key(above))):
            continue
        kind, name = collapse(m.group(2)), " ".join(w.capitalize() for w in line[m.start(3) :].split())
        if kind == "thành phố" and name in _CENTRAL_CITIES:
            return None
        committee = local_body(kind, name)
        below = next((b for b in lines[n + 1 : n + 2] if _DEPARTMENT.match(key(b)) and b == b.upper()), None)
        if below is None:
            return committee
        words = f"{below.capitalize()} {kind} {name}"
        return AgencyName(words, words, committee.level, "agency")
    return None


def _placed(
    agency: AgencyName | None, slug: str | None, place: str | None, title: str, openings: list[str]
) -> tuple[AgencyName | None, str | None]:
    if agency is None or agency.level == "central":
        return agency, None
    around = [p for text in [title, *openings] for p in find_places(text)]
    slug = slug or place or next((p.slug for p in around if p.titled), around[0].slug if around else None)
    return agency, slug


def _stated(document: Document) -> tuple[AgencyName | None, str | None]:
    """What a site says: "Nơi ban hành: Tỉnh Đồng Tháp", "Cơ quan ban hành | Chính phủ"."""
    for text in stated_values(document, _ISSUED_BY):
        named = [a for a in find_agencies(text) if a.agency]
        if named:
            return named[0].agency, named[0].province_slug
        place = find_places(text)
        if place:
            return agency_name("UBNDT"), place[0].slug
    return None, None
