"""Printed numbering at the beginning of a line: "Điều 2.", "IV.", "1.1.", "đ)", "-", "* Nhóm nhiệm vụ 1:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.figures import parse_roman

# Rank of a style: the smaller encloses the larger where the document does not show otherwise.
RANKS = {
    "annex": 0.0, "part": 1.0, "chapter": 2.0, "section": 3.0, "article": 4.0, "capital": 4.5, "capital_decimal": 5.8, "heading": 5.0, "roman": 5.0,
    "roman1": 5.2, "roman2": 5.4, "roman3": 5.6,
    "decimal1": 6.0, "group": 6.5, "decimal2": 7.0, "decimal3": 8.0, "decimal4": 8.5, "alpha": 9.0, "paren": 10.0, "decimal_paren": 10.0,
    "star": 10.5, "dash": 11.0, "dot": 11.5, "plus": 12.0,
}  # fmt: skip
BULLETS = frozenset({"dash", "plus", "star", "dot"})
_GROUP_WORDS = r"nhóm\s+nhiệm\s+vụ|nhóm\s+giải\s+pháp|nhóm|nhiệm\s+vụ|giải\s+pháp|bước|hợp\s+phần|tiểu\s+dự\s+án|dự\s+án\s+thành\s+phần|nội\s+dung\s+thành\s+phần"
# "1. 500.000", "1. 000", "5. 6. 2020": digits that belong to the number or date before them, not words behind a label.
_REST_OF_NUMBER = r"0\d\d(?!\d)|\d{3}[.\s]\d{3}(?!\d)|\d{1,2}\s*[./-]\s*\d{4}(?!\d)|\d{1,2}\.(?:\s|$)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "annex",
        re.compile(
            r"(?:PHỤ\s+LỤC|PHỤ\s+BIỂU|BIỂU\s+SỐ|Phụ\s+lục(?=\s*[:.]?\s*$|\s+(?:số\s+)?[IVX\d]+[A-Za-z]?\s*[.:]?\s*$))(?:\s+(?:số\s+)?([IVX]+|\d+[A-Za-z]?|[A-Z])(?!\w))?\s*[.:]?"
        ),
    ),
    ("annex", re.compile(r"()DANH\s+MỤC(?=\s*$|\s+(?:CÁC\s+)?(?:NHIỆM|CÔNG|DỰ|ĐỀ|CHƯƠNG)[^a-zà-ỹ]*$)")),
    (
        "part",
        re.compile(
            r"(?:PHẦN|Phần)\s+((?:thứ\s+)?(?:nhất|hai|ba|tư|bốn|năm|sáu)|(?:THỨ\s+)?(?:NHẤT|HAI|BA|TƯ|NĂM)|[IVX]+|\d+|[A-HĐ](?=\s*[.:]))(?!\w)\s*[.:]?"
        ),
    ),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương)\s+([IVXLC]+|\d+)(?!\w)\s*[.:]?")),
    ("section", re.compile(r"(?:MỤC|Mục)\s+(\d+|[IVX]+)(?!\w)\s*[.:]?")),
    ("article", re.compile(r"(?:ĐIỀU|Điều)\s+(\d+[a-z]?)\s*[.:]\s*")),
    (
        "group",
        re.compile(
            rf"(?:[*•\-–]\s*)?(?:{_GROUP_WORDS})\s+(?:thứ\s+)?(\d+|[IVX]+|nhất|hai|ba|tư|năm|sáu)\s*[:.\-–]\s*",
            re.IGNORECASE,
        ),
    ),
    ("roman_decimal", re.compile(r"([IVX]+(?:\.\d{1,2}){1,3})\.?\s+(?=[^\W\d])")),
    ("roman", re.compile(r"(?![Vv]/[Vv]\s)([IVX]+)\s*(?:[.)/]|[-–](?=\s))\s*(?=\S)")),
    ("capital_decimal", re.compile(r"([A-HĐ]\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s+(?=[^\W\d])")),
    ("capital", re.compile(r"([A-HĐ])\s*[.)/]\s+(?=\S)")),
    (
        "decimal",
        re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:\.|(?=\s)(?!\s+(?:nghìn|ngàn|triệu|tỷ|tỉ)\b))\s*(?=[^\d\s.,])"),
    ),
    ("decimal2", re.compile(r"(\d{1,2}\.\s?[a-zđ])\s*[.)]\s*(?=[^\W\d])")),  # "2.a. Lập bản đồ"
    ("decimal", re.compile(r"(\d{1,2})\s?\.\s*(?=[^\d\s])")),
    ("decimal", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\.\s+(?=\d)(?!{_REST_OF_NUMBER})")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s?/\s+(?=[^\W\d])")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s?/\s+(?=\d)")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*[-–]\s+(?=[^\W\d])")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s*\)\s*(?=[^\W\d])")),
    ("decimal_paren", re.compile(r"(\d{1,2})\s*\)\s*(?=\S)")),
    ("decimal", re.compile(r"(\d{1,2})\s*:\s+(?=[^\W\d])")),
    ("alpha", re.compile(r"([a-zđ]\d?|i{2,3}|iv|vi{1,3}|ix)\s*\)\s*(?=\S)")),
    ("alpha", re.compile(r"([a-hđ])\s*\.\s+(?=[^\W\d])")),
    ("alpha", re.compile(r"([a-zđ]\d?)\s?/\s+(?=[^\W\d])")),
    ("paren", re.compile(r"\(\s*(\d{1,2}|[a-zđ]|[ivx]+)\s*\)\s*(?=\S)")),
    ("star", re.compile(r"()\*+\s*(?=\S)")),
    ("dot", re.compile(r"()[•●▪◦○∙·■□✓➢❖\uf0b7\uf0a7\uf02d\uf0d8]\s*(?=\S)")),
    ("plus", re.compile(r"()\+\s*(?=\S)")),
    ("dash", re.compile(r"()[-–—−]\s*(?=[^\s\-–—])")),
)
# What a label of a style can begin with, so that a line is only asked for those it can have.
_UPPER, _LOWER, _DIGIT, _MARK = range(4)
_BEGINNINGS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("annex", "part", "chapter", "section", "article", "roman_decimal", "roman", "capital_decimal", "capital"), (_UPPER,)
    ),
    **dict.fromkeys(("decimal", "decimal2", "decimal_paren"), (_DIGIT,)),
    **dict.fromkeys(("paren", "star", "dot", "plus", "dash"), (_MARK,)),
    "group": (_UPPER, _LOWER, _MARK),
    "alpha": (_LOWER,),
}  # fmt: skip
_BY_BEGINNING = tuple(tuple(p for p in _PATTERNS if kind in _BEGINNINGS[p[0]]) for kind in range(4))
# First two letters of the labels that begin with a word ("Phụ", "Điều", "Nhóm", "III"); other words begin no label.
_LETTERED = frozenset(
    [
        "PH",
        "Ph",
        "BI",
        "DA",
        "Ch",
        "CH",
        "Mụ",
        "MỤ",
        "Đi",
        "ĐI",
        "NH",
        "Nh",
        "Gi",
        "GI",
        "Bư",
        "BƯ",
        "Hợ",
        "HỢ",
        "Ti",
        "TI",
        "Dự",
        "DỰ",
        "Nộ",
        "NỘ",
        "II",
        "IV",
        "VI",
        "IX",
        "XI",
        "XV",
        "XX",
        "VII",
        "VIII",
    ]
)
_ALONE = re.compile(r"(?:(?:Điều|ĐIỀU)\s+\d{1,2}|[IVX]+|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)]\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its style, the mark as printed without punctuation ("IV", "1.1", "đ"; None for bullets), and where
    the words behind it begin (offset in the line)."""

    style: str
    mark: str | None
    end: int

    @property
    def rank(self) -> float:
        """Place of the style in `RANKS`."""
        return RANKS[self.style]


