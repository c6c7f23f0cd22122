"""The bytes of documents below the raw folder, each once, named by their hash, with a sidecar that says where they are from.

    portals/ab/ab12….html   portals/ab/ab12….html.source.json   portals/cd/cd34….zip!/phu-luc.docx

What came is first kept aside; it takes its place when the frontier knows it, so that a kill in between leaves no file without an origin.
"""

from __future__ import annotations

import errno
import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.files import sync, write_whole
from pipeline.ingest.archive import ArchiveError, unpack
from pipeline.ingest.frontier import Former, Frontier, Known
from pipeline.sidecar import SIDECAR

FOLDER = "portals"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO)
STATE = ".ingest"


class Originals:
    """Files of a raw folder that came from portals."""

    def __init__(self, raw: Path) -> None:
        self._raw = raw
        self._aside = raw / STATE / "arrived"

    def put_aside(self, data: bytes) -> str:
        """Keeps bytes until they are settled; returns their hash. Raises OSError when they cannot be written (disk full, read-only)."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._aside.mkdir(parents=True, exist_ok=True)
        write_whole(self._aside / sha256, data)
        return sha256

    def settle(self, frontier: Frontier) -> None:
        """Makes files and sidecars what the frontier says. May be stopped at any moment and done again."""
        for sha256 in frontier.unsettled():
            current, former = frontier.holders(sha256)
            if not (current or former) or self._is_settled(sha256, frontier.ending_of(sha256), current, former):
                frontier.settled(sha256)
        waiting = set(frontier.unsettled())
        for left in self._aside.glob("*") if self._aside.is_dir() else ():
            if left.name not in waiting:  # of a run that ended before the frontier knew them
                left.unlink()

    def _is_settled(self, sha256: str, ending: str, current: list[Known], former: list[Former]) -> bool:
        """Settles one; False when it is not possible for this one alone, which is tried again in the next round. Raises OSError when there is no room."""
        try:
            self._settle(sha256, ending, current, former)
        except OSError as problem:
            if problem.errno in _NO_ROOM:
                raise
            return False
        return True

    def _settle(self, sha256: str, ending: str, current: list[Known], former: list[Former]) -> None:
        path = self._raw / FOLDER / sha256[:2] / f"{sha256}.{ending}"
        arrived = self._aside / sha256
        said = sidecar(current, former)
        path.parent.mkdir(parents=True, exist_ok=True)
        if ending == "zip" and _unpacked(path, arrived, said):
            arrived.unlink(missing_ok=True)
            return
        write_whole(path.with_name(path.name + SIDECAR), _json(said))
        if arrived.exists():
            arrived.replace(path)
            sync(path.parent)


def _unpacked(path: Path, arrived: Path, said: dict[str, Any]) -> bool:
    """The documents of an archive in its place, each with a sidecar; False for an archive that cannot be unpacked and stays as it is."""
    folder = path.with_name(f"{path.name}!")
    if arrived.exists():
        try:
            members = unpack(arrived)
        except ArchiveError:
            return False
        for name, data in members.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, data)
    if not folder.is_dir():
        return False
    for place in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(SIDECAR)):
        name = place.relative_to(folder).as_posix()
        own = {**said, "url": f"{said['url']}!/{name}", "page_url": said.get("page_url") or said["url"]}
        own["other_urls"] = [f"{url}!/{name}" for url in said.get("other_urls", [])]
        write_whole(place.with_name(place.name + SIDECAR), _json({k: v for k, v in own.items() if v}))
    return True


def sidecar(current: list[Known], former: list[Former]) -> dict[str, Any]:
    """What a sidecar says of bytes, by the addresses that give them and those that gave them before. It changes only when the document does: that a
    source still lists it on another day is for the frontier alone."""
    if not current:
        last = former[-1]
        said: dict[str, Any] = {
            "url": last.url,
            "retrieved_at": last.retrieved_at,
            "first_retrieved_at": last.first_at,
            "last_seen_date": last.last_seen_date,
            "page_url": last.page_url,
            "source": last.source_id,
        }
        return {k: v for k, v in said.items() if v} | _others([f.url for f in former], last.url)
    first = current[0]
    gone = max(k.gone_date or "" for k in current) if all(k.gone_date for k in current) else None
    said = {
        "url": first.url, "final_url": first.final_url if first.final_url != first.url else None, "source": first.source_id, "page_url": first.page_url,
        "link_text": first.words, "number_symbol": first.number_symbol, "issued_date": first.issued_date, "retrieved_at": first.retrieved_at, "first_retrieved_at": first.first_at,
        "last_seen_date": gone, "gone_date": gone, "headers": {k: v for k, v in first.headers.items() if k not in ("date", "location", "retry-after")},
    }  # fmt: skip
    return {k: v for k, v in said.items() if v} | _others([k.url for k in current] + [f.url for f in former], first.url)


def _others(urls: list[str], own: str) -> dict[str, list[str]]:
    others = sorted(set(urls) - {own})
    return {"other_urls": others} if others else {}


def _json(said: dict[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
