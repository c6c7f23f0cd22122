"""Marks heaped on one letter, which no word has and which take the square of their number to be put in order."""

from __future__ import annotations

import re
import unicodedata

_HEAP = re.compile(r"[^\w\x00-\x7f]{33,}")  # marks are no letters; neither are bullets and blanks, which stay


def without_heaps(text: str) -> str:
    """Text whose letters have at most some thirty marks each."""
    return (
        text
        if text.isascii()
        else _HEAP.sub(lambda m: "".join(c for c in m.group() if not unicodedata.combining(c)), text)
    )
