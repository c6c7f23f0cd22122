"""Every pattern of the program gets through texts made to be as bad for it as its own parts allow.

A document has 30 seconds; a pattern whose steps grow faster than with the square of the length takes them all on a line of some thousand letters.
Patterns that read documents see their texts as readers give them, blanks collapsed; those of readers see any text.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator

import pytest

from tests.patterns import bad_texts, is_searched, patterns

_LENGTH = 2000  # the cube of it is minutes, the square milliseconds
_SECONDS = 2.0
_EVERY = 1 if os.environ.get("SOAK") else 8
_BLANKS = re.compile(r"[^\S\n]+|\n[\s]*")


class _TooLongError(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLongError


@pytest.fixture
def interrupted() -> Iterator[None]:
    """Patterns that run away are stopped: the engine of `re` looks for signals while it goes on."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def _gets_through(where: str, pattern: re.Pattern[str], text: str) -> bool:
    seen = text if where.startswith("extractors.readers.") else _BLANKS.sub(lambda m: m[0][0], text)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
        (pattern.search if is_searched(where) else pattern.match)(seen)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except _TooLongError:
        return False
    return True


@pytest.mark.usefixtures("interrupted")
def test_no_pattern_runs_away() -> None:
    """The square of the length at most: "a+ before a+ before a+", and blanks that three parts of a pattern may share, do not pass."""
    traps = [
        (where, text)
        for where, pattern in patterns().items()
        for n, text in enumerate(bad_texts(pattern, _LENGTH))
        if n % _EVERY == 0 and not _gets_through(where, pattern, text)
    ]
    assert [(where, text[:40]) for where, text in traps] == []


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize("pattern", [r"(?:a+b?)+$", r"a*,?a*(?:b|c)?a*z"])
def test_patterns_that_run_away_are_noticed(pattern: str) -> None:
    """The check itself: one pattern that takes for ever and one of the fourth power."""
    compiled = re.compile(pattern)
    assert not all(
        _gets_through("extractors.readers.tables._TRAP[0]", compiled, t) for t in bad_texts(compiled, _LENGTH)
    )
