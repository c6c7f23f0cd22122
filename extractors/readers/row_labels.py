"""Numbers of rows and headings that a scan shows too small or too faint: what they must be follows from their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.columns import is_index_heading
from extractors.document import RawItem, RawParagraph, RawTable
from normalizers.text import collapse

_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})*$")
_ROMAN = re.compile(r"[IVX]{1,5}$")
_LETTER = re.compile(r"[A-Da-eđ]$")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LONGEST = 6  # characters of a label
_AS_FIGURES = str.maketrans(
    {"l": "1", "I": "1", "|": "1", "!": "1", "i": "1", "O": "0", "o": "0", "Q": "0", "S": "5", "Z": "2", "B": "8"}
)
_AS_ROMAN = str.maketrans(
    {
        "l": "I",
        "L": "I",
        "1": "I",
        "|": "I",
        "!": "I",
        "T": "I",
        "Ị": "I",
        "Í": "I",
        "Ì": "I",
        "Ỉ": "I",
        "Y": "V",
        "U": "V",
        "Ỵ": "V",
        "K": "X",
    }
)
_HEADING = re.compile(r"([^\s\-–]{1,5})([.)]|[-–])(\s+\S)")


def derive_labels(items: Iterable[RawItem]) -> None:
    """Puts right, in place, illegible numbers in the first column of tables and roman numerals of headings. What was
    derived has the suspect code "label_derived"."""
    last_roman = ""
    for item in items:
        if isinstance(item, RawTable):
            _derive_rows(item)
        else:
            last_roman = _derive_heading(item, last_roman)


def _derive_heading(paragraph: RawParagraph, last: str) -> str:
    """ "HI. GIẢI PHÁP" behind "II. NHIỆM VỤ" → "III. GIẢI PHÁP"; returns the last roman numeral."""
    heading = _HEADING.match(paragraph.text)
    if heading is None:
        return last
    read = heading[1]
    due = _next_roman(last)
    words = paragraph.text[heading.start(3) :]
    looks_roman = _as_roman(read) in _ROMANS and (not read.isdigit())
    if read == due or not looks_roman:
        return read if read == due else last
    if (
        due
        and words.upper() == words
        and _distance(_as_roman(read), due) <= 1
        and (read == last or not _ROMAN.match(read))
    ):
        paragraph.text = f"{due}{paragraph.text[heading.start(2) :]}"
        paragraph.suspect = paragraph.suspect or "label_derived"
        return due
    return read if _ROMAN.match(read) else last


def _as_roman(read: str) -> str:
    return read.replace("H", "II").translate(_AS_ROMAN)


def _next_roman(last: str) -> str:
    if not last:
        return "I"
    place = _ROMANS.index(last) if last in _ROMANS else len(_ROMANS)
    return _ROMANS[place + 1] if place + 1 < len(_ROMANS) else ""


def _derive_rows(table: RawTable) -> None:
    if not table.rows or not any(is_index_heading(collapse(row[0].text)) for row in table.rows[:2] if row):
        return
    width = max(sum(c.column_span for c in row) for row in table.rows)
    numbered = [row[0] for row in table.rows if len(row) > 1 and sum(c.column_span for c in row) == width]
    labels = [
        cell
        for cell in numbered
        if 0 < len(collapse(cell.text)) <= _LONGEST and not is_index_heading(collapse(cell.text))
    ]
    seen: list[str] = []
    for n, cell in enumerate(labels):
        read = collapse(cell.text).strip(".)( ")
        following = collapse(labels[n + 1].text).strip(".)( ") if n + 1 < len(labels) else None
        meant = _meant(read, seen, following)
        if meant != read:
            cell.text = meant
            cell.suspect = "label_derived"
        if _is_label(meant):
            seen.append(meant)


def _meant(read: str, seen: Sequence[str], following: str | None) -> str:
    due = _due(seen)
    if read in due:
        return read
    roman = next((s for s in reversed(seen) if _ROMAN.match(s)), None)
    if read == roman and following not in _due([*seen, read]) - _due([*seen, _next_roman(roman)]):
        return _next_roman(roman)  # "II" of which one stroke was seen
    ranked = sorted((_distance(_as_figures(read), c.replace(".", "")), c) for c in due if _DECIMAL.match(c))
    if not ranked:
        return read
    near = [c for d, c in ranked if d == ranked[0][0] and d <= (1 if len(_as_figures(c)) > 1 else 0)]
    if _is_label(read):
        near = [c for c in near if following is not None and following in _due([*seen, c])]
        if following is not None and following in _due([*seen, read]):
            return read
    elif not near and following is not None:
        beside = [c for c in due if c.count(".") == following.count(".")]
        near = [c for c in beside if following in _due([*seen, c]) and following not in due]
    return near[0] if len(near) == 1 else read


def _due(seen: Sequence[str]) -> set[str]:
    """The labels that may follow those seen."""
    due = {"1", "I", "A", "1.1"} if not seen else set()
    decimal = next((s for s in reversed(seen) if _DECIMAL.match(s)), None)
    roman = next((s for s in reversed(seen) if _ROMAN.match(s)), None)
    letter = next((s for s in reversed(seen) if _LETTER.match(s) and not _ROMAN.match(s)), None)
    if decimal is not None:
        parts = [int(p) for p in decimal.split(".")]
        for depth in range(len(parts)):
            higher = [*parts[:depth], parts[depth] + 1]
            due |= {_dotted(higher), _dotted([*higher, 1])}
        due.add(_dotted([*parts, 1]))
    if roman is not None:
        due.add(_next_roman(roman))
    if letter is not None:
        due.add(chr(ord(letter) + 1))
    if seen and not _DECIMAL.match(seen[-1]):
        due |= {"1", "1.1"}
    return due


def _dotted(parts: Sequence[int]) -> str:
    return ".".join(str(p) for p in parts)


def _is_label(text: str) -> bool:
    return bool(_DECIMAL.match(text) or _ROMAN.match(text) or _LETTER.match(text))


def _as_figures(text: str) -> str:
    return re.sub(r"[^0-9]", "", text.translate(_AS_FIGURES))


def _distance(a: str, b: str) -> int:
    """Letters to change, add or drop to come from one word to the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]
