"""The shape of the project: imports point one way, modules stay readable, heavy libraries are imported where they are used."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "normalizers": {"normalizers"},
    "extractors": {"normalizers", "extractors"},
    "pipeline": {"normalizers", "extractors", "pipeline"},
}
MODULES = sorted(p for folder in ALLOWED for p in (ROOT / folder).rglob("*.py"))
ONLY_IN_PIPELINE = {"pyarrow", "pandas", "click", "tqdm", "subprocess", "socket", "shutil"}
STARTS_PROGRAMS = {"office.py": {"shutil"}, "tesseract.py": {"shutil", "subprocess"}, "programs.py": {"subprocess"}}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    names = imported(path)
    assert names & set(ALLOWED) <= ALLOWED[folder]
    if folder != "pipeline":
        assert not names & ONLY_IN_PIPELINE - STARTS_PROGRAMS.get(path.name, set())


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, pipeline.__main__; print(sorted(m for m in ('pyarrow', 'pandas', 'underthesea', 'bs4', 'lxml', 'tqdm') if m in sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_no_absolute_path_of_a_machine_is_written_down() -> None:
    for path in [*MODULES, *ROOT.glob("*.md"), ROOT / "Makefile", *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"/(?:home|root|work|Users)/", path.read_text(encoding="utf-8")), path
