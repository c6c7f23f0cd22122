"""Stored values against their own words: amounts, targets, results, dates, and the words of a row in its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from normalizers.figures import FIGURE, other_reading, parse_figure, parse_words
from normalizers.money import find_money, magnitudes, parse_amount_words
from normalizers.money_cells import in_dong, read_money_cell
from normalizers.text import collapse, key
from pipeline.soundness.remark import Remark, Row, View

_FIGURE = re.compile(FIGURE)
_WORDS = {
    "targets": "text_vi", "task_groups": "name_vi", "tasks": "name_vi", "task_agencies": "mention_text", "results": "text_vi", "references": "number_symbol",
    "budgets": "amount_text",
}  # fmt: skip
_LETTER = re.compile(r"[^\W_]+")


def amount_as_its_words(view: View) -> Iterator[Remark]:
    """ "2,5 tỷ đồng" is 2 500 000 000: an amount is one of the readings of its words in its unit."""
    for b in view.table("budgets"):
        amount, words = b["amount_vnd"], b["amount_text"]
        if amount is None or not words:
            continue
        readings = _readings(words, b["unit_scale"])
        if amount not in readings or amount not in _readings(b["quote"], b["unit_scale"]):
            yield _differs("budgets", b, "amount_vnd", words, sorted(readings)[:3], amount)
        scales = {m.unit_scale for m in find_money(b["quote"])}
        if b["unit_origin"] == "inline" and scales and b["unit_scale"] not in scales:
            yield _differs("budgets", b, "unit_scale", b["quote"], sorted(scales), b["unit_scale"])


def _readings(words: str, scale: int | None) -> set[int]:
    """Every amount that words may stand for, in their own unit or in `scale`."""
    found: set[int | None] = set()
    for money in find_money(words):
        found |= {money.amount_vnd, money.low_vnd}
    cell = read_money_cell(words, scale)
    if cell is not None:
        found |= {cell.amount_vnd, cell.low_vnd, cell.other_vnd}
    for m in _FIGURE.finditer(words):
        values = {other_reading(m.group())}
        try:
            values.add(parse_figure(m.group()).value)
        except ValueError:
            continue
        found |= {in_dong(value, scale or 1) for value in values if value is not None}
    return {amount for amount in found if amount is not None}


def digits_as_letters(view: View) -> Iterator[Remark]:
    """ "6.840.000 đồng (Sáu triệu tám trăm nghìn đồng)": the letters say another amount than the digits."""
    for b in view.table("budgets"):
        letters = parse_amount_words(b["amount_in_words"]) if b["amount_in_words"] else None
        if letters is not None and b["amount_vnd"] is not None and letters != b["amount_vnd"]:
            yield Remark(
                "words_differ", "error", "source", "budgets", b, "amount_vnd", f"digits {b['amount_text']} and letters {b['amount_in_words']} differ",
                f"số {b['amount_text']} và chữ {b['amount_in_words']} khác nhau", b["amount_in_words"], b["amount_text"],
            )  # fmt: skip


def value_as_its_words(view: View) -> Iterator[Remark]:
    """ "từ 8-13%" is 8 and 13: the bounds of a target or a result are figures of its words."""
    for table in ("targets", "results"):
        for row in view.table(table):
            words = row["value_text"]
            if not words:
                continue
            figures = _figures(words)
            for column in ("value", "value_min", "value_max"):
                stored = row[column]
                if stored is not None and not any(abs(stored - f) < 1e-9 * max(1.0, abs(f)) for f in figures):
                    yield _differs(table, row, column, words, sorted(figures)[:3], stored)


def _figures(words: str) -> set[float]:
    keyed = key(words)
    scales = [1, *(scale for word, scale in magnitudes().items() if re.search(rf"(?<!\w){word}(?!\w)", keyed))]
    values: set[Decimal] = set()
    for m in _FIGURE.finditer(keyed):
        try:
            values.add(parse_figure(m.group()).value)
        except ValueError:
            continue
        other = other_reading(m.group())
        values |= {other} if other is not None else set()
    count = re.match(r"[^\W\d]+(?:\s+[^\W\d]+)?", keyed)
    for taken in (count.group(), count.group().split()[0]) if count else ():
        number = parse_words(taken)
        values |= {Decimal(number)} if number is not None else set()
    money = {float(m.amount_vnd) for m in find_money(words)} | {
        float(m.low_vnd) for m in find_money(words) if m.low_vnd
    }
    return {float(v * s) for v in values for s in scales} | money


def words_in_quote(view: View) -> Iterator[Remark]:
    """The words of a row stand in its quote: a span that begins three letters late has lost some. An amount may quote its figure alone
    out of a cell."""
    for table, column in _WORDS.items():
        for row in view.table(table):
            words, quote = row[column], row["quote"]
            if not words or not quote or _stands_in(words, quote) or (table == "budgets" and _stands_in(quote, words)):
                continue
            yield Remark(
                "words_elsewhere", "error", "extraction", table, row, column, f"{column} {_short(words)!r} is not in the quote {_short(quote)!r}",
                f"{column} {_short(words)!r} không nằm trong trích dẫn {_short(quote)!r}", _short(words), _short(quote),
            )  # fmt: skip


def _stands_in(words: str, quote: str) -> bool:
    """Whether words stand in a quote, their own order aside: a row that a page splits holds them in two places."""
    tight = re.sub(r"\s+", "", key(words))
    if tight in re.sub(r"\s+", "", key(quote)):
        return True
    inside = set(_LETTER.findall(key(quote)))
    return all(word in inside for word in _LETTER.findall(key(words)))


def date_in_text(view: View) -> Iterator[Remark]:
    """The date of a citation, a document or a plan stands in the text it was read from."""
    for r in view.table("references"):
        text = view.texts.get(r["document_id"], "")
        near = text[max(0, r["char_start"] - 200) : r["char_end"] + 60]
        if r["issued_date"] is not None and not _says(near, r["issued_date"]):
            yield _undated("references", r, "issued_date", r["issued_date"])
    for table in ("plans", "documents"):
        for row in view.table(table):
            texts, day = view.texts_of(table, row), row["issued_date"]
            if texts and day is not None and not any(_says(text, day) for text in texts):
                yield _undated(table, row, "issued_date", row["issued_date"])
    for t in view.table("tasks"):
        words = " ".join(w for w in (t["deadline_text"], t["time_text"], t["quote"]) if w)
        if t["deadline_date"] is not None and not _says(words, t["deadline_date"]):
            yield _undated("tasks", t, "deadline_date", t["deadline_date"])


def _says(text: str, day: date) -> bool:
    pattern = rf"(?<!\d)0?{day.day}\s*(?:[/.-]|tháng)\s*0?{day.month}\s*(?:[/.-]|,?\s*năm)\s*(?:{day.year}|{day.year % 100:02d})(?!\d)"
    return day.isoformat() in text or bool(re.search(pattern, text, re.IGNORECASE))


def _undated(table: str, row: Row, column: str, stored: date) -> Remark:
    return Remark(
        "date_elsewhere", "warning", "extraction", table, row, column, f"{column} {stored.isoformat()} does not stand in the words it was read from",
        f"{column} {stored.strftime('%d/%m/%Y')} không có trong phần văn bản đã đọc", None, stored.isoformat(),
    )  # fmt: skip


def _tight(text: str) -> str:
    return re.sub(r"\W", "", key(text))


def number_in_text(view: View) -> Iterator[Remark]:
    """The number of a plan or a document stands in its text; stubs are named by the text that cites them."""
    for table in ("plans", "documents"):
        for row in view.table(table):
            texts, number = view.texts_of(table, row), row["number_symbol"]
            if not texts or not number:
                continue
            bare = _tight(number)
            if not any(number in text for text in texts) and not any(bare in _tight(text) for text in texts):
                yield Remark(
                    "number_elsewhere", "warning", "extraction", table, row, "number_symbol", f"the number {number} does not stand in the text",
                    f"số hiệu {number} không có trong văn bản", None, number,
                )  # fmt: skip


def _differs(table: str, row: Row, column: str, words: str, readings: Sequence[object], stored: object) -> Remark:
    expected = " or ".join(str(r) for r in readings) or None
    return Remark(
        "value_differs", "error", "extraction", table, row, column, f"{_short(words)!r} reads {expected or 'as no number'}, {column} is {stored}",
        f"{_short(words)!r} đọc là {expected or 'không phải số'}, cột {column} ghi {stored}", expected, str(stored),
    )  # fmt: skip


def _short(text: str) -> str:
    words = collapse(text)
    return words if len(words) <= 80 else f"{words[:79]}…"
