"""CPU time of one plan, from bytes to rows, warm: python -m bench.plan FILE [RUNS]."""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from pathlib import Path

from pipeline.raw import RawFile
from pipeline.reading import read_bytes
from pipeline.rows import build_rows
from pipeline.scope import Source


def cpu_seconds(data: bytes, runs: int) -> list[float]:
    """CPU seconds of each run from bytes to rows; the run that warms up is not counted."""
    times = []
    for n in range(runs + 1):
        start = time.process_time()
        file = RawFile(Path("plan"), "plan", hashlib.sha256(data).hexdigest(), len(data), None, None, None, None, None)
        build_rows([Source("d-1", file, read_bytes(data), None)])
        if n == 0:  # as a worker does after its first document
            gc.collect()
            gc.freeze()
        else:
            times.append(time.process_time() - start)
    return times


def main() -> None:
    """Prints minimum, median and maximum in milliseconds."""
    path, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    times = sorted(cpu_seconds(path.read_bytes(), runs))
    low, middle, high = (1000 * t for t in (times[0], times[len(times) // 2], times[-1]))
    print(
        f"{path.name}: {path.stat().st_size} bytes, CPU ms from bytes to rows, warm, {runs} runs: min {low:.1f} median {middle:.1f} max {high:.1f}"
    )


if __name__ == "__main__":
    main()
