"""A release copied to an address: its files first, its manifest then, and last the word that it is the newest."""

from __future__ import annotations

import json

from pipeline.keep import Keep
from pipeline.releases import Release

_LAST = "manifest.json"


def mirror(release: Release, keep: Keep) -> None:
    """Copies a release to `releases/<name>/` of a keep and writes its name into `latest.json`. A reader that follows `latest.json` sees whole releases
    only; copying one that is there changes nothing."""
    folder = f"releases/{release.name}"
    if not keep.has(f"{folder}/{_LAST}"):
        for path in sorted(release.folder.iterdir(), key=lambda p: p.name == _LAST):
            keep.put(f"{folder}/{path.name}", path.read_bytes())
    keep.put("latest.json", json.dumps({"release": release.name}).encode())
