"""Many machines by Ray: the same functions, mapped over a cluster. Needs the extra `ray`.

A part of the documents is one task: a worker reads them in its own children, as a single machine does, and keeps what it read under the hash of the bytes. So a task that is
done twice, because its machine was lost or the driver started again, makes the same things under the same names, and they count once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cache import ReadingCache
from pipeline.gist import Gist
from pipeline.isolation import Limits
from pipeline.keep import FolderKeep, scratch
from pipeline.reading import read_file
from pipeline.sandbox import DEFAULT_LIMITS, PageDone, ReadOne, ToRead, at_hand, read_all

_PART = 16  # documents of a task
_AHEAD = (
    4  # tasks that wait for each CPU of the cluster: enough that none is idle, few enough for the memory of the driver
)
_TRIES = 20  # of a task whose worker is lost


@dataclass(frozen=True, slots=True)
class RayEngine:
    """A cluster that Ray is connected to; `address` None starts one on this machine with `workers` CPUs."""

    address: str | None
    workers: int
    limits: Limits = DEFAULT_LIMITS
    read_one: ReadOne = read_file

    def read(
        self, files: Sequence[ToRead], cache: ReadingCache, store: Path, done: Callable[[int, Gist], None], page_done: Callable[[int, PageDone], None]
    ) -> None:  # fmt: skip
        """See Engine. Workers keep intermediate results in the store when they share it, else on their own disks."""
        parts = [range(start, min(start + _PART, len(files))) for start in range(0, len(files), _PART)]
        tasks = [([files[n] for n in part], cache, str(store), self.limits, self.read_one) for part in parts]
        for number, gists in self._map(read_part, tasks):
            for n, gist in zip(parts[number], gists, strict=True):
                done(n, gist)

    def each(
        self, work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], done: Callable[[int, int], None]
    ) -> None:
        """See Engine."""
        for n, _ in enumerate(self._map(work, tasks), 1):
            done(n, len(tasks))

    def _map(self, work: Callable[..., Any], tasks: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """The number of each task and its result, in the order of finishing."""
        import ray

        if not tasks:
            return
        if not ray.is_initialized():
            ray.init(address=self.address, num_cpus=None if self.address else self.workers, include_dashboard=False, log_to_driver=False)  # fmt: skip
        remote = ray.remote(max_retries=_TRIES, retry_exceptions=False)(work)
        cluster: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        most = int(cluster.get("CPU", 1)) * _AHEAD
        waiting: dict[Any, int] = {}
        for number, task in enumerate(tasks):
            if len(waiting) >= most:
                yield from _finished(waiting)
            waiting[remote.remote(*task)] = number
        while waiting:
            yield from _finished(waiting)


def _finished(waiting: dict[Any, int]) -> Iterator[tuple[int, Any]]:
    import ray

    ready, _ = ray.wait(list(waiting), num_returns=1)
    for reference in ready:
        yield waiting.pop(reference), ray.get(reference)


def read_part(
    files: Sequence[ToRead], cache: ReadingCache, store: str, limits: Limits, read_one: ReadOne
) -> list[Gist]:
    """Reads some files in children of this process and keeps their readings; the gists in the order of the files. What is kept already is not read
    again."""
    gists = {f.sha256: gist for f in files if (gist := cache.gist(f.sha256)) is not None and gist.is_final}
    todo = [f for f in files if f.sha256 not in gists]
    with scratch("part") as folder, scratch("raw") as raw:
        here = ReadingCache(FolderKeep(Path(folder)), cache.code)

        def done(index: int, gist: Gist) -> None:
            here.copy(todo[index].sha256, cache)
            gists[todo[index].sha256] = gist

        read_all(at_hand(todo, Path(raw)), here, Path(store), 1, done, lambda index, pages: None, limits, read_one)
    return [gists[f.sha256] for f in files]
