"""The head and the signature of a document: letterhead, number, date, type, title, issuer, signer; the head of a news page."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from extractors.article_head import article_head, posted_on
from extractors.document import Block, Document
from extractors.findings import Header
from extractors.issuer import AUTHORITY, PLACE_DATE, find_issuer
from extractors.labels import parse_label
from extractors.page_facts import stated_values
from extractors.signature import find_signer
from normalizers.agencies import find_agencies
from normalizers.lexicon import alternatives, load
from normalizers.periods import find_dates
from normalizers.references import Citation, find_citations
from normalizers.text import collapse, ends_sentence, key

_NUMBER_LINE = re.compile(r"(?:^số\s*:?|(?:^|\s)số(?:\s*hiệu)?\s*:)\s*", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"(?:căn\s+cứ|thực\s+hiện|triển\s+khai|để\s|nhằm\s|xét\s|theo\s+đề\s+nghị|trên\s+cơ\s+sở|trong\s+những|những\s+năm|giai\s+đoạn|tiếp\s+tục|qua\s)"
)
_PERIOD_LINE = re.compile(r"giai\s+đoạn\s+(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}[^.;:]{0,60}$")
_NUMBERED_AS = re.compile(r"số\s*(?:[/-]\s*)?(?:hiệu|ký\s+hiệu)(?:\s+văn\s+bản)?\s*:?\s*")
_ISSUED_ON = re.compile(r"ngày\s+ban\s+hành\s*:?\s*")
_NATIONAL = re.compile(r"cộng\s+h.{1,2}a\s+xã\s+hội|độc\s+lập")
_ANNEX = re.compile(r"(?:phụ\s+lục|biểu\s+(?:số\s+)?\d+)(?:\s+(?:số\s+)?[ivx\d]+)?\s*[.:]?(?:\s|$)")
_ATTACHED = re.compile(r"kèm\s+theo")
_ENACTS = 20  # characters of "QUYẾT ĐỊNH:"
_HEAD_BLOCKS = 30
_LONGEST_NAME = 400
# Where the name of a document ends in a sentence.
_NAME_STOPS = re.compile(
    r"(?:,|(?<![\s,]))\s+(?:như\s+sau|với\s+(?:các|những|nội|một)|gồm|cụ\s+thể)(?!\w)|(?<!\s)\s*\((?=(?:sau|gọi|có|kèm)(?!\w))|[:;]",
    re.IGNORECASE,
)
_FIRST_ARTICLE = re.compile(r"Điều\s+1\s*[.:]\s*((?:Phê duyệt|Ban hành|Thông qua)\s.*)")
_SELF_ENACTING = re.compile(r"(?:ban\s+hành|xây\s+dựng)\s+")
_WAS_ISSUED = re.compile(r"ban\s+hành\s*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SESSION = re.compile(r"kh[óo]a\s+[ivx\d]+\s*[,\s–-]\s*kỳ\s+họp")  # "KHÓA XII KỲ HỌP THỨ 11"


@cache
def _type_words() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {key(form): entry.code for entry in load("document_types") for form in entry.forms}
    return re.compile(rf"({alternatives(codes)})(?!\w)"), codes


def read_header(document: Document) -> Header:
    """Reads what identifies a document. A page without letterhead or type line is an article (ART)."""
    body = [b for b in document.blocks if b.zone == "body" and b.table is None]
    head = body[:_HEAD_BLOCKS]
    found = _type_line(head) or _titled_page(document.page_title, document) or _untyped(head) or _official_letter(head)
    if document.page_title is None:
        found = (
            found
            or _annex_alone(head)
            or _of_no_known_type(head)
            or _named_above(head, document)
            or _enacts_itself(head)
        )
    signer = find_signer(document)
    if found is None:
        return article_head(document, body)
    code, first, title, body_start, named = found
    letterhead = head[:first]
    attached = _attachment(body, code)
    number = _number(letterhead, document) or (named.number_symbol if named else None)
    own = attached if attached and attached.doc_type_code == code else None
    told = _told_of(letterhead, code) if number is None else None
    number = number or (own.number_symbol if own else None) or (told[0] if told else None)
    issued = (
        _date(letterhead, document)
        or (told[1] if told else None)
        or (named.issued_date if named else None)
        or (attached.issued_date if attached else None)
        or _adopted(body)
    )
    issuer, slug = find_issuer(letterhead, head[first:], attached, body, number, title, document)
    return Header(
        code, number, issued, title, issuer, slug, signer[0], signer[1], signer[2],
        document.published_date if document.page_title and not letterhead else posted_on(head), body_start,
    )  # fmt: skip


def _type_line(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """Type code, index of the type line, title, and where the body begins."""
    pattern, codes = _type_words()
    for n, block in enumerate(head):
        text = collapse(block.text)
        if parse_label(text) is not None and n > 3 and not text.startswith(("PHỤ", "DANH")):
            return None
        m = pattern.match(key(text))
        if not m or find_citations(text):
            continue
        code = codes[re.sub(r"\s+", " ", m.group(1))]
        if text.endswith(":") and len(text) < _ENACTS:  # "QUYẾT ĐỊNH:" enacts what follows; the title was lost
            return None
        capitals = text == text.upper()
        if not capitals and not _plain_title(head, n, text):
            continue
        if code in ("L", "CV") and len(text) > 40:
            continue
        title, end = _title(head, n)
        return code, n, title, end, None
    return None


def _plain_title(head: list[Block], n: int, text: str) -> bool:
    """A title line that lost its capitals counts as the first line, when a preamble or an authority follows soon."""
    if n > 1 or not re.match(r"\w+\s+\w+\s+(?:về|phê|ban|hành|thực|áp|triển|điều|phát|quy|của|giao)", key(text)):
        return False
    following = [collapse(b.text) for b in head[n + 1 : n + 5]]
    return any(
        _PREAMBLE.match(key(t).lstrip("- ")) or re.match(r"ủy\s+ban|chủ\s+tịch|bộ\s+trưởng|điều\s+1", key(t))
        for t in following
    )


def _title(head: list[Block], n: int) -> tuple[str, int]:
    words = [collapse(head[n].text)]
    end = head[n].end
    for block in head[n + 1 : n + 8]:
        text = collapse(block.text)
        if (
            not text
            or text.startswith("(")
            or re.match(r"(?:ủy\s+ban\s+nhân\s+dân|chủ\s+tịch)(?!\w)", key(text))
            or AUTHORITY.match(text)
        ):
            break
        first = (
            len(words) == 1
            and not ends_sentence(text.rstrip("."))
            and len(text) < 300
            and not key(text).startswith("căn cứ")
        )
        period = len(words) < 5 and bool(_PERIOD_LINE.match(key(text)))  # the last line of a title of several lines
        if _PREAMBLE.match(key(text)) and text != text.upper() and not first and not period:
            break
        if parse_label(text) is not None or len(text) > 400 or (ends_sentence(text) and text != text.upper()):
            break
        if (
            len(words) > 1
            and len(words[1]) > 40
            and _LETTERS.search(text)
            and (text == text.upper()) != (words[1] == words[1].upper())
        ):
            break
        words.append(text)
        end = block.end
    return " ".join(words).strip(" .*-_"), end


def _untyped(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """A letterhead whose type line is lost: the number gives the type, a line in capitals below it or "… ban hành Kế hoạch …" the
    title."""
    pattern, codes = _type_words()
    for n, block in enumerate(head[:8]):
        m = _NUMBER_LINE.match(collapse(block.text))
        cited = find_citations(block.text) if m else []
        if not cited or cited[0].doc_type_code in (None, "CV"):
            continue
        for later in head[n + 1 : n + 20]:
            if _is_bare_title(later):
                words, end = _title(head, head.index(later))
                return str(cited[0].doc_type_code), head.index(later), words, end, None
            article = _FIRST_ARTICLE.match(collapse(later.text))
            if article and cited[0].doc_type_code in ("QĐ", "NQ"):
                title = _NAME_STOPS.split(article.group(1))[0].rstrip(".")
                return str(cited[0].doc_type_code), head.index(later), title, block.end, None
            for named in re.finditer(r"(?:ban\s+hành|xây\s+dựng|triển\s+khai)\s+[“\"]?", key(later.text)):
                word = pattern.match(key(later.text), named.end())
                if word is None or codes[re.sub(r"\s+", " ", word.group(1))] != cited[0].doc_type_code:
                    continue
                title = _NAME_STOPS.split(later.text[named.end() :])[0]
                return str(cited[0].doc_type_code), head.index(later), collapse(title), block.end, None
    return None


def _is_bare_title(block: Block) -> bool:
    """Whether a line in capitals is a title without its type: "TRIỂN KHAI CHƯƠNG TRÌNH NƯỚC SẠCH GIAI ĐOẠN 2031 - 2035"."""
    text = collapse(block.text)
    return (
        text == text.upper()
        and len(text.split()) > 4
        and parse_label(text) is None
        and not _is_agency_line(block)
        and not _NATIONAL.search(key(text))
        and not AUTHORITY.match(text)
        and not _SESSION.match(key(text))
    )


def _official_letter(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """A letter has no type line: a number, "V/v …" and an addressee ("Kính gửi: Sở Y tế") under a letterhead."""
    numbered = any(_NUMBER_LINE.match(collapse(b.text)) for b in head)
    for n, block in enumerate(head):
        if numbered and re.match(r"kính\s+gửi\s*:?", key(block.text)):
            about = next(
                (m for b in head[:n] if (m := re.match(r"v/v\s*:?\s*(.+)", collapse(b.text), re.IGNORECASE))), None
            )
            return "CV", n, about.group(1) if about else "", block.start, None
    return None


def _annex_alone(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """An annex that is a file of its own: "PHỤ LỤC II", its title, "(Kèm theo Kế hoạch số 7/KH-UBND ngày …)"."""
    first = next((n for n, block in enumerate(head[:6]) if _ANNEX.match(key(collapse(block.text)))), None)
    caption = next((n for n, block in enumerate(head[:14]) if _ATTACHED.search(key(block.text))), None)
    if first is None or caption is None or caption < first:
        return None
    titles = [collapse(block.text) for block in head[first + 1 : caption]]
    title = " ".join(t for t in titles if not t.startswith("(")) or collapse(head[first].text)
    return "OTHER", first, title, head[caption].end, None


def _of_no_known_type(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """The title page of an outline or an estimate: agencies in capitals, and a title in capitals that begins with no type of
    document ("ĐỀ CƯƠNG VÀ DỰ TOÁN", "QUY TRÌNH VẬN HÀNH HỒ CHỨA")."""
    first = 0
    while first < len(head) and (_is_agency_line(head[first]) or not _LETTERS.search(head[first].text)):
        first += 1
    title: list[Block] = []
    for block in head[first:]:
        text = collapse(block.text)
        if text != text.upper() or _is_agency_line(block) or parse_label(text) is not None:
            break
        title.append(block)
    words = " ".join(collapse(block.text) for block in title)
    if (
        not any(_is_agency_line(block) for block in head[:first])
        or len(words.split()) < 4
        or _NATIONAL.search(key(words))
    ):
        return None
    return "OTHER", first, words, title[-1].end, None


def _is_agency_line(block: Block) -> bool:
    """Whether a line in capitals is the name of an agency and nothing else."""
    text = collapse(block.text).rstrip(" .:")
    named = find_agencies(text) if text == text.upper() else ()
    return bool(named) and named[0].start == 0 and named[-1].end == len(text)


def _named_above(head: list[Block], document: Document) -> tuple[str, int, str, int, Citation | None] | None:
    """A document passed on without its head, under its full name: "Nghị quyết số 9-NQ/TU ngày … về chuyển đổi số"."""
    title = collapse(head[0].text) if head else ""
    return _titled_page(title, document) if len(title) < _LONGEST_NAME and len(head) > 1 else None


def _enacts_itself(head: list[Block]) -> tuple[str, int, str, int, Citation | None] | None:
    """A text without any head that says what it is: "…, Ủy ban nhân dân tỉnh ban hành Kế hoạch nước sạch như sau:"."""
    pattern, codes = _type_words()
    for n, block in enumerate(head[:3]):
        text = collapse(block.text)
        keyed = key(text)
        m = next((m for m in _SELF_ENACTING.finditer(keyed) if not re.search(r"[.;]\s", keyed[m.end() :])), None)
        word = pattern.match(keyed, m.end()) if m else None
        by = [a for a in find_agencies(text[: m.start()]) if a.agency] if m else []
        if (
            word is None
            or not keyed.endswith(":")
            or not by
            or len(keyed[by[-1].end : m.start() if m else 0].split()) > 3
        ):
            continue
        title = _NAME_STOPS.split(text[m.end() if m else 0 :])[0]
        return codes[re.sub(r"\s+", " ", word.group(1))], n, title, block.end, None
    return None


def _titled_page(title: str | None, document: Document) -> tuple[str, int, str, int, Citation | None] | None:
    """A page whose heading is a document's full name: "Quyết định số 12/QĐ-TTg Phê duyệt Chiến lược …"."""
    if not title:
        return None
    pattern, codes = _type_words()
    m = pattern.match(key(title))
    cited = find_citations(title)
    if not m or not cited or cited[0].type_start != 0:
        return None
    first = document.blocks[0].end if document.blocks else 0
    return codes[re.sub(r"\s+", " ", m.group(1))], 0, title, first, cited[0]


