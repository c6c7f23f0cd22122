"""Words become printed lines; what is usual on a page (margins, distance of lines, indent) is measured."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from extractors.readers.words import Word
from normalizers.text import starts_lower

_FEWEST_WRAPPED = 2  # lines that tell a margin
_SAME_PLACE = 0.6  # heights of a line: margins of a page differ by so much, after a scanner above all
_ROWS_BACK = 4
_RIGHT_OF_LEFT = 1.2  # times the left margin: offices print a right margin that is not much wider
_MANY = 9  # lines of a page that end at one place show its margin, however wide the paper
_OVERLAP = 0.4  # of the narrower word: words of one line stand beside each other


@dataclass(eq=False)
class Line:
    """A printed line: its words from left to right. `column`: 0 across the page, else the number of a text column."""

    words: list[Word]
    page: int
    column: int = field(default=0)

    @cached_property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right end."""
        return max(w.x1 for w in self.words)

    @cached_property
    def top(self) -> float:
        """Upper end."""
        return min(w.top for w in self.words)

    @cached_property
    def height(self) -> float:
        """Height of its letters."""
        return max(median(w.height for w in self.words), 0.1)

    @cached_property
    def base(self) -> float:
        """Where its letters stand: words with and without descenders end at different places after OCR."""
        return median(w.bottom for w in self.words)

    @property
    def middle(self) -> float:
        """Middle from top to bottom."""
        return self.base - self.height / 2

    @property
    def centre(self) -> float:
        """Middle from left to right."""
        return (self.x0 + self.x1) / 2

    @cached_property
    def text(self) -> str:
        """Its words joined by spaces."""
        return " ".join(w.text for w in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether all of its words are bold; marks without letters do not count."""
        lettered = [w for w in self.words if any(c.isalnum() for c in w.text)]
        return bool(lettered) and all(w.bold for w in lettered)

    def part(self, start: int, end: int | None, column: int) -> Line:
        """Some of its words as a line of a column."""
        return Line(self.words[start:end], self.page, column)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual on a page: margins, height of letters, distance from line to line, indent of first lines (0: none)."""

    left: float
    right: float
    height: float
    pitch: float
    indent: float

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins a clear step to the right of the margin."""
        return line.x0 - self.left > 0.9 * self.height

    def is_full(self, above: Line, below: Line) -> bool:
        """Whether a line had no room for the first word of the next; a centred one grows to both sides."""
        needed = 0.25 * self.height + width_of_first(below)
        if self._is_even(above, 2 * self.height):
            return above.x1 - above.x0 + needed > self.right - self.left - 0.7 * self.height
        return above.x1 + needed > self.right - 0.35 * self.height

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle between the margins, away from both."""
        if not self._is_even(line, 2 * self.height):
            return False
        at_indent = self.indent and abs(line.x0 - self.left - self.indent) < _SAME_PLACE * self.height
        return not at_indent or line.text == line.text.upper()

    def are_centred(self, above: Line, below: Line) -> bool:
        """Whether two lines stand in the middle. What looks like an indent in one is none beside the other, and a heading in
        capitals or bold or a caption in brackets may fill its first line."""
        if self.is_centred(above):
            return self.is_centred(below) or self._is_even(below, self.height)
        marked = above.bold or above.text == above.text.upper() or above.text.startswith("(")
        return self.is_centred(below) and self._is_even(above, self.height, -self.height if marked else None)

    def _is_even(self, line: Line, most: float, least: float | None = None) -> bool:
        before, behind = line.x0 - self.left, self.right - line.x1
        return min(before, behind) > (0.8 * self.height if least is None else least) and abs(before - behind) < most

    def is_long(self, line: Line) -> bool:
        """Whether a line reaches into the right half."""
        return line.x1 > (self.left + self.right) / 2


def width_of_first(line: Line) -> float:
    """Width of the first word of a line."""
    return line.words[0].x1 - line.words[0].x0


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Printed lines from top to bottom. Words side by side are one line, however far apart."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda w: w.middle):
        fitting = [row for row in rows[-_ROWS_BACK:] if row.takes(word)]
        if fitting:
            min(fitting, key=lambda row: abs(row.middle - word.middle)).add(word)
        else:
            rows.append(_Row(word))
    lines = [Line(sorted(row.words, key=lambda w: w.x0), page) for row in rows]
    return sorted(lines, key=lambda line: line.middle)


class _Row:
    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.top, self.bottom = word.top, word.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def takes(self, word: Word) -> bool:
        within = self.top <= word.middle <= self.bottom or word.top <= self.middle <= word.bottom
        if not within:
            return False
        shared = min(self.bottom, word.bottom) - max(self.top, word.top)
        if shared < 0.45 * min(self.bottom - self.top, word.height):
            return False
        return not any(
            min(w.x1, word.x1) - max(w.x0, word.x0) > _OVERLAP * min(w.x1 - w.x0, word.x1 - word.x0) for w in self.words
        )

    def add(self, word: Word) -> None:
        self.words.append(word)
        if word.height > self.bottom - self.top:  # the tallest word says where the line is
            self.top, self.bottom = word.top, word.bottom


@dataclass(frozen=True, slots=True)
class PageLines:
    """What `measures_of` needs of a page: its width, its lines, and how far its tables reach (None without tables)."""

    width: float
    lines: Sequence[Line]
    tables: tuple[float, float] | None = None


def measures_of(pages: Sequence[PageLines]) -> list[Measures]:
    """The measures of each page; thin pages borrow from pages of the same width, then from their tables and their paper."""
    height = _usual_height([line for page in pages for line in page.lines])
    by_width: dict[int, list[Line]] = {}
    for page in pages:
        by_width.setdefault(_rounded(page.width, height), []).extend(page.lines)
    shared = {width: _margins(lines, height) for width, lines in by_width.items()}
    margins = [_page_margins(page, shared[_rounded(page.width, height)], height) for page in pages]
    indent = _usual_indent(pages, margins, height)
    pitch = _usual_pitch(pages, margins, height)
    return [Measures(left, right, height, pitch, indent) for left, right in margins]


def _page_margins(page: PageLines, shared: tuple[float | None, float | None], height: float) -> tuple[float, float]:
    own = _margins(page.lines, height)
    left = next(
        (x for x in (own[0], shared[0], page.tables and page.tables[0]) if x is not None),
        min((line.x0 for line in page.lines), default=0.0),
    )
    paper = page.width - _RIGHT_OF_LEFT * left
    agreed = [line for line in page.lines if own[1] is not None and abs(line.x1 - own[1]) < _SAME_PLACE * height]
    if own[1] is not None and len(agreed) > _MANY and len(agreed) * 3 > len(page.lines):
        return left, own[1]
    ends = (own[1], shared[1], page.tables and page.tables[1])
    return left, next((x for x in ends if x is not None and x > paper - height), paper)


def _rounded(width: float, height: float) -> int:
    return round(width / max(2 * height, 1.0))


def _usual_height(lines: Sequence[Line]) -> float:
    return median(line.height for line in lines for _ in line.words) if lines else 1.0


def _margins(lines: Sequence[Line], height: float) -> tuple[float | None, float | None]:
    """Where several lines begin and end, None where too few lines agree on a place."""
    long = [line for line in lines if len(line.words) > 2]
    left = _outermost(sorted(line.x0 for line in long), height, max(3, len(long) // 8))
    right = _outermost(sorted(-line.x1 for line in long), height, max(4, len(long) // 5))
    wrapped = _outermost(_wrapped_starts(lines, height), height, _FEWEST_WRAPPED)
    if left is not None and wrapped is not None and wrapped < left:
        left = wrapped  # a page of short items: most lines begin at the indent of first lines
    return left, -right if right is not None else None


def _wrapped_starts(lines: Sequence[Line], height: float) -> list[float]:
    """Where lines begin that go on with a line of full width, to the left of where that one begins."""
    end = max((line.x1 for line in lines), default=0.0)
    return sorted(
        below.x0
        for above, below in itertools.pairwise(lines)
        if above.page == below.page
        and end - above.x1 < height
        and above.x0 - below.x0 > 0.9 * height
        and below.base - above.base < 2 * height
        and starts_lower(below.text)
    )


def _outermost(places: Sequence[float], height: float, needed: int) -> float | None:
    """The first place at which several lines begin; `places` in ascending order."""
    for n, place in enumerate(places):
        near = [p for p in places[n:] if p - place < _SAME_PLACE * height]
        if len(near) >= needed:
            return median(near)
    return None


def _usual_indent(pages: Sequence[PageLines], margins: Sequence[tuple[float, float]], height: float) -> float:
    """The indent many first lines share, 0 where paragraphs begin at the margin."""
    steps = sorted(
        line.x0 - left
        for page, (left, right) in zip(pages, margins, strict=True)
        for line in page.lines
        if 0.9 * height < line.x0 - left < 6 * height and line.x1 > (left + right) / 2
    )
    best = max(
        ([s for s in steps if abs(s - step) < _SAME_PLACE * height] for step in steps[:: max(1, len(steps) // 50)]),
        key=len,
        default=[],
    )
    total = sum(len(page.lines) for page in pages)
    return median(best) if len(best) >= 3 and len(best) * 12 > total else 0.0


def _usual_pitch(pages: Sequence[PageLines], margins: Sequence[tuple[float, float]], height: float) -> float:
    """The distance between two lines of one paragraph, told from full lines and what follows them at the margin."""
    within: list[float] = []
    every: list[float] = []
    for page, (left, right) in zip(pages, margins, strict=True):
        for above, below in itertools.pairwise(page.lines):
            pitch = below.base - above.base
            if not 0.7 * height < pitch < 3 * height:
                continue
            every.append(pitch)
            if above.x1 > right - 2 * height and below.x0 - left < 0.9 * height:
                within.append(pitch)
    return median(within or every or [1.3 * height])
