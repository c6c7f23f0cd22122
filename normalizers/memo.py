"""Results kept while one document is read: its rules ask the same questions of the same sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])
_kept: list[Any] = []


def remembered(function: _Function) -> _Function:
    """Keeps a pure function's results until `forget`; results must be immutable."""
    cached = lru_cache(maxsize=20_000)(function)
    _kept.append(cached)
    return cached  # type: ignore[return-value]


def forget() -> None:
    """Drops every kept result: called when a document is done, so that memory does not grow with the corpus."""
    for cached in _kept:
        cached.cache_clear()
