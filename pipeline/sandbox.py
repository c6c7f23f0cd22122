"""Each document in a disposable child process: a crash, a hang or a memory blow-up costs that document only."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from extractors.readers.context import Context, Forgetful
from pipeline.reading import Reading, failed, read_file
from pipeline.store import DiskStore

TIME_LIMIT = 300.0  # seconds without a sign of life: a file, or a page of one that tells its pages
MEMORY_LIMIT = 4 << 30


def _serve(pipe: Connection, store: Path | None) -> None:
    """Reads files until the pipe closes. The memory limit holds for this child and the programs it starts."""
    first = True
    os.setpgrp()  # so that the programs it starts can be stopped with it
    context = Context(DiskStore(store) if store else Forgetful(), lambda done, total: pipe.send(PageDone(done, total)))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            path = Path(pipe.recv())
        except (EOFError, OSError):
            return
        try:
            reading = read_file(path, context)
        except MemoryError:
            reading = failed(f"needs more than {MEMORY_LIMIT >> 30} GB of memory: split the file")
        except Exception as problem:
            reading = failed(
                f"internal error in this document ({type(problem).__name__}: {problem}): please report it with the file"
            )
        pipe.send(reading)
        if first:  # word lists and patterns are loaded for good: the collector need not walk them again
            gc.collect()
            gc.freeze()
            first = False


@dataclass(frozen=True, slots=True)
class PageDone:
    """Sent by a child between two readings: so many pages of its file are read."""

    done: int
    total: int


class _Worker:
    """A child with a private pipe; `item` is the index it works on, None when idle."""

    target = staticmethod(_serve)

    def __init__(self, store: Path | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=self.target, args=(theirs, store), daemon=True)
        self.process.start()
        theirs.close()
        self.item: int | None = None
        self.since = 0.0
        self.is_stopped = False

    def give(self, item: int, path: Path) -> None:
        self.item, self.since = item, time.monotonic()
        self.pipe.send(str(path))

    def stop(self) -> None:
        """Kills the child and whatever it started."""
        self.is_stopped = True
        with contextlib.suppress(OSError):
            self.pipe.close()
        if self.process.pid is not None:
            with contextlib.suppress(OSError):  # no group yet: the child has started nothing
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()


def read_all(
    paths: Sequence[Path],
    workers: int,
    done: Callable[[int, Reading], None] | None = None,
    page_done: Callable[[int, PageDone], None] | None = None,
    store: Path | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[Reading]:
    """Reads every file; the result has the order of the paths whatever the order of finishing.

    `done` is called in the parent with index and reading as each file is finished, `page_done` with index and pages as
    pages of a long one are. `store`: folder of intermediate results.
    """
    readings: list[Reading | None] = [None] * len(paths)
    for index, message in _messages(paths, max(1, min(workers, len(paths))), store, time_limit):
        if isinstance(message, PageDone):
            if page_done:
                page_done(index, message)
            continue
        readings[index] = message
        if done:
            done(index, message)
    return [r if r is not None else failed("was never read: run again") for r in readings]


def _messages(
    paths: Sequence[Path], workers: int, store: Path | None, time_limit: float
) -> Iterator[tuple[int, Reading | PageDone]]:
    waiting = list(range(len(paths)))[::-1]
    pool = [_Worker(store) for _ in range(workers)] if paths else []
    try:
        while waiting or any(w.item is not None for w in pool):
            for n, worker in enumerate(pool):
                if worker.item is None and waiting:
                    item = waiting.pop()
                    try:
                        worker.give(item, paths[item])
                    except OSError:  # the child died while idle
                        worker.stop()
                        pool[n] = _Worker(store)
                        pool[n].give(item, paths[item])
            busy = [w for w in pool if w.item is not None]
            ready = set(wait([w.pipe for w in busy], timeout=1.0))
            for n, worker in enumerate(pool):
                if worker.item is None:
                    continue
                message = _message(worker, worker.pipe in ready, time_limit)
                if message is None:
                    continue
                yield worker.item, message
                if isinstance(message, Reading):
                    worker.item = None
                if worker.is_stopped:
                    pool[n] = _Worker(store)
    finally:
        for worker in pool:
            worker.stop()


def _message(worker: _Worker, is_ready: bool, time_limit: float) -> Reading | PageDone | None:
    """What a busy child has to say; a child that died or fell silent is stopped, and its file has failed."""
    if is_ready:
        try:
            message: Reading | PageDone = worker.pipe.recv()
        except (EOFError, OSError):
            code = _exit_code(worker)
            worker.stop()
            return failed(f"the reader crashed on this file (exit {code}): please report it with the file")
        worker.since = time.monotonic()
        return message
    if time.monotonic() - worker.since > time_limit:
        worker.stop()
        return failed(f"took longer than {time_limit:.0f} seconds: split the file or save it in another format")
    return None


def _exit_code(worker: _Worker) -> int | None:
    worker.process.join(timeout=2)
    return worker.process.exitcode


def default_workers() -> int:
    """As many workers as the machine gives this process cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
