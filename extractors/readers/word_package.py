"""The container of a Word file: its parts, opened without trusting them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import Unmarshaller
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgreader import PackageReader
from docx.package import Package
from lxml import etree

from extractors.document import UnreadableError
from extractors.readers.containers import open_container
from extractors.readers.kinds import DOCX
from extractors.readers.limits import check_part
from extractors.readers.word_xml import W

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
# What python-docx itself parses, and as it does, but for its classes of elements, which each take longer to come by than what is read from them.
_PARSED = frozenset(
    {
        CT.WML_DOCUMENT_MAIN, CT.WML_STYLES, CT.WML_NUMBERING, CT.WML_HEADER, CT.WML_FOOTER, CT.WML_SETTINGS, CT.WML_COMMENTS,
        CT.OPC_CORE_PROPERTIES,
    }
)  # fmt: skip
_PLAIN_PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_TARGET = re.compile(rb"\bTarget\s*=\s*[\"']([^\"']*)[\"']")
_MAIN_KIND = re.compile(
    rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)\.(?:document|template)(?:\.macroEnabledTemplate|\.macroEnabled)?\.main\+xml"
)
_PLAIN_KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (  # of the strict form of the format; the other form is what everybody writes
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file that hold text, None for those it does not have; names of parts that it says it has and has
    not."""

    body: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    notes: dict[str, etree._Element]
    margins: tuple[etree._Element, ...]
    missing: tuple[str, ...]


def open_word(data: bytes) -> WordFile:
    """Opens a DOCX (also a template, one with macros, or of the strict form; macros are never run). Parts that are missing are
    named. Raises UnreadableError when there is no document in it."""
    try:
        repaired, missing = _repaired(data)
        package = Package()
        reader = PackageReader.from_file(io.BytesIO(repaired))  # type: ignore[no-untyped-call]
        Unmarshaller.unmarshal(reader, package, _loaded)  # type: ignore[no-untyped-call]
        part = package.part_related_by(RT.OFFICE_DOCUMENT)
        body = cast(_XmlPart, part).element.find(W + "body")
        if body is None:
            raise _unreadable("its document part has no body")
        return WordFile(
            body,
            _related(part, RT.STYLES),
            _related(part, RT.NUMBERING),
            {
                k: e
                for k, t in (("footnote", RT.FOOTNOTES), ("endnote", RT.ENDNOTES))
                if (e := _related(part, t)) is not None
            },
            tuple(e for t in (RT.HEADER, RT.FOOTER) for p in _parts(part, t) if (e := _root(p)) is not None),
            missing,
        )
    except (UnreadableError, MemoryError):
        raise
    except Exception as problem:  # a damaged package raises whatever its reader stumbles over
        raise _unreadable(f"{type(problem).__name__}: {problem}") from None


class _XmlPart(Part):
    """A part of a package with its tree."""

    element: etree._Element


def _loaded(name: PackURI, content_type: str, relation: str, data: bytes, package: Package) -> Part:
    """A part of a package, parsed where the package needs it."""
    if relation == RT.IMAGE or content_type not in _PARSED:
        return Part(name, content_type, data, package)
    check_part(data, DOCX)
    part = _XmlPart(name, content_type, data, package)
    part.element = etree.fromstring(data, _PLAIN_PARSER)
    return part


def _unreadable(why: str) -> UnreadableError:
    return UnreadableError(
        f"the file is cut off or damaged (a DOCX that cannot be opened: {why}): fetch it again", DOCX
    )


def _repaired(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The package as python-docx takes it: no relations to parts that are missing, the usual names for all it holds."""
    with open_container(data, DOCX) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise _unreadable("word/document.xml is missing")
        changed: dict[str, bytes] = {}
        missing: list[str] = []
        is_strict = _STRICT in archive.read("word/document.xml")[:4000]
        for name in names:
            if not name.endswith((".rels", ".xml")):
                continue
            if not (is_strict or name.endswith(".rels") or name == "[Content_Types].xml"):
                continue
            old = archive.read(name)
            new = _renamed(old) if is_strict else old
            if name.endswith(".rels"):
                new = _without_lost(new, name, names, missing)
            elif name == "[Content_Types].xml":
                new = _MAIN_KIND.sub(_PLAIN_KIND, new)
            if new != old:
                changed[name] = new
        return (_rewritten(archive, changed) if changed else data), tuple(sorted(set(missing)))


def _renamed(xml: bytes) -> bytes:
    for strict, usual in _NAMES:
        xml = xml.replace(strict, usual)
    return xml


def _without_lost(relations: bytes, at: str, names: set[str], missing: list[str]) -> bytes:
    """The relations of a part that point to something that is there; the others are noted as missing."""

    def kept(m: re.Match[bytes]) -> bytes:
        lost = _lost_part(m.group(), at, names)
        missing.extend([lost] if lost else [])
        return b"" if lost else m.group()

    return _RELATION.sub(kept, relations)


def _lost_part(relation: bytes, rels_name: str, names: set[str]) -> str | None:
    target = _TARGET.search(relation)
    if target is None or b"External" in relation:
        return None
    folder = posixpath.dirname(posixpath.dirname(rels_name))
    part = posixpath.normpath(posixpath.join("/" + folder, target.group(1).decode("utf-8", "replace"))).lstrip("/")
    return None if part in names or part in ("", ".") else part


def _rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for member in archive.infolist():
            copy.writestr(member.filename, changed.get(member.filename) or archive.read(member))
    return out.getvalue()


def _parts(part: Part, relation: str) -> Iterator[Part]:
    return (r.target_part for r in part.rels.values() if r.reltype == relation and not r.is_external)


def _related(part: Part, relation: str) -> etree._Element | None:
    return next((e for p in _parts(part, relation) if (e := _root(p)) is not None), None)


def _root(part: Part) -> etree._Element | None:
    """The tree of a part; None for one that is no XML, so that the text of the others is read all the same."""
    tree = getattr(part, "element", None)
    if tree is not None:
        return tree
    check_part(part.blob, DOCX)
    try:
        return etree.fromstring(part.blob, _PARSER)
    except etree.XMLSyntaxError:
        return None
