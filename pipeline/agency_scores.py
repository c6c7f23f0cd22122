"""How well agencies are read on the tasks that were found: what the scorer mixes with tasks that were missed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalizers.text import plain
from pipeline.tables import read_rows

_SAME_CLASS = 0.75  # share of words two classes have in common when they are the same


@dataclass(slots=True)
class AgencyScore:
    """Counts over all documents: agencies expected and read on matched tasks, found (role and name), exact (class and place too)."""

    expected: int = 0
    read: int = 0
    found: int = 0
    exact: int = 0

    def f1(self, hits: int) -> float:
        """F1 of a count of hits; 1.0 where nothing was expected or read."""
        return 2 * hits / (self.expected + self.read) if self.expected + self.read else 1.0


def score_agencies(gold: Path, tables: Path) -> AgencyScore:
    """Compares the agencies of tasks whose words are the same in the expected rows (`gold`, a folder of JSON) and in a release."""
    rows = {name: read_rows(tables / f"{name}.parquet") for name in ("documents", "tasks", "task_agencies", "agencies")}
    documents = {Path(str(d["path"])).name: d["document_id"] for d in rows["documents"]}
    names = {a["agency_id"]: (plain(a["name_vi"]), str(a["agency_id"]).split(":")[0]) for a in rows["agencies"]}
    mentions = _by(rows["task_agencies"], "task_id")
    tasks = _by(rows["tasks"], "document_id")
    score = AgencyScore()
    for path in sorted(gold.glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        waiting = _by_words(tasks[documents.get(expected["document"], "")])
        for task in expected.get("tasks") or []:
            same = waiting.get(_words(task["text"]))
            if same and task.get("agencies") is not None:
                own = next((t for t in same if t["label"] == task.get("label")), same[0])
                same.remove(own)
                _compare(task["agencies"], mentions[own["task_id"]], names, score)
    return score


def _by(rows: list[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _by_words(tasks: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for t in sorted(tasks, key=lambda t: t["ordinal"]):
        found[_words(t["name_vi"])].append(t)
    return found


def _words(text: str) -> str:
    """The first words of a task without accents and marks; expected rows hold thirty words at most."""
    letters = "".join(c if c.isalnum() else " " for c in plain(text))
    return " ".join(letters.split()[:24])


def _compare(
    wanted: list[dict[str, Any]], got: list[dict[str, Any]], names: dict[str, tuple[str, str]], score: AgencyScore
) -> None:
    left = list(got)
    score.expected += len(wanted)
    score.read += len(got)
    for w in wanted:
        hit = next((g for g in left if g["role_code"] == w["role"] and _same(w, g, names)), None)
        if hit is None:
            continue
        left.remove(hit)
        score.found += 1
        place = names.get(hit["agency_id"] or "", ("", ""))[1]
        score.exact += bool(w.get("class")) == hit["is_class"] and (
            bool(w.get("class")) or w.get("place") is None or w["place"] == place
        )


def _same(wanted: dict[str, Any], got: dict[str, Any], names: dict[str, tuple[str, str]]) -> bool:
    if not wanted.get("class"):
        name, place = names.get(got["agency_id"] or "", ("", ""))
        return plain(wanted["name"]) in (name, f"{name} {place.replace('-', ' ')}")
    left, right = (set(_words(text).split()) for text in (wanted.get("mention") or wanted["name"], got["mention_text"]))
    return len(left & right) >= _SAME_CLASS * max(len(left | right), 1)
