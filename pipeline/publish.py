"""Releases: immutable folders named by their content, a manifest, and one link that moves in one step."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from pipeline.aliases import alias_rows
from pipeline.checks import Rows
from pipeline.schema import SCHEMA_VERSION, STEP_TABLES, TABLES
from pipeline.tables import arrow_table, read_rows, write_table

_COMPARED = (
    "plans",
    "targets",
    "task_groups",
    "tasks",
    "task_agencies",
    "budgets",
    "references",
    "results",
    "documents",
)


class Release:
    """A published release: its folder and what the manifest says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """Name of the release: the beginning of the hash over its tables."""
        return str(self.manifest["release"])

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: int(entry["rows"]) for name, entry in self.manifest["tables"].items()}


def latest(out: Path) -> Release | None:
    """The release that `latest` points to, None before the first."""
    link = out / "latest"
    try:
        return Release(link.resolve(strict=True))
    except (OSError, ValueError, KeyError):
        return None


def publish(rows: Rows, out: Path) -> tuple[Release, bool]:
    """Writes all tables into a new folder and moves `latest` to it; unchanged content keeps the release it has.

    Returns the release and whether it is new.
    """
    releases = out / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    previous = latest(out)
    part = releases / f".part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        hashes = {}
        for table in TABLES:
            if table.name not in STEP_TABLES:
                hashes[table.name] = _write(table.name, rows, part)
        name = hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12]
        if previous is not None and previous.name == name and _is_whole(previous.folder):
            return previous, False
        before = previous if previous is not None and _is_whole(previous.folder) else None
        steps = {"changes": changes(rows, before), "id_aliases": alias_rows(rows, _tables(before), name)}
        for table in TABLES:
            if table.name in STEP_TABLES:
                hashes[table.name] = _write(table.name, steps, part)
        manifest = {
            "release": name, "schema_version": SCHEMA_VERSION, "previous": previous.name if previous else None,
            "tables": {t.name: {"rows": len({**rows, **steps}.get(t.name, [])), "sha256": hashes[t.name]} for t in TABLES},
        }  # fmt: skip
        (part / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        target = releases / name
        shutil.rmtree(target, ignore_errors=True)  # an earlier release of the same content came from another one
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _point(out / "latest", Path("releases") / name)
    return Release(target), True


def _tables(release: Release | None) -> Rows:
    """Every table of a release; none without one."""
    return {} if release is None else {t.name: read_rows(release.folder / f"{t.name}.parquet") for t in TABLES}


def _is_whole(folder: Path) -> bool:
    return all((folder / f"{t.name}.parquet").is_file() for t in TABLES)


def _write(name: str, rows: Rows, folder: Path) -> str:
    table = next(t for t in TABLES if t.name == name)
    path = folder / f"{name}.parquet"
    write_table(arrow_table(table, rows.get(name, [])), path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _point(link: Path, target: Path) -> None:
    """Moves a symbolic link in one step, so that a reader sees the old release or the new one."""
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target, target_is_directory=True)
    fresh.replace(link)


def changes(rows: Rows, previous: Release | None) -> list[dict[str, Any]]:
    """Rows added, removed and changed since the release before; empty for the first release."""
    if previous is None:
        return []
    found = []
    for table in TABLES:
        path = previous.folder / f"{table.name}.parquet"
        if table.name not in _COMPARED or not path.is_file():
            continue
        old = {_key(table.key, r): r for r in read_rows(path)}
        new = {_key(table.key, r): r for r in rows.get(table.name, [])}
        for identity in sorted(old.keys() | new.keys()):
            before, after = old.get(identity), new.get(identity)
            if before is None or after is None:
                found.append(
                    _change(
                        previous.name, table.name, identity, "", "added" if before is None else "removed", None, None
                    )
                )
                continue
            for column in table.columns:
                a, b = before.get(column.name), after.get(column.name)
                if a != b and column.name not in ("char_start", "char_end", "quote"):
                    found.append(_change(previous.name, table.name, identity, column.name, "changed", a, b))
    return found


def _key(columns: tuple[str, ...], row: dict[str, Any]) -> str:
    return "/".join(str(row.get(c)) for c in columns)


def _change(release: str, table: str, row: str, column: str, code: str, old: Any, new: Any) -> dict[str, Any]:
    return {
        "release": release, "table_name": table, "row_id": row, "column_name": column, "change_code": code,
        "old_value": None if old is None else str(old), "new_value": None if new is None else str(new),
    }  # fmt: skip
