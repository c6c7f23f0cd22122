"""Every document is read in a disposable child; one that crashes, hangs or grows too large becomes a failed reading with the reason."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.readers.context import Context
from pipeline.cache import ReadingCache
from pipeline.children import Done, Lost, Sign, SlowWork, run_children
from pipeline.gist import Gist
from pipeline.isolation import Limits
from pipeline.keep import bytes_at
from pipeline.reading import Reading, failed, read_file
from pipeline.store import DiskStore

DEFAULT_LIMITS = Limits()
_CONVERTING = Limits(seconds=1500.0)  # a batch of old Word files; the program has limits of its own


ReadOne = Callable[[Path, Context], Reading]


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file and the hash of its bytes; `url`: where it is to be fetched from when it is not on this machine."""

    path: Path
    sha256: str
    url: str | None = None


def at_hand(files: Sequence[ToRead], folder: Path) -> list[ToRead]:
    """The files on this machine; those at an address are fetched into a folder, since children have no network. One that cannot be fetched fails
    when it is read."""
    found = []
    for file in files:
        if file.url is None:
            found.append(file)
            continue
        path = folder / file.sha256
        with contextlib.suppress(OSError):
            path.write_bytes(bytes_at(file.url))
        found.append(replace(file, path=path, url=None))
    return found


@dataclass(frozen=True, slots=True)
class PageDone:
    """Sent by a child while it reads a file: so many pages are read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a child does: reads a file, keeps the reading, returns its gist. `store`: folder of intermediate results."""

    read: ReadOne
    cache: ReadingCache
    store: Path
    memory: int

    def __call__(self, thing: ToRead, tell: Callable[[object], None]) -> Gist:
        return self.cache.put(thing.sha256, self._read(thing.path, tell))

    def _read(self, path: Path, tell: Callable[[object], None]) -> Reading:
        context = Context(
            DiskStore(self.store), lambda done, total: tell(PageDone(done, total)), lambda: tell(SlowWork())
        )
        try:
            return self.read(path, context)
        except MemoryError:
            return failed(_too_large(self.memory))
        except Exception as problem:
            return failed(
                f"internal error in this document ({type(problem).__name__}: {problem}): please report it with the file"
            )


def read_all(
    files: Sequence[ToRead],
    cache: ReadingCache,
    store: Path,
    workers: int,
    done: Callable[[int, Gist], None],
    page_done: Callable[[int, PageDone], None],
    limits: Limits = DEFAULT_LIMITS,
    read: ReadOne = read_file,
) -> None:
    """Reads every file into the cache. `done` gets the index of a file and its gist, `page_done` the pages of a long one."""
    reader = _Reader(read, cache, store, limits.memory)
    for index, message in run_children(reader, files, workers, limits):
        if isinstance(message, Done):
            done(index, message.value)
        elif isinstance(message, Lost):
            done(index, cache.put(files[index].sha256, failed(_why(message))))
        elif isinstance(message, Sign) and isinstance(message.value, PageDone):
            page_done(index, message.value)


def _why(lost: Lost) -> str:
    """The reason for a person."""
    if lost.why == "silent":
        return f"took longer than {lost.detail:.0f} seconds: split the file or save it in another format"
    if lost.why == "memory":
        return _too_large(int(lost.detail))
    if lost.why == "killed":
        return f"the reader was killed {lost.detail:.0f} times on this file, by the system or by somebody: please report it with the file"
    return f"the reader crashed on this file (exit {lost.detail:.0f}): please report it with the file"


def _too_large(memory: int) -> str:
    return f"needs more than {memory / (1 << 30):g} GB of memory: split the file or save it in another format"


@dataclass(frozen=True, slots=True)
class _Converter:
    """What a child does with a batch of old Word files: has them converted and keeps the results."""

    store: Path

    def __call__(self, thing: Sequence[ToRead], tell: Callable[[object], None]) -> None:
        from extractors.readers import office  # half a second that most runs need not spend

        office.prepare([(f.sha256, f.path) for f in thing], DiskStore(self.store))


def convert_all(batches: Sequence[Sequence[ToRead]], store: Path, begun: Callable[[int], None]) -> None:
    """Converts old Word files many at a time: starting LibreOffice takes longer than a plan. What a batch could not do is done file by file later.
    `begun` gets the number of batches that are done."""
    for n, (_, message) in enumerate(run_children(_Converter(store), batches, 1, _CONVERTING), 1):
        if not isinstance(message, Sign):
            begun(n)


def default_workers() -> int:
    """As many workers as the machine gives this process cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
