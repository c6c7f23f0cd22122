"""Publishing: all tables into a new folder, a manifest, and one link that moves in one step; or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.aliases import alias_rows
from pipeline.checks import Rows
from pipeline.diff import changes, describe, step_between
from pipeline.releases import Release, drop_old, latest, next_name, point, sync
from pipeline.schema import SCHEMA_VERSION, STEP_TABLES, TABLES
from pipeline.tables import arrow_table, read_rows, write_table
from pipeline.views import make_views


def publish(rows: Rows, out: Path, about: dict[str, Any]) -> tuple[Release, bool]:
    """Writes all tables and views into a new folder and moves `latest` to it; unchanged content keeps the release it has.

    `about`: what the manifest says of code and inputs. To be called while `pipeline.releases.writing` holds the lock. Returns the release
    and whether it is new.
    """
    folder = out / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        return _publish(rows, out, part, about)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _publish(rows: Rows, out: Path, part: Path, about: dict[str, Any]) -> tuple[Release, bool]:
    tables = {t.name: arrow_table(t, rows.get(t.name, [])) for t in TABLES if t.name not in STEP_TABLES}
    entries = _write({**tables, **make_views(tables)}, part)
    content = hashlib.sha256(
        json.dumps({n: e["sha256"] for n, e in entries.items()}, sort_keys=True).encode()
    ).hexdigest()
    previous = latest(out)
    if previous is not None and previous.content == content and previous.is_whole():
        return previous, False
    before = previous if previous is not None and previous.is_whole() else None
    name = next_name(out, content)
    step = step_between(before, tables)
    found = changes(step)
    earlier = read_rows(before.path("id_aliases")) if before else []
    steps = {"changes": found, "id_aliases": alias_rows(step, rows.get("plan_aliases", []), earlier, name)}
    entries |= _write({t.name: arrow_table(t, steps[t.name]) for t in TABLES if t.name in STEP_TABLES}, part)
    (part / "CHANGES.md").write_text(describe(step, found, name), encoding="utf-8")
    manifest = {
        "release": name, "schema_version": SCHEMA_VERSION, "previous": previous.name if previous else None, "content_sha256": content, **about, "tables": entries,
    }  # fmt: skip
    (part / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for file in [*part.iterdir(), part]:
        sync(file)
    target = out / "releases" / name
    part.rename(target)
    sync(target.parent)
    point(out, target)
    drop_old(out)
    return Release(target), True


def _write(tables: dict[str, pa.Table], folder: Path) -> dict[str, dict[str, Any]]:
    """Writes Parquet files; rows and hash of each by name."""
    entries = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        write_table(table, path)
        entries[name] = {"rows": table.num_rows, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    return entries
