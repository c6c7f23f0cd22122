"""What is in a folder of tables, for a summary of one screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema import TABLES


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows by table, documents by status, path and reason of those not read, issues by severity and code."""

    counts: dict[str, int]
    statuses: dict[str, int]
    not_read: list[tuple[str, str]]
    issues: dict[tuple[str, str], int]


def overview(folder: Path) -> Overview:
    """The overview of the tables in a folder."""
    paths = {t.name: folder / f"{t.name}.parquet" for t in TABLES}
    counts = {name: pq.ParquetFile(path).metadata.num_rows for name, path in paths.items() if path.is_file()}
    documents = pq.ParquetFile(paths["documents"]).read(["path", "status", "status_reason"])
    statuses = documents.group_by("status").aggregate([([], "count_all")]).to_pylist()
    not_read = documents.filter(pc.field("status") == "failed").sort_by("path").to_pylist()
    issues = pq.ParquetFile(paths["issues"]).read(["severity_code", "check_code"])
    codes = issues.group_by(["severity_code", "check_code"]).aggregate([([], "count_all")]).to_pylist()
    return Overview(
        counts, {s["status"]: s["count_all"] for s in statuses}, [(d["path"], d["status_reason"]) for d in not_read],
        {(c["severity_code"], c["check_code"]): c["count_all"] for c in codes},
    )  # fmt: skip
