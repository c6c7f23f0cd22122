"""Runs the tesseract program on pictures of text and returns words with their boxes."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2

from extractors.document import MissingProgramError, UnreadableError
from extractors.readers.imaging import Image
from extractors.readers.programs import run_program

_SECONDS_PER_PICTURE = 60
_INSTALL = "sudo apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie"

PAGE, BLOCK, LINE = 3, 6, 7  # how tesseract lays a picture out: by itself, as one block of lines, as one line


@dataclass(frozen=True, slots=True)
class Read:
    """A word tesseract read: its box in pixels of its picture, how sure it is (0 to 100), and the line it stands in."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]


def read_pictures(pictures: Sequence[Image], layout: int, media_type: str, language: str = "vie") -> list[list[Read]]:
    """The words of each picture, in tesseract's order. `layout`: PAGE, BLOCK or LINE; `language`: a model of tesseract.

    One process reads all pictures: loading the language costs as much as reading a line. Raises UnreadableError when
    the program or its Vietnamese data is missing, or when it fails.
    """
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        listed = _saved(pictures, Path(folder))
        words = Path(folder) / "words"
        command = [
            _program(media_type),
            str(listed),
            str(words),
            "-l",
            language,
            "--psm",
            str(layout),
            "--dpi",
            "300",
            "tsv",
        ]
        _run(command, len(pictures) * _SECONDS_PER_PICTURE, media_type)
        return _words(words.with_suffix(".tsv"), len(pictures))


def quarter_turns(picture: Image, media_type: str) -> int:
    """By how many quarters a page must be turned clockwise for its letters to stand upright: 0 to 3, 0 when it holds too few
    letters to tell. Raises UnreadableError when the program is missing."""
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        listed = _saved([picture], Path(folder))
        told = Path(folder) / "turn"
        try:
            _run(
                [_program(media_type), str(listed), str(told), "--psm", "0", "--dpi", "300"],
                _SECONDS_PER_PICTURE,
                media_type,
            )
        except UnreadableError:  # "Too few characters"
            return 0
        turn = re.search(r"Rotate: (\d+)", told.with_suffix(".osd").read_text(encoding="utf-8"))
    return int(turn[1]) // 90 % 4 if turn else 0


@cache
def version() -> str:
    """The version of the program, "none" where there is none: another version may read other words."""
    program = shutil.which("tesseract")
    if program is None:
        return "none"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"tesseract v?([\w.]+)", said.stdout + said.stderr)
    return found[1] if found else "unknown"


def _program(media_type: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise MissingProgramError(_needs("tesseract"), media_type)
    return program


def _saved(pictures: Sequence[Image], folder: Path) -> Path:
    """Writes pictures into a folder, and the list of them that tesseract reads."""
    names = [folder / f"{n}.png" for n in range(len(pictures))]
    for name, picture in zip(names, pictures, strict=True):
        cv2.imwrite(str(name), picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    listed = folder / "pictures.txt"
    listed.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return listed


def _run(command: list[str], seconds: float, media_type: str) -> None:
    try:
        ran = run_program(command, seconds, {"OMP_THREAD_LIMIT": "1"})
    except TimeoutError:
        raise UnreadableError(
            f"tesseract took longer than {seconds:.0f} seconds on a page: split the file", media_type
        ) from None
    if ran.code:
        said = ran.said.strip()
        if "loading language" in said.lower() or "load any languages" in said.lower():
            raise MissingProgramError(_needs("tesseract's data for Vietnamese and English"), media_type)
        raise UnreadableError(f"tesseract failed on a page ({said[-200:]}): check the file in a viewer", media_type)


def _needs(what: str) -> str:
    return f"a scan, and reading it needs {what}: run `make system`, or `{_INSTALL}`, and extract again"


def _words(path: Path, count: int) -> list[list[Read]]:
    found: list[list[Read]] = [[] for _ in range(count)]
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = (row["text"] or "").strip()
            if row["level"] != "5" or not text:
                continue
            left, top = int(row["left"]), int(row["top"])
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            found[int(row["page_num"]) - 1].append(
                Read(text, left, top, left + int(row["width"]), top + int(row["height"]), float(row["conf"]), line)
            )
    return found
