"""Programs beside Python (LibreOffice, tesseract): run with a limit of time, and never longer than who started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended, and what it said on its way."""

    code: int
    said: str


def run_program(command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> Ran:
    """Runs a program. Raises TimeoutError when it takes longer, after it and all it started were ended.

    It stays in the session of this process, so that whoever ends that ends it too, and dies with this process even if that is killed.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=None if environment is None else {**os.environ, **environment},
        process_group=0,
        preexec_fn=die_with_parent if _LIBC is not None else None,
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise TimeoutError(f"{command[0]} took longer than {seconds:.0f} seconds") from None
    return Ran(process.returncode, said.decode("utf-8", "replace"))


def die_with_parent() -> None:
    """Has the system kill this process when its parent ends, however that ends."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
