"""DOC, ODT and RTF: LibreOffice makes a DOCX of them, which is read like any other; of a DOC nothing may be lost on the way."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from extractors.document import Document, MissingProgramError, UnreadableError
from extractors.readers.context import Context, Store
from extractors.readers.docx import document_of
from extractors.readers.kinds import DOC, ODT, RTF, kind_of
from extractors.readers.programs import run_program
from extractors.readers.word_binary import read_binary
from extractors.readers.word_package import open_word
from extractors.readers.word_recovery import missing_words, put_back_tables

VERSION = 1
_SUFFIXES = {DOC: ".doc", ODT: ".odt", RTF: ".rtf"}
_SECONDS_TO_START, _SECONDS_PER_FILE = 60, 30
_STARTS, _START_AGAIN = 3, (79, 81)  # what it says after it has set up a new profile
_SAFE = (  # macros are never run, links never followed
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>',
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>',
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>',
    '<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>',
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_SAFE)
    + "</oor:items>"
)


def prepare(files: Sequence[tuple[str, Path]], store: Store) -> None:
    """Converts files, each with its SHA-256, in one go and keeps the results in the store; what is in it already is not made
    again. A file that cannot be converted is left out: `read` tries it alone and says why."""
    wanted = [(sha256, path) for sha256, path in files if store.get(_name(sha256)) is None]
    sources: list[tuple[str, bytes]] = []
    for sha256, path in wanted:
        try:
            data = path.read_bytes()
            suffix = _SUFFIXES.get(kind_of(data) or "")
        except (OSError, UnreadableError):
            continue
        if suffix:
            sources.append((f"{sha256}{suffix}", data))
    if not sources or shutil.which("soffice") is None:
        return
    for name, made in _converted(sources).items():
        store.put(_name(name), made)


def read(data: bytes, context: Context) -> Document:
    """Reads a DOC, ODT or RTF into a Document of text layer "docx" and its own media type. Raises UnreadableError when it is
    protected or cannot be converted. Partial when words of a DOC are lost on the way."""
    kind = kind_of(data) or RTF
    original = read_binary(data) if kind == DOC else None
    sha256 = hashlib.sha256(data).hexdigest()
    made = context.store.get(_name(sha256))
    if made is None or not zipfile.is_zipfile(io.BytesIO(made)):  # a damaged result is made anew
        context.slow_work()
        made = _converted_alone(data, kind, sha256)
        context.store.put(_name(sha256), made)
    word = open_word(made)
    if original is None:
        return document_of(word, kind)
    put_back_tables(word.body, original.tables)
    lost = missing_words([word.body, *word.notes.values(), *word.margins], original.text)
    document = document_of(word, kind)
    return replace(document, is_partial=True, partial_reason=_lost(lost)) if lost else document


def _name(sha256: str) -> str:
    return f"office-{VERSION}-{sha256}"


def _lost(words: int) -> str:
    return f"{words} words of the file are missing in what LibreOffice made of it: save it as DOCX or PDF and put that into data/raw"


def _converted_alone(data: bytes, kind: str, sha256: str) -> bytes:
    if shutil.which("soffice") is None:
        raise MissingProgramError(
            "reading this file needs LibreOffice: run `make system`, or"
            " `sudo apt-get install -y --no-install-recommends libreoffice-writer-nogui`",
            kind,
        )
    made = _converted([(f"{sha256}{_SUFFIXES[kind]}", data)]).get(sha256)
    if made is None:
        raise UnreadableError(
            "LibreOffice cannot open the file (cut off, damaged, or protected by a password): open it in Word, save it as DOCX"
            " and put that into data/raw",
            kind,
        )
    return made


def _converted(sources: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """What one run of LibreOffice makes of files, by the stem of their names; nothing for those that fail."""
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        root = Path(folder)
        inbox, outbox, profile = root / "in", root / "out", root / "profile"
        for place in (inbox, outbox, profile / "user"):
            place.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        for name, data in sources:
            (inbox / name).write_bytes(data)
        command = [
            _soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx", "--outdir", str(outbox), *(str(inbox / name) for name, _ in sources),
        ]  # fmt: skip
        _run(command, _SECONDS_TO_START + _SECONDS_PER_FILE * len(sources))
        return {made.stem: made.read_bytes() for made in outbox.glob("*.docx") if made.stat().st_size}


def _soffice() -> str:
    """The program itself: its usual name is a script around it, whose child would outlive it."""
    script = Path(shutil.which("soffice") or "soffice").resolve()
    program = script.with_name("soffice.bin")
    return str(program if program.is_file() else script)


def _run(command: list[str], seconds: int) -> None:
    """Runs LibreOffice, again where it asks for that. How it ends does not matter, only what it made."""
    with suppress(TimeoutError):
        for _ in range(_STARTS):
            if run_program(command, seconds).code not in _START_AGAIN:
                return
