"""Runs killed at random moments while others read: python -m bench.kills [ROUNDS] [SEED].

Every round changes a sample document, starts `python -m pipeline extract` and kills it and its children by SIGKILL at a random moment. Two
readers poll `latest` all the while: they resolve it once and compare the bytes of every table with the manifest. Prints what went wrong; exit 1 if
anything did: a release of which a part was missing or other than published, a newest release with a lower number than before, a last run that fails.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.synchronize import Event
from pathlib import Path

from pipeline.loader import OpenRelease, open_release
from pipeline.releases import latest, releases
from pipeline.version import ROOT

SAMPLES = ROOT / "data" / "raw" / "samples"
CHANGED = "ke-hoach-nuoc-sach-lao-cai.txt"


def _start(raw: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--out", str(out)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


def _change(raw: Path, n: int) -> None:
    """Another percentage, so that the round has something new to publish."""
    words = (SAMPLES / CHANGED).read_text(encoding="utf-8")
    (raw / CHANGED).write_text(words.replace("86% hộ dân", f"{n % 90 + 10}% hộ dân"), encoding="utf-8")


def _fault(release: OpenRelease) -> str | None:
    """What is wrong with a release as it is read."""
    for name, entry in release.manifest["tables"].items():
        try:
            content = release.path(name).read_bytes()
        except OSError:
            return "a table is missing"
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            return "a table is not the one of the manifest"
    return None


def _read(out: Path, stop: Event, found: multiprocessing.Queue[Counter[str]]) -> None:
    """Polls until stopped; reports how many releases were read and what was wrong."""
    seen: Counter[str] = Counter()
    highest = 0
    while not stop.is_set():
        try:
            release = open_release(out)
        except LookupError:
            seen["no release"] += 1
            continue
        number = int(release.name[:4])
        if number < highest:
            seen["an older release came back"] += 1
        highest = max(highest, number)
        seen[_fault(release) or "whole"] += 1
    found.put(seen)


def kill_rounds(folder: Path, rounds: int, seed: int) -> tuple[Counter[str], int, bool]:
    """What the readers met, how many kills hit a run that was still going, and whether the last run published its change."""
    raw, out = folder / "raw", folder / "out"
    shutil.copytree(SAMPLES, raw)
    _start(raw, out).wait()
    _change(raw, rounds + 1)
    started = time.monotonic()
    _start(raw, out).wait()
    longest = time.monotonic() - started
    context = multiprocessing.get_context("spawn")
    stop, found = context.Event(), context.Queue()
    readers = [context.Process(target=_read, args=(out, stop, found)) for _ in range(2)]
    for reader in readers:
        reader.start()
    dice = random.Random(seed)
    hits = 0
    for n in range(rounds):
        _change(raw, n)
        run = _start(raw, out)
        time.sleep(dice.uniform(0, longest))
        hits += run.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    _change(raw, rounds)
    before = releases(out)
    ended = _start(raw, out).wait() == 0
    stop.set()
    met = found.get() + found.get()
    for reader in readers:
        reader.join()
    newest = latest(out)
    whole = newest is not None and not newest.damaged() and len(before) > 0
    return met, hits, ended and whole and all(not r.damaged() for r in releases(out))


def main() -> None:
    """Prints what was met."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        met, hits, ended = kill_rounds(Path(folder), rounds, seed)
    for what, times in sorted(met.items()):
        print(f"{times:6} reads: {what}")
    print(f"{hits} of {rounds} kills hit a run; the run after them {'published' if ended else 'FAILED'}")
    sys.exit(0 if ended and set(met) == {"whole"} else 1)


if __name__ == "__main__":
    main()
