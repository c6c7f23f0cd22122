"""Cells in which several payers stand with what each of them gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.budget_sources import source_codes
from normalizers.money import Money, find_money
from normalizers.text import collapse

_CLAUSE_MARKS = re.compile(r"[;\n,.+]|\s[-–]\s")


@dataclass(frozen=True, slots=True)
class Share:
    """What one payer gives: the amount with its offsets in the cell, the payer's words and codes."""

    money: Money
    payer: str
    sources: tuple[str, ...]


def shares_of_cell(text: str) -> tuple[Share, ...]:
    """Every amount of a cell with its payer, () unless each has one: "Ngân sách tỉnh: 10 tỷ; doanh nghiệp: 2,5 tỷ" → two."""
    shares: list[Share] = []
    position = 0
    for money in find_money(text):
        front = text[position : money.start].lstrip(" ;,.+-–\n")
        payer = collapse(_CLAUSE_MARKS.split(front)[-1] or front).rstrip(" :(")
        sources = source_codes(payer)
        if not sources or money.low_vnd is not None:
            return ()
        shares.append(Share(money, payer, sources))
        position = money.end
    return tuple(shares)
