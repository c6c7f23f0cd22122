"""A text divided where rows begin and end, so that every row can be shown in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, where it begins, and the numbers of all rows that cover it, the shortest row first."""

    start: int
    text: str
    rows: tuple[int, ...]


def segments(text: str, spans: Sequence[tuple[int, int] | None], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """The pieces of a text in its order; together they are the text. `spans`: start and end of each row in code points, None for one without a place.
    A row is the pieces that carry its number. Spans outside the text are cut at its ends; empty ones cover nothing. `cuts`: where pieces end besides."""
    inside = {n: (max(0, s[0]), min(len(text), s[1])) for n, s in enumerate(spans) if s is not None}
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, (start, end) in inside.items():
        if start < end:
            begins.setdefault(start, []).append(n)
            ends.setdefault(end, []).append(n)
    length = {n: end - start for n, (start, end) in inside.items()}
    open_rows = list(begins.get(0, ()))
    position = 0
    for cut in sorted({*begins, *ends, *(c for c in cuts if c < len(text)), len(text)} - {0}):
        if position < cut:
            rows = tuple(sorted(open_rows, key=lambda n: (length[n], n)))
            yield Segment(position, text[position:cut], rows)
        open_rows = [n for n in open_rows if n not in ends.get(cut, ())] + begins.get(cut, [])
        position = cut
