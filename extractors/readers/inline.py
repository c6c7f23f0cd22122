"""The strings of one paragraph become lines: what an author broke by hand, and what only wrapped, in any kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import RawParagraph
from extractors.labels import parse_label
from normalizers.text import collapse, ends_sentence, starts_lower

_BEFORE_FIGURE = re.compile(r"(?:^|\s)(?:ngày|tháng|năm|số|đến)$", re.IGNORECASE)
RULE = re.compile(r"[-_*=.\s]+")  # a line drawn with signs


def flushed(inline: list[tuple[str, bool]]) -> Iterator[RawParagraph]:
    """Paragraphs out of strings, each with whether it is bold; line breaks are newlines. Empties the list.

    A line that goes on in small letters after an open one belongs to it: "phối hợp với" | "các huyện" is one paragraph; so does a
    figure behind a word that waits for one: "ngày" | "12/3/2026".
    """
    if not inline:
        return
    whole = inline[0][0] if len(inline) == 1 else "".join(text for text, _ in inline)
    bold = all(b for text, b in inline if text.strip())
    inline.clear()
    lines = [collapse(line) for line in whole.split("\n")]
    held = ""
    for line in lines:
        if not line or RULE.fullmatch(line):
            continue
        if held and _goes_on(held, line):
            held = f"{held} {line}"
            continue
        if held:
            yield RawParagraph(held, bold)
        held = line
    if held:
        yield RawParagraph(held, bold)


def _goes_on(held: str, line: str) -> bool:
    if ends_sentence(held) or parse_label(line) is not None:
        return False
    return starts_lower(line) or (line[:1].isdigit() and bool(_BEFORE_FIGURE.search(held)))
