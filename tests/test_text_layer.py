"""The text layer of a page is believed when it is written as Vietnamese is, and doubted when its accents or letters are lost."""

from __future__ import annotations

import unicodedata

import pytest

from extractors.readers.text_layer import PageText, pages_to_recognise
from normalizers.syllables import is_syllable, spelling_of


def words_of(text: str) -> list[str]:
    return text.split()


GOOD = words_of(
    "Phòng Văn hóa và Thông tin huyện chủ trì, phối hợp với các trường trung học cơ sở tổ chức ngày hội đọc sách; vận động "
    "phụ huynh quyên góp sách cho thư viện của các xã vùng sâu, vùng xa trong hai năm học tới theo hướng dẫn của Sở"
)
ENGLISH = words_of(
    "The library of the district is open for pupils and teachers from Monday to Friday and the books that are returned by "
    "readers have to be placed on the shelves which are marked with the number of the class this year"
)
BARE = words_of(unicodedata.normalize("NFD", " ".join(GOOD)).encode("ascii", "ignore").decode())


@pytest.mark.parametrize("word", words_of("nghiêng UỶ thuở khuỷu quyết giếng gì yêu xoong Đắk ngoằn hòa hoà"))
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", words_of("clia phtic street ngh kể́ woman hoạchvà ccng"))
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_abbreviations_are_no_words() -> None:
    spelling = spelling_of(["UBND", "TTCN", "xã", "a", "12/2031"])
    assert (spelling.words, spelling.syllables, spelling.accented) == (1, 1, 1)


@pytest.mark.parametrize(
    ("words", "covered", "wanted"),
    [
        (GOOD, 0.0, False),
        (GOOD, 1.0, False),
        (BARE, 0.0, True),
        (BARE, 1.0, True),
        (ENGLISH, 0.0, False),
        (["(cid:17)(cid:4)(cid:88)"] * 30, 0.0, True),
        (["\ufffd\ufffdng"] * 30, 0.0, True),
        (["\ue012\ue044\ue0a1"] * 30, 0.0, True),
        ([w.replace("ă", "¨").replace("ó", "ã").replace("ư", "­") + "×" for w in BARE], 0.0, True),
        (["1.250", "17,5", "2031"] * 30, 0.0, False),
        ([], 0.0, False),
        ([], 1.0, True),
        (["Ký", "bởi:", "Ủy", "ban"], 0.95, True),
    ],
    ids=words_of(
        "good scanned bare scanned-bare english codes replaced private old-encoding numbers blank picture stamp"
    ),
)
def test_verdicts(words: list[str], covered: float, wanted: bool) -> None:
    assert pages_to_recognise([PageText(words, covered)]) == ([1] if wanted else [])


def test_misread_words_condemn_a_scan_but_no_typed_page() -> None:
    misread = [w if n % 4 else f"{w[0]}x{w[1:]}l" for n, w in enumerate(GOOD * 2)]
    assert pages_to_recognise([PageText(misread, 1.0)]) == [1]
    assert pages_to_recognise([PageText(misread, 0.0)]) == []


def test_a_page_of_few_words_follows_its_neighbours() -> None:
    few = PageText(["Phu", "luc", "Danh", "sach"], 0.0)
    assert pages_to_recognise([PageText(BARE, 0.0), few, PageText(BARE, 0.0)]) == [1, 2, 3]
    assert pages_to_recognise([PageText(GOOD, 0.0), few, PageText(BARE, 0.0)]) == [3]
    assert pages_to_recognise([few]) == []


def test_letters_drawn_as_shapes_are_recognised() -> None:
    assert pages_to_recognise([PageText([], 0.0, is_drawn=True)]) == [1]
