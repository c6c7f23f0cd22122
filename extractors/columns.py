"""What the columns of a table hold, read from their headings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from normalizers.lexicon import Entry, Gazetteer, load
from normalizers.memo import remembered
from normalizers.text import collapse, key

CUES = Path(__file__).parent / "cues"
_YEAR = re.compile(r"(?:năm\s+)?((?:19|20)\d{2})$")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d{2}$")
_LONGEST_HEADING = 90


@cache
def cues(name: str) -> tuple[Entry, ...]:
    """Entries of `cues/<name>.yml`."""
    return load(name, CUES)


@cache
def cue_gazetteer(name: str) -> Gazetteer:
    """Finds the phrases of `cues/<name>.yml`."""
    return Gazetteer(cues(name))


@remembered
def column_role(heading: str) -> str | None:
    """Role of one heading: "Cơ quan chủ trì" → lead, "Năm 2017" → year; None for anything else.

    The longest cue decides; of equals the one that stands first: "Cơ quan chủ trì thẩm tra" → appraise.
    """
    text = key(collapse(heading)).strip(" :.*")
    if not text or len(text) > _LONGEST_HEADING:
        return None
    if re.match(r"(?:tổng\s+(?:số|cộng)|cộng)\b|tổng(?:\s+(?:kp|vốn|mức))?$", text):
        return "total"
    if _YEAR.fullmatch(text):
        return "year"
    hits = cue_gazetteer("columns").find(re.sub(r"\([^)]*\)", "", text) or text)
    if not hits:
        return None
    return max(hits, key=lambda h: (h.end - h.start, -h.start)).entry.code


def heading_year(heading: str) -> int | None:
    """Year of a column "Năm 2017" or "2017"; None without one."""
    m = _YEAR.fullmatch(key(collapse(heading)).strip(" :.*"))
    return int(m.group(1)) if m else None


def is_index_heading(heading: str) -> bool:
    """Whether a heading is that of the number column ("TT", "Số TT", "STT")."""
    return column_role(heading) == "index"


_PAYER = re.compile(r"(?:ngân\s+sách|ns|nstw|vốn|nguồn)(?:\s+[^\W\d]+){0,4}$")


def is_header_row(texts: list[str]) -> bool:
    """Whether a row consists of column headings: a number column first, or two and more known headings and no long cell."""
    filled = [t for t in texts if collapse(t)]
    if not filled or any(len(collapse(t)) > _LONGEST_HEADING for t in filled):
        return False
    roles = [column_role(t) for t in filled]
    if "indicator" in roles:  # "Chỉ tiêu | ĐVT | TH 2022 | KH 2027"
        roles = [role or ("year" if _DATED.search(t) else None) for role, t in zip(roles, filled, strict=True)]
    if roles[0] in ("content", "action"):  # "Nội dung chi | Ngân sách huyện | Ngân sách tỉnh | Cộng"
        roles = [
            role or ("payer" if _PAYER.match(key(collapse(t))) else None) for role, t in zip(roles, filled, strict=True)
        ]
    if any(re.match(r"[\d.,\s]+$", collapse(t)) and not _YEAR.fullmatch(collapse(t)) for t in filled):
        return False
    if len(filled) > 1 and all(heading_year(t) for t in filled):  # "Năm 2026 | Năm 2027"
        return True
    return is_index_heading(filled[0]) or sum(r is not None for r in roles) * 2 > len(filled) >= 3
