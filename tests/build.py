"""Small documents for tests: text in, findings out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from extractors.find import find
from extractors.findings import Findings, Task
from extractors.readers import read
from pipeline.database import database
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.names import province_rows
from pipeline.publish import publish
from pipeline.raw import RawFile
from pipeline.reading import read_bytes
from pipeline.releases import Release, half_written
from pipeline.rows import Rows, build_rows
from pipeline.schema import STEP_TABLES, TABLES
from pipeline.scope import Source
from pipeline.sidecar import NONE
from pipeline.tables import arrow_table, write_table
from pipeline.views import write_views

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 21/KH-UBND

Sóc Trăng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH

Phát triển làng nghề tỉnh Sóc Trăng giai đoạn 2024 - 2026

Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""


def plan_of(body: str) -> Findings:
    """Findings of a plan with the usual letterhead and the given body."""
    return find(read((LETTERHEAD + body).encode("utf-8")))


def article_of(body: str) -> Findings:
    """Findings of a text without letterhead."""
    return find(read(body.encode("utf-8")))


def roles(task: Task) -> list[tuple[str, str]]:
    """Role and name (or words) of a task's agencies, in order."""
    return [(m.role_code, m.agency.name if m.agency else m.text) for m in task.mentions]


def release_of(*texts: str) -> Rows:
    """Rows of a release of documents with these texts, with the vocabularies."""
    sources = []
    for n, text in enumerate(texts, 1):
        data = text.encode("utf-8")
        sha = hashlib.sha256(data).hexdigest()
        file = RawFile(Path(f"{n}.txt"), f"{n}.txt", sha, len(data), NONE)
        sources.append(Source(f"d-{n}", file, read_bytes(data), None))
    rows = build_rows(sources)
    return rows | {"provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}


def publish_rows(rows: Rows, out: Path, about: dict[str, Any]) -> tuple[Release, bool]:
    """A release of rows, as a run would publish them."""
    with half_written(out) as part, database(part / ".spill") as connection:
        for table in (t for t in TABLES if t.name not in STEP_TABLES):
            write_table(arrow_table(table, rows.get(table.name, [])), part / f"{table.name}.parquet")
        write_views(connection, part, part)
        return publish(part, out, about, rows.get("plan_aliases", []))
