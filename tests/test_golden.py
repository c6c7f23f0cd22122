"""The project's own golden documents, written by reading them: every expected row is there and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.golden import compare, rows_of

DOCUMENTS = sorted(p.parent for p in (Path(__file__).parent / "documents").glob("*/expected.json"))


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda p: p.name)
def test_golden_document(folder: Path) -> None:
    _, misses = compare(json.loads((folder / "expected.json").read_text(encoding="utf-8")), rows_of(folder))
    assert misses == []


def test_a_missing_and_an_invented_row_are_both_named() -> None:
    rows = rows_of(DOCUMENTS[0])
    _, misses = compare({"results": [{"value": 5}], "targets": []}, rows)
    assert any(m.startswith("results: missing") for m in misses)
    assert any(m.startswith("targets: not expected") for m in misses)