def parse_label(line: str) -> Label | None:
    """The label a line begins with, None when it begins with plain words or a quantity ("1.500 tờ rơi", "50% hộ")."""
    text = line.lstrip()
    lead = len(line) - len(text)
    if not text or (text[:2].isalpha() and text[0].isupper() and text[:2] not in _LETTERED):
        return None
    for style, pattern in _BY_BEGINNING[_beginning(text[0])]:
        m = pattern.match(text)
        if not m:
            continue
        mark = m.group(1) or None
        if style in ("roman", "roman_decimal") and parse_roman((mark or "").split(".")[0]) is None:
            continue
        if style == "roman_decimal" and mark is not None:  # "IV.3.1", below "IV" and above "1."
            style = f"roman{mark.count('.')}"
        if style == "decimal" and mark is not None:
            style = f"decimal{mark.count('.') + 1}"
        if style == "article" and mark:
            mark = f"Điều {mark}"
        return Label(style, mark, lead + m.end())
    return None


def _beginning(letter: str) -> int:
    if letter.isdecimal():
        return _DIGIT
    if letter.isupper():
        return _UPPER
    return _LOWER if letter.isalpha() else _MARK


def is_label_alone(line: str) -> bool:
    """Whether a line holds a label and nothing else, its heading being on the next line ("A.", "2.")."""
    return bool(_ALONE.match(line.strip()))
