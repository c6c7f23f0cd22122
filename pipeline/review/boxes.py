"""Where the words of a row stand on a page: a quote found again among words with places, as boxes around its lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.readers.ruled import fragments_of
from extractors.readers.text_lines import lines_of
from extractors.readers.words import PageLayout, Word

WIDTH = 1000  # a page is so many units wide, whatever its size
_AROUND = 40  # letters before and behind that tell places with the same words apart
_ANCHOR = 6  # letters that tell where words begin and end of which others were mended
_SKIPPED = (0, 3, 6)  # letters left out before and behind them
_SHORTEST = 2  # letters; less is found everywhere
_CELLS = re.compile(r"([\t\n]+)")

Box = tuple[int, int, int, int]  # left, top, width, height
PlacedBox = tuple[int, int, int, int, int]  # page, and the box on it


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a row with what stands around them, and the page they begin on."""

    words: str
    before: str
    behind: str
    page: int


@dataclass(frozen=True, slots=True)
class Found:
    """Words found on a page: where their letters end, and their boxes, one a line."""

    end: int
    boxes: list[Box]


class PageWords:
    """The letters of a page in reading order, cell by cell, each with the word it belongs to."""

    def __init__(self, layout: PageLayout) -> None:
        self._words = list(_in_order(layout))
        self._scale = WIDTH / max(layout.width, 1.0)
        self.height = round(layout.height * self._scale)
        parts = [letters(w.text) for w in self._words]
        self._text = "".join(parts)
        self._owner = [n for n, part in enumerate(parts) for _ in part]

    def find(self, wanted: str, before: str, behind: str, after: int = -1) -> Found | None:
        """Letters that stand here, in the place whose surroundings are most alike; None when they do not. `after`: where the words before them ended,
        which are most likely to go on there. Everything as `letters`."""
        best, score = -1, -1
        start = self._text.find(wanted)
        while start >= 0:
            likeness = self._likeness(start, start + len(wanted), before, behind) + _AROUND * (start == after)
            if likeness > score:
                best, score = start, likeness
            start = self._text.find(wanted, start + 1)
        end = best + len(wanted)
        return None if best < 0 else Found(end, self._boxes(best, end))

    def find_mended(self, wanted: str) -> Found | None:
        """Letters of which a few were put right after the page was read: what begins and ends as they do, at about the same distance."""
        length, slack = len(wanted), max(2, len(wanted) // 10)
        for before, behind in product(_SKIPPED, _SKIPPED):
            if before + behind + 2 * _ANCHOR > length:
                continue
            head, tail = wanted[before : before + _ANCHOR], wanted[length - behind - _ANCHOR : length - behind]
            at = self._text.find(head)
            while at >= 0:
                usual = at - before + length - behind - _ANCHOR
                found = self._text.find(tail, max(at + _ANCHOR, usual - slack), usual + slack + _ANCHOR)
                if found >= 0:
                    end = min(len(self._text), found + _ANCHOR + behind)
                    return Found(end, self._boxes(max(0, at - before), end))
                at = self._text.find(head, at + 1)
        return None

    def _likeness(self, start: int, end: int, before: str, behind: str) -> int:
        above, below = self._text[max(0, start - _AROUND) : start], self._text[end : end + _AROUND]
        begins_word = start == 0 or self._owner[start - 1] != self._owner[start]
        return 2 * begins_word + _shared(above[::-1], before[::-1]) + _shared(below, behind)

    def _boxes(self, start: int, end: int) -> list[Box]:
        """One box for the words of each line."""
        lines: list[list[Word]] = []
        for n in sorted(set(self._owner[start:end])):
            word = self._words[n]
            last = lines[-1][-1] if lines else None
            if last is not None and last.top <= word.middle <= last.bottom and word.x0 >= last.x0:
                lines[-1].append(word)
            else:
                lines.append([word])
        return [self._around(line) for line in lines]

    def _around(self, words: Sequence[Word]) -> Box:
        left, top = min(w.x0 for w in words) * self._scale, min(w.top for w in words) * self._scale
        right, bottom = max(w.x1 for w in words) * self._scale, max(w.bottom for w in words) * self._scale
        return round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top))


def boxes_of(quote: Quote, pages: Mapping[int, PageWords]) -> list[PlacedBox]:
    """The boxes of a quote on its page and, where it goes on, on those behind; none where its words are not found as they were read.

    A cell begins on the page of its row, also when the cell before it goes on overleaf; lines of one cell follow each other.
    """
    found: list[PlacedBox] = []
    before, page = letters(quote.before[-2 * _AROUND :]), quote.page
    ends: dict[int, int] = {}
    pieces = [(gap, p) for gap, words in _pieces(quote.words) if len(p := letters(words)) >= _SHORTEST]
    for n, (gap, piece) in enumerate(pieces):
        behind = pieces[n + 1][1] if n + 1 < len(pieces) else letters(quote.behind[: 2 * _AROUND])
        begins = quote.page if "\t" in gap else page
        for number, own in _places(_Piece(piece, before, behind), begins, ends, pages):
            found += [(number, *box) for box in own.boxes]
            page, ends[number] = number, own.end
        before = piece
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """The letters of a line of a cell, and what stands before and behind it."""

    words: str
    before: str
    behind: str


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    """The lines of the cells of a quote, each with the gap in front of it."""
    parts = ["", *_CELLS.split(words)]
    yield from zip(parts[::2], parts[1::2], strict=True)


def _places(
    piece: _Piece, begins: int, ends: Mapping[int, int], pages: Mapping[int, PageWords]
) -> list[tuple[int, Found]]:
    """Where a piece stands that begins on a page or soon after: on one page, or broken over two. `ends`: where the words before it ended, by page."""
    for number in (begins, begins + 1, begins + 2):
        here, below = pages.get(number), pages.get(number + 1)
        whole = here.find(piece.words, piece.before, piece.behind, ends.get(number, -1)) if here else None
        if whole is not None:
            return [(number, whole)]
        if here is None or below is None:
            continue
        for cut in range(len(piece.words) - 1, _SHORTEST - 1, -1):
            first = here.find(piece.words[:cut], piece.before, "", ends.get(number, -1))
            rest = below.find(piece.words[cut:], "", piece.behind, ends.get(number + 1, -1)) if first else None
            if first and rest:
                return [(number, first), (number + 1, rest)]
    for number in (begins, begins + 1):
        mended = pages[number].find_mended(piece.words) if number in pages else None
        if mended is not None:
            return [(number, mended)]
    return []


def letters(text: str) -> str:
    """Letters and digits alone, small and composed."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())


def _shared(left: str, right: str) -> int:
    """How many characters two texts begin alike with."""
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _in_order(layout: PageLayout) -> Iterator[Word]:
    """The words of a page: those of each cell together, the others line by line."""
    fragments, outside = fragments_of(layout)
    for line in lines_of(outside, layout.number):
        yield from line.words
    for fragment in fragments:
        for cell in sorted(fragment.cells, key=lambda c: (c.row, c.column)):
            for line in lines_of(cell.words, layout.number):
                yield from line.words
