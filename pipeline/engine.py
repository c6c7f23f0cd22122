"""Where the work is done: on this machine, or on many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipeline.cache import ReadingCache
from pipeline.gist import Gist
from pipeline.isolation import Limits
from pipeline.pool import run_each
from pipeline.sandbox import DEFAULT_LIMITS, PageDone, ToRead, read_all


class Engine(Protocol):
    """Reads documents and calls functions, each once, wherever it likes."""

    def read(
        self, files: Sequence[ToRead], cache: ReadingCache, store: Path, done: Callable[[int, Gist], None], page_done: Callable[[int, PageDone], None]
    ) -> None:  # fmt: skip
        """Reads every file into the cache. `done` gets the index of a file and its gist; `store`: folder of intermediate results."""

    def each(
        self, work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], done: Callable[[int, int], None]
    ) -> None:
        """Calls `work` for each tuple of arguments. `done` gets how many are done and how many there are. Raises what the work raises."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Processes of this machine."""

    workers: int
    limits: Limits = DEFAULT_LIMITS

    def read(
        self, files: Sequence[ToRead], cache: ReadingCache, store: Path, done: Callable[[int, Gist], None], page_done: Callable[[int, PageDone], None]
    ) -> None:  # fmt: skip
        """See Engine."""
        read_all(files, cache, store, self.workers, done, page_done, self.limits)

    def each(
        self, work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], done: Callable[[int, int], None]
    ) -> None:
        """See Engine."""
        run_each(work, tasks, self.workers, done)
