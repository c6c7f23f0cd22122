"""Every compiled pattern of the program, and for each of them texts that are as bad for it as its own parts allow."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

_PACKAGES = ("normalizers", "extractors", "pipeline")
_DEEPEST = 6  # containers in containers
_OTHERS = " 1a.-,(:/;\n\t"
_MOST_FRAGMENTS, _MOST_LETTERS = 10, 9
_OF_CATEGORY = {"category_digit": "1", "category_space": " ", "category_not_word": "-"}


def patterns() -> dict[str, re.Pattern[str]]:
    """Compiled patterns of text by the names of where they are: those of modules, and of whatever their names hold."""
    found: dict[str, re.Pattern[str]] = {}
    known: set[int] = set()
    for module in _modules():
        for name, thing in list(vars(module).items()):
            if not name.startswith("__") and not isinstance(thing, ModuleType):
                for where, pattern in _inside(thing, f"{module.__name__}.{name}", known):
                    found.setdefault(where, pattern)
    return {where: p for where, p in found.items() if isinstance(p.pattern, str)}


def _modules() -> Iterator[ModuleType]:
    for package in _PACKAGES:
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def _inside(thing: object, where: str, known: set[int], depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns in containers, in objects of the program, and in what functions without arguments make once."""
    if depth > _DEEPEST or id(thing) in known:
        return
    known.add(id(thing))
    parts: Iterator[object] = iter(())
    if isinstance(thing, re.Pattern):
        yield where, thing
    elif isinstance(thing, dict):
        parts = iter(list(thing.values()))
    elif isinstance(thing, list | tuple | set | frozenset):
        parts = iter(thing)
    elif type(thing).__name__ == "_lru_cache_wrapper":
        function = thing.__wrapped__  # type: ignore[attr-defined]
        if (function.__module__ or "").partition(".")[0] in _PACKAGES and not inspect.signature(function).parameters:
            yield from _inside(thing(), f"{where}()", known, depth + 1)  # type: ignore[operator]
    elif not isinstance(thing, type) and type(thing).__module__.partition(".")[0] in _PACKAGES:
        parts = iter([getattr(thing, name, None) for name in _attributes(thing)])
    for n, part in enumerate(parts):
        yield from _inside(part, f"{where}[{n}]", known, depth + 1)


def _attributes(thing: object) -> Iterator[str]:
    yield from getattr(thing, "__dict__", {})
    if dataclasses.is_dataclass(thing):
        yield from (f.name for f in dataclasses.fields(thing))


def is_searched(where: str) -> bool:
    """Whether a pattern is looked for anywhere in a text, and not only at one place. `where`: as in `patterns`."""
    if "[" in where or "(" in where:
        return True
    module, _, name = where.rpartition(".")
    own = module if name.startswith("_") else ""
    uses = re.findall(rf"\b{name}\b(?!\s*(?::|=[^=]))(?!,)(\.\w+)?", _source(own))
    return not all(use in (".match", ".fullmatch") for use in uses)


@functools.cache
def _source(module: str) -> str:
    """A module as text; the whole program for ""."""
    root = Path(__file__).parent.parent
    if module:
        return Path(inspect.getfile(importlib.import_module(module))).read_text(encoding="utf-8")
    files = [path for package in _PACKAGES for path in sorted((root / package).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def bad_texts(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of a length made of what a pattern asks for: one letter again and again, two in turn, its words in turn, its words before and behind
    each letter. Of the same number and order for every length."""
    fragments, letters = _parts(pattern)
    alphabet = list(dict.fromkeys([*letters[:_MOST_LETTERS], *_OTHERS]))
    for letter in alphabet:
        yield letter * length + "!"
    for one, two in itertools.permutations(alphabet[:_MOST_LETTERS], 2):
        yield (one + two) * (length // 2) + "!"
    for fragment in fragments:
        for after in (" ", "", "\n"):
            yield (fragment + after) * (length // len(fragment + after)) + "!"
        for letter in alphabet[:_MOST_LETTERS]:
            yield fragment + letter * length + "!"
            yield (fragment + letter * 20) * (length // (len(fragment) + 20)) + "!"
            yield letter * length + fragment[:-1]
    for one, two in itertools.pairwise(fragments):
        yield f"{one} {two} " * (length // (len(one + two) + 2)) + "!"


def _parts(pattern: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Words that a pattern spells out, longest and shortest, and a letter of each of its classes."""
    words: list[str] = []
    letters: list[str] = []
    _walk(re._parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), words, letters)  # type: ignore[attr-defined]
    ordered = sorted(dict.fromkeys(w for w in words if len(w) > 1), key=lambda w: (-len(w), w))
    some = [*ordered[: _MOST_FRAGMENTS // 2], *ordered[-_MOST_FRAGMENTS // 2 :]]
    return list(dict.fromkeys(some)), list(dict.fromkeys([*letters, *(w[0] for w in words)]))


def _walk(tree: object, words: list[str], letters: list[str]) -> None:
    word = ""
    for operation, argument in tree:  # type: ignore[attr-defined]
        name = str(operation).lower()
        if name == "literal":
            word += chr(argument)
            continue
        words += [word] if word else []
        word = ""
        if name == "in":
            letters.extend(_of_class(argument))
        elif name == "branch":
            for branch in argument[1]:
                _walk(branch, words, letters)
        elif name in ("max_repeat", "min_repeat", "possessive_repeat", "subpattern", "assert", "assert_not"):
            _walk(argument[-1], words, letters)
        elif name == "atomic_group":
            _walk(argument, words, letters)
        elif name in ("any", "not_literal"):
            letters.append("b")
    words += [word] if word else []


def _of_class(parts: list[tuple[object, object]]) -> Iterator[str]:
    for operation, argument in parts:
        name = str(operation).lower()
        if name == "literal":
            yield chr(argument)  # type: ignore[arg-type]
        elif name == "range":
            yield chr(argument[0])  # type: ignore[index]
        elif name == "category":
            yield _OF_CATEGORY.get(str(argument).lower(), "a")
        elif name == "negate":
            yield "b"
