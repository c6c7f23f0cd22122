"""One round over the sources: what is due is asked, host by host and at its pace, and what comes is written down."""

from __future__ import annotations

import contextlib
import hashlib
import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from pipeline.children import Done, Helper
from pipeline.ingest.addresses import normal, origin_of
from pipeline.ingest.fetch import Answer, FetchError, Question
from pipeline.ingest.frontier import PAGES, Found, Frontier, Got, Known
from pipeline.ingest.look import Page, Seen, look
from pipeline.ingest.originals import Originals
from pipeline.ingest.pace import Pace, seconds_of
from pipeline.ingest.robots import ADDRESS, Robots
from pipeline.ingest.sources import KINDS, Source
from pipeline.ingest.task import Asks, Tally, Task
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


class Crawl:
    """A round. `limit`: documents never seen before that it fetches at most; `log` gets an event and what belongs to it."""

    def __init__(
        self, frontier: Frontier, originals: Originals, asks: Asks, log: Log, limit: int | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:  # fmt: skip
        self._frontier, self._originals, self._asks, self._log, self._now = frontier, originals, asks, log, now
        self._robots = Robots(frontier)
        self._pace = Pace()
        self._queues: dict[str, deque[Task]] = {}
        self._flying: dict[str, tuple[Task, float]] = {}
        self._answers: queue.Queue[tuple[Task, Answer | FetchError, int]] = queue.Queue()
        self._helper = Helper(look, Limits())
        self._left = limit
        self._pages: Counter[str] = Counter()
        self._silent: Counter[str] = Counter()
        self._closed: set[str] = set()
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
        for source in sources:
            for url, reason in self._frontier.broken_starts(source.source_id):
                self.tally.notes.append(
                    f"{source.source_id}: {url} could not be read ({reason}): look whether the portal has changed (docs/operations.md)"
                )
        return self.tally

    def _begin(self, source: Source) -> None:
        self.tally.counts.setdefault(source.source_id, Counter())
        starts = [
            Found(url, "document" if kind == "address" else kind) for kind, said in source.starts if (url := normal(said)) is not None
        ]  # fmt: skip
        self._frontier.start(source.source_id, starts, self._now())
        for known in self._frontier.due(source.source_id, self._now()):
            self._put(Task(source, known.url, known))

    def _put(self, task: Task, first: bool = False) -> None:
        if task.host in self._closed:
            return  # it stays due
        waiting = self._queues.setdefault(task.host, deque())
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

    def _try(self, host: str, task: Task) -> None:
        self._pace.require(host, task.source.seconds)
        if task.known is not None and not self._may_be_asked(task, task.known):
            return
        if task.known is not None and not self._robots.is_known(origin_of(task.url), self._now()):
            self._put(task, first=True)
            task = Task(task.source, origin_of(task.url) + ADDRESS, None)
        elif task.known is not None:
            allowed = self._robots.allows(task.url, origin_of(task.url))
            delay = self._robots.delay(origin_of(task.url))
            self._pace.require(host, min(delay, _LONGEST_WAIT))
            if delay > _LONGEST_WAIT:
                self._close(host, f"asks for {delay:.0f} seconds between two requests")
            if not allowed:
                self._refuse(task, "forbidden by robots.txt")
                return
        self._flying[host] = task, time.monotonic()
        question = self._question(task)
        threading.Thread(target=self._ask, args=(task, question), daemon=True).start()

    def _may_be_asked(self, task: Task, known: Known) -> bool:
        """Within the limits of this round; what is over them stays due for the next one."""
        if known.kind in PAGES:
            return (
                known.state != "new" or known.depth == 0 or self._pages[task.source.source_id] < task.source.most_pages
            )
        return self._left is None or self._left > 0 or known.sha256 is not None

    def _question(self, task: Task) -> Question:
        certificate = task.source.certificates.get(urlsplit(task.url).hostname or "")
        if task.known is None:
            etag, modified = self._robots.validators(origin_of(task.url))
        else:
            etag, modified = task.known.etag, task.known.last_modified
        return Question(task.url, task.source.is_local, etag, modified, certificate)

    def _ask(self, task: Task, question: Question) -> None:
        """In a thread of its own, which touches nothing but the queue."""
        begun = time.monotonic()
        try:
            answer: Answer | FetchError = self._asks.ask(question)
        except FetchError as problem:
            answer = problem
        except Exception as problem:  # whatever a library raises costs one address
            answer = FetchError(f"{type(problem).__name__}: {problem}")
        self._answers.put((task, answer, round(1000 * (time.monotonic() - begun))))

    def _receive(self) -> None:
        """Takes in one answer, or waits until a host is free."""
        now = time.monotonic()
        soonest = min((self._pace.free_at(h) for h in self._queues if h not in self._flying), default=now + 1.0)
        try:
            task, answer, took = self._answers.get(timeout=min(max(soonest - now, 0.001), 1.0))
        except queue.Empty:
            self._give_up()
            return
        status, size = (answer.status, len(answer.body)) if isinstance(answer, Answer) else (0, 0)
        self._log("asked", source=task.source.source_id, url=task.url, status=status, bytes=size, ms=took)
        host = task.host
        if self._flying.get(host, (None,))[0] is not task:
            return  # came after it was given up
        del self._flying[host]
        self._pace.ended(host, time.monotonic())
        self.tally.add(task.source, "requests")
        self._silent[host] = self._silent[host] + 1 if isinstance(answer, FetchError) else 0
        if self._silent[host] >= _SILENT:
            self._close(host, "does not answer")
        if task.known is None:
            self._learn(task, answer)
        elif isinstance(answer, FetchError):
            self._again(task, str(answer), answer.is_final)
        else:
            self._answered(host, task, task.known, answer)

    def _give_up(self) -> None:
        """Requests that do not end are taken for lost, and their hosts left alone: the connection may still be open."""
        for host, (task, since) in list(self._flying.items()):
            if time.monotonic() - since > _GIVEN_UP:
                del self._flying[host]
                self._close(host, "does not come to an end with an answer")
                self._fail(task, "no end of the answer: given up")

    def _close(self, host: str, why: str) -> None:
        """Asks a host no more in this round; what waits for it stays due."""
        self._closed.add(host)
        self._queues.pop(host, None)
        self.tally.notes.append(f"{host} {why}: left until a later round")
        self._log("closed", url=host, reason=f"{why}: left until a later round")

    def _learn(self, task: Task, answer: Answer | FetchError) -> None:
        """Takes in what came of a robots.txt; it is followed where it has moved to (RFC 9309)."""
        if isinstance(answer, FetchError) or answer.status >= 500 or answer.status == 429:
            wait = self._wait(answer)
            if task.tries + 1 < _TRIES and (wait or 0.0) <= _LONGEST_WAIT and task.host not in self._closed:
                self._pace.is_busy(task.host, time.monotonic(), wait)
                self._put(replace(task, tries=task.tries + 1), first=True)
            else:
                self._close(task.host, "cannot say what its robots.txt allows")
        elif answer.status in _MOVED:
            target = self._target(task, answer)
            if target is None or len(task.hops) >= _HOPS or (urlsplit(target).hostname or "") not in task.source.hosts:
                self._close(task.host, "cannot say what its robots.txt allows")
            else:
                self._put(replace(task, url=target, hops=(*task.hops, task.url)), first=True)
        elif not self._robots.learn(task.origin, answer.status, answer.body, dict(answer.headers), self._now()):
            self._close(task.host, "cannot say what its robots.txt allows")

    def _target(self, task: Task, answer: Answer) -> str | None:
        """Where an answer leads to; letters beyond ASCII come as the bytes of UTF-8."""
        said = answer.headers.get("location", "")
        with contextlib.suppress(UnicodeError):
            said = said.encode("latin-1").decode("utf-8")
        return normal(said, task.url)

    def _wait(self, answer: Answer | FetchError) -> float | None:
        return seconds_of(answer.headers.get("retry-after"), self._now()) if isinstance(answer, Answer) else None

    def _answered(self, host: str, task: Task, known: Known, answer: Answer) -> None:
        if answer.status in _BUSY:
            wait = self._wait(answer)
            self._pace.is_busy(host, time.monotonic(), wait if wait is None else min(wait, _LONGEST_WAIT))
            if wait is not None and wait > _LONGEST_WAIT:
                self._fail(
                    task, f"busy: asks to come back in {wait:.0f} seconds", min(timedelta(seconds=wait), _LOOK_AGAIN)
                )
                self._close(host, f"asks to come back in {wait:.0f} seconds")
            else:
                self._again(task, f"busy (status {answer.status})")
            return
        self._pace.went_well(host)
        if answer.status in _MOVED:
            self._moved(task, known, answer)
        elif answer.status == 304:
            self._unchanged(task.source, known, None, answer)
        elif answer.status in _GONE:
            self._gone(task.source, known, f"status {answer.status}")
        elif answer.status == 200:
            self._came(task, known, answer)
        elif answer.status >= 500:
            self._again(task, f"status {answer.status}")
        else:
            self._fail(task, f"status {answer.status}")

    def _moved(self, task: Task, known: Known, answer: Answer) -> None:
        target = self._target(task, answer)
        hops = (*task.hops, task.url)
        if target is None or target in hops or len(hops) > _HOPS:
            self._fail(task, "leads in a circle, too far, or nowhere")
        elif (urlsplit(target).hostname or "") not in task.source.hosts:
            self._refuse(
                task,
                f"leads to {urlsplit(target).hostname}, which is not of this source: add it to `hosts` if it is meant",
            )
        elif known.kind not in PAGES and urlsplit(target)[2:4] == ("/", "") and urlsplit(known.url)[2:4] != ("/", ""):
            self._perhaps_gone(task, known, "leads to the front page")
        else:
            self._put(replace(task, url=target, hops=hops), first=True)

    def _came(self, task: Task, known: Known, answer: Answer) -> None:
        if not answer.body.strip():
            self._again(task, "an empty answer")
            return
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
            self._perhaps_gone(task, known, "the page says that nothing is there")
        elif known.kind == "attachment" and seen.ending == "html":
            self._refuse(task, "a page came instead of a file")
        elif seen.ending in KINDS and seen.ending not in task.source.kinds:
            self._refuse(task, f"a file of the kind {seen.ending}, which the source does not want")
        elif known.sha256 is not None and (
            known.sameness == seen.sameness or known.sha256 == hashlib.sha256(answer.body).hexdigest()
        ):
            self._unchanged(task.source, known, seen, answer)
        else:
            self._keep(task, known, seen, answer)

    def _read_page(self, task: Task, known: Known, seen: Seen, answer: Answer) -> None:
        self._pages[task.source.source_id] += known.state == "new"
        new = self._frontier.read_page(known, seen.found, answer.headers, self._now(), _again(task.source, known))
        self._follow(task.source, new)
        if not seen.found and known.depth == 0:
            self.tally.notes.append(
                f"{task.source.source_id}: {known.url} leads to no plan: look whether the portal has changed (docs/operations.md)"
            )

    def _keep(self, task: Task, known: Known, seen: Seen, answer: Answer) -> None:
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
                self._put(Task(source, known.url, known), first=f.kind == "attachment")

    def _unchanged(self, source: Source, known: Known, seen: Seen | None, answer: Answer) -> None:
        found = [f for f in seen.found if self._frontier.known(f.url) is None] if seen else []
        self._frontier.unchanged(
            known, seen.sameness if seen else None, found, answer.headers, self._now(), _again(source, known)
        )
        self._follow(source, found)
        if known.kind not in PAGES:
            self.tally.add(source, "unchanged")

    def _perhaps_gone(self, task: Task, known: Known, reason: str) -> None:
        """A document that was there is gone when the portal says so twice, a day apart: portals under repair lead everywhere to their front page."""
        if known.sha256 is not None and known.reason != reason:
            self._fail(task, reason, timedelta(days=1))
        else:
            self._gone(task.source, known, reason)

    def _gone(self, source: Source, known: Known, reason: str) -> None:
        self._frontier.gone(known, reason, self._now(), _LOOK_AGAIN)
        what = "gone" if known.sha256 is not None else "missing"
        self.tally.add(source, what)
        self._log(what, source=source.source_id, url=known.url, reason=reason)

    def _refuse(self, task: Task, reason: str) -> None:
        if task.known is not None:
            self._frontier.refused(task.known, reason, self._now(), _LOOK_AGAIN)
        self.tally.add(task.source, "refused")
        self._log("refused", source=task.source.source_id, url=task.url, reason=reason)

    def _again(self, task: Task, reason: str, is_final: bool = False) -> None:
        """Once more in this round, behind the others; then not before a later round."""
        if is_final or task.tries + 1 >= _TRIES:
            self._fail(task, reason)
        else:
            self._put(replace(task, tries=task.tries + 1))

    def _fail(self, task: Task, reason: str, wait: timedelta | None = None) -> None:
        if task.known is not None:
            self._frontier.failed(task.known, reason, self._now(), wait)
        self.tally.add(task.source, "failed")
        self._log("failed", source=task.source.source_id, url=task.url, reason=reason)


def _again(source: Source, known: Known) -> timedelta:
    """When an address is asked again: pages on which new plans appear in every round, older ones and documents after some days."""
    is_front = known.kind in PAGES and known.depth <= _FRONT
    return timedelta() if is_front else timedelta(days=source.revisit_days)
