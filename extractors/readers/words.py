"""What a reader of pages hands to the layout: words with their places, and the boxes of table cells."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page, y downwards. `suspect`: a code of `extractors.document.Suspect`."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    suspect: str | None = None

    @property
    def height(self) -> float:
        """Height of the letters' box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Middle of the word from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Middle of the word from left to right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one table cell."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the box."""
        return self.x0 <= word.centre < self.x1 and self.top <= word.middle < self.bottom


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page, from 1: its size, its words in any order, and its tables as the boxes of their cells.

    Units are arbitrary (points or pixels), one unit per document.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple[tuple[Box, ...], ...] = ()

    def scaled(self, factor: float) -> PageLayout:
        """The same page in other units."""
        words = tuple(
            replace(w, x0=w.x0 * factor, top=w.top * factor, x1=w.x1 * factor, bottom=w.bottom * factor)
            for w in self.words
        )
        tables = tuple(
            tuple(Box(b.x0 * factor, b.top * factor, b.x1 * factor, b.bottom * factor) for b in table)
            for table in self.tables
        )
        return PageLayout(self.number, self.width * factor, self.height * factor, words, tables)
