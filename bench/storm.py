"""Poison among the documents, and workers killed at random: python -m bench.storm [DOCUMENTS] [KILLS] [SEED].

Three trials, each on this machine and on Ray: 200 documents of which six make their reader crash, hang (in Python and in C), grow, die and raise; DOCUMENTS
(3,000) documents while KILLS (60) workers are killed; 300 documents on both engines, Ray's workers killed twice. Copies of the sample documents with figures of
their own. Prints what came of each; exit 1 when a document is missing, stands twice or says something else than in a run that nobody disturbed.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from bench.incremental import fill
from bench.poison import LIMITS, POISON, read_poisoned
from pipeline.engine import Engine, LocalEngine
from pipeline.run import Setup, extract
from pipeline.version import ROOT

SAMPLES = ROOT / "data" / "raw" / "samples"


def documents(out: Path) -> dict[str, tuple[str, str]]:
    """Status and reason of every document of the newest release, by path. Raises ValueError when one stands twice."""
    rows = pq.ParquetFile(out / "latest" / "documents.parquet").read(["path", "status", "status_reason"]).to_pylist()
    found = {r["path"]: (r["status"], r["status_reason"] or "") for r in rows}
    if len(found) != len(rows):
        raise ValueError("a document stands twice")
    return found


def run(raw: Path, out: Path, engine: Engine) -> str:
    """Extracts and returns the hash of the content."""
    release = extract(raw, out, 2, False, lambda done, total, path: None, None, Setup(engine)).release
    if release is None:
        raise ValueError("nothing was published")
    return release.content


def poisoned(folder: Path, engine: Engine, count: int) -> list[str]:
    """What went wrong with `count` documents, six of them poison."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    fill(raw, _seeds(), 0, count - len(POISON))
    for kind in POISON:
        (raw / f"poison-{kind}.txt").write_text(f"Kế hoạch {kind}", encoding="utf-8")
    run(raw, folder / "out", engine)
    found = documents(folder / "out")
    wrong = [
        f"{path}: {reason}"
        for path, (status, reason) in found.items()
        if not path.startswith("poison-") and status == "failed"
    ]
    for kind, words in POISON.items():
        status, reason = found.get(f"poison-{kind}.txt", ("missing", ""))
        if status != "failed" or words not in reason:
            wrong.append(f"poison-{kind}: {status} {reason}")
    return wrong if len(found) == count else [*wrong, f"{len(found)} of {count} documents"]


@contextmanager
def killing(victims: Callable[[], list[psutil.Process]], kills: int, between: float, seed: int) -> Iterator[list[int]]:
    """Kills a random process every now and then; yields the list of those it killed, which grows meanwhile."""
    dice, stop = random.Random(seed), threading.Event()
    killed: list[int] = []

    def storm() -> None:
        while len(killed) < kills and not stop.wait(dice.uniform(0, 2 * between)):
            alive = victims()
            if alive:
                victim = dice.choice(alive)
                victim.kill()
                killed.append(victim.pid)

    thread = threading.Thread(target=storm)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def local_workers() -> list[psutil.Process]:
    """Children of this run that read: each leads a session of its own."""
    own = os.getsid(0)
    return [p for p in psutil.Process().children(recursive=True) if _session(p) not in (None, own)]


def ray_workers() -> list[psutil.Process]:
    """Workers of Ray that are at work."""
    return [p for p in psutil.process_iter() if _title(p).startswith(("ray::read_part", "ray::build"))]


def _session(process: psutil.Process) -> int | None:
    try:
        session = os.getsid(process.pid)
    except OSError:
        return None
    return session if session == process.pid else None


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _seeds() -> list[Path]:
    return sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))


def main() -> None:
    """Prints what came of each trial."""
    from pipeline.ray_engine import RayEngine

    count, kills, seed = (int(v) for v in [*sys.argv[1:], *("3000", "60", "1")[len(sys.argv) - 1 :]])
    engines: dict[str, Engine] = {
        "local": LocalEngine(2, LIMITS, read_poisoned),
        "ray": RayEngine(None, 2, LIMITS, read_poisoned),
    }
    fine = True
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, engine in engines.items():
            wrong = poisoned(folder / f"poison-{name}", engine, 200)
            fine &= not wrong
            print(f"poison, {name}: {'; '.join(wrong) or '194 read, 6 failed each with its reason'}", flush=True)
        raw = folder / "raw"
        raw.mkdir()
        fill(raw, _seeds(), 0, 300)
        quiet = run(raw, folder / "quiet", LocalEngine(2))
        with killing(ray_workers, 2, 3.0, seed) as killed:
            on_ray = run(raw, folder / "on-ray", RayEngine(None, 2))
        fine &= quiet == on_ray
        print(
            f"300 documents, local and Ray with {len(killed)} workers killed: {'the same content' if quiet == on_ray else 'DIFFERENT CONTENT'}",
            flush=True,
        )
        fill(raw, _seeds(), 300, count)
        calm = run(raw, folder / "calm", LocalEngine(2))
        with killing(local_workers, kills, 0.0002 * count, seed) as killed:
            stormy = run(raw, folder / "stormy", LocalEngine(2))
        fine &= calm == stormy and len(documents(folder / "stormy")) == count
        print(
            f"{count} documents, {len(killed)} workers killed: {'each once, the same content' if calm == stormy else 'DIFFERENT CONTENT'}"
        )
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
