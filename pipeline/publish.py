"""Publishing: all tables in a new folder, a manifest, and one link that moves in one step; or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.aliases import alias_rows
from pipeline.diff import changes, describe, step_between
from pipeline.files import sync
from pipeline.releases import Release, drop_old, latest, next_name, point
from pipeline.schema import SCHEMA_VERSION, STEP_TABLES, TABLES, VIEW_TABLES
from pipeline.tables import arrow_table, read_rows, write_table

Row = dict[str, Any]


def publish(part: Path, out: Path, about: dict[str, Any], plan_aliases: Sequence[Row]) -> tuple[Release, bool]:
    """Makes the folder of all tables and views a release and moves `latest` to it; unchanged content keeps the release it has.

    `about`: what the manifest says of code and inputs; `plan_aliases`: keys that plans known by words would have had. Returns the release and
    whether it is new.
    """
    names = [t.name for t in (*TABLES, *VIEW_TABLES) if t.name not in STEP_TABLES]
    entries = {name: _entry(part / f"{name}.parquet") for name in names}
    content = hashlib.sha256(
        json.dumps({n: e["sha256"] for n, e in entries.items()}, sort_keys=True).encode()
    ).hexdigest()
    previous = latest(out)
    if previous is not None and previous.content == content and not previous.damaged():
        return previous, False
    before = previous if previous is not None and not previous.damaged() else None
    name = next_name(out, content)
    step = step_between(before, part)
    found = changes(step)
    earlier = read_rows(before.path("id_aliases")) if before else []
    steps = {"changes": found, "id_aliases": alias_rows(step, plan_aliases, earlier, name)}
    for table in (t for t in TABLES if t.name in STEP_TABLES):
        write_table(arrow_table(table, steps[table.name]), part / f"{table.name}.parquet")
        entries[table.name] = _entry(part / f"{table.name}.parquet")
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


def _entry(path: Path) -> dict[str, Any]:
    """Rows and hash of a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"rows": pq.ParquetFile(path).metadata.num_rows, "sha256": digest}
