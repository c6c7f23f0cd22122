"""Citations of legal and administrative documents: type, number, date and issuer, wherever they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from normalizers.agencies import find_agencies
from normalizers.figures import with_digits
from normalizers.lexicon import alternatives, load
from normalizers.memo import remembered
from normalizers.periods import find_dates
from normalizers.text import collapse, key, nfc, with_stroke

_LETTERS = r"[A-ZĐƯÔƠÊÂĂ][A-Za-zĐđƯưÔÊ0-9&.]*"
# Recognised digits may be letters of the same shape: "l463", "14I3", "2O".
_DIGITS = r"(?:\d{1,5}[a-dA-D]?|(?=[lIO]*\d)[\dlIO]{2,5})"
# "1463/QĐ-TTg", "45/2012/NĐ-CP", "539/SCT-KC", "2740/QĐ/BNN-KL" · party documents "57-NQ/TW", "58CT/TW", "3260-KH/ĐĐQH15"
_STATE = rf"{_DIGITS}\s?/\s?(?:(?:19|20)\d{{2}}\s?/\s?)?{_LETTERS}(?:\s?[-–/]\s?{_LETTERS})*"
_PARTY = rf"{_DIGITS}\s?[-–]?\s?(?:NQ|CT|QĐ|KH|KL|CTr|HD|TB|BC|QC|QyĐ|TTr|CV|CTHĐ|ĐA|ĐUQĐ|PA)\s?/\s?{_LETTERS}(?:\s?[-–]\s?{_LETTERS})*"
# In small letters only where the parts are known: "531/kh-ubnd".
_SMALL = r"\d{1,5}/(?:(?:19|20)\d{2}/)?(?:kh|qđ|nq|ct|tb|bc|cv|ttr|nđ|tt)-(?:ubnd|hđnd|ttg|cp|s[a-zđ]{1,5}|b[a-zđ]{1,6})(?!\w)"
_SYMBOL = re.compile(rf"(?:(?<![\w/.,-])|(?<=số))(?:{_PARTY}|{_STATE}|{_SMALL})")
_DATE_BEHIND = re.compile(
    r"\s*+(?:,\s*+)?(?:\((?!\s*(?:ký\s+)?ngày)[^)]*\)\s*+)?(?:ban\s+hành\s+)?(?:,\s*)?\(?(?:ký\s+|cùng\s+)?(?:ngày\s*)?(?:(?=\d{1,2}\s*(?:tháng|/|-|\.))|(?<=ngày\s)(?=\w+\s))"
)
_ISSUER_BEHIND = re.compile(
    r"\)?\s*,?\s*của\s+([A-ZĐƯỦ][^,;.()“”\"]{3,90}?)(?=\s+(?:về|phê duyệt|ban hành|quy định|hướng dẫn|phát động|triển khai|thực hiện|sửa đổi|trên địa bàn|như sau|truyền đạt|thông báo|ngày|giao|(?i:và (?:kế hoạch|quyết định|nghị quyết|nghị định|công văn|chỉ thị|báo cáo|thông tư|văn bản|tờ trình|kết luận|thông báo|chương trình|đề án)|(?:kế hoạch|quyết định|nghị quyết|công văn|chỉ thị|báo cáo) số))|[,;:.()“”\"]|$)"
)
# What is no document although it looks like the number of one: roads, accounts, standards, plots.
_OTHER_NUMBER = re.compile(
    r"(?:km|ql|quốc\s+lộ|tk|tài\s+khoản|[qt]cvn\s*\d*\s*:|tcvn[\s/]*\w*:|lô|thửa|biển\s+số|tờ\s+bản\s+đồ)(?:\s+số)?\s*+\d*+\s*+(?::\s*+)?$"
)
_SLIPS = (
    (re.compile(r"(?<=/)Q[DB](?=[-/])|(?<=-)QD(?=/)"), "QĐ"), (re.compile(r"(?<=/)ND(?=-CP)"), "NĐ"), (re.compile(r"-T[Tt][Ggq]$"), "-TTg"),
    (re.compile(r"-[UƯÚÙ]BN[DĐO0]$"), "-UBND"), (re.compile(r"-HDND$"), "-HĐND"),
    (re.compile(r"(?<=/)TTR(?=-)"), "TTr"), (re.compile(r"(?<=/)CD(?=-)"), "CĐ"),
)  # fmt: skip
_NUMBER_SLIPS = str.maketrans("lIO", "110")
_LONGEST_HEAD = 22  # letters of "Chủ tịch", "Ban Thường vụ" in front of the agency that issues
_HARD_HYPHEN = "\u2011"
_LISTED = re.compile(
    r"\s*(?:,|;|và|,\s*và)\s*(?:(?:quyết\s+định|kế\s+hoạch|công\s+văn|văn\s+bản|nghị\s+định|nghị\s+quyết|thông\s+tư|chỉ\s+thị)\s+)?(?:số\s*:?\s*)?"
)
_NOT_SYMBOL = re.compile(r"\d{1,2}/(?:19|20)\d{2}$|\d+/\d+$|^\d+\s?/\s?[A-Z]$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document. `type_start` is where its type word begins ("Quyết định số …"), else the number's start."""

    start: int
    end: int
    type_start: int
    doc_type_code: str | None
    number_symbol: str
    issued_date: date | None
    issuer_text: str | None


@cache
def _types() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {key(form): entry.code for entry in load("document_types") for form in entry.forms}
    return re.compile(
        rf"(?<!\w)({alternatives(codes)})(?:\s+(?:liên\s+tịch|hành\s+động|liên\s+ngành))?\s*(?:số\s*)?:?\s*$"
    ), codes


