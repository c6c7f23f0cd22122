"""Articles: which plan they speak of, as a sentence names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.document import Document
from extractors.findings import Evidence, Header, Plan
from extractors.plan_names import NAME_ENDS, plan_types, plan_words, title_period
from normalizers.agencies import find_agencies
from normalizers.agency_lexicon import AgencyName, agency_name
from normalizers.periods import find_dates
from normalizers.places import find_places
from normalizers.references import Citation, find_citations
from normalizers.text import collapse, key

_OPENING = 700  # characters at the beginning of an article
_NEAR = 30
_IS_ABOUT = re.compile(r"(?:\s+ngày\s+[\d/.]+)?(?:\s*+,)?\s++(?:về|v/v)(?:\s+việc)?\s+")
_ABOUT_ENDS = re.compile(
    r"\.(?!\d)|[;“”\"()]|:\s|,\s+(?:theo|trong\s+đó|nhằm|với|yêu\s+cầu|giao|đến\s+nay|qua\s+đó)(?!\w)|\s(?:với\s+mục\s+tiêu|nhằm|với\s+tổng)(?!\w)"
)
_HAS_ISSUED = re.compile(r"\s+(?:vừa\s+|đã\s+|mới\s+)*(?:có|ban\s+hành|xây\s+dựng)\s+")
_NATIONAL = re.compile(r"(?:kế\s+hoạch|chương\s+trình|chiến\s+lược|đề\s+án)\s+(?:hành\s+động\s+)?quốc\s+gia")
_ISSUES_IT = re.compile(r"^[^.;]{0,110}?(?:ban\s+hành|phê\s+duyệt|thông\s+qua)\s*[“\"]?\s*$")
_PRIME_MINISTERS = re.compile(r"[-/]TTg$")
_QUOTED = re.compile(r"[“\"][^“”\"]{5,250}[”\"]")
_SHORT_NAME = re.compile(r"\(\w{2,10}\)")
_REPORTS = re.compile(
    r"hiệu\s+quả\s+bước\s+đầu|kết\s+quả\s+(?:thực\s+hiện|bước\s+đầu|triển\s+khai|áp\s+dụng|công\s+tác|\d)|sơ\s+kết|tổng\s+kết|tình\s+hình\s+thực\s+hiện|đánh\s+giá\s+kết\s+quả|nhìn\s+lại|sau\s+\d+\s+năm"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A plan as an article names it."""

    type_code: str
    title: str
    number: str | None
    issued: date | None
    issuer: AgencyName | None
    slug: str | None
    start: int
    end: int
    strength: int


def plan_of_article(document: Document, header: Header) -> tuple[Plan | None, str | None]:
    """News of a plan ("UBND tỉnh … đã ban hành Kế hoạch …") or of what a plan achieved ("Sau ba năm thực hiện Kế hoạch …, tỉnh đã mở 12
    lớp nghề")."""
    named: list[_Named] = []
    for block in document.blocks:
        if block.zone == "body" and block.table is None:
            named += _names_in(block.text, block.start)
    if not named:
        return None, "no plan: no sentence names a plan that an authority issued"
    best = max(named, key=_certainty)
    opening = " ".join([header.title or "", *(b.text[:300] for b in document.blocks if b.zone == "body")][:3])
    reports = bool(_REPORTS.search(key(opening)))
    role, rule = ("report", "results_of_plan_in_article") if reports else ("news", "plan_in_article")
    period = title_period(best.title)
    prime_ministers = bool(_PRIME_MINISTERS.search(best.number or ""))
    national = prime_ministers or (best.number is None and bool(_NATIONAL.match(key(best.title))))
    slug = None if national else best.slug or header.province_slug
    issuer = agency_name("TTg") if prime_ministers else best.issuer or (None if national else agency_name("UBNDT"))
    return Plan(
        role, best.type_code, best.number, best.issued, issuer, slug, best.title,
        best.title[period.start : period.end] if period else None, period.first_year if period else None,
        period.last_year if period else None, None, None, None, Evidence(best.start, best.end, "", rule),
    ), None  # fmt: skip


def _certainty(plan: _Named) -> tuple[int, int]:
    """How surely a sentence names the plan an article is about: issued here, with number, with date; a national strategy
    that the plan carries out is not it. Of equals the first."""
    national = plan.type_code == "CL" or bool(re.search(r"TTg$|-CP$", plan.number or ""))
    return plan.strength + 2 * (plan.number is not None) + (plan.issued is not None) - 4 * national, -plan.start


