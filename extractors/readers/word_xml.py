"""Names and switches of WordprocessingML, as every module that reads Word files uses them."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute of the main namespace, None without element or attribute."""
    return None if element is None else element.get(W + name)


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name of the main namespace, None without element or child."""
    return None if element is None else next(element.iterchildren(W + name), None)


def number(text: str | None, otherwise: int) -> int:
    """A whole number, `otherwise` for anything else."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def is_on(element: etree._Element) -> bool:
    """Whether a property that is on or off ("w:b", "w:vanish") is on."""
    return (element.get(_VAL) or "1").lower() not in _OFF


def alternative(element: etree._Element) -> etree._Element | None:
    """The one reading of content that is written down twice for programs of different age; None for an empty one."""
    choice = element.find(MC + "Choice")
    return choice if choice is not None and len(choice) else element.find(MC + "Fallback")
