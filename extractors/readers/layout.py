"""Pages of words with places become paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import RawItem, RawParagraph, RawTable
from extractors.readers import tables
from extractors.readers.aligned import aligned_tables
from extractors.readers.beside import in_reading_order
from extractors.readers.footnotes import footnotes
from extractors.readers.paragraphs import Flow
from extractors.readers.ruled import Fragment, fragments_of
from extractors.readers.running import Running
from extractors.readers.text_lines import Line, Measures, PageLines, lines_of, measures_of
from extractors.readers.words import Box, PageLayout, Word

__all__ = ["Box", "PageLayout", "Word", "items_of"]


def items_of(pages: Sequence[PageLayout]) -> list[RawItem]:
    """Paragraphs and tables of a document's pages in reading order, each with its page.

    Numbers of pages are left out; lines printed on most pages stand once at the end, as furniture; footnotes behind the
    paragraph that ends below them.
    """
    read = [_Page(page) for page in pages]
    running = Running([page.lines for page in read], [page.layout.height for page in read])
    for n, page in enumerate(read):
        page.take_apart(running.without(n, page.lines))
    measures = measures_of([PageLines(page.layout.width, page.lines, page.extent_of_tables()) for page in read])
    flow = Flow()
    for page, measure in zip(read, measures, strict=True):
        notes = page.take_notes(measure)
        for element in page.in_order():
            flow.add(element, measure)
        flow.add_notes(notes)
    items: list[RawItem] = []
    for item in flow.items():
        items += tables.arranged(item) if isinstance(item, RawTable) else [item]
    return items + running.furniture()


class _Page:
    """A page taken apart: its tables, and the lines of the words outside them."""

    def __init__(self, layout: PageLayout) -> None:
        self.layout = layout
        self.fragments, words = fragments_of(layout)
        self.lines = lines_of(words, layout.number)

    def take_apart(self, lines: Sequence[Line]) -> None:
        """Finds the tables without rules among the lines of the text."""
        aligned, self.lines = aligned_tables(lines)
        self.fragments = sorted([*self.fragments, *aligned], key=lambda f: f.top)

    def take_notes(self, measure: Measures) -> list[RawParagraph]:
        """Footnotes, taken out of the lines."""
        notes, self.lines = footnotes(self.lines, measure, self.layout.height)
        return notes

    def extent_of_tables(self) -> tuple[float, float] | None:
        """Where the leftmost table begins and the rightmost ends."""
        if not self.fragments:
            return None
        return min(f.edges[0] for f in self.fragments), max(f.edges[-1] for f in self.fragments)

    def in_order(self) -> list[Line | Fragment]:
        """Lines and tables from top to bottom; of lines side by side the left column first."""
        ordered: list[Line | Fragment] = []
        pending = self.lines
        for fragment in self.fragments:
            above = [line for line in pending if line.middle < fragment.top]
            pending = [line for line in pending if line.middle >= fragment.top]
            ordered += in_reading_order(above)
            ordered.append(fragment)
        return ordered + list(in_reading_order(pending))
