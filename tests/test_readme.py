"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.run import extract

ROOT = Path(__file__).parent.parent


def test_the_notebook_code_prints_what_the_readme_says(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", readme, re.DOTALL))
    shown = re.search(r"```text\n(.*?)```", readme, re.DOTALL)
    assert "current_ids" in code
    assert shown is not None
    shutil.copytree(ROOT / "data" / "raw" / "samples", tmp_path / "data" / "raw" / "samples")
    extract(tmp_path / "data" / "raw", tmp_path / "data" / "processed", 1, False, lambda done, total, path: None)
    printed = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert [line.split() for line in printed.stdout.splitlines()] == [
        line.split() for line in shown.group(1).splitlines()
    ]


def test_every_target_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", readme, re.MULTILINE))
    assert named <= targets


def test_every_file_the_readme_links_to_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all((ROOT / link).exists() for link in re.findall(r"\]\(([^)#:]+)\)", readme))
