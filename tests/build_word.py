"""Small Word files for tests: the XML of a body in, bytes of a DOCX out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from extractors.document import Document
from extractors.readers import read

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NAMES = (
    f'{_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "header1": "hdr", "footer1": "ftr"}  # fmt: skip


def docx_of(body: str, **parts: str) -> bytes:
    """A DOCX of a body and other parts ("styles", "numbering", "footnotes", "header1", …), each as the XML inside its root."""
    members = {"word/document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    overrides = [("/word/document.xml", "document.main")]
    relations = []
    for name, inside in parts.items():
        kind = name.rstrip("1")
        members[f"word/{name}.xml"] = f"<w:{_ROOTS[name]} {_NAMES}>{inside}</w:{_ROOTS[name]}>"
        overrides.append((f"/word/{name}.xml", kind))
        relations.append(f'<Relationship Id="r{name}" Type="{_RELATIONS}/{kind}" Target="{name}.xml"/>')
    package = "http://schemas.openxmlformats.org/package/2006"
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{package}/relationships">{"".join(relations)}</Relationships>'
    )
    members["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    kinds = "".join(f'<Override PartName="{part}" ContentType="{_KINDS}{kind}+xml"/>' for part, kind in overrides)
    members["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )
    return zipped({name: text.encode("utf-8") for name, text in members.items()})


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: change(archive.read(n)) if n == name else archive.read(n) for n in archive.namelist()})


def without(data: bytes, name: str) -> bytes:
    """A ZIP that lost a member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist() if n != name})


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def tbl(*rows: str, grid: str = "") -> str:
    """A table of rows (`tr`)."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid.split())
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells: texts, or the XML of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tc(text: str, properties: str = "") -> str:
    """A cell of one paragraph, or of the XML of its content."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def word(body: str, **parts: str) -> Document:
    """The document read from such a file."""
    return read(docx_of(body, **parts))


def lines(document: Document, zone: str = "body") -> list[str]:
    """Texts of the paragraphs of a zone."""
    return [b.text for b in document.blocks if b.table is None and b.zone == zone]


def grid(document: Document) -> list[list[str]]:
    """The first table; a merged cell stands in every place it covers."""
    table = next(b.table for b in document.blocks if b.table is not None)
    return [[c.text if c else "" for c in row] for row in table.grid()]
