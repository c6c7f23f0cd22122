"""The notebooks: each runs on any release without an error, and says and draws what the sample documents say."""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from pipeline.run import extract

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "raw" / "samples"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIRST, COMPARING, MONEY = "01_first_steps", "02_comparing_provinces", "03_money"
IDS = [p.stem for p in NOTEBOOKS]


class Shown:
    """What a notebook showed when it ran."""

    def __init__(self, notebook: nbformat.NotebookNode) -> None:
        self.outputs = [(cell.id, o) for cell in notebook.cells for o in cell.get("outputs", [])]

    def printed(self, stream: str = "stdout") -> str:
        return "".join(o.text for _, o in self.outputs if o.output_type == "stream" and o.name == stream)

    def figures(self) -> set[str]:
        return {cell for cell, o in self.outputs if "image/png" in o.get("data", {})}

    def table(self, cell: str) -> pd.DataFrame:
        """The first table a cell displayed, every value as it was shown."""
        html = next(o.data["text/html"] for c, o in self.outputs if c == cell and "text/html" in o.get("data", {}))
        frame = pd.read_html(io.StringIO(html), index_col=0, decimal="\0", thousands=None, keep_default_na=False)[0]
        return frame.set_axis(frame.columns.get_level_values(0), axis=1)


def execute(release: Path, start: Path) -> dict[str, Shown]:
    """Runs the notebooks side by side on a release, with their kernels started in some folder. Raises CellExecutionError when a cell fails."""
    from nbclient import NotebookClient

    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in NOTEBOOKS}

    async def run(notebook: nbformat.NotebookNode) -> None:
        client = NotebookClient(
            notebook,
            timeout=60,
            kernel_name="python3",
            resources={"metadata": {"path": str(start)}},
            extra_arguments=["--log-level=ERROR"],  # a note on the encryption of a socket of this machine
        )
        await client.async_execute(env={**os.environ, "KE_HOACH_RELEASES": str(release)})

    async def run_all() -> None:
        await asyncio.gather(*map(run, notebooks.values()))

    asyncio.run(run_all())
    return {name: Shown(notebook) for name, notebook in notebooks.items()}


