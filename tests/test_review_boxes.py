"""Words of a row found again on the picture of their page."""

from __future__ import annotations

from extractors.readers.words import Box, PageLayout, Word
from pipeline.review.boxes import PageWords, PlacedBox, Quote, boxes_of


def line(y: float, *words: str, x: float = 100) -> list[Word]:
    """Words side by side, each 40 wide with 10 between."""
    return [Word(w, x + 50 * n, y, x + 50 * n + 40, y + 10) for n, w in enumerate(words)]


def page(number: int, *words: Word, tables: tuple[tuple[Box, ...], ...] = ()) -> dict[int, PageWords]:
    return {number: PageWords(PageLayout(number, 1000, 1400, tuple(words), tables))}


def tops(boxes: list[PlacedBox]) -> list[tuple[int, int]]:
    """Page and upper edge of each box."""
    return [(b[0], b[2]) for b in boxes]


def test_a_sentence_over_two_lines_has_a_box_on_each() -> None:
    pages = page(1, *line(100, "Mở", "lớp", "dạy"), *line(120, "nghề", "ở", "xã."))
    assert boxes_of(Quote("lớp dạy nghề", "Mở ", " ở xã.", 1), pages) == [(1, 150, 100, 90, 10), (1, 100, 120, 40, 10)]


def test_of_two_places_with_the_same_words_the_one_with_the_same_surroundings_is_meant() -> None:
    pages = page(
        1, *line(100, "giao", "Sở", "Y", "tế", "chủ", "trì"), *line(120, "cùng", "Sở", "Y", "tế", "phối", "hợp")
    )
    assert tops(boxes_of(Quote("Sở Y tế", "cùng ", " phối hợp", 1), pages)) == [(1, 120)]


def test_a_sentence_that_goes_on_overleaf_has_boxes_on_both_pages() -> None:
    pages = page(3, *line(1300, "Trồng", "rừng")) | page(4, *line(50, "ven", "biển"))
    assert tops(boxes_of(Quote("Trồng rừng ven biển", "", "", 3), pages)) == [(3, 1300), (4, 50)]


def test_cells_are_read_each_for_itself_and_begin_on_the_page_of_their_row() -> None:
    boxes = (Box(90, 90, 290, 200), Box(290, 90, 600, 200), Box(90, 200, 290, 300), Box(290, 200, 600, 300))
    first = [*line(100, "Nạo", "vét"), *line(100, "Sở", "Xây", x=300), *line(120, "kênh"), *line(120, "dựng", x=300)]
    second = [*line(210, "Nạo", "vét"), *line(210, "2025", x=300)]
    pages = page(1, *first, *second, tables=(boxes,))
    assert tops(boxes_of(Quote("Nạo vét kênh\tSở Xây dựng", "", "", 1), pages)) == [
        (1, 100),
        (1, 120),
        (1, 100),
        (1, 120),
    ]
    assert tops(boxes_of(Quote("Nạo vét\t2025", "", "", 1), pages)) == [(1, 210), (1, 210)]


def test_words_of_which_a_letter_was_mended_are_found_by_how_they_begin_and_end() -> None:
    pages = page(1, *line(100, "Nạo", "vét"), *line(120, "Trồng", "rừng", "phòng", "hộ", "ven", "bỉên", "Tây"))
    assert boxes_of(Quote("rừng phòng hộ ven biển Tây", "Trồng ", "", 1), pages) == [(1, 150, 120, 290, 10)]


def test_short_words_that_were_mended_have_no_box() -> None:
    assert boxes_of(Quote("Sở Tài chính", "", "", 1), page(1, *line(100, "Sở", "Tài", "chlnh"))) == []
