"""What a round works on: requests to make, who makes them, and what came of them in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.ingest.addresses import host_of, origin_of
from pipeline.ingest.fetch import Answer, Question
from pipeline.ingest.frontier import Known
from pipeline.ingest.sources import Source


class Asks(Protocol):
    """Who asks for addresses: Fetcher, or another one in tests."""

    def ask(self, question: Question) -> Answer:
        """The answer. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class Task:
    """An address to ask now: `url` is where the redirections of `known` have led, None of `known`: a robots.txt."""

    source: Source
    url: str
    known: Known | None
    hops: tuple[str, ...] = ()
    tries: int = 0

    @property
    def origin(self) -> str:
        """The origin that a robots.txt speaks for, wherever it has moved to."""
        return origin_of(self.hops[0] if self.known is None and self.hops else self.url)

    @property
    def host(self) -> str:
        """The host whose queue it stands in."""
        return host_of(self.hops[0] if self.known is None and self.hops else self.url)


@dataclass
class Tally:
    """What a round did, by source: documents new, changed, unchanged, gone, missing, refused, failed; requests; notes for a person to read."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, source: Source, what: str) -> None:
        """Counts one."""
        self.counts.setdefault(source.source_id, Counter())[what] += 1
