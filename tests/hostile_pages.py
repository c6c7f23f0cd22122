"""Pages, texts, PDFs and pictures that mean harm, made in code. Each maker gives the bytes of one file."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial

from PIL import Image

from tests.hostile import MANY, TEXT, Maker, laughs, long_entity
from tests.pdf_writer import PdfPage, pdf, written

# --- HTML ---


def page(body: str, doctype: str = "<!DOCTYPE html>") -> bytes:
    """A page with a paragraph in front of what it holds."""
    return f"{doctype}<html><head><title>{TEXT}</title></head><body><p>{TEXT}</p>{body}</body></html>".encode()


WEB: dict[str, Maker] = {
    "a million tags in each other": lambda: page("<div>" * MANY + TEXT),
    "a million inline tags in each other": lambda: page("<b>" * MANY + TEXT),
    "a million mixed tags in each other": lambda: page("<ul><li><span>" * (MANY // 3) + TEXT),
    "a million siblings": lambda: page("<p>a</p>" * MANY),
    "a million empty siblings": lambda: page("<br>" * MANY),
    "a million links": lambda: page("<a href=x>a</a>" * MANY),
    "tags never closed": lambda: page("<td><p><b><i><font " * 100_000),
    "comments never closed": lambda: page("<!--" * MANY),
    "comments in comments": lambda: page("<!-- <!-- -->" * 300_000),
    "scripts never closed": lambda: page("<script>" * 300_000),
    "styles and scripts never closed": lambda: page("<style><script " * 200_000),
    "an attribute never closed": lambda: page('<p title="' + "a" * 5_000_000),
    "metas never closed": lambda: page('<meta content="a' * 100_000),
    "metas with single quotes": lambda: page("<meta '" * 100_000),
    "titles never closed": lambda: page("<title>" * 100_000),
    "instructions never closed": lambda: page("<?xml " * 300_000),
    "doctypes never closed": lambda: page("<!DOCTYPE " * 300_000),
    "a million attributes": lambda: page("<p " + " ".join(f"a{n}" for n in range(MANY)) + f">{TEXT}</p>"),
    "a class of a million words": lambda: page(f'<div class="{"menu " * MANY}">{TEXT}</div>'),
    "a hundred thousand hidden elements": lambda: page(f'<div style="display:none">{TEXT}</div>' * 100_000),
    "hidden elements in each other": lambda: page('<div style="display:none" class="menu">' * 5000 + TEXT),
    "menus in each other": lambda: page('<div class="menu">' * 5000 + TEXT),
    "a table of a million cells": lambda: page("<table>" + f"<tr>{'<td>a</td>' * 20}</tr>" * 50_000 + "</table>"),
    "a row of a million cells": lambda: page("<table><tr>" + "<td>a</td>" * MANY + "</tr></table>"),
    "spans of a billion": lambda: page("<table>" + '<tr><td rowspan="1000000000" colspan="1000000000">a</td><td>b</td></tr>' * 3000 + "</table>"),
    "spans of a billion in each cell": lambda: page("<table>" + f"<tr>{'<td rowspan=1000000000 colspan=1000000000>a' * 30}</tr>" * 1000 + "</table>"),
    "spans of many digits": lambda: page(f'<table><tr><td rowspan="{"9" * 100_000}">a</td><td colspan="{"٣" * 5000}">b</td><td colspan="²">c</td></tr></table><ol start="{"9" * 100_000}"><li value="{"9" * 5000}">a<li value="²">b</ol>'),
    "lists from a billion": lambda: page('<ol type="I" start="1000000000"><li>a<li>b</ol><ol type="a" start="1000000000"><li>a</ol>'),
    "lists in lists": lambda: page("<ol><li>a" * 2000),
    "tables in tables": lambda: page("<table><tr><td>" * 1000 + TEXT),
    "tables in tables, side by side": lambda: page("<table><tr><td>a</td><td>b<table><tr><td>c</td><td>" * 140),
    "a preformatted text of ten megabytes": lambda: page(f"<pre>{'a b ' * 2_500_000}</pre>"),
    "a million entities": lambda: page("&nbsp;&#x1F600;&#0;&#xD800;&#1114112;&amp" * 150_000),
    "laughs": lambda: page("&z;" * 10, laughs()),
    "laughs in an attribute": lambda: page('<p title="&z;" style="&z;">a</p>', laughs()),
    "a long entity, often": lambda: page("&z;" * 100_000, long_entity()),
    "XHTML that is read by its doctype": lambda: b'<?xml version="1.0"?>' + page("&z;", laughs().replace("x [", 'html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd" [')),
}  # fmt: skip


# --- texts ---

CONTROL = "".join(map(chr, [*range(32), *range(127, 160)]))
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u00ad"
TEXTS: dict[str, Maker] = {
    "64 MB of spaces": lambda: b" " * (64 << 20),
    "64 MB of spaces and a word": lambda: b" " * (64 << 20) + TEXT.encode(),
    "one line of 20 MB": lambda: (TEXT + " ").encode() * (20_000_000 // len(TEXT.encode())),
    "one word of 20 MB": lambda: b"a" * 20_000_000,
    "one number of 5 MB": lambda: TEXT.encode() + b"9" * 5_000_000,
    "one number of 5 MB with points": lambda: TEXT.encode() + b"1.000" * 1_000_000,
    "a million short lines": lambda: TEXT.encode() + b"\na b" * MANY,
    "a million empty lines": lambda: TEXT.encode() + b"\n" * MANY + TEXT.encode(),
    "a million list items": lambda: TEXT.encode() + "\n- Mở lớp.".encode() * 300_000,
    "a million tabs": lambda: TEXT.encode() + b"\t" * MANY + b"a\n" + b"a\tb\tc\td\n" * 100_000,
    "a table line of a million bars": lambda: TEXT.encode() + b"\n" + b"|a" * MANY + b"|\n",
    "every control character": lambda: "".join(f"{TEXT}{c}" for c in CONTROL * 3).encode(),
    "marks of direction": lambda: "".join(f"{TEXT}{c}" for c in BIDI * 50).encode(),
    "U+0000": lambda: (TEXT + "\0\n").encode() * 20 + TEXT.encode() * 100,
    "UTF-16 without mark": lambda: ("Mo lop day nghe cho lao dong. " * 50).encode("utf-16-le"),
    "UTF-16 with lone surrogates": lambda: b"\xff\xfe" + (TEXT * 20).encode("utf-16-le") + b"\x00\xd8\x41\x00\x00\xdc" * 50,
    "UTF-16 of an odd length": lambda: b"\xfe\xff" + (TEXT * 20).encode("utf-16-be") + b"\x00",
    "UTF-16 without mark, lone surrogates": lambda: ("Mo lop day nghe. " * 50).encode("utf-16-le") + b"\x00\xd8\x41\x00" * 50,
    "UTF-7": lambda: b'<meta charset="utf-7">' + ("<p>" + TEXT * 20).encode("utf-7"),
    "declared odd encodings": lambda: b'<html><meta charset="idna">' + TEXT.encode("cp1258", "replace") * 20 + b"\xff\xfe\xfd",
    "declared as a codec of bytes": lambda: b'<html><meta charset="zlib_codec">' + b"\xe0\xfe\xff " * 200,
    "declared as an error": lambda: b'<html><meta charset="undefined">' + b"\xe0\xfe\xff " * 200,
    "UTF-8 with surrogates": lambda: (TEXT * 5).encode() + b"\xed\xa0\x80\xed\xb0\x80" * 3 + (TEXT * 20).encode(),
    "unassigned code points": lambda: "".join(f"{TEXT}{chr(c)}" for c in (0x378, 0xFFFE, 0xFFFF, 0x1FFFF, 0xE0FFF, 0x10FFFF, 0xE000)).encode(),
    "a hundred thousand marks on a letter": lambda: (TEXT + "a" + "\u0323\u0301" * 50_000 + " " + TEXT).encode(),
    "a million marks on a letter": lambda: (TEXT + "a" + "\u0301\u0323\u0302" * 333_333).encode(),
    "every letter": lambda: "".join(chr(c) for c in range(32, 0x11000) if not 0xD800 <= c < 0xE000).encode(),
    "brackets in brackets": lambda: TEXT.encode() + b"(" * 200_000 + b")" * 200_000,
    "labels": lambda: TEXT.encode() + b"\n" + b"1." * 200_000 + b"\nI." + b"\na)" * 100_000,
    "roman figures": lambda: TEXT.encode() + b"\n" + b"M" * 200_000 + b". x\n" + b"IVXLC" * 40_000,
    "escapes": lambda: TEXT.encode() + b"\\n\\r\\t\\*\\_" * 300_000,
    "emphasis": lambda: TEXT.encode() + b"\n" + b"*_" * 200_000 + b"\n" + b"* " * 200_000 + b"\n" + b"** " * 100_000,
    "headings of a mail": lambda: b"URL: x\n" * 200_000 + TEXT.encode(),
    "quotes": lambda: TEXT.encode() + "“".encode() * 200_000 + b'"' * 200_001,
    "noise": lambda: TEXT.encode() + random.Random(1).randbytes(200_000),
    "noise in the range of text": lambda: bytes(random.Random(2).choices(range(32, 127), k=1_000_000)),
}  # fmt: skip


# --- PDF ---

Objects = Sequence[bytes]


def good_pdf() -> bytes:
    """A PDF as there are many."""
    return pdf(PdfPage().lines(70, 80, [TEXT] * 5))


def raw_pdf(*objects: bytes, root: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1."""
    return written(objects, root, extra)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >> stream\n%s\nendstream" % (len(data), entries, data)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOWN = b"BT /F 12 Tf 50 700 Td (Mo lop day nghe) Tj ET\n"


