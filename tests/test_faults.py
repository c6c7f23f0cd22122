"""Faults planted into the tables of a release are reported by the check that is right to."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.faults import FAULTS, plant_all
from pipeline.checks import check_release
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.issue_rows import remark_rows
from pipeline.names import province_rows
from pipeline.provenance import provenance_rows
from pipeline.raw import list_raw
from pipeline.reading import read_file
from pipeline.rows import Rows, build_rows
from pipeline.scope import Source
from pipeline.soundness import remarks

GOLDEN = Path(__file__).parent / "documents"


@pytest.fixture(scope="module")
def release() -> Rows:
    """The golden documents as one release."""
    files = [f for f in list_raw(GOLDEN) if "/source." in f.path]
    rows = build_rows([Source(f"d-{n}", f, read_file(f.location), None) for n, f in enumerate(files)])
    rows |= {"provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}
    rows["issues"] += remark_rows(remarks(rows))
    rows["provenance"] = provenance_rows(rows)
    return rows


def test_a_release_as_it_was_published_breaks_no_promise(release: Rows) -> None:
    assert check_release(release) == []


def test_planted_faults_are_reported(release: Rows) -> None:
    wanted = 3 * len(FAULTS)
    planted, reported, missed = plant_all(release, wanted, random.Random(5))
    assert sum(planted.values()) == wanted
    assert sum(reported.values()) >= 0.95 * wanted, missed
