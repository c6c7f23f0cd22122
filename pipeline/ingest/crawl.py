"""One round over the sources: what is due is asked, host by host and at its pace, and what comes is written down."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from pipeline.children import Done, Helper
from pipeline.ingest.addresses import host_of, normal, origin_of
from pipeline.ingest.fetch import Answer, FetchError, Question
from pipeline.ingest.frontier import PAGES, Found, Frontier, Got, Known
from pipeline.ingest.look import Page, Seen, look
from pipeline.ingest.originals import Originals
from pipeline.ingest.pace import Pace, seconds_of
from pipeline.ingest.robots import ADDRESS, Robots
from pipeline.ingest.sources import KINDS, Source
from pipeline.isolation import Limits

_AT_ONCE = 8  # hosts
_HOPS = 5  # redirections
_TRIES = 5  # of one address in a round
_SILENT = 10  # requests in a row that a host did not answer, after which it is left alone
_LONGEST_WAIT = 120.0  # seconds that a round waits for a host; longer ones are left for another round
_GIVEN_UP = 240.0  # seconds after which a request is taken for lost, whatever it does
_FRONT = 2  # steps from a start at which new plans appear
_LOOK_AGAIN = timedelta(days=7)  # for what is gone, or may not be asked
_BUSY = (429, 503)
_MOVED = (301, 302, 303, 307, 308)
_GONE = (404, 410)

Log = Callable[..., None]


class Asks(Protocol):
    """Who asks for addresses: Fetcher, or another one in tests."""

    def ask(self, question: Question) -> Answer:
        """The answer. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class _Task:
    """An address to ask now: `url` is where the redirections of `known` have led, None of `known`: a robots.txt."""

    source: Source
    url: str
    known: Known | None
    hops: tuple[str, ...] = ()
    tries: int = 0


