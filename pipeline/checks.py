"""What must hold before a release is published: keys, references, vocabularies, nulls, evidence, bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.provenance import missing_rows
from pipeline.schema import TABLES, Table
from pipeline.soundness import remarks

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that breaks a promise of the data model."""

    check: str
    table: str
    row: str
    message: str

    def __str__(self) -> str:
        return f"{self.check:12} {self.table} {self.row}: {self.message}"


def run_checks(rows: Rows) -> list[Failure]:
    """Every failure of every check, in the order of the tables."""
    return [
        failure
        for table in TABLES
        for check in (_keys, _references, *_OF_A_ROW)
        for failure in check(table, rows.get(table.name, []), rows)
    ]


def check_rows(rows: Rows) -> list[Failure]:
    """Failures of the checks that need no other rows than these, their texts and the vocabularies: nulls, codes, evidence, bounds."""
    return [f for table in TABLES for check in _OF_A_ROW for f in check(table, rows.get(table.name, []), rows)]


def check_release(rows: Rows) -> list[Failure]:
    """Every broken promise of a published release: those of `run_checks`, rows lost since it was published, and what the checks of its values
    find that its issues do not say."""
    lost = [
        Failure(
            "row_missing",
            table,
            rule or "-",
            f"{now} rows now, {before} when published: restore the table or extract again",
        )
        for table, rule, now, before in missing_rows(rows)
    ]
    said = {(i["check_code"], i["table_name"], i["row_id"], i["column_name"]) for i in rows.get("issues", [])}
    new = [r for r in remarks(rows) if (r.code, r.table, r.row_id, r.column) not in said]
    return [
        *run_checks(rows),
        *lost,
        *(Failure(r.code, r.table, r.row_id, f"{r.column or 'row'}: {r.en}") for r in new),
    ]


def describe(failures: list[Failure]) -> str:
    """The failures as lines to read, the first ones in full."""
    lines = [str(f) for f in failures[:_SHOWN]]
    if len(failures) > _SHOWN:
        lines.append(f"… and {len(failures) - _SHOWN} more")
    return "\n".join(lines)


def _name(table: Table, row: Row) -> str:
    return "/".join(str(row.get(k)) for k in table.key)


def _keys(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """No two rows of one key."""
    seen: set[tuple[Any, ...]] = set()
    for row in own:
        values = tuple(row.get(k) for k in table.key)
        if values in seen:
            yield Failure("key", table.name, _name(table, row), "the key stands twice")
        seen.add(values)


def _nulls(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """No null where the schema allows none."""
    needed = [c.name for c in table.columns if not c.nullable]
    for row in own:
        for name in needed:
            if row.get(name) is None:
                yield Failure("null", table.name, _name(table, row), f"{name} is null")


def _references(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """Every key points to a row that exists."""
    for column in table.columns:
        if column.refers_to is None:
            continue
        target, field = column.refers_to.split(".")
        known = {r.get(field) for r in rows.get(target, [])}
        for row in own:
            value = row.get(column.name)
            if value is not None and value not in known:
                yield Failure("reference", table.name, _name(table, row), f"{column.name} {value!r} is not in {target}")


def _codes(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """Every code stands in its vocabulary."""
    for column in table.columns:
        if column.vocab is None:
            continue
        known = {r["code"] for r in rows.get("codes", []) if r["vocab"] == column.vocab}
        for row in own:
            value = row.get(column.name)
            for code in value if isinstance(value, list) else [] if value is None else [value]:
                if code not in known:
                    yield Failure(
                        "code",
                        table.name,
                        _name(table, row),
                        f"{column.name} {code!r} is not in vocabulary {column.vocab}",
                    )


def _evidence(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """texts.text[char_start:char_end] == quote, and the quote is not empty."""
    if not table.has_evidence:
        return
    texts = {r["document_id"]: r["text"] for r in rows.get("texts", [])}
    for row in own:
        start, end, quote = row.get("char_start"), row.get("char_end"), row.get("quote")
        if start is None and end is None and quote is None:
            continue
        text = texts.get(row.get("document_id"))
        if text is None or not quote or text[start:end] != quote:
            yield Failure("evidence", table.name, _name(table, row), f"the words at {start}:{end} are not the quote")


def _bounds(table: Table, own: list[Row], rows: Rows) -> Iterator[Failure]:
    """Years between 1900 and 2100, lower bound not above upper bound, additive rows are primary."""
    years = [c.name for c in table.columns if c.unit == "year"]
    for row in own:
        for name in years:
            value = row.get(name)
            if value is not None and not 1900 <= value <= 2100:
                yield Failure("bounds", table.name, _name(table, row), f"{name} is {value}")
        low, high = row.get("value_min"), row.get("value_max")
        if low is not None and high is not None and low > high:
            yield Failure("bounds", table.name, _name(table, row), f"value_min {low} is above value_max {high}")
        if row.get("is_additive") and not row.get("is_primary"):
            yield Failure("bounds", table.name, _name(table, row), "is_additive without is_primary")


_OF_A_ROW: tuple[Callable[[Table, list[Row], Rows], Iterator[Failure]], ...] = (_nulls, _codes, _evidence, _bounds)
