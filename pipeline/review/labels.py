"""What the pages call things, in Vietnamese and English: their own words, tables, columns and codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipeline.review.shelf import Row, Shelf
from pipeline.schema import TABLES

Pair = tuple[str, str]
_TABLES = {t.name: t for t in TABLES}


@cache
def words() -> dict[str, Pair]:
    """The words of the pages by name: Vietnamese, English."""
    found = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return {name: (vi, en) for name, (vi, en) in found.items()}


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of codes, by vocabulary and code."""

    codes: dict[tuple[str, str], Pair]

    def of(self, vocab: str, code: str | None) -> Pair:
        """What a code is called; the code itself where nobody named it, a dash for none."""
        return ("–", "–") if code is None else self.codes.get((vocab, code), (code, code))

    def used(self, rows: Iterable[tuple[str, Row]]) -> dict[str, dict[str, Pair]]:
        """The labels of the codes that rows use (each with its table), by vocabulary."""
        found: dict[str, dict[str, Pair]] = {}
        for table, row in rows:
            for column, vocab in vocabularies(table).items():
                values = row.get(column) or []
                for code in [values] if isinstance(values, str) else values:
                    found.setdefault(vocab, {})[code] = self.of(vocab, code)
        return found


def labels_of(shelf: Shelf) -> Labels:
    """The labels of a release."""
    rows = shelf.ask("SELECT vocab, code, label_vi, label_en FROM codes")
    return Labels(
        {
            (r["vocab"], r["code"]): (r["label_vi"] or r["code"], r["label_en"] or r["label_vi"] or r["code"])
            for r in rows
        }
    )


@cache
def vocabularies(table: str) -> dict[str, str]:
    """The vocabulary of each column of codes of a table."""
    return {c.name: c.vocab for c in _TABLES[table].columns if c.vocab is not None}


@cache
def columns(table: str) -> dict[str, Pair]:
    """What the columns of a table are called."""
    return {c.name: (c.description_vi, c.description_en) for c in _TABLES[table].columns}


@cache
def kinds(table: str) -> dict[str, str]:
    """The type of each column of a table."""
    return {c.name: c.type for c in _TABLES[table].columns}


@cache
def key_of(table: str) -> tuple[str, ...]:
    """The columns that identify a row of a table."""
    return _TABLES[table].key
