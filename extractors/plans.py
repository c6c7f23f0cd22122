"""Which plan a document evidences, in which role, and what the plan is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from extractors.document import Document
from extractors.findings import Evidence, Header, Plan, PlanName
from extractors.outline import Outline
from normalizers.agencies import find_agencies
from normalizers.agency_lexicon import AgencyName, agency_name
from normalizers.lexicon import alternatives, load
from normalizers.periods import Period, find_dates, find_periods
from normalizers.places import find_places
from normalizers.references import Citation, find_citations
from normalizers.syllables import parted
from normalizers.text import collapse, key

_VERBS = r"(?:ban\s*hành|phê\s+duyệt|thông\s+qua|điều\s+chỉnh|sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bổ\s+sung|giao|công\s+bố)"
_NO_CONTENT = r"(?:quyết\s+định|nghị\s+quyết)(?:\s+số\s+\S+)?\s*(?:(?:về|về\s+việc|v/v)\s+)?(?:việc\s+)?"
_REGULATES = re.compile(
    r"quy\s+định|định\s+mức|mức\s+(?:chi|hỗ\s+trợ|thu)|chế\s+độ|chính\s+sách|phân\s+bổ|danh\s+mục|nguyên\s+tắc|tiêu\s+chí|giám\s+sát|dự\s+toán|quyết\s+toán"
)
_NAMED_YEAR = re.compile(r"(?:Năm|Tháng|Tuần)\s(?:[^\W\d]+[\s,]+){1,7}((?:19|20)\d{2})(?!\d)")  # "Năm Đọc sách 2031"
_ABOUT = re.compile(r"[^;.]*?\s((?:về|v/v)\s(?:việc\s)?)")
_APPROVES = re.compile(r"(?:phê\s+duyệt|thông\s+qua)(?!\w)")
_GOES_ON = re.compile(r"\s+và\s+(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau)")
_QUOTED = re.compile(r"[“\"][^“”\"]{5,250}[”\"]")
_ENCLOSED = re.compile(r"\s+(?:kèm\s+theo\s+(?:quyết\s+định|nghị\s+quyết)\s+này|kèm\s+theo)(?:\s+(?:là|bản))?\s+")
_SHORT_NAME = re.compile(r"\(\w{2,10}\)")
_ADOPTS = re.compile(r"ban\s*hành|phê\s+duyệt|thông\s+qua")
_SPATIAL = r"(?:điều\s+chỉnh\s+)?quy\s+hoạch(?!\s+(?:chi\s+tiết|cán\s+bộ))"
_AIMS = frozenset({"objective", "objective_general", "objective_specific"})
_REPORTS = re.compile(
    r"hiệu\s+quả\s+bước\s+đầu|kết\s+quả\s+(?:thực\s+hiện|bước\s+đầu|triển\s+khai|áp\s+dụng|công\s+tác|\d)|sơ\s+kết|tổng\s+kết|tình\s+hình\s+thực\s+hiện|đánh\s+giá\s+kết\s+quả|nhìn\s+lại|sau\s+\d+\s+năm"
)
_ESTIMATE = re.compile(r"(?<!\w)dự\s+toán(?!\w)")
ESTIMATE_RULE = "estimate_of_costs"
_ISSUES_IT = re.compile(r"^[^.;]{0,110}?(?:ban\s+hành|phê\s+duyệt|thông\s+qua)\s*[“\"]?\s*$")
_PRIME_MINISTERS = re.compile(r"[-/]TTg$")
_NAME_ENDS = re.compile(
    r"\s+(?:vừa|đã|với\s+(?:mục\s+tiêu|tổng|các\s+nội|nội\s+dung|những)|nhằm|được|theo\s+quyết|là|cần|sẽ|nêu|đề\s+ra|đặt\s+ra|đưa|gồm|do)(?!\w)|\.(?!\d)|[;“”\"()]|,\s(?!giai\s+đoạn)|:\s|$"
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


@cache
def _plan_words() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {key(f): e.code for e in load("document_types") if e.fields.get("plan") for f in e.forms}
    return re.compile(rf"(?<!\w)({alternatives(codes)})(?!\w)"), codes


def plan_types() -> frozenset[str]:
    """Document types that are plans by themselves (KH, CTr, ĐA, CL, PA …)."""
    return frozenset(e.code for e in load("document_types") if e.fields.get("plan"))


def find_plan(document: Document, header: Header, outline: Outline) -> tuple[Plan | None, str | None]:
    """The plan and None, or None and the reason why the document evidences no plan."""
    code = header.doc_type_code
    if code == "ART":
        return _from_article(document, header)
    if code in plan_types():
        return _instrument(document, header, code), None
    if code in ("OTHER", "DA") and _ESTIMATE.search(key(header.title or "")):
        return _plan(document, header, "instrument", "DA", ESTIMATE_RULE, header.number_symbol), None
    if code == "OTHER" and (annex := _annex(document, header)) is not None:
        return annex, None
    if code in ("QĐ", "NQ"):
        return _from_decision(document, header, outline)
    if code == "BC":
        return _from_report(document, header)
    return None, f"no plan: the document is of type {code}, which is no plan by itself"


def approves(plan: Plan) -> bool:
    """Whether the document itself approves the plan, and with it the money: "QUYẾT ĐỊNH Phê duyệt Đề án …", "NGHỊ QUYẾT Thông qua Đề
    án …"; one that is issued ("Ban hành Kế hoạch …") stays planned."""
    return bool(_APPROVES.match(re.sub(rf"^{_NO_CONTENT}", "", key(parted(plan.title or "")))))


