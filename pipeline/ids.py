"""Keys: functions of what a row says and where it belongs, never of its position in a file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from datetime import date

from normalizers.text import slug

_LENGTH = 16  # of a hash in a key: of a hundred million rows two share one with a chance of 1 in 3,700


def digest(*parts: object) -> str:
    """Short hash of the parts, the same on every machine."""
    text = "\x1f".join("" if p is None else str(p) for p in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_LENGTH]


def document_id(address: str) -> str:
    """Key of a document from its address, or its path where no address is known."""
    return f"d-{digest(address)}"


def plan_id(place: str | None, number: str | None, issued: date | None, fallback: tuple[object, ...]) -> str:
    """Key of a plan: place, number and year of issue; without a number a hash of what names it (type, period, title)."""
    where = place or "vn"
    if number:
        return f"{where}:{slug(number)}:{issued.year if issued else 'nd'}"
    return f"{where}:{digest(*fallback)}"


def agency_id(place: str | None, name: str) -> str:
    """Key of an agency: province slug or vn, and the slug of its name."""
    return f"{place or 'vn'}:{slug(name)}"


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode("ascii")
    return " ".join(letters.split())


class RowIds:
    """Gives keys of one table; rows that say the same in the same place are told apart by a count."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.seen: Counter[str] = Counter()

    def give(self, *parts: object) -> str:
        """The key of a row from the parts that identify it; texts count without case, accents and spacing."""
        base = digest(_folded(" | ".join("" if p is None else str(p) for p in parts)))
        self.seen[base] += 1
        again = self.seen[base]
        return f"{self.prefix}-{base}" if again == 1 else f"{self.prefix}-{base}-{again}"
