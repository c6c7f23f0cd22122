"""Cases written by people who had not seen the word lists: what a sentence or a cell says, in YAML beside the tests that read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent


def cases(name: str, gap: str = "gap") -> list[Any]:
    """The cases of a file as parameters; one with the key `gap` (why it is not read yet) must fail. A file read by two tests names the gaps
    of the second by a key of its own."""
    raw = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return [
        pytest.param(case, id=f"{n}", marks=[pytest.mark.xfail(strict=True, reason=case[gap])] if gap in case else [])
        for n, case in enumerate(raw)
    ]