def _names_in(text: str, offset: int) -> list[_Named]:
    """Plans that a paragraph says were issued or approved, or that it cites by number."""
    pattern, codes = plan_words()
    keyed = key(text)
    found = []
    citations = find_citations(text)
    for m in pattern.finditer(keyed):
        cited = _citation_of(m.start(), citations, keyed)
        sentence_start = max(keyed.rfind(". ", 0, m.start()) + 1, 0)
        before = keyed[sentence_start : m.start()]
        numbered = cited is not None and m.end() <= cited.start < m.end() + _NEAR
        end = _title_end(keyed, cited.end) if cited and numbered else None
        end = end or _name_end(keyed, max(m.end(), cited.end if cited and cited.start < m.end() + _NEAR else 0))
        behind = keyed[end : end + 60]
        issued_here = bool(
            re.search(r"(?:ban\s+hành|phê\s+duyệt|xây\s+dựng\s+và\s+ban\s+hành)\s*[“\"]?\s*$", before)
        ) or bool(re.match(r"\s*(?:vừa\s+|đã\s+)?được\s+.{0,40}(?:phê\s+duyệt|ban\s+hành)|\s+vừa\s+được", behind))
        name = text[m.start() : end]
        named_for_years = offset < _OPENING and name[:1].isupper() and name != name.upper() and bool(title_period(name))
        if not issued_here and cited is None and not named_for_years:
            continue
        agencies = [a for a in find_agencies(text[sentence_start:end]) if a.agency and a.agency.code == "UBNDT"]
        before_words = text[sentence_start : m.start()]
        by = [a for a in find_agencies(before_words) if a.agency]
        if not text[m.start()].isupper() and not (issued_here and by and before_words.rstrip().endswith("ành")):
            continue  # "kế hoạch" in small letters is any plan, unless an authority issues it here
        places = [p for p in find_places(text[sentence_start:end]) if p.titled] or find_places(text[m.start() : end])
        number, issued = (cited.number_symbol, cited.issued_date) if cited else (None, None)
        if issued is None:
            dates = list(find_dates(text[sentence_start : m.start()]))
            issued = dates[0].value if dates and issued_here else None
        slug = next((a.province_slug for a in agencies if a.province_slug), None) or (
            places[0].slug if places else None
        )
        central = (
            next((a.agency for a in by if a.agency and a.agency.level == "central"), None) if issued_here else None
        )
        own = by[-1] if by and _HAS_ISSUED.fullmatch(key(before_words[by[-1].end :])) else None
        issuer = agencies[0].agency if agencies else own.agency if own else central
        found.append(
            _Named(
                codes[re.sub(r"\s+", " ", m.group(1))],
                collapse(text[m.start() : end]),
                number,
                issued,
                issuer,
                slug,
                offset + m.start(),
                offset + end,
                2 if issued_here else 1 if cited else 0,
            )
        )
    return found


def _citation_of(start: int, citations: tuple[Citation, ...], keyed: str) -> Citation | None:
    """The number that belongs to a plan word: behind it ("Kế hoạch … số 5/KH-UBND"), before it ("tại văn bản số 5/KH-UBND …
    đã ban hành Kế hoạch"), or the decision the plan stands in ("Kế hoạch … theo Quyết định số …", "Quyết định số … về việc ban hành Kế hoạch")."""
    for c in citations:
        gap = keyed[start : c.type_start] if c.type_start >= start else None
        own = c.doc_type_code in plan_types()
        if gap is not None and own and len(gap) < 45 and not re.search(r"[.;]", gap):
            return c
        if (
            gap is not None
            and c.doc_type_code == "QĐ"
            and re.search(r"(?:theo|tại|kèm\s+theo|bằng)\s*$", gap)
            and not re.search(r"[.;]", gap)
            and len(gap) < 220
        ):
            return c if not re.search(r"chiến\s+lược", gap[12:]) else None
        if c.start < start and c.doc_type_code in ("QĐ", "NQ") and _ISSUES_IT.search(keyed[c.end : start]):
            return c
        if c.start < start and own and re.search(r"^[^.;]{0,90}ban\s+hành\s*$", keyed[c.end : start]):
            return c
    return None


def _title_end(keyed: str, position: int) -> int | None:
    """Where what a cited plan is about ends: "Kế hoạch số 6/KH-UBND về việc phòng, chống cháy rừng, giữ rừng năm 2031." runs on over
    commas; None where no such words follow."""
    m = _IS_ABOUT.match(keyed, position)
    end = _ABOUT_ENDS.search(keyed, m.end()) if m else None
    return end.start() if end else len(keyed) if m else None


def _name_end(keyed: str, position: int) -> int:
    m = NAME_ENDS.search(keyed, position)
    while m is not None and m.group() in '“"' and (quoted := _QUOTED.match(keyed, m.start())):
        m = NAME_ENDS.search(
            keyed, quoted.end()
        )  # "Chương trình “Học tập suốt đời giai đoạn 2031 - 2035” trên địa bàn"
    while m is not None and m.group() == "(" and (short := _SHORT_NAME.match(keyed, m.start())):
        m = NAME_ENDS.search(keyed, short.end())  # "Đề án khuyến công (KCĐP) năm 2031"
    return m.start() if m else len(keyed)
