"""Tables of many shards become one table: in order, the same bytes however they are divided, within a limit of memory."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import merge
from pipeline.database import database
from pipeline.merge import merge_table
from pipeline.schema import TABLES
from pipeline.tables import arrow_table, write_table

TEXTS = next(t for t in TABLES if t.name == "texts")


def parts(folder: Path, seed: int, count: int) -> list[Path]:
    """Three hundred rows, dealt to so many files."""
    folder.mkdir()
    rows = [{"document_id": f"d-{n:04x}", "text": f"Điều {n}. " + "lời " * (n % 50)} for n in range(300)]
    random.Random(seed).shuffle(rows)
    found = [folder / f"{n}.parquet" for n in range(count)]
    for n, path in enumerate(found):
        write_table(arrow_table(TEXTS, rows[n::count]), path)
    return found


def merged(tmp_path: Path, seed: int, count: int) -> bytes:
    out, spill = tmp_path / f"{seed}.parquet", tmp_path / f"spill{seed}"
    with database(tmp_path / "db") as connection:
        merge_table(connection, TEXTS, parts(tmp_path / f"parts{seed}", seed, count), out, spill)
    assert not spill.exists() or not list(spill.iterdir())
    return out.read_bytes()


def test_rows_come_in_order(tmp_path: Path) -> None:
    merged(tmp_path, 1, 7)
    assert pq.read_table(tmp_path / "1.parquet")["document_id"].to_pylist() == [f"d-{n:04x}" for n in range(300)]


def test_what_is_sorted_in_pieces_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = merged(tmp_path, 1, 7)
    monkeypatch.setattr(merge, "_PIECE", 2000)
    monkeypatch.setattr(merge, "_MOST", 3)
    assert merged(tmp_path, 2, 40) == whole


def test_rows_of_one_value_are_not_divided_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "_PIECE", 1)
    path = tmp_path / "one.parquet"
    write_table(arrow_table(TEXTS, [{"document_id": "d-1", "text": "a"}] * 10), path)
    with database(tmp_path / "db") as connection:
        merge_table(connection, TEXTS, [path, path], tmp_path / "out.parquet", tmp_path / "spill")
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == 20
