"""Shards to the tables of a release: built where they are not yet, merged, completed by what only the whole can say, and checked."""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.build import Summary, build_above, build_shard, is_built, summary_of
from pipeline.cache import ReadingCache
from pipeline.checks import Failure, check_rows
from pipeline.comparisons import plans_above
from pipeline.corrections import Attempt, Correction, apply_corrections, settle
from pipeline.database import database, files
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.engine import Engine
from pipeline.keep import Keep
from pipeline.merge import merge_table, write_queries
from pipeline.names import AgencyBook, province_rows
from pipeline.rows import CONTENT_TABLES, Rows
from pipeline.schema import TABLES
from pipeline.scope import Row
from pipeline.shards import Shard
from pipeline.tables import arrow_table, write_table
from pipeline.views import write_views
from pipeline.whole import provenance_query, whole_failures

_TABLES = {t.name: t for t in TABLES}
_COMPARED = "target_id, plan_id, document_id, char_start, text_vi, unit_code, value_text, value_min, value_max, target_year, direction_code"
_STATES_A_NUMBER = "is_primary AND (value_min IS NOT NULL OR value_max IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Assembly:
    """Where shards are kept, from which readings they are built, with which corrections, and who does the work."""

    keep: Keep
    cache: ReadingCache
    corrections: Sequence[Correction]
    engine: Engine
    progress: Callable[[int, int], None]

    def build(self, shards: Sequence[Shard]) -> list[Summary]:
        """Builds the shards that are not there yet; the summaries of all."""
        tasks = [(s, self.cache, self.corrections, self.keep) for s in shards if not is_built(self.keep, s)]
        self.engine.each(build_shard, tasks, self.progress)
        return [summary_of(self.keep, s) for s in shards]

    def compare(self, shards: Sequence[Shard], above: dict[str, list[Row]]) -> list[str]:
        """Names of `comparisons` with the plans above, made where they are not there yet. `above`: for each plan the targets of the plan that it carries
        out."""
        names: list[str] = []
        tasks = []
        for shard in shards:
            plans = {m.standing.plan_id for m in shard.members} & above.keys()
            own = {p: above[p] for p in sorted(p for p in plans if p is not None)}
            if not own:
                continue
            name = f"above-{hashlib.sha256(repr((shard.name, own)).encode()).hexdigest()[:24]}"
            names.append(name)
            if not self.keep.has(name):
                tasks.append((shard, own, self.keep, name))
        self.engine.each(build_above, tasks, self.progress)
        return names

    def drop_others(self, shards: Sequence[Shard], compared: Sequence[str]) -> None:
        """Removes what other runs left and this one did not need."""
        wanted = {s.name for s in shards} | set(compared)
        for top in list(self.keep.tops()):
            if top not in wanted:
                self.keep.remove(top)


def assemble(assembly: Assembly, shards: Sequence[Shard], part: Path) -> list[Failure]:
    """Writes every table and view of a release into a folder, the tables of the step aside. Returns broken promises: with any, the folder is not
    to be published."""
    summaries = assembly.build(shards)
    spill = part / ".spill"
    with database(spill) as connection:
        for name in CONTENT_TABLES:
            parts = _parts(assembly.keep, shards, summaries, name, spill)
            merge_table(connection, _TABLES[name], parts, part / f"{name}.parquet", spill)
        compared = assembly.compare(shards, _above(connection, part))
        comparisons = _parts(assembly.keep, shards, summaries, "comparisons", spill)
        comparisons += [assembly.keep.local(name, spill) for name in compared]
        merge_table(connection, _TABLES["comparisons"], comparisons, part / "comparisons.parquet", spill)
        attempts, failures = _write_run_tables(assembly, summaries, part)
    failures += settle([*attempts, *(a for s in summaries for a in s.attempts)])
    failures += [f for s in summaries for f in s.failures]
    with database(spill) as connection:  # another one: what the first keeps in its memory is of no use to what follows
        write_queries(connection, [provenance_query(part)], _TABLES["provenance"], part / "provenance.parquet")
        write_views(connection, part, part)
    with database(spill) as connection:
        failures += whole_failures(connection, part)
    shutil.rmtree(spill, ignore_errors=True)
    assembly.drop_others(shards, compared)
    return failures


def _parts(keep: Keep, shards: Sequence[Shard], summaries: Sequence[Summary], table: str, folder: Path) -> list[Path]:
    pairs = zip(shards, summaries, strict=True)
    return [keep.local(f"{s.name}/{table}.parquet", folder) for s, summary in pairs if table in summary.tables]


def _write_run_tables(
    assembly: Assembly, summaries: Sequence[Summary], part: Path
) -> tuple[list[Attempt], list[Failure]]:
    """Tables of names and vocabularies, with the corrections of these and of tables that nobody corrects."""
    book = AgencyBook()
    for summary in summaries:
        book.add(summary.bodies)
    rows: Rows = {"agencies": book.rows(), "provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}  # fmt: skip
    done = apply_corrections(rows, [c for c in assembly.corrections if c.table not in CONTENT_TABLES])
    for name in rows:
        write_table(arrow_table(_TABLES[name], done.rows[name]), part / f"{name}.parquet")
    return done.attempts, check_rows(done.rows)


def _above(connection: duckdb.DuckDBPyConnection, part: Path) -> dict[str, list[Row]]:
    """For each plan that carries out another the targets of that one, in the order of the text."""
    targets, plans = (files([part / f"{name}.parquet"]) for name in ("targets", "plans"))
    parents = dict(connection.sql(f"SELECT plan_id, parent_plan_id FROM {plans}").fetchall())
    with_targets = {p for (p,) in connection.sql(f"SELECT DISTINCT plan_id FROM {targets} WHERE {_STATES_A_NUMBER}").fetchall()}  # fmt: skip
    above = plans_above(parents, with_targets)
    if not above:
        return {}
    wanted = sorted(set(above.values()))
    query = f"SELECT {_COMPARED} FROM {targets} WHERE {_STATES_A_NUMBER} AND plan_id IN (SELECT unnest($1)) ORDER BY document_id, char_start, target_id"
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in connection.sql(query, params=[wanted]).to_arrow_table().to_pylist():
        rows[row["plan_id"]].append(row)
    return {plan: rows[other] for plan, other in above.items()}
