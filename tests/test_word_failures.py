"""Word files that cannot be read say why; what can be read of a damaged one is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractors.document import UnreadableError
from extractors.readers import read
from tests.build_word import changed, docx_of, lines, p, without, zipped

PLAIN = docx_of(p("Nội dung của kế hoạch."), footnotes="<w:footnote w:id='1'/>")


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    return str(caught.value)


def test_a_file_that_is_cut_off() -> None:
    assert "cut off or damaged" in reason(PLAIN[: len(PLAIN) // 2])


def test_a_part_that_is_no_xml() -> None:
    assert "cut off or damaged" in reason(changed(PLAIN, "word/document.xml", lambda xml: xml[:200]))


def test_damaged_bytes_inside() -> None:
    at = PLAIN.index(b"word/document.xml") + 60
    assert "cut off or damaged" in reason(PLAIN[:at] + b"\x00\xff\x00\xff" + PLAIN[at + 4 :])


def test_a_container_without_the_document() -> None:
    lost = without(changed(PLAIN, "word/footnotes.xml", lambda xml: xml), "word/document.xml")
    assert "word/document.xml is missing" in reason(lost)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels"])
def test_a_container_without_its_lists(name: str) -> None:
    assert "cut off or damaged" in reason(without(PLAIN, name))


def test_a_lost_part_is_named_and_the_rest_is_read() -> None:
    document = read(without(PLAIN, "word/footnotes.xml"))
    assert lines(document) == ["Nội dung của kế hoạch."]
    assert document.is_partial
    assert "word/footnotes.xml" in (document.partial_reason or "")


def test_a_note_part_that_is_no_xml_does_not_hide_the_text() -> None:
    assert lines(read(changed(PLAIN, "word/footnotes.xml", lambda _: b"<w:footnotes"))) == ["Nội dung của kế hoạch."]


def test_a_zip_that_is_no_document_says_what_it_holds() -> None:
    assert "it holds 2 files (a.docx, b/c.pdf): unpack it" in reason(zipped({"a.docx": b"x", "b/c.pdf": b"y"}))
    assert "nothing in it" in reason(zipped({}))
    assert "PowerPoint" in reason(zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}))


def test_a_container_that_unpacks_without_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(io.BytesIO(PLAIN)) as plain:
        for name in plain.namelist():
            archive.writestr(name, plain.read(name))
        with archive.open("word/media/image1.bmp", "w") as bomb:
            for _ in range(301):
                bomb.write(bytes(1_000_000))
    assert "unpacks to more than 300 MB" in reason(out.getvalue())


def test_a_locked_member_asks_for_a_file_without_password() -> None:
    data = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        entry = data.index(b"PK\x01\x02", archive.start_dir)
    data[entry + 8] |= 1
    assert "password" in reason(bytes(data))


def test_nothing_outside_is_ever_read() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    def with_entity(xml: bytes) -> bytes:
        return evil + xml.replace("Nội dung".encode(), b"&e;Ngo")

    assert "root:" not in read(changed(PLAIN, "word/document.xml", with_entity)).text


def test_a_body_without_text_gives_an_empty_document() -> None:
    assert read(docx_of("<w:p/>")).text == ""
