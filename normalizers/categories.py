"""What a task heading is about: one or two codes of the category list, and the topic of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from normalizers.lexicon import Entry, Gazetteer, Hit, gazetteer, load
from normalizers.text import collapse, key

_PURPOSE = re.compile(r"(?<!\w)(?:nhằm|để|góp\s+phần|đáp\s+ứng|phục\s+vụ|đảm\s+bảo|bảo\s+đảm|trong\s+đó)(?!\w)")
_COORDINATED = re.compile(r"\s*(?:,|và|;|,\s*và)?\s*(?:tăng\s+cường\s+|nâng\s+cao\s+|đẩy\s+mạnh\s+|phát\s+triển\s+)?")
# Behind these words stands what the head is about: "đo lường mức độ chuyển đổi số của các sở", "quy định về công trình".
_COMPLEMENT = re.compile(
    r"(?<!\w)(?:cho|của|về|trong|tại|đối\s+với|từ|theo|ở|trên|do|bằng|giữa|gắn\s+với|ra\s+khỏi)(?!\w)"
)
# A second thing begins behind a join, with a verb of its own or without: "… và khen thưởng", "…; tổ chức sơ kết".
_SECOND_THING = re.compile(
    r"(?:;|(?<!\w)và)\s*(?:(?:tăng\s+cường|nâng\s+cao|đẩy\s+mạnh|phát\s+triển|mở\s+rộng|xây\s+dựng|tổ\s+chức|hoàn\s+thiện|công\s+tác|thực\s+hiện|kịp\s+thời)\s+)*$"
)
_LEAD_IN = re.compile(
    r"(?:(?:nhóm\s+)?(?:nhiệm\s+vụ|giải\s+pháp)(?:\s+\d+)?\s*:?\s*)?(?:(?:về\s+)?(?:công\s+tác|lĩnh\s+vực|nội\s+dung)\s+|về\s+)?"
)


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
    hits = _whole_words(head, _cues(head))
    if not hits:
        return Classification(("other",), 0.0)
    main = _main(hits, head)
    second = _second(head, hits, main)
    codes = (main.entry.code,) if second is None else (main.entry.code, second)
    others = {h.entry.code for h in hits} - set(codes)
    return Classification(codes, 1.0 / (1 + len(others)))


def _cues(head: str) -> list[Hit]:
    """Cues of a heading; a cue inside words that mean something else does not count ("đối tượng chính sách")."""
    return [hit for hit in gazetteer("categories").find(head) if hit.entry.code != "none"]


def _weight(hit: Hit) -> int:
    return int(hit.entry.fields.get("weight", 2))


def _main(hits: list[Hit], head: str) -> Hit:
    """The strongest cue of the head itself, of equals the first; what stands in its complement counts less: in "Bố trí vốn cho công
    trình" the money, in "Quy định về công trình" the rule."""
    keyed = key(head)
    lead_in = _LEAD_IN.match(keyed)
    complement = _COMPLEMENT.search(keyed, lead_in.end() if lead_in else 0)
    border = complement.start() if complement else len(head)
    return max(hits, key=lambda h: (_weight(h) + 2 * (h.start < border), -h.start))


def _second(head: str, hits: list[Hit], main: Hit) -> str | None:
    """A second code only where the heading names two things: after ";", or joined by "và"; not where "và" joins two words of what
    the first thing is about: "Tập huấn về giám sát và báo cáo"."""
    for hit in hits:
        if hit.entry.code == main.entry.code or _weight(hit) < 2:
            continue
        between = head[main.end : hit.start] if hit.start >= main.end else head[hit.end : main.start]
        if ";" in between and hit.start > main.start:
            return hit.entry.code
        named = min(_weight(hit), _weight(main)) > 2
        if _COORDINATED.fullmatch(key(between)) and ("và" in key(between) or (named and "," in between)):
            return hit.entry.code
        first, last = sorted((main, hit), key=lambda h: h.start)
        joined = _SECOND_THING.search(key(head[: last.start])) if _weight(hit) > 2 else None
        inner = [h for h in hits if joined and first.end <= h.start and h.end <= joined.start()]
        if joined and joined.start() >= first.end and all(h.entry.code == first.entry.code for h in inner):
            return hit.entry.code
    return None


def _whole_words(text: str, hits: list[Hit]) -> list[Hit]:
    """Where cues compete, keeps those that begin and end where a segmented word begins and ends."""
    if len({h.entry.code for h in hits}) < 2:
        return hits
    starts, ends = segment(text)
    whole = [h for h in hits if (h.start in starts and h.end in ends) or _names_alone(text, h)]
    return whole or hits


def _names_alone(text: str, hit: Hit) -> bool:
    """Whether a cue is long and strong enough to count however the words around it are cut."""
    return _weight(hit) > 2 and " " in text[hit.start : hit.end]


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
    hits = _cues(head)
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
