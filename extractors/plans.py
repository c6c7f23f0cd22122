"""Which plan a document evidences, in which role, and what the plan is called."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.article_plans import plan_of_article
from extractors.document import Document
from extractors.findings import Evidence, Header, Plan, PlanName
from extractors.outline import Outline
from extractors.plan_names import NAME_ENDS, plan_types, plan_words, title_period
from normalizers.agencies import find_agencies
from normalizers.agency_lexicon import AgencyName, agency_name
from normalizers.references import Citation, find_citations
from normalizers.syllables import parted
from normalizers.text import collapse, key

_VERBS = r"(?:ban\s*hành|phê\s+duyệt|thông\s+qua|điều\s+chỉnh|sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bổ\s+sung|giao|công\s+bố)"
_NO_CONTENT = r"(?:quyết\s+định|nghị\s+quyết)(?:\s+số\s+\S+)?\s*(?:(?:về|về\s+việc|v/v)\s+)?(?:việc\s+)?"
_REGULATES = re.compile(
    r"quy\s+định|định\s+mức|mức\s+(?:chi|hỗ\s+trợ|thu)|chế\s+độ|chính\s+sách|phân\s+bổ|danh\s+mục|nguyên\s+tắc|tiêu\s+chí|giám\s+sát|dự\s+toán|quyết\s+toán"
)
_ABOUT = re.compile(r"[^;.]*?\s((?:về|v/v)\s(?:việc\s)?)")
_APPROVES = re.compile(r"(?:phê\s+duyệt|thông\s+qua)(?!\w)")
_ENCLOSED = re.compile(r"\s+(?:kèm\s+theo\s+(?:quyết\s+định|nghị\s+quyết)\s+này|kèm\s+theo)(?:\s+(?:là|bản))?\s+")
_CAPTION = re.compile(r"\(\s*(?:ban\s+hành\s+)?kèm\s+theo\s+(?:nghị\s+quyết|quyết\s+định|kế\s+hoạch|chương\s+trình)")
_ENCLOSES = re.compile(
    r"\((?:có\s+)?(?:nội\s+dung\s+)?(?:đề\s+án|kế\s+hoạch|chương\s+trình|phụ\s+lục)[^()]*kèm\s+theo|kèm\s+theo\s+nghị\s+quyết\s+này"
)
_ADOPTS = re.compile(r"ban\s*hành|phê\s+duyệt|thông\s+qua")
_SPATIAL = r"(?:điều\s+chỉnh\s+)?quy\s+hoạch(?!\s+(?:chi\s+tiết|cán\s+bộ))"
_AIMS = frozenset({"objective", "objective_general", "objective_specific"})
_ESTIMATE = re.compile(r"(?<!\w)dự\s+toán(?!\w)")
ESTIMATE_RULE = "estimate_of_costs"


def find_plan(document: Document, header: Header, outline: Outline) -> tuple[Plan | None, str | None]:
    """The plan and None, or None and the reason why the document evidences no plan."""
    code = header.doc_type_code
    if code == "ART":
        found, reason = plan_of_article(document, header)
        later = _later_part(document, header, outline) if found is None else None
        return (later, None) if later is not None else (found, reason)
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
    pattern, codes = plan_words()
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


def _later_part(document: Document, header: Header, outline: Outline) -> Plan | None:
    """The later pages of a plan whose head is missing: they hold duties, and the caption of an annex names what it belongs to, "NHIỆM VỤ
    THỰC HIỆN CHƯƠNG TRÌNH …" | "(Kèm theo Nghị quyết số 12/NQ-CP ngày … của Chính phủ)"."""
    pattern, codes = plan_words()
    if not any(n.own_role and n.role in ("organisation", "tasks", "solutions") for n in outline.nodes):
        return None
    blocks = [b for b in document.blocks if b.table is None]
    for above, block in pairwise(blocks):
        cited = find_citations(block.text) if _CAPTION.match(key(block.text)) else ()
        word = pattern.search(key(above.text)) if cited else None
        if word is None:
            continue
        named = find_agencies(block.text[cited[0].end :])
        issuer = next((a.agency for a in named if a.agency is not None), None)
        slug = None if issuer is None or issuer.level == "central" else named[0].province_slug or header.province_slug
        title = collapse(above.text[word.start() :])
        period = title_period(title)
        return Plan(
            "instrument", codes[re.sub(r"\s+", " ", word.group(1))], cited[0].number_symbol, cited[0].issued_date, issuer, slug, title,
            title[period.start : period.end] if period else None, period.first_year if period else None, period.last_year if period else None,
            None, None, None, Evidence(above.start, block.end, "", "plan_of_annex_caption"),
        )  # fmt: skip
    return None


def _from_decision(document: Document, header: Header, outline: Outline) -> tuple[Plan | None, str | None]:
    """ "Quyết định phê duyệt Chương trình …": instrument where its articles hold the contents, else approval."""
    pattern, codes = plan_words()
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
        contains = bool(roles & {"tasks", "solutions", "viewpoint", *_AIMS})
        contains = contains or (header.doc_type_code == "NQ" and not _encloses(outline))
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


def _encloses(outline: Outline) -> bool:
    """Whether the first article only adopts what is enclosed: "Điều 1. Phê duyệt Đề án … (có Đề án kèm theo)."."""
    first = next((n for n in outline.nodes if n.mark == "Điều 1"), None)
    return first is not None and not first.children and bool(_ENCLOSES.search(key(first.heading)))


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
    return collapse(NAME_ENDS.split(text[m.start(1) :])[0]) or None if m else None


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
