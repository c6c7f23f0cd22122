"""Numbers of a scan are read twice, by two models; where they differ the word is marked, never silently believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.readers import tesseract
from extractors.readers.askew import Print
from extractors.readers.imaging import Image
from extractors.readers.words import Word
from normalizers.text import plain

_LOOKED_AT = re.compile(r".*[\d$§]|[lI!][.,)]?$")  # numbers, and what a single figure is often taken for
_NUMBER = re.compile(r"[(-]?\d+(?:[.,/-]\d+)*%?[),;.:]?$")
_SEPARATORS = re.compile(r"[/.]")
_AROUND = 5  # pixels of the page around the word
_MARGIN = 15  # white around that


def is_number(text: str) -> bool:
    """Whether a word is a number and nothing else: "1", "12.5", "(3)", "45%"."""
    return bool(_NUMBER.match(text))


def confirmed(page: Print, words: Sequence[Word], media_type: str) -> list[Word]:
    """The words in their order, those whose digits a second model reads otherwise with the suspect code "ocr_number".

    What is no number at first sight and a plain one at the second ("§87,9", "887,9") takes the second reading; strokes and
    points that only the second look saw ("12QĐ-UBND", "12/QD-UBND") are put in. Raises UnreadableError when tesseract is
    missing or fails.
    """
    places = [n for n, word in enumerate(words) if _LOOKED_AT.match(word.text)]
    pictures = [_picture(page, words[n]) for n in places]
    checked = list(words)
    second = tesseract.read_pictures(pictures, tesseract.LINE, media_type, language="eng")
    for n, read in zip(places, second, strict=True):
        checked[n] = _compared(words[n], "".join(r.text for r in read))
    return checked


def _picture(page: Print, word: Word) -> Image:
    place = int(word.x0) - _AROUND, int(word.top) - _AROUND, int(word.x1) + _AROUND, int(word.bottom) + _AROUND
    return np.pad(page.cut(place)[0], _MARGIN, constant_values=255)


def _compared(word: Word, second: str) -> Word:
    text = word.text
    if is_number(second) and not is_number(text) and sum(c.isalpha() for c in text) <= 1:
        text = second
    elif _bare(text) == _bare(second) and len(_SEPARATORS.findall(second)) > len(_SEPARATORS.findall(text)):
        letters = iter(_SEPARATORS.sub("", text))
        text = "".join(c if _SEPARATORS.match(c) else next(letters) for c in second)
    suspect = "ocr_number" if _digits(word.text) != _digits(second) else word.suspect
    return replace(word, text=text, suspect=suspect)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _bare(text: str) -> str:
    """The letters and figures that both models know: without accents, strokes and points."""
    return _SEPARATORS.sub("", plain(text))
