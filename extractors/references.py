"""Citations of a document with their relation: basis, implements, attached_to, continues, replaces, amends, guides, submitted_by.

"Căn cứ …" · "Triển khai Quyết định số …" · "(Kèm theo Quyết định số …)" · "Tiếp tục thực hiện Kế hoạch số …" · "thay thế Quyết định số …" · "sửa đổi Nghị định số …" ·
"Thông tư số … hướng dẫn thi hành Nghị định số …" · "Xét đề nghị của Sở Y tế tại Tờ trình số …"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractors.document import Document
from extractors.findings import Evidence, Header, Reference
from extractors.outline import WORK, Outline
from normalizers.periods import find_dates
from normalizers.references import Citation, find_citations
from normalizers.text import collapse, key

_NEAREST = (
    (
        "submitted_by",
        re.compile(
            r"(?:theo|xét|căn\s+cứ)\s+(?:đề\s+nghị|đề\s+xuất)(?:(?!;).)*?(?:tại\s*)?|xem\s+xét\s+(?=tờ\s+trình)|theo\s+(?=tờ\s+trình)"
        ),
    ),
    ("attached_to", re.compile(r"^[\s(*]*(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+theo|đính\s+kèm)")),
    ("replaces", re.compile(r"thay\s+thế(?:\s+cho)?|bãi\s+bỏ(?!\s+(?:một\s+số|khoản|điểm|điều|mục))")),
    ("amends", re.compile(r"sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|bãi\s+bỏ(?=\s+(?:một\s+số|khoản|điểm|điều|mục))")),
    ("guides", re.compile(r"hướng\s+dẫn(?:\s+thực\s+hiện|\s+thi\s+hành)?")),
    (
        "continues",
        re.compile(
            r"tiếp\s+nối|kế\s+thừa|tiếp\s+tục\s+(?:(?:triển\s+khai|tổ\s+chức)\s+)?(?:thực\s+hiện|triển\s+khai)(?:\s+(?:tốt|có\s+hiệu\s+quả|nghiêm|nghiêm\s+túc))?"
        ),
    ),
    (
        "implements",
        re.compile(
            r"(?:triển\s+khai\s+|tổ\s+chức\s+|để\s+)?(?:thực\s+hiện|thi\s+hành|triển\s+khai|quán\s+triệt)(?!\s+(?:rà\s+soát|đánh\s+giá|kiểm\s+tra|tuyên\s+truyền|việc|điều\s+tra|xây\s+dựng|công\s+tác))"
        ),
    ),
    (
        "mentions",
        re.compile(
            r"(?:đã\s+)?ban\s+hành(?!\s+kèm)|theo\s+(?:quyết|nghị|kế|công|thông)|nêu\s+tại|quy\s+định\s+tại|(?<!kèm\s)theo\s*$"
        ),
    ),
)
_BASIS = re.compile(
    r"[-+*\s]*(?:căn\s+cứ|trên\s+cơ\s+sở)\s+(?:vào\s+|các\s+|xem\s+xét\s+|đề\s+nghị\s+|ý\s+kiến\s+)*"
    r"(?:luật|bộ\s+luật|hiến|nghị|quyết|thông|kế\s+hoạch|chỉ\s+thị|công|văn\s+bản|pháp|kết|chương|báo|hướng|quy|đề\s+án|chiến|tờ|điều)"
)
_BASES = re.compile(r"(?:các\s+)?(?:cơ\s+sở|căn\s+cứ)(?:\s+(?:pháp\s+lý|pháp\s+luật|lập|xây\s+dựng|ban\s+hành)|\s*:?$)")
_ISSUED_ON_DAY = re.compile(r"\s*(?:vào\s+)?ngày\s+\d[^,;.]{3,40},\s[^.;]{0,80}(?:ban\s+hành|ký|phê\s+duyệt)\s*$")
_ITS_TITLE = re.compile(r"\s(?:ban\s+hành|phê\s+duyệt|về(?:\s+việc)?)\s")
_OF_ISSUER = re.compile(r",?\s+ngày\s+[\d/]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?,?")
_THIS = re.compile(r"(?<!\w)này(?!\w)")
_WORD = re.compile(r"[^\W_]")
_CARRIES_OUT = re.compile(r"[-+*\s]*+(?:để\s+)?(?:tiếp\s+tục\s+)?(?:triển\s+khai|thực\s+hiện)\s")
_TITLE = re.compile(
    r"\s*+(?:,\s*+)?(?:của\s+[^,;.:]{3,90}?\s+)?((?:về\s+(?:việc\s+)?|phê\s+duyệt|ban\s+hành|quy\s+định|hướng\s+dẫn|phát\s+động|sửa\s+đổi)"
    r"(?:(?!\s*\((?:gọi|sau\s+đây)|,\s+(?:Ủy\s+ban\s+nhân\s+dân|UBND|Sở\s))(?:[^;.]|\.(?=\d{3}))){5,260})"
)
_STRATEGY = re.compile(
    r"(?:để|nhằm)\s+(?:triển\s+khai\s+|tổ\s+chức\s+)?thực\s+hiện[^.;]{0,80}(?:chiến\s+lược|chương\s+trình|kế\s+hoạch|đề\s+án|nghị\s+quyết)"
)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text that may cite: its offset, section and zone, whether it stands in a list of legal bases ("I. CĂN CỨ PHÁP LÝ"), and
    whether it says what is to be done."""

    text: str
    offset: int
    section: str
    zone: str
    among_bases: bool
    to_do: bool


