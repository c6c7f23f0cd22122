"""One run with poison among its documents and killed workers, on this machine and on Ray; raw files and results at addresses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.incremental import fill
from bench.poison import LIMITS, read_poisoned
from bench.storm import SAMPLES, documents, killing, local_workers, poisoned, ray_workers, run
from pipeline.engine import Engine, LocalEngine
from pipeline.keep import UrlKeep
from pipeline.ray_engine import RayEngine
from pipeline.run import Setup, extract

SEEDS = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Ray on this machine, stopped at the end."""
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield
    ray.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("engine", [LocalEngine(2, LIMITS, read_poisoned), RayEngine(None, 2, LIMITS, read_poisoned)], ids=["local", "ray"])  # fmt: skip
def test_six_kinds_of_poison_cost_six_documents(tmp_path: Path, engine: Engine, cluster: None) -> None:
    assert poisoned(tmp_path, engine, 20) == []


@pytest.mark.slow
def test_killed_workers_cost_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    fill(raw, SEEDS, 0, 60)
    calm = run(raw, tmp_path / "calm", LocalEngine(2))
    with killing(local_workers, 3, 0.5, 4) as killed:
        stormy = run(raw, tmp_path / "stormy", LocalEngine(2))
    assert killed
    assert stormy == calm
    assert len(documents(tmp_path / "stormy")) == 60


@pytest.mark.slow
def test_ray_gives_what_one_machine_gives_even_when_its_workers_are_killed(tmp_path: Path, cluster: None) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    fill(raw, SEEDS, 0, 48)
    local = run(raw, tmp_path / "local", LocalEngine(2))
    with killing(ray_workers, 1, 0.3, 5):
        on_ray = run(raw, tmp_path / "ray", RayEngine(None, 2))
    assert on_ray == local


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An object store on this machine, of the kind that S3 is."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"), ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_DEFAULT_REGION", "us-east-1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("plans")
    yield "s3://plans"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.mark.slow
def test_raw_files_what_was_read_and_the_release_may_lie_at_addresses(tmp_path: Path, bucket: str) -> None:
    raw = UrlKeep(f"{bucket}/raw")
    for path in sorted(SAMPLES.iterdir()):
        raw.put(f"samples/{path.name}", path.read_bytes())
    setup = Setup(LocalEngine(2), f"{bucket}/keep", f"{bucket}/releases-of-plans")
    outcome = extract(f"{bucket}/raw", tmp_path / "out", 2, False, lambda done, total, path: None, None, setup)
    assert outcome.release is not None
    here = extract(_samples(tmp_path), tmp_path / "here", 2, False, lambda done, total, path: None).release
    assert here is not None and outcome.release.content == here.content
    mirrored = UrlKeep(f"{bucket}/releases-of-plans")
    newest = json.loads(mirrored.get("latest.json") or b"{}")["release"]
    assert mirrored.get(f"releases/{newest}/targets.parquet") == here.path("targets").read_bytes()
    again = extract(f"{bucket}/raw", tmp_path / "elsewhere", 2, False, _nothing_is_read, None, setup)
    assert again.release is not None and again.release.content == here.content


def _nothing_is_read(done: int, total: int, path: str) -> None:
    assert not path.endswith((".txt", ".html", ".docx")), "another driver goes on where the first one was"


def _samples(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    shutil.copytree(SAMPLES, raw / "samples")
    return raw


def test_an_address_without_documents_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(FileNotFoundError, match="put documents there"):
        extract(f"file://{tmp_path}/raw", tmp_path / "out", 1, False, lambda done, total, path: None)


def test_a_keep_at_an_address_of_files_does_what_a_folder_does(tmp_path: Path) -> None:
    keep = UrlKeep(f"file://{tmp_path}/keep")
    assert (keep.get("a/b"), keep.has("a/b"), list(keep.tops())) == (None, False, [])
    keep.put("a/b", b"1")
    keep.put("c", b"2")
    assert (keep.get("a/b"), keep.has("a/b"), list(keep.tops())) == (b"1", True, ["a", "c"])
    keep.remove("a")
    assert list(keep.tops()) == ["c"]
    assert [path.name for path in (tmp_path / "keep").iterdir()] == ["c"]
