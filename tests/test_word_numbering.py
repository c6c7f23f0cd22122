"""Automatic numbers of Word are written out as they are printed."""

from __future__ import annotations

import pytest

from extractors.readers.word_numbering import formatted
from tests.build_word import grid, lines, p, tbl, tr, word


def level(place: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(place: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text: str, place: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


OUTLINE = abstract(
    1,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "-"),
)


def test_roman_decimal_letter_and_dash_restart_below_their_heading() -> None:
    body = item("MỤC TIÊU") + item("Nước sạch", 1) + item("Hộ nghèo", 2) + item("trạm cấp nước", 3) + item("Hộ khác", 2)
    body += (
        p("Đoạn không đánh số.") + item("Trồng rừng", 1) + item("Hộ mới", 2) + item("NHIỆM VỤ") + item("Mở đường", 1)
    )
    assert lines(word(body, numbering=OUTLINE + num(1, 1))) == [
        "I. MỤC TIÊU",
        "1. Nước sạch",
        "a) Hộ nghèo",
        "- trạm cấp nước",
        "b) Hộ khác",
        "Đoạn không đánh số.",
        "2. Trồng rừng",
        "a) Hộ mới",
        "II. NHIỆM VỤ",
        "1. Mở đường",
    ]


def test_articles_and_clauses_with_the_number_above() -> None:
    numbering = abstract(
        1, level(0, "decimal", "Điều %1."), level(1, "decimal", "%1.%2."), level(2, "decimalZero", "(%3)")
    )
    body = item("Phạm vi") + item("Xã vùng cao", 1) + item("Thôn", 2) + item("Kinh phí") + item("Vốn vay", 1)
    assert lines(word(body, numbering=numbering + num(1, 1))) == [
        "Điều 1. Phạm vi",
        "1.1. Xã vùng cao",
        "(01) Thôn",
        "Điều 2. Kinh phí",
        "2.1. Vốn vay",
    ]


def test_legal_numbering_writes_roman_numbers_above_as_figures() -> None:
    numbering = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert lines(word(item("Một") + item("Hai", 1), numbering=numbering + num(1, 1))) == ["I. Một", "1.1 Hai"]


def test_lists_of_one_kind_count_on_unless_one_begins_anew() -> None:
    body = (
        item("Sở Y tế", number=1) + item("Sở Nội vụ", number=2) + item("Đào giếng", number=3) + item("Xây bể", number=3)
    )
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1) + num(2, 1) + num(3, 1, restart(0, 5))
    assert lines(word(body, numbering=numbering)) == ["1. Sở Y tế", "2. Sở Nội vụ", "5. Đào giếng", "6. Xây bể"]


def test_a_level_may_go_on_below_a_new_heading() -> None:
    numbering = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = item("A") + item("một", 1) + item("B") + item("hai", 1)
    assert lines(word(body, numbering=numbering + num(1, 1))) == ["I. A", "1. một", "II. B", "2. hai"]


def test_numbers_of_a_style_and_of_a_style_that_rests_on_it() -> None:
    styles = """<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>"""
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>') for text, style in [("A", "H1"), ("B", "H2"), ("C", "H3"), ("D", "H2")]
    )
    assert lines(word(body, styles=styles, numbering=OUTLINE + num(1, 1))) == ["I. A", "1. B", "C", "2. D"]


def test_the_level_that_names_a_style_is_that_of_its_paragraphs() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:pStyle w:val="Muc"/>'))
    body = item("A") + p("b", '<w:pStyle w:val="Muc"/>')
    assert lines(word(body, styles=styles, numbering=numbering + num(1, 1))) == ["I. A", "1. b"]


def test_list_zero_switches_the_number_of_a_style_off() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    off = '<w:pStyle w:val="L"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = p("một", '<w:pStyle w:val="L"/>') + p("không số", off) + p("hai", '<w:pStyle w:val="L"/>')
    assert lines(word(body, styles=styles, numbering=OUTLINE + num(1, 1))) == ["I. một", "không số", "II. hai"]


def test_a_list_that_is_a_link_to_a_style_of_lists() -> None:
    styles = '<w:style w:type="numbering" w:styleId="DS"><w:name w:val="DS"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    link = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="DS"/></w:abstractNum>'
    numbering = OUTLINE + link + num(7, 1) + num(1, 2)
    assert lines(word(item("A"), styles=styles, numbering=numbering)) == ["I. A"]


def test_cells_count_in_the_order_of_the_text() -> None:
    number = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    table = tbl(
        tr("STT", "Nhiệm vụ", "Thời gian"),
        *(tr(f"<w:tc>{number}</w:tc>", name, "2027") for name in ("Mở lớp", "In sách")),
    )
    document = word(table, numbering=abstract(1, level(0, "decimal", "%1")) + num(1, 1))
    assert [row[0] for row in grid(document)] == ["STT", "1", "2"]


def test_an_empty_item_counts_and_is_not_printed_alone() -> None:
    document = word(item("A") + item("") + item("C"), numbering=OUTLINE + num(1, 1))
    assert lines(document) == ["I. A", "III. C"]


@pytest.mark.parametrize(
    ("sign", "font", "printed"),
    [("-", "", "-"), ("+", "", "+"), ("\uf0b7", "Symbol", "•"), ("\uf02d", "Symbol", "-"), ("\uf0a7", "Wingdings", "•"), ("o", "Courier New", "◦")],
)  # fmt: skip
def test_signs_of_items(sign: str, font: str, printed: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    bullet = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{fonts}</w:lvl>'
    assert lines(word(item("Phát tờ rơi"), numbering=abstract(1, bullet) + num(1, 1))) == [f"{printed} Phát tờ rơi"]


def test_nothing_stands_behind_a_number_that_says_so() -> None:
    glued = abstract(1, level(0, "decimal", "%1/", '<w:suff w:val="nothing"/>'))
    assert lines(word(item("Mở lớp"), numbering=glued + num(1, 1))) == ["1/Mở lớp"]


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [(4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (26, "lowerLetter", "z"), (27, "lowerLetter", "aa"), (28, "upperLetter", "BB"),
     (7, "decimalZero", "07"), (12, "decimalZero", "12"), (2, "ordinal", "2nd"), (11, "ordinal", "11th"), (3, "none", ""), (5, "unheard of", "5")],
)  # fmt: skip
def test_forms_of_numbers(count: int, form: str, printed: str) -> None:
    assert formatted(count, form) == printed


def test_a_deleted_paragraph_does_not_count() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>'
    document = word(item("A") + gone + item("B"), numbering=OUTLINE + num(1, 1))
    assert lines(document) == ["I. A", "II. B"]
