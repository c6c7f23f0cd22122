"""One run, top to bottom: list, read, make rows, check, publish."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.readers.kinds import may_need_office
from pipeline.cache import ReadingCache
from pipeline.checks import Failure, Rows, run_checks
from pipeline.comparisons import compare_targets, link_results
from pipeline.corrections import apply_corrections, load_corrections
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.ids import document_id
from pipeline.issue_rows import remark_rows
from pipeline.names import province_rows
from pipeline.provenance import provenance_rows
from pipeline.publish import publish
from pipeline.raw import RawFile, list_raw
from pipeline.reading import Reading
from pipeline.releases import Release, latest, writing
from pipeline.rows import build_rows
from pipeline.sandbox import PageDone, read_all
from pipeline.scope import Source
from pipeline.soundness import remarks
from pipeline.store import DiskStore
from pipeline.version import program, reading_code

_BATCH = 40  # files converted by one process


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. `release` is None when a check failed and nothing was published."""

    rows: Rows
    failures: list[Failure]
    release: Release | None
    previous_counts: dict[str, int] | None
    is_new: bool


Progress = Callable[[int, int, str], None]


def extract(
    raw: Path, out: Path, workers: int, fresh: bool, progress: Progress, corrections: Path | None = None
) -> Outcome:
    """Extracts every document below `raw` and publishes a release below `out`.

    `fresh` re-reads every file, and every page by OCR; otherwise readings of unchanged bytes are taken from the last run
    with the same code, and pages read by OCR also from runs with another.
    `corrections`: the file of what people put right; an entry that finds nothing stops the publication.
    `progress` gets the count done, the total and the path. Raises FileNotFoundError when `raw` is no folder, OutputBusyError when another run
    writes to `out`.
    """
    files = list_raw(raw)
    with writing(out):
        return _extract(files, out, workers, fresh, progress, corrections)


def _extract(
    files: list[RawFile], out: Path, workers: int, fresh: bool, progress: Progress, corrections: Path | None
) -> Outcome:
    store = out / "store"
    if fresh:
        shutil.rmtree(store, ignore_errors=True)
    cache = ReadingCache(out / "cache", reading_code())
    readings = _readings(files, cache, store, workers, fresh, progress)
    rows = build_rows(_sources(files, readings))
    rows |= {"provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}
    rows, failures = _corrected(rows, corrections)
    rows["comparisons"] = compare_targets(rows)
    rows["results"] = link_results(rows, rows["comparisons"])
    rows["provenance"] = provenance_rows(rows)
    failures += run_checks(rows)
    before = latest(out)
    counts = before.counts() if before else None
    if failures:
        return Outcome(rows, failures, None, counts, False)
    release, is_new = publish(rows, out, program() | _inputs(files, corrections))
    return Outcome(rows, [], release, counts, is_new)


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


def _corrected(rows: Rows, path: Path | None) -> tuple[Rows, list[Failure]]:
    """The rows as people put them right, with the remarks of the checks on them, of which people may accept some."""
    entries, failures = load_corrections(path) if path is not None else ([], [])
    content = apply_corrections(rows, [c for c in entries if c.table != "issues"])
    content.rows["issues"] += remark_rows(remarks(content.rows))
    accepted = apply_corrections(content.rows, [c for c in entries if c.table == "issues"])
    return accepted.rows, [*failures, *content.failures, *accepted.failures]


def _readings(
    files: list[RawFile], cache: ReadingCache, store: Path, workers: int, fresh: bool, progress: Progress
) -> dict[str, Reading]:
    """Readings by hash: each content once, from the cache where it may."""
    by_hash = {f.sha256: f for f in reversed(files)}
    known = {} if fresh else {sha: r for sha in by_hash if (r := cache.get(sha)) is not None}
    todo = [f for f in files if f.sha256 not in known and by_hash[f.sha256] is f]
    done = len(files) - len(todo)
    if known:
        progress(done, len(files), f"{done} unchanged")

    _convert(todo, store, lambda path: progress(done, len(files), f"{path}, converting"))

    def finished(index: int, reading: Reading) -> None:
        nonlocal done
        done += 1
        if reading.status != "failed":
            cache.put(todo[index].sha256, reading)
        progress(done, len(files), todo[index].path)

    def page_done(index: int, pages: PageDone) -> None:
        progress(done, len(files), f"{todo[index].path}, page {pages.done} of {pages.total}")

    read = read_all([f.location for f in todo], workers, finished, page_done, store)
    return known | {f.sha256: r for f, r in zip(todo, read, strict=True)}


def _convert(files: list[RawFile], store: Path, converting: Callable[[str], None]) -> None:
    """Old Word files are converted many at a time: starting LibreOffice takes longer than a plan."""
    old = [f for f in files if may_need_office(_head(f.location))]
    if not old:
        return
    from extractors.readers import office  # half a second that most runs need not spend

    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        converting(batch[0].path)
        office.prepare([(f.sha256, f.location) for f in batch], DiskStore(store))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(100)
    except OSError:  # the reader says so
        return b""


def _sources(files: list[RawFile], readings: dict[str, Reading]) -> list[Source]:
    """Files with keys and readings; of files with the same bytes the first is read, the others point to it."""
    first: dict[str, str] = {}
    taken: set[str] = set()
    sources = []
    for f in files:
        identity = document_id(f.url or f.path)
        identity = identity if identity not in taken else document_id(f"{f.url}#{f.path}")
        taken.add(identity)
        sources.append(Source(identity, f, readings[f.sha256], first.get(f.sha256)))
        first.setdefault(f.sha256, identity)
    return sources
