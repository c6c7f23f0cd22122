"""A run over files of several formats: pages and doubts reach the tables, and a missing program costs its files only."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pandas as pd

from extractors.document import RawCell, RawParagraph, RawTable, Suspect
from extractors.find import find
from extractors.readers import read
from pipeline.raw import list_raw
from pipeline.run import Outcome, extract
from pipeline.tables import read_rows
from tests.build import LETTERHEAD
from tests.pictures import blank, encoded, write
from tests.test_pipeline import run

BODY = "I. NHIỆM VỤ\n1. Mở lớp dạy nghề.\nII. KINH PHÍ\nKinh phí thực hiện là 450 triệu đồng.\n"


def word_file(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rows_of(outcome: Outcome, table: str) -> list[dict[str, Any]]:
    assert outcome.release is not None
    return read_rows(outcome.release.path(table))


def documents_of(outcome: Outcome) -> pd.DataFrame:
    return pd.DataFrame(rows_of(outcome, "documents")).set_index("path")


def test_a_number_read_in_two_ways_is_an_issue_in_its_section() -> None:
    document = read((LETTERHEAD + BODY).encode())
    at = document.text.index("450")
    findings = find(replace(document, suspects=(Suspect(at, at + 3, "ocr_number"),)))
    (doubt,) = [d for d in findings.doubts if d.check_code == "ocr_number"]
    assert (doubt.actual, doubt.severity_code) == ("450", "warning")
    assert doubt.evidence is not None and doubt.evidence.section == "II"
    assert [b.amount_vnd for b in findings.budgets] == [450_000_000]


def test_pages_and_doubts_go_with_the_words() -> None:
    from extractors.assembly import assemble

    rows = [
        [RawCell(t, page=p) for t in texts]
        for texts, p in ((["TT", "Nội dung", "Năm"], 1), (["1", "Mở lớp", "2024"], 1), (["2", "In sách", "2O25"], 2))
    ]
    rows[2][2].suspect = "ocr_number"
    assembled = assemble([RawParagraph("KẾ HOẠCH", page=1), RawTable(rows), RawParagraph("Kết thúc.", page=4)])
    starts = assembled.page_starts
    assert [assembled.text[a : a + 2] for a in starts] == ["KẾ", "2\t", "Kế", "Kế"]  # nothing stands on the third page
    assert [assembled.text[s.start : s.end] for s in assembled.suspects] == ["2O25"]


def test_one_plan_in_two_formats_gives_the_same_rows(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.docx").write_bytes(word_file(LETTERHEAD + BODY))
    (raw / "b.txt").write_text(LETTERHEAD + BODY, encoding="utf-8")
    outcome = run(raw, tmp_path / "out")
    documents = documents_of(outcome)
    assert documents.loc["a.docx", "text_layer"] == "docx"
    rows = {}
    for path in ("a.docx", "b.txt"):
        identity = documents.loc[path, "document_id"]
        rows[path] = [
            (r["name_vi"], r["plan_id"]) for r in rows_of(outcome, "tasks") if r["document_id"] == identity
        ] + [(r["amount_vnd"], r["plan_id"]) for r in rows_of(outcome, "budgets") if r["document_id"] == identity]
    assert rows["a.docx"] == rows["b.txt"] and len(rows["a.docx"]) == 2


def test_lock_files_of_word_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "~$a.docx").write_bytes(b"owner")
    (tmp_path / "a.txt").write_text(LETTERHEAD + BODY, encoding="utf-8")
    assert [f.path for f in list_raw(tmp_path)] == ["a.txt"]


def test_a_missing_program_costs_its_files_only_and_until_it_is_there(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = blank((800, 600))
    write(page, (50, 50), ["Plan"])
    (raw / "anh.png").write_bytes(encoded(page))
    (raw / "cu.rtf").write_bytes(rb"{\rtf1\ansi Ke hoach\par}")
    (raw / "ke-hoach.txt").write_text(LETTERHEAD + BODY, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "extract", "--raw", str(raw), "--out", str(tmp_path / "out")]
    subprocess.run(
        command, cwd=Path(__file__).parent.parent, env={"PATH": str(tmp_path)}, check=True, capture_output=True
    )
    documents = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").set_index("path")
    assert documents["status"].to_dict() == {"anh.png": "failed", "cu.rtf": "failed", "ke-hoach.txt": "complete"}
    assert "tesseract-ocr-vie" in documents.loc["anh.png", "status_reason"]
    assert "libreoffice-writer-nogui" in documents.loc["cu.rtf", "status_reason"]
    assert all("make system" in documents.loc[p, "status_reason"] for p in ("anh.png", "cu.rtf"))
    assert len(pd.read_parquet(tmp_path / "out" / "latest" / "tasks.parquet")) == 1
    if shutil.which("soffice") is not None:
        again = extract(raw, tmp_path / "out", 1, False, lambda done, total, path: None)
        assert documents_of(again).loc["cu.rtf", "status"] == "complete"


def test_files_of_every_format_that_are_cut_off_have_one_reason_each(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as z:
        z.writestr("photos/1.txt", "x")
    whole = word_file(LETTERHEAD + BODY)
    for name, data in {
        "empty.docx": b"", "cut.docx": whole[: len(whole) // 2], "archive.docx": archive.getvalue(), "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "cut.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "cut.png": encoded(blank((300, 300)))[:200],
    }.items():  # fmt: skip
        (raw / name).write_bytes(data)
    (raw / "good.docx").write_bytes(whole)
    documents = documents_of(run(raw, tmp_path / "out"))
    bad = documents.drop("good.docx")
    assert set(bad["status"]) == {"failed"} and documents.loc["good.docx", "status"] == "complete"
    assert all(len(reason) > 20 and "Traceback" not in reason for reason in bad["status_reason"])
    assert bad["status_reason"].str.contains("internal error").sum() == 0
