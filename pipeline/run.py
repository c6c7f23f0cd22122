"""One run, top to bottom: list, read, make rows, check, publish."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.readers.kinds import may_need_office
from pipeline.cache import ReadingCache
from pipeline.checks import Failure
from pipeline.corrections import load_corrections
from pipeline.engine import Engine, LocalEngine
from pipeline.gist import Gist
from pipeline.keep import keep_at
from pipeline.mirror import mirror
from pipeline.raw import RawFile, list_address, list_raw
from pipeline.releases import Release, half_written, latest, writing
from pipeline.resolve import Card, resolve
from pipeline.rows import alias_keys
from pipeline.sandbox import PageDone, ToRead, convert_all
from pipeline.shards import divide
from pipeline.version import program, reading_code
from pipeline.versions import keys, versions

if TYPE_CHECKING:
    from pipeline.overview import Overview

_BATCH = 40  # files converted by one process


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `release` is None when a check failed and nothing was published."""

    overview: Overview
    failures: list[Failure]
    release: Release | None
    previous_counts: dict[str, int] | None
    is_new: bool


Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Setup:
    """Where and how a run works. `engine`: who does the work; `keep`: the address or folder for what is read and built, which every machine of the
    engine reaches, None for the output folder; `mirror`: an address that releases are copied to."""

    engine: Engine
    keep: str | None = None
    mirror: str | None = None


def extract(
    raw: Path | str, out: Path, workers: int, fresh: bool, progress: Progress, corrections: Path | None = None, setup: Setup | None = None
) -> Outcome:  # fmt: skip
    """Extracts every document below `raw`, a folder or an address of fsspec, and publishes a release below `out`.

    `fresh` re-reads every file, and every page by OCR; otherwise readings of unchanged bytes are taken from the last run
    with the same code, and pages read by OCR also from runs with another.
    `corrections`: the file of what people put right; an entry that finds nothing stops the publication.
    `progress` gets the count done, the total and the path. Raises FileNotFoundError when there is no `raw`, BusyError when another run
    writes to `out`.
    """
    files = list_address(str(raw)) if "://" in str(raw) else list_raw(Path(raw))
    setup = setup or Setup(LocalEngine(workers))
    with writing(out), half_written(out) as part:
        outcome = _extract(files, out, part, setup, fresh, progress, corrections)
    if setup.mirror is not None and outcome.release is not None:
        mirror(outcome.release, keep_at(setup.mirror))
    return outcome


def _extract(
    files: list[RawFile],
    out: Path,
    part: Path,
    setup: Setup,
    fresh: bool,
    progress: Progress,
    corrections: Path | None,
) -> Outcome:
    place = setup.keep or str(out)
    readings, built, store = keep_at(f"{place}/cache"), keep_at(f"{place}/shards"), out / "store"
    if fresh:
        shutil.rmtree(store, ignore_errors=True)
        for keep in (readings, built):
            for top in list(keep.tops()):
                keep.remove(top)
    cache = ReadingCache(readings, reading_code())
    cache.drop_others()
    cards = _cards(files, _gists(files, cache, store, setup.engine, progress))
    # pyarrow and DuckDB take half a second to load, in which the first documents can be read
    from pipeline.assemble import Assembly, assemble
    from pipeline.overview import overview
    from pipeline.publish import publish

    resolution = resolve(cards)
    about = program() | _inputs(files, corrections)
    entries, failures = load_corrections(corrections) if corrections is not None else ([], [])
    shards = divide(cards, resolution, f"{about['code_sha256']} {about['inputs']['corrections_sha256']}")
    assembly = Assembly(built, cache, entries, setup.engine, _counted(progress, len(files)))
    failures += assemble(assembly, shards, part)
    before = latest(out)
    counts = before.counts() if before else None
    if failures:
        return Outcome(overview(part), failures, None, counts, False)
    release, is_new = publish(part, out, about, alias_keys(resolution))
    return Outcome(overview(release.folder), [], release, counts, is_new)


def _counted(progress: Progress, files: int) -> Callable[[int, int], None]:
    return lambda done, total: progress(files, files, f"rows, part {done} of {total}")


def _inputs(files: list[RawFile], corrections: Path | None) -> dict[str, Any]:
    """What a manifest says of the inputs: one hash over all documents (each has its own in `documents`), one of the corrections."""
    digest = hashlib.sha256()
    for f in files:
        digest.update(f"{f.sha256} {f.path}\n".encode())
    kept = corrections is not None and corrections.is_file()
    return {
        "inputs": {
            "documents": len(files), "documents_sha256": digest.hexdigest(),
            "corrections_sha256": hashlib.sha256(corrections.read_bytes()).hexdigest() if corrections is not None and kept else None,
        }
    }  # fmt: skip


def _gists(
    files: list[RawFile], cache: ReadingCache, store: Path, engine: Engine, progress: Progress
) -> dict[str, Gist]:
    """Gists by hash: each content is read once, and not at all where it was read before."""
    by_hash = {f.sha256: f for f in reversed(files)}
    known = {sha: g for sha in by_hash if (g := cache.gist(sha)) is not None and g.is_final}
    todo = [f for f in files if f.sha256 not in known and by_hash[f.sha256] is f]
    done = len(files) - len(todo)
    if known:
        progress(done, len(files), f"{done} unchanged")

    items = [ToRead(f.location, f.sha256, f.fetched_from) for f in todo]
    old = [item for item in items if may_need_office(_head(item.path))]
    batches = [old[n : n + _BATCH] for n in range(0, len(old), _BATCH)]
    if batches:
        progress(done, len(files), f"converting {len(old)} old Word files")
        convert_all(batches, store, lambda n: progress(done, len(files), f"converted, part {n} of {len(batches)}"))

    def finished(index: int, gist: Gist) -> None:
        nonlocal done
        done += 1
        known[todo[index].sha256] = gist
        progress(done, len(files), todo[index].path)

    def page_done(index: int, pages: PageDone) -> None:
        progress(done, len(files), f"{todo[index].path}, page {pages.done} of {pages.total}")

    engine.read(items, cache, store, finished, page_done)
    return known


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(100)
    except OSError:  # the reader says so
        return b""


def _cards(files: list[RawFile], gists: dict[str, Gist]) -> list[Card]:
    """Files with keys and gists; of files with the same bytes the first is read, the others point to it."""
    first: dict[str, str] = {}
    of_file = keys(files)
    version = versions(files, of_file)
    cards = []
    for f in files:
        identity = of_file[f.path]
        cards.append(Card(identity, f, first.get(f.sha256), version[f.path], gists[f.sha256]))
        first.setdefault(f.sha256, identity)
    return cards
