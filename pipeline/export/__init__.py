"""Releases in other formats: a folder of CSV files, an Excel workbook, a DuckDB file, an SQLite file.

Parquet stays what a release is; an export is made from it, says the same, and may be deleted and made again at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.export.csv_files import check_replaceable, write_csv
from pipeline.export.duckdb_file import write_duckdb
from pipeline.export.place import ExportError, byte_size, replaced
from pipeline.export.reading import check_known
from pipeline.export.sqlite_file import write_sqlite
from pipeline.export.xlsx import check_fits, write_xlsx
from pipeline.releases import Release


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, what is looked at before anything is written, and what writes a release to a path that does not exist yet
    and gives the number of rows."""

    name: str
    suffix: str
    write: Callable[[Release, Path], int]
    check: Callable[[Release, Path], None] = lambda release, target: None

    def target(self, out: Path, release: Release) -> Path:
        """Where an export goes when nobody says where: `<out>/exports/<release><suffix>`, for CSV a folder `<release>-csv`."""
        return out / "exports" / f"{release.name}{self.suffix or '-' + self.name}"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export has written."""

    path: Path
    byte_size: int
    rows: int


FORMATS = {
    f.name: f
    for f in (
        Format("csv", "", write_csv, check_replaceable),
        Format("xlsx", ".xlsx", write_xlsx, check_fits),
        Format("duckdb", ".duckdb", write_duckdb),
        Format("sqlite", ".sqlite", write_sqlite),
    )
}


def export(release: Release, format_name: str, target: Path) -> Written:
    """Writes a release in a format, whole or not at all; an earlier export of the same path is replaced.

    Raises ExportError when the release does not fit the format, or when the target is something an export must not replace.
    """
    chosen = FORMATS[format_name]
    check_known(release)
    if chosen.suffix and target.is_dir():
        raise ExportError(f"{target} is a folder: name a file, such as {target / (release.name + chosen.suffix)}")
    chosen.check(release, target)
    with replaced(target) as path:
        rows = chosen.write(release, path)
    return Written(target, byte_size(target), rows)


__all__ = ["FORMATS", "ExportError", "Format", "Written", "export"]
