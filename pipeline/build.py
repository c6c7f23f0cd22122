"""One shard: readings in, rows checked and written."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow.parquet as pq

from pipeline.cache import ReadingCache
from pipeline.checks import Failure, Rows, check_rows
from pipeline.comparisons import by_plan, compare_above, compare_within, link_results
from pipeline.corrections import Attempt, Correction, apply_corrections
from pipeline.dictionary import code_rows
from pipeline.issue_rows import remark_rows
from pipeline.keep import Keep
from pipeline.names import AgencyBook, Body, province_rows
from pipeline.reading import Reading, failed
from pipeline.rows import CONTENT_TABLES, document_rows
from pipeline.schema import TABLES
from pipeline.scope import Row, Source
from pipeline.shards import Shard
from pipeline.soundness import remarks
from pipeline.tables import arrow_table, parquet_bytes

SHARD_TABLES = (*CONTENT_TABLES, "comparisons")
_TABLES = {t.name: t for t in TABLES}
_SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a shard leaves beside its rows: the tables that have some, agencies they name, what came of corrections, broken promises."""

    tables: tuple[str, ...]
    bodies: dict[str, Body]
    attempts: list[Attempt]
    failures: list[Failure]


def is_built(keep: Keep, shard: Shard) -> bool:
    """Whether the tables of a shard are there."""
    return keep.has(f"{shard.name}/{_SUMMARY}")


def summary_of(keep: Keep, shard: Shard) -> Summary:
    """The summary of a shard that is built."""
    found: Summary = pickle.loads(keep.get(f"{shard.name}/{_SUMMARY}") or b"")
    return found


def build_shard(shard: Shard, cache: ReadingCache, corrections: Sequence[Correction], keep: Keep) -> None:
    """Makes the rows of a shard and keeps its tables; a table without rows is left out, the summary comes last: with it the shard is built."""
    book = AgencyBook()
    sources = [Source(m.document_id, m.file, _reading(cache, m.file.sha256), m.same_as) for m in shard.members]
    rows = document_rows(sources, {m.document_id: m.standing for m in shard.members}, book)
    rows |= {"provinces": province_rows(), "codes": code_rows()}
    rows, attempts = corrected(rows, [c for c in corrections if c.table in CONTENT_TABLES])
    rows["comparisons"] = compare_within(rows)
    rows["results"] = link_results(rows, rows["comparisons"])
    own = {name: rows[name] for name in SHARD_TABLES}
    failures = check_rows(own | {"codes": rows["codes"]})
    for name, table in own.items():
        if table:
            keep.put(f"{shard.name}/{name}.parquet", parquet_bytes(arrow_table(_TABLES[name], table)))
    filled = tuple(name for name, table in own.items() if table)
    keep.put(f"{shard.name}/{_SUMMARY}", pickle.dumps(Summary(filled, book.bodies, attempts, failures)))


def _reading(cache: ReadingCache, sha256: str) -> Reading:
    return cache.get(sha256) or failed("what was read of this file is gone from the cache: run again")


def corrected(rows: Rows, corrections: Sequence[Correction]) -> tuple[Rows, list[Attempt]]:
    """The rows as people put them right, with the remarks of the checks on them, of which people may accept some."""
    content = apply_corrections(rows, [c for c in corrections if c.table != "issues"])
    content.rows["issues"] += remark_rows(remarks(content.rows))
    accepted = apply_corrections(content.rows, [c for c in corrections if c.table == "issues"])
    return accepted.rows, [*content.attempts, *accepted.attempts]


def build_above(shard: Shard, above: dict[str, list[Row]], keep: Keep, name: str) -> None:
    """Compares the targets of a shard's plans with those of the plans they carry out (`above`, by plan), and keeps the rows under a name."""
    data = keep.get(f"{shard.name}/targets.parquet")
    rows: list[Row] = pq.ParquetFile(io.BytesIO(data)).read().to_pylist() if data is not None else []
    found = compare_above(by_plan([t for t in rows if t["is_primary"]]), above)
    keep.put(name, parquet_bytes(arrow_table(_TABLES["comparisons"], found)))