def one_page(
    content: bytes,
    entries: bytes = b"",
    box: bytes = b"0 0 595 842",
    resources: bytes = b"",
    more: Objects = (),
    catalog: bytes = b"",
) -> bytes:
    """A PDF of one page; its content is object 4, its font 5, more objects follow."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>"
        % (box, resources),
        stream(content, entries),
        FONT,
        *more,
    )


def bomb(megabytes: int, filler: bytes = b" ", layers: int = 1) -> bytes:
    """Text packed small, and packed again."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(filler * ((1 << 20) // len(filler))) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    return packed


def _flate(layers: int) -> bytes:
    return b"/Filter [%s]" % (b" /FlateDecode" * layers)


def _image(width: int, height: int, data: bytes, filters: bytes = b"/Filter /FlateDecode") -> bytes:
    return one_page(
        b"q 595 0 0 842 0 0 cm /Im Do Q",
        resources=b"/XObject << /Im 6 0 R >>",
        more=[
            stream(
                data,
                b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 %s"
                % (width, height, filters),
            )
        ],
    )


def _forms(count: int, each: int) -> bytes:
    """Forms that draw the next one several times."""
    forms = [
        stream(
            b"/X Do " * each + SHOWN,
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 5 0 R >> /XObject << /X %d 0 R >> >>"
            % (6 + (n + 1) % count),
        )
        for n in range(count)
    ]
    return one_page(SHOWN + b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=forms)