def title_period(title: str) -> Period | None:
    """Years of a plan from its title: a single year first, then "giai đoạn …", then "đến năm …"; a vision's year is none."""
    periods = [p for p in find_periods(title) if not re.search(r"tầm\s+nhìn\s*$", key(title[: p.start]))]
    singles = [p for p in periods if p.first_year is not None and p.first_year == p.last_year]
    ranges = [p for p in periods if p.first_year is not None and p.first_year != p.last_year]
    found = next(iter(singles or ranges or periods), None)
    named = _NAMED_YEAR.search(title) if found is None else None
    if named is not None:
        return Period(named.start(1), named.end(1), int(named.group(1)), int(named.group(1)))
    one_year = found is not None and found.first_year == found.last_year
    if found is not None and one_year and _GOES_ON.match(key(title), found.end):
        return replace(found, last_year=None)  # "năm 2031 và các năm tiếp theo"
    return found


def _evidence(document: Document, header: Header, rule: str) -> Evidence:
    """The title where it stands in the text, else the first words of the document."""
    words = (header.title or "").split()
    if words:
        pattern = r"\s+".join(re.escape(w) for w in words[:60])
        m = re.search(pattern, document.text)
        if m:
            return Evidence(m.start(), m.end(), "", rule)
    first = document.blocks[0] if document.blocks else None
    return Evidence(first.start, first.end, "", rule) if first else Evidence(0, 0, "", rule)


def _plan(document: Document, header: Header, role: str, code: str, rule: str, number: str | None) -> Plan:
    title = header.title
    period = title_period(title) if title else None
    return Plan(
        role, code, number, header.issued_date, header.issuer, header.province_slug, title,
        title[period.start : period.end] if title and period else None,
        period.first_year if period else None, period.last_year if period else None, None, None, None,
        _evidence(document, header, rule),
    )  # fmt: skip


def _instrument(document: Document, header: Header, code: str) -> Plan:
    """ "KẾ HOẠCH Phát triển …": the document is the plan; issued with a decision, it carries the decision's number."""
    number = header.number_symbol
    if number is None:
        for block in document.blocks[:12]:
            if "kèm theo" in key(block.text) and block.zone == "body":
                cited = find_citations(block.text)
                number = cited[0].number_symbol if cited else None
                break
    return _plan(document, header, "instrument", code, "plan_by_title", number)


