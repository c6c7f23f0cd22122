"""CPU of a document and memory of the parent as documents grow in number: python -m bench.growth FOLDER [NUMBER …] (1000 and 10000).

Copies of the text and web documents of FOLDER, each with a number and figures of its own, extracted afresh. CPU of the run and of all its children; peak resident memory of
the parent alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.incremental import cpu_of, fill

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def _peak_of(process: subprocess.Popen[bytes], seen: list[int]) -> None:
    while process.poll() is None:
        try:
            found = _PEAK.search(Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
        except OSError:
            return
        if found:
            seen.append(int(found[1]) // 1024)
        time.sleep(0.5)


def extract(raw: Path, out: Path) -> tuple[float, int]:
    """CPU seconds of a run with its children, and the peak of the parent's memory in MB."""
    seen: list[int] = [0]

    def run() -> None:
        command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--out", str(out)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        watch = threading.Thread(target=_peak_of, args=(process, seen))
        watch.start()
        if process.wait():
            raise RuntimeError("the run failed: run `python -m pipeline extract` on these documents to see why")
        watch.join()

    return cpu_of(run), max(seen)


def main() -> None:
    """Prints each number of documents and its figures."""
    seeds = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in (".txt", ".html"))
    for number in [int(n) for n in sys.argv[2:]] or [1000, 10000]:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            raw.mkdir()
            fill(raw, seeds, 0, number)
            seconds, peak = extract(raw, Path(folder) / "out")
            print(
                f"{number} documents: {seconds:.0f} s CPU, {1000 * seconds / number:.1f} ms each, parent {peak} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
