"""One page of a PDF with a text layer: its characters become words, its rules the boxes of table cells."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfplumber.page import Page

from extractors.readers.pdf_rules import Rule, cell_boxes, rules_of
from extractors.readers.words import PageLayout, Word

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
_SAME_LINE = 0.3  # of the size of letters: how far letters of one line stand apart in height
_GAP = 0.18  # of the size: a blank that is not written
_TWICE = 0.25  # of a letter's width: the same letter printed again is a way to print bold
_GLUED_LABEL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+\.?)(?=[^\W\d_]{2})")

Char = dict[str, Any]


def page_layout(page: Page, number: int) -> PageLayout:
    """Words and tables of a page. A page whose letters lie on their side is turned upright."""
    chars = [c for c in page.chars if c["text"]]
    rules = rules_of(page)
    width, height = float(page.width), float(page.height)
    words = tuple(_words(chars, [r for r in rules if r.is_vertical]))
    return PageLayout(number, width, height, words, cell_boxes(rules))


def _words(chars: Sequence[Char], verticals: Sequence[Rule]) -> Iterator[Word]:
    for line in _lines(chars):
        top, bottom = min(c["top"] for c in line), max(c["bottom"] for c in line)
        middle = (top + bottom) / 2
        borders = sorted(r.at for r in verticals if r.start <= middle <= r.end)
        for letters in _split(line, borders):
            yield from _parted(letters)


def _lines(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Letters of one height, from left to right: those of another font come later in the file, in the gaps it left."""
    line: list[Char] = []
    base = 0.0
    for char in sorted(chars, key=_base):
        if line and _base(char) - base > _SAME_LINE * max(char["size"], 1.0):
            yield _in_order(line)
            line = []
        line.append(char)
        base = _base(char)
    if line:
        yield _in_order(line)


def _base(char: Char) -> float:
    return -float(char["matrix"][5])


def _in_order(line: list[Char]) -> list[Char]:
    line.sort(key=lambda c: c["x0"])
    if any(unicodedata.combining(c["text"][0]) for c in line):
        line.sort(key=lambda c: ((c["x0"] + c["x1"]) / 2, bool(unicodedata.combining(c["text"][0]))))
    return line


def _split(line: Iterable[Char], borders: Sequence[float]) -> Iterator[list[Char]]:
    """The letters of each word of a line: a word ends at a blank, written or not, and at a rule between two columns."""
    word: list[Char] = []
    for char in line:
        if char["text"].isspace():
            if word:
                yield word
            word = []
            continue
        if word:
            last = word[-1]
            if char["text"] == last["text"] and char["x0"] - last["x0"] < _TWICE * max(last["x1"] - last["x0"], 0.1):
                continue
            apart = char["x0"] - last["x1"] > _GAP * char["size"]
            if apart or (borders and _side(last, borders) != _side(char, borders)):
                yield word
                word = []
        word.append(char)
    if word:
        yield word


def _side(char: Char, borders: Sequence[float]) -> int:
    return bisect_right(borders, (char["x0"] + char["x1"]) / 2)


def _parted(letters: list[Char]) -> Iterator[Word]:
    """The word of some letters; two words where a tab of no width stands behind a printed number ("1.1Đối")."""
    label = _GLUED_LABEL.match("".join(c["text"] for c in letters))
    at = label.end() if label and len(letters) > label.end() else 0
    for part in (letters[:at], letters[at:]):
        if part:
            text = unicodedata.normalize("NFC", "".join(c["text"] for c in part))
            yield Word(
                text,
                min(c["x0"] for c in part),
                min(c["top"] for c in part),
                max(c["x1"] for c in part),
                max(c["bottom"] for c in part),
                all(_BOLD.search(c["fontname"]) for c in part),
            )
