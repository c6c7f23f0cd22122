"""Releases on disk: immutable folders, one link to the newest, a lock for who writes, and what is swept away.

`<out>/releases/0007-6fe6a5eb1393/` is the seventh release; the second part of its name is the beginning of the hash over its tables. Kept are
the newest `KEPT` releases; older ones are removed when a new one is published.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.files import alone, sync

KEPT = 10
_NAME = re.compile(r"(\d{4,})-([0-9a-f]{12})")
_LEFT = (".part-", ".gone-")


class Release:
    """A published release: its folder and what the manifest says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """Name of the release."""
        return str(self.manifest["release"])

    @property
    def content(self) -> str:
        """Hash over the hashes of its tables: two releases of one content say the same."""
        return str(self.manifest["content_sha256"])

    def path(self, table: str) -> Path:
        """The Parquet file of a table or view."""
        return self.folder / f"{table}.parquet"

    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: int(entry["rows"]) for name, entry in self.manifest["tables"].items()}

    def damaged(self) -> list[str]:
        """Tables whose files are not there, or not with the bytes that were published."""
        return [n for n, entry in self.manifest["tables"].items() if _hash(self.path(n)) != entry["sha256"]]


def _hash(path: Path) -> str | None:
    """The hash of a file, None where there is none."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def latest(out: Path) -> Release | None:
    """The release that `latest` points to, resolved once; None before the first, and for a release of an older program."""
    try:
        release = Release((out / "latest").resolve(strict=True))
        return release if release.content else None
    except (OSError, ValueError, KeyError):
        return None


def releases(out: Path) -> list[Release]:
    """Every release below a folder, the oldest first; what is no release is passed over."""
    found = []
    for folder in sorted((out / "releases").glob("*-*"), key=lambda p: (_number(p), p.name)):
        if _NAME.fullmatch(folder.name):
            try:
                found.append(Release(folder))
            except (OSError, ValueError):
                continue
    return found


def find_release(out: Path, name: str) -> Release:
    """The release of a name, of the beginning of one or of its hash, of `latest` or `previous`. Raises LookupError with what there is."""
    newest = latest(out)
    if name == "latest" and newest is not None:
        return newest
    wanted = newest.manifest["previous"] if name == "previous" and newest is not None else name
    found = [
        r
        for r in releases(out)
        if wanted and (r.name.startswith(wanted) or r.name.partition("-")[2].startswith(wanted))
    ]
    if len(found) == 1:
        return found[0]
    there = ", ".join(r.name for r in releases(out)) or "none: run `make extract` first"
    raise LookupError(f"{'no' if not found else 'more than one'} release {name!r} in {out}; there is {there}")


def next_name(out: Path, content: str) -> str:
    """Name of a new release of some content: one number above the last."""
    last = max((_number(p) for p in (out / "releases").glob("*-*")), default=0)
    return f"{last + 1:04}-{content[:12]}"


def _number(folder: Path) -> int:
    m = _NAME.fullmatch(folder.name)
    return int(m.group(1)) if m else 0


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Holds the lock of a folder of releases, and sweeps what an interrupted run has left. The system takes the lock back from a killed run.

    Raises BusyError when another run holds it.
    """
    with alone(out, "another run writes here: wait until it has ended, or name another folder with --out"):
        _sweep(out)
        yield


def _sweep(out: Path) -> None:
    """Removes half-written releases and links, and whole ones that `latest` never came to point to."""
    for link in out.glob(".latest-*"):
        link.unlink(missing_ok=True)
    newest = latest(out)
    reached = _number(newest.folder) if newest else None
    for folder in (out / "releases").glob("*"):
        never_shown = reached is not None and _number(folder) > reached
        if folder.name.startswith(_LEFT) or never_shown:
            shutil.rmtree(folder, ignore_errors=True)


def point(out: Path, release: Path) -> None:
    """Moves the link `latest` to a release in one step, so that a reader sees the old one or the new one."""
    fresh = out / f".latest-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / release.name, target_is_directory=True)
    fresh.replace(out / "latest")
    sync(out)


def drop_old(out: Path, keep: int = KEPT) -> None:
    """Removes all but the newest `keep` releases, never the one that `latest` points to. A release goes under another name first, so that
    nobody opens one that is half gone; files that are open stay readable until they are closed."""
    newest = latest(out)
    for release in releases(out)[:-keep]:
        if newest is None or release.folder != newest.folder:
            gone = release.folder.with_name(f".gone-{release.folder.name}")
            release.folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def half_written(out: Path) -> Iterator[Path]:
    """A folder for the tables of a release to be; what was not published is gone at the end of the block. To be used while
    `writing` holds the lock."""
    part = out / "releases" / f".part-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
