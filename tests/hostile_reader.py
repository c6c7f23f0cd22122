"""Reads files, each in a process of its own with limits, and says how that ended; runs beside the tests (python -m tests.hostile_reader).

Paths come in by standard input, one a line; for each goes out one line of JSON. The process is warm and has one thread, so that a child is made at once.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

SECONDS = 30.0
MEMORY = 1 << 30  # of data, as readers get in a run; what is resident besides is shared


@dataclass(frozen=True)
class Ended:
    """How the reading of a file ended. `fault` is None unless it raised, crashed or went on for too long; `seconds` and `peak` (bytes resident, of the
    process or a program it started) are what it took."""

    status: str
    reason: str | None
    media_type: str
    text: str
    fault: str | None
    seconds: float = 0.0
    peak: int = 0


class Reader:
    """The process beside the tests."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.hostile_reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
            text=True,
        )

    def read(self, path: Path) -> Ended:
        """How reading a file ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def _limited(path: Path, pipe: int) -> None:
    """A child: reads one file within the limits of a reader, but with the network of the machine."""
    from pipeline.reading import read_file

    os.setsid()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEMORY, MEMORY))
    try:
        reading = read_file(path)
        ended = Ended(reading.status, reading.reason, reading.media_type, (reading.text or "")[:100_000], None)
    except BaseException as problem:
        import traceback

        ended = Ended("", None, "", "", "".join(traceback.format_exception(problem))[-3000:])
    with os.fdopen(pipe, "w") as out:
        out.write(json.dumps(asdict(ended)))


def _measured(path: Path) -> Ended:
    ours, theirs = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if not child:
        os.close(ours)
        _limited(path, theirs)
        os._exit(0)
    os.close(theirs)
    said, is_slow = _said(ours, child, begun + SECONDS)
    _, code, used = os.wait4(child, 0)
    took, peak = time.monotonic() - begun, used.ru_maxrss << 10
    if said:
        return Ended(**json.loads(said) | {"seconds": took, "peak": peak})
    fault = f"longer than {SECONDS:.0f} seconds" if is_slow else f"crashed: {os.waitstatus_to_exitcode(code)}"
    return Ended("", None, "", "", fault, took, peak)


def _said(pipe: int, child: int, until: float) -> tuple[bytes, bool]:
    """What a child says before its time is over, and whether it had to be killed."""
    said = b""
    with os.fdopen(pipe, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(0.0, until - time.monotonic()))[0]:
            chunk = stream.read(1 << 20)
            if not chunk:
                return said, False
            said += chunk
    os.killpg(child, signal.SIGKILL)
    return b"", True


def _serve() -> None:
    import pipeline.warm  # noqa: F401
    from extractors.readers import docx, image, office, pdf, scan, sheets  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(asdict(_measured(Path(line.rstrip("\n"))))), flush=True)


if __name__ == "__main__":
    _serve()
