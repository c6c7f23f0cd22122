"""What a task heading is about: one or two codes of the category list, and the topic of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from normalizers.lexicon import Entry, Gazetteer, Hit, gazetteer, load
from normalizers.text import collapse, key

_PURPOSE = re.compile(r"(?<!\w)(?:nhằm|để|góp\s+phần|đáp\s+ứng|phục\s+vụ|đảm\s+bảo|bảo\s+đảm|trong\s+đó)(?!\w)")
_COORDINATED = re.compile(r"\s*(?:,|và|;|,\s*và)?\s*(?:tăng\s+cường\s+|nâng\s+cao\s+|đẩy\s+mạnh\s+|phát\s+triển\s+)?")


@dataclass(frozen=True, slots=True)
class Classification:
    """Category codes, the main one first; `margin` 1.0 when one cue decided, less when several competed, 0 for "other"."""

    codes: tuple[str, ...]
    margin: float


def classify_heading(text: str) -> Classification:
    """Categories of a heading, over underthesea's word segmentation so that no cue matches across two words.

    "Nâng cao nhận thức và năng lực cán bộ" → awareness, capacity · "Hỗ trợ kỹ thuật để nâng cao năng lực" → technical_support
    """
    words = collapse(text)
    purpose = _PURPOSE.search(key(words), 12)
    if purpose:  # what it is for is not what it is; a clause behind ";" counts again
        after = words.find(";", purpose.end())
        head = words[: purpose.start()] + (words[after:] if after >= 0 else "")
    else:
        head = words
    hits = _whole_words(head, gazetteer("categories").find(head))
    if not hits:
        return Classification(("other",), 0.0)
    main = _main(hits, head)
    second = _second(head, hits, main)
    codes = (main.entry.code,) if second is None else (main.entry.code, second)
    others = {h.entry.code for h in hits} - set(codes)
    return Classification(codes, 1.0 / (1 + len(others)))


def _weight(hit: Hit) -> int:
    return int(hit.entry.fields.get("weight", 2))


def _main(hits: list[Hit], head: str) -> Hit:
    """The strongest cue, of equals the first: "xây dựng" alone never outweighs what is built."""
    return max(hits, key=lambda h: (_weight(h), -h.start))


def _second(head: str, hits: list[Hit], main: Hit) -> str | None:
    """A second code only where the heading names two things: after ";", or joined by "và" to the first cue."""
    for hit in hits:
        if hit.entry.code == main.entry.code or _weight(hit) < 2:
            continue
        between = head[main.end : hit.start] if hit.start >= main.end else head[hit.end : main.start]
        if ";" in between and hit.start > main.start:
            return hit.entry.code
        if _COORDINATED.fullmatch(key(between)) and "và" in key(between):
            return hit.entry.code
    return None


def _whole_words(text: str, hits: list[Hit]) -> list[Hit]:
    """Where cues compete, keeps those that begin and end where a segmented word begins and ends."""
    if len({h.entry.code for h in hits}) < 2:
        return hits
    starts, ends = segment(text)
    whole = [h for h in hits if h.start in starts and h.end in ends]
    return whole or hits


def segment(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Start and end offsets of the words underthesea finds; every offset is one of the text itself."""
    from underthesea import word_tokenize

    starts, ends, position = set(), set(), 0
    for word in word_tokenize(text, use_token_normalize=False):
        at = text.find(word, position)
        if at < 0:
            continue
        starts.add(at)
        ends.add(at + len(word))
        position = at + len(word)
    return frozenset(starts), frozenset(ends)


def classify_task(text: str) -> str:
    """Category of a task that stands in no group: its strongest cue in the first words, without segmentation."""
    head = " ".join(collapse(text).split()[:25])
    hits = gazetteer("categories").find(head)
    return _main(hits, head).entry.code if hits else "other"


@cache
def _topics() -> tuple[tuple[Entry, Gazetteer], ...]:
    return tuple((e, Gazetteer([e])) for e in load("topics"))


def classify_topic(title: str) -> str:
    """Topic code of a plan's title: the first topic of the lexicon that the title names, else "other"."""
    for entry, names in _topics():
        if names.find(title):
            return entry.code
    return "other"
