"""Every word list: examples match their entry, counter-examples do not, no form has two owners."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from extractors.columns import CUES
from normalizers.agencies import find_agencies
from normalizers.agency_lexicon import agency_entries, day, name_gazetteer
from normalizers.lexicon import FOLDER, Entry, Gazetteer, LexiconError, load
from normalizers.misread import repaired
from normalizers.money import find_money
from normalizers.text import key

LISTS = sorted(
    (folder, path.stem) for folder in (FOLDER, CUES) for path in folder.glob("[!.]*") if path.suffix in ("", ".yml")
)
AGENCIES = {e.code: e for e in load("agencies")}


def entries() -> list[tuple[str, Entry]]:
    return [(name, entry) for folder, name in LISTS for entry in load(name, folder)]


def matches(name: str, entry: Entry, text: str) -> bool:
    """Whether the reader of a list finds an entry in a text."""
    if name == "agencies" and entry.fields["kind"] == "none":  # what is read as no agency
        return entry.code in {h.entry.code for h in name_gazetteer().find(text)} and not find_agencies(text)
    if name == "agencies":
        found = [m.agency for m in find_agencies(text) if m.agency is not None]
        return any(entry.code in (a.code, *a.homonyms) for a in found)
    if (name, entry.code) == ("currencies", "vnd"):
        return bool(find_money(text))
    if name == "magnitudes":
        return any(m.unit_scale == entry.fields["scale"] for m in find_money(text))
    hits = list(Gazetteer([entry]).find(text))
    if name == "lookalikes":  # what matches is a syllable that is then read as the one that is meant
        return any(key(repaired(text)[h.start : h.end]) == entry.code for h in hits)
    return any(h.entry.code == entry.code for h in hits)


@pytest.mark.parametrize(
    ("name", "entry"), entries(), ids=lambda value: value if isinstance(value, str) else value.code
)
def test_examples_match_and_counterexamples_do_not(name: str, entry: Entry) -> None:
    assert entry.examples, f"{name}: {entry.code} has no example"
    for example in entry.examples:
        assert matches(name, entry, example), f"{name}: {entry.code} is not found in {example!r}"
    for example in entry.counterexamples:
        assert not matches(name, entry, example), f"{name}: {entry.code} is found in {example!r}"


@pytest.mark.parametrize(("folder", "name"), LISTS, ids=lambda value: str(value))
def test_no_form_has_two_owners(folder: Path, name: str) -> None:
    if name == "agencies":
        return  # see test_names_of_agencies_have_one_owner_at_a_time
    owners: dict[str, str] = {}
    for entry in load(name, folder):
        for form in entry.forms:
            owner = entry.text("slug") or entry.code  # a province keeps its names in both eras
            assert owners.setdefault(key(form), owner) == owner, (
                f"{name}: {form!r} belongs to {owners[key(form)]} and {owner}"
            )


def test_names_of_agencies_have_one_owner_at_a_time() -> None:
    owners: dict[str, list[Entry]] = {}
    for entry in agency_entries().values():
        for form in {key(form) for form in entry.forms}:
            owners.setdefault(form, []).append(entry)
    for form, shared in owners.items():
        days = sorted((day(e, "valid_from") or date.min, day(e, "valid_to") or date.max, e.code) for e in shared)
        for (_, last, code), (first, _, other) in itertools.pairwise(days):
            assert last < first, f"{form!r} belongs to {code} and {other} at the same time"


@pytest.mark.parametrize("entry", AGENCIES.values(), ids=lambda entry: entry.code)
def test_agencies_point_to_agencies_and_end_after_they_began(entry: Entry) -> None:
    for field in ("successors", "parents"):
        for code in entry.fields.get(field, []):
            assert code in AGENCIES, f"{entry.code}: {field} names {code}, which is not in the list"
    first, last = day(entry, "valid_from"), day(entry, "valid_to")
    assert first is None or last is None or first <= last
    assert entry.fields["level"] in ("central", "province", "district", "commune")
    assert entry.code not in entry.fields.get("successors", [])


def test_an_entry_without_forms_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("- code: x\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"broken\.yml: an entry needs"):
        load("broken", tmp_path)
