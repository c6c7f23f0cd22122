"""Automatic numbers of Word written out: "I.", "1.1.", "đ)", "Điều 2." as they are printed in front of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from extractors.readers.word_styles import ListPlace, Styles
from extractors.readers.word_symbols import bullet
from extractors.readers.word_xml import W, child, is_on, number, value
from normalizers.figures import to_roman

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_HIGHEST = 32_767  # of Word itself; what is larger would be written with millions of letters
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    text: str
    suffix: str
    restarts_after: int  # the level restarts below any of so many levels above it
    legal: bool
    style: str | None
    font: str | None


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]  # what this list begins with, although others count on


class Numbering:
    """Counts the lists of a document; to be asked once for every paragraph, in the order of the text."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._lists: dict[str, _List | None] = {}
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        if root is not None:
            self._abstract = {value(a, "abstractNumId") or "": a for a in root.iterchildren(W + "abstractNum")}
            self._nums = {value(n, "numId") or "": n for n in root.iterchildren(W + "num")}

    def label(self, own: ListPlace, style: str | None) -> str:
        """What is printed in front of a paragraph, with the blank behind it; "" where it belongs to no list.

        `own` is what the paragraph itself says, `style` the style it is in.
        """
        styled = self._styles.place(style)
        list_id = own.list_id if own.list_id is not None else styled.list_id
        found = self._list(list_id) if list_id not in (None, "0") else None
        if list_id is None or found is None:
            return ""
        depth = own.level if own.level is not None else _level_of_style(found, styled)
        depth = min(max(depth, 0), _LEVELS - 1)
        level = found.levels.get(depth)
        if level is None:
            return ""
        self._count(list_id, found, depth, level)
        return self._written(found, depth, level)

    def _count(self, list_id: str, found: _List, depth: int, level: _Level) -> None:
        counts = self._counts.setdefault(found.abstract, {})
        if depth in found.starts and (list_id, depth) not in self._begun:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else found.starts.get(depth, level.start)
        self._begun.add((list_id, depth))
        for deeper in [d for d in counts if d > depth]:
            below = found.levels.get(deeper)
            if below is None or depth < below.restarts_after:
                del counts[deeper]

    def _written(self, found: _List, depth: int, level: _Level) -> str:
        if level.number_format == "bullet":
            return bullet(level.text, level.font) + " " if level.text else ""
        counts = self._counts[found.abstract]

        def figure(m: re.Match[str]) -> str:
            place = int(m.group(1)) - 1
            shown = found.levels.get(place)
            if place > depth or shown is None:
                return ""
            form = "decimal" if level.legal and shown.number_format != "none" else shown.number_format
            return formatted(counts.get(place, shown.start), form)

        label = _PLACEHOLDER.sub(figure, level.text)
        return label + ("" if level.suffix == "nothing" else " ") if label.strip() else ""

    def _list(self, list_id: str | None) -> _List | None:
        name = list_id or ""
        if name not in self._lists:
            self._lists[name] = self._read_list(name)
        return self._lists[name]

    def _read_list(self, name: str, depth: int = 0) -> _List | None:
        num = self._nums.get(name)
        abstract_id = value(child(num, "abstractNumId")) or ""
        abstract = self._abstract.get(abstract_id)
        if num is None or abstract is None:
            return None
        link = value(child(abstract, "numStyleLink"))
        linked = self._styles.list_of(link) if link else None
        if linked is not None and linked != name and depth < _LEVELS:
            base = self._read_list(linked, depth + 1)
            if base is None:
                return None
            found = replace(base, levels=dict(base.levels), starts={})
        else:
            found = _List(abstract_id, _levels(abstract), {})
        for override in num.iterchildren(W + "lvlOverride"):
            place = number(value(override, "ilvl"), 0)
            changed = child(override, "lvl")
            if changed is not None:
                found.levels[place] = _level(changed, place)
            start = value(child(override, "startOverride"))
            if start is not None:
                found.starts[place] = number(start, 1)
        return found


def _level_of_style(found: _List, styled: ListPlace) -> int:
    """The level that names the style; what the style itself says of its level counts only where none does."""
    named = next((n for n, level in found.levels.items() if styled.style and level.style == styled.style), None)
    return named if named is not None else styled.level or 0


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {
        place: _level(level, place)
        for level in abstract.iterchildren(W + "lvl")
        if 0 <= (place := number(value(level, "ilvl"), 0)) < _LEVELS
    }


def _level(element: etree._Element, place: int) -> _Level:
    number_format = next(element.iter(W + "numFmt"), None)
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        start=number(value(child(element, "start")), 0),
        number_format=value(number_format) or "decimal",
        text=value(child(element, "lvlText")) or "",
        suffix=value(child(element, "suff")) or "tab",
        restarts_after=number(value(child(element, "lvlRestart")), place),
        legal=(legal := child(element, "isLgl")) is not None and is_on(legal),
        style=value(child(element, "pStyle")),
        font=None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi"),
    )


def formatted(count: int, number_format: str) -> str:
    """A count as a level prints it: 4 → "IV" (upperRoman), "d" (lowerLetter), "04" (decimalZero); 28 → "bb"."""
    if number_format == "none":
        return ""
    if not 0 <= count <= _HIGHEST:
        return str(count)
    if number_format in ("upperRoman", "lowerRoman"):
        roman = to_roman(count)
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format in ("upperLetter", "lowerLetter") and count > 0:
        letters = _ALPHABET[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format == "decimalZero":
        return f"{count:02d}"
    if number_format == "ordinal":
        ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{ending}"
    return str(count)
