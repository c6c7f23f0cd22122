"""What stands beside a file: where it is from, and when it was there (`<file>.source.json`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SIDECAR = ".source.json"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """`url`: the address; `other_urls`: others that gave the same bytes; `page_url`: of the document it was attached to; days and times as they are written:
    `retrieved_at` when the address last began to give these bytes, `first_retrieved_at` when it first did.
    `error`: why it could not be read, None when it could."""

    url: str | None = None
    other_urls: tuple[str, ...] = ()
    page_url: str | None = None
    retrieved_at: str | None = None
    first_retrieved_at: str | None = None
    last_seen_date: str | None = None
    gone_date: str | None = None
    error: str | None = None


NONE = Sidecar()


def parse_sidecar(name: str, text: Callable[[], str]) -> Sidecar:
    """What a sidecar says, or what is wrong with it. Keys that are not known are somebody else's."""
    try:
        read = json.loads(text())
    except (ValueError, OSError, RecursionError) as problem:
        return Sidecar(error=f"the sidecar {name} is no JSON ({problem}): correct or delete it")
    if not isinstance(read, dict):
        return Sidecar(error=f'the sidecar {name} holds no object: write {{"url": …}}')
    others = read.get("other_urls")
    return Sidecar(
        _text(read, "url"), tuple(map(str, others)) if isinstance(others, list) else (), _text(read, "page_url"), _text(read, "retrieved_at"),
        _text(read, "first_retrieved_at"), _text(read, "last_seen_date"), _text(read, "gone_date"),
    )  # fmt: skip


def _text(read: dict[str, Any], name: str) -> str | None:
    value = read.get(name)
    return None if value is None else str(value)
