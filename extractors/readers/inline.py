"""The strings of one paragraph become lines: what an author broke by hand, and what only wrapped, in any kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import RawParagraph
from extractors.labels import parse_label
from normalizers.text import collapse, ends_sentence, starts_lower

RULE = re.compile(r"[-_*=.\s]+")  # a line drawn with signs


def flushed(inline: list[tuple[str, bool]]) -> Iterator[RawParagraph]:
    """Paragraphs out of strings, each with whether it is bold; line breaks are newlines. Empties the list.

    A line that goes on in small letters after an open one belongs to it: "phối hợp với" | "các huyện" is one paragraph.
    """
    if all(text.isspace() for text, _ in inline):
        inline.clear()
        return
    bold = all(b for text, b in inline if text.strip())
    lines = [collapse(line) for line in "".join(text for text, _ in inline).split("\n")]
    inline.clear()
    held = ""
    for line in lines:
        if not line or RULE.fullmatch(line):
            continue
        if held and not ends_sentence(held) and starts_lower(line) and parse_label(line) is None:
            held = f"{held} {line}"
            continue
        if held:
            yield RawParagraph(held, bold)
        held = line
    if held:
        yield RawParagraph(held, bold)