def find_references(document: Document, header: Header, outline: Outline) -> tuple[Reference, ...]:
    """Every citation outside page furniture, the document's own number left out; tables are read cell by cell."""
    found: list[Reference] = []
    for passage in _passages(document, outline):
        citations = find_citations(passage.text)
        for n, cited in enumerate(citations):
            if _same_number(cited.number_symbol, header.number_symbol) or _is_own_number(passage.text, cited):
                continue
            relation = _relation_in(passage, cited, citations[:n])
            place = (passage.offset + cited.type_start, passage.offset + cited.end)
            evidence = Evidence(*place, passage.section, f"cited_{relation}")
            found.append(
                Reference(
                    cited.doc_type_code,
                    cited.number_symbol,
                    cited.issued_date or _day_of_sentence(passage.text, cited),
                    cited.issuer_text,
                    _title(passage.text, cited),
                    relation,
                    passage.zone,
                    evidence,
                )
            )
    return tuple(found)


def _relation_in(passage: _Passage, cited: Citation, before: tuple[Citation, ...]) -> str:
    """The relation of a citation by its words and by where it stands: what a task shall change, "Sửa đổi Nghị định số …", this document
    leaves as it is."""
    relation = _considered(passage.text, cited, passage.zone) or _relation(passage.text, cited, before)
    if passage.to_do and relation in ("amends", "replaces"):
        return "mentions"
    first = not before and not _WORD.search(passage.text[: cited.type_start])
    return "basis" if passage.among_bases and relation == "mentions" and first else relation


def _same_number(cited: str, own: str | None) -> bool:
    """Whether a number is the document's own, however its parts are joined: "12/2031/QĐ/BYT" and "12/2031/QĐ-BYT"."""
    return own is not None and re.sub(r"\W", "", cited) == re.sub(r"\W", "", own)


def _considered(text: str, cited: Citation, zone: str) -> str | None:
    """In a preamble what an authority considers was submitted to it, or is a basis: "Xét Tờ trình số … của …; Báo cáo thẩm tra số …";
    "…, trên cơ sở đề xuất của Sở Y tế tại Tờ trình số …"."""
    if zone != "preamble":
        return None
    if cited.doc_type_code == "TTr":
        return "submitted_by"
    return (
        "basis"
        if re.match(r"[-+*\s]*(?:sau\s+khi\s+)?(?:xem\s+)?xét\s", key(text)) and cited.doc_type_code == "BC"
        else None
    )


def _day_of_sentence(text: str, cited: Citation) -> date | None:
    """The day a sentence opens with and on which what it cites was issued: "Ngày 3/4/2031, UBND tỉnh ban hành Kế hoạch số …"."""
    start = max(text.rfind(". ", 0, cited.type_start), text.rfind("- ", 0, cited.type_start)) + 1
    opening = text[max(start, 0) : cited.type_start]
    if not _ISSUED_ON_DAY.match(key(opening)):
        return None
    dates = find_dates(opening)
    return dates[0].value if len(dates) == 1 else None


def _passages(document: Document, outline: Outline) -> Iterator[_Passage]:
    """Texts that may cite: paragraphs and cells, then footnotes; the number of a document has a stroke."""
    for node in outline.nodes:
        zone = {"preamble": "preamble", "annex": "annex"}.get(node.zone, "body")
        bases = node.parent is not None and bool(_BASES.match(key(node.parent.heading)))
        if node.block.table is not None:
            cells = (c for c in node.block.table.cells if "/" in c.text)
            yield from (_Passage(c.text, c.start, node.path(), zone, bases, True) for c in cells)
        elif "/" in node.block.text:
            yield _Passage(node.block.text, node.start, node.path(), zone, bases, node.role in WORK)
    notes = (b for b in document.blocks if b.zone == "note" and b.table is None)
    yield from (_Passage(b.text, b.start, "", "note", False, False) for b in notes)