def parse_symbol(text: str) -> str:
    """The number without spaces, slips of typists and scanners mended: "38 /KH- UBND" → "38/KH-UBND", "l463/QD-TTq" → "1463/QĐ-TTg"."""
    symbol = re.sub(r"\s+", "", with_stroke(nfc(text))).replace("–", "-").replace(_HARD_HYPHEN, "-").rstrip(".-")
    number = re.match(r"[\dlIO]+", symbol)
    if symbol == symbol.lower():
        symbol = symbol.upper()
    if number:
        symbol = number.group().translate(_NUMBER_SLIPS) + symbol[number.end() :]
    for slip, meant in _SLIPS:
        symbol = slip.sub(meant, symbol)
    return symbol


def symbol_type(symbol: str) -> str | None:
    """Document type code from the letters of a number: "38/KH-UBND" → KH, "57-NQ/TW" → NQ, "212/SCT-QL" → CV."""
    known = {entry.code: entry for entry in load("document_types")}
    parts = [p for p in re.split(r"[/\-]", re.sub(r"^\d+[/-]?(?:(?:19|20)\d{2}/)?", "", symbol)) if p]
    by_letters = {
        s.upper(): code for code, entry in known.items() for s in str(entry.fields.get("symbols", code)).split()
    }
    first = parts[0] if parts else ""
    law = re.match(r"(QH|UBTVQH)\d+$", first)
    if law:
        return "L" if law.group(1) == "QH" else "NQ"
    return by_letters.get(first.upper(), "CV" if parts else None)


@remembered
def find_citations(text: str) -> tuple[Citation, ...]:
    """Every cited number, in the order of the text: "Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2020 của UBND tỉnh"."""
    if "/" not in text:
        return ()
    read = with_digits(with_stroke(text).replace(_HARD_HYPHEN, "-"))
    found: list[Citation] = []
    pattern, codes = _types()
    for m in _SYMBOL.finditer(read):
        symbol = parse_symbol(m.group())
        if _NOT_SYMBOL.search(symbol) or not re.search(r"[A-ZĐ]{2}|TTg|BC|CT", symbol):
            continue
        before = key(text[max(0, m.start() - 60) : m.start()])
        named = pattern.search(before)
        if _OTHER_NUMBER.search(before) or (named is None and not _is_announced(before) and _is_bare(symbol)):
            continue
        code = codes[re.sub(r"\s+", " ", named.group(1))] if named else None
        if code in (None, "CV", "L") or (code == "TT" and "TTLT" in symbol):
            code = symbol_type(symbol) if code is None or code != "L" else code
        end, issued = _date_behind(text, m.end())
        issuer = _ISSUER_BEHIND.match(text, end)
        if issued is None and issuer is not None:  # "của Sở … ngày 18/02/2021"
            end, issued = _date_behind(text, issuer.end())
        type_start = m.start() - len(before) + named.start(1) if named else m.start()
        if issued is None and not found:
            issued = _date_before(text[:type_start])
        found.append(
            Citation(m.start(), end, type_start, code, symbol, issued, _issuer(text, issuer) if issuer else None)
        )
    return tuple(_shared(text, found))


def _issuer(text: str, m: re.Match[str]) -> str:
    """The issuer behind "của": up to the end of the agency that is named there, else up to the next phrase."""
    start, end = m.span(1)
    agency = next((a for a in find_agencies(text) if start <= a.start < min(end, start + _LONGEST_HEAD)), None)
    return collapse(text[start : agency.end if agency is not None else end])


def _shared(text: str, found: list[Citation]) -> list[Citation]:
    """What a list of numbers says once: "số 12/QĐ-UBND … và số 13/QĐ-UBND cùng ngày … của UBND tỉnh"."""
    same_day = False
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        if not _LISTED.fullmatch(key(text[first.end : second.start])):
            same_day = False
            continue
        same_day = same_day or "cùng ngày" in key(text[second.start : second.end + 12])
        found[n] = replace(
            first,
            issuer_text=first.issuer_text or second.issuer_text,
            issued_date=first.issued_date or (second.issued_date if same_day else None),
        )
    return found


def _is_announced(before: str) -> bool:
    """Whether "số" stands in front of a number."""
    return bool(re.search(r"(?<!\w)(?:số|sô|so)\s*:?\s*$", before))


def _is_bare(symbol: str) -> bool:
    """Whether a number has letters of no known type and no second part: "12/QL1A" could be anything."""
    return symbol_type(symbol) == "CV" and not re.search(r"/[^/]*[-/]", symbol)


def _date_before(lead: str) -> date | None:
    """ "Ngày 05/3/2019, UBND tỉnh ban hành Quyết định số …": the day opens the sentence."""
    sentence = lead[max(lead.rfind(". "), lead.rfind("; "), -1) + 1 :]
    dates = find_dates(sentence)
    opens = (
        len(dates) == 1
        and re.fullmatch(r"\s*(?:vào\s+)?(?:ngày\s+)?", key(sentence[: dates[0].start]))
        and re.search(r"ban\s+hành|phê\s+duyệt|(?:tại|ký|đã\s+có|có)\s*$", key(sentence))
    )
    return dates[0].value if opens else None


def _date_behind(text: str, position: int) -> tuple[int, date | None]:
    lead = _DATE_BEHIND.match(key(with_digits(text)), position)
    if not lead:
        return position, None
    window = text[position : lead.end() + 80]
    dates = find_dates(window)
    if dates and dates[0].start <= lead.end() - position:
        return position + dates[0].end, dates[0].value
    return position, None
