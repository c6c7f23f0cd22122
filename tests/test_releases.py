"""Releases: numbered, all or none, kept and swept by rule, the same for a reader whatever is published meanwhile."""

from __future__ import annotations

import copy
import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import publish as publishing
from pipeline.checks import Rows
from pipeline.dictionary import code_rows, dictionary_rows
from pipeline.files import BusyError
from pipeline.golden import rows_of
from pipeline.loader import open_release
from pipeline.names import province_rows
from pipeline.provenance import provenance_rows
from pipeline.release_check import OlderReleaseError, failures_of
from pipeline.releases import KEPT, find_release, latest, releases, writing
from tests.build import publish_rows

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture(scope="module")
def rows() -> Rows:
    read = rows_of(DOCUMENTS / "ke-hoach-rung-lang-son")
    read |= {"provinces": province_rows(), "codes": code_rows(), "data_dictionary": dictionary_rows()}
    return read | {"provenance": provenance_rows(read)}


def other(rows: Rows, words: str) -> Rows:
    """The same rows, but the plan has another title."""
    changed = {name: list(table) for name, table in rows.items()}
    changed["plans"] = copy.deepcopy(rows["plans"])
    changed["plans"][0]["title_vi"] = words
    return changed


def test_releases_are_numbered_and_named_by_their_content(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    second, _ = publish_rows(other(rows, "Trồng rừng"), tmp_path, {})
    assert first.name.startswith("0001-") and second.name.startswith("0002-")
    assert second.name.endswith(second.content[:12])
    assert second.manifest["previous"] == first.name


def test_going_back_to_earlier_rows_is_a_new_release_of_the_same_content(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    publish_rows(other(rows, "Trồng rừng"), tmp_path, {})
    third, is_new = publish_rows(rows, tmp_path, {})
    assert is_new
    assert third.content == first.content
    assert third.name == f"0003-{first.name.partition('-')[2]}"


def test_a_release_is_found_by_its_number_its_hash_and_its_place(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    second, _ = publish_rows(other(rows, "Trồng rừng"), tmp_path, {})
    for name, wanted in (
        ("latest", second), ("previous", first), ("0001", first), (second.name, second), (first.content[:6], first),
    ):  # fmt: skip
        assert find_release(tmp_path, name).name == wanted.name
    with pytest.raises(LookupError, match=rf"no release '0009'.*{first.name}, {second.name}"):
        find_release(tmp_path, "0009")
    with pytest.raises(LookupError, match="more than one"):
        find_release(tmp_path, "000")


def test_the_newest_releases_are_kept(rows: Rows, tmp_path: Path) -> None:
    for n in range(KEPT + 2):
        publish_rows(other(rows, f"Kế hoạch {n}"), tmp_path, {})
    assert [r.name[:4] for r in releases(tmp_path)] == [f"{n:04}" for n in range(3, KEPT + 3)]


def test_a_write_that_fails_leaves_the_last_release(
    rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    written = publishing.write_table

    def full_disk(table: object, path: Path) -> None:
        if path.stem == "changes":
            raise OSError(28, "No space left on device", str(path))
        written(table, path)

    monkeypatch.setattr(publishing, "write_table", full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish_rows(other(rows, "Trồng rừng"), tmp_path, {})
    newest = latest(tmp_path)
    assert newest is not None and newest.name == first.name and not newest.damaged()
    assert [p.name for p in (tmp_path / "releases").iterdir()] == [first.name]


def test_what_a_killed_run_left_is_swept_by_the_next(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    folder = tmp_path / "releases"
    (folder / ".part-77").mkdir()
    (folder / ".part-77" / "plans.parquet").write_bytes(b"half")
    (folder / ".gone-0000-000000000000").mkdir()
    (tmp_path / ".latest-77").symlink_to("releases/nowhere")
    whole, _ = publish_rows(other(rows, "Trồng rừng"), tmp_path, {})  # killed before the link moved
    (tmp_path / "latest").unlink()
    (tmp_path / "latest").symlink_to(Path("releases") / first.name)
    with writing(tmp_path):
        assert [p.name for p in folder.iterdir()] == [first.name]
        assert not whole.folder.exists()
        assert {p.name for p in tmp_path.iterdir()} == {"releases", "latest", ".lock"}


def _hold(out: Path, ready: Connection) -> None:
    with writing(out):
        ready.send(True)
        ready.recv()


def test_two_runs_never_write_to_one_folder(tmp_path: Path) -> None:
    here, there = multiprocessing.get_context("spawn").Pipe()
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path, there))
    holder.start()
    assert here.recv()
    with pytest.raises(BusyError, match="another run writes here"), writing(tmp_path):
        pass
    holder.kill()  # the system frees the lock of a killed run
    holder.join()
    with writing(tmp_path):
        assert latest(tmp_path) is None


def test_an_open_release_stays_what_it_is(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    opened = open_release(tmp_path)
    publish_rows(other(rows, "Trồng rừng"), tmp_path, {})
    assert opened.name == first.name
    assert opened.table("plans").title_vi[0] == rows["plans"][0]["title_vi"]
    assert open_release(tmp_path).table("plans").title_vi[0] == "Trồng rừng"


def test_a_loader_says_what_there_is(rows: Rows, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="run `make extract` first"):
        open_release(tmp_path)
    publish_rows(rows, tmp_path, {})
    assert open_release(tmp_path).tables["targets"].startswith("One")
    with pytest.raises(LookupError, match=r"no table 'goals'; there are .*targets"):
        open_release(tmp_path).table("goals")


def test_the_check_of_a_release_finds_files_and_views_that_changed(rows: Rows, tmp_path: Path) -> None:
    release, _ = publish_rows(rows, tmp_path, {})
    assert failures_of(release) == []
    path = release.path("tasks_wide")
    table = pq.ParquetFile(path).read()
    pq.write_table(table.slice(1), path)
    assert {(f.check, f.table) for f in failures_of(release)} == {("file", "tasks_wide"), ("view", "tasks_wide")}
    path.unlink()
    with pytest.raises(OlderReleaseError, match=r"tasks_wide.*extract` again"):
        failures_of(release)


def test_the_manifest_says_what_made_the_release(rows: Rows, tmp_path: Path) -> None:
    release, _ = publish_rows(rows, tmp_path, {"code_version": "9.9"})
    assert release.manifest["code_version"] == "9.9"
    assert release.manifest["tables"]["tasks"]["rows"] == len(rows["tasks"])
    assert {"schema_version", "content_sha256", "previous"} <= release.manifest.keys()


def test_a_damaged_release_is_named_and_the_next_run_publishes_a_good_one(rows: Rows, tmp_path: Path) -> None:
    first, _ = publish_rows(rows, tmp_path, {})
    first.path("plans").write_bytes(first.path("plans").read_bytes()[:100])
    assert {(f.check, f.table) for f in failures_of(first)} == {("file", "plans")}
    second, is_new = publish_rows(rows, tmp_path, {})
    assert is_new and second.content == first.content
    assert failures_of(second) == []
