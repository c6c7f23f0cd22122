"""What is printed on every page around the text: numbers of pages, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph
from extractors.page_breaks import is_page_number
from extractors.readers.text_lines import Line
from normalizers.text import key

_EDGE = 3  # lines at the top and at the bottom that may be running lines
_MARGIN = 0.15  # of the height of a page
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"(?:\W*+trang\s*+#|(?=[^#]*#))\W*$")


class Running:
    """The running lines of a document, given the lines and the height of every page."""

    def __init__(self, pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> None:
        self.heights = heights
        counts = Counter(
            place for n, lines in enumerate(pages) for place in {self._place(n, line) for line in self._edges(n, lines)}
        )
        most = len(pages) // 2 + 1
        self.places = {place for place, count in counts.items() if count >= max(most, _FEWEST_PAGES)}
        self.seen: dict[tuple[str, int], Line] = {}

    def without(self, n: int, lines: Sequence[Line]) -> list[Line]:
        """The lines of page `n` (from 0) that belong to the text."""
        edge = {id(line) for line in self._edges(n, lines)}
        kept = []
        for line in lines:
            place = self._place(n, line)
            if id(line) in edge and place in self.places:
                self.seen.setdefault(place, line)
            elif not (line in (lines[0], lines[-1]) and self._is_number(n, line)):
                kept.append(line)
        return kept

    def furniture(self) -> list[RawItem]:
        """Each running line once, as furniture."""
        return [
            RawParagraph(line.text, line.bold, "furniture", line.page)
            for place, line in self.seen.items()
            if not _NUMBERED.match(place[0])
        ]

    def _place(self, n: int, line: Line) -> tuple[str, int]:
        """What is printed, whatever the number, and where: words at the top or at the bottom, whose place differs between
        upright pages and landscape ones, and bare numbers in which twentieth of the page."""
        text, height = _DIGITS.sub("#", key(line.text)), line.middle / max(self.heights[n], 1.0)
        return text, round(height * (20 if _NUMBERED.match(text) or not _LETTER.search(text) else 1))

    def _is_number(self, n: int, line: Line) -> bool:
        return is_page_number(line.text) and self._is_in_margin(n, line)

    def _edges(self, n: int, lines: Sequence[Line]) -> list[Line]:
        edges = {id(line): line for line in [*lines[:_EDGE], *lines[-_EDGE:]]}
        return [line for line in edges.values() if self._is_in_margin(n, line)]

    def _is_in_margin(self, n: int, line: Line) -> bool:
        return not _MARGIN < line.middle / max(self.heights[n], 1.0) < 1 - _MARGIN
