"""Scores the extraction: real documents against their expected rows where they lie beside the project, else its own golden ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.golden import score_golden
from pipeline.run import ROOT, extract
from pipeline.sandbox import default_workers

FLOORS = ROOT / "floors.json"
_READABLE = (".txt", ".html", ".htm")
_STEP = 0.005


def evaluate(shared: Path, work: Path, errors: bool, raise_floors: bool) -> int:
    """Runs, scores, compares with the floors. Exit code: 0, or 1 when a figure lies below its floor or nothing was published."""
    if (shared / "score" / "score.py").is_file():
        print(f"scoring the real documents of {shared}")
        figures = _score_shared(shared, work, errors)
        kind = "shared"
    else:
        print(f"no real documents at {shared}: scoring the project's own golden documents")
        figures = score_golden(ROOT / "tests" / "documents", errors)
        kind = "golden"
    if figures is None:
        return 1
    return _compare(kind, figures, raise_floors)


def _score_shared(shared: Path, work: Path, errors: bool) -> dict[str, float] | None:
    """Extracts the whole corpus, scores the formats that have a reader, and returns the figures of the scorer."""
    outcome = extract(shared / "corpus", work / "out", default_workers(), False, lambda done, total, path: None)
    if outcome.release is None:
        print("nothing was published: run `python -m pipeline extract` on the corpus and read its list")
        return None
    gold = work / "gold"
    shutil.rmtree(gold, ignore_errors=True)
    gold.mkdir(parents=True)
    for path in sorted((shared / "gold" / "develop").glob("*.json")):
        if json.loads(path.read_text(encoding="utf-8"))["document"].endswith(_READABLE):
            shutil.copy(path, gold / path.name)
    figures = work / "figures.json"
    command = [
        sys.executable,
        str(shared / "score" / "score.py"),
        "--gold",
        str(gold),
        "--tables",
        str(outcome.release.folder),
        "--json",
        str(figures),
    ]
    if subprocess.run(command + (["--errors"] if errors else [])).returncode:
        print(f"the scorer {command[1]} failed: its own message is above")
        return None
    return _flat(json.loads(figures.read_text(encoding="utf-8")))


def _flat(summary: dict[str, Any]) -> dict[str, float]:
    """ "targets": {"found": {"f1": …}} → "targets.found"; the means keep their names."""
    flat: dict[str, float] = {}
    for name, value in summary.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{kind}": float(value[kind]["f1"]) for kind in ("found", "exact")}
        else:
            flat[name] = float(value)
    return flat


def _compare(kind: str, figures: dict[str, float], raise_floors: bool) -> int:
    """Prints what fell below its floor; floors only rise."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    known = floors.get(kind, {})
    below = {name: floor for name, floor in known.items() if figures.get(name, 0.0) < floor}
    for name, floor in sorted(below.items()):
        print(f"below the floor: {name} {figures.get(name, 0.0):.3f} < {floor:.3f}")
    if not below:
        print(f"every figure of {kind} is at or above its floor ({len(known)} floors)")
    better = {name: round(value - _STEP, 3) for name, value in figures.items() if value - _STEP > known.get(name, 0.0)}
    if better and raise_floors:
        floors[kind] = dict(sorted({**known, **better}.items()))
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"raised {len(better)} floors")
    return 1 if below else 0
