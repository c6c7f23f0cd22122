"""Plans that documents name differently: by a number and by words, as a draft and as adopted."""

from __future__ import annotations

import re

from extractors.findings import Plan
from normalizers.text import collapse, key, without_accents

_ALIKE = 0.7  # share of the words of the longer title
_DRAFT_LINE = re.compile(r"^\W*(?:bản\s+)?dự\s+thảo(?:\s+lần\s+\d+)?\W*$", re.MULTILINE)
_DRAFT_FILE = re.compile(r"du[ _-]?thao|draft")
_OF_DRAFT = re.compile(r"(?:góp\s+ý|thẩm\s+định|tiếp\s+thu|giải\s+trình)[^.;]{0,80}?dự\s+thảo\s+")
_NOT_WORDS = re.compile(
    r"\d+|kế\s+hoạch|quyết\s+định|về\s+việc|ban\s+hành|phê\s+duyệt|trên\s+địa\s+bàn|giai\s+đoạn|năm|tỉnh|thành\s+phố"
)
_HEAD = 700  # characters in which a document says what it is


def are_alike(a: Plan, b: Plan) -> bool:
    """Whether two plans are one: of one province, type and period, with most words of their titles in common."""
    same = (a.province_slug, a.plan_type_code, a.period_start_year, a.period_end_year) == (
        b.province_slug, b.plan_type_code, b.period_start_year, b.period_end_year
    )  # fmt: skip
    return same and a.period_end_year is not None and _is_named_alike(a, b)


def is_earlier(plan: Plan, later: Plan) -> bool:
    """Whether a plan without a number is the one that `later` carries on: of one province and type, named alike, ending in the years of the plan
    that `later` reports of."""
    said = later.predecessor
    if said is None or plan.number_symbol or plan.period_end_year is None or later.period_end_year is None:
        return False
    fits = said.period_end_year in (None, plan.period_end_year) and (
        said.issued_date is None or said.issued_date.year <= plan.period_end_year
    )
    same = (plan.province_slug, plan.plan_type_code) == (later.province_slug, later.plan_type_code)
    return fits and same and plan.period_end_year < later.period_end_year and _is_named_alike(plan, later)


def _is_named_alike(a: Plan, b: Plan) -> bool:
    return _likeness(a.title or "", b.title or "") >= _ALIKE


def is_draft_name(path: str) -> bool:
    """Whether a file is a draft by its name: "…-du-thao.docx"."""
    return bool(_DRAFT_FILE.search(without_accents(key(path.rsplit("/", 1)[-1]))))


def says_draft(text: str) -> bool:
    """Whether a text is a draft by a line of its own in its head: "DỰ THẢO"."""
    return bool(_DRAFT_LINE.search(key(text[:_HEAD])))


def draft_spoken_of(text: str) -> str | None:
    """What a text that is no plan says behind the word draft in its head, where it collects opinions on one: "TỔNG HỢP Ý KIẾN GÓP Ý DỰ THẢO
    KẾ HOẠCH …"; None for any other."""
    head = key(collapse(text[:_HEAD]))
    m = _OF_DRAFT.search(head)
    return head[m.end() :] if m else None


def is_draft_of(said: str, plan: Plan) -> bool:
    """Whether the words behind "dự thảo" name a plan: most words of its title, and its years."""
    wanted = _words(plan.title or "")
    if not wanted or plan.title is None:
        return False
    years = {str(y) for y in (plan.period_start_year, plan.period_end_year) if y}
    return len(wanted & _words(said[: len(plan.title) + 40])) >= 0.8 * len(wanted) and all(y in said for y in years)


def _likeness(a: str, b: str) -> float:
    words_a, words_b = _words(a), _words(b)
    return len(words_a & words_b) / max(len(words_a), len(words_b), 1)


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", without_accents(_NOT_WORDS.sub(" ", key(title)))))