def _number(letterhead: list[Block], document: Document) -> str | None:
    meta = [b for b in document.blocks[:_HEAD_BLOCKS] if b.zone == "furniture" and b.table is None]
    for block in [*letterhead, *meta]:
        m = _NUMBER_LINE.search(block.text)
        cited = find_citations(block.text[m.end() : m.end() + 60]) if m else []
        if cited and cited[0].start <= 1:
            return cited[0].number_symbol
    for value in stated_values(document, _NUMBERED_AS):
        cited = find_citations(value)
        if cited:
            return cited[0].number_symbol
    return None


def _date(letterhead: list[Block], document: Document) -> date | None:
    for block in letterhead:
        if PLACE_DATE.match(collapse(block.text)) or re.match(r"ngày\s+\d", key(block.text)):
            dates = find_dates(block.text)
            if dates:
                return dates[0].value
    for value in stated_values(document, _ISSUED_ON):
        dates = find_dates(value[:20])
        if dates:
            return dates[0].value
    return None


def _told_of(above: list[Block], code: str) -> tuple[str, date | None] | None:
    """Number and day that a page tells before it prints a document without its head: "Ngày 23/8/2031, Tỉnh ủy đã ban hành Chương trình
    số 27-CTr/TU về …" above "CHƯƠNG TRÌNH"."""
    for block in above:
        for cited in find_citations(block.text):
            if cited.doc_type_code == code and _WAS_ISSUED.search(key(block.text[: cited.type_start])):
                dates = find_dates(block.text[: cited.type_start])
                return cited.number_symbol, cited.issued_date or (dates[0].value if dates else None)
    return None


def _adopted(body: list[Block]) -> date | None:
    """Resolutions of the National Assembly state their day at the end: "… thông qua ngày 3 tháng 9 năm 2031"."""
    for block in reversed(body):
        m = re.search(r"(?:nghị\s+quyết|luật|pháp\s+lệnh)\s+này\s.*thông\s+qua\s+[^.]{0,80}?(?=ngày)", key(block.text))
        if m:
            dates = find_dates(block.text[m.end() :])
            return dates[0].value if dates else None
    return None


def _attachment(body: list[Block], code: str) -> Citation | None:
    """The document a caption names: "(Kèm theo Kế hoạch số 7/KH-UBND ngày …)"; one of the own type is preferred."""
    cited: list[Citation] = []
    for block in body:
        text = block.text
        if (
            len(text) > 300
            or not text.lstrip().startswith(("(", "Kèm", "Ban hành kèm"))
            or not _ATTACHED.search(key(text))
        ):
            continue
        cited += find_citations(text)[:1]
    return next((c for c in cited if c.doc_type_code == code), cited[0] if cited else None)
