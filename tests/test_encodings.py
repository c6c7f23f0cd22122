"""Bytes to text: marks, wide encodings, wrong declarations, Vietnamese code pages; noise is no text."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from extractors.document import UnreadableError
from extractors.readers import read
from extractors.readers.encodings import decode, looks_binary

TEXT = "Kế hoạch nước sạch nông thôn của Ủy ban nhân dân tỉnh đến năm 2025, gồm các nhiệm vụ sau đây.\n" * 3


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"), codecs.BOM_UTF8 + TEXT.encode("utf-8"), TEXT.encode("utf-16"), TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le without bom", "utf-16-be without bom", "nfd"],
)  # fmt: skip
def test_unicode_in_every_wrapping(data: bytes) -> None:
    assert not looks_binary(data)
    assert decode(data) == TEXT


def windows_1258(text: str) -> bytes:
    """Vietnamese Windows: a vowel with its shape, and the tone behind it as a mark of its own."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = [p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
            out += shape.encode("cp1258") + "".join(tones).encode("cp1258")
    return out


def test_windows_1258() -> None:
    assert decode(windows_1258(TEXT)) == TEXT


def test_a_wrong_declaration_gives_way_to_valid_utf8() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{TEXT}</p></body></html>'
    assert "Ủy ban nhân dân tỉnh" in decode(page.encode("utf-8"))


def test_a_declared_windows_page() -> None:
    page = (
        b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"></head><body><p>'
        + windows_1258(TEXT)
        + b"</p></body></html>"
    )
    assert "Kế hoạch nước sạch" in decode(page)


def test_a_letter_cut_in_the_middle_costs_that_letter_only() -> None:
    data = TEXT.encode("utf-8")[:-3] + "ế".encode()[:2]
    assert "Kế hoạch nước sạch" in decode(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 8, "no text"),
        (b"%PDF-1.7 ...", "cut off or damaged"),
        (b"PK\x03\x04....", "cut off or damaged"),
    ],
    ids=["no byte", "blanks", "noise", "pdf", "zip"],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(data)
