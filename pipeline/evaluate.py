"""Scores the extraction: real documents against their expected rows where they lie beside the project, else its own golden ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.agency_scores import score_agencies
from pipeline.golden import score_golden
from pipeline.progress import progress_bar
from pipeline.rule_support import print_support
from pipeline.run import extract
from pipeline.sandbox import default_workers
from pipeline.version import ROOT

FLOORS = ROOT / "floors.json"
_STEP = 0.005
_TYPED = (".txt", ".html")


def evaluate(shared: Path, work: Path, errors: bool, raise_floors: bool) -> int:
    """Runs, scores, compares with the floors. Exit code: 0, or 1 when a figure lies below its floor or nothing was published."""
    if (shared / "score" / "score.py").is_file():
        print(f"scoring the real documents of {shared}")
        scored = _score_shared(shared, work, errors)
    else:
        print(f"no real documents at {shared}: scoring the project's own golden documents")
        golden = score_golden(ROOT / "tests" / "documents", errors)
        scored = {"golden": golden} if golden is not None else None
    if scored is None:
        return 1
    return max([_compare(kind, figures, raise_floors) for kind, figures in scored.items()])


def _score_shared(shared: Path, work: Path, errors: bool) -> dict[str, dict[str, float]] | None:
    """Extracts the documents that have expected rows, and returns the figures of the scorer: those of all formats, and those
    of text and web pages alone, so that what is gained on one cannot hide what is lost on the other."""
    gold = shared / "gold" / "develop"
    raw = _linked(shared / "corpus", gold, work / "raw")
    with progress_bar() as progress:
        outcome = extract(raw, work / "out", default_workers(), False, progress)
    if outcome.release is None:
        print("nothing was published: run `python -m pipeline extract` on the corpus and read its list")
        return None
    typed = work / "typed"
    shutil.rmtree(typed, ignore_errors=True)
    typed.mkdir(parents=True)
    for expected in _expected(gold):
        if expected.document.endswith(_TYPED):
            shutil.copy(expected.path, typed)
    scored = {}
    for kind, folder in (("shared", typed), ("formats", gold)):
        print(f"{'text and web pages' if kind == 'shared' else 'every format'}:")
        figures = _scores(shared / "score" / "score.py", folder, outcome.release.folder, work / "figures.json", errors)
        if figures is None:
            return None
        agencies = score_agencies(folder, outcome.release.folder)
        for name, hits in (("found", agencies.found), ("exact", agencies.exact)):
            figures[f"agencies_of_matched_tasks.{name}"] = agencies.f1(hits)
        print(
            f"agencies of matched tasks: {agencies.expected} expected, F1 found {agencies.f1(agencies.found):.3f}, exact {agencies.f1(agencies.exact):.3f}"
        )
        scored[kind] = figures
    print_support(outcome.release.folder)
    return scored


def _scores(scorer: Path, gold: Path, tables: Path, figures: Path, errors: bool) -> dict[str, float] | None:
    command = [sys.executable, str(scorer), "--gold", str(gold), "--tables", str(tables), "--json", str(figures)]
    if subprocess.run(command + (["--errors"] if errors else [])).returncode:
        print(f"the scorer {scorer} failed: its own message is above")
        return None
    return _flat(json.loads(figures.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class _Expected:
    """A file of expected rows and the name of the document they belong to."""

    path: Path
    document: str


def _expected(gold: Path) -> list[_Expected]:
    files = sorted(gold.glob("*.json"))
    return [_Expected(f, json.loads(f.read_text(encoding="utf-8"))["document"]) for f in files]


def _linked(corpus: Path, gold: Path, raw: Path) -> Path:
    """A folder of links to the documents that have expected rows: the others need not be read to be scored."""
    shutil.rmtree(raw, ignore_errors=True)
    raw.mkdir(parents=True)
    documents = {path.name: path for path in corpus.rglob("*") if path.is_file()}
    for expected in _expected(gold):
        (raw / expected.document).symlink_to(documents[expected.document].resolve())
    return raw


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
