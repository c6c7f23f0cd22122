"""Targets: what shall be reached by when, from sections of aims and from sentences of news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.aim_sources import AimSource, aim_sources
from extractors.document import Document
from extractors.figures_of_aims import baseline_of, quantities_of, without_baselines
from extractors.findings import Evidence, Target
from extractors.outline import Outline
from extractors.sentences import Piece, clauses
from normalizers.periods import Period, find_periods
from normalizers.quantities import Quantity, find_quantities
from normalizers.task_times import find_limit, parse_time_cell
from normalizers.text import collapse, key

_INCREASE = re.compile(r"(?<!\w)(?:tăng|nâng)(?!\w)")
_DECREASE = re.compile(r"(?<!\w)(?:giảm|hạ|kéo\s+giảm)(?!\w)")
_QUARTER_OR_MONTH = re.compile(r"(?<!\w)(?:quý\s+(?:iv|i{1,3}|[1-4])|tháng\s+\d{1,2})\s*/\s*(20\d{2})(?!\d)")


def find_targets(document: Document, outline: Outline, in_news: bool, since: int | None = None) -> tuple[Target, ...]:
    """Targets in the order of the text. A sentence with two numbers gives two rows of one statement.

    `since`: the first year of the plan; years before it say where one starts.
    """
    sources = aim_sources(document, outline, in_news)
    targets: list[Target] = []
    seen: set[str] = set()
    statement = 0
    for source in sources:
        words = key(collapse(source.piece.text))
        if in_news and words in seen:  # a lead paragraph printed twice
            continue
        seen.add(words)
        rows = list(_rows(source, statement + 1, since))
        if rows:
            statement += 1
            targets += rows
    return tuple(_without_headline(document, targets) if in_news else targets)


def _without_headline(document: Document, targets: list[Target]) -> list[Target]:
    """The aims of an article, each once: what its headline shortens stands in the text below."""
    opening = next((b for b in document.blocks if b.zone in ("title", "body")), None)
    words = key(collapse(opening.text)) if opening is not None else ""
    same = [b for b in document.blocks if b.text.strip() and words.startswith(key(collapse(b.text)))]
    first = same[-1] if same else None  # a page prints its headline twice, once with its own name behind it
    below = {
        (t.value_kind, t.value_min, t.value_max, t.unit_code)
        for t in targets
        if first and t.evidence.start >= first.end
    }
    return [
        t for t in targets if first is None or t.evidence.start >= first.end or (t.value_kind, t.value_min, t.value_max, t.unit_code) not in below
    ]  # fmt: skip


def _rows(source: AimSource, statement: int, since: int | None) -> Iterator[Target]:
    text = source.piece.text
    quantities = quantities_of(text)
    period = _year(text, source.leads, since) if source.kind == "specific" else None
    if source.kind == "general" or not quantities:
        if len(collapse(text)) >= 15 or quantities:
            yield _target(source, statement, source.piece, None, period)
        return
    pieces = clauses(text, quantities)
    for n, (piece, quantity) in enumerate(zip(pieces, quantities, strict=True)):
        later = pieces[n + 1 :] and _opens_with_year(pieces[n + 1], since)
        inherited = _year(text[: piece.end], source.leads, since) if later else period
        yield _target(
            source, statement, piece, quantity, _year(piece.text, (), since) or inherited, base=source.piece.start
        )


def _opens_with_year(piece: Piece, since: int | None) -> bool:
    """Whether a clause begins with its own year, which is not that of the clauses before: "đạt 35%, | đến năm 2030 đạt 45%"."""
    first = next(iter(find_quantities(piece.text)), None)
    return first is not None and _year(piece.text[: first.start], (), since) is not None


def _year(text: str, leads: tuple[str, ...], since: int | None) -> Period | None:
    for words in (without_baselines(text), *leads):
        periods = [
            p
            for p in find_periods(words)
            if not re.search(r"so\s+với\s*$", key(words[: p.start]))
            and (p.last_year or p.first_year or 0) >= (since or 0)
        ]
        if periods:
            return periods[0]
        limit = find_limit(words)
        year = parse_time_cell(words[limit[0] : limit[1]]).end_year if limit else _year_of_quarter(words)
        if year is not None and year >= (since or 0):
            return Period(0, 0, None, year)
    return None


def _year_of_quarter(words: str) -> int | None:
    """The year of "đến hết quý IV/2026", "đến tháng 6/2026"."""
    m = _QUARTER_OR_MONTH.search(key(words))
    return int(m.group(1)) if m else None


def _target(
    source: AimSource,
    statement: int,
    piece: Piece,
    quantity: Quantity | None,
    period: Period | None,
    base: int | None = None,
) -> Target:
    offset = source.offset + (base or 0)
    population = _population(source.piece.text, quantity) if quantity else None
    start, end = offset + piece.start, offset + piece.end
    baseline = baseline_of(source.piece.text, quantity) if quantity else None
    return Target(
        statement, source.kind, collapse(piece.text), population, None,
        collapse(source.piece.text[quantity.start : quantity.end]) if quantity else None,
        quantity.value_kind if quantity else "qualitative",
        quantity.value if quantity else None, quantity.low if quantity else None, quantity.high if quantity else None,
        quantity.unit_code if quantity else None, quantity.unit_text if quantity else None, direction(piece.text) or ("reach" if quantity else None),
        (period.last_year or period.first_year) if period else None,
        period.first_year if period and period.first_year != period.last_year else None, baseline.value if baseline else None,
        baseline.year if baseline else None, None, Evidence(start, end, source.section, source.rule),
    )  # fmt: skip


def direction(text: str) -> str | None:
    """increase or decrease where the words say so: "Tăng số hộ trồng rau" → increase."""
    keyed = key(text)
    return "increase" if _INCREASE.search(keyed) else "decrease" if _DECREASE.search(keyed) else None


def _population(text: str, quantity: Quantity) -> str | None:
    """Whom a share is of: "90% số hộ nông thôn được dùng nước sạch" → "số hộ nông thôn"."""
    if quantity.unit_code != "pct":
        return None
    m = re.match(
        r"\s*((?:[^\s,.;:]+\s+){0,9}?[^\s,.;:]+)(?=\s+(?:được|có|đạt|sẽ|áp\s+dụng|nhận\s+thức|sử\s+dụng|thực\s+hiện|tham\s+gia|hoàn\s+thành|đã|trở|bố\s+trí))",
        text[quantity.end :],
    )
    return collapse(m.group(1)) if m else None
