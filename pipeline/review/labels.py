"""What the pages call things, in Vietnamese and English: their own words, tables, columns and codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipeline.review.shelf import Shelf
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

    def of_tables(self, tables: Iterable[str]) -> dict[str, dict[str, Pair]]:
        """The labels of all codes that columns of some tables may have, by vocabulary."""
        wanted = {vocab for table in tables for vocab in vocabularies(table).values()}
        found: dict[str, dict[str, Pair]] = {}
        for (vocab, code), pair in self.codes.items():
            if vocab in wanted:
                found.setdefault(vocab, {})[code] = pair
        return found


def labels_of(shelf: Shelf) -> Labels:
    """The labels of a release."""
    rows = shelf.ask("SELECT vocab, code, label_vi, label_en FROM codes ORDER BY vocab, sort_order, code")
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
def is_nullable(table: str, column: str) -> bool:
    """Whether a column may be empty."""
    return next(c.nullable or c.type == "list" for c in _TABLES[table].columns if c.name == column)


@cache
def key_of(table: str) -> tuple[str, ...]:
    """The columns that identify a row of a table."""
    return _TABLES[table].key
