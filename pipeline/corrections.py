"""What people put right: rows located by key or by their words, values set, rows dropped or added, issues accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from normalizers.text import collapse
from pipeline.checks import Failure
from pipeline.correction_values import unfit
from pipeline.ids import RowIds
from pipeline.schema import TABLES

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_TABLES = {t.name: t for t in TABLES}
_NEEDED = ("table", "reason", "author", "date")
_ACTIONS = ("set", "drop", "add")
_KNOWN = frozenset({*_NEEDED, *_ACTIONS, "where", "expect"})
RULE = "correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry: the table, which row (`where`), what is done (`set`, `drop` or `add`), what must stand there (`expect`), who says so, when and why."""

    number: int
    table: str
    where: Row
    expect: Row
    values: Row
    action: str
    reason: str
    author: str
    day: date

    @property
    def name(self) -> str:
        """How messages call the entry."""
        return f"entry {self.number}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a correction among some rows. `is_done` or a problem; `is_missing`: the row it means is not among them."""

    correction: Correction
    problem: str | None
    is_missing: bool


@dataclass(slots=True)
class Corrected:
    """The rows after all corrections, and what came of each."""

    rows: Rows
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def failures(self) -> list[Failure]:
        """What could not be done, where these are all rows."""
        return settle(self.attempts)


def settle(attempts: Sequence[Attempt]) -> list[Failure]:
    """The failures of corrections that were tried on the parts of a release: each must find its row in one part."""
    by_number: dict[int, list[Attempt]] = defaultdict(list)
    for a in attempts:
        by_number[a.correction.number].append(a)
    failures = []
    for own in by_number.values():
        problems: list[str | None] = [a.problem for a in own if a.problem and not a.is_missing]
        done = sum(a.problem is None for a in own)
        if not problems and done != 1:
            problems = (
                [f"{done} rows match {own[0].correction.where}: add columns to where until one does"]
                if done
                else [own[0].problem]
            )
        failures += [
            Failure("correction", own[0].correction.table, own[0].correction.name, p) for p in problems[:1] if p
        ]
    return failures


def load_corrections(path: Path) -> tuple[list[Correction], list[Failure]]:
    """Entries of a file of corrections, and what is wrong with it. A missing or empty file has none."""
    if not path.is_file():
        return [], []
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, ValueError) as problem:  # no UTF-8, or a day that is none: 2024-02-31
        return [], [Failure("correction", str(path), "-", f"the file is no YAML: {collapse(str(problem))[:160]}")]
    if not isinstance(entries, list):
        return [], [
            Failure("correction", str(path), "-", "the file must be a list of entries that begin with `- table:`")
        ]
    found: list[Correction] = []
    wrong: list[Failure] = []
    for number, entry in enumerate(entries, 1):
        mistake = _problem(entry)
        if mistake:
            wrong.append(Failure("correction", str(path), f"entry {number}", mistake))
            continue
        action = next(a for a in _ACTIONS if a in entry)
        values = entry[action] if isinstance(entry[action], dict) else {}
        where, expect = entry.get("where") or {}, entry.get("expect") or {}
        said = (entry["reason"], entry["author"], entry["date"])
        found.append(Correction(number, entry["table"], where, expect, values, action, *said))
    return found, wrong


def _problem(entry: object) -> str | None:
    """What is wrong with an entry, in words that say what to write; None for a whole one."""
    if not isinstance(entry, dict):
        return "an entry is a mapping: table, where, set (or drop, add), expect, reason, author, date"
    missing = [name for name in _NEEDED if not entry.get(name)]
    if missing:
        return f"{', '.join(missing)} is missing: every entry says table, reason, author and date"
    unknown = sorted(set(entry) - _KNOWN)
    if unknown:
        return f"unknown {', '.join(unknown)}: known are {', '.join(sorted(_KNOWN))}"
    if entry["table"] not in _TABLES:
        return f"there is no table {entry['table']}"
    if not isinstance(entry["date"], date):
        return f"date {entry['date']!r} is no day: write 2026-05-31"
    actions = [a for a in _ACTIONS if a in entry]
    if len(actions) != 1:
        return "an entry does one thing: set, drop or add"
    columns = {c.name for c in _TABLES[entry["table"]].columns}
    for part in ("set", "add", "expect"):
        if part in entry and entry[part] is not True:
            if not isinstance(entry[part], dict):
                return f"{part} is a mapping of columns and values"
            if other := sorted(set(entry[part]) - columns - {"document", "quote"}):
                return f"{entry['table']} has no column {', '.join(other)}"
            if part != "expect" and (mistake := unfit(_TABLES[entry["table"]], entry[part])):
                return mistake
    where = entry.get("where")
    if where is not None and not isinstance(where, dict):
        return "where is a mapping: id, or document and quote, or columns and values"
    if where and (other := sorted(set(map(str, where)) - columns - {"id", "document", "quote"})):
        return f"{entry['table']} has no column {', '.join(other)} for where: known beside its columns are id, document, quote"
    if actions[0] != "add" and not where:
        return "where is missing: name the row by its id, or by document and quote"
    if actions[0] == "set" and not entry.get("expect"):
        return "expect is missing: write the values that stand there now, so that the entry is noticed when they change"
    return None


