"""Lines and tables in reading order become paragraphs and whole tables, over the ends of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors.document import RawItem, RawParagraph
from extractors.labels import BULLETS, is_label_alone, parse_label
from extractors.page_breaks import opens_phrase
from extractors.readers.cells import glued
from extractors.readers.ruled import Fragment
from extractors.readers.split_tables import PagedTable
from extractors.readers.text_lines import Line, Measures
from normalizers.lexicon import load
from normalizers.text import collapse, ends_sentence, key, starts_lower

_RULE = re.compile(r"[-_=*.\s–—]+$")
_TIGHT = 1.22  # usual distances: lines of one paragraph are nearer to each other
_FEWEST_OF_HEADING = 4  # words
_NATIONAL_END = re.compile(r"(?:(?:chủ\s+)?nghĩa\s+)?(?:việt\s+)?nam$")
_DATE_END = re.compile(r"(?:(?:tháng\s.{0,4})?năm\s*)?(?:\d{4})?$")


class Flow:
    """Takes the lines and tables of page after page and gives paragraphs and tables."""

    def __init__(self) -> None:
        self.done: list[_Paragraph | PagedTable] = []
        self.notes: list[tuple[int, RawParagraph]] = []  # each with how many parts stand before it

    def add(self, element: Line | Fragment, measure: Measures) -> None:
        """Takes the next line or table of a page, and the measures of that page."""
        last = self.done[-1] if self.done else None
        if isinstance(element, Fragment):
            if isinstance(last, PagedTable) and last.goes_on_with(element):
                last.add(element)
            else:
                self.done.append(PagedTable(element))
        elif not _RULE.match(element.text):
            if isinstance(last, _Paragraph) and last.takes(element, measure):
                last.add(element, measure)
            else:
                self.done.append(_Paragraph(element, measure))

    def add_notes(self, notes: Iterable[RawParagraph]) -> None:
        """Takes the footnotes of a page, behind its lines: they stand behind the paragraph that is open there."""
        self.notes += [(len(self.done), note) for note in notes]

    def items(self) -> list[RawItem]:
        """What was read so far."""
        items: list[RawItem] = []
        for n, part in enumerate(self.done, 1):
            items.append(part.raw())
            items += [note for at, note in self.notes if at == n]
        return items


class _Paragraph:
    def __init__(self, line: Line, measure: Measures) -> None:
        self.lines = [line]
        self.measures = [measure]
        self.text = line.text

    def add(self, line: Line, measure: Measures) -> None:
        self.lines.append(line)
        self.measures.append(measure)
        self.text = glued(self.text, line.text)

    def raw(self) -> RawParagraph:
        suspect = next((w.suspect for line in self.lines for w in line.words if w.suspect), None)
        bold = all(line.bold for line in self.lines)
        return RawParagraph(self.text, bold, "body", self.lines[0].page, suspect)

    def takes(self, line: Line, measure: Measures) -> bool:
        """Whether a line goes on with the paragraph."""
        above, page = self.lines[-1], self.measures[-1]
        if above.column or line.column:
            return above.column == line.column and above.page == line.page and _goes_on_in_column(self.text, line)
        if is_label_alone(self.text):
            return parse_label(line.text) is None
        if above.page == line.page and self._is_heading_above(line):
            return False
        far = above.page == line.page and not 0 < line.base - above.base < _TIGHT * page.pitch
        if above.page == line.page and page.are_centred(above, line):
            return not far and self._is_title_with(line, page)
        if not page.is_full(above, line):
            return (
                not far
                and (page.is_long(above) or opens_phrase(self.text))
                and not ends_sentence(self.text)
                and starts_lower(line.text)
                and parse_label(line.text) is None
                and self._step(line, measure) < 0.9 * page.height
            )
        if far and (ends_sentence(self.text) or not starts_lower(line.text)):
            return False
        if self._begins_new(line, measure):
            return False
        return not (above.bold and not line.bold and all(a.bold for a in self.lines) and not starts_lower(line.text))

    def _is_heading_above(self, line: Line) -> bool:
        """Whether the type of a document stands alone above its title, or a title above the authority in capitals; either may
        be as wide as the text and does not look centred then."""
        if len(self.lines) == 1 and _is_type_line(self.text) and self.text == self.text.upper():
            return True
        authority = line.text == line.text.upper() and len(line.words) >= _FEWEST_OF_HEADING
        return authority and line.bold and self.lines[-1].bold and self.text != self.text.upper()

    def _step(self, line: Line, measure: Measures) -> float:
        """How far to the right of where the paragraph would go on a line begins; pages may lie differently."""
        here = line.x0 - measure.left
        above = self.lines[-1].x0 - self.measures[-1].left
        if len(self.lines) > 1:
            return here - above
        near = 0.7 * measure.height
        if abs(here - above) < near and parse_label(line.text) is None:
            in_block = parse_label(self.text) is not None and abs(here - measure.indent) > near
            if in_block or not ends_sentence(self.text):  # set in as a whole, not only its first line
                return 0.0
        return here

    def _begins_new(self, line: Line, measure: Measures) -> bool:
        """Whether a line behind a full one begins a paragraph: by its indent, or by a label where indents tell nothing."""
        height, above = measure.height, self.lines[-1]
        step = self._step(line, measure)
        if len(self.lines) == 1 and step > 0.9 * height and self._hangs(line, measure):
            step = 0.0
        if step > 0.9 * height:
            return True
        if step < -0.9 * height:
            return True
        label = parse_label(line.text)
        ended = ends_sentence(self.text)
        if measure.indent and not measure.is_indented(line) and self.measures[0].is_indented(self.lines[0]):
            heading = len(line.words) > 1 and (line.bold != above.bold or line.text == line.text.upper())
            return label is not None and label.style not in BULLETS and (ended or heading)
        if label is None:
            return False
        if ended:
            return True
        if label.style == "dash":
            rest = line.text[label.end :]
            return not (rest[:1].islower() or (rest[:1].isdigit() and self.text[-1:].isdigit()))
        return not opens_phrase(self.text)

    def _hangs(self, line: Line, measure: Measures) -> bool:
        """Whether a second line stands below the words behind the label of the first."""
        first = self.lines[0]
        label = parse_label(first.text)
        if label is None or len(first.words) < 2:
            return False
        offset = 0
        for word in first.words:
            if offset >= label.end:
                return abs((word.x0 - self.measures[0].left) - (line.x0 - measure.left)) < 0.7 * measure.height
            offset += len(word.text) + 1
        return False

    def _is_title_with(self, line: Line, measure: Measures) -> bool:
        """Whether two centred lines are one heading: the first had no more room, or both are printed alike and the first is
        no heading of its own, as "KẾ HOẠCH" and "Phụ lục 1" are."""
        above = self.lines[-1]
        if (
            parse_label(line.text) is not None
            or ends_sentence(self.text)
            or above.bold != line.bold
            or line.text.startswith("(")
        ):
            return False
        if self.text.count("(") > self.text.count(")"):
            return True
        if _is_type_line(self.text) or self.text.endswith(")"):
            return False
        capitals = (self.text == self.text.upper(), line.text == line.text.upper())
        if capitals[0] != capitals[1]:
            return False
        return (
            measure.is_full(above, line)
            or starts_lower(line.text)
            or (above.bold and abs(above.height - line.height) < 0.15 * line.height)
        )


@cache
def _types() -> frozenset[str]:
    return frozenset(key(form) for entry in load("document_types") for form in entry.forms)


def _is_type_line(text: str) -> bool:
    """Whether a heading is the type of a document or the number of an annex, and nothing else."""
    label = parse_label(text)
    return key(collapse(text)) in _types() or (label is not None and label.style == "annex" and label.end == len(text))


def _goes_on_in_column(above: str, line: Line) -> bool:
    """Whether a line of a letterhead or of a list of recipients goes on with the one above; most stand alone."""
    text = line.text
    if key(above).startswith("cộng h") and _NATIONAL_END.match(key(text)):
        return True
    if "ngày" in key(above) and _DATE_END.match(key(text)):
        return True
    if parse_label(text) is not None:
        return False
    if text == text.upper():  # offices and names have two words and more
        return len(line.words) == 1 and text.isalpha() and above == above.upper() and len(above.split()) > 1
    label = parse_label(above)
    listed = label is not None and label.style in BULLETS
    return not ends_sentence(above) and (starts_lower(text) or (listed and above.rstrip().endswith((",", "-"))))
