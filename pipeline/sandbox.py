"""Each document in a disposable child process: a crash, a hang or a memory blow-up costs that document only."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from pipeline.reading import Reading, failed, read_file

TIME_LIMIT = 300.0
MEMORY_LIMIT = 4 << 30


def _serve(pipe: Connection) -> None:
    """Reads files until the pipe closes. The memory limit holds for this child alone."""
    first = True
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            path = Path(pipe.recv())
        except (EOFError, OSError):
            return
        try:
            reading = read_file(path)
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


class _Worker:
    """A child with a private pipe; `item` is the index it works on, None when idle."""

    target = staticmethod(_serve)

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=self.target, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.item: int | None = None
        self.since = 0.0

    def give(self, item: int, path: Path) -> None:
        self.item, self.since = item, time.monotonic()
        self.pipe.send(str(path))

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.pipe.close()
        self.process.kill()
        self.process.join()


def read_all(
    paths: Sequence[Path],
    workers: int,
    done: Callable[[int, Reading], None] | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[Reading]:
    """Reads every file; the result has the order of the paths whatever the order of finishing.

    `done` is called in the parent with index and reading as each file is finished.
    """
    readings: list[Reading | None] = [None] * len(paths)
    for index, reading in _as_finished(paths, max(1, min(workers, len(paths))), time_limit):
        readings[index] = reading
        if done:
            done(index, reading)
    return [r if r is not None else failed("was never read: run again") for r in readings]


def _as_finished(paths: Sequence[Path], workers: int, time_limit: float) -> Iterator[tuple[int, Reading]]:
    waiting = list(range(len(paths)))[::-1]
    pool = [_Worker() for _ in range(workers)] if paths else []
    try:
        while waiting or any(w.item is not None for w in pool):
            for n, worker in enumerate(pool):
                if worker.item is None and waiting:
                    item = waiting.pop()
                    try:
                        worker.give(item, paths[item])
                    except OSError:  # the child died while idle
                        worker.stop()
                        pool[n] = _Worker()
                        pool[n].give(item, paths[item])
            busy = [w for w in pool if w.item is not None]
            ready = set(wait([w.pipe for w in busy], timeout=1.0))
            for n, worker in enumerate(pool):
                if worker.item is None:
                    continue
                item = worker.item
                if worker.pipe in ready:
                    try:
                        reading = worker.pipe.recv()
                        worker.item = None
                    except (EOFError, OSError):
                        reading = failed(
                            f"the reader crashed on this file (exit {_exit_code(worker)}): please report it with the file"
                        )
                        worker.stop()
                        pool[n] = _Worker()
                    yield item, reading
                elif time.monotonic() - worker.since > time_limit:
                    worker.stop()
                    pool[n] = _Worker()
                    yield (
                        item,
                        failed(
                            f"took longer than {time_limit:.0f} seconds: split the file or save it in another format"
                        ),
                    )
    finally:
        for worker in pool:
            worker.stop()


def _exit_code(worker: _Worker) -> int | None:
    worker.process.join(timeout=2)
    return worker.process.exitcode


def default_workers() -> int:
    """As many workers as the machine gives this process cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