def apply_corrections(rows: Rows, corrections: list[Correction]) -> Corrected:
    """The rows with every correction carried out in its order. One that finds no row, several rows, or other values than it expects fails
    and changes nothing. Corrected and added rows have the rule "correction"."""
    done = Corrected({name: list(own) for name, own in rows.items()})
    ids = RowIds("co")
    for c in corrections:
        missing = _missing(c, done.rows)
        problem = missing or (_add(c, done.rows, ids) if c.action == "add" else _change(c, done.rows))
        done.attempts.append(Attempt(c, problem, missing is not None))
    return done


def _missing(c: Correction, rows: Rows) -> str | None:
    """Says so when the row or document that a correction means is not among these rows."""
    if c.action == "add":
        path = c.values.get("document")
        if any(d["path"] == path for d in rows.get("documents", [])):
            return None
        return f"there is no document {path!r}: name it by its path below the raw folder"
    if any(_is_meant(c, row, rows) for row in rows.get(c.table, [])):
        return None
    return f"no row of {c.table} matches {c.where}: what it put right is gone, remove the entry or locate the row anew"


def _change(c: Correction, rows: Rows) -> str | None:
    found = [row for row in rows[c.table] if _is_meant(c, row, rows)]
    if len(found) > 1:
        return f"{len(found)} rows of {c.table} match {c.where}: add columns to where until one does"
    row = found[0]
    differing = {k: row.get(k) for k, v in c.expect.items() if not _same(row.get(k), v)}
    if differing:
        return f"expected { ({k: c.expect[k] for k in differing}) }, found {differing}: read the document again, then remove the entry or write the new values into expect"
    own = rows[c.table]
    if c.action == "drop":
        own.remove(row)
        if c.table == "tasks":
            rows["task_agencies"] = [m for m in rows["task_agencies"] if m["task_id"] != row["task_id"]]
    else:
        marked = {"rule": RULE} if "rule" in row and c.table != "issues" else {}
        own[own.index(row)] = row | c.values | marked
    return None


def _is_meant(c: Correction, row: Row, rows: Rows) -> bool:
    """Whether `where` names a row: `id` its key, `document` the path of its file, `quote` its words, anything else a column."""
    for name, value in c.where.items():
        if name == "id":
            if row.get(_TABLES[c.table].key[0]) != value:
                return False
        elif name == "document":
            if row.get("document_id") not in {
                d["document_id"] for d in rows.get("documents", []) if d["path"] == value
            }:
                return False
        elif name == "quote":
            if collapse(row.get("quote") or "") != collapse(str(value)):
                return False
        elif not _same(row.get(name), value):
            return False
    return True


def _same(stored: object, written: object) -> bool:
    if isinstance(stored, date) and isinstance(written, str):
        return stored.isoformat() == written
    return stored == written


def _add(c: Correction, rows: Rows, ids: RowIds) -> str | None:
    """Adds a row read from words of a document that no rule reads: `document`, `quote` and the columns."""
    table = _TABLES[c.table]
    path, quote = c.values.get("document"), str(c.values.get("quote") or "")
    document = next(d for d in rows["documents"] if d["path"] == path)
    text = next((t["text"] for t in rows["texts"] if t["document_id"] == document["document_id"]), "")
    start = text.find(quote) if quote else -1
    if start < 0 or text.find(quote, start + 1) >= 0:
        return f"the quote {quote[:60]!r} stands {'several times' if start >= 0 else 'nowhere'} in {path}: quote words that stand there once"
    plan = next(
        (
            p["plan_id"]
            for p in rows["plan_documents"]
            if p["document_id"] == document["document_id"] and p["role_code"] != "mention"
        ),
        None,
    )
    row: Row = {column.name: None for column in table.columns}
    row |= {
        "document_id": document["document_id"],
        "plan_id": plan,
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
        "rule": RULE,
        "is_primary": True,
    }
    row |= {k: v for k, v in c.values.items() if k not in ("document", "quote")}
    row[table.key[0]] = row[table.key[0]] or ids.give(c.table, path, quote, *map(str, sorted(c.values.items())))
    rows[c.table].append({k: v for k, v in row.items() if k in {column.name for column in table.columns}})
    return None
