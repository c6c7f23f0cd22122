"""Discover, fetch, store, extract, publish: a round that may be stopped at any moment and done again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.files import BusyError, alone, write_whole
from pipeline.ingest.crawl import Crawl, Log
from pipeline.ingest.fetch import AGENT, Bounds, Fetcher
from pipeline.ingest.frontier import Frontier
from pipeline.ingest.notices import FEED, tell
from pipeline.ingest.originals import STATE, Originals
from pipeline.ingest.sources import Source
from pipeline.run import Outcome
from pipeline.version import program

LAST = "last-ingest"
WELL, NOT_PUBLISHED, LOOK, NO_ROOM, BUSY = 0, 1, 3, 4, 5
_COUNTED = ("new", "changed", "unchanged", "gone", "missing", "refused", "failed", "requests")


class NoRoomError(OSError):
    """Something could not be written: the disk is full, or the folder may not be written to."""


_FAILURES = 10  # told of a release that was not published


@dataclass(frozen=True, slots=True)
class Place:
    """Where originals and their state lie, and where releases go."""

    raw: Path
    out: Path

    @property
    def state(self) -> Path:
        """The folder of the frontier, the lock and the logs."""
        return self.raw / STATE


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did, for people and for monitoring."""

    started_at: str
    ended_at: str
    exit_code: int
    sources: dict[str, dict[str, int]]
    release: str | None
    is_new_release: bool
    new_plans: int
    notes: list[str]
    oldest_retry: dict[str, str] | None

    def as_json(self) -> str:
        """The report for programs."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False, indent=1) + "\n"

    def as_text(self) -> str:
        """The report for people."""
        lines = [f"{'source':24}" + "".join(f"{name:>11}" for name in _COUNTED)]
        lines += [
            f"{source[:23]:24}" + "".join(f"{counts.get(name, 0):11}" for name in _COUNTED)
            for source, counts in self.sources.items()
        ]
        state = "new release" if self.is_new_release else "unchanged release"
        lines += ["", f"{state} {self.release}, {self.new_plans} new plans" if self.release else "NOT PUBLISHED"]
        lines += [f"note: {note}" for note in self.notes]
        if self.oldest_retry:
            lines.append(
                f"oldest retry: {self.oldest_retry['url']}, since {self.oldest_retry['since']}: {self.oldest_retry['reason']}"
            )
        return "\n".join(lines) + "\n"


def ingest(
    sources: Sequence[Source], place: Place, contact: str, limit: int | None, extract: Callable[[], Outcome], log: Log, bounds: Bounds | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Report:  # fmt: skip
    """One round. `extract` reads the raw folder and publishes; `limit`: documents never seen before that are fetched at most.

    Raises BusyError when another round works here, or another run on the releases, and NoRoomError when something cannot be written; what came before is kept.
    """
    started = now()
    agent = AGENT.format(version=program()["code_version"], contact=contact)
    try:
        with (
            alone(place.state, "another round works here: wait until it has ended"),
            closing(Frontier(place.state / "frontier.sqlite")) as frontier,
        ):
            originals = Originals(place.raw)
            originals.settle(frontier)
            tally = Crawl(frontier, originals, Fetcher(agent, bounds), log, limit, now).run(sources)
            originals.settle(frontier)
            outcome = extract()
            told = tell(outcome.release, place.state / "told.json", place.out / FEED, now()) if outcome.release else 0
            retry = frontier.oldest_retry()
    except BusyError:
        raise
    except (sqlite3.Error, PermissionError) as problem:
        raise NoRoomError(
            f"{place.state}: {problem}: free some space, or make the folder writable; nothing that was stored is lost"
        ) from problem
    except OSError as problem:
        where = problem.filename or place.raw
        raise NoRoomError(f"{where}: {problem.strerror or problem}: free some space, or make the folder writable; nothing that was stored is lost") from problem  # fmt: skip
    counts = {s.source_id: dict(tally.counts[s.source_id]) for s in sources}
    asks = [
        s for s, c in counts.items() if c.get("failed") and not any(c.get(w) for w in ("new", "changed", "unchanged"))
    ]
    notes = [
        *tally.notes,
        *(f"{s}: nothing could be fetched" for s in asks),
        *(f"not published: {f}" for f in outcome.failures[:_FAILURES]),
    ]
    code = NOT_PUBLISHED if outcome.release is None else LOOK if notes else WELL
    report = Report(
        started.isoformat(timespec="seconds"), now().isoformat(timespec="seconds"), code, counts, outcome.release.name if outcome.release else None, outcome.is_new,
        told, notes, {"url": retry[0], "reason": retry[1], "since": retry[2]} if retry else None,
    )  # fmt: skip
    write_whole(place.out / f"{LAST}.json", report.as_json().encode("utf-8"))
    write_whole(place.out / f"{LAST}.txt", report.as_text().encode("utf-8"))
    return report


def log_to(folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Log:
    """A log of one line of JSON for each event, in a file for each day; files older than thirty days are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.jsonl"))[:-30]:
        old.unlink()

    def log(event: str, **values: Any) -> None:
        moment = now()
        line = json.dumps(
            {"time": moment.isoformat(timespec="milliseconds"), "event": event, **values}, ensure_ascii=False
        )
        with (folder / f"{moment:%Y-%m-%d}.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    return log