def _annex(document: Document, header: Header) -> Plan | None:
    """ "PHỤ LỤC … (Kèm theo Kế hoạch số 7/KH-UBND ngày …)": a file of its own that belongs to the plan its caption names."""
    pattern, codes = _plan_words()
    for block in document.blocks[:14]:
        text = key(block.text)
        named = re.search(r"kèm\s+theo\s+", text)
        word = pattern.match(text, named.end()) if named else None
        if word is None:
            continue
        cited = find_citations(block.text)
        number, issued = (cited[0].number_symbol, cited[0].issued_date) if cited else (None, None)
        plan = _plan(document, header, "annex", codes[re.sub(r"\s+", " ", word.group(1))], "annex_of_plan", number)
        return replace(plan, issued_date=issued or plan.issued_date)
    return None


def _from_decision(document: Document, header: Header, outline: Outline) -> tuple[Plan | None, str | None]:
    """ "Quyết định phê duyệt Chương trình …": instrument where its articles hold the contents, else approval."""
    pattern, codes = _plan_words()
    roles = {n.role for n in outline.nodes if n.own_role}
    for title in (header.title, document.page_title):
        subject = re.sub(rf"^{_NO_CONTENT}", "", key(parted(title or "")))
        subject = _ENCLOSED.sub(" ", subject)
        verb = re.match(rf"{_VERBS}\s+", subject)
        m = pattern.search(subject, verb.end() if verb else 0)
        if m is None or len(subject[verb.end() if verb else 0 : m.start()].split()) > 2:
            continue
        about = verb is None and m.start() == 0  # "NGHỊ QUYẾT Về Chương trình việc làm năm 2031"
        adopted = about or (verb is not None and (header.doc_type_code == "QĐ" or bool(_ADOPTS.match(verb.group()))))
        code = codes[re.sub(r"\s+", " ", m.group(1))] if adopted else header.doc_type_code
        contains = bool(roles & {"tasks", "solutions", *_AIMS}) or header.doc_type_code == "NQ"
        if verb and re.match(r"điều\s+chỉnh|sửa\s+đổi", verb.group()) and header.doc_type_code == "QĐ":
            return _plan(document, header, "amendment", code, "plan_amended_by_decision", header.number_symbol), None
        role, rule = ("instrument", "plan_inside_decision") if contains else ("approval", "plan_issued_by_decision")
        return _plan(document, header, role, code, rule, header.number_symbol), None
    if header.doc_type_code == "NQ" and roles & {"tasks", "solutions"} and roles & {"viewpoint", *_AIMS}:
        return _plan(document, header, "instrument", "NQ", "resolution_with_aims_and_tasks", header.number_symbol), None
    if (
        header.doc_type_code == "NQ"
        and header.title
        and title_period(header.title)
        and not _REGULATES.search(key(header.title))
    ):
        return _plan(document, header, "instrument", "NQ", "resolution_for_a_period", header.number_symbol), None
    approved = re.match(rf"{_NO_CONTENT}{_VERBS}\s+{_SPATIAL}", key(header.title or ""))
    if header.doc_type_code == "QĐ" and approved and roles & {"tasks", "solutions", *_AIMS}:
        return _plan(document, header, "instrument", "QĐ", "zoning_inside_decision", header.number_symbol), None
    return None, f"no plan: the {header.doc_type_code} neither issues a plan nor sets aims and tasks"


def _from_report(document: Document, header: Header) -> tuple[Plan | None, str | None]:
    """ "Thực hiện … Kế hoạch số 34/KH-UBND …": a report on the plan it carries out."""
    for block in document.blocks:
        if block.zone != "body" or block.table:
            continue
        for cited in find_citations(block.text):
            before = key(block.text[: cited.type_start])
            if cited.doc_type_code in plan_types() and re.search(r"(?:thực\s+hiện|triển\s+khai)[^.;]*$", before):
                evidence = Evidence(block.start + cited.type_start, block.start + cited.end, "", "plan_reported_on")
                issuer = agency_name("UBNDT") if "UBND" in cited.number_symbol else None
                own = header.issuer is not None and _same_issuer(cited, header.issuer)
                title = _title_of_cited(block.text, cited)
                period = title_period(title) if title else None
                plan = Plan(
                    "report", cited.doc_type_code or "KH", cited.number_symbol, cited.issued_date, header.issuer if own else issuer,
                    header.province_slug, title, title[period.start : period.end] if title and period else None,
                    period.first_year if period else None, period.last_year if period else None, None, None, None, evidence,
                )  # fmt: skip
                return plan, None
    return None, "no plan: the report cites no plan that it carries out"


