"""Word text of old fonts (".VnTime", "VNI-Times") made Unicode, in place, before anything is read."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from extractors.readers.word_styles import Styles, look_of, said_of
from extractors.readers.word_xml import W, child, value
from normalizers.old_fonts import has_capitals_only, may_be_old, old_encoding, to_unicode

_SOFT_HYPHEN = "\u00ad"


def rewrite_old_fonts(parts: Sequence[etree._Element], styles: Styles) -> None:
    """Converts the text of every font whose letters, taken together, are of an old encoding; other text stays as it is."""
    if not may_be_old("".join([text.text or "" for part in parts for text in part.iter(W + "t")])):
        return
    by_font: dict[str | None, list[etree._Element]] = {}
    for part in parts:
        for run in part.iter(W + "r"):
            texts = [t for t in run if t.tag == W + "t" or t.tag == W + "softHyphen"]
            if texts:
                by_font.setdefault(_font(run, styles), []).extend(texts)
    encodings = {font: old_encoding(_joined(texts), font) for font, texts in by_font.items()}
    for font, texts in by_font.items():
        encoding = encodings[font]
        if encoding is None and has_capitals_only(font) and _joined(texts).isascii():
            encoding = "tcvn3"  # words without accents: the font shows them in capitals all the same
        for text in texts if encoding else ():
            if text.tag == W + "softHyphen":  # the code of a letter, taken for a hyphen by a converter
                text.tag = W + "t"
                text.text = _SOFT_HYPHEN
            text.text = to_unicode(text.text or "", encoding or "", font)


def _joined(texts: list[etree._Element]) -> str:
    """The text of a font, runs of one paragraph side by side: a word may go over several."""
    parts: list[str] = []
    paragraph = None
    for text in texts:
        above = text.getparent().getparent()
        if above is not paragraph:
            parts.append(" ")
        paragraph = above
        parts.append(_SOFT_HYPHEN if text.tag == W + "softHyphen" else text.text or "")
    return "".join(parts)


def _font(run: etree._Element, styles: Styles) -> str | None:
    properties = child(run, "rPr")
    own = look_of(properties).font
    if own is not None:
        return own
    named = value(child(properties, "rStyle"))
    styled = styles.character(named).font if named else None
    if styled is not None:
        return styled
    paragraph = next(run.iterancestors(W + "p"), None)
    return styles.paragraph(None if paragraph is None else said_of(paragraph).style).font
