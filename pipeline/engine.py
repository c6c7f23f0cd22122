"""Where the work is done: on this machine, or on many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pipeline.cache import ReadingCache
from pipeline.gist import Gist
from pipeline.isolation import Limits
from pipeline.keep import FolderKeep, scratch
from pipeline.pool import run_each
from pipeline.reading import read_file
from pipeline.sandbox import DEFAULT_LIMITS, PageDone, ReadOne, ToRead, at_hand, read_all

_T = TypeVar("_T")
_PART = 2_000  # files that are fetched at a time when they lie at an address


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
    """Processes of this machine. `read_one`: what a child does with a file."""

    workers: int
    limits: Limits = DEFAULT_LIMITS
    read_one: ReadOne = read_file

    def read(
        self, files: Sequence[ToRead], cache: ReadingCache, store: Path, done: Callable[[int, Gist], None], page_done: Callable[[int, PageDone], None]
    ) -> None:  # fmt: skip
        """See Engine."""
        for start in range(0, len(files), _PART):
            part = files[start : start + _PART]
            with scratch("raw") as raw, scratch("read") as read:
                here = cache if isinstance(cache.keep, FolderKeep) else ReadingCache(FolderKeep(Path(read)), cache.code)
                kept = self._kept(part, here, cache, _moved(done, start))
                told = _moved(page_done, start)
                read_all(at_hand(part, Path(raw)), here, store, self.workers, kept, told, self.limits, self.read_one)

    @staticmethod
    def _kept(
        part: Sequence[ToRead], here: ReadingCache, cache: ReadingCache, done: Callable[[int, Gist], None]
    ) -> Callable[[int, Gist], None]:
        """Copies each reading to where it is kept: children have no network, and keep it on this machine."""

        def kept(index: int, gist: Gist) -> None:
            if here is not cache:
                here.copy(part[index].sha256, cache)
            done(index, gist)

        return kept

    def each(
        self, work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], done: Callable[[int, int], None]
    ) -> None:
        """See Engine."""
        run_each(work, tasks, self.workers, done)


def _moved(told: Callable[[int, _T], None], by: int) -> Callable[[int, _T], None]:
    return lambda index, value: told(index + by, value)
