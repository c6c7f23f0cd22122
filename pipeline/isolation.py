"""What a child that reads foreign files may do: no network, so much memory, so many files, and no life without its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.programs import die_with_parent

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one child and the programs it starts. `seconds` without a sign of life, `slow_seconds` where it said that it may take long; `memory` and
    `written` (of one file) in bytes; `files` open at once; `tries` of a thing whose child was killed by somebody else; `network`: whether it may use one."""

    seconds: float = 30.0
    slow_seconds: float = 120.0
    memory: int = 1 << 30
    written: int = 1 << 30
    files: int = 256
    tries: int = 3
    network: bool = False


def isolate(limits: Limits) -> None:
    """Limits this process and all it starts, for good. What the system refuses is left out: the parent watches as well."""
    die_with_parent()
    os.setsid()  # the programs it starts can be found by their session, even when it is gone
    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory), (resource.RLIMIT_FSIZE, limits.written), (resource.RLIMIT_NOFILE, limits.files), (resource.RLIMIT_CORE, 0)
    ):  # fmt: skip
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    if not limits.network:
        _leave_network()
        sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError("documents are read without a network")


def _leave_network() -> None:
    """Puts this process, and the programs it starts, into a network of its own with nothing in it. Needs Linux, and root or user namespaces."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) != 0:
        return
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):
            Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
