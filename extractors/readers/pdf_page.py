"""One page of a PDF with a text layer: its letters become words, its rules the boxes of table cells."""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteralTable
from pdfplumber.page import Page

from extractors.readers.pdf_rules import Rule, cell_boxes, rules_of
from extractors.readers.words import PageLayout, Word

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
_SAME_LINE = 0.3  # of the size of letters: how far letters of one line stand apart in height
_GAP = 0.18  # of the size: a blank that is not written
_TWICE = 0.25  # of a letter's width: the same letter printed again is a way to print bold
_STRUCK = (0.12, 0.48)  # of the size, above where letters stand: a rule there strikes them through
_UNIT = re.compile(r"(?:^|[\d/(])(?:[kcdm]?m|CO|PM)$")
_POWERS = frozenset({"2", "3"})
_GLUED_LABEL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+\.?)(?=[^\W\d_]{2})")


class Letter(NamedTuple):
    """A printed letter; `base` is where it stands, downwards."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def page_layout(page: Page, number: int) -> PageLayout:
    """Words and tables of a page. A page whose letters lie on their side is turned upright; on an upright page, such
    letters (the headings of narrow columns) become one word for each of their lines."""
    chars = [c for c in page.chars if c["text"]]
    upright = [c for c in chars if abs(c["matrix"][0]) >= abs(c["matrix"][1])]
    turned = [c for c in chars if abs(c["matrix"][0]) < abs(c["matrix"][1])]
    rules = rules_of(page)
    width, height = float(page.width), float(page.height)
    upwards = sum(1 if c["matrix"][1] > 0 else -1 for c in turned) >= 0
    if len(turned) > len(upright):
        letters = [_turned(c, upwards, width, height) for c in turned]
        rules = [_turned_rule(r, upwards, width, height) for r in rules]
        return PageLayout(number, height, width, tuple(_words(letters, rules)), cell_boxes(rules))
    words = upright_words([_letter(c) for c in upright], rules)
    words += _sideways([_turned(c, upwards, width, height) for c in turned], upwards, width, height)
    return PageLayout(number, width, height, tuple(words), cell_boxes(rules))


def upright_words(letters: Sequence[Letter], rules: Sequence[Rule]) -> list[Word]:
    """The words of letters that stand upright, between the rules of a page."""
    return _with_powers(list(_words(letters, rules)))


def is_damaged(page: Page) -> bool:
    """Whether what a page prints cannot be unpacked to its end. To be asked before the page is read."""
    for reference in page.page_obj.contents:
        stream = resolve1(reference)
        if not isinstance(stream, PDFStream):
            return True
        packed = [name for name, _ in stream.get_filters()] == [PSLiteralTable.intern("FlateDecode")]
        if stream.rawdata is None or stream.decipher is not None or not packed:
            continue
        try:
            zlib.decompressobj().decompress(stream.rawdata)
        except zlib.error:
            return True
    return False


def _letter(char: dict[str, Any]) -> Letter:
    return Letter(
        char["text"], char["x0"], char["top"], char["x1"], char["bottom"],
        char["top"] + char["y1"] - char["matrix"][5], char["size"], char["fontname"],
    )  # fmt: skip


def _turned(char: dict[str, Any], upwards: bool, width: float, height: float) -> Letter:
    """A letter that lies on its side, as it stands on the page turned upright."""
    size = char["x1"] - char["x0"]
    if upwards:
        x0, x1, top, bottom = height - char["bottom"], height - char["top"], char["x0"], char["x1"]
        base = char["matrix"][4]
    else:
        x0, x1, top, bottom = char["top"], char["bottom"], width - char["x1"], width - char["x0"]
        base = width - char["matrix"][4]
    return Letter(char["text"], x0, top, x1, bottom, base, size, char["fontname"])


def _turned_rule(rule: Rule, upwards: bool, width: float, height: float) -> Rule:
    if rule.is_vertical:
        at = rule.at if upwards else width - rule.at
        ends = (height - rule.end, height - rule.start) if upwards else (rule.start, rule.end)
    else:
        at = height - rule.at if upwards else rule.at
        ends = (rule.start, rule.end) if upwards else (width - rule.end, width - rule.start)
    return Rule(not rule.is_vertical, at, *ends)


def _sideways(letters: Sequence[Letter], upwards: bool, width: float, height: float) -> Iterator[Word]:
    for line in _lines(letters):
        words = list(_words(line, ()))
        if not words:
            continue
        left, right = words[0].x0, words[-1].x1
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        box = (top, height - right, bottom, height - left) if upwards else (width - bottom, left, width - top, right)
        yield Word(" ".join(w.text for w in words), *box, all(w.bold for w in words))


def _words(letters: Iterable[Letter], rules: Iterable[Rule]) -> Iterator[Word]:
    verticals = [r for r in rules if r.is_vertical]
    flat = [r for r in rules if not r.is_vertical]
    for printed in _lines(letters):
        line = _without_struck(printed, flat)
        if not line:
            continue
        middle = (min(c.top for c in line) + max(c.bottom for c in line)) / 2
        borders = sorted(r.at for r in verticals if r.start <= middle <= r.end)
        for word in _split(line, borders):
            yield from _parted(word)


def _lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters of one height, from left to right: those of another font come later in the file, in the gaps it left."""
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda c: c.base):
        if line and letter.base - line[-1].base > _SAME_LINE * max(letter.size, 1.0):
            yield _in_order(line)
            line = []
        line.append(letter)
    if line:
        yield _in_order(line)


