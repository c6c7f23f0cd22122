"""Scans and pictures: read by tesseract, kept by content, and a clear word where the program is missing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.document import Document, UnreadableError
from extractors.readers import read, second_look, tesseract
from extractors.readers.askew import Print
from extractors.readers.context import Context
from extractors.readers.second_look import confirmed
from extractors.readers.tesseract import Read
from extractors.readers.words import Word
from pipeline.store import DiskStore
from tests.pictures import blank, encoded, grid, write

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: run make system"
)
LANDSCAPE = (3508, 2480)


def table_page(first: Sequence[str] = ("1", "Open two classes", "2024", "120")) -> Image.Image:
    """A landscape page with a heading and a ruled table of four columns and three rows."""
    page = blank(LANDSCAPE)
    write(page, (300, 250), ["ANNEX OF TASKS AND MONEY"], size=60)
    grid(page, [300, 600, 1900, 2400, 3200], [400, 520, 700, 880])
    for row, cells in enumerate((("TT", "Task", "Year", "Amount"), first, ("2", "Print leaflets", "2025", "3,500"))):
        for x, cell in zip((330, 640, 1940, 2440), cells, strict=True):
            write(page, (x, (430, 560, 740)[row]), [cell])
    return page


def cells_of(document: Document) -> list[list[str]]:
    (table,) = [b.table for b in document.blocks if b.table is not None]
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


EXPECTED = [
    ["TT", "Task", "Year", "Amount"],
    ["1", "Open two classes", "2024", "120"],
    ["2", "Print leaflets", "2025", "3,500"],
]


@needs_tesseract
@pytest.mark.slow
def test_a_table_on_a_picture_is_a_table() -> None:
    document = read(encoded(table_page()))
    assert cells_of(document) == EXPECTED
    assert document.text.startswith("ANNEX OF TASKS AND MONEY")
    assert (document.text_layer, document.media_type, document.page_count) == ("ocr", "image/png", 1)


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_wrongly_is_turned(turn: int) -> None:
    page = table_page()
    write(page, (300, 1100), ["This page lies on its side or stands on its head in the scanner"] * 6)
    assert cells_of(read(encoded(page.rotate(turn, expand=True)))) == EXPECTED


@needs_tesseract
@pytest.mark.slow
def test_a_scan_in_a_pdf_has_pages_and_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = blank((1240, 1754))
    write(first, (100, 100), ["The first page of the plan"], size=40)
    second = blank((1240, 1754))
    write(second, (100, 100), ["The second page of the plan"], size=40)
    data = encoded(first, "PDF", [second])
    told: list[tuple[int, int]] = []
    context = Context(DiskStore(tmp_path), lambda done, total: told.append((done, total)))
    document = read(data, context)
    assert document.text.split("\n")[:2] == ["The first page of the plan", "The second page of the plan"]
    assert [document.page_at(document.text.index(w)) for w in ("first", "second")] == [1, 2]
    assert told[-1] == (2, 2)

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a page was recognised again")

    with monkeypatch.context() as without:
        without.setattr(tesseract, "read_pictures", refuse)
        assert read(data, context) == document
    for kept in tmp_path.iterdir():
        kept.write_bytes(b"damaged")
    assert read(data, context) == document


@needs_tesseract
@pytest.mark.slow
def test_dark_marks_without_letters_are_no_words() -> None:
    page = blank((1600, 1200))
    for n in range(12):
        ImageDraw.Draw(page).ellipse([100 + n * 110, 500, 130 + n * 110, 520 + n], fill=(0, 0, 0))
    with pytest.raises(UnreadableError, match="no words were found"):
        read(encoded(page))


def test_without_the_program_the_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UnreadableError, match=r"make system.*sudo apt-get install .*tesseract-ocr-vie"):
        read(encoded(table_page()))


def test_without_vietnamese_data_the_command_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho \"Failed loading language 'vie'\" >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    with pytest.raises(UnreadableError, match=r"data for Vietnamese.*make system"):
        read(encoded(table_page()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_cut_off_says_so(kind: str) -> None:
    data = encoded(table_page(), kind)
    with pytest.raises(UnreadableError, match="cut off or damaged"):
        read(data[: len(data) // 2])


def test_a_monstrous_picture_is_refused() -> None:
    huge = Image.new("1", (30_000, 30_000))
    with pytest.raises(UnreadableError, match="more pixels than any page"):
        read(encoded(huge))


def second_reading(monkeypatch: pytest.MonkeyPatch, first: str, second: str) -> Word:
    def seen(pictures: Sequence[object], layout: int, media_type: str, language: str = "vie") -> list[list[Read]]:
        return [[Read(second, 0, 0, 9, 9, 90.0, (1, 1, 1))] for _ in pictures]

    monkeypatch.setattr(second_look.tesseract, "read_pictures", seen)
    paper = np.full((99, 99), 255, np.uint8)
    (word,) = confirmed(Print(paper, paper, np.eye(2, 3)), [Word(first, 20, 20, 60, 40)], "image/png")
    return word


@pytest.mark.parametrize(
    ("first", "second", "text", "suspect"),
    [
        ("1.250", "1.250", "1.250", None),
        ("1.250", "1.260", "1.250", "ocr_number"),
        ("§87,9", "887,9", "887,9", "ocr_number"),
        ("$.2.", "3.2.", "3.2.", "ocr_number"),
        ("45QĐ-UBND", "45/QD-UBND", "45/QĐ-UBND", None),
        ("274/2012", "27/4/2012", "27/4/2012", None),
        ("2.1.", "21.", "2.1.", None),
        ("l", "1", "1", "ocr_number"),
        ("12/KH-UBND", "12/KH-UBNO", "12/KH-UBND", None),
    ],
)
def test_numbers_are_looked_at_twice(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, text: str, suspect: str | None
) -> None:
    word = second_reading(monkeypatch, first, second)
    assert (word.text, word.suspect) == (text, suspect)


def test_words_without_figures_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert second_reading(monkeypatch, "thôn", "then") == Word("thôn", 20, 20, 60, 40)
