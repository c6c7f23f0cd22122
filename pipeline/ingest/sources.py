"""Where plans are published: the entries of data/sources.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

STARTS = ("listing", "feed", "sitemap", "address")
KINDS = ("html", "pdf", "doc", "docx", "xls", "xlsx", "rtf", "odt", "zip")
_KEYS = {
    "id", "name", "publisher", "licence", "tested", "start", "follow", "documents", "titles", "not_titles", "kinds", "hosts", "seconds", "most_pages",
    "revisit_days", "certificates", "local", "enabled",
}  # fmt: skip
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class SourcesError(ValueError):
    """The file of sources cannot be used; the message names file and entry, and says what to write."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The one certificate that a host is trusted by: the SHA-256 of it. `is_old`: the host speaks TLS before 1.2 only."""

    sha256: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A portal. `starts`: pairs of what it is (STARTS) and its address; `follow`: addresses of further listing pages; `documents`: addresses of pages
    with a document, every one when empty; `titles`, `not_titles`: words of links that are (not) plans, beside the program's own; `seconds`: between two
    requests to a host; `most_pages`: listing pages in a run; `revisit_days`: after which a document is looked at again; `is_local`: may lie on this
    machine or network."""

    source_id: str
    name: str
    publisher: str
    licence: str
    tested: date | None
    starts: tuple[tuple[str, str], ...]
    follow: tuple[re.Pattern[str], ...]
    documents: tuple[re.Pattern[str], ...]
    titles: tuple[re.Pattern[str], ...]
    not_titles: tuple[re.Pattern[str], ...]
    kinds: frozenset[str]
    hosts: frozenset[str]
    seconds: float
    most_pages: int
    revisit_days: float
    certificates: Mapping[str, Certificate]
    is_local: bool
    is_enabled: bool


def load_sources(path: Path) -> list[Source]:
    """The sources of a file, in its order. Raises SourcesError."""
    try:
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise SourcesError(
            f"{path} cannot be read ({getattr(problem, 'strerror', None) or problem}): name another with --sources"
        ) from None
    except yaml.YAMLError as problem:
        raise SourcesError(f"{path} is no YAML ({' '.join(str(problem).split())}): correct it") from None
    if not isinstance(items, list) or not items:
        raise SourcesError(f"{path} holds no list of sources: begin each with `- id: …`")
    found = [_source(item, f"{path}, entry {n}") for n, item in enumerate(items, 1)]
    ids = [s.source_id for s in found]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise SourcesError(f"{path}: two sources have the id {twice[0]}: give each its own")
    return found


def _source(item: Any, where: str) -> Source:
    if not isinstance(item, dict):
        raise SourcesError(f"{where}: a source is a list of keys, found {item!r}")
    if unknown := sorted(set(map(str, item)) - _KEYS):
        raise SourcesError(f"{where}: unknown key {unknown[0]}: known are {', '.join(sorted(_KEYS))}")
    source_id = item.get("id")
    if not isinstance(source_id, str) or not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", source_id):
        raise SourcesError(
            f"{where}: `id` is a short name of small letters, digits, points and hyphens, found {source_id!r}"
        )
    where = f"{where} ({source_id})"
    starts = _starts(item.get("start"), where)
    hosts = frozenset(urlsplit(url).hostname or "" for _, url in starts) | frozenset(_texts(item, "hosts", where))
    return Source(
        source_id, _text(item, "name", where), _text(item, "publisher", where), _text(item, "licence", where), _tested(item.get("tested"), where), starts,
        _patterns(item, "follow", where), _patterns(item, "documents", where), _patterns(item, "titles", where), _patterns(item, "not_titles", where),
        _kinds(item, where), hosts, _number(item, "seconds", 2.0, where), int(_number(item, "most_pages", 30, where)), _number(item, "revisit_days", 7.0, where),
        _certificates(item.get("certificates"), where), _flag(item, "local", False, where), _flag(item, "enabled", True, where),
    )  # fmt: skip


def _starts(value: Any, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or not value:
        raise SourcesError(
            f"{where}: `start` is a list such as `- listing: https://…`, one of {', '.join(STARTS)} each"
        )
    found = []
    for start in value:
        if not isinstance(start, dict) or len(start) != 1 or next(iter(start)) not in STARTS:
            raise SourcesError(f"{where}: a start is one of {', '.join(STARTS)} with an address, found {start!r}")
        ((kind, url),) = start.items()
        parts = urlsplit(str(url))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SourcesError(f"{where}: {url!r} is no address of the web: write http:// or https:// in front")
        found.append((kind, str(url)))
    return tuple(found)


def _text(item: dict[str, Any], name: str, where: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not value.strip():
        raise SourcesError(f"{where}: `{name}` is missing: write it as text")
    return value.strip()


def _texts(item: dict[str, Any], name: str, where: str) -> list[str]:
    value = item.get(name, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise SourcesError(f"{where}: `{name}` is a list of texts, found {value!r}")
    return value


def _patterns(item: dict[str, Any], name: str, where: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(p, re.IGNORECASE) for p in _texts(item, name, where))
    except re.error as problem:
        raise SourcesError(f"{where}: `{name}` holds no regular expression ({problem}): correct it") from None


def _kinds(item: dict[str, Any], where: str) -> frozenset[str]:
    kinds = _texts(item, "kinds", where) if "kinds" in item else list(KINDS)
    if unknown := [k for k in kinds if k not in KINDS]:
        raise SourcesError(f"{where}: unknown kind {unknown[0]!r}: known are {', '.join(KINDS)}")
    return frozenset(kinds)


def _number(item: dict[str, Any], name: str, otherwise: float, where: str) -> float:
    value = item.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise SourcesError(f"{where}: `{name}` is a number, not negative, found {value!r}")
    return float(value)


def _flag(item: dict[str, Any], name: str, otherwise: bool, where: str) -> bool:
    value = item.get(name, otherwise)
    if not isinstance(value, bool):
        raise SourcesError(f"{where}: `{name}` is true or false, found {value!r}")
    return value


def _tested(value: Any, where: str) -> date | None:
    if value is None or value is False:
        return None
    if not isinstance(value, date):
        raise SourcesError(
            f"{where}: `tested` is the day on which it was seen to work (2026-11-28) or false, found {value!r}"
        )
    return value


def _certificates(value: Any, where: str) -> dict[str, Certificate]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SourcesError(f"{where}: `certificates` gives for a host its sha256, found {value!r}")
    found = {}
    for host, said in value.items():
        sha256 = str(said.get("sha256", "")).replace(":", "").lower() if isinstance(said, dict) else ""
        if not _FINGERPRINT.fullmatch(sha256):
            raise SourcesError(
                f"{where}: the certificate of {host} is pinned by `sha256`, 64 digits: see docs/operations.md"
            )
        found[str(host)] = Certificate(sha256, bool(said.get("old_tls", False)))
    return found
