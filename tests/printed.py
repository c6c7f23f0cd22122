"""Printed pages for tests of the layout: words with places, all letters of one width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.document import RawCell, RawItem, RawParagraph, RawTable
from extractors.readers.layout import Box, PageLayout, Word, items_of

LETTER = 6.0
HEIGHT = 12.0
PITCH = 16.0
LEFT = 80.0
FULL = 72  # letters of a full line
RIGHT = LEFT + FULL * LETTER


@dataclass
class Sheet:
    """A page under construction; y counts downwards."""

    number: int = 1
    width: float = 600.0
    height: float = 840.0
    words: list[Word] = field(default_factory=list)
    tables: list[tuple[Box, ...]] = field(default_factory=list)
    y: float = 60.0

    def at(
        self, x: float, y: float, text: str, bold: bool = False, size: float = HEIGHT, suspect: str | None = None
    ) -> Sheet:
        """Prints a line at a place."""
        letter = LETTER * size / HEIGHT
        for word in text.split(" "):
            if word:
                self.words.append(Word(word, x, y, x + len(word) * letter, y + size, bold, suspect))
            x += (len(word) + 1) * letter
        return self

    def lines(self, *texts: str, indent: float = 0.0, bold: bool = False) -> Sheet:
        """Prints lines below what is there; the first one is indented."""
        for n, text in enumerate(texts):
            self.at(LEFT + (0.0 if n else indent), self.y, text, bold)
            self.y += PITCH
        return self

    def centred(self, text: str, bold: bool = True) -> Sheet:
        """Prints a line in the middle between the margins."""
        self.at((LEFT + RIGHT - len(text) * LETTER) / 2, self.y, text, bold)
        self.y += PITCH
        return self

    def table(
        self, xs: Sequence[float], ys: Sequence[float], spans: dict[tuple[int, int], tuple[int, int]] | None = None
    ) -> Sheet:
        """Rules a table; `spans` gives rows and columns of the cells that cover more than one place."""
        taken: set[tuple[int, int]] = set()
        boxes = []
        for r in range(len(ys) - 1):
            for c in range(len(xs) - 1):
                if (r, c) in taken:
                    continue
                rows, columns = (spans or {}).get((r, c), (1, 1))
                taken |= {(r + i, c + j) for i in range(rows) for j in range(columns)}
                boxes.append(Box(xs[c], ys[r], xs[c + columns], ys[r + rows]))
        self.tables.append(tuple(boxes))
        return self

    def layout(self) -> PageLayout:
        """The page."""
        return PageLayout(self.number, self.width, self.height, tuple(self.words), tuple(self.tables))


def read(*sheets: Sheet) -> list[RawItem]:
    """What the layout makes of pages."""
    return items_of([sheet.layout() for sheet in sheets])


def texts(items: Sequence[RawItem]) -> list[str]:
    """The texts of paragraphs; tables are left out."""
    return [item.text for item in items if isinstance(item, RawParagraph)]


def rows(items: Sequence[RawItem]) -> list[list[str]]:
    """The texts of the cells of the only table."""
    return [[cell.text for cell in row] for row in cells(items)]


def cells(items: Sequence[RawItem]) -> list[list[RawCell]]:
    """The rows of the only table."""
    (table,) = [item for item in items if isinstance(item, RawTable)]
    return table.rows
