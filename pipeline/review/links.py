"""What the files of the site are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class PageNames:
    """The files of plans and documents, by id."""

    plans: Mapping[str, str]
    documents: Mapping[str, str]


def page_names(ids: Iterable[str]) -> dict[str, str]:
    """A file name for each id, the same for the same id, and no two alike: "vn:12-qd-ttg:2021" → "vn_12-qd-ttg_2021.html"."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for own in sorted(ids):
        name = _UNSAFE.sub("_", own)
        if name.casefold() in taken or len(name) > _LONGEST:
            name = f"{name[:_LONGEST]}_{hashlib.sha256(own.encode()).hexdigest()[:12]}"
        taken.add(name.casefold())
        found[own] = f"{name}.html"
    return found


def web_address(address: str | None) -> str | None:
    """An address that a page may link to, None for any other than of the web: a sidecar can hold anything."""
    return address if address and re.match(r"https?://", address) else None
