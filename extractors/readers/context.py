"""What a reader may use beside the bytes: a place for costly intermediate results, and somebody to tell of its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


class Store(Protocol):
    """Keeps bytes by name. A name says what was made, of which content and by which version of the maker."""

    def get(self, name: str) -> bytes | None:
        """The bytes kept under a name, None when there are none."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps bytes; those of an older call are replaced."""


class Forgetful:
    """A store that keeps nothing: every result is made anew."""

    def get(self, name: str) -> bytes | None:
        """Always None."""
        return None

    def put(self, name: str, data: bytes) -> None:
        """Keeps nothing."""


def _nobody(done: int, total: int) -> None:
    pass


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Context:
    """Given to every reader. `page_done` gets the pages done and the pages in all; `slow_work` is called before a step that may be silent for long:
    a page by OCR, a conversion."""

    store: Store = field(default_factory=Forgetful)
    page_done: Callable[[int, int], None] = _nobody
    slow_work: Callable[[], None] = _nothing
