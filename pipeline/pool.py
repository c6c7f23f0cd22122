"""The program's own work on many things by several processes; one that is killed is replaced, and its work done again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.children import Done, run_children
from pipeline.isolation import Limits

_WORTH_A_PROCESS = 3  # starting one costs as much as a few shards
_LIMITS = Limits(seconds=900.0, memory=4 << 30, written=64 << 30, files=4096, tries=10, network=True)


class LostWorkError(RuntimeError):
    """A process of the program died on its work and could not be replaced."""


@dataclass(frozen=True, slots=True)
class _Calls:
    """Calls a function with the arguments it is given; what the function raises is returned."""

    work: Callable[..., None]

    def __call__(self, thing: tuple[Any, ...], tell: Callable[[object], None]) -> Exception | None:
        try:
            self.work(*thing)
        except Exception as problem:
            return problem
        return None


def run_each(
    work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], workers: int, done: Callable[[int, int], None]
) -> None:
    """Calls `work` once for each tuple of arguments, in this process where they are few. `done` gets how many are done and how many there are.
    Raises what the work raises, LostWorkError when it cannot be done at all."""
    if len(tasks) < _WORTH_A_PROCESS or workers == 1:
        for n, task in enumerate(tasks, 1):
            work(*task)
            done(n, len(tasks))
        return
    for n, (_, message) in enumerate(run_children(_Calls(work), tasks, workers, _LIMITS), 1):
        if not isinstance(message, Done):
            raise LostWorkError(
                f"a part of the rows could not be made ({message}): run again, with fewer --workers where memory is short"
            )
        if message.value is not None:
            raise message.value
        done(n, len(tasks))
