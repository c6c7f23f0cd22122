"""A published release against its manifest and the data model: files, rows, views."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.checks import Failure, check_release
from pipeline.database import database
from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES
from pipeline.tables import read_rows
from pipeline.views import write_views


class OlderReleaseError(ValueError):
    """The release was published by a version of this program that knew other tables."""


def failures_of(release: Release) -> list[Failure]:
    """Every broken promise of a release. Raises OlderReleaseError with what to do when tables of this version are not in it."""
    missing = [t.name for t in (*TABLES, *VIEW_TABLES) if not release.path(t.name).is_file()]
    if missing:
        raise OlderReleaseError(
            f"release {release.name} has no table {', '.join(missing)}: an older version published it, or files were removed; "
            "run `python -m pipeline extract` again"
        )
    changed = list(_files(release))
    try:
        rows = {t.name: read_rows(release.path(t.name)) for t in TABLES}
        return [*check_release(rows), *changed, *_views(release)]
    except (pa.ArrowInvalid, duckdb.Error):
        if not changed:
            raise
        return changed  # a file that is damaged cannot be read; which one is said


def _files(release: Release) -> Iterator[Failure]:
    """Files whose bytes are not those that were published."""
    for name, entry in release.manifest["tables"].items():
        if hashlib.sha256(release.path(name).read_bytes()).hexdigest() != entry["sha256"]:
            yield Failure("file", name, "-", "its bytes are not those of the manifest: restore it or extract again")


def _views(release: Release) -> Iterator[Failure]:
    """Views that say other than the tables they are made of."""
    with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as connection:
        made = Path(folder) / "views"
        made.mkdir()
        write_views(connection, release.folder, made)
        for path in sorted(made.iterdir()):
            if path.read_bytes() != release.path(path.stem).read_bytes():
                yield Failure("view", path.stem, "-", "it differs from the tables it is made of: extract again")
