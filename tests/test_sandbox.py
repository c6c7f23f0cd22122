"""A child that crashes, hangs or needs too much memory costs its document only."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

import pipeline.sandbox as sandbox
from pipeline.reading import Reading, failed

PLAN = "KẾ HOẠCH\nNƯỚC SẠCH TỈNH CÀ MAU\n\nI. NHIỆM VỤ\n1. Mở lớp."


def misbehave(path: Path, context: object) -> Reading:
    """Stands in for the reader inside the child."""
    if path.name == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if path.name == "hang":
        time.sleep(60)
    if path.name == "memory":
        raise MemoryError
    if path.name == "bug":
        raise ValueError("unforeseen")
    return failed("read")


def serve_badly(pipe, store):  # type: ignore[no-untyped-def]
    sandbox.read_file = misbehave
    sandbox._serve(pipe, store)


@pytest.mark.slow
def test_each_document_pays_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    class Worker(sandbox._Worker):
        target = staticmethod(serve_badly)

    monkeypatch.setattr(sandbox, "_Worker", Worker)
    names = ["good", "crash", "bug", "good2", "hang", "memory", "good3"]
    seen: list[int] = []
    readings = sandbox.read_all([Path(n) for n in names], 2, lambda index, reading: seen.append(index), time_limit=4.0)
    reasons = [r.reason or "" for r in readings]
    assert sorted(seen) == list(range(len(names)))
    assert [reasons[n] for n in (0, 3, 6)] == ["read"] * 3
    assert (
        "crashed" in reasons[1]
        and "ValueError: unforeseen" in reasons[2]
        and "took longer" in reasons[4]
        and "memory" in reasons[5]
    )


@pytest.mark.slow
def test_results_keep_the_order_of_the_files(tmp_path: Path) -> None:
    paths = []
    for n in range(5):
        path = tmp_path / f"{n}.txt"
        path.write_text(PLAN.replace("Mở lớp", f"Mở lớp {n}"), encoding="utf-8")
        paths.append(path)
    readings = sandbox.read_all(paths, 2)
    assert [r.findings.tasks[0].name for r in readings if r.findings] == [f"Mở lớp {n}." for n in range(5)]


def test_a_missing_file_is_a_failed_reading(tmp_path: Path) -> None:
    from pipeline.reading import read_file

    reading = read_file(tmp_path / "gone.txt")
    assert reading.status == "failed"
    assert "cannot be opened" in (reading.reason or "")


def test_a_file_nested_too_deeply_is_a_failed_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors import readers
    from pipeline.reading import read_bytes

    def endless(data: bytes, context: object) -> object:
        return endless(data, context)

    monkeypatch.setattr(readers, "read", endless)
    reading = read_bytes(PLAN.encode())
    assert reading.status == "failed"
    assert "nests its elements too deeply" in (reading.reason or "")
