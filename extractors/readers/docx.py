"""DOCX: the text as it is printed, with automatic numbers, notes apart, and nothing that was deleted or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.assembly import assemble
from extractors.document import Document, RawItem, RawParagraph
from extractors.page_breaks import is_page_number
from extractors.readers.context import Context
from extractors.readers.kinds import DOCX
from extractors.readers.side_by_side import columns_in_order
from extractors.readers.word_body import Walker
from extractors.readers.word_fonts import rewrite_old_fonts
from extractors.readers.word_numbering import Numbering
from extractors.readers.word_package import WordFile, open_word
from extractors.readers.word_styles import Styles
from extractors.readers.word_xml import W, value
from extractors.readers.wrapping import unwrapped
from normalizers.text import collapse

_LETTER = re.compile(r"[^\W\d_]")


def read(data: bytes, context: Context) -> Document:
    """Reads a DOCX into a Document of text layer "docx". Raises UnreadableError when the file cannot be opened."""
    return document_of(open_word(data), DOCX)


def document_of(word: WordFile, media_type: str) -> Document:
    """The document an opened Word file holds. Partial when the file lacks parts that it names."""
    styles = Styles(word.styles)
    rewrite_old_fonts([word.body, *word.notes.values(), *word.margins], styles)
    walker = Walker(styles, Numbering(word.numbering, styles))
    body = unwrapped(columns_in_order(list(walker.items(word.body))))
    assembled = assemble([*body, *_notes(word, walker), *_margins(word, walker)])
    lost = [part for part in word.missing if part.endswith(".xml") and part.startswith("word/")]
    return Document(
        text=assembled.text,
        blocks=assembled.blocks,
        text_layer="docx",
        media_type=media_type,
        is_partial=bool(lost),
        partial_reason=f"the file lacks parts that it names: {', '.join(lost)}" if lost else None,
    )


def _notes(word: WordFile, walker: Walker) -> Iterator[RawItem]:
    """Footnotes and endnotes in the order in which the text refers to them."""
    found = {
        (kind, value(note, "id") or ""): note
        for kind, part in word.notes.items()
        for note in part.iterchildren(W + kind)
    }
    for name in dict.fromkeys(walker.reader.notes):
        if name in found:
            yield from _zoned(walker.items(found[name]), "note")


def _margins(word: WordFile, walker: Walker) -> Iterator[RawItem]:
    """What headers and footers say beside the number of the page; once, although every section has its own."""
    seen: set[str] = set()
    for margin in word.margins:
        for item in _zoned(walker.items(margin), "furniture"):
            text = collapse(item.text) if isinstance(item, RawParagraph) else ""
            if text in seen or (text and (is_page_number(text) or not _LETTER.search(text))):
                continue
            seen.add(text)
            yield item


def _zoned(items: Iterator[RawItem], zone: str) -> Iterator[RawItem]:
    for item in items:
        item.zone = zone
        yield item
