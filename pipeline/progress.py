"""Progress of a run: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.run import Progress

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress_bar(verb: str = "read") -> Iterator[Progress]:
    """A function to call with done, total and path. The bar is closed when the block ends. `verb`: what is done with each."""
    if not sys.stderr.isatty():
        yield _plain_lines(verb)
        return
    from tqdm import tqdm

    with tqdm(unit="doc", leave=False, file=sys.stderr, dynamic_ncols=True) as bar:

        def step(done: int, total: int, path: str) -> None:
            bar.total = total
            bar.n = done
            bar.set_postfix_str(path[-40:], refresh=False)
            bar.refresh()

        yield step


def _plain_lines(verb: str) -> Progress:
    last, were_done = 0.0, -1

    def step(done: int, total: int, path: str) -> None:
        nonlocal last, were_done
        now = time.monotonic()
        if done == total != were_done or now - last >= _SECONDS_BETWEEN_LINES:
            last, were_done = now, done
            print(f"{verb} {done} of {total}: {path}", file=sys.stderr, flush=True)

    return step
