"""Opening a release in a notebook: `open_release().table("targets")`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.releases import Release, find_release
from pipeline.schema import TABLES, VIEW_TABLES

if TYPE_CHECKING:
    import pandas as pd

_DESCRIBED = {t.name: t for t in (*TABLES, *VIEW_TABLES)}


class OpenRelease:
    """One release, the same for every table read from it, whatever is published meanwhile."""

    def __init__(self, release: Release) -> None:
        self._release = release

    @property
    def name(self) -> str:
        """Name of the release."""
        return self._release.name

    @property
    def folder(self) -> Path:
        """Folder of the release."""
        return self._release.folder

    @property
    def manifest(self) -> dict[str, Any]:
        """What the release says of itself: versions, inputs, rows and hash of each table."""
        return self._release.manifest

    @property
    def tables(self) -> dict[str, str]:
        """Names of tables and views, with what one row is."""
        return {
            name: _DESCRIBED[name].description_en for name in self._release.manifest["tables"] if name in _DESCRIBED
        }

    def path(self, table: str) -> Path:
        """Parquet file of a table. Raises LookupError with the tables there are."""
        if table not in self._release.manifest["tables"]:
            raise LookupError(f"release {self.name} has no table {table!r}; there are {', '.join(sorted(self.tables))}")
        return self._release.path(table)

    def table(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame: nullable integers, descriptions and units in `df.attrs`."""
        import pandas as pd

        return pd.read_parquet(self.path(name))


def open_release(folder: str | Path = "data/processed", name: str = "latest") -> OpenRelease:
    """The newest release below a folder, or another by its name. `latest` is resolved here, once: what is read later is of one release.

    Raises LookupError when there is none, with what to do.
    """
    return OpenRelease(find_release(Path(folder), name))
