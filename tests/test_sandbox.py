"""A child that crashes, hangs, is killed or needs too much costs its document only; nothing it started outlives it."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import sandbox
from pipeline.cache import ReadingCache
from pipeline.children import Done, Lost, Message, run_children
from pipeline.isolation import Limits
from pipeline.keep import FolderKeep
from pipeline.sandbox import ToRead, read_all
from tests.build import LETTERHEAD

QUICK = Limits(seconds=3.0, memory=500 << 20)
_KEPT: list[bytearray] = []


def misbehave(thing: str, tell: Callable[[object], None]) -> str:
    """Stands in for the reader inside a child."""
    name, _, argument = thing.partition(" ")
    if name == "crash":
        ctypes.string_at(0)
    if name == "exit":
        os._exit(7)
    if name == "hang":
        time.sleep(60)
    if name == "spin":  # in C, deaf to signals that Python would handle
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT])
        pow(3, 10**9)
    if name == "grow":
        _KEPT.extend(bytearray(10 << 20) for _ in range(1000))
    if name == "program":
        Path(argument).write_text(str(subprocess.Popen(["sleep", "60"]).pid), encoding="ascii")
        time.sleep(60)
    if name == "killed-once" and not Path(argument).exists():
        Path(argument).write_bytes(b"")
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "connect":
        try:
            socket.create_connection(("127.0.0.1", int(argument)), timeout=2)
        except OSError as refused:
            return type(refused).__name__
    return "done"


def ends(things: list[str], limits: Limits = QUICK, workers: int = 2) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for index, message in run_children(misbehave, things, workers, limits):
        assert things[index] not in found
        found[things[index]] = message
    return found


@pytest.mark.slow
def test_each_thing_pays_for_itself() -> None:
    found = ends(["a", "crash", "b", "exit", "hang", "c", "spin", "grow", "d", "killed", "e"])
    assert {thing for thing, message in found.items() if message == Done("done")} == {"a", "b", "c", "d", "e"}
    why = {thing: (m.why, m.detail) for thing, m in found.items() if isinstance(m, Lost)}
    assert why["crash"] == ("crashed", -signal.SIGSEGV)
    assert why["exit"] == ("crashed", 7)
    assert why["hang"][0] == why["spin"][0] == "silent"
    assert why["killed"] == ("killed", 3)
    assert why["grow"][0] in ("memory", "crashed")  # the parent saw it, or the system refused more


@pytest.mark.slow
def test_what_somebody_else_killed_is_tried_again(tmp_path: Path) -> None:
    assert ends([f"killed-once {tmp_path / 'mark'}", "a"]) == {
        f"killed-once {tmp_path / 'mark'}": Done("done"),
        "a": Done("done"),
    }


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_a_program_never_outlives_its_child(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    (message,) = ends([f"program {mark}"]).values()
    assert isinstance(message, Lost)
    for _ in range(50):
        if not is_alive(int(mark.read_text(encoding="ascii"))):
            return
        time.sleep(0.1)
    pytest.fail("the program is still running")


@pytest.mark.slow
def test_children_and_programs_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"from tests.test_sandbox import ends; ends(['program {mark}'])"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent.parent)
    for _ in range(200):
        if mark.exists() and mark.read_text(encoding="ascii"):
            break
        time.sleep(0.1)
    program = Path(f"/proc/{mark.read_text(encoding='ascii')}/stat")
    child = int(program.read_text(encoding="ascii").rpartition(")")[2].split()[1])
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not is_alive(child):
            return
        time.sleep(0.1)
    pytest.fail("a child is still running")


@pytest.mark.slow
def test_a_child_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        assert ends([f"connect {port}"]) == {f"connect {port}": Done("PermissionError")}
        with pytest.raises(TimeoutError):
            server.accept()


def files(tmp_path: Path, *names: str) -> list[ToRead]:
    found = []
    for name in names:
        path = tmp_path / name
        path.write_text(f"{LETTERHEAD}I. NHIỆM VỤ\n1. Mở lớp {name}.\n", encoding="utf-8")
        found.append(ToRead(path, name))
    return found


def read(tmp_path: Path, things: list[ToRead]) -> tuple[dict[str, str], ReadingCache]:
    cache = ReadingCache(FolderKeep(tmp_path / "cache"), "code")
    gists: dict[str, str] = {}

    def done(index: int, gist: Any) -> None:
        gists[things[index].sha256] = gist.reason or gist.status

    read_all(things, cache, tmp_path / "store", 2, done, lambda index, pages: None, QUICK)
    return gists, cache


@pytest.mark.slow
def test_readings_are_kept_by_the_child_that_made_them(tmp_path: Path) -> None:
    gists, cache = read(tmp_path, files(tmp_path, "a.txt", "b.txt", "c.txt"))
    assert gists == {"a.txt": "complete", "b.txt": "complete", "c.txt": "complete"}
    for name in gists:
        reading = cache.get(name)
        assert reading is not None and reading.findings is not None
        assert [t.name for t in reading.findings.tasks] == [f"Mở lớp {name}."]


def test_why_says_what_happened_and_what_to_do() -> None:
    assert "took longer than 30 seconds: split" in sandbox._why(Lost("silent", 30.0))
    assert "more than 1 GB of memory: split" in sandbox._why(Lost("memory", 1 << 30))
    assert "killed 3 times" in sandbox._why(Lost("killed", 3))
    assert "exit -11" in sandbox._why(Lost("crashed", -11))


def test_a_missing_file_is_a_failed_reading(tmp_path: Path) -> None:
    from pipeline.reading import read_file

    reading = read_file(tmp_path / "gone.txt")
    assert (reading.status, reading.is_final) == ("failed", False)
    assert "cannot be opened" in (reading.reason or "")


def test_a_file_nested_too_deeply_is_a_failed_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors import readers
    from pipeline.reading import read_bytes

    def endless(data: bytes, context: object) -> object:
        return endless(data, context)

    monkeypatch.setattr(readers, "read", endless)
    reading = read_bytes(LETTERHEAD.encode())
    assert reading.status == "failed"
    assert "nests its elements too deeply" in (reading.reason or "")
