"""Names of files that were made to do harm: the document is read, and its name can be printed, filtered and opened in a spreadsheet."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from pipeline.raw import list_raw
from pipeline.report import summary
from pipeline.run import extract

SAMPLE = Path(__file__).parent.parent / "data" / "raw" / "samples" / "ke-hoach-nuoc-sach-hai-duong.html"
NAMES = {
    "a line break": "ke\nhoach.html",
    "the cursor moved and the screen cleared": "\x1b[2J\x1b[31mke.html",
    "letters turned around": "ke\u202elmth.exe",
    "an invisible letter": "ke\u200bhoach.html",
    "bytes that are no UTF-8": os.fsdecode(b"ke\xff\xfe.html"),
    "a formula": "=HYPERLINK(\"x\")&cmd|' -C calc'!A0.html",
    "markup": "<img src=x onerror=alert(1)>.html",
    "250 letters": "k" * 245 + ".html",
    "what a shell would run": "$(touch hostile);`id`.html",
    "an option": "--out=x.html",
    "no ending": "ke",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_listed_name_holds_nothing_that_a_terminal_obeys(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    (listed,) = list_raw(tmp_path)
    assert listed.location.read_bytes() == SAMPLE.read_bytes()
    assert listed.path.isprintable()
    assert not [c for c in listed.path if unicodedata.category(c)[0] == "C"]


def test_documents_of_such_names_are_read(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for n, name in enumerate(NAMES.values()):
        (raw / name).write_text(
            SAMPLE.read_text(encoding="utf-8").replace("77/KH-UBND", f"{n + 100}/KH-UBND"), encoding="utf-8"
        )
    shown: list[str] = []
    outcome = extract(raw, tmp_path / "out", 1, False, lambda done, total, path: shown.append(path))
    documents = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet")
    assert set(documents.status) == {"complete"}
    assert len(documents) == len(NAMES)
    assert all(path.isprintable() for path in (*documents.path, *shown))
    assert summary(outcome, tmp_path / "out").replace("\n", "").isprintable()


def test_folders_of_links_to_elsewhere_are_not_followed(tmp_path: Path) -> None:
    """A link that leaves the raw folder would bring in what nobody put there, and one to itself would never end."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("Kế hoạch", encoding="utf-8")
    (raw / "away").symlink_to(tmp_path / "elsewhere")
    (raw / "round").symlink_to(raw)
    (raw / "plan.html").write_bytes(SAMPLE.read_bytes())
    assert [f.path for f in list_raw(raw)] == ["plan.html"]
