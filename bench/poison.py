"""A reader that does to its process what hostile files do."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from extractors.readers.context import Context
from pipeline.isolation import Limits
from pipeline.reading import Reading, read_file

POISON = {
    "crash": "reader crashed on this file (exit -11)", "hang": "took longer than", "spin": "took longer than", "grow": "GB of memory", "die": "was killed 3 times",
    "raise": "internal error in this document (ValueError",
}  # fmt: skip
LIMITS = Limits(seconds=5.0, slow_seconds=60.0, memory=600 << 20)


def read_poisoned(path: Path, context: Context) -> Reading:
    """Reads a file as every run does; one whose name says so does to its reader what hostile files do."""
    kind = path.name.partition("-")[2].partition(".")[0] if path.name.startswith("poison-") else ""
    if kind == "crash":
        ctypes.string_at(0)
    if kind == "hang":
        time.sleep(600)
    if kind == "spin":
        pow(3, 10**9)  # in C, deaf to everything but SIGKILL
    if kind == "grow":
        kept = [bytearray(10 << 20) for _ in range(1000)]
        del kept
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "raise":
        raise ValueError("unforeseen")
    return read_file(path, context)
