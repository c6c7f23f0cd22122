"""Files that were made to do harm: read within 30 seconds and a gigabyte, and what came of them is said in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile import WORD
from tests.hostile_pages import PDFS, PICTURES, TEXTS, WEB
from tests.hostile_reader import Reader
from tests.hostile_sheets import ODS, SHEETS

Maker = Callable[[], bytes]
ALL = {f"{group}: {name}": make for group, makers in (
    ("word", WORD), ("sheets", SHEETS), ("ods", ODS), ("web", WEB), ("text", TEXTS), ("pdf", PDFS), ("picture", PICTURES)
) for name, make in makers.items()}  # fmt: skip
# PDFium gives up its process on these; in a run that costs the file, which fails with "the reader crashed on this file".
_CRASHING = frozenset({"pdf: forms that draw themselves", "pdf: forms that draw each other", "pdf: forms that double"})
_RESIDENT = 1300 << 20  # bytes: the limit of data, and the program itself, which all readers share


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    found = Reader()
    yield found
    found.close()


# Every third; all of them with SOAK set (make soak).
_CHOSEN = list(ALL) if "SOAK" in os.environ else [*list(ALL)[::3], *sorted(_CRASHING)]


@pytest.mark.slow
@pytest.mark.parametrize("name", dict.fromkeys(_CHOSEN))
def test_a_hostile_file_costs_itself_only(name: str, reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(ALL[name]())
    ended = reader.read(path)
    assert ended.peak < _RESIDENT
    if name in _CRASHING:
        assert ended.fault == "crashed: -6"
        return
    assert ended.fault is None
    assert ended.status in ("failed", "partial", "complete")
    if ended.status != "complete":
        assert ended.reason and "Traceback" not in ended.reason
    assert "root:" not in ended.text
    assert not Path("/tmp/hostile-out.xml").exists()
