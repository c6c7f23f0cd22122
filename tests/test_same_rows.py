"""One plan gives the same rows from every format it is published in: the sample plan, converted, printed and scanned."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from pipeline.reading import Reading, read_bytes
from tests.pictures import encoded

SAMPLE = Path(__file__).parent.parent / "data" / "raw" / "samples" / "ke-hoach-nuoc-sach-hai-duong.html"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: run make system"),
]


def converted(source: Path, kind: str, *options: str) -> Path:
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", *options, "--convert-to", kind, "--outdir", str(source.parent), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return source.with_suffix(f".{kind}")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as DOCX; the other formats are made of it."""
    folder = tmp_path_factory.mktemp("formats")
    shutil.copy(SAMPLE, folder / "plan.html")
    return converted(folder / "plan.html", "docx", "--infilter=HTML (StarWriter)")


def rows(reading: Reading) -> dict[str, list[Any]]:
    """What the tables say, without the places in the text."""
    found = reading.findings
    assert found is not None and found.plan is not None, reading.reason
    plan = found.plan
    return {
        "plan": [plan.number_symbol, plan.issued_date, plan.title, plan.period_start_year, plan.period_end_year],
        "signer": [found.header.signer_name],
        "targets": [
            (t.text, t.value_kind, t.value_min, t.value_max, t.unit_code, t.target_year) for t in found.targets
        ],
        "groups": [(g.label, g.name, g.category_codes) for g in found.groups],
        "tasks": [(t.label, t.group, t.name, t.start_year, t.end_year, t.deadline_text) for t in found.tasks],
        "agencies": [
            (t.number, m.role_code, m.agency.code if m.agency else m.text) for t in found.tasks for m in t.mentions
        ],
        "budgets": [(b.scope_code, b.breakdown_code, b.task, b.amount_vnd, b.source_codes) for b in found.budgets],
    }


@pytest.fixture(scope="module")
def expected() -> dict[str, list[Any]]:
    return rows(read_bytes(SAMPLE.read_bytes()))


def test_docx(plan: Path, expected: dict[str, list[Any]]) -> None:
    assert rows(read_bytes(plan.read_bytes())) == expected


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf", "pdf"])
def test_converted(plan: Path, expected: dict[str, list[Any]], kind: str) -> None:
    assert rows(read_bytes(converted(plan, kind).read_bytes())) == expected


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed: run make system")
def test_scanned(plan: Path, expected: dict[str, list[Any]]) -> None:
    """200 dpi, half a degree askew, with noise; words may suffer, amounts, years, agencies and numbers may not."""
    document = pypdfium2.PdfDocument(converted(plan, "pdf").read_bytes())
    noise = np.random.default_rng(1)
    pages = []
    for page in document:
        flat = (
            page.render(scale=200 / 72)
            .to_pil()
            .convert("L")
            .rotate(0.5, fillcolor=255, resample=Image.Resampling.BICUBIC)
        )
        grey = np.asarray(flat, dtype=np.float64) + noise.normal(0, 8, (flat.height, flat.width))
        pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    read = rows(read_bytes(encoded(pages[0], "TIFF", pages[1:])))
    assert read["plan"][0:2] == expected["plan"][0:2]
    assert read["budgets"] == expected["budgets"]
    assert read["agencies"] == expected["agencies"]
    assert [t[:2] + t[3:5] for t in read["tasks"]] == [t[:2] + t[3:5] for t in expected["tasks"]]
    assert [t[1:] for t in read["targets"]] == [t[1:] for t in expected["targets"]]
