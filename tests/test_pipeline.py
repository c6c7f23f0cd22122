"""A whole run: what is published, that it is the same every time, and that a bad file costs that file only."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.raw import list_raw
from pipeline.releases import latest
from pipeline.run import Outcome, extract
from pipeline.schema import STEP_TABLES, TABLES, VIEW_TABLES

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"


def run(raw: Path, out: Path, workers: int = 1, fresh: bool = False) -> Outcome:
    return extract(raw, out, workers, fresh, lambda done, total, path: None)


def content(out: Path) -> dict[str, bytes]:
    release = latest(out)
    assert release is not None
    return {t.name: (release.folder / f"{t.name}.parquet").read_bytes() for t in TABLES if t.name not in STEP_TABLES}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    assert run(SAMPLES, out).failures == []
    return out


def test_every_table_is_published(samples: Path) -> None:
    release = latest(samples)
    assert release is not None
    assert {p.stem for p in release.folder.glob("*.parquet")} == {t.name for t in (*TABLES, *VIEW_TABLES)}
    assert release.counts()["documents"] == 11


def test_the_samples_give_what_they_say(samples: Path) -> None:
    plans = pd.read_parquet(samples / "latest" / "plans.parquet")
    assert set(plans[~plans.is_stub].number_symbol.dropna()) == {
        "77/KH-UBND", "96/KH-UBND", "733/KH-UBND", "1840/KH-UBND", "318/QĐ-UBND", "9001/QĐ-TTg",
    }  # fmt: skip
    assert "650/QĐ-UBND" in set(plans[plans.is_stub].number_symbol)  # known by a report on it
    budgets = pd.read_parquet(samples / "latest" / "budgets.parquet")
    assert budgets[budgets.is_additive & ~budgets.is_conditional].groupby("plan_id").amount_vnd.sum().to_dict() == {
        "hai-duong:77-kh-ubnd:2021": 96_500_000_000,
        "ben-tre:1840-kh-ubnd:2021": 130_000_000_000,
        "lao-cai:96-kh-ubnd:2021": 57_900_000_000,
        "nghe-an:733-kh-ubnd:2021": 122_000_000_000,
    }
    documents = pd.read_parquet(samples / "latest" / "documents.parquet").set_index("path")
    assert documents.loc["tep-hong.pdf", "status"] == "failed"
    assert "no plan" in documents.loc["thong-bao-nghi-tet.txt", "status_reason"]


def test_pandas_gets_whole_years_and_descriptions(samples: Path) -> None:
    targets = pd.read_parquet(samples / "latest" / "targets.parquet")
    assert str(targets.target_year.dtype) == "Int16"
    assert targets.attrs["units"]["target_year"] == "year"


def test_every_quote_stands_in_its_text(samples: Path) -> None:
    texts = pd.read_parquet(samples / "latest" / "texts.parquet").set_index("document_id").text
    for table in (t for t in TABLES if t.has_evidence):
        rows = pd.read_parquet(samples / "latest" / f"{table.name}.parquet").dropna(subset=["quote"])
        for row in rows.itertuples():
            assert texts[row.document_id][row.char_start : row.char_end] == row.quote


@pytest.mark.slow
def test_the_same_bytes_whatever_the_workers_and_the_order(samples: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for path in sorted(SAMPLES.iterdir(), reverse=True):  # another order of creation
        shutil.copy(path, raw / path.name)
    two = run(raw, tmp_path / "two", workers=2)
    assert two.failures == []
    assert content(tmp_path / "two") == content(samples)


def test_a_second_run_changes_nothing_and_a_fresh_one_neither(samples: Path) -> None:
    before = content(samples)
    release = (samples / "latest").resolve()
    again, fresh = run(SAMPLES, samples), run(SAMPLES, samples, fresh=True)
    assert (again.is_new, fresh.is_new) == (False, False)
    assert content(samples) == before
    assert (samples / "latest").resolve() == release


def test_fresh_reads_every_document_and_a_second_run_none(samples: Path) -> None:
    seen: list[str] = []
    extract(SAMPLES, samples, 1, False, lambda done, total, path: seen.append(path))
    unread = [s for s in seen if s.endswith((".txt", ".html"))]
    seen.clear()
    extract(SAMPLES, samples, 1, True, lambda done, total, path: seen.append(path))
    assert unread == []
    assert len([s for s in seen if s.endswith((".txt", ".html"))]) == 9


def test_bad_files_cost_themselves_only(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "deep" / "er").mkdir(parents=True)
    shutil.copy(SAMPLES / "ke-hoach-nuoc-sach-hai-duong.html", raw / "deep" / "er" / "plan.html")
    (raw / "empty.txt").write_bytes(b"")
    (raw / "noise.html").write_bytes(bytes(range(256)) * 64)
    (raw / "english.txt").write_text("Minutes of the annual meeting of a chess club.\n", encoding="utf-8")
    (raw / "script.html").write_text("<html><body><script>app()</script></body></html>", encoding="utf-8")
    (raw / "plan.html.source.json").write_text("{broken", encoding="utf-8")
    outcome = run(raw, tmp_path / "out")
    assert outcome.failures == []
    documents = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").set_index("path")
    assert documents.status.to_dict() == {
        "deep/er/plan.html": "complete",
        "empty.txt": "failed",
        "noise.html": "failed",
        "english.txt": "complete",
        "script.html": "failed",
    }
    assert documents.drop("deep/er/plan.html").status_reason.notna().all()
    plans = pd.read_parquet(tmp_path / "out" / "latest" / "plans.parquet")
    assert len(plans[~plans.is_stub]) == 1


def test_the_same_bytes_at_two_places_are_read_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        shutil.copy(SAMPLES / "quyet-dinh-ban-hanh-de-an-kon-tum.txt", raw / name)
    run(raw, tmp_path / "out")
    documents = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").set_index("path")
    assert documents.loc["b.txt", "superseded_by"] == documents.loc["a.txt", "document_id"]
    tasks = pd.read_parquet(tmp_path / "out" / "latest" / "tasks.parquet")
    assert set(tasks.document_id) == {documents.loc["a.txt", "document_id"]}


def test_sidecars_give_address_and_dates(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(SAMPLES / "thong-bao-nghi-tet.txt", raw / "a.txt")
    (raw / "a.txt.source.json").write_text(
        '{"url": "https://example.org/a", "retrieved_at": "2026-02-01T00:00:00Z"}', encoding="utf-8"
    )
    run(raw, tmp_path / "out")
    row = pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").iloc[0]
    assert (row.url, row.retrieved_at) == ("https://example.org/a", "2026-02-01T00:00:00Z")


def test_a_plan_told_by_two_documents_is_one_plan(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(SAMPLES / "ke-hoach-nuoc-sach-hai-duong.html", raw / "plan.html")
    (raw / "news.txt").write_text(
        "Tin\n\nUBND tỉnh Hải Dương đã ban hành Kế hoạch số 77/KH-UBND ngày 09/3/2021 về nước sạch nông thôn trên địa bàn tỉnh Hải Dương với tổng kinh phí 96,5 tỷ đồng.\n"
        "Theo Kế hoạch số 77/KH-UBND, các xã vùng sâu được ưu tiên.\n",
        encoding="utf-8",
    )
    run(raw, tmp_path / "out")
    plans = pd.read_parquet(tmp_path / "out" / "latest" / "plans.parquet")
    assert len(plans[~plans.is_stub]) == 1
    assert not plans.plan_id.str.endswith(":nd").any(), "a citation without a date is the dated plan of that number"
    links = pd.read_parquet(tmp_path / "out" / "latest" / "plan_documents.parquet")
    own = plans[~plans.is_stub].plan_id.iloc[0]
    assert sorted(links[links.plan_id == own].role_code) == ["instrument", "news"]
    budgets = pd.read_parquet(tmp_path / "out" / "latest" / "budgets.parquet")
    assert budgets[budgets.is_additive].amount_vnd.sum() == 96_500_000_000


def test_a_broken_sidecar_is_an_issue_and_the_document_is_read(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(SAMPLES / "thong-bao-nghi-tet.txt", raw / "a.txt")
    (raw / "a.txt.source.json").write_text("{broken", encoding="utf-8")
    run(raw, tmp_path / "out")
    issues = pd.read_parquet(tmp_path / "out" / "latest" / "issues.parquet")
    assert list(issues.check_code) == ["sidecar"]
    assert "a.txt.source.json" in issues.message_en[0]
    assert pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").status[0] == "complete"


def test_a_name_that_is_no_utf8_costs_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    Path(os.fsdecode(os.fsencode(raw) + b"/k\xea.txt")).write_bytes((SAMPLES / "thong-bao-nghi-tet.txt").read_bytes())
    assert run(raw, tmp_path / "out").failures == []
    assert list(pd.read_parquet(tmp_path / "out" / "latest" / "documents.parquet").path) == ["k\\xea.txt"]


def test_a_file_that_cannot_be_opened_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.txt").write_text("x", encoding="utf-8")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert [(f.path, f.byte_size) for f in list_raw(tmp_path)] == [("locked.txt", 0)]


def test_going_back_to_an_earlier_state_says_what_changed(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    shutil.copy(SAMPLES / "thong-bao-nghi-tet.txt", raw / "a.txt")
    first = run(raw, out).release
    shutil.copy(SAMPLES / "quyet-dinh-ban-hanh-de-an-kon-tum.txt", raw / "b.txt")
    run(raw, out)
    (raw / "b.txt").unlink()
    third = run(raw, out).release
    assert first is not None
    assert third is not None
    assert third.content == first.content
    assert third.name != first.name
    changes = pd.read_parquet(out / "latest" / "changes.parquet")
    assert "plans" in set(changes[changes.change_code == "removed"].table_name)


def test_a_release_with_a_lost_table_is_written_again(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    shutil.copy(SAMPLES / "thong-bao-nghi-tet.txt", raw / "a.txt")
    run(raw, out)
    (out / "latest" / "tasks.parquet").unlink()
    run(raw, out)
    assert (out / "latest" / "tasks.parquet").is_file()
