"""A published release against its manifest and the data model: files, rows, views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyarrow.parquet as pq

from pipeline.checks import Failure, check_release
from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES
from pipeline.tables import read_rows
from pipeline.views import make_views


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
    rows = {t.name: read_rows(release.path(t.name)) for t in TABLES}
    return [*check_release(rows), *_files(release), *_views(release)]


def _files(release: Release) -> Iterator[Failure]:
    """Files whose bytes are not those that were published."""
    for name, entry in release.manifest["tables"].items():
        if hashlib.sha256(release.path(name).read_bytes()).hexdigest() != entry["sha256"]:
            yield Failure("file", name, "-", "its bytes are not those of the manifest: restore it or extract again")


def _views(release: Release) -> Iterator[Failure]:
    """Views that say other than the tables they are made of."""
    tables = {t.name: pq.ParquetFile(release.path(t.name)).read() for t in TABLES}
    for name, made in make_views(tables).items():
        if not pq.ParquetFile(release.path(name)).read().equals(made):
            yield Failure("view", name, "-", "it differs from the tables it is made of: extract again")
