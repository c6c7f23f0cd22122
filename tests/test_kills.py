"""Runs killed at random moments cost their readers nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kills import kill_rounds


@pytest.mark.slow
def test_readers_see_whole_releases_while_runs_are_killed(tmp_path: Path) -> None:
    met, hits, published = kill_rounds(tmp_path, 3, 7)
    assert set(met) == {"whole"}
    assert hits > 0
    assert published
