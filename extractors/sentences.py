"""Sentences and clauses of a paragraph, with their offsets."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from normalizers.quantities import Quantity
from normalizers.text import key

_CONNECTOR = re.compile(
    r"(?:;|,)\s*(?:và\s+|đồng\s+thời\s+|trong\s+đó,?\s+|giúp\s+|qua\s+đó\s+)?|\s+(?:và|đồng\s+thời|trong\s+đó|cho)\s+|\s*\((?=mốc|riêng|đến\s+năm)"
)
_INNER_STOP = re.compile(r"[.!?]\s+(?=\w)")
_BEFORE_FIGURE = re.compile(r"\.(?<=[^\W\d_]{2}\.)\s+(?=\d+(?:[.,]\d+)?\s?%|\d+\s[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: offsets in that text, and its words."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Piece]:
    """Sentences of one paragraph. Only a paragraph with a full stop inside costs the segmentation by underthesea.

    "Đạt 50% hộ. Có cán bộ chuyên trách." → two; "TP. Cần Thơ đạt 50% hộ." → one.
    """
    if not _INNER_STOP.search(text.strip()):
        return [_piece(text, 0, len(text))]
    from underthesea import sent_tokenize

    pieces, position = [], 0
    for words in sent_tokenize(text):
        at = text.find(words, position)
        if at < 0:
            return [_piece(text, 0, len(text))]
        pieces.append(_piece(text, at, at + len(words)))
        position = at + len(words)
    return [part for piece in _rejoined(text, pieces) for part in _before_figures(text, piece)]


def _before_figures(text: str, piece: Piece) -> list[Piece]:
    """The tokeniser does not end a sentence before a figure: "… sản phẩm. 50% hộ …" are two."""
    cuts = [m.end() for m in _BEFORE_FIGURE.finditer(text, piece.start, piece.end)]
    return [_piece(text, a, b) for a, b in zip([piece.start, *cuts], [*cuts, piece.end], strict=True)]


def _rejoined(text: str, pieces: list[Piece]) -> list[Piece]:
    """Puts together what was cut behind a label or an abbreviation: a sentence of one word is none."""
    out: list[Piece] = []
    for piece in pieces:
        if out and (len(out[-1].text) < 6 or piece.text[:1].islower()):
            out[-1] = _piece(text, out[-1].start, piece.end)
        else:
            out.append(piece)
    return out


def _piece(text: str, start: int, end: int) -> Piece:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Piece(start, end, text[start:end])


def clauses(sentence: str, quantities: list[Quantity]) -> list[Piece]:
    """One piece for each quantity, cut where a clause begins.

    "50% hộ dùng nước sạch và số hộ nghèo giảm 2-3%" → "50% hộ dùng nước sạch" | "số hộ nghèo giảm 2-3%"
    """
    starts = [0]
    for before, quantity in itertools.pairwise(quantities):
        starts.append(_cut(sentence, before.end, quantity.start))
    ends = [*starts[1:], len(sentence)]
    return [_trimmed(sentence, a, b) for a, b in zip(starts, ends, strict=True)]


def _cut(sentence: str, after: int, before: int) -> int:
    """The best place between two quantities: a mark right before the second, then ";", then "và", then ","."""
    marks = list(_CONNECTOR.finditer(key(sentence), after, before))
    if not marks:
        return before
    if marks[-1].end() == before:
        return marks[-1].end()
    for wanted in (";", "và", "đồng thời", "trong đó", "giúp", ","):
        chosen = [m for m in marks if wanted in m.group()]
        if chosen:
            return chosen[-1].end()
    return marks[-1].end()


def _trimmed(sentence: str, start: int, end: int) -> Piece:
    piece = _piece(sentence, start, end)
    words = re.sub(r"(?:[,;]|\s(?:và|đồng\s+thời|trong\s+đó|giúp|cho))+\s*$", "", piece.text)
    return Piece(piece.start, piece.start + len(words), words)
