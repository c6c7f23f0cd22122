"""Every word list: examples match their entry, counter-examples do not, no form has two owners."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.columns import CUES
from normalizers.agencies import find_agencies
from normalizers.lexicon import FOLDER, Entry, Gazetteer, LexiconError, load
from normalizers.misread import repaired
from normalizers.money import find_money
from normalizers.text import key

LISTS = sorted((folder, path.stem) for folder in (FOLDER, CUES) for path in folder.glob("*.yml"))


def entries() -> list[tuple[str, Entry]]:
    return [(name, entry) for folder, name in LISTS for entry in load(name, folder)]


def matches(name: str, entry: Entry, text: str) -> bool:
    """Whether the reader of a list finds an entry in a text."""
    if name == "agencies":
        return any(m.agency is not None and m.agency.code == entry.code for m in find_agencies(text))
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
    owners: dict[str, str] = {}
    for entry in load(name, folder):
        for form in entry.forms:
            owner = entry.text("slug") or entry.code  # a province keeps its names in both eras
            assert owners.setdefault(key(form), owner) == owner, (
                f"{name}: {form!r} belongs to {owners[key(form)]} and {owner}"
            )


def test_an_entry_without_forms_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("- code: x\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"broken\.yml: an entry needs"):
        load("broken", tmp_path)
