"""How much of a document became rows, in the tables; and rules that one plan alone needs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.rule_support import rule_support
from pipeline.run import extract
from tests.build import LETTERHEAD

LEFT = "I. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã ven biển, mức thưởng mỗi lớp là 7 triệu đồng.\n\nII. KINH PHÍ\nTổng kinh phí là 500 triệu đồng.\n"
WHOLE = "I. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã ven biển.\n\nII. KINH PHÍ\nTổng kinh phí là 500 triệu đồng.\n"
OTHER = LETTERHEAD.replace("21/KH-UBND", "22/KH-UBND").replace("làng nghề", "du lịch")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recall")
    (folder / "raw").mkdir()
    (folder / "raw" / "left.txt").write_text(LETTERHEAD + LEFT, encoding="utf-8")
    (folder / "raw" / "left-again.txt").write_text(LETTERHEAD + LEFT + "\n", encoding="utf-8")
    (folder / "raw" / "whole.txt").write_text(OTHER + WHOLE, encoding="utf-8")
    assert extract(folder / "raw", folder / "out", 1, False, lambda done, total, path: None).failures == []
    return folder / "out" / "latest"


def test_each_document_says_how_much_became_rows(tables: Path) -> None:
    documents = pd.read_parquet(tables / "documents.parquet").set_index("document_id").path
    recall = pd.read_parquet(tables / "recall_estimates.parquet")
    money = recall[recall.kind_code == "amount"]
    found = {documents[r.document_id]: (r.seen_count, r.used_count, r.recall_estimate) for r in money.itertuples()}
    assert found == {"left.txt": (2, 1, 0.5), "left-again.txt": (2, 1, 0.5), "whole.txt": (1, 1, 1.0)}


def test_a_plan_with_words_left_is_partly_covered(tables: Path) -> None:
    plans = pd.read_parquet(tables / "plans.parquet").set_index("number_symbol").budgets_coverage
    assert (plans["21/KH-UBND"], plans["22/KH-UBND"]) == ("partial", "complete")


def test_copies_of_a_plan_support_a_rule_once(tables: Path) -> None:
    support = {(s.table, s.rule): (len(s.plans), s.rows) for s in rule_support(tables)}
    assert support["tasks", "item_of_section"] == (2, 3)
