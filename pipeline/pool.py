"""The same work on many things by several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

_WORTH_A_PROCESS = 3  # starting one costs as much as a few shards


def run_each(
    work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], workers: int, done: Callable[[int, int], None]
) -> None:
    """Calls `work` once for each tuple of arguments, in this process where they are few. `done` gets how many are done and how many there are.
    Raises what the work raises."""
    if len(tasks) < _WORTH_A_PROCESS or workers == 1:
        for n, task in enumerate(tasks, 1):
            work(*task)
            done(n, len(tasks))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        futures = [pool.submit(work, *task) for task in tasks]
        for n, future in enumerate(as_completed(futures), 1):
            future.result()
            done(n, len(tasks))
