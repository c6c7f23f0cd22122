"""Which program made a release: its version and a hash over its code."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_KINDS = (".py", ".yml", ".csv", ".tsv", ".sql")


def fingerprint(parts: Sequence[str], root: Path = ROOT) -> str:
    """Hash over files and folders below the root of the project: code, word lists and the versions of libraries."""
    digest = hashlib.sha256()
    for part in parts:
        target = root / part
        files = [target] if target.is_file() else sorted(p for p in target.rglob("*") if p.suffix in _KINDS)
        for path in files:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def reading_code() -> str:
    """Hash over what decides how a document is read: another one makes kept readings void."""
    return fingerprint(("normalizers", "extractors", "pipeline/reading.py", "requirements.lock"))


def program() -> dict[str, str]:
    """What a manifest says of the program: its version, and a hash over all of its code."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        version = str(tomllib.load(stream)["project"]["version"])
    return {
        "code_version": version,
        "code_sha256": fingerprint(("normalizers", "extractors", "pipeline", "requirements.lock")),
    }
