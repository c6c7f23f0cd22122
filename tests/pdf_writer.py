"""Writes small PDFs for tests: text with its place, rules, pictures. Letters are half as wide as high, fonts are not embedded."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Codes def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
5 beginbfrange
%s
endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass
class PdfPage:
    """A page; y counts downwards from its upper edge."""

    width: float = 595
    height: float = 842
    content: list[str] = field(default_factory=list)
    has_picture: bool = False
    rotate: int = 0

    def text(self, x: float, y: float, words: str, size: float = 13, bold: bool = False) -> PdfPage:
        """Writes words that stand on the height y."""
        codes = words.encode("utf-16-be").hex()
        font = "F2" if bold else "F1"
        self.content.append(f"BT /{font} {size} Tf {x:.2f} {self.height - y:.2f} Td <{codes}> Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], pitch: float = 16, size: float = 13) -> PdfPage:
        """Writes lines below each other."""
        for n, line in enumerate(lines):
            self.text(x, y + n * pitch, line, size)
        return self

    def upwards(self, x: float, y: float, words: str, size: float = 13) -> PdfPage:
        """Writes words that run from bottom to top."""
        codes = words.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf 0 1 -1 0 {x:.2f} {self.height - y:.2f} Tm <{codes}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0) -> PdfPage:
        """Draws a line."""
        self.content.append(f"{grey} G 0.5 w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PdfPage:
        """Draws all rules of a table."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def picture(self) -> PdfPage:
        """Covers the page with a white picture, as a scanner does."""
        self.has_picture = True
        self.content.insert(0, f"q {self.width} 0 0 {self.height} 0 0 cm /Im Do Q")
        return self


def pdf(*pages: PdfPage, to_unicode: bool = True, encrypt: bool = False) -> bytes:
    """The file. `to_unicode`: whether its fonts say which letters their codes are; `encrypt`: whether it asks for a
    password that nobody knows."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(entries: str, data: bytes) -> int:
        return add(b"<< %s /Length %d >> stream\n%s\nendstream" % (entries.encode(), len(data), data))

    ranges = b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (n, n, n) for n in (0x00, 0x01, 0x03, 0x1E, 0x20))
    table = stream("", _TO_UNICODE % ranges)
    fonts = []
    for name in ("Letters", "Letters-Bold"):
        descriptor = add(
            b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
            b"/Descent -200 /CapHeight 700 /StemV 80 >>" % name.encode()
        )
        descendant = add(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> /FontDescriptor %d 0 R /DW 500 >>" % (name.encode(), descriptor)
        )
        mapping = b"/ToUnicode %d 0 R" % table if to_unicode else b""
        fonts.append(
            add(
                b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] %s >>"
                % (name.encode(), descendant, mapping)
            )
        )
    image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
        zlib.compress(b"\xff"),
    )
    parent = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        content = stream("", "\n".join(page.content).encode("ascii"))
        pictures = f"/XObject << /Im {image} 0 R >>" if page.has_picture else ""
        kids.append(
            add(
                f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate} "
                f"/Contents {content} 0 R /Resources << /Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> {pictures} >> >>".encode()
            )
        )
    add(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode())
    catalog = add(f"<< /Type /Catalog /Pages {parent} 0 R >>".encode())
    lock = b""
    if encrypt:
        key = add(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"5A" * 32, b"A5" * 32))
        lock = b"/Encrypt %d 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]" % key
    return written(objects, catalog, lock)


def written(objects: Sequence[bytes], root: int, extra: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; `root`: the number of its catalog, `extra`: more of its trailer."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, extra, start)
    return bytes(out)
