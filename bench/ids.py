"""How many ids stay when documents change a little: python -m bench.ids FOLDER (of text and HTML files)."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from extractors.findings import Evidence
from pipeline.aliases import alias_rows
from pipeline.diff import Step
from pipeline.raw import RawFile, list_raw
from pipeline.reading import read_bytes
from pipeline.rows import Rows, build_rows
from pipeline.scope import Source

_KEYS = {
    "plans": "plan_id", "targets": "target_id", "task_groups": "task_group_id", "tasks": "task_id", "budgets": "budget_id", "references": "reference_id",
    "results": "result_id", "sections": "section_id",
}  # fmt: skip
_WORD = re.compile(r"(?<=\s)[a-zà-ỹ]{4,}(?=\s)")


def _rows(files: list[RawFile], change: Callable[[str], str]) -> Rows:
    sources = []
    for f in files:
        text = change(f.location.read_text(encoding="utf-8"))
        sources.append(Source(f"d-{f.path}", f, read_bytes(text.encode("utf-8")), None))
    return build_rows(sources)


def _sentence(text: str) -> str:
    """A sentence more in front of the first section."""
    new = "Công việc này được nhiều nơi quan tâm trong các năm qua và sẽ còn được bàn thêm."
    at = re.search(r"(?m)^(?:<p>)?\s*I\.\s", text)
    if at is None:
        return text
    line = f"<p>{new}</p>\n" if "<p" in text else f"{new}\n\n"
    return text[: at.start()] + line + text[at.start() :]


def _repair(dice: random.Random) -> Callable[[str], str]:
    """One word of a document with another letter, as a scan is mended."""

    def change(text: str) -> str:
        words = list(_WORD.finditer(text, len(text) // 3))
        if not words:
            return text
        m = dice.choice(words)
        word = m.group()
        return text[: m.start()] + word[:1] + ("x" if word[1] != "x" else "z") + word[2:] + text[m.end() :]

    return change


def _renamed(value: Any) -> Any:
    """Findings as rules of other names would have read them."""
    if isinstance(value, Evidence):
        return replace(value, rule=f"{value.rule}_renamed")
    if isinstance(value, tuple):
        return tuple(_renamed(v) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _renamed(getattr(value, f.name)) for f in fields(value)})
    return value


def _rows_of_renamed_rules(files: list[RawFile]) -> Rows:
    sources = []
    for f in files:
        reading = read_bytes(f.location.read_bytes())
        sources.append(Source(f"d-{f.path}", f, replace(reading, findings=_renamed(reading.findings)), None))
    return build_rows(sources)


def main() -> None:
    """Prints for each change how many ids stay, and how many of the others are aliases."""
    files = [f for f in list_raw(Path(sys.argv[1])) if f.path.endswith((".txt", ".html"))]
    before = _rows(files, str)
    ids = {(t, r[k]) for t, k in _KEYS.items() for r in before[t]}
    dice = random.Random(1)
    changed = {
        "files shuffled": _rows(dice.sample(files, len(files)), str),
        "rules renamed": _rows_of_renamed_rules(files),
        "a sentence elsewhere": _rows(files, _sentence),
        "one word of each document": _rows(files, _repair(dice)),
    }
    for name, after in changed.items():
        print(f"{name}: ", end="", flush=True)
        now = {(t, r[k]) for t, k in _KEYS.items() for r in after[t]}
        gone = ids - now
        led = {
            (a["table_name"], a["old_id"])
            for a in alias_rows(Step("before", before, after, {}, {}, {}), after["plan_aliases"], [], "next")
        }
        print(
            f"{len(ids - gone)} of {len(ids)} ids stay ({len(ids - gone) / len(ids):.2%}), {len(gone & led)} of the {len(gone)} others are aliases"
        )
        for table, old in sorted(gone - led)[:5]:
            print(f"  lost: {table} {old}")


if __name__ == "__main__":
    main()