@pytest.fixture(scope="module", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No notebook sees, or writes to, the settings and histories of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")  # jupyter warns of its old folders otherwise
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


def release_of(names: list[str], folder: Path) -> Path:
    (folder / "raw").mkdir()
    for name in names:
        shutil.copy(SAMPLES / name, folder / "raw" / name)
    assert extract(folder / "raw", folder / "out", 1, False, lambda done, total, path: None).failures == []
    return folder / "out"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    names = [p.name for p in SAMPLES.iterdir() if p.name != "README.md"]
    release = release_of(names, tmp_path_factory.mktemp("samples"))
    return execute(release, ROOT / "notebooks")


@pytest.mark.slow
def test_nothing_is_warned_of(samples: dict[str, Shown]) -> None:
    assert {name: shown.printed("stderr") for name, shown in samples.items()} == dict.fromkeys(IDS, "")


@pytest.mark.slow
def test_every_chart_is_drawn_for_the_samples(samples: dict[str, Shown]) -> None:
    assert samples[FIRST].figures() == {"chart"}
    assert samples[COMPARING].figures() == {"dots", "grid", "results-chart"}
    assert samples[MONEY].figures() == {f"{what}-chart" for what in ("totals", "source", "year", "category", "spent")}


@pytest.mark.slow
def test_a_row_is_followed_to_its_words(samples: dict[str, Shown]) -> None:
    printed = samples[FIRST].printed()
    assert "«90% hộ dân nông thôn được dùng nước sạch.»" in printed
    assert "2. Mục tiêu cụ thể đến năm 2025" in printed
    tables = samples[FIRST].table("tables")
    assert tables.loc["documents", "rows"] == 11
    assert "target_year" in printed
    assert "Int16" in printed


@pytest.mark.slow
def test_provinces_stand_beside_the_national_strategy(samples: dict[str, Shown]) -> None:
    pairs = samples[COMPARING].table("pairs")
    shown = set(
        zip(
            pairs.label.str.split(",").str[0],
            pairs.value_text,
            pairs.compared_value_text,
            pairs.ahead.astype(int),
            strict=True,
        )
    )
    # As the documents say it; less water lost from pipes is better.
    assert shown == {
        ("Lào Cai", "86%", "93%", -1), ("Lào Cai", "64%", "60%", 1), ("Lào Cai", "18%", "20%", 1), ("Lào Cai", "97%", "100%", -1),
        ("Bến Tre", "90%", "93%", -1), ("Bến Tre", "72%", "60%", 1), ("Bến Tre", "22%", "20%", -1), ("Bến Tre", "100%", "100%", 0),
        ("Nghệ An", "88%", "93%", -1), ("Nghệ An", "55%", "60%", -1), ("Nghệ An", "24%", "20%", -1), ("Nghệ An", "82%", "80%", 1),
        ("Nghệ An", "trên 98%", "98%", 0), ("Hải Dương", "95%", "93%", 1),
    }  # fmt: skip


@pytest.mark.slow
def test_what_is_not_compared_has_its_reason(samples: dict[str, Shown]) -> None:
    printed = samples[COMPARING].printed()
    assert "4 plans x 7 targets above: 14 compared, 14 not compared" in printed
    missing = samples[COMPARING].table("missing")
    assert len(missing) == 14
    assert set(missing.reason) == {"C", "D", "E"}
    lost = missing[missing.label.str.startswith("Hải Dương") & missing.goal.str.contains("20%")]
    assert list(lost.nearest) == ["tỷ lệ thất thoát nước giảm còn dưới 18%."]
    assert set(missing[missing.label.str.startswith("Lào Cai")].reason) == {"C"}  # it ends in 2025
    alone = samples[COMPARING].table("others")
    assert set(alone.label.str.split(",").str[0]) == {"Kon Tum", "Quảng Ngãi", "Sóc Trăng", "Trung ương"}


@pytest.mark.slow
def test_results_stand_beside_their_targets(samples: dict[str, Shown]) -> None:
    results = samples[COMPARING].table("results")
    assert set(zip(results.value_text, results.compared_value_text, results.is_reached.astype(str), strict=True)) == {
        ("90%", "91%", "True"),
        ("72%", "68%", "False"),
        ("22%", "20,5%", "True"),
        ("05 hồ chứa nước", "03 hồ chứa nước", "False"),
    }
    assert "Sóc Trăng, 650/QĐ-UBND: 7 answer none" in samples[COMPARING].printed()


@pytest.mark.slow
def test_the_sums_are_those_of_the_documents(samples: dict[str, Shown]) -> None:
    printed = samples[MONEY].printed()
    assert dict(re.findall(r"^(.+?), \S+: ([\d.]+) triệu đồng$", printed, re.MULTILINE)) == {
        "Bến Tre": "130.000",
        "Nghệ An": "122.000",
        "Hải Dương": "96.500",
        "Lào Cai": "57.900",
    }
    assert "Bến Tre, 1840/KH-UBND: 88.600 triệu đồng spent of 130.000, 68%" in printed
    assert "Nghệ An, 733/KH-UBND: 1 amounts of" not in printed
    assert "Nghệ An, 733/KH-UBND: 1 amounts beside its total" in printed
    assert [int(n) for n in re.findall(r"pandas == DuckDB by .*: (\d+) sums", printed)] == [4, 4, 7, 4]


@pytest.mark.slow
def test_sources_and_years_are_those_of_the_documents(samples: dict[str, Shown]) -> None:
    sources = samples[MONEY].table("source").apply(pd.to_numeric, errors="coerce")
    assert sources.loc["Bến Tre, 1840/KH-UBND"].dropna().sort_values().tolist() == [25_300, 44_700, 60_000]
    assert sources.loc["Lào Cai, 96/KH-UBND"].dropna().sort_values().tolist() == [1_000, 14_900, 42_000]
    assert sources.loc["Hải Dương, 77/KH-UBND"].dropna().sort_values().tolist() == [40_500, 56_000]
    assert sources.loc["Nghệ An, 733/KH-UBND"].dropna().sort_values().tolist() == [30_000, 40_000, 52_000]
    years = samples[MONEY].table("year").apply(pd.to_numeric, errors="coerce")
    assert years["Lào Cai, 96/KH-UBND"].tolist() == [9_400, 12_500, 12_000, 12_000, 12_000]
    assert "Bến Tre, 1840/KH-UBND: no division by year comes to the total" in samples[MONEY].printed()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "plans"), [("quyet-dinh-ban-hanh-de-an-kon-tum.txt", 1), ("thong-bao-nghi-tet.txt", 0)]
)
def test_a_release_of_one_document_without_money(document: str, plans: int, tmp_path: Path) -> None:
    release = release_of([document], tmp_path)
    shown = execute(release, ROOT)  # started from another folder than above
    assert all(s.printed("stderr") == "" for s in shown.values())
    assert f"0 amounts in 0 of {plans} plans" in shown[MONEY].printed()
    assert "No document of this release states an amount" in shown[MONEY].printed()
    assert shown[MONEY].figures() == shown[COMPARING].figures() == set()
    assert "no target that is compared with one of a plan above" in shown[COMPARING].printed()
    assert shown[FIRST].figures() == ({"chart"} if plans else set())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_notebook_holds_no_outputs_and_no_path_of_a_machine(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id) for cell in notebook.cells)
    assert not re.search(r"/(?:home|root|work|Users|tmp)/|[A-Z]:\\\\", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_every_section_has_a_vietnamese_summary(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    sections = [c.source for c in notebook.cells if c.cell_type == "markdown" and c.source.startswith("#")]
    assert len(sections) > 5
    assert all(re.search(r"^\*[^*]*[À-ỹ][^*]*\.\*$", text, re.MULTILINE) for text in sections)


def test_there_are_three() -> None:
    assert IDS == [FIRST, COMPARING, MONEY]
