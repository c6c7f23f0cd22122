"""Templates become pages: everything escaped, style and script in the page, and a policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.review.labels import Pair, words

_HERE = Path(__file__).parent
_DANGEROUS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page(template: str, **values: Any) -> str:
    """The page a template makes of values; `{{ }}` is always escaped."""
    return _environment().get_template(template).render(**values)


def both(pair: Pair) -> Markup:
    """Words in both languages, of which the page shows one."""
    vi, en = pair
    if vi == en:
        return escape(vi)
    return Markup('<span class="v" lang="vi">{}</span><span class="e" lang="en">{}</span>').format(vi, en)


def said(name: str) -> Markup:
    """Words of the page by their name."""
    return both(words()[name])


def attribute(name: str) -> str:
    """Words of the page for an attribute, which cannot change with the language: both."""
    vi, en = words()[name]
    return f"{vi} / {en}"


def as_json(value: object) -> Markup:
    """A value as JSON inside a script element, where no mark can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark, harmless in _DANGEROUS.items():
        text = text.replace(mark, harmless)
    return Markup(text)


def grouped(number: float | None) -> str:
    """A number with points between thousands, as Vietnamese writes it: 1.234.567,5; a dash for none."""
    if number is None:
        return "–"
    digits = 2 if abs(number) >= 1 else 6
    text = f"{number:,.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.translate(str.maketrans(",.", ".,"))


def day(value: Any) -> str:
    """A day as it is written in Vietnam, a dash for none."""
    return f"{value:%d/%m/%Y}" if value is not None else "–"


@cache
def asset(name: str) -> str:
    """A style sheet or script of the pages."""
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


@cache
def policy(*scripts: str) -> str:
    """The content security policy of a page with these scripts: they and the style sheet alone, pictures from its own folder, nothing else."""
    allowed = " ".join(_hash(asset(s)) for s in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(asset('review.css'))}; img-src 'self' file: data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    environment.globals.update(
        t=said, both=both, attr=attribute, policy=policy, asset=lambda name: Markup(asset(name)), words=words()
    )
    environment.filters.update(json=as_json, grouped=grouped, day=day)
    return environment
