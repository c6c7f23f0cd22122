"""What an aim or a result measures, as words to compare: its sentence without figures, times and words that say nothing."""

from __future__ import annotations

import re

from normalizers.text import collapse, key

_FIGURES = re.compile(r"\d+(?:[.,/-]\d+)*\s*%?")
_TIMES = re.compile(r"(?:đến|trước|trong|vào|từ|hết|cuối)?\s*(?:năm|giai đoạn|tháng|quý)\s+\d[\d\s/–-]*")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"\b[A-ZĐ]{3,6}\b")
# Function words, and words of plans that any aim may have.
_EMPTY = frozenset(
    _SYLLABLE.findall(
        "các có của cho cụ thể còn cùng cả do dự kiến đã đang đạt đến để địa bàn được gồm hay hiện hoặc hơn ít khoảng khi không là lên mỗi một này những nhất như ở phấn đấu "
        "qua sẽ số tại tăng thành phố theo thì thêm thực tiếp tỉnh tỷ lệ trên trong trở từ tối thiểu và vào về với vượt xuống giảm phần trăm việc nhằm bảo đảm"
    )
)


def likeness(one: str, other: str) -> float:
    """How much of what two sentences measure is the same, 0 to 1: shared words of both against all. "50% cơ sở sản xuất công nghiệp áp dụng SXSH" and "áp
    dụng sản xuất sạch hơn tại 25% cơ sở sản xuất" measure the same; an abbreviation stands for words of the other sentence that it begins."""
    a, b = _words(_spelled(one, other)), _words(_spelled(other, one))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _words(text: str) -> frozenset[str]:
    bare = _FIGURES.sub(" ", _TIMES.sub(" ", key(collapse(text))))
    return frozenset(_SYLLABLE.findall(bare)) - _EMPTY


def _spelled(text: str, other: str) -> str:
    """The text with abbreviations written out by words of the other: "SXSH" beside "sản xuất sạch hơn"."""
    syllables = _SYLLABLE.findall(key(collapse(other)))
    initials = "".join(s[0] for s in syllables)

    def spelled(m: re.Match[str]) -> str:
        short = key(m.group())
        at = initials.find(short)
        return " ".join(syllables[at : at + len(short)]) if at >= 0 else m.group()

    return _ABBREVIATION.sub(spelled, text)