@dataclass
class Tally:
    """What a round did, by source: documents new, changed, unchanged, gone, missing, refused, failed; requests; notes for a person to read."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, source: Source, what: str) -> None:
        """Counts one."""
        self.counts.setdefault(source.source_id, Counter())[what] += 1


class Crawl:
    """A round. `limit`: documents never seen before that it fetches at most; `log` gets an event and what belongs to it."""

    def __init__(
        self, frontier: Frontier, originals: Originals, asks: Asks, agent: str, log: Log, limit: int | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:  # fmt: skip
        self._frontier, self._originals, self._asks, self._log, self._now = frontier, originals, asks, log, now
        self._robots = Robots(frontier, agent)
        self._pace = Pace()
        self._queues: dict[str, deque[_Task]] = {}
        self._flying: dict[str, tuple[_Task, float]] = {}
        self._answers: queue.Queue[tuple[_Task, Answer | FetchError]] = queue.Queue()
        self._helper = Helper(look, Limits())
        self._left = limit
        self._pages: Counter[str] = Counter()
        self._silent: Counter[str] = Counter()
        self.tally = Tally()

    def run(self, sources: Sequence[Source]) -> Tally:
        """Asks everything that is due. Raises OSError and sqlite3.Error when something cannot be written; what came before is kept."""
        try:
            for source in sources:
                self._begin(source)
            while self._queues or self._flying:
                self._start()
                self._receive()
        finally:
            self._helper.close()
        return self.tally

    def _begin(self, source: Source) -> None:
        self.tally.counts.setdefault(source.source_id, Counter())
        starts = [
            Found(url, "document" if kind == "address" else kind) for kind, said in source.starts if (url := normal(said)) is not None
        ]  # fmt: skip
        self._frontier.add(source.source_id, starts, self._now())
        for known in self._frontier.due(source.source_id, self._now()):
            self._put(_Task(source, known.url, known))

    def _put(self, task: _Task, first: bool = False) -> None:
        waiting = self._queues.setdefault(host_of(task.url), deque())
        if first:
            waiting.appendleft(task)
        else:
            waiting.append(task)

    def _start(self) -> None:
        """Begins a request for every host that is free."""
        for host in list(self._queues):
            while (
                host in self._queues
                and host not in self._flying
                and len(self._flying) < _AT_ONCE
                and self._pace.free_at(host) <= time.monotonic()
            ):
                task = self._queues[host].popleft()
                if not self._queues[host]:
                    del self._queues[host]
                self._try(host, task)

    def _try(self, host: str, task: _Task) -> None:
        self._pace.require(host, task.source.seconds)
        if task.known is not None and not self._may_be_asked(task, task.known):
            return
        if self._silent[host] >= _SILENT:
            self._fail(task, "the host does not answer: left until a later round")
            return
        if task.known is not None and not self._robots.is_known(origin_of(task.url), self._now()):
            self._put(task, first=True)
            task = _Task(task.source, origin_of(task.url) + ADDRESS, None)
        elif task.known is not None:
            allowed = self._robots.allows(task.url, origin_of(task.url))
            self._pace.require(host, self._robots.delay(origin_of(task.url)))
            if allowed is None:
                self._fail(task, "robots.txt of the host could not be asked")
                return
            if not allowed:
                self._refuse(task, "forbidden by robots.txt")
                return
        self._flying[host] = task, time.monotonic()
        question = self._question(task)
        threading.Thread(target=self._ask, args=(task, question), daemon=True).start()

    def _may_be_asked(self, task: _Task, known: Known) -> bool:
        """Within the limits of this round; what is over them stays due for the next one."""
        if known.kind in PAGES:
            return (
                known.state != "new" or known.depth == 0 or self._pages[task.source.source_id] < task.source.most_pages
            )
        return self._left is None or self._left > 0 or known.sha256 is not None

    def _question(self, task: _Task) -> Question:
        certificate = task.source.certificates.get(urlsplit(task.url).hostname or "")
        if task.known is None:
            etag, modified = self._robots.validators(origin_of(task.url))
        else:
            etag, modified = task.known.etag, task.known.last_modified
        return Question(task.url, task.source.is_local, etag, modified, certificate)

    def _ask(self, task: _Task, question: Question) -> None:
        """In a thread of its own, which touches nothing but the queue."""
        begun = time.monotonic()
        try:
            answer: Answer | FetchError = self._asks.ask(question)
        except FetchError as problem:
            answer = problem
        except Exception as problem:  # whatever a library raises costs one address
            answer = FetchError(f"{type(problem).__name__}: {problem}")
        status = answer.status if isinstance(answer, Answer) else 0
        size = len(answer.body) if isinstance(answer, Answer) else 0
        self._log(
            "asked",
            source=task.source.source_id,
            url=question.url,
            status=status,
            bytes=size,
            ms=round(1000 * (time.monotonic() - begun)),
        )
        self._answers.put((task, answer))

    def _receive(self) -> None:
        """Takes in one answer, or waits until a host is free."""
        now = time.monotonic()
        for host, (task, since) in list(self._flying.items()):
            if now - since > _GIVEN_UP:
                del self._flying[host]
                self._fail(task, "no end of the answer: given up")
        soonest = min((self._pace.free_at(h) for h in self._queues if h not in self._flying), default=now + 1.0)
        try:
            task, answer = self._answers.get(timeout=min(max(soonest - now, 0.001), 1.0))
        except queue.Empty:
            return
        host = host_of(task.url)
        if self._flying.get(host, (None,))[0] is not task:
            return  # came after it was given up
        del self._flying[host]
        self._pace.ended(host, time.monotonic())
        self.tally.add(task.source, "requests")
        self._silent[host] = self._silent[host] + 1 if isinstance(answer, FetchError) else 0
        if task.known is None:
            self._learn(task, answer)
        elif isinstance(answer, FetchError):
            self._again(task, str(answer), answer.is_final)
        else:
            self._answered(host, task, task.known, answer)

    def _learn(self, task: _Task, answer: Answer | FetchError) -> None:
        origin = origin_of(task.url)
        if isinstance(answer, FetchError) or answer.status >= 500 or answer.status == 429:
            if task.tries + 1 < _TRIES:
                self._pace.is_busy(host_of(task.url), time.monotonic(), self._wait(answer))
                self._put(replace(task, tries=task.tries + 1), first=True)
            else:
                self._robots.cannot_say(origin)
            return
        status = 404 if answer.status in _MOVED else answer.status
        self._robots.learn(origin, status, answer.body, dict(answer.headers), self._now())

    def _wait(self, answer: Answer | FetchError) -> float | None:
        return seconds_of(answer.headers.get("retry-after"), self._now()) if isinstance(answer, Answer) else None

    def _answered(self, host: str, task: _Task, known: Known, answer: Answer) -> None:
        if answer.status in _BUSY:
            wait = self._wait(answer)
            self._pace.is_busy(host, time.monotonic(), wait if wait is None else min(wait, _LONGEST_WAIT))
            if wait is not None and wait > _LONGEST_WAIT:
                self._fail(task, f"busy: asks to come back in {wait:.0f} seconds", timedelta(seconds=wait))
            else:
                self._again(task, f"busy (status {answer.status})")
            return
        self._pace.went_well(host)
        if answer.status in _MOVED:
            self._moved(task, known, answer)
        elif answer.status == 304:
            self._unchanged(task.source, known, answer)
        elif answer.status in _GONE:
            self._gone(task.source, known, f"status {answer.status}")
        elif answer.status == 200:
            self._came(task, known, answer)
        elif answer.status >= 500:
            self._again(task, f"status {answer.status}")
        else:
            self._fail(task, f"status {answer.status}")

    def _moved(self, task: _Task, known: Known, answer: Answer) -> None:
        target = normal(answer.headers.get("location", ""), task.url)
        hops = (*task.hops, task.url)
        if target is None or target in hops or len(hops) > _HOPS:
            self._fail(task, "leads in a circle, too far, or nowhere")
        elif (urlsplit(target).hostname or "") not in task.source.hosts:
            self._refuse(
                task,
                f"leads to {urlsplit(target).hostname}, which is not of this source: add it to `hosts` if it is meant",
            )
        elif known.kind not in PAGES and urlsplit(target).path == "/" and urlsplit(known.url).path != "/":
            self._gone(task.source, known, "leads to the front page")
        else:
            self._put(replace(task, url=target, hops=hops), first=True)

    def _came(self, task: _Task, known: Known, answer: Answer) -> None:
        message = self._helper.ask(Page(known.kind, task.url, answer.body, task.source, known.depth))
        if not isinstance(message, Done):
            self._fail(task, f"what came could not be looked at ({message.why})")
            return
        seen: Seen = message.value
        if seen.problem is not None:
            self._fail(task, seen.problem)
        elif known.kind in PAGES:
            self._read_page(task, known, seen, answer)
        elif seen.missing:
            self._gone(task.source, known, "the page says that nothing is there")
        elif known.kind == "attachment" and seen.ending == "html":
            self._refuse(task, "a page came instead of a file")
        elif seen.ending in KINDS and seen.ending not in task.source.kinds:
            self._refuse(task, f"a file of the kind {seen.ending}, which the source does not want")
        elif known.sameness == seen.sameness and known.sha256 is not None:
            self._unchanged(task.source, known, answer)
        else:
            self._keep(task, known, seen, answer)

    def _read_page(self, task: _Task, known: Known, seen: Seen, answer: Answer) -> None:
        self._pages[task.source.source_id] += 1
        new = self._frontier.read_page(known, seen.found, answer.headers, self._now(), _again(task.source, known))
        self._follow(task.source, new)
        if not seen.found and known.depth == 0:
            self.tally.notes.append(
                f"{task.source.source_id}: {known.url} leads to no plan: look whether the portal has changed (docs/operations.md)"
            )

    def _keep(self, task: _Task, known: Known, seen: Seen, answer: Answer) -> None:
        sha256 = self._originals.put_aside(answer.body)
        attached = [f for f in seen.found if self._frontier.known(f.url) is None]
        again = timedelta(days=task.source.revisit_days)
        self._frontier.got(
            known, Got(sha256, seen.sameness, seen.ending, task.url, answer.headers), seen.found, self._now(), again
        )
        what = "new" if known.sha256 is None else "changed"
        if what == "new" and self._left is not None and known.kind == "document":
            self._left -= 1
        self.tally.add(task.source, what)
        self._log(what, source=task.source.source_id, url=known.url, sha256=sha256)
        self._follow(task.source, attached)

    def _follow(self, source: Source, found: Sequence[Found]) -> None:
        for f in found:
            known = self._frontier.known(f.url)
            if known is not None:
                self._put(_Task(source, known.url, known), first=f.kind == "attachment")

    def _unchanged(self, source: Source, known: Known, answer: Answer) -> None:
        self._frontier.unchanged(known, answer.headers, self._now(), _again(source, known))
        if known.kind not in PAGES:
            self.tally.add(source, "unchanged")

    def _gone(self, source: Source, known: Known, reason: str) -> None:
        self._frontier.gone(known, reason, self._now(), _LOOK_AGAIN)
        what = "gone" if known.sha256 is not None else "missing"
        self.tally.add(source, what)
        self._log(what, source=source.source_id, url=known.url, reason=reason)

    def _refuse(self, task: _Task, reason: str) -> None:
        if task.known is not None:
            self._frontier.refused(task.known, reason, self._now(), _LOOK_AGAIN)
        self.tally.add(task.source, "refused")
        self._log("refused", source=task.source.source_id, url=task.url, reason=reason)

    def _again(self, task: _Task, reason: str, is_final: bool = False) -> None:
        """Once more in this round, behind the others; then not before a later round."""
        if is_final or task.tries + 1 >= _TRIES:
            self._fail(task, reason)
        else:
            self._put(replace(task, tries=task.tries + 1))

    def _fail(self, task: _Task, reason: str, wait: timedelta | None = None) -> None:
        if task.known is not None:
            self._frontier.failed(task.known, reason, self._now(), wait)
        self.tally.add(task.source, "failed")
        self._log("failed", source=task.source.source_id, url=task.url, reason=reason)


def _again(source: Source, known: Known) -> timedelta:
    """When an address is asked again: pages on which new plans appear in every round, older ones and documents after some days."""
    is_front = known.kind in PAGES and known.depth <= _FRONT
    return timedelta() if is_front else timedelta(days=source.revisit_days)
