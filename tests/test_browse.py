"""Datasette over the SQLite export: pages, facets, search and the ready queries."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.export.browse import QUERIES
from pipeline.run import extract

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What Datasette answers to each address."""
    out = tmp_path_factory.mktemp("browse")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    assert CliRunner().invoke(main, ["browse", "--out", str(out), "--to", str(out / "browse")]).exit_code == 0
    asked = [
        "/",
        "/plans/plans_wide",
        "/plans/tasks_wide?_search=nuoc+mua",
        "/plans/budgets_wide?province_vi=Lào+Cai",
        *(f"/plans/{name}.json?_shape=array" for name in QUERIES),
    ]
    metadata = json.loads((out / "browse" / "metadata.json").read_text(encoding="utf-8"))
    return asyncio.run(_answers(out / "browse" / "plans.sqlite", metadata, asked))


async def _answers(database: Path, metadata: dict[str, Any], asked: list[str]) -> dict[str, tuple[int, str]]:
    from datasette.app import Datasette

    server = Datasette([str(database)], metadata=metadata, settings={"num_sql_threads": 0})
    answers = {address: await server.client.get(address) for address in asked}
    return {address: (answer.status_code, answer.text) for address, answer in answers.items()}


def test_every_page_is_there(pages: dict[str, tuple[int, str]]) -> None:
    assert {address: status for address, (status, _) in pages.items() if status != 200} == {}


def test_tables_are_described_and_facetted(pages: dict[str, tuple[int, str]]) -> None:
    page = pages["/plans/plans_wide"][1]
    assert "Kế hoạch kèm tên gọi" in page
    assert "Bến Tre" in page and 'class="facet-info' in page


def test_words_are_found_without_accents(pages: dict[str, tuple[int, str]]) -> None:
    page = pages["/plans/tasks_wide?_search=nuoc+mua"][1]
    assert "Hướng dẫn hộ dân trữ nước mưa trước mùa hạn mặn" in page
    assert "tiếng Mông" not in page


def test_the_ready_queries_answer(pages: dict[str, tuple[int, str]]) -> None:
    rows = {name: json.loads(pages[f"/plans/{name}.json?_shape=array"][1]) for name in QUERIES}
    assert all(rows.values())
    loss = [
        r
        for r in rows["targets_beside_the_national_ones"]
        if r["province_vi"] == "Lào Cai" and r["value_text"] == "86%"
    ]
    assert [(r["national"], r["difference"]) for r in loss] == [("93%", -7)]
    central = [
        r for r in rows["money_by_plan_and_source"] if r["province_vi"] == "Lào Cai" and "trung ương" in r["source"]
    ]
    assert [r["million_vnd"] for r in central] == [42_000]
