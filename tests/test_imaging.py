"""Pages made ready for reading: upright, even, without stamps; the cells of their tables."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.readers.askew import printed
from extractors.readers.imaging import Sheet, cleaned, lies_on_its_side, skew_of
from extractors.readers.rulings import lines_of, tables_of
from extractors.readers.stamps import without_rings
from tests.pictures import DPI, array, blank, grid, write

WORDS = [
    "plan",
    "targets",
    "of",
    "communes",
    "and",
    "wards",
    "under",
    "review",
    "by",
    "many",
    "offices",
    "each",
    "year",
]
LINES = [" ".join(WORDS[(n * k + k) % len(WORDS)] for k in range(3, 11)) for n in range(30)]
SMALL = (1600, 1200)


def cells_of(page: Image.Image) -> list[list[tuple[int, int, int, int]]]:
    return tables_of(lines_of(cleaned(array(page), DPI)))


def test_a_page_askew_is_put_upright() -> None:
    page = blank()
    write(page, (200, 200), LINES)
    askew = page.rotate(1.7, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    sheet = cleaned(array(askew), DPI)
    assert abs(skew_of(np.asarray(askew.convert("L")))) > 1.5
    assert abs(skew_of(sheet.ink)) < 0.2


@pytest.mark.parametrize("degrees", [-1.4, -0.5, 0.35, 0.62, 1.5])
def test_a_wide_table_askew_is_put_upright(degrees: float) -> None:
    page = blank((3508, 2480))  # long lines lie on rows of the picture within a tenth of a degree only
    grid(page, [160, 500, 1200, 1900, 2600, 3300], range(300, 1100, 66))
    write(page, (220, 1300), ["Rows of a landscape annex"])
    askew = page.rotate(degrees, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    assert abs(skew_of(np.asarray(askew.convert("L"))) + degrees) < 0.12


def test_rows_of_a_bent_page_do_not_fall_together() -> None:
    page = blank()
    for n in range(9):  # the edges of neighbouring cells step up by less than the width of a line
        for row in range(3):
            left, top = 200 + n * 220, 900 - n * 8 + row * 60
            ImageDraw.Draw(page).rectangle((left, top, left + 220, top + 60), outline=(0, 0, 0), width=4)
    lines = lines_of(Sheet(*[np.asarray(page.convert("L"))] * 3, np.eye(2, 3)))
    assert all(right > left and bottom > top for table in tables_of(lines) for left, top, right, bottom in table)


def test_a_page_on_its_side_is_noticed() -> None:
    page = blank()
    write(page, (200, 200), LINES)
    grey = np.asarray(page.convert("L"))
    assert not lies_on_its_side(grey)
    assert lies_on_its_side(np.ascontiguousarray(np.rot90(grey)))


def test_coloured_ink_fades_and_print_under_it_stays() -> None:
    page = blank(SMALL)
    write(page, (200, 500), ["GIAM DOC"], size=80)
    before = (cleaned(array(page), DPI).ink < 100).sum()
    ImageDraw.Draw(page).ellipse([300, 350, 700, 750], outline=(220, 30, 40), width=12)
    ImageDraw.Draw(page).line([(250, 480), (620, 640)], fill=(40, 60, 200), width=8)
    after = (cleaned(array(page), DPI).ink < 100).sum()
    assert abs(int(after) - int(before)) < 0.25 * before


def test_a_shadow_on_the_paper_is_no_ink() -> None:
    page = blank(SMALL)
    write(page, (100, 100), LINES[:10])
    shaded = array(page).astype(np.float64) * np.linspace(0.5, 1.0, SMALL[0])[None, :, None]
    sheet = cleaned(shaded.astype(np.uint8), DPI)
    assert (sheet.ink[900:, :] > 240).all()  # below the text: paper, also in its dark corner
    assert (sheet.ink[:900, :400] < 100).any()


def test_dust_is_swept_and_full_stops_stay() -> None:
    page = blank(SMALL)
    dots = ImageDraw.Draw(page)
    for x in range(100, 1500, 60):
        dots.point((x, 100), fill=(0, 0, 0))
        dots.ellipse([x, 300, x + 5, 305], fill=(0, 0, 0))
    ink = cleaned(array(page), DPI).ink
    assert (ink[90:110] > 200).all()
    assert (ink[295:310] < 100).sum() > 24 * 10


def test_a_picture_of_low_resolution_is_enlarged() -> None:
    assert cleaned(array(blank((800, 600))), 150.0).ink.shape == (1200, 1600)


def test_cells_are_what_lines_enclose() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 300, 500, 700])
    (table,) = cells_of(page)
    assert len(table) == 9
    assert {round(c[0], -1) for c in table} == {100, 300, 900}


def test_a_merged_cell_is_one_cell() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 300, 500, 700])
    ImageDraw.Draw(page).rectangle([104, 304, 1396, 496], fill=(255, 255, 255))  # the middle row has no upright lines
    (table,) = cells_of(page)
    assert len(table) == 7
    assert any(c[2] - c[0] > 1200 for c in table)


def test_a_stem_of_a_letter_under_an_upright_line_does_not_cut_a_row() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 320, 380, 700])
    draw = ImageDraw.Draw(page)
    draw.rectangle([104, 324, 1396, 376], fill=(255, 255, 255))
    draw.line([(900, 322), (900, 362)], fill=(0, 0, 0), width=5)  # an "l" that hangs from the line above
    (table,) = cells_of(page)
    assert sum(c[2] - c[0] > 1200 for c in table) == 1


def test_a_letter_with_dots_between_two_lines_is_no_line() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 320, 380, 700])
    draw = ImageDraw.Draw(page)
    draw.rectangle([104, 324, 1396, 376], fill=(255, 255, 255))
    for top, bottom in ((322, 328), (337, 359), (368, 378)):  # an "ị" from line to line
        draw.line([(900, top), (900, bottom)], fill=(0, 0, 0), width=6)
    (table,) = cells_of(page)
    assert sum(c[2] - c[0] > 1200 for c in table) == 1


def test_a_faint_line_still_closes_cells() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 300, 700])
    ImageDraw.Draw(page).line([(102, 500), (1398, 500)], fill=(205, 205, 205), width=3)
    (table,) = cells_of(page)
    assert len(table) == 9


def test_a_line_broken_in_places_closes_cells() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 300, 500])
    ImageDraw.Draw(page).rectangle([500, 290, 515, 310], fill=(255, 255, 255))
    (table,) = cells_of(page)
    assert len(table) == 6


def test_a_stripe_of_the_scanner_beside_a_line_makes_no_column() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 300, 500, 700])
    ImageDraw.Draw(page).line([(918, 20), (920, 1180)], fill=(90, 90, 90), width=3)
    (table,) = cells_of(page)
    assert len(table) == 9


def test_thin_grey_lines_are_lines_and_text_between_them_is_none() -> None:
    page = blank(SMALL)
    grid(page, [100, 300, 900, 1400], [200, 330, 460, 700], ink=165, width=2)
    write(page, (305, 340), ["Offices of all communes"], size=52)
    write(page, (110, 800), LINES[:5])
    (table,) = cells_of(page)
    assert len(table) == 9


def test_a_frame_and_an_underlined_heading_are_no_tables() -> None:
    page = blank(SMALL)
    grid(page, [100, 1400], [200, 700])
    write(page, (200, 800), ["Muc tieu chung"])
    ImageDraw.Draw(page).line([(200, 870), (700, 870)], fill=(0, 0, 0), width=4)
    assert cells_of(page) == []


def test_rings_of_a_grey_stamp_are_taken_out() -> None:
    page = blank(SMALL)
    write(page, (150, 300), LINES[:6])
    clear = np.asarray(page.convert("L"))
    stamped = page.copy()
    for inset, width in ((0, 10), (60, 4)):
        box = [500 + inset, 250 + inset, 900 - inset, 650 - inset]
        ImageDraw.Draw(stamped).ellipse(box, outline=(70, 70, 70), width=width)
    grey = np.asarray(stamped.convert("L"))
    left = without_rings(grey)
    ring = (grey < 128) & (clear >= 128)
    assert (left[ring] < 128).mean() < 0.1
    assert (left[clear < 128] < 128).mean() > 0.9


def test_a_page_without_stamp_stays_as_it_is() -> None:
    page = blank(SMALL)
    write(page, (150, 300), ["O O O Q C G", *LINES[:6]], size=90)
    grey = np.asarray(page.convert("L"))
    assert (without_rings(grey) == grey).all()


def test_lines_of_a_sheet_with_nothing_on_it() -> None:
    white = np.full((400, 400), 255, np.uint8)
    assert tables_of(lines_of(Sheet(white, white, white, np.eye(2, 3)))) == []


def test_places_of_a_page_askew_are_found_on_the_straight_one() -> None:
    page = blank()
    write(page, (200, 200), LINES)
    ImageDraw.Draw(page).rectangle([1500, 3000, 1540, 3040], fill=(0, 0, 0))
    askew = page.rotate(-0.5, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    sheet = cleaned(array(askew), DPI)
    assert not np.array_equal(sheet.ink, sheet.scanned)
    print_ = printed(sheet, sheet.ink)
    picture, x, y = print_.cut((1490, 2990, 1550, 3050))
    assert (picture < 100).sum() == pytest.approx(41 * 41, rel=0.1)
    ys, xs = np.nonzero(picture < 100)
    assert (x + xs.mean(), y + ys.mean()) == pytest.approx((1520, 3020), abs=4)
    assert print_.to_straight(*print_.to_scanned(700, 900)) == pytest.approx((700, 900), abs=0.01)
    assert (print_.without([(1490, 2990, 1550, 3050)])[2900:3200, 1400:1700] > 200).all()
