"""Whether a value that a person wrote fits the column it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.schema import Column, Table

_BITS = {"int16": 15, "int32": 31, "int64": 63}
_KINDS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "string": ("a text: put it in quotes", str), "double": ("a number", (int, float)), "date": ("a day: write 2026-05-31 without quotes", date),
    "bool": ("true or false", bool), "list": ("a list of texts: [a, b]", list),
}  # fmt: skip
_ESPECIALLY = frozenset({"document", "quote"})  # name a place instead of a column


def unfit(table: Table, values: dict[str, Any]) -> str | None:
    """What is wrong with the values of an entry, None when all fit."""
    columns = {c.name: c for c in table.columns}
    for name, value in values.items():
        if name in columns and name not in _ESPECIALLY and (problem := _problem(columns[name], value)):
            return f"{name}: {value!r} is {problem}"
    if table.name == "targets" and "value" in values and not {"value_min", "value_max"} <= set(values):
        return "value stands beside value_min and value_max: write all three, null where there is none"
    return None


def _problem(column: Column, value: object) -> str | None:
    if value is None:
        return None if column.nullable else "not allowed: this column is never empty"
    if column.type in _BITS:
        if isinstance(value, float):
            return "no whole number: points between thousands are read as a decimal point, write 58000 for 58.000"
        if isinstance(value, bool) or not isinstance(value, int):
            return "no whole number: write digits without quotes, points and units"
        return None if abs(value) < 1 << _BITS[column.type] else "too large for this column"
    words, kind = _KINDS[column.type]
    fits = isinstance(value, kind) and not (column.type == "double" and isinstance(value, bool))
    if fits and column.type == "list":
        fits = isinstance(value, list) and all(isinstance(v, str) for v in value)
    return None if fits else f"not {words}"
