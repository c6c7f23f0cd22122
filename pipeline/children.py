"""Work on many things in disposable children: a crash, a hang or a blow-up costs one thing, and never the others."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from pipeline.isolation import Limits, isolate

_LOOK = 0.5  # seconds between two looks at the memory of the children
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Work(Protocol):
    """What a child does with each thing. `tell` sends a sign of life, with anything that can be pickled, to the parent."""

    def __call__(self, thing: Any, tell: Callable[[object], None]) -> object:
        """The result of a thing; must not raise."""


class SlowWork:
    """A sign: what follows may take long."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a thing."""

    value: Any


@dataclass(frozen=True, slots=True)
class Sign:
    """What a child told on its way."""

    value: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """Why nothing came of a thing: crashed (`detail`: how the child ended), silent (seconds), memory (bytes), killed (times)."""

    why: str
    detail: float


Message = Done | Sign | Lost


def begin() -> None:
    """Starts the process that children are forked from, which takes a second to read the word lists, and does not wait for it. It is started anyway
    with the first child; called early, it gets ready while this process does something else."""
    _context()
    forkserver.ensure_running()


def run_children(work: Work, things: Sequence[Any], workers: int, limits: Limits) -> Iterator[tuple[int, Message]]:
    """Works on every thing in one of `workers` children; yields the index of a thing with its signs and, once, how it ended.

    A thing whose child was killed from outside is tried again, as often as the limits say. Children and all they started are gone at the end.
    """
    waiting = list(range(len(things)))[::-1]
    tries: Counter[int] = Counter()
    pool = [_Child(work, limits) for _ in range(min(workers, len(things)))]
    watch = _Watch(limits)
    try:
        while waiting or any(c.thing is not None for c in pool):
            for n, child in enumerate(pool):
                if child.thing is None and waiting:
                    pool[n] = _handed(child, waiting, things, work, limits)
            ready = set(wait([c.pipe for c in pool if c.thing is not None], timeout=_LOOK))
            too_large = watch.too_large(pool)
            for n, child in enumerate(pool):
                thing = child.thing
                message = child.says(child.pipe in ready, child in too_large) if thing is not None else None
                if thing is None or message is None:
                    continue
                if isinstance(message, Lost):
                    pool[n] = _Child(work, limits)
                    tries[thing] += 1
                    if message.why == "killed" and tries[thing] < limits.tries:
                        waiting.insert(0, thing)
                        continue
                yield thing, message
    finally:
        for child in pool:
            child.stop()


def _handed(child: _Child, waiting: list[int], things: Sequence[Any], work: Work, limits: Limits) -> _Child:
    """The child that has got the next thing: this one, or another where it died while it had nothing to do."""
    while not child.give(waiting[-1], things[waiting[-1]]):
        child.stop()
        child = _Child(work, limits)
    waiting.pop()
    return child


def _serve(pipe: Connection, work: Work, limits: Limits) -> None:
    """A child: works on things until the pipe closes."""
    isolate(limits)
    first = True
    while True:
        try:
            thing = pipe.recv()
        except (EOFError, OSError):
            return
        value = work(thing, lambda sign: pipe.send(Sign(sign)))
        pipe.send(Done(value))
        if first:  # word lists and patterns are loaded for good: the collector need not walk them again
            gc.collect()
            gc.freeze()
            first = False


class _Child:
    """A child with a private pipe; `thing` is the index it works on, None when idle."""

    def __init__(self, work: Work, limits: Limits) -> None:
        context = _context()
        self.limits = limits
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, work, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.thing: int | None = None
        self._since, self._patience = 0.0, limits.seconds

    def give(self, index: int, thing: Any) -> bool:
        """Hands it a thing; False when it is dead."""
        self._since, self._patience = time.monotonic(), self.limits.seconds
        try:
            self.pipe.send(thing)
        except OSError:
            return False
        self.thing = index
        return True

    def says(self, is_ready: bool, is_too_large: bool) -> Message | None:
        """What it has to say; one that died, fell silent or grew too large is stopped."""
        if is_too_large:
            self.stop()
            return Lost("memory", self.limits.memory)
        if is_ready:
            try:
                message: Message = self.pipe.recv()
            except (EOFError, OSError):
                return self._ended()
            self._since = time.monotonic()
            if isinstance(message, Done):
                self.thing = None
            slow = isinstance(message, Sign) and isinstance(message.value, SlowWork)
            self._patience = self.limits.slow_seconds if slow else self.limits.seconds
            return message
        if time.monotonic() - self._since > self._patience:
            self.stop()
            return Lost("silent", self._patience)
        return None

    def _ended(self) -> Lost:
        self.process.join(timeout=2)
        code = self.process.exitcode
        self.stop()
        return Lost("killed", self.limits.tries) if code == -signal.SIGKILL else Lost("crashed", code or 0)

    def stop(self) -> None:
        """Kills it and whatever it started."""
        with contextlib.suppress(OSError):
            self.pipe.close()
        for pid in _session(self.process.pid):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()


def _context() -> Any:
    """Children are forked from a server that has read the word lists: they start at once and share its memory."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.warm"])
    return context


def _session(leader: int | None) -> list[int]:
    """Processes of a child: itself and what it started, also when it is gone itself. None where the system does not list processes."""
    return [pid for pid, session, _ in _processes() if session == leader]


class _Watch:
    """Looks now and then at the memory of children, together with the programs they started."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._looked = time.monotonic()

    def too_large(self, pool: Sequence[_Child]) -> set[_Child]:
        """Children that take more than they may; none between two looks."""
        if time.monotonic() - self._looked < _LOOK:
            return set()
        self._looked = time.monotonic()
        sizes: Counter[int] = Counter()
        for _, session, size in _processes():
            sizes[session] += size
        return {c for c in pool if sizes[c.process.pid or 0] > self._limits.memory}


def _processes() -> Iterator[tuple[int, int, int]]:
    """Process, session and resident bytes of every process of this machine."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            yield int(folder.name), int(fields[3]), int(fields[21]) * _PAGE
        except (OSError, IndexError, ValueError):
            continue


class Helper:
    """One child that is asked for one thing after the other; a new one takes its place when it is lost."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._child: _Child | None = None
        self._watch = _Watch(limits)

    def ask(self, thing: Any) -> Done | Lost:
        """What comes of a thing."""
        child = self._child or _Child(self._work, self._limits)
        if not child.give(0, thing):
            child.stop()
            child = _Child(self._work, self._limits)
            child.give(0, thing)
        self._child = child
        while True:
            is_ready = bool(wait([child.pipe], timeout=_LOOK))
            message = child.says(is_ready, child in self._watch.too_large([child]))
            if isinstance(message, Lost):
                self._child = None
            if isinstance(message, Done | Lost):
                return message

    def close(self) -> None:
        """Ends the child."""
        if self._child is not None:
            self._child.stop()
            self._child = None
