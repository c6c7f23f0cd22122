"""How long the pages of a release take, and how large they are: python -m bench.pages FOLDER [NUMBER …] (2000).

Copies of the text and web documents of FOLDER, each with a number and figures of its own, are extracted; then their pages are written.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from bench.growth import extract
from bench.incremental import cpu_of, fill


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Prints for each number of documents the time of `review` and the sizes of its pages."""
    seeds = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.suffix in (".txt", ".html"))
    for number in [int(n) for n in sys.argv[2:]] or [2000]:
        with tempfile.TemporaryDirectory() as folder:
            raw, out = Path(folder) / "raw", Path(folder) / "out"
            raw.mkdir()
            fill(raw, seeds, 0, number)
            extract(raw, out)
            command = [sys.executable, "-m", "pipeline", "review", "--raw", str(raw), "--out", str(out)]
            start = time.monotonic()
            cpu = cpu_of(partial(_run, command))
            took = time.monotonic() - start
            pages = sorted((out / "latest" / "review").rglob("*.html"), key=lambda p: p.stat().st_size)
            total = sum(p.stat().st_size for p in pages)
            index = (out / "latest" / "review" / "index.html").stat().st_size
            print(
                f"{number} documents: {len(pages)} pages in {took:.0f} s ({cpu:.0f} s CPU), {total / 1e6:.0f} MB, index {index / 1e3:.0f} KB, "
                f"middle {pages[len(pages) // 2].stat().st_size / 1e3:.0f} KB, largest {pages[-1].stat().st_size / 1e3:.0f} KB",
                flush=True,
            )


if __name__ == "__main__":
    main()
