"""The words of a table cell become its text: hard wraps are joined, items of a list and paragraphs keep lines of their own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.columns import is_index_heading
from extractors.labels import BULLETS, parse_label
from extractors.readers.text_lines import Line, width_of_first
from extractors.readers.words import Box
from normalizers.agencies import find_agencies
from normalizers.places import find_places
from normalizers.syllables import is_syllable
from normalizers.text import ends_sentence, starts_lower

_DASH = re.compile(r"[-–—]\s*")
_GLUED = re.compile(r"(?:[^\W_][-/]|\d[.,])$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LONGEST_SYLLABLE = 7
_INDENT = 0.9
_PADDING = (0.15, 0.6)  # heights of a line: least and most room between rule and words


def joined_lines(lines: Sequence[Line], box: Box) -> str:
    """The text of a cell from its printed lines, which may stand on two pages; kept lines are joined by newlines."""
    if not lines:
        return ""
    text = lines[0].text
    left = min(line.x0 for line in lines)
    for above, below in itertools.pairwise(lines):
        indented = below.x0 - left > _INDENT * below.height and above.x0 - left < _INDENT * above.height
        if _is_cut(above, below, box):
            text += below.text
            continue
        goes_on = goes_on_in_cell(text, below.text, _is_full(above, below, lines, box), indented)
        text = glued(text, below.text) if goes_on else f"{text}\n{below.text}"
    return text


def glued(above: str, below: str) -> str:
    """Two lines of one sentence: "Quyết định số 5/QĐ-" | "UBND" have no blank between them."""
    if _GLUED.search(above) and below[:1].isalnum() and not (above[-1] in ".," and not below[:1].isdigit()):
        return above + below
    return f"{above} {below}"


def goes_on_in_cell(above: str, below: str, full: bool, indented: bool = False) -> bool:
    """Whether a line of a cell continues the text above it. `full`: the line above had no room for its first word."""
    last = above.rsplit("\n", 1)[-1]
    label = parse_label(below)
    if label is not None:
        return label.style in BULLETS and not ends_sentence(last) and _is_wrapped_dash(last, below, full)
    if full:
        return not (indented and ends_sentence(last))
    return not ends_sentence(last) and starts_lower(below)


def _is_wrapped_dash(above: str, below: str, full: bool) -> bool:
    """Whether a dash at the beginning of a line stands inside a sentence or a name: "Sở Lao động" | "- Thương binh và Xã hội"."""
    dash = _DASH.match(below)
    if dash is None or dash.end() == len(below):
        return False
    first = below[dash.end()]
    if first.isdigit() or first.islower():
        return full and (first.islower() or above[-1:].isdigit())
    at = len(above)
    both = f"{above} {below}"
    return any(a.start < at < a.end for a in find_agencies(both)) or any(
        p.start < at < p.end for p in find_places(both)
    )


def _is_full(above: Line, below: Line, lines: Sequence[Line], box: Box) -> bool:
    height = above.height
    first = min(line.x0 for line in lines)
    padding = min(max(first - box.x0, _PADDING[0] * height), _PADDING[1] * height)
    needed = 0.25 * height + width_of_first(below)
    starts = [line.x0 for line in lines]
    centred = max(starts) - first > height and all(abs(line.centre - (box.x0 + box.x1) / 2) < height for line in lines)
    if centred:
        return above.x1 - above.x0 + needed > box.x1 - box.x0 - 2 * padding
    return above.x1 + needed > box.x1 - padding


def _is_cut(above: Line, below: Line, box: Box) -> bool:
    """Whether a narrow cell cut a word or a number in two: "Thư" | "ơng", "12.450.0" | "00", "NST" | "W"."""
    first, rest = above.words[-1].text, below.words[0].text.rstrip(",;.:")
    if _GROUPED.fullmatch(first + rest):
        return not _GROUPED.fullmatch(first)
    if above.x1 + above.height < box.x1 or len(first) + len(rest) > _LONGEST_SYLLABLE:
        return False
    if is_index_heading(first + rest):
        return len(below.words) == 1 and not is_index_heading(first)
    if (first + rest).isupper() and len(rest) == len(above.words) == len(below.words) == 1:
        return not is_syllable(first) and not is_syllable(rest)  # "NST" | "W"
    return is_syllable(first + rest) and not (is_syllable(first) and is_syllable(rest))
