"""DOC, ODT and RTF are read like a DOCX, nothing that LibreOffice loses of a DOC is lost, and what fails says why."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from extractors.document import Document, UnreadableError
from extractors.readers import office, read
from extractors.readers.context import Context
from extractors.readers.kinds import DOC, ODT, RTF
from extractors.readers.word_binary import BinaryWord, plain_text, read_binary
from tests.build_word import docx_of, grid, lines, p, run, tbl, tc, tr

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: run make system"
)
HEAD = [f"{n}. Việc thứ {n} của kế hoạch" for n in range(1, 4)]
ROWS = [["STT", "Nhiệm vụ", "Thời gian"], ["1", "Mở lớp", "2026"], ["2", "In sách; phát sách", "2027"]]
TABLE = tbl(tr(tc("STT"), tc("Nhiệm vụ"), tc("Thời gian")), *(tr(*row) for row in ROWS[1:]))
RTF_TEXT = rb"{\rtf1\ansi\uc1 K\u7871? ho\u7841?ch n\u432?\u7899?c s\u7841?ch\par \b Danh s\'e1ch\par}"


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def put(self, name: str, data: bytes) -> None:
        self.kept[name] = data


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same document as DOC and ODT, made by LibreOffice."""
    tracked = f'<w:p>{run("Kinh phí ")}<w:ins w:id="1">{run("700")}</w:ins><w:del w:id="2"><w:r><w:delText>500</w:delText></w:r></w:del>{run(" triệu đồng.")}</w:p>'
    made = docx_of("".join(map(p, HEAD)) + tracked + TABLE + p("Hết."))
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(made)
    for target in ("doc:MS Word 97", "odt"):
        office._run(
            ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", target, "--outdir", str(folder), str(folder / "a.docx")], 90
        )  # fmt: skip
    return {"doc": (folder / "a.doc").read_bytes(), "odt": (folder / "a.odt").read_bytes()}


@needs_office
@pytest.mark.parametrize(("name", "kind"), [("doc", DOC), ("odt", ODT)])
def test_the_text_and_the_table_of_other_formats(originals: dict[str, bytes], name: str, kind: str) -> None:
    document = read(originals[name])
    assert lines(document) == [*HEAD, "Kinh phí 700 triệu đồng.", "Hết."]
    assert grid(document) == ROWS
    assert (document.media_type, document.text_layer, document.is_partial) == (kind, "docx", False)


@needs_office
def test_many_files_are_converted_in_one_go_and_bad_ones_left_out(
    originals: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "tốt.doc": originals["doc"],
        "tên lạ & 'x'.bin": RTF_TEXT,
        "hỏng.doc": originals["doc"][:1500],
        "a.txt": b"x",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    store = Kept()
    pairs = [(sha(data), tmp_path / name) for name, data in files.items()]
    office.prepare([*pairs, ("0" * 64, tmp_path / "fehlt.doc")], store)
    assert set(store.kept) == {f"office-{office.VERSION}-{sha(data)}" for data in (originals["doc"], RTF_TEXT)}
    monkeypatch.setattr(office, "_converted", lambda sources: pytest.fail("converted again"))
    assert lines(read(RTF_TEXT, Context(store))) == ["Kế hoạch nước sạch", "Danh sách"]
    office.prepare(pairs[:2], store)


@needs_office
def test_a_file_that_is_cut_off_is_never_read_as_a_whole_one(originals: dict[str, bytes]) -> None:
    cut = originals["doc"][: len(originals["doc"]) // 2]
    with pytest.raises(UnreadableError, match="cut off"):
        read(cut)


def test_what_libreoffice_cannot_open_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(office, "_converted", lambda sources: {})
    with pytest.raises(UnreadableError, match="save it as DOCX") as caught:
        read(RTF_TEXT)
    assert caught.value.media_type == RTF


def test_without_libreoffice_the_reason_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UnreadableError, match="make system") as caught:
        read(RTF_TEXT)
    assert caught.value.media_type == RTF


@needs_office
def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    office._run(["sleep", "30"], 0)


@needs_office
def test_a_doc_with_a_password_asks_for_one_without(originals: dict[str, bytes]) -> None:
    data = bytearray(originals["doc"])
    fib = data.index(b"\xec\xa5")  # the mark with which the stream of the text begins
    data[fib + 11] |= 0x01
    with pytest.raises(UnreadableError, match="password"):
        read(bytes(data))


@needs_office
def test_the_binary_file_gives_all_words_and_the_table(originals: dict[str, bytes]) -> None:
    binary = read_binary(originals["doc"])
    assert binary is not None
    assert [[cell.text for cell in row] for row in binary.tables[0].rows] == ROWS
    assert all(line in binary.text for line in HEAD)


def test_instructions_of_fields_are_no_words() -> None:
    raw = "Xem \x13 HYPERLINK \x13 REF a \x14b\x15 \x14trang web\x15 và \x13 PAGE \x15hết"
    assert plain_text(raw).split() == ["Xem", "trang", "web", "và", "hết"]


def test_a_file_that_is_no_word_binary_is_not_checked() -> None:
    assert read_binary(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)) is None


def document_that_lost(monkeypatch: pytest.MonkeyPatch, made: bytes, original: BinaryWord) -> Document:
    monkeypatch.setattr(office, "read_binary", lambda data: original)
    monkeypatch.setattr(office, "_converted_alone", lambda data, kind, sha256: made)
    monkeypatch.setattr(office, "kind_of", lambda data: DOC)
    return office.read(b"doc", Context())


def test_words_that_are_missing_make_a_document_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_that_lost(monkeypatch, docx_of(p("Mở lớp.")), BinaryWord("Mở lớp. In sách.", ()))
    assert document.is_partial
    assert (document.partial_reason or "").startswith("2 words of the file are missing")
