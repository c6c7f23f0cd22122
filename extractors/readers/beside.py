"""Text in two columns: the head of a document (issuer | national title) and its end (recipients | signature)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.labels import is_label_alone, parse_label
from extractors.readers.text_lines import Line
from normalizers.text import key

_WIDE = 1.2  # heights of a line: no blank between the words of a sentence is so wide
_FAR = 3.5
_NATIONAL = re.compile(r"(?:cộng\s+h.{1,2}a\s+xã\s+hội|đảng\s+cộng\s+sản\s+việt)")
_CUE = re.compile(
    r"(?:cộng\s+h.{1,2}a\s+xã\s+hội|đảng\s+cộng\s+sản|độc\s+lập\s*[-–]\s*tự\s+do|số\s*(?::|\d+\s*-\s*\w+/)|nơi\s+nhận|(?:(?:tm|kt|tl|tuq|q)\.|t/m|k/t|t/l)\s"
    r"|[^\W\d][\w .-]{1,40},\s*ngày\b.{0,14}tháng)"
)


class _Column:
    """Lines of one column, and how they are set: around one middle, or from one edge."""

    def __init__(self, line: Line, number: int) -> None:
        self.number = number
        self.lines = [line.part(0, None, number)]

    def matches(self, line: Line) -> bool:
        """Whether a line is set like those of the column."""
        near = 1.6 * line.height
        middle = sum(above.centre for above in self.lines) / len(self.lines)
        return abs(line.centre - middle) < near or any(abs(line.x0 - above.x0) < near for above in self.lines)

    def add(self, line: Line) -> None:
        self.lines.append(line.part(0, None, self.number))


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom, and of two columns the left one before the right one."""
    ordered: list[Line] = []
    n = 0
    column = 1
    while n < len(lines):
        opened = _opened(lines[n])
        if opened is None:
            ordered.append(lines[n])
            n += 1
            continue
        left, right, n = _columns(lines, n, opened, column)
        while ordered and _stands_above(ordered[-1], left, right):
            right.lines.insert(0, ordered.pop().part(0, None, right.number))
        ordered += [*left.lines, *right.lines]
        column += 2
    return ordered


def _opened(line: Line) -> int | None:
    """The word at which a line that begins two columns is split; None for any other line."""
    gaps = _gaps(line)
    best = max(gaps, key=lambda at: line.words[at].x0 - line.words[at - 1].x1, default=None)
    for at in sorted(gaps, key=lambda at: at != best):
        left, right = line.part(0, at, 1), line.part(at, None, 2)
        cues = [bool(_CUE.match(key(half.text))) for half in (left, right)]
        if (cues[1] or (any(cues) and at == best) or _are_two_heads(left, right)) and parse_label(left.text) is None:
            return at
    return None


def _are_two_heads(left: Line, right: Line) -> bool:
    """Whether both halves are words in capitals: two offices that sign, an issuer beside a national title misread."""
    return all(
        len(half.words) > 1 and half.text == half.text.upper() and half.text.lower() != half.text
        for half in (left, right)
    )


def _gaps(line: Line) -> list[int]:
    """The words of a line with a wide blank, or the national title, at their beginning; a blank behind a label is none."""
    found = []
    for n in range(1, len(line.words)):
        before, word = line.words[n - 1], line.words[n]
        wide = word.x0 - before.x1 > _WIDE * line.height
        if wide and n == 1 and (is_label_alone(before.text) or not any(c.isalnum() for c in before.text)):
            continue
        if wide or (word.text.isupper() and _NATIONAL.match(key(" ".join(w.text for w in line.words[n : n + 5])))):
            found.append(n)
    return found


def _columns(lines: Sequence[Line], start: int, at: int, number: int) -> tuple[_Column, _Column, int]:
    """Both columns, numbered `number` and the next, and the index of the first line below them."""
    left = _Column(lines[start].part(0, at, 0), number)
    right = _Column(lines[start].part(at, None, 0), number + 1)
    gutter = (left.lines[0].x1, right.lines[0].x0)
    n = start + 1
    while n < len(lines):
        line = lines[n]
        split = _split(line, gutter)
        if split is not None:
            at, gutter = split
            left.add(line.part(0, at, 0))
            right.add(line.part(at, None, 0))
        elif line.x0 > gutter[0] and right.matches(line):
            right.add(line)
        elif line.x1 < gutter[1] and left.matches(line) and line.base - lines[n - 1].base < _FAR * line.height:
            left.add(line)
        else:
            break
        n += 1
    return left, right, n


def _split(line: Line, gutter: tuple[float, float]) -> tuple[int, tuple[float, float]] | None:
    """Where the gutter splits a line, and what the line leaves of the gutter; None when it runs through."""
    for at in _gaps(line):
        start, end = max(gutter[0], line.part(0, at, 0).x1), min(gutter[1], line.words[at].x0)
        if end - start > 0.4 * line.height:
            return at, (start, end)
    return None


def _stands_above(line: Line, left: _Column, right: _Column) -> bool:
    """Whether a line belongs on top of the right column: "TM. …" printed a little higher than "Nơi nhận:"."""
    first = right.lines[0]
    if line.column or line.x0 < left.lines[0].x1 or first.base - line.base > _FAR * line.height:
        return False
    return right.matches(line) and line.text == line.text.upper()
