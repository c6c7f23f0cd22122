"""Versions of a document: what one address gave at different times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ids import document_id
from pipeline.raw import RawFile


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of its document a file is, from 1, and the key of the current one; None for the current one itself."""

    number: int
    newer: str | None


def keys(files: Sequence[RawFile]) -> dict[str, str]:
    """The key of each file, by path: of its address, or of its path where none is known. Later versions of an address, and other files that name the
    same one, have keys of their own."""
    later = {f.path: f for group in _groups(files) for f in group if f is not _first(group)}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for f in files:
        if f.path in later:
            continue
        key = document_id(f.url or f.path)
        key = key if key not in taken else document_id(f"{f.url}#{f.path}")
        taken.add(key)
        found[f.path] = key
    return found | {path: document_id(f"{f.url}#{f.sha256}") for path, f in later.items()}


def versions(files: Sequence[RawFile], keys: dict[str, str]) -> dict[str, Version]:
    """The version of each file, by path."""
    found = {f.path: Version(1, None) for f in files}
    for group in _groups(files):
        current = keys[group[-1].path]
        for n, f in enumerate(group, 1):
            found[f.path] = Version(n, current if f is not group[-1] else None)
    return found


def _first(group: Sequence[RawFile]) -> RawFile:
    """The file that came first of all, also when its words came back later: so that its key stays."""
    return min(group, key=lambda f: (f.said.first_retrieved_at or f.said.retrieved_at or "", f.path))


def _groups(files: Sequence[RawFile]) -> list[list[RawFile]]:
    """Files of one address that came at different times, the oldest first. Files whose sidecars do not say when they came are no versions: a page and
    what was saved of it may name the same address."""
    of_address: dict[str, list[RawFile]] = defaultdict(list)
    for f in files:
        if f.url is not None and f.said.retrieved_at is not None:
            of_address[f.url].append(f)
    groups = [sorted(group, key=lambda f: (f.said.retrieved_at or "", f.path)) for group in of_address.values()]
    return [g for g in groups if len({f.said.retrieved_at for f in g}) == len(g) > 1]
