"""The command line: exit codes, messages a person can act on, plain lines where no terminal is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.__main__ import main
from pipeline.checks import Failure

SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"


def invoke(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_extract_publishes_and_says_so(tmp_path: Path) -> None:
    code, output = invoke("extract", "--raw", str(SAMPLES), "--out", str(tmp_path), "--workers", "1")
    assert code == 0
    assert "documents  11: 10 complete, 1 failed" in output
    assert "new release" in output
    assert len(output.splitlines()) <= 40
    code, output = invoke("extract", "--raw", str(SAMPLES), "--out", str(tmp_path))
    assert code == 0
    assert "unchanged since release" in output
    code, output = invoke("check", "--out", str(tmp_path))
    assert (code, "every check holds" in output) == (0, True)
    code, output = invoke("sample", "--out", str(tmp_path), "--seed", "3", "-n", "2")
    assert code == 0
    assert output == invoke("sample", "--out", str(tmp_path), "--seed", "3", "-n", "2")[1]
    assert "== tasks (2 of" in output


def test_a_failed_check_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.assemble.whole_failures",
        lambda connection, folder: [Failure("key", "tasks", "tk-1", "the key stands twice")],
    )
    code, output = invoke("extract", "--raw", str(SAMPLES), "--out", str(tmp_path), "--workers", "1")
    assert code == 1
    assert "NOT PUBLISHED" in output and "the key stands twice" in output
    assert not (tmp_path / "latest").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["extract", "--raw", "no-such-folder"], "no folder no-such-folder"), (["extract", "--workers", "0"], "Invalid value"), (["extract", "--engine", "moon"], "Invalid value"),
        (["check", "--out", "no-such-folder"], "run `make extract` first"), (["dance"], "No such command"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2_and_says_what_to_do(args: list[str], words: str) -> None:
    code, output = invoke(*args)
    assert code == 2
    assert words in output