def _in_order(line: list[Letter]) -> list[Letter]:
    if any(unicodedata.combining(c.text[0]) for c in line):  # a mark may begin left of its letter
        return sorted(line, key=lambda c: (c.centre, bool(unicodedata.combining(c.text[0]))))
    return sorted(line, key=lambda c: c.x0)


def _with_powers(words: list[Word]) -> list[Word]:
    """Words with the small raised number of a unit at their end: "m" and "2" stand on different heights."""
    units = [w for w in words if _UNIT.search(w.text)]
    powers: dict[int, Word] = {}
    for small in (w for w in words if w.text in _POWERS) if units else ():
        unit = next((u for u in units if _carries(u, small)), None)
        if unit is not None:
            powers[id(unit)] = small
    taken = {id(small) for small in powers.values()}
    return [
        replace(w, text=w.text + powers[id(w)].text, x1=powers[id(w)].x1) if id(w) in powers else w
        for w in words
        if id(w) not in taken
    ]


def _carries(unit: Word, small: Word) -> bool:
    touching = abs(small.x0 - unit.x1) < 0.15 * unit.height and small.height < 0.8 * unit.height
    return touching and unit.top - unit.height / 2 < small.middle < unit.bottom


def _without_struck(line: list[Letter], flat: Iterable[Rule]) -> list[Letter]:
    """A line without the letters that a rule of their own strikes through: words deleted in a draft."""
    base, size = line[0].base, line[0].size
    for rule in flat:
        if not _STRUCK[0] * size < base - rule.at < _STRUCK[1] * size:
            continue
        struck = [c for c in line if rule.start < c.centre < rule.end]
        if struck and struck[0].x0 - rule.start < size / 2 and rule.end - struck[-1].x1 < size / 2:
            line = [c for c in line if not rule.start < c.centre < rule.end]
    return line


def _split(line: Iterable[Letter], borders: Sequence[float]) -> Iterator[list[Letter]]:
    """The letters of each word of a line: a word ends at a blank, written or not, and at a rule between two columns."""
    word: list[Letter] = []
    for letter in line:
        if letter.text.isspace():
            if word:
                yield word
            word = []
            continue
        if word:
            last = word[-1]
            if letter.text == last.text and letter.x0 - last.x0 < _TWICE * max(last.x1 - last.x0, 0.1):
                continue
            apart = letter.x0 - last.x1 > _GAP * letter.size
            if apart or (borders and bisect_right(borders, last.centre) != bisect_right(borders, letter.centre)):
                yield word
                word = []
        word.append(letter)
    if word:
        yield word


def _parted(letters: list[Letter]) -> Iterator[Word]:
    """The word of some letters; two words where a tab of no width stands behind a printed number ("1.1Đối")."""
    at = 0
    if letters[0].text.isdigit() and len(letters) > 4:
        label = _GLUED_LABEL.match("".join(c.text for c in letters))
        at = label.end() if label else 0
    for part in (letters[:at], letters[at:]):
        if part:
            yield Word(
                unicodedata.normalize("NFC", "".join(c.text for c in part)),
                min(c.x0 for c in part),
                min(c.top for c in part),
                max(c.x1 for c in part),
                max(c.bottom for c in part),
                all(_BOLD.search(font) for font in {c.font for c in part}),
            )
