"""What people put right: once and for all, marked in the evidence, and noticed when it is gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.corrections import apply_corrections, load_corrections
from pipeline.run import extract
from pipeline.soundness import remarks
from pipeline.tables import read_rows
from tests.build import LETTERHEAD, release_of

BODY = (
    "I. MỤC TIÊU\n- Có 40% bến đò lắp phao.\nII. NHIỆM VỤ\n1. Đóng 04 bến đò, do Sở Y tế chủ trì.\n2. Vá thuyền cũ ở các xã ven sông.\n"
    "III. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ đồng; doanh nghiệp 2 tỷ đồng.\n"
)
SAID = {"reason": "the office wrote so", "author": "A reader", "date": date(2026, 5, 31)}
SET = {"table": "budgets", "where": {"document": "1.txt", "quote": "2 tỷ đồng"}, "expect": {"amount_vnd": 2_000_000_000}, "set": {"amount_vnd": 3_000_000_000}, **SAID}  # fmt: skip


def written(tmp_path: Path, *entries: dict[str, Any]) -> Path:
    path = tmp_path / "corrections.yml"
    path.write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return path


def corrected(tmp_path: Path, *entries: dict[str, Any]) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    found, wrong = load_corrections(written(tmp_path, *entries))
    done = apply_corrections(release_of(LETTERHEAD + BODY), found)
    return done.rows, [f.message for f in (*wrong, *done.failures)]


def test_a_value_is_set_and_marked(tmp_path: Path) -> None:
    rows, failures = corrected(tmp_path, SET)
    assert failures == []
    assert [(b["amount_vnd"], b["rule"]) for b in rows["budgets"] if b["quote"] == "2 tỷ đồng"] == [
        (3_000_000_000, "correction")
    ]
    assert "sum_of_sources" not in {r.code for r in remarks(rows)}
    assert "value_differs" not in {r.code for r in remarks(rows)}


def test_a_row_is_dropped_with_its_agencies(tmp_path: Path) -> None:
    drop = {"table": "tasks", "where": {"name_vi": "Đóng 04 bến đò, do Sở Y tế chủ trì."}, "drop": True, **SAID}
    rows, failures = corrected(tmp_path, drop)
    assert failures == []
    assert [t["name_vi"] for t in rows["tasks"]] == ["Vá thuyền cũ ở các xã ven sông."]
    assert rows["task_agencies"] == []


def test_a_row_is_added_from_its_words(tmp_path: Path) -> None:
    words = {"document": "1.txt", "quote": "Vá thuyền cũ ở các xã ven sông", "statement_id": "st-1", "target_kind": "specific", "text_vi": "Vá thuyền cũ ở các xã ven sông", "value_kind": "qualitative"}  # fmt: skip
    rows, failures = corrected(tmp_path, {"table": "targets", "add": words, **SAID})
    assert failures == []
    (added,) = [t for t in rows["targets"] if t["rule"] == "correction"]
    text = rows["texts"][0]["text"]
    assert text[added["char_start"] : added["char_end"]] == added["quote"]
    assert added["plan_id"] == "soc-trang:21-kh-ubnd:2024"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"where": {"document": "1.txt", "quote": "5 tỷ đồng"}}, "no row of budgets matches"), ({"where": {"document": "1.txt"}}, "3 rows of budgets match"),
        ({"expect": {"amount_vnd": 7}}, "expected {'amount_vnd': 7}, found {'amount_vnd': 2000000000}"), ({"expect": {}}, "expect is missing"), ({"reason": ""}, "reason is missing"),
        ({"table": "money"}, "there is no table money"), ({"set": {"amount": 3}}, "budgets has no column amount"), ({"date": "May"}, "is no day"), ({"drop": True}, "does one thing"), ({"note": "x"}, "unknown note"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_done_says_why(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    rows, failures = corrected(tmp_path, SET | change)
    assert len(failures) == 1
    assert message in failures[0]
    assert not any(b["rule"] == "correction" for b in rows["budgets"])


def test_words_that_stand_nowhere_or_twice_add_nothing(tmp_path: Path) -> None:
    add = {"table": "targets", "add": {"document": "1.txt", "quote": "Trồng rừng"}, **SAID}
    assert "stands nowhere" in corrected(tmp_path, add)[1][0]
    assert "stands several times" in corrected(tmp_path, add | {"add": {"document": "1.txt", "quote": "tỷ đồng"}})[1][0]


@pytest.mark.parametrize("text", ["- table: [", "table: budgets", "\xff"])
def test_a_file_that_is_no_list_of_entries(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_bytes(text.encode("latin-1"))
    found, wrong = load_corrections(path)
    assert (found, len(wrong)) == ([], 1)


def test_a_missing_file_has_no_entries(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "none.yml") == ([], [])


def test_a_run_stops_on_an_entry_whose_row_is_gone_and_accepts_an_issue(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "1.txt").write_text(LETTERHEAD + BODY, encoding="utf-8")

    def run(*entries: dict[str, Any]) -> Any:
        return extract(raw, tmp_path / "out", 1, False, lambda *_: None, written(tmp_path, *entries))

    gone = run(SET | {"where": {"document": "1.txt", "quote": "5 tỷ đồng"}})
    assert gone.release is None
    assert [f.check for f in gone.failures] == ["correction"]
    accept = {"table": "issues", "where": {"check_code": "sum_of_sources"}, "expect": {"status_code": "open"}, "set": {"status_code": "accepted"}, **SAID}  # fmt: skip
    release = run(accept).release
    issues = read_rows(release.folder / "issues.parquet")
    assert [i["status_code"] for i in issues if i["check_code"] == "sum_of_sources"] == ["accepted"]


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("budgets", {"amount_vnd": 58.0}, "write 58000 for 58.000"), ("budgets", {"amount_vnd": "3 tỷ"}, "no whole number"), ("budgets", {"amount_vnd": 1 << 70}, "too large"),
        ("budgets", {"amount_vnd": True}, "no whole number"), ("budgets", {"amount_text": 5}, "put it in quotes"), ("budgets", {"is_additive": "yes"}, "true or false"),
        ("budgets", {"source_codes": "state"}, "a list of texts"), ("budgets", {"source_codes": [1]}, "a list of texts"), ("tasks", {"end_year": 20255}, None), ("tasks", {"end_year": 99999}, "too large"),
        ("tasks", {"deadline_date": "soon"}, "a day"), ("tasks", {"name_vi": None}, "never empty"), ("targets", {"value": 5.0}, "write all three"),
        ("targets", {"value": 5, "value_min": 5, "value_max": 5}, None),
    ],
)  # fmt: skip
def test_values_that_do_not_fit_their_column_are_named(
    table: str, values: dict[str, Any], said: str | None, tmp_path: Path
) -> None:
    entry = {"table": table, "where": {"id": "x"}, "expect": {"document_id": "y"}, "set": values, **SAID}
    _, wrong = load_corrections(written(tmp_path, entry))
    assert [said in f.message for f in wrong if said] == ([True] if said else [])
    assert len(wrong) == (1 if said else 0)


@pytest.mark.parametrize(
    ("where", "said"), [("2 tỷ đồng", "where is a mapping"), ({"colour": "red"}, "no column colour for where")]
)
def test_where_names_columns(where: object, said: str, tmp_path: Path) -> None:
    _, wrong = load_corrections(written(tmp_path, {**SET, "where": where}))
    assert said in wrong[0].message
