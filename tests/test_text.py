"""Matching keys fold case and tone placement, and keep every offset."""

from __future__ import annotations

import unicodedata

import pytest

from normalizers.text import collapse, ends_sentence, key, nfc, plain, slug, starts_lower


@pytest.mark.parametrize(
    ("one", "other"),
    [("Uỷ ban", "ủy ban"), ("HOÀ BÌNH", "hòa bình"), ("Thuỷ lợi", "thủy lợi"), ("TOÀ ÁN", "tòa án")],
)
def test_two_spellings_of_one_syllable_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("word", ["quý", "hoàn thành", "ngoài", "khuỷu", "quỹ"])
def test_words_with_one_spelling_keep_it(word: str) -> None:
    assert key(word) == word


@pytest.mark.parametrize("text", ["Uỷ ban NHÂN DÂN", "İstanbul Đề án", "quý II/2027", ""])
def test_keys_keep_the_length(text: str) -> None:
    assert len(key(text)) == len(text) == len(plain(text))


def test_decomposed_letters_become_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Kế hoạch")) == "Kế hoạch"


def test_invisible_marks_and_hard_blanks_are_no_letters() -> None:
    assert nfc("kế\u00a0ho\u00adạch\u200b") == "kế hoạch"


def test_slug_has_no_accents() -> None:
    assert slug("Sở Lao động - Thương binh và Xã hội") == "so-lao-dong-thuong-binh-va-xa-hoi"


def test_spaces_collapse() -> None:
    assert collapse("  một \n hai\t ba ") == "một hai ba"


def test_open_lines_do_not_end_a_sentence() -> None:
    assert ends_sentence("thực hiện xong./.") and ends_sentence("gồm:") and not ends_sentence("của các đơn vị")


def test_a_small_letter_goes_on() -> None:
    assert starts_lower("của tỉnh") and not starts_lower("Của tỉnh") and not starts_lower("15 xã")
