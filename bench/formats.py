"""CPU time of documents of every format, each beside its yardstick in the same run: python -m bench.formats FILE…

Yardsticks: python-docx going through paragraphs and tables; pdfplumber's own text and tables of the same pages; tesseract
alone on pictures of the same pages. Old Word files are converted in one batch and have no yardstick.
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import docx
import pdfplumber
import pypdfium2

from extractors.readers import office
from extractors.readers.context import Context
from extractors.readers.kinds import DOC, DOCX, ODT, PDF, RTF, kind_of
from pipeline.raw import RawFile
from pipeline.reading import Reading, read_bytes
from pipeline.rows import build_rows
from pipeline.scope import Source
from pipeline.sidecar import NONE
from pipeline.store import DiskStore

_RUNS = 5


def _cpu() -> float:
    """CPU seconds of this process and of the programs it waited for."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _spent(work: Callable[[], object]) -> float:
    start = _cpu()
    work()
    return _cpu() - start


def _in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[float, float]:
    """The least CPU of each over runs in turn, after one that warms up: what a busy machine adds falls on both."""
    ours()
    theirs()
    pairs = [(_spent(ours), _spent(theirs)) for _ in range(runs)]
    return min(p[0] for p in pairs), min(p[1] for p in pairs)


def _docx_alone(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    letters = sum(len(p.text) for p in document.paragraphs)
    return letters + sum(len(c.text) for t in document.tables for row in t.rows for c in row.cells)


def _pdfplumber_alone(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        letters = 0
        for page in pdf.pages:
            letters += len(page.extract_text()) + len(page.extract_tables())
            page.close()
        return letters


def _tesseract_alone(data: bytes) -> float:
    """CPU seconds of the program on the pages of a PDF, rendered at 300 dpi; rendering is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(data)
        names = [Path(folder) / f"{n}.png" for n in range(len(document))]
        for name, page in zip(names, document, strict=True):
            cv2.imwrite(str(name), page.render(scale=300 / 72).to_numpy())
        (Path(folder) / "list.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        command = ["tesseract", str(Path(folder) / "list.txt"), str(Path(folder) / "out"), "-l", "vie"]
        quiet = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        return _spent(lambda: subprocess.run(command, env=quiet, capture_output=True, check=True))


def _report(name: str, ours: float, yardstick: float | None, what: str) -> None:
    beside = f"{what} {1000 * yardstick:.0f} ms, ratio {ours / yardstick:.2f}" if yardstick else what
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"{name}: {1000 * ours:.0f} ms; {beside}; peak memory so far {peak} MB", flush=True)


def _to_rows(data: bytes) -> None:
    file = RawFile(Path("plan"), "plan", hashlib.sha256(data).hexdigest(), len(data), NONE)
    build_rows([Source("d-1", file, read_bytes(data), None)])


def _measure(path: Path) -> None:
    data = path.read_bytes()
    kind = kind_of(data)
    if kind == DOCX:
        _report(path.name, *_in_turn(lambda: _to_rows(data), lambda: _docx_alone(data), _RUNS), "python-docx alone")
        return
    if kind == PDF:
        readings: list[Reading] = []
        once = _spent(lambda: readings.append(read_bytes(data)))
        if readings[0].text_layer == "ocr":
            _report(path.name, once, _tesseract_alone(data), "tesseract alone")
        else:
            _report(
                path.name, *_in_turn(lambda: _to_rows(data), lambda: _pdfplumber_alone(data), 4), "pdfplumber alone"
            )
        return
    _report(path.name, _in_turn(lambda: _to_rows(data), lambda: None, _RUNS)[0], None, "no yardstick")


def _measure_batch(paths: Sequence[Path]) -> None:
    """Old Word files: the conversion of all of them, shared, and the reading of each."""
    with tempfile.TemporaryDirectory() as folder:
        store = DiskStore(Path(folder))
        pairs = [(hashlib.sha256(p.read_bytes()).hexdigest(), p) for p in paths]
        each = _spent(lambda: office.prepare(pairs, store)) / len(paths)
        for path in paths:
            data = path.read_bytes()
            ours = each + _in_turn(lambda data=data: read_bytes(data, Context(store)), lambda: None, 3)[0]  # type: ignore[misc]
            _report(path.name, ours, None, f"of which {1000 * each:.0f} ms are its share of converting {len(paths)}")


def main() -> None:
    """Prints CPU time and yardstick of each file, and the most memory that one process took up to then."""
    started = time.monotonic()
    paths = [Path(name) for name in sys.argv[1:]]
    old = [p for p in paths if kind_of(p.read_bytes()) in (DOC, ODT, RTF)]
    for path in paths:
        if path not in old:
            _measure(path)
    if old:
        _measure_batch(old)
    print(f"{time.monotonic() - started:.0f} s in all")


if __name__ == "__main__":
    main()
