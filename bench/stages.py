"""CPU of documents by stage, beside the floor of their format: python -m bench.stages [FILE …], by default the sample documents.

Stages: bytes to document, document to findings, findings to rows; warm, the least of several runs. Floor: the bytes through the parser alone (lxml for HTML; unzip and lxml for
DOCX and XLSX; PDFium's letters and pdfplumber's text and tables for PDF; decoding for text). Appends a line for each document to bench/history.csv.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pdfplumber
import pypdfium2
from lxml import etree
from lxml import html as lxml_html

from extractors.find import find
from extractors.readers import read
from extractors.readers.encodings import decode
from extractors.readers.kinds import DOCX, PDF, XLSX, kind_of
from pipeline.raw import RawFile
from pipeline.reading import read_bytes
from pipeline.rows import build_rows
from pipeline.scope import Source
from pipeline.sidecar import NONE
from pipeline.version import ROOT, program

HISTORY = ROOT / "bench" / "history.csv"
_RUNS = 7


def least(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The least CPU milliseconds of some runs, after one that warms up."""
    work()
    gc.collect()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def _unzipped(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(etree.fromstring(archive.read(name))) for name in archive.namelist() if name.endswith(".xml"))


def _pdfium(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    letters = 0
    for page in document:
        text = page.get_textpage()
        letters += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return letters


def _pdfplumber(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return sum(len(page.extract_text()) + len(page.extract_tables()) for page in pdf.pages)


def floors(data: bytes) -> dict[str, Callable[[], object]]:
    """What the parsers of a format alone do with the bytes, by name."""
    kind = kind_of(data)
    if kind in (DOCX, XLSX):
        return {"zip+lxml": lambda: _unzipped(data)}
    if kind == PDF:
        return {"pdfium": lambda: _pdfium(data), "pdfplumber": lambda: _pdfplumber(data)}
    text = decode(data)
    return {"lxml": lambda: lxml_html.fromstring(data)} if "<" in text[:200] else {"decoding": lambda: decode(data)}


def measure(path: Path) -> dict[str, float]:
    """Milliseconds of each stage, of all, and of each floor."""
    data = path.read_bytes()
    file = RawFile(Path("plan"), "plan", hashlib.sha256(data).hexdigest(), len(data), NONE)
    document, reading = read(data), read_bytes(data)
    found = {
        "read": least(lambda: read(data)),
        "find": least(lambda: find(document)),
        "rows": least(lambda: build_rows([Source("d-1", file, reading, None)])),
        "all": least(lambda: build_rows([Source("d-1", file, read_bytes(data), None)])),
    }
    return found | {name: least(work) for name, work in floors(data).items()}


def main() -> None:
    """Prints and keeps the figures."""
    samples = ROOT / "data" / "raw" / "samples"
    paths = [Path(name) for name in sys.argv[1:]] or sorted(p for p in samples.glob("ke-hoach*"))
    is_new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as stream:
        history = csv.writer(stream)
        if is_new:
            history.writerow(("day", "version", "document", "bytes", "stage", "cpu_ms"))
        for path in paths:
            figures = measure(path)
            beside = [
                f"{name} alone {ms:.1f} (ratio {figures['all'] / max(ms, 0.01):.1f})"
                for name, ms in figures.items()
                if name not in ("read", "find", "rows", "all")
            ]
            print(
                f"{path.name}, {path.stat().st_size} bytes: {figures['all']:.1f} ms (read {figures['read']:.1f}, find {figures['find']:.1f}, rows {figures['rows']:.1f}); {', '.join(beside)}",
                flush=True,
            )
            day, version = datetime.now(UTC).date().isoformat(), program()["code_version"]
            history.writerows(
                (day, version, path.name, path.stat().st_size, name, f"{ms:.1f}") for name, ms in figures.items()
            )


if __name__ == "__main__":
    main()
