"""One shard: readings in, rows checked and written."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache import ReadingCache
from pipeline.checks import Failure, Rows, check_rows
from pipeline.comparisons import by_plan, compare_above, compare_within, link_results
from pipeline.corrections import Attempt, Correction, apply_corrections
from pipeline.dictionary import code_rows
from pipeline.issue_rows import remark_rows
from pipeline.names import AgencyBook, Body, province_rows
from pipeline.reading import Reading, failed
from pipeline.rows import CONTENT_TABLES, document_rows
from pipeline.schema import TABLES
from pipeline.scope import Row, Source
from pipeline.shards import Shard
from pipeline.soundness import remarks
from pipeline.tables import arrow_table, read_rows, write_table

SHARD_TABLES = (*CONTENT_TABLES, "comparisons")
_TABLES = {t.name: t for t in TABLES}
_SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a shard leaves beside its rows: agencies they name, what came of corrections, broken promises."""

    bodies: dict[str, Body]
    attempts: list[Attempt]
    failures: list[Failure]


def is_built(folder: Path, shard: Shard) -> bool:
    """Whether the tables of a shard are there."""
    return (folder / shard.name / _SUMMARY).is_file()


def summary_of(folder: Path, shard: Shard) -> Summary:
    """The summary of a shard that is built."""
    found: Summary = pickle.loads((folder / shard.name / _SUMMARY).read_bytes())
    return found


def build_shard(shard: Shard, cache: ReadingCache, corrections: Sequence[Correction], folder: Path) -> None:
    """Makes the rows of a shard and writes its tables below `folder`, all or none; tables without rows have no file."""
    book = AgencyBook()
    sources = [Source(m.document_id, m.file, _reading(cache, m.file.sha256), m.same_as) for m in shard.members]
    rows = document_rows(sources, {m.document_id: m.standing for m in shard.members}, book)
    rows |= {"provinces": province_rows(), "codes": code_rows()}
    rows, attempts = corrected(rows, [c for c in corrections if c.table in CONTENT_TABLES])
    rows["comparisons"] = compare_within(rows)
    rows["results"] = link_results(rows, rows["comparisons"])
    own = {name: rows[name] for name in SHARD_TABLES}
    summary = Summary(book.bodies, attempts, check_rows(own | {"codes": rows["codes"]}))
    part = folder / f".part-{shard.name}-{os.getpid()}"
    part.mkdir(parents=True)
    try:
        for name, table in own.items():
            if table:
                write_table(arrow_table(_TABLES[name], table), part / f"{name}.parquet")
        (part / _SUMMARY).write_bytes(pickle.dumps(summary))
        shutil.rmtree(folder / shard.name, ignore_errors=True)
        part.rename(folder / shard.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _reading(cache: ReadingCache, sha256: str) -> Reading:
    return cache.get(sha256) or failed("what was read of this file is gone from the cache: run again")


def corrected(rows: Rows, corrections: Sequence[Correction]) -> tuple[Rows, list[Attempt]]:
    """The rows as people put them right, with the remarks of the checks on them, of which people may accept some."""
    content = apply_corrections(rows, [c for c in corrections if c.table != "issues"])
    content.rows["issues"] += remark_rows(remarks(content.rows))
    accepted = apply_corrections(content.rows, [c for c in corrections if c.table == "issues"])
    return accepted.rows, [*content.attempts, *accepted.attempts]


def build_above(shard: Shard, above: dict[str, list[Row]], folder: Path, name: str) -> None:
    """Compares the targets of a shard's plans with those of the plans they carry out (`above`, by plan), and writes the rows under a name."""
    path = folder / shard.name / "targets.parquet"
    targets = [t for t in read_rows(path) if t["is_primary"]] if path.is_file() else []
    found = compare_above(by_plan(targets), above)
    part = folder / f".{name}-{os.getpid()}.part"
    write_table(arrow_table(_TABLES["comparisons"], found), part)
    part.rename(folder / name)
