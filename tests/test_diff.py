"""What changed between two releases, as rows and in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.releases import Release, latest
from pipeline.run import extract

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
LAO_CAI = "lao-cai:96-kh-ubnd:2021"
PLAN, STRATEGY = "ke-hoach-nuoc-sach-lao-cai.txt", "chien-luoc-nuoc-sach-nong-thon.txt"


def run(raw: Path, out: Path) -> Release:
    release = extract(raw, out, 1, False, lambda done, total, path: None).release
    assert release is not None
    return release


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: of a plan and a page that goes away; then the plan with one aim raised and one dropped, and the strategy it carries out."""
    folder = tmp_path_factory.mktemp("diff")
    raw, out = folder / "raw", folder / "out"
    raw.mkdir()
    shutil.copy(SAMPLES / PLAN, raw)
    shutil.copy(SAMPLES / "tin-ke-hoach-tiet-kiem-dien.html", raw)
    run(raw, out)
    words = (SAMPLES / PLAN).read_text(encoding="utf-8")
    words = words.replace("86% hộ dân nông thôn được dùng", "89% hộ dân nông thôn được dùng")
    words = words.replace("- 97% trường học ở nông thôn có đủ nước sạch.\n\n", "")
    (raw / PLAN).write_text(words, encoding="utf-8")
    shutil.copy(SAMPLES / STRATEGY, raw)
    (raw / "tin-ke-hoach-tiet-kiem-dien.html").unlink()
    run(raw, out)
    return out


def test_gained_lost_and_changed_rows_of_a_plan(two: Path) -> None:
    changes = pd.read_parquet(two / "latest" / "changes.parquet")
    targets = changes[(changes.plan_id == LAO_CAI) & (changes.table_name == "targets")]
    lost, gained = targets[targets.change_code == "removed"], targets[targets.change_code == "added"]
    # The aim that was raised has other words, so it is another row; the one that was dropped is gone.
    assert (len(lost), len(gained)) == (2, 1)
    changed = changes[
        (changes.plan_id == LAO_CAI) & (changes.table_name == "plans") & (changes.change_code == "changed")
    ]
    assert "parent_plan_id" not in set(changed.column_name)  # known before by the citation
    assert set(changes[changes.table_name == "documents"].change_code) == {"added", "removed", "changed"}


def test_a_raised_aim_is_an_alias(two: Path) -> None:
    release = latest(two)
    assert release is not None
    aliases = pd.read_parquet(release.path("id_aliases")).query("table_name == 'targets'")
    quotes = pd.read_parquet(release.path("targets")).set_index("target_id").quote
    assert [quotes[new] for new in aliases.new_id] == ["89% hộ dân nông thôn được dùng nước sạch."]


def test_the_changes_in_words(two: Path) -> None:
    page = (two / "latest" / "CHANGES.md").read_text(encoding="utf-8")
    assert "Since release 0001-" in page
    assert f"## New documents\n\n- {STRATEGY}" in page
    assert "## Documents that are gone\n\n- tin-ke-hoach-tiet-kiem-dien.html" in page
    part = page[page.index(f"## {LAO_CAI}") :]
    assert "Nước sạch cho thôn, bản vùng cao" in part.splitlines()[0]
    assert "- targets: 1 gained" in part and "- targets: 2 lost" in part


def test_the_first_release_says_what_is_in_it(two: Path) -> None:
    first = next(p for p in (two / "releases").iterdir() if p.name.startswith("0001"))
    page = (first / "CHANGES.md").read_text(encoding="utf-8")
    assert "The first release: 2 documents, " in page
    assert pd.read_parquet(first / "changes.parquet").empty


def test_the_command_compares_any_two_releases(two: Path) -> None:
    page = (two / "latest" / "CHANGES.md").read_text(encoding="utf-8")
    forth = CliRunner().invoke(main, ["diff", "previous", "--out", str(two)])
    assert (forth.exit_code, forth.output.rstrip()) == (1, page.rstrip())
    back = CliRunner().invoke(main, ["diff", "latest", "0001", "--out", str(two)])
    assert f"## Documents that are gone\n\n- {STRATEGY}" in back.output
    same = CliRunner().invoke(main, ["diff", "0001", "0001", "--out", str(two)])
    assert same.exit_code == 0
    assert "No row was gained, lost or changed." in same.output


def test_an_unknown_release_is_wrong_usage(two: Path) -> None:
    result = CliRunner().invoke(main, ["diff", "0077", "--out", str(two)])
    assert result.exit_code == 2
    assert "no release '0077'" in result.output and "0001-" in result.output
