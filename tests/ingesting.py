"""Rounds over a portal, for tests of the ingestion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.ingest.fetch import Bounds
from pipeline.ingest.run import Place, Report, ingest
from pipeline.ingest.sources import load_sources
from pipeline.run import Outcome, extract

BOUNDS = Bounds(connect=2.0, silence=2.0, whole=10.0, size=2_000_000)


def place(folder: Path) -> Place:
    """Folders for a round."""
    return Place(folder / "raw", folder / "out")


def sources_file(folder: Path, text: str) -> Path:
    """A file of sources."""
    path = folder / "sources.yml"
    path.write_text(text, encoding="utf-8")
    return path


def one_round(
    folder: Path, text: str, limit: int | None = None, now: Callable[[], datetime] | None = None, bounds: Bounds = BOUNDS, workers: int = 2
) -> Report:  # fmt: skip
    """Discovers, fetches, extracts and publishes once."""
    where = place(folder)

    def publish() -> Outcome:
        return extract(where.raw, where.out, workers, False, lambda *_: None)

    more: dict[str, Any] = {"now": now} if now else {}
    return ingest(
        load_sources(sources_file(folder, text)),
        where,
        "test@example.org",
        limit,
        publish,
        lambda *_, **__: None,
        bounds,
        **more,
    )
