"""The text of one paragraph of Word: what is shown, with deleted, hidden and instructing words left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extractors.readers.word_styles import Look, Styles, look_of
from extractors.readers.word_symbols import readable, sign
from extractors.readers.word_xml import MATH, MC, W, alternative, child, value

DELETED = frozenset({W + "del", W + "moveFrom"})
# Marks around text that is read as if they were not there.
TRANSPARENT = frozenset(
    W + name
    for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "fldSimple", "sdt", "sdtContent")
)
_NUMBERS_OF_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TO[CA]\b", re.IGNORECASE)
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
_MOST_FIELDS = 20  # inside each other, as Word allows
_LONGEST = 1000  # letters of an instruction; its first word tells what it is
_RUN, _RUN_SAYS, _TEXT = W + "r", W + "rPr", W + "t"
_WORDY = tuple(W + name for name in ("t", "delText", "p", "tab", "br", "cr", "noBreakHyphen", "softHyphen"))


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False


@dataclass(slots=True)
class Line:
    """What a paragraph holds: its strings, each with whether it is bold; text boxes anchored in it; notes it refers to."""

    strings: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    in_contents: bool = False


class Reader:
    """Reads the strings of paragraphs, in the order of the text: a field may go over many of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._deeper = 0  # open fields beyond those
        self.notes: list[tuple[str, str]] = []  # kind and number of the notes referred to

    def read(self, paragraph: etree._Element, style: str | None) -> Line:
        """The strings of a paragraph of a style. An instruction that is still open at its end is taken as closed."""
        line = Line(in_contents=self._in_contents())
        self._inline(paragraph, line, self._styles.paragraph(style))
        for open_field in self._fields:
            open_field.shows = True
        line.in_contents = line.in_contents or self._in_contents()
        return line

    def _in_contents(self) -> bool:
        return bool(self._fields) and any(_CONTENTS.match(f.instruction) for f in self._fields)

    def _is_shown(self) -> bool:
        return not self._fields or all(f.shows and not _NUMBERS_OF_PAGES.match(f.instruction) for f in self._fields)

    def _inline(self, element: etree._Element, line: Line, base: Look) -> None:
        for part in element:
            tag = part.tag
            if tag == _RUN:
                self._run(part, line, base)
            elif tag == W + "fldSimple" and _NUMBERS_OF_PAGES.match(value(part, "instr") or ""):
                continue
            elif tag in TRANSPARENT:
                self._inline(part, line, base)
            elif tag == MC + "AlternateContent":
                chosen = alternative(part)
                if chosen is not None:
                    self._inline(chosen, line, base)
            elif tag in (MATH + "oMath", MATH + "oMathPara"):
                line.strings += [(t.text or "", True) for t in part.iter(MATH + "t")]

    def _run(self, run: etree._Element, line: Line, base: Look) -> None:
        properties = next(iter(run), None)
        look = base
        if properties is not None and properties.tag == _RUN_SAYS:
            style = value(child(properties, "rStyle"))
            look = look_of(properties).over(self._styles.character(style).over(base) if style else base)
        self._content(run, line, look)

    def _content(self, run: etree._Element, line: Line, look: Look) -> None:
        for part in run:
            tag = part.tag
            if tag == _TEXT:
                self._write(part.text or "", line, look)
            elif tag in _SIGNS:
                self._write(_SIGNS[tag], line, look)
            elif tag == W + "fldChar":
                self._turn(value(part, "fldCharType"))
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].shows and len(self._fields[-1].instruction) < _LONGEST:
                    self._fields[-1].instruction += part.text or ""
            elif tag == W + "sym":
                code = value(part, "char") or ""
                if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
                    self._write(sign(int(code, 16), value(part, "font")), line, look)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.notes.append((tag.removeprefix(W).removesuffix("Reference"), value(part, "id") or ""))
            elif tag == MC + "AlternateContent":
                chosen = alternative(part)
                if chosen is not None:
                    self._content(chosen, line, look)
            elif tag in (W + "drawing", W + "pict", W + "object") and not look.hidden:
                line.boxes += outermost_boxes(part)

    def _write(self, text: str, line: Line, look: Look) -> None:
        if not text or look.hidden or not self._is_shown():
            return
        text = readable(text, look.font)
        line.strings.append((text.upper() if look.capitals else text, bool(look.bold)))

    def _turn(self, kind: str | None) -> None:
        if kind == "begin" and len(self._fields) == _MOST_FIELDS:
            self._deeper += 1
        elif kind == "end" and self._deeper:
            self._deeper -= 1
        elif kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def outermost_boxes(element: etree._Element) -> list[etree._Element]:
    """The text boxes below an element, of those that are written down twice only one."""
    found: list[etree._Element] = []
    pending = [element]
    while pending:
        node = pending.pop()
        if node.tag == W + "txbxContent":
            found.append(node)
        elif node.tag == MC + "AlternateContent":
            chosen = alternative(node)
            if chosen is not None:
                pending.append(chosen)
        else:
            pending.extend(reversed(node))
    return found


def plain_words(element: etree._Element) -> str:
    """All words below an element, deleted and hidden ones too, for comparing: paragraphs and breaks part them."""
    parts: list[str] = []
    for node in element.iter(*_WORDY):
        if node.tag in (W + "t", W + "delText"):
            parts.append(node.text or "")
        elif node.tag != W + "softHyphen":
            parts.append("-" if node.tag == W + "noBreakHyphen" else " ")
    return "".join(parts)
