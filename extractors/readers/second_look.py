"""Numbers of a scan are read twice, by two models; where they differ the word is marked, never silently believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.readers import tesseract
from extractors.readers.words import Word

Image = NDArray[np.uint8]

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[(-]?\d+(?:[.,/-]\d+)*%?[),;.:]?$")
_AROUND = 5  # pixels of the page around the word
_MARGIN = 15  # white around that


def confirmed(page: Image, words: Sequence[Word], media_type: str) -> list[Word]:
    """The words in their order, those whose digits a second model reads otherwise with the suspect code "ocr_number".

    A word that is no number at first sight and a plain one at the second ("§87,9", "887,9") takes the second reading.
    Raises UnreadableError when tesseract is missing or fails.
    """
    places = [n for n, word in enumerate(words) if _DIGIT.search(word.text)]
    pictures = [_picture(page, words[n]) for n in places]
    checked = list(words)
    second = tesseract.read_pictures(pictures, tesseract.LINE, media_type, language="eng")
    for n, read in zip(places, second, strict=True):
        checked[n] = _compared(words[n], "".join(r.text for r in read))
    return checked


def _picture(page: Image, word: Word) -> Image:
    top, left = max(0, int(word.top) - _AROUND), max(0, int(word.x0) - _AROUND)
    cut = page[top : int(word.bottom) + _AROUND, left : int(word.x1) + _AROUND]
    return np.pad(cut, _MARGIN, constant_values=255)


def _compared(word: Word, second: str) -> Word:
    if _digits(word.text) == _digits(second):
        return word
    text = second if _NUMBER.match(second) and not _NUMBER.match(word.text) and _is_bare(word.text) else word.text
    return replace(word, text=text, suspect="ocr_number")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_bare(text: str) -> bool:
    """Whether a word is meant as a number: no letters stand in it but the one that may be a misread digit."""
    return sum(c.isalpha() for c in text) <= 1 and len(_digits(text)) >= 2
