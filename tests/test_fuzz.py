"""Readers and rules on files and sentences that nobody wrote: nothing raises, nothing crashes, nothing goes on for ever.

FUZZ_SECONDS says for how long (each of the two), FUZZ_FIRST with which number to begin. Files that failed once are kept in tests/crashes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from extractors.bodies import find_bodies
from extractors.find import find
from extractors.readers import plain
from normalizers.agencies import find_agencies
from normalizers.categories import classify_heading, classify_task
from normalizers.indicators import likeness
from normalizers.money import find_money
from normalizers.money_cells import read_money_cell
from normalizers.periods import find_dates, find_periods
from normalizers.places import find_places
from normalizers.quantities import find_quantities
from normalizers.references import find_citations
from normalizers.task_times import parse_time_cell
from pipeline.reading import read_bytes
from tests.fuzz import file_of, sentence_of
from tests.hostile_reader import Reader

_SECONDS = float(os.environ.get("FUZZ_SECONDS", "5"))
_FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
KEPT = sorted((Path(__file__).parent / "crashes").glob("*"))
RULES: tuple[Callable[[str], object], ...] = (
    find_agencies, find_bodies, find_citations, find_dates, find_money, find_periods, find_places, find_quantities, parse_time_cell,
    classify_heading, classify_task, lambda t: read_money_cell(t, 10**6), lambda t: likeness(t, t[::-1]),
    lambda t: find(plain.read(t)),
)  # fmt: skip


def _numbers() -> Iterator[int]:
    """New ones until the time is over."""
    until = time.monotonic() + _SECONDS
    for number in count(_FIRST):
        if time.monotonic() > until:
            return
        yield number


def test_files_that_failed_once_are_read() -> None:
    assert len(KEPT) >= 2
    for path in KEPT:
        reading = read_bytes(path.read_bytes())
        assert reading.status in ("failed", "partial", "complete"), path.name
        assert (reading.reason or "").isprintable(), path.name


@pytest.mark.slow
def test_damaged_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    reader = Reader()
    path = tmp_path / "file"
    failures: dict[int, str] = {}
    for number in _numbers():
        path.write_bytes(file_of(number))
        ended = reader.read(path)
        if ended.fault or (ended.status == "failed" and not ended.reason):
            failures[number] = ended.fault or "no reason"
    reader.close()
    assert failures == {}


@pytest.mark.slow
def test_rules_read_any_sentence() -> None:
    failures: dict[int, str] = {}
    for number in _numbers():
        text = sentence_of(number)
        for rule in RULES:
            try:
                rule(text)
            except Exception as problem:
                failures[number] = f"{rule}: {problem!r}"
    assert failures == {}
