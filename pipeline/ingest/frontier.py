"""What is known of every address: found where, asked when, what came. A SQLite file, safe against a kill at any moment.

Bytes are stored first and rows second; what a page leads to is written together with the note that it was read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

PAGES = ("listing", "feed", "sitemap")  # lead to documents, and are not kept
_TRIES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
_SCHEMA = """
CREATE TABLE IF NOT EXISTS addresses (
  url TEXT PRIMARY KEY, source_id TEXT NOT NULL, kind TEXT NOT NULL, page_url TEXT, words TEXT, number_symbol TEXT, issued_date TEXT, depth INTEGER NOT NULL,
  state TEXT NOT NULL, reason TEXT, tries INTEGER NOT NULL DEFAULT 0, due TEXT NOT NULL, etag TEXT, last_modified TEXT, final_url TEXT, headers TEXT,
  sha256 TEXT, sameness TEXT, ending TEXT, seen_at TEXT NOT NULL, checked_at TEXT, retrieved_at TEXT, first_at TEXT, gone_date TEXT);
CREATE INDEX IF NOT EXISTS by_due ON addresses (source_id, due);
CREATE INDEX IF NOT EXISTS by_bytes ON addresses (sha256);
CREATE TABLE IF NOT EXISTS former (url TEXT, sha256 TEXT, ending TEXT, retrieved_at TEXT, first_at TEXT, last_seen_date TEXT, PRIMARY KEY (url, sha256));
CREATE TABLE IF NOT EXISTS unsettled (sha256 TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, etag TEXT, last_modified TEXT, checked_at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An address that something leads to. `kind`: listing, feed, sitemap, document or attachment; `page_url`: the document it belongs to; `words`: of
    the link; number and day of issue as the listing prints them; `depth`: steps from a start."""

    url: str
    kind: str
    words: str = ""
    page_url: str | None = None
    number_symbol: str | None = None
    issued_date: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the frontier knows of an address. `state`: new, done, failed, refused (by robots.txt, or outside of the source), missing (never was
    there), gone (was there); times as ISO text in UTC."""

    url: str
    source_id: str
    kind: str
    page_url: str | None
    words: str
    number_symbol: str | None
    issued_date: str | None
    depth: int
    state: str
    reason: str | None
    tries: int
    etag: str | None
    last_modified: str | None
    final_url: str | None
    headers: Mapping[str, str] = field(hash=False)
    sha256: str | None
    sameness: str | None
    ending: str | None
    retrieved_at: str | None
    first_at: str | None
    gone_date: str | None

    @property
    def is_start(self) -> bool:
        """Whether a source begins with it: where new plans appear, so that it is never left for long."""
        return self.depth == 0 and self.kind in PAGES


@dataclass(frozen=True, slots=True)
class Former:
    """Bytes that an address gave before others, and the day on which it last did."""

    url: str
    sha256: str
    retrieved_at: str
    first_at: str
    last_seen_date: str
    page_url: str | None
    source_id: str | None


@dataclass(frozen=True, slots=True)
class Got:
    """What came of an address. `sameness`: hash of what makes a version; `ending`: of the file it is stored as."""

    sha256: str
    sameness: str
    ending: str
    final_url: str
    headers: Mapping[str, str]


_FIELDS = "url, source_id, kind, page_url, words, number_symbol, issued_date, depth, state, reason, tries, etag, last_modified, final_url, headers, sha256, sameness, ending, retrieved_at, first_at, gone_date"


class Frontier:
    """The open file. Times come in as arguments: nothing here reads the clock."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def start(self, source_id: str, starts: Sequence[Found], now: datetime) -> None:
        """Notes the starts of a source; one that was something else, or of another source, is what the source says now."""
        with self._at_once():
            self._add(source_id, starts, now)
            self._db.executemany(
                "UPDATE addresses SET source_id = ?, kind = ?, depth = 0, etag = NULL, last_modified = NULL, due = ? WHERE url = ? AND (source_id != ? OR kind != ?)",
                [(source_id, s.kind, _text(now), s.url, source_id, s.kind) for s in starts],
            )  # fmt: skip

    def _add(self, source_id: str, found: Sequence[Found], now: datetime) -> None:
        stamp = _text(now)
        self._db.executemany(
            "INSERT OR IGNORE INTO addresses (url, source_id, kind, page_url, words, number_symbol, issued_date, depth, state, due, seen_at) VALUES (?,?,?,?,?,?,?,?,'new',?,?)",
            [(f.url, source_id, f.kind, f.page_url, f.words, f.number_symbol, f.issued_date, f.depth, stamp, stamp) for f in found],
        )  # fmt: skip

    def due(self, source_id: str, now: datetime) -> list[Known]:
        """Addresses of a source to ask now: pages first, then what was never asked, then the others by the day they were to be asked."""
        query = f"SELECT {_FIELDS} FROM addresses WHERE source_id = ? AND due <= ? ORDER BY kind NOT IN ('listing', 'feed', 'sitemap'), state != 'new', due, depth, url"
        return [_known(row) for row in self._db.execute(query, (source_id, _text(now)))]

    def known(self, url: str) -> Known | None:
        """What is known of an address."""
        row = self._db.execute(f"SELECT {_FIELDS} FROM addresses WHERE url = ?", (url,)).fetchone()
        return _known(row) if row else None

    def read_page(
        self, page: Known, found: Sequence[Found], headers: Mapping[str, str], now: datetime, again: timedelta
    ) -> list[Found]:
        """A page that leads to documents was read: what it leads to and that it is done, at once. Returns what was new."""
        with self._at_once():
            new = [
                f for f in found if not self._db.execute("SELECT 1 FROM addresses WHERE url = ?", (f.url,)).fetchone()
            ]
            self._add(page.source_id, found, now)
            self._done(page.url, headers, now, again)
        return new

    def got(self, document: Known, got: Got, found: Sequence[Found], now: datetime, again: timedelta) -> None:
        """The bytes of a document are stored: its row, its attachments, and that its file is to be settled, at once."""
        stamp = _text(now)
        with self._at_once():
            before = self._db.execute(
                "SELECT first_at FROM former WHERE url = ? AND sha256 = ?", (document.url, got.sha256)
            ).fetchone()
            if document.sha256 is not None and document.sha256 != got.sha256:
                self._db.execute(
                    "INSERT OR REPLACE INTO former SELECT url, sha256, ending, retrieved_at, first_at, ? FROM addresses WHERE url = ?", (stamp[:10], document.url)
                )  # fmt: skip
                self._unsettle(document.sha256)
            self._db.execute("DELETE FROM former WHERE url = ? AND sha256 = ?", (document.url, got.sha256))
            self._db.execute(
                "UPDATE addresses SET final_url = ?, headers = ?, sha256 = ?, sameness = ?, ending = ?, retrieved_at = ?, first_at = ?, gone_date = NULL WHERE url = ?",
                (got.final_url, json.dumps(dict(got.headers), sort_keys=True), got.sha256, got.sameness, got.ending, stamp, before[0] if before else stamp, document.url),
            )  # fmt: skip
            self._unsettle(got.sha256)
            self._add(document.source_id, found, now)
            self._done(document.url, got.headers, now, again)

    def unchanged(
        self,
        known: Known,
        sameness: str | None,
        found: Sequence[Found],
        headers: Mapping[str, str],
        now: datetime,
        again: timedelta,
    ) -> None:
        """What an address gives is what it gave before; it may lead to other files. `sameness`: as today's program sees it, None when nothing came."""
        with self._at_once():
            self._add(known.source_id, found, now)
            if sameness is not None:
                self._db.execute("UPDATE addresses SET sameness = ? WHERE url = ?", (sameness, known.url))
            if known.gone_date is not None and known.sha256 is not None:
                self._db.execute("UPDATE addresses SET gone_date = NULL WHERE url = ?", (known.url,))
                self._unsettle(known.sha256)
            self._done(known.url, headers, now, again)

    def _done(self, url: str, headers: Mapping[str, str], now: datetime, again: timedelta) -> None:
        self._db.execute(
            "UPDATE addresses SET state = 'done', reason = NULL, tries = 0, checked_at = ?, due = ?, etag = coalesce(?, etag), last_modified = coalesce(?, last_modified) WHERE url = ?",
            (_text(now), _text(now + again), headers.get("etag"), headers.get("last-modified"), url),
        )  # fmt: skip

    def gone(self, known: Known, reason: str, now: datetime, again: timedelta) -> None:
        """An address has nothing any more: a document that was there stays, and is marked."""
        was_there = known.sha256 is not None
        again = min(again, _TRIES[0]) if known.is_start else again
        with self._at_once():
            self._db.execute(
                "UPDATE addresses SET state = ?, reason = ?, checked_at = ?, due = ?, gone_date = CASE WHEN ? THEN coalesce(gone_date, ?) END WHERE url = ?",
                ("gone" if was_there else "missing", reason, _text(now), _text(now + again), was_there, _text(now)[:10], known.url),
            )  # fmt: skip
            if known.sha256 is not None:
                self._unsettle(known.sha256)

    def refused(self, known: Known, reason: str, now: datetime, again: timedelta) -> None:
        """An address may not be asked."""
        again = min(again, _TRIES[0]) if known.is_start else again
        self._db.execute(
            "UPDATE addresses SET state = 'refused', reason = ?, due = ? WHERE url = ?",
            (reason, _text(now + again), known.url),
        )

    def failed(self, known: Known, reason: str, now: datetime, wait: timedelta | None = None) -> None:
        """Nothing came: tried again later, each time later than before."""
        later = min(max(_TRIES[min(known.tries, len(_TRIES) - 1)], wait or timedelta()), _TRIES[-1])
        later = min(later, _TRIES[0]) if known.is_start else later
        self._db.execute(
            "UPDATE addresses SET state = 'failed', reason = ?, tries = tries + 1, checked_at = ?, due = ? WHERE url = ?",
            (reason, _text(now), _text(now + later), known.url),
        )  # fmt: skip

    def _unsettle(self, sha256: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", (sha256,))

    def unsettled(self) -> list[str]:
        """Hashes of bytes whose file or sidecar is not yet as the rows say."""
        return [sha for (sha,) in self._db.execute("SELECT sha256 FROM unsettled ORDER BY sha256")]

    def settled(self, sha256: str) -> None:
        """File and sidecar are as the rows say."""
        self._db.execute("DELETE FROM unsettled WHERE sha256 = ?", (sha256,))

    def holders(self, sha256: str) -> tuple[list[Known], list[Former]]:
        """Addresses that give these bytes, the first one first, and those that gave them before."""
        now = self._db.execute(f"SELECT {_FIELDS} FROM addresses WHERE sha256 = ? ORDER BY seen_at, url", (sha256,))
        before = self._db.execute(
            "SELECT f.url, f.sha256, f.retrieved_at, f.first_at, f.last_seen_date, a.page_url, a.source_id FROM former f LEFT JOIN addresses a ON a.url = f.url WHERE f.sha256 = ? "
            "ORDER BY f.retrieved_at, f.url",
            (sha256,),
        )
        return [_known(row) for row in now], [Former(*row) for row in before]

    def ending_of(self, sha256: str) -> str:
        """The ending under which bytes are stored."""
        query = "SELECT ending FROM addresses WHERE sha256 = ? UNION SELECT ending FROM former WHERE sha256 = ?"
        return min(str(ending) for (ending,) in self._db.execute(query, (sha256, sha256)))

    def robots(self, origin: str) -> tuple[str, str | None, str | None, datetime] | None:
        """The robots.txt that an origin gave: text, ETag, Last-Modified, and when it was asked for."""
        row = self._db.execute(
            "SELECT text, etag, last_modified, checked_at FROM robots WHERE origin = ?", (origin,)
        ).fetchone()
        return (row[0], row[1], row[2], datetime.fromisoformat(row[3])) if row else None

    def keep_robots(self, origin: str, text: str, headers: Mapping[str, str], now: datetime) -> None:
        """Keeps the robots.txt of an origin; "" where it has none."""
        self._db.execute(
            "INSERT OR REPLACE INTO robots VALUES (?,?,?,?,?)",
            (origin, text, headers.get("etag"), headers.get("last-modified"), _text(now)),
        )

    def broken_starts(self, source_id: str) -> list[tuple[str, str]]:
        """Starts of a source that could not be read when they were asked last, with the reason."""
        query = "SELECT url, coalesce(reason, state) FROM addresses WHERE source_id = ? AND depth = 0 AND kind IN ('listing', 'feed', 'sitemap') AND state NOT IN ('done', 'new') ORDER BY url"
        return list(self._db.execute(query, (source_id,)))

    def oldest_retry(self) -> tuple[str, str, str] | None:
        """The address that has failed for the longest: address, reason, and since when it was first seen."""
        query = "SELECT url, coalesce(reason, ''), seen_at FROM addresses WHERE state = 'failed' ORDER BY seen_at, url LIMIT 1"
        row = self._db.execute(query).fetchone()
        return (row[0], row[1], row[2]) if row else None


def _known(row: tuple[object, ...]) -> Known:
    values = dict(zip(_FIELDS.split(", "), row, strict=True))
    values["words"] = values["words"] or ""
    values["headers"] = json.loads(str(values["headers"])) if values["headers"] else {}
    return Known(**values)  # type: ignore[arg-type]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
