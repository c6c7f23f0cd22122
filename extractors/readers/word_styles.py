"""Styles of a Word file: how text looks, and which list it belongs to, where the paragraph itself does not say so."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extractors.readers.word_xml import W, child, is_on, number, value

_DEEPEST = 30  # styles rest on a handful of others; more is a circle


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: bold, not shown, all capitals, font; None where nothing is said."""

    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This look, and what is said below where it says nothing."""
        if self is _NOTHING:
            return below
        return Look(
            self.bold if self.bold is not None else below.bold,
            self.hidden if self.hidden is not None else below.hidden,
            self.capitals if self.capitals is not None else below.capitals,
            self.font if self.font is not None else below.font,
        )


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list and the level a paragraph belongs to; `style` is the style that names the list, None for the paragraph itself."""

    list_id: str | None = None
    level: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphSays:
    """What a paragraph says of itself: its style, its place in a list, and whether the mark at its end is deleted or hidden, so
    that the next paragraph goes on with it."""

    style: str | None = None
    place: ListPlace = ListPlace()
    goes_on: bool = False


def look_of(properties: etree._Element | None) -> Look:
    """The look that w:rPr states."""
    if properties is None or not len(properties):
        return _NOTHING
    bold = hidden = capitals = font = None
    for part in properties:
        tag = part.tag
        if tag == _BOLD:
            bold = is_on(part)
        elif tag == _HIDDEN:
            hidden = is_on(part)
        elif tag == _CAPITALS:
            capitals = is_on(part)
        elif tag == _FONTS:
            font = part.get(_ASCII) or part.get(_HIGH)
    if bold is None and hidden is None and capitals is None and font is None:  # sizes, colours, languages
        return _NOTHING
    return Look(bold, hidden, capitals, font)


def place_of(properties: etree._Element | None) -> ListPlace:
    """The place in a list that w:pPr states."""
    return _place(child(properties, "numPr"))


def _place(numbering: etree._Element | None) -> ListPlace:
    if numbering is None:
        return ListPlace()
    level = value(child(numbering, "ilvl"))
    return ListPlace(value(child(numbering, "numId")), None if level is None else number(level, 0))


def said_of(paragraph: etree._Element) -> ParagraphSays:
    """What w:pPr of a paragraph states."""
    properties = next(iter(paragraph), None)
    if properties is None or properties.tag != _PARAGRAPH_SAYS:
        return _SAYS_NOTHING
    style, place, goes_on = None, _NO_PLACE, False
    for part in properties:
        tag = part.tag
        if tag == _STYLE:
            style = value(part)
        elif tag == _NUMBER:
            place = _place(part)
        elif tag == _MARK_SAYS:
            goes_on = any(mark.tag in _GONE or (mark.tag == _HIDDEN and is_on(mark)) for mark in part)
    if style is None and place is _NO_PLACE and not goes_on:  # most state no more than their spacing
        return _SAYS_NOTHING
    return ParagraphSays(style, place, goes_on)


_BOLD, _HIDDEN, _CAPITALS, _FONTS, _ASCII, _HIGH = (W + n for n in ("b", "vanish", "caps", "rFonts", "ascii", "hAnsi"))
_PARAGRAPH_SAYS, _STYLE, _NUMBER, _MARK_SAYS = (W + n for n in ("pPr", "pStyle", "numPr", "rPr"))
_GONE = frozenset({W + "del", W + "moveFrom"})
_NO_PLACE = ListPlace()
_SAYS_NOTHING = ParagraphSays()
_NOTHING = Look()


class Styles:
    """The styles of a file; all questions are answered with what the styles below say taken in."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._base = _NOTHING
        self._looks: dict[str, Look] = {}
        self._paragraphs: dict[str | None, Look] = {}
        self._places: dict[str | None, ListPlace] = {}
        self._names: dict[str | None, str] = {}
        if root is None:
            return
        self._base = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterchildren(W + "style"):
            name = value(style, "styleId") or ""
            self._by_id.setdefault(name, style)
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true"):
                self._default = name

    def _chain(self, name: str | None) -> list[tuple[str, etree._Element]]:
        chain: list[tuple[str, etree._Element]] = []
        while name in self._by_id and len(chain) < _DEEPEST:
            style = self._by_id[name]
            chain.append((name, style))
            name = value(child(style, "basedOn"))
        return chain

    def character(self, name: str) -> Look:
        """The look of a style's text, without the defaults of the document."""
        if name not in self._looks:
            look = _NOTHING
            for _, style in self._chain(name):
                look = look.over(look_of(child(style, "rPr")))
            self._looks[name] = look
        return self._looks[name]

    def paragraph(self, name: str | None) -> Look:
        """The look of text in a paragraph of a style; None is the style of paragraphs that name none."""
        if name not in self._paragraphs:
            named = name if name in self._by_id else self._default
            self._paragraphs[name] = (self.character(named) if named else _NOTHING).over(self._base)
        return self._paragraphs[name]

    def place(self, name: str | None) -> ListPlace:
        """The place in a list that a style gives its paragraphs."""
        if name not in self._places:
            self._places[name] = self._place(name)
        return self._places[name]

    def _place(self, name: str | None) -> ListPlace:
        level = None
        for style_id, style in self._chain(name or self._default):
            place = place_of(child(style, "pPr"))
            level = place.level if level is None else level
            if place.list_id is not None:
                return ListPlace(place.list_id, level, style_id)
        return ListPlace()

    def list_of(self, name: str | None) -> str | None:
        """The list that a style of lists stands for."""
        style = self._by_id.get(name or "")
        return place_of(child(style, "pPr")).list_id

    def name(self, style_id: str | None) -> str:
        """The name a person sees, in small letters: "toc 1", "list number"."""
        if style_id not in self._names:
            self._names[style_id] = (value(child(self._by_id.get(style_id or ""), "name")) or "").lower()
        return self._names[style_id]
