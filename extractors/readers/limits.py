"""How much of anything a file may hold: many times more than the largest plan that was met, and less than takes the machine.

What is larger is not read, and the reason says what to do. The largest documents met hold 152,000 letters, 2,600 cells, 11,000 tags and 7 MB.
"""

from __future__ import annotations

from extractors.document import UnreadableError

MOST_BYTES = 200_000_000  # of a file
MOST_UNPACKED = 300_000_000  # bytes of all members of a container
MOST_MEMBERS = 5_000  # of a container
MOST_XML_TAGS = 1_500_000  # of a part of an office file: its tree takes some 300 bytes for each
MOST_HTML_TAGS = 300_000  # of a page
MOST_HTML_LETTERS = 40_000_000  # with the pictures that are written into it
MOST_PLAIN_LETTERS = 5_000_000  # with the blanks that lay it out
MOST_PLAIN_LINES = 300_000
MOST_PAGES = 3_000  # of a PDF
MOST_FRAMES = 300  # of a picture: each is read by OCR


def check_part(xml: bytes, media_type: str) -> None:
    """To be asked before a part of an office file is parsed. Raises UnreadableError for more tags than any plan has."""
    if (tags := xml.count(b"<")) > MOST_XML_TAGS:
        raise too_much(f"{tags:,} pieces of markup", MOST_XML_TAGS, media_type)


def too_much(held: str, most: int, media_type: str) -> UnreadableError:
    """The refusal of a file that holds more of something than is read."""
    return UnreadableError(f"the file holds {held}, and no more than {most:,} are read: split the file", media_type)
