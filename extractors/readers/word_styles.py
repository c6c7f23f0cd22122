"""Styles of a Word file: how text looks, and which list it belongs to, where the paragraph itself does not say so."""

from __future__ import annotations

from dataclasses import dataclass, fields

from lxml import etree

from extractors.readers.word_xml import W, child, number, switch, value

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
        return Look(
            *(
                own if (own := getattr(self, f.name)) is not None else getattr(below, f.name)
                for f in fields(Look)
            )
        )


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list and the level a paragraph belongs to; `style` is the style that says so, None for the paragraph itself."""

    list_id: str | None = None
    level: int | None = None
    style: str | None = None


def look_of(properties: etree._Element | None) -> Look:
    """The look that w:rPr states."""
    if properties is None or not len(properties):
        return _NOTHING
    fonts = child(properties, "rFonts")
    font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
    return Look(switch(properties, "b"), switch(properties, "vanish"), switch(properties, "caps"), font)


def place_of(properties: etree._Element | None, style: str | None = None) -> ListPlace:
    """The place in a list that w:pPr states."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return ListPlace()
    level = value(child(numbering, "ilvl"))
    return ListPlace(value(child(numbering, "numId")), None if level is None else number(level, 0), style)


_NOTHING = Look()


class Styles:
    """The styles of a file; all questions are answered with what the styles below say taken in."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._base = _NOTHING
        self._looks: dict[str, Look] = {}
        self._paragraphs: dict[str | None, Look] = {}
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
        list_id, level, named = None, None, None
        for style_id, style in self._chain(name or self._default):
            place = place_of(child(style, "pPr"), style_id)
            if level is None:
                level = place.level
            if place.list_id is not None:
                list_id, named = place.list_id, style_id
                break
        return ListPlace(list_id, level, named)

    def list_of(self, name: str | None) -> str | None:
        """The list that a style of lists stands for."""
        style = self._by_id.get(name or "")
        return place_of(child(style, "pPr")).list_id

    def name(self, style_id: str | None) -> str:
        """The name a person sees, in small letters: "toc 1", "list number"."""
        return (value(child(self._by_id.get(style_id or ""), "name")) or "").lower()
