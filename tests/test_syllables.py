"""Syllables that a copy ran together."""

from __future__ import annotations

import pytest

from normalizers.syllables import parted


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Kếhoạch hành động", "Kế hoạch hành động"),
        ("BANHÀNH quy chế", "BAN HÀNH quy chế"),
        ("nghiêng ngả", "nghiêng ngả"),
        ("website", "website"),
    ],
)
def test_two_syllables_in_one_word_are_parted(text: str, apart: str) -> None:
    assert parted(text) == apart
