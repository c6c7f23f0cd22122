"""Loads the word lists of `lexicon/*.yml` and finds their forms in text, longest form first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import ahocorasick
import yaml

from normalizers.memo import remembered
from normalizers.text import key, nfc

_RUN = re.compile(r"(?<=\w)-\n(?=\w)|[ \n\t\r]{2,}|[\n\t\r]")  # a word cut by a hyphen at the line end is two syllables
FOLDER = Path(__file__).parent / "lexicon"


_Built = TypeVar("_Built")


class LexiconError(ValueError):
    """An entry of a word list is not well formed; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept: its code, its written forms, and sentences that must (not) contain it."""

    code: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    fields: Mapping[str, Any]

    def text(self, field: str) -> str | None:
        """The field as text, None where the entry does not have it."""
        value = self.fields.get(field)
        return None if value is None else str(value)


@cache
def load(name: str, folder: Path = FOLDER) -> tuple[Entry, ...]:
    """Entries of `<folder>/<name>.yml`, or of every file in the folder `<folder>/<name>`, in the order of names and lines.
    Raises LexiconError for an entry without code and without forms or name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(
        _entry(item, path)
        for path in _paths(name, folder)
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    )


def compiled(name: str, code: Path, build: Callable[[], _Built]) -> _Built:
    """What `build` makes of a word list, kept beside the lists under the hash of the list and of the code that built it.

    `code`: the module that builds. Where nothing can be written it is built each time; a damaged file is built anew.
    """
    digest = hashlib.sha256(sys.version.encode())
    for path in (*_paths(name, FOLDER), code, Path(__file__)):
        digest.update(path.read_bytes())
    kept = FOLDER / ".compiled" / f"{code.stem}-{digest.hexdigest()[:16]}.pickle"
    with contextlib.suppress(Exception):  # no file, or a damaged one, whose pickle can raise anything
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]
    built = build()
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob(f"{code.stem}-*"):
            old.unlink(missing_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pickle.dumps(built))
        part.replace(kept)
    return built


def _paths(name: str, folder: Path) -> list[Path]:
    """The files of a list: one, or all of a folder."""
    return sorted((folder / name).glob("*.yml")) or [folder / f"{name}.yml"]


def _entry(item: Any, path: Path) -> Entry:
    if (
        not isinstance(item, dict)
        or not item.get("code")
        or not (isinstance(item.get("forms"), list) or item.get("name"))
    ):
        raise LexiconError(f"{path.name}: an entry needs `code` and a list `forms` or a `name`, found {item!r}")
    known = {"code", "forms", "examples", "not"}
    return Entry(
        code=str(item["code"]),
        forms=tuple(nfc(str(f)) for f in item.get("forms", [])),
        examples=tuple(nfc(str(e)) for e in item.get("examples", [])),
        counterexamples=tuple(nfc(str(e)) for e in item.get("not", [])),
        fields={k: v for k, v in item.items() if k not in known},
    )


class Hit(NamedTuple):
    """A form found in a text: offsets and the entry it belongs to."""

    start: int
    end: int
    entry: Entry


class Gazetteer:
    """Finds many forms at once, on word boundaries, without overlap, the longest from the left."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        for entry in entries:
            for form in entry.forms:
                self._automaton.add_word(key(form), (len(form), entry))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """Hits in the order of the text, none inside a word; any run of white space counts as the space of a form."""
        if not len(self._automaton):
            return []
        keyed, origins = _single_spaced(key(text))
        found = [
            (start, -last, entry)
            for last, (length, entry) in self._automaton.iter(keyed)
            if not (
                ((start := last + 1 - length) and keyed[start - 1].isalnum() and keyed[start].isalnum())
                or (keyed[last + 1 : last + 2].isalnum() and keyed[last].isalnum())
            )
        ]
        if len(found) > 1:
            found.sort(key=itemgetter(0, 1))
        taken: list[Hit] = []
        free = 0
        for start, behind, entry in found:
            if start >= free:
                free = 1 - behind
                taken.append(
                    Hit(start, free, entry) if origins is None else Hit(origins[start], origins[-behind] + 1, entry)
                )
        return taken

    def first(self, text: str) -> Entry | None:
        """The entry of the first hit, None when no form occurs."""
        hits = self.find(text)
        return hits[0].entry if hits else None


@remembered
def _single_spaced(keyed: str) -> tuple[str, list[int] | None]:
    """The text with runs of white space as one space, and where each of its characters stood; None where nothing changed."""
    if "  " not in keyed and "\n" not in keyed and "\t" not in keyed and "\r" not in keyed:
        return keyed, None
    parts, origins, position = [], [], 0
    for run in _RUN.finditer(keyed):
        parts += [keyed[position : run.start()], " "]
        origins += [*range(position, run.start()), run.start()]
        position = run.end()
    return "".join(parts) + keyed[position:], [*origins, *range(position, len(keyed))]


def alternatives(forms: Iterable[str]) -> str:
    """A regular expression that reads any of the forms in key space, longest first, with free spacing."""
    keyed = sorted({key(f) for f in forms}, key=lambda f: (-len(f), f))
    return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in keyed)


@cache
def gazetteer(name: str) -> Gazetteer:
    """The gazetteer over `lexicon/<name>.yml`, built once per process."""
    return Gazetteer(load(name))
