"""Footnotes: lines of small letters at the foot of a page, each note behind its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import RawParagraph
from extractors.readers.cells import glued
from extractors.readers.text_lines import Line, Measures

_SMALL = 0.88  # of the usual height of letters
_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[*†]{1,3})[)\]]?(?:\s|(?=[^\W\d_]{2}))")
_RAISED = 0.8  # of the height of the words around a number that points to a note
_UPPER_PART = 0.5  # of a page, which holds no footnotes


def footnotes(lines: Sequence[Line], measure: Measures, page_height: float) -> tuple[list[RawParagraph], list[Line]]:
    """The notes at the foot of a page, and its other lines without the small numbers that point to them."""
    start = len(lines)
    while start and _is_small(lines[start - 1], measure) and lines[start - 1].middle > _UPPER_PART * page_height:
        start -= 1
    while start < len(lines) and not _MARK.match(lines[start].text):
        start += 1
    notes: list[RawParagraph] = []
    for line in lines[start:]:
        if _MARK.match(line.text):
            notes.append(RawParagraph(line.text, False, "note", line.page))
        else:
            notes[-1].text = glued(notes[-1].text, line.text)
    numbers = {note.text.split(maxsplit=1)[0] for note in notes}
    bare = [_without_marks(line, numbers) for line in lines[:start]] if notes else lines[:start]
    return notes, [line for line in bare if line.words]


def _without_marks(line: Line, numbers: set[str]) -> Line:
    marks = [w for w in line.words if w.text in numbers and w.height < _RAISED * line.height]
    return Line([w for w in line.words if w not in marks], line.page, line.column) if marks else line


def _is_small(line: Line, measure: Measures) -> bool:
    return line.height < _SMALL * measure.height
