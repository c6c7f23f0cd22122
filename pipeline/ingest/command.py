"""The command `ingest`: rounds, one or one after the other."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from pipeline.files import BusyError
from pipeline.ingest.crawl import Log
from pipeline.ingest.run import BUSY, LAST, NO_ROOM, NoRoomError, Place, ingest, log_to
from pipeline.ingest.sources import Source, SourcesError, load_sources
from pipeline.run import Outcome, extract
from pipeline.sandbox import default_workers


def rounds(
    sources: Path, chosen: tuple[str, ...], raw: Path, out: Path, contact: str | None, limit: int | None, every: float | None, workers: int | None,
    corrections: Path,
) -> int:  # fmt: skip
    """Runs rounds; the exit code of the last. Raises click.UsageError for a file of sources that cannot be used, or no contact."""
    wanted = _wanted(sources, chosen)
    if contact is None and not all(s.is_local for s in wanted):
        raise click.UsageError(
            "portals want to know who asks: give --contact with a mail or a page of yours, or set KE_HOACH_CONTACT"
        )
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise click.UsageError(f"--contact {contact!r} cannot be sent: write a mail or a page without accents")
    while True:
        code = _round(wanted, Place(raw, out), contact or "local", limit, workers, corrections)
        if every is None:
            return code
        time.sleep(every * 3600)


def _wanted(path: Path, chosen: tuple[str, ...]) -> list[Source]:
    try:
        found = load_sources(path)
    except SourcesError as problem:
        raise click.UsageError(str(problem)) from None
    if unknown := [c for c in chosen if c not in {s.source_id for s in found}]:
        raise click.UsageError(f"no source {unknown[0]} in {path}: there are {', '.join(s.source_id for s in found)}")
    wanted = [s for s in found if s.source_id in chosen or (not chosen and s.is_enabled)]
    if not wanted:
        raise click.UsageError(
            f"every source in {path} is switched off: set `enabled: true`, or name some with --source"
        )
    return wanted


def _round(
    sources: list[Source], place: Place, contact: str, limit: int | None, workers: int | None, corrections: Path
) -> int:
    from pipeline.progress import progress_bar

    def publish() -> Outcome:
        with progress_bar() as progress:
            return extract(place.raw, place.out, workers or default_workers(), False, progress, corrections)

    try:
        to_file = log_to(place.state / "log")
        report = ingest(sources, place, contact, limit, publish, _also_shown(to_file))
    except BusyError as problem:
        click.echo(f"Error: {problem.strerror}", err=True)
        return BUSY
    except NoRoomError as problem:
        click.echo(f"Error: {problem}", err=True)
        return NO_ROOM
    except OSError as problem:
        click.echo(
            f"Error: {problem.filename}: {problem.strerror}: free some space, or make the folder writable", err=True
        )
        return NO_ROOM
    click.echo(report.as_text(), nl=False)
    click.echo(f"written to {place.out / LAST}.json and .txt")
    return report.exit_code


def _also_shown(to_file: Log) -> Log:
    """A log that also tells a person what was new, changed, gone, refused or failed."""

    def log(event: str, **values: Any) -> None:
        to_file(event, **values)
        if event != "asked":
            reason = f": {values['reason']}" if "reason" in values else ""
            click.echo(f"{event:8} {values.get('url', '')}{reason}", err=True)

    return log
