"""What the words of portals say: which titles are plans, which pages say that nothing is there, which lines only count visitors."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from normalizers.lexicon import Gazetteer, load
from normalizers.text import collapse, key

_FOLDER = Path(__file__).parent
_LONGEST_NOTICE = 1500  # letters of a page that has nothing to show
_FIGURE = re.compile(r"\d")
_LONGEST_COUNTER = 60
_CLOCK = re.compile(
    r"(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*)?(?:ngày\s*)?[\d\s/.:,-]*(?:tháng\s*\d+\s*,?\s*(?:năm\s*\d+)?)?[\d\s/.:,()-]*(?:gmt|sa|ch|am|pm)?[\s+\d:()-]*"
)


@cache
def _words(code: str) -> Gazetteer:
    return Gazetteer(e for e in load("cues", _FOLDER) if e.code == code)


def is_plan_title(title: str) -> bool:
    """Whether a title names a plan: "Kế hoạch hành động …", and not "Kế hoạch lựa chọn nhà thầu …"."""
    plans = _words("plan").find(title)
    others = _words("other").find(title)
    return any(not any(o.start <= p.start and p.end <= o.end for o in others) for p in plans)


def offers_file(words: str) -> bool:
    """Whether a link offers a file: "Tải về"."""
    return bool(_words("attachment").find(words))


def says_missing(text: str) -> bool:
    """Whether a page that came with success says that nothing is there: "Rất tiếc, không tìm thấy trang này"."""
    return len(text) <= _LONGEST_NOTICE and bool(_words("missing").find(text))


def main_text(text: str) -> str:
    """The words of a page that make a version: without lines that count visitors or tell the time, and without what lies between words."""
    lines = (collapse(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line and not _changes_by_itself(line))


def _changes_by_itself(line: str) -> bool:
    if len(line) > _LONGEST_COUNTER or not _FIGURE.search(line):
        return False
    return bool(_words("counter").find(line)) or bool(_CLOCK.fullmatch(key(line)))
