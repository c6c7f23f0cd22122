"""Agencies, amounts, times and citations as the genre prints them, against cases written before the rules."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from extractors.bodies import find_bodies
from normalizers.agency_lexicon import AgencyName
from normalizers.agency_mention import AgencyMention
from normalizers.categories import classify_heading
from normalizers.figures import parse_roman, parse_words
from normalizers.money import find_foreign_money, find_money
from normalizers.money_cells import parse_scale, read_money_cell
from normalizers.periods import find_dates, find_periods
from normalizers.references import find_citations
from normalizers.task_times import find_limit, parse_time_cell
from normalizers.text import collapse, key, nfc
from pipeline.names import AgencyBook, existed, placed
from tests.build import plan_of
from tests.mentions import cases

_SHARED = 0.7  # of the words of a class


def _says(m: AgencyMention, expected: dict[str, Any], case: dict[str, Any]) -> bool:
    on = _day(case.get("date"))
    if expected.get("class"):
        left, right = (set(key(words).replace(",", "").split()) for words in (m.text, collapse(expected["words"])))
        return m.is_class and len(left & right) >= _SHARED * len(left | right)
    if m.agency is None:
        return False
    slug = m.province_slug or case.get("province")
    agency = placed(m.agency, slug, on) if slug or m.agency.homonyms else m.agency
    same = _same_body(agency, nfc(expected["name"])) and _same_words(m.text, nfc(collapse(expected["words"])))
    if "of" in expected:
        same = same and m.province_slug == expected["of"]
    if "exists" in expected and on is not None:
        same = same and existed(m.agency, slug, on) is expected["exists"]
    if "now" in expected:
        same = same and {key(name) for name in expected["now"]} <= set(_now(m, slug, on))
    return same


def _same_body(agency: AgencyName, name: str) -> bool:
    """Whether a name is that of the agency, in full or in another of its official forms ("Tỉnh đoàn")."""
    if key(agency.name) == key(name):
        return True
    named = find_bodies(name)
    other = named[0].agency if len(named) == 1 else None
    return other is not None and bool(agency.code) and (agency.code, agency.locality) == (other.code, other.locality)


def _same_words(found: str, expected: str) -> bool:
    """The words, the head who acts for the body aside: "Chủ tịch UBND tỉnh"."""
    return key(found) == key(expected) or key(found).endswith(f" {key(expected)}")


def _now(m: AgencyMention, slug: str | None, on: date | None) -> list[str]:
    assert m.agency is not None
    book = AgencyBook()
    identity = book.of(m.agency, slug, on)
    rows = {row["agency_id"]: row for row in book.rows()}
    return sorted(key(rows[i]["name_vi"]) for i in rows[identity]["current_ids"])


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


def _shown(m: AgencyMention) -> str:
    return f"class {m.text}" if m.is_class else f"{m.text} = {m.agency.name if m.agency else None}"


@pytest.mark.parametrize("case", cases("agencies"))
def test_agencies(case: dict[str, Any]) -> None:
    found = find_bodies(nfc(case["text"]))
    expected = case["find"]
    assert len(found) == len(expected), (case["text"], [_shown(m) for m in found])
    for m, e in zip(found, expected, strict=True):
        assert _says(m, e, case), (case["text"], _shown(m), e)


@pytest.mark.parametrize("case", cases("times"))
def test_times(case: dict[str, Any]) -> None:
    if "number" in case:
        assert parse_words(case["number"]) == case["value"]
    elif "roman" in case:
        assert parse_roman(case["roman"]) == case["value"]
    elif "cell" in case:
        read = parse_time_cell(nfc(case["cell"]))
        assert (read.start_year, read.end_year, read.recurrence_code) == (
            case.get("start"),
            case.get("end"),
            case.get("recurrence"),
        )
        assert read.deadline_text == (nfc(case["deadline"]) if case.get("deadline") else None)
        assert read.deadline_date == _day(case.get("date"))
    else:
        text = nfc(case["text"])
        assert [[p.first_year, p.last_year] for p in find_periods(text)] == case["periods"]
        limit = find_limit(text)
        assert (collapse(text[limit[0] : limit[1]]) if limit else None) == (
            nfc(case["limit"]) if case["limit"] else None
        )
        assert [d.value.isoformat() for d in find_dates(text)] == case.get("dates", [])


@pytest.mark.parametrize("case", cases("headings"))
def test_categories_of_headings(case: dict[str, Any]) -> None:
    assert set(classify_heading(nfc(case["text"])).codes) == set(case["codes"])


@pytest.mark.parametrize("case", cases("amounts"))
def test_amounts(case: dict[str, Any]) -> None:
    if "cell" in case:
        cell, unit = nfc(case["cell"]), case["unit"] or ""
        if "usd" in case:
            foreign = find_foreign_money(f"{cell} {unit}" if not find_foreign_money(cell) else cell)
            assert [f.value for f in foreign] == [case["usd"]]
            return
        read = read_money_cell(cell, parse_scale(unit))
        if "either" in case:
            assert read is not None
            assert [read.amount_vnd, read.other_vnd] == case["either"]
            return
        assert (read.amount_vnd if read else None) == case["vnd"]
        assert (read.low_vnd if read else None) == case.get("low")
        return
    text = nfc(case["text"])
    found, foreign = find_money(text), find_foreign_money(text)
    assert [(m.amount_vnd, m.low_vnd) for m in found] == [(e["vnd"], e.get("low")) for e in case["find"] if "vnd" in e]
    assert [f.value for f in foreign] == [e["usd"] for e in case["find"] if "usd" in e]
    for m, e in zip(found, (e for e in case["find"] if "vnd" in e), strict=True):
        if "agree" in e:
            assert m.words_agree is e["agree"]
            assert key(collapse(e["in_words"])).rstrip(".") in key(collapse(m.in_words or ""))


@pytest.mark.parametrize("case", cases("references"))
def test_references(case: dict[str, Any]) -> None:
    found = find_citations(nfc(case["text"]))
    assert [c.number_symbol for c in found] == [e["number"] for e in case["find"]]
    for c, e in zip(found, case["find"], strict=True):
        if "type" in e:
            assert c.doc_type_code == e["type"]
        if "date" in e:
            assert c.issued_date == _day(e["date"])
        if "issuer" in e:
            assert c.issuer_text == e["issuer"]


@pytest.mark.parametrize("case", cases("references", "relation_gap"))
def test_relations(case: dict[str, Any]) -> None:
    expected = {e["number"]: e["relation"] for e in case["find"] if "relation" in e}
    text = re.sub(r"(?<=[/-])\s*\n", "", nfc(case["text"]))  # which lines belong together is for the readers
    found = {r.number_symbol: r.relation_code for r in plan_of(text).references} if expected else {}
    assert {number: found.get(number) for number in expected} == expected
