"""Rounds that are killed, that find no room, that meet another round, and how often a portal is asked."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from pipeline.files import BusyError
from pipeline.ingest.run import BUSY, NO_ROOM
from tests.ingesting import one_round, place, sources_file
from tests.portal import Portal

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow
_KILLS, _DOCUMENTS = (20, 285) if os.environ.get("SOAK") else (3, 60)


@pytest.fixture
def portal() -> Iterator[Portal]:
    found = Portal(_DOCUMENTS)
    yield found
    found.close()


def started(folder: Path, text: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """The command, begun."""
    where = place(folder)
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        "--sources",
        str(sources_file(folder, text)),
        "--raw",
        str(where.raw),
        "--out",
        str(where.out),
        "--workers",
        "1",
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=before
    )


def originals(folder: Path) -> list[Path]:
    found = (folder / "raw" / "portals").rglob("*")
    return [f for f in found if f.is_file() and not f.name.endswith(".source.json") and ".zip!" not in f.parent.name]


def test_rounds_that_are_killed_lose_nothing_and_ask_nothing_twice(portal: Portal, tmp_path: Path) -> None:
    """A kill costs the answer on its way, no more: what was stored is not asked for again."""
    dice = random.Random(7)
    for _ in range(_KILLS):
        process = started(tmp_path, portal.sources())
        time.sleep(dice.uniform(1.0, 4.0))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    process = started(tmp_path, portal.sources())
    said, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    documents = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet")
    assert len(documents) == portal.expected(), said
    assert set(documents.status) == {"complete"}
    assert [f for f in originals(tmp_path) if hashlib.sha256(f.read_bytes()).hexdigest() != f.stem] == []
    whole = Counter(
        a.path.partition("?")[0]
        for a in portal.requests()
        if a.status == 200 and a.path.startswith(("/xem/", "/tep/")) and "mat" not in a.path
    )
    again = sum(whole.values()) - len(whole)
    counting = sum(1 for path in whole if path.startswith("/xem/") and int(path[5:]) % 20 == 8)
    assert again <= _KILLS * (1 + counting)  # these change with each request
    assert not list((tmp_path / "raw" / ".ingest" / "arrived").glob("*"))


@pytest.mark.parametrize("seconds", [0.05])
def test_a_host_is_never_asked_more_often_than_its_source_says(tmp_path: Path, seconds: float) -> None:
    portal = Portal(25)
    one_round(tmp_path, portal.sources(seconds))
    times = [a.at for a in portal.requests()]
    portal.close()
    gaps = [later - before for before, later in pairwise(times)]
    assert len(gaps) > 40
    assert min(gaps) >= seconds


def test_a_disk_without_room_ends_the_round_with_a_word_and_loses_nothing(portal: Portal, tmp_path: Path) -> None:
    def no_file_larger() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    process = started(tmp_path, portal.sources(), no_file_larger)
    _, told = process.communicate(timeout=120)
    assert process.returncode == NO_ROOM
    assert "Traceback" not in told
    assert "free some space, or make the folder writable" in told
    assert [f for f in originals(tmp_path) if hashlib.sha256(f.read_bytes()).hexdigest() != f.stem] == []
    one_round(tmp_path, portal.sources())
    assert len(pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet")) == portal.expected()


def test_a_folder_that_cannot_be_written_to_is_named(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("no folder", encoding="utf-8")
    process = started(tmp_path, portal.sources())
    _, told = process.communicate(timeout=60)
    assert process.returncode in (2, NO_ROOM)
    assert "Traceback" not in told
    assert "raw" in told


def test_two_rounds_at_once_are_refused(portal: Portal, tmp_path: Path) -> None:
    first = started(tmp_path, portal.sources(seconds=0.2))
    while not (tmp_path / "raw" / ".ingest" / "frontier.sqlite").exists():
        time.sleep(0.05)
    second = started(tmp_path, portal.sources())
    _, told = second.communicate(timeout=60)
    assert second.returncode == BUSY
    assert "wait until it has ended" in told
    with pytest.raises(BusyError):
        one_round(tmp_path, portal.sources())
    first.kill()
    first.communicate()


def test_a_limit_leaves_the_rest_for_later_rounds(portal: Portal, tmp_path: Path) -> None:
    one_round(tmp_path, portal.sources(), limit=10)
    assert len(originals(tmp_path)) <= 11
    one_round(tmp_path, portal.sources())
    assert len(pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet")) == portal.expected()