def _tree(depth: int, each: int) -> bytes:
    """Page trees that hold the next one several times; each level is an object."""
    levels = [b"<< /Type /Pages /Count 1000000 /Kids [%s] >>" % (b" %d 0 R" % (n + 3) * each) for n in range(depth)]
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    )


def _pages(count: int, kids: int) -> bytes:
    """A tree that says it has so many pages, and names one page so often."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"3 0 R " * kids),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream(SHOWN),
        FONT,
    )


def _many_letters(count: int) -> bytes:
    return zlib.compress(b"BT /F 6 Tf 6 TL 0 840 Td " + b"(Mo lop day nghe cho lao dong.) ' " * count + b"ET")


PDFS: dict[str, Maker] = {
    "a page tree that holds itself": lambda: raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"),
    "page trees that hold each other": lambda: raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [3 0 R 3 0 R] >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"),
    "a page tree that doubles": partial(_tree, 40, 2),
    "a deep page tree": partial(_tree, 20_000, 1),
    "a million pages that are not there": partial(_pages, MANY, 1),
    "a million times the same page": partial(_pages, MANY, MANY),
    "2,000,000,000 pages": partial(_pages, 2_000_000_000, 1),
    "forms that draw themselves": partial(_forms, 1, 2),
    "forms that draw each other": partial(_forms, 2, 10),
    "forms that double": partial(_forms, 30, 2),
    "a page of a million points": lambda: one_page(SHOWN, box=b"0 0 1000000 1000000"),
    "a long page without text": lambda: one_page(b"0 0 m 9 9 l S " * 400, box=b"0 0 1 10000000"),
    "a page of no size": lambda: one_page(SHOWN, box=b"0 0 0 0"),
    "a page of nonsense size": lambda: one_page(SHOWN, box=b"9e99 -9e99 1e400 (x)"),
    "a picture of 50,000 x 50,000": lambda: _image(50_000, 50_000, zlib.compress(b"\xff" * 1000)),
    "a picture of 50,000 x 50,000 that is there": lambda: _image(50_000, 50_000, bomb(2500, b"\xff")),
    "a picture of a billion": lambda: _image(2_000_000_000, 2_000_000_000, b"", b""),
    "JBIG2, JPEG 2000 and fax of nonsense": lambda: _image(50_000, 50_000, bytes(999), b"/Filter [/JBIG2Decode /JPXDecode /CCITTFaxDecode]"),
    "a stream of 2 GB": lambda: one_page(bomb(2000), _flate(1)),
    "a stream of 2 GB, packed twice": lambda: one_page(bomb(2000, layers=2), _flate(2)),
    "a stream packed a hundred times": lambda: one_page(bomb(10, layers=100), _flate(100)),
    "a stream of 50 MB of paths": lambda: one_page(bomb(50, b"0 0 m 9 9 l S \n"), _flate(1)),
    "a stream of 50 MB of open states": lambda: one_page(bomb(50, b"q q q q "), _flate(1)),
    "a stream of 50 MB of brackets": lambda: one_page(bomb(50, b"[[[["), _flate(1)),
    "a stream of 50 MB of dictionaries": lambda: one_page(bomb(50, b"<</A"), _flate(1)),
    "a stream of 50 MB of texts": lambda: one_page(bomb(50, b"BT (a) Tj "), _flate(1)),
    "a million letters on a page": lambda: one_page(_many_letters(35_000), _flate(1)),
    "a hundred thousand letters on a page": lambda: one_page(_many_letters(3500), _flate(1)),
    "references in a circle": lambda: raw_pdf(b"2 0 R", b"3 0 R", b"1 0 R"),
    "a length in a circle": lambda: raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>", b"<< /Length 4 0 R >> stream\nx\nendstream"),
    "contents in a circle": lambda: raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>", b"[4 0 R 4 0 R]"),
    "tables of places in a circle": lambda: good_pdf().replace(b"trailer << ", b"trailer << /Prev 9 ").replace(b"startxref", b"startxref "),
    "arrays in arrays": lambda: one_page(SHOWN, catalog=b"/X " + b"[" * 100_000 + b"]" * 100_000),
    "dictionaries in dictionaries": lambda: one_page(SHOWN, catalog=b"/X " + b"<</A " * 50_000 + b">>" * 50_000),
    "scripts and actions": lambda: one_page(SHOWN, catalog=b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:1/'\\)) /Next << /S /Launch /F (/bin/sh) >> >> /Names << /EmbeddedFiles 1 0 R >>"),
    "locked": lambda: pdf(PdfPage().text(70, 80, TEXT), encrypt=True),
    "a font of a billion widths": lambda: one_page(SHOWN.replace(b"/F ", b"/G "), resources=b"/Font << /G 6 0 R >>", more=[b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 0 /LastChar 1000000000 /Widths [1 2 3] /Encoding << /Differences [0 " + b"/a " * 300_000 + b"] >> >>"]),
    "a map of letters of a billion": lambda: pdf(PdfPage().lines(70, 80, [TEXT] * 3)).replace(b"<0000> <FFFF>", b"<00> <FFFFFFFFFFFF>").replace(b"<0000> <00FF> <0000>", b"<0000> <FFFFFF> <00>"),
}  # fmt: skip


# --- pictures ---


def png(width: int, height: int, data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A grey picture of stated size with these packed rows."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *chunks, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def tiff(directories: int, following: Callable[[int], int], width: int = 8, height: int = 8) -> bytes:
    """A TIFF of many pages that share one strip; `following`: the number of the page behind one, -1 for none."""
    strip = b"\xff" * 64
    size = 2 + 8 * 12 + 4
    first = 8 + len(strip)
    out = bytearray(b"II*\0" + struct.pack("<I", first) + strip)
    for n in range(directories):
        tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (278, height), (279, len(strip)))
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        out += struct.pack("<I", 0 if following(n) < 0 else first + size * following(n))
    return bytes(out)


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    """A picture in a format."""
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def _white(width: int, height: int, kind: str = "PNG") -> bytes:
    return saved(Image.new("L", (width, height), 255), kind)


def _gif(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + (b"," + struct.pack("<HHHHB", 0, 0, 8, 8, 0) + b"\x02\x02\x4c\x01\0") * frames + b";"


def _jpeg_of(width: int, height: int) -> bytes:
    made = bytearray(_white(64, 64, "JPEG"))
    at = made.index(b"\xff\xc0")
    made[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(made)


PICTURES: dict[str, Maker] = {
    "PNG of 50,000 x 50,000": lambda: png(50_000, 50_000, bomb(2384)),
    "PNG of 2,000,000,000 x 2,000,000,000": lambda: png(2_000_000_000, 2_000_000_000, zlib.compress(b"")),
    "PNG of 9,000 x 9,000": lambda: _white(9000, 9000),
    "PNG of 9,000 x 9,000 that goes on": lambda: png(9000, 9000, bomb(1000, b"\0")),
    "PNG of one column": lambda: png(1, 2_000_000, zlib.compress(b"\0\xff" * 2_000_000)),
    "PNG of one row": lambda: _white(60_000, 1),
    "PNG of one pixel": lambda: _white(1, 1),
    "PNG with 1 GB of words": lambda: png(8, 8, zlib.compress(b"\0" + bytes(8) * 9), (b"zTXt", b"a\0\0" + bomb(1000))),
    "PNG with a profile of 1 GB": lambda: png(8, 8, zlib.compress(bytes(9) * 8), (b"iCCP", b"a\0\0" + bomb(1000))),
    "JPEG of 65,000 x 65,000": lambda: _jpeg_of(65_000, 65_000),
    "JPEG of 9,000 x 9,000": lambda: _white(9000, 9000, "JPEG"),
    "TIFF of 100,000 pages": lambda: tiff(100_000, lambda n: n + 1 if n < 99_999 else -1),
    "TIFF whose page is behind itself": lambda: tiff(1, lambda n: 0),
    "TIFF whose pages are in a circle": lambda: tiff(3, lambda n: (n + 1) % 3),
    "TIFF of 4,000,000,000 pixels": lambda: tiff(1, lambda n: -1, 60_000, 60_000),
    "GIF of 50,000 frames": lambda: _gif(50_000),
    "BMP of 50,000 x 50,000": lambda: (b"BM" + struct.pack("<IHHI", 154, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0)).ljust(154, b"\0"),
    "WebP of nonsense": lambda: b"RIFF" + struct.pack("<I", 100) + b"WEBPVP8L" + bytes(92),
}  # fmt: skip
