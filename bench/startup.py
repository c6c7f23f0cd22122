"""Seconds from the command line to the first document that is read: python -m bench.startup [TIMES]

Every time a new process, a new folder for releases and one document of a few lines; what is published afterwards is not counted. The machine must have
read the program once before, as every machine has after its set-up.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.version import ROOT

_SAMPLE = "ke-hoach-nuoc-sach-lao-cai.txt"


def seconds_to_first() -> tuple[float, float]:
    """Seconds until the first document is read, and until the run has published."""
    with tempfile.TemporaryDirectory() as place:
        raw, out = Path(place) / "raw", Path(place) / "out"
        raw.mkdir()
        shutil.copy(ROOT / "data" / "raw" / "samples" / _SAMPLE, raw)
        command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--out", str(out)]
        start = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            while not any((out / "cache").rglob("*.gist")) and run.poll() is None:
                time.sleep(0.005)
            first = time.monotonic() - start
            run.wait()
        return first, time.monotonic() - start


def main() -> None:
    """Prints each time and the least."""
    times = [seconds_to_first() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]
    for first, whole in times:
        print(f"first document after {first:.2f} s, published after {whole:.2f} s")
    print(f"least: {min(first for first, _ in times):.2f} s")


if __name__ == "__main__":
    main()
