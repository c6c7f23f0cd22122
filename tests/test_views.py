"""The wide views, of the sample documents: names joined, money summed once, doubts counted."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.loader import OpenRelease, open_release
from pipeline.run import extract
from pipeline.views import VIEWS

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
BEN_TRE, LAO_CAI, HAI_DUONG = "ben-tre:1840-kh-ubnd:2021", "lao-cai:96-kh-ubnd:2021", "hai-duong:77-kh-ubnd:2021"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    out = tmp_path_factory.mktemp("views")
    extract(SAMPLES, out, 1, False, lambda done, total, path: None)
    return open_release(out)


def test_a_plan_in_one_row(release: OpenRelease) -> None:
    plan = release.table("plans_wide").set_index("plan_id").loc[BEN_TRE]
    assert plan.province_vi == "Bến Tre"
    assert plan.issuer_vi == "Ủy ban nhân dân tỉnh Bến Tre"
    assert plan.plan_type_vi == "Kế hoạch"
    assert (plan.parent_number, plan.document_count, plan.result_count) == ("9001/QĐ-TTg", 2, 4)
    assert (plan.budget_million_vnd, plan.executed_vnd) == (130_000, 88_600_000_000)


def test_a_target_with_the_national_one_beside_it(release: OpenRelease) -> None:
    targets = release.table("targets_wide").query("plan_id == @LAO_CAI and is_primary").set_index("value_text")
    assert targets.loc["86%", "parent_value_text"] == "93%"
    assert targets.loc["86%", "parent_comparison_code"] == "lower"
    assert targets.loc["64%", "parent_comparison_code"] == "higher"
    assert set(targets.province_vi) == {"Lào Cai"}


def test_a_task_with_who_does_it(release: OpenRelease) -> None:
    tasks = release.table("tasks_wide").query("plan_id == @LAO_CAI").set_index("name_vi")
    row = next(r for name, r in tasks.iterrows() if str(name).startswith("Tuyên truyền về nước sạch"))
    assert row.lead_vi == "Ban Dân tộc tỉnh Lào Cai"
    assert row.cooperating_vi.split("; ")[0] == "Sở Thông tin và Truyền thông tỉnh Lào Cai"
    assert row.group_vi == "Tuyên truyền"


def test_the_money_of_tasks(release: OpenRelease) -> None:
    tasks = release.table("tasks_wide").query("plan_id == @HAI_DUONG").dropna(subset=["budget_vnd"])
    assert sorted(tasks.budget_million_vnd) == [500, 40_000, 56_000]


def test_every_row_of_budgets_wide_may_be_added(release: OpenRelease) -> None:
    money = release.table("budgets_wide")
    sums = money[~money.is_conditional].groupby("province_vi").amount_million_vnd.sum()
    assert sums.to_dict() == {"Bến Tre": 130_000, "Hải Dương": 96_500, "Lào Cai": 57_900, "Nghệ An": 122_000}
    central = money[
        (money.province_vi == "Lào Cai") & money.sources_vi.str.startswith("Ngân sách trung ương", na=False)
    ]
    assert central.amount_million_vnd.sum() == 42_000


def test_doubts_are_counted_by_row_and_by_plan(release: OpenRelease) -> None:
    issues = release.table("issues").query("status_code == 'open'")
    by_plan = issues.groupby("plan_id").size()
    plans = release.table("plans_wide").set_index("plan_id")
    assert by_plan.to_dict() == plans[plans.open_issues > 0].open_issues.to_dict()
    for view, table in (("targets_wide", "targets"), ("tasks_wide", "tasks"), ("budgets_wide", "budgets")):
        rows = release.table(view)
        named = issues[(issues.table_name == table) & issues.row_id.isin(rows.iloc[:, 0])]
        assert rows.open_issues.sum() == len(named)


def test_a_row_is_once_in_a_view(release: OpenRelease) -> None:
    for view, table in (("plans_wide", "plans"), ("targets_wide", "targets"), ("tasks_wide", "tasks")):
        key = release.table(table).columns[0]
        assert sorted(release.table(view)[key]) == sorted(release.table(table)[key])


def test_the_sql_of_a_view_runs_on_the_files_as_they_are(release: OpenRelease) -> None:
    with duckdb.connect() as connection:
        for name in release.tables:
            if not name.endswith("_wide"):
                connection.execute(f"CREATE VIEW \"{name}\" AS FROM read_parquet('{release.path(name)}')")
        for view in VIEWS:
            rows = connection.sql(view.sql).df().sort_values(list(view.table.key)).reset_index(drop=True)
            stored = pd.read_parquet(release.path(view.name))
            assert len(rows) == len(stored)
            assert rows[view.table.key[0]].tolist() == stored[view.table.key[0]].tolist()
