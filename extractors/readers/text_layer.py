"""Whether the text layer of a PDF page says what the page shows, or must be recognised anew from its picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.syllables import spelling_of

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BROKEN = re.compile(r"[\ufffd\u0001-\u0008\u000e-\u001f\ue000-\uefff\uf0f0-\uf8ff]")
_FEW_WORDS = 25  # less says nothing about a page
_STAMP_WORDS = 40  # what a signature prints on a scanned page
_MOST_BROKEN = 0.03
_LEAST_SYLLABLES = (
    0.5,
    0.9,
)  # of words: on pages that were typed (names, foreign words), on scanned ones (misread words)
_LEAST_ACCENTED = (0.4, 0.7)  # of syllables; a sentence has more than four fifths
_LEAST_ENGLISH = 0.05
_COVERED = 0.6  # of the page, by pictures


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page holds: the words of its text layer, the share of it that pictures cover, whether letters may be drawn as
    shapes (many paths and no text)."""

    words: Sequence[str]
    covered: float
    is_drawn: bool = False

    @property
    def is_scan(self) -> bool:
        """Whether pictures cover the page: its text layer is what some program read from them."""
        return self.covered > _COVERED


def pages_to_recognise(pages: Sequence[PageText]) -> list[int]:
    """Numbers (from 1) of the pages whose text layer is missing or wrong. A page of few words follows its neighbours."""
    verdicts = [_verdict(page) for page in pages]
    found = []
    for n, (page, verdict) in enumerate(zip(pages, verdicts, strict=True)):
        if verdict is None and page.words:
            around = [_next(verdicts[:n][::-1]), _next(verdicts[n + 1 :])]
            sure = [v for v in around if v is not None]
            verdict = bool(sure) and all(sure)
        if verdict:
            found.append(n + 1)
    return found


def _next(verdicts: Sequence[bool | None]) -> bool | None:
    return next((v for v in verdicts if v is not None), None)


def _verdict(page: PageText) -> bool | None:
    """Whether a page must be recognised; None where too little stands on it to tell."""
    if _is_broken(page.words):
        return True
    lettered = [w for w in page.words if any(c.isalpha() for c in w)]
    if page.is_scan and len(lettered) < _STAMP_WORDS:
        return True
    if not lettered:
        return True if page.is_drawn else None
    spelling = spelling_of(lettered)
    if spelling.words < _FEW_WORDS:
        return None
    if spelling.english >= _LEAST_ENGLISH * spelling.words:
        return False
    if spelling.syllables < _LEAST_SYLLABLES[page.is_scan] * spelling.words:
        return True
    return spelling.accented < _LEAST_ACCENTED[page.is_scan] * spelling.syllables


def _is_broken(words: Sequence[str]) -> bool:
    """Whether many letters have no meaning: codes of a font without a table, replacement and private characters."""
    text = " ".join(words)
    unmapped = len(_UNMAPPED.findall(text))
    letters = len(_UNMAPPED.sub("", text)) + unmapped
    return unmapped + len(_BROKEN.findall(text)) > max(_MOST_BROKEN * letters, 4)
