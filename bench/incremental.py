"""CPU of adding one document to a release: python -m bench.incremental FOLDER [N].

Makes N copies of the text and web documents of FOLDER, each with a number of its own and other figures, extracts them all, adds one more and
extracts again; then everything afresh. Prints the CPU of each run, the share, and whether the two releases have the same bytes.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_FIGURE = re.compile(r"(?<![\d/.,-])\d{2,3}(?=\s*(?:%|triệu|tỷ))")
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux
_NUMBER = re.compile(r"(Số\s*:?\s*)\d+(?=/)")


def _copy(text: str, n: int, dice: random.Random) -> str:
    """The document as another one: its own number, other percentages and amounts."""
    numbered = _NUMBER.sub(lambda m: f"{m.group(1)}{1000 + n}", text, count=1)
    return _FIGURE.sub(lambda m: str(dice.randint(11, 99)), numbered)


def fill(folder: Path, seeds: list[Path], first: int, last: int) -> None:
    """Writes copies of documents, numbered from `first` to `last`."""
    for n in range(first, last):
        seed = seeds[n % len(seeds)]
        dice = random.Random(n)
        copy = _copy(seed.read_text(encoding="utf-8"), n, dice)
        (folder / f"{n:05}{seed.suffix}").write_text(copy, encoding="utf-8")


def cpu_of(run: Callable[[], None]) -> float:
    """CPU seconds of processes that something starts, with all that they start."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)  # the server of children outlives its parent for a moment: wait for it here
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _extract(raw: Path, out: Path) -> float:
    """CPU seconds of a run, children included."""
    command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--out", str(out)]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return cpu_of(run)


def _hashes(out: Path) -> dict[str, str]:
    manifest = json.loads((out / "latest" / "manifest.json").read_text(encoding="utf-8"))
    return {name: t["sha256"] for name, t in manifest["tables"].items() if name not in ("changes", "id_aliases")}


def main() -> None:
    """Prints the three runs."""
    seeds = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in (".txt", ".html"))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with tempfile.TemporaryDirectory() as folder:
        raw, one, other = (Path(folder) / name for name in ("raw", "one", "other"))
        raw.mkdir()
        fill(raw, seeds, 0, count)
        print(f"{count} documents: {_extract(raw, one):.1f} s", flush=True)
        fill(raw, seeds, count, count + 1)
        added = _extract(raw, one)
        print(f"one more:      {added:.1f} s", flush=True)
        fresh = _extract(raw, other)
        print(f"all afresh:    {fresh:.1f} s; one more costs {added / fresh:.1%}")
        print("same bytes" if _hashes(one) == _hashes(other) else "DIFFERENT BYTES")


if __name__ == "__main__":
    main()
