"""The raw folder: every file with its hash and what its sidecar says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

_NOT_DOCUMENTS = frozenset({"readme.md", ".gitkeep", ".ds_store", "thumbs.db"})
SIDECAR = ".source.json"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read. `path` is relative to the raw folder, with forward slashes; dates and address come from the sidecar."""

    location: Path
    path: str
    sha256: str
    byte_size: int
    url: str | None
    retrieved_at: str | None
    last_seen_date: str | None
    gone_date: str | None
    sidecar_error: str | None


def list_raw(folder: Path) -> list[RawFile]:
    """Every document below a folder, in the order of the paths. Raises FileNotFoundError for a missing folder."""
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}: create it and put documents into it, or name another with --raw")
    files = [p for p in folder.rglob("*") if p.is_file() and _is_document(p, folder)]
    return [_raw_file(p, folder) for p in sorted(files, key=lambda p: p.relative_to(folder).as_posix())]


def _is_document(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return (
        not any(part.startswith(".") for part in parts)
        and path.name.lower() not in _NOT_DOCUMENTS
        and not path.name.endswith(SIDECAR)
    )


def _raw_file(path: Path, folder: Path) -> RawFile:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    meta, error = _sidecar(path.with_name(path.name + SIDECAR))
    return RawFile(
        path, path.relative_to(folder).as_posix(), digest.hexdigest(), size, meta.get("url"), meta.get("retrieved_at"),
        meta.get("last_seen_date"), meta.get("gone_date"), error,
    )  # fmt: skip


def _sidecar(path: Path) -> tuple[dict[str, str], str | None]:
    if not path.is_file():
        return {}, None
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as problem:
        return {}, f"the sidecar {path.name} is no JSON ({problem}): correct or delete it"
    if not isinstance(read, dict):
        return {}, f'the sidecar {path.name} holds no object: write {{"url": …}}'
    return {str(k): str(v) for k, v in read.items() if v is not None}, None