def _is_own_number(text: str, cited: Citation) -> bool:
    """The number line of the letterhead: "Số: 12/KH-UBND"."""
    return (
        cited.start < 25
        and bool(re.match(r"\s*(?:\w+\s+\w+\s+)?số\s*:?\s*$", key(text[: cited.start])))
        and len(text) - cited.end < 5
    )


def _relation(text: str, cited: Citation, before: tuple[Citation, ...]) -> str:
    """The nearest word in front decides; a paragraph of legal bases is one throughout.

    "Căn cứ Nghị định số …" → basis · "Thực hiện Quyết định số … và Kế hoạch số …" → both implements ·
    "… ban hành Quyết định số … Để thực hiện Chiến lược, …" → implements · "Theo đề nghị của … tại Tờ trình số …" → submitted_by
    """
    keyed = key(text)
    lead = keyed[: cited.type_start]
    sentence = lead[max(lead.rfind(". "), lead.rfind(";")) + 1 :]
    if re.search(r"(?:đề\s+nghị|xem\s+xét)(?:(?!căn\s+cứ).)*$", lead) and cited.doc_type_code in ("TTr", "CV"):
        return "submitted_by"
    if _BASIS.match(keyed):
        return "basis"
    if re.search(r"(?:theo|xét)\s+đề\s+nghị", sentence):
        return "submitted_by"
    if before and not re.sub(r"[\s,;.]|và|(?<!\w)số", "", keyed[before[-1].end : cited.type_start]):
        return _relation(text, before[-1], before[:-1])  # "… số 5/NQ-HĐND; Kế hoạch số 6/KH-UBND": one verb for both
    if not sentence.strip() and _CARRIES_OUT.match(keyed):
        return (
            "implements"  # "Thực hiện Quyết định số 3/QĐ-TTg …; Nghị quyết số 4-NQ/TU …": one verb for the whole list
        )
    last = ("mentions", -1)
    for code, pattern in _NEAREST:
        for m in pattern.finditer(sentence):
            if m.end() > last[1]:
                last = (code, m.end())
    relation, at = last
    if before and relation in ("implements", "continues") and _in_title(keyed[before[-1].end : cited.type_start]):
        return "mentions"
    if relation in ("amends", "replaces") and _of_another(keyed, cited, before):
        relation = "mentions"
    if relation in ("implements", "continues") and _stops(sentence[at:]):
        relation = "mentions"
    if (
        relation == "mentions"
        and cited.doc_type_code in ("QĐ", "NQ", "CT", "KL")
        and _STRATEGY.search(keyed[cited.end :])
    ):
        relation = "implements"
    return relation


def _in_title(between: str) -> bool:
    """Whether a citation stands in the title of the one before it: "Quyết định số 3/QĐ-TTg … ban hành Kế hoạch thực hiện Kết luận số
    4-KL/TW"."""
    return bool(_ITS_TITLE.search(between)) and not re.search(
        r"[;,]|\.\s|(?<!\w)này(?!\w)|(?<!\w)và\s*$", _OF_ISSUER.sub("", between)
    )


def _of_another(keyed: str, cited: Citation, before: tuple[Citation, ...]) -> bool:
    """Whether a document cited in front does it: "Quyết định số 3/QĐ-TTg … sửa đổi Quyết định số 4/QĐ-TTg" amends nothing here."""
    if not before:
        return False
    between = keyed[before[-1].end : cited.type_start]
    first = max(keyed.rfind(mark, 0, before[-1].start) for mark in (". ", ";")) + 1
    does = re.search(r"sửa\s+đổi|thay\s+thế", between)
    return does is not None and not re.search(r";|\.\s", between) and not _THIS.search(keyed, first, cited.type_start)


def _stops(between: str) -> bool:
    """Whether another clause has begun: an authority that acted, or more than a list of documents and their titles."""
    return bool(re.search(r"(?:ủy\s+ban|ubnd|hđnd|bộ\s+\w+)[^,]{0,40}\s(?:đã|có)\s", between)) or len(between) > 420


def _title(text: str, cited: Citation) -> str | None:
    m = _TITLE.match(text, cited.end)
    return collapse(m.group(1)).rstrip(",") if m else None