def _same_issuer(cited: Citation, issuer: AgencyName) -> bool:
    """Whether a local committee reports on a plan of its own: "Kế hoạch số 5/KH-UBND … của UBND quận"."""
    said = key(cited.issuer_text or "")
    kind = issuer.locality.split(" ")[0] if issuer.locality else ""
    return bool(kind) and said.startswith(("ubnd", "ủy ban nhân dân")) and kind in said


def _title_of_cited(text: str, cited: Citation) -> str | None:
    """What a cited plan is about: "Kế hoạch số 3/KH-UBND ngày … của … về nước sạch năm 2031" → "về nước sạch năm 2031"."""
    m = _ABOUT.search(key(text), cited.end, cited.end + 160)
    return collapse(_NAME_ENDS.split(text[m.start(1) :])[0]) or None if m else None


def _from_article(document: Document, header: Header) -> tuple[Plan | None, str | None]:
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
    national = bool(_PRIME_MINISTERS.search(best.number or ""))
    slug = None if national else best.slug or header.province_slug
    issuer = agency_name("TTg") if national else best.issuer or agency_name("UBNDT")
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
    pattern, codes = _plan_words()
    keyed = key(text)
    found = []
    citations = find_citations(text)
    for m in pattern.finditer(keyed):
        cited = _citation_of(m.start(), citations, keyed)
        sentence_start = max(keyed.rfind(". ", 0, m.start()) + 1, 0)
        before = keyed[sentence_start : m.start()]
        end = _name_end(keyed, max(m.end(), cited.end if cited and cited.start < m.end() + 30 else 0))
        behind = keyed[end : end + 60]
        issued_here = bool(
            re.search(r"(?:ban\s+hành|phê\s+duyệt|xây\s+dựng\s+và\s+ban\s+hành)\s*[“\"]?\s*$", before)
        ) or bool(re.match(r"\s*(?:vừa\s+|đã\s+)?được\s+.{0,40}(?:phê\s+duyệt|ban\s+hành)|\s+vừa\s+được", behind))
        if not issued_here and cited is None:
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
        issuer = agencies[0].agency if agencies else central
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
                2 if issued_here else 1,
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


def _name_end(keyed: str, position: int) -> int:
    m = _NAME_ENDS.search(keyed, position)
    while m is not None and m.group() in '“"' and (quoted := _QUOTED.match(keyed, m.start())):
        m = _NAME_ENDS.search(
            keyed, quoted.end()
        )  # "Chương trình “Học tập suốt đời giai đoạn 2031 - 2035” trên địa bàn"
    while m is not None and m.group() == "(" and (short := _SHORT_NAME.match(keyed, m.start())):
        m = _NAME_ENDS.search(keyed, short.end())  # "Đề án khuyến công (KCĐP) năm 2031"
    return m.start() if m else len(keyed)


def cited_plans(document: Document, header: Header, own: str | None) -> tuple[PlanName, ...]:
    """Other plans that the document cites by number, each once: "Kế hoạch số 38/KH-UBND ngày 09 tháng 5 năm 2014"."""
    found: dict[str, PlanName] = {}
    for block in document.blocks:
        if block.zone != "body" or block.table is not None:
            continue
        for c in find_citations(block.text):
            if (
                c.doc_type_code in plan_types()
                and c.number_symbol not in (own, header.number_symbol)
                and c.number_symbol not in found
            ):
                evidence = Evidence(block.start + c.type_start, block.start + c.end, "", "plan_cited")
                found[c.number_symbol] = PlanName(
                    c.doc_type_code or "KH", c.number_symbol, c.issued_date, None, None, evidence
                )
    return tuple(found.values())
