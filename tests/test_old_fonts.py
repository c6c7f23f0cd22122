"""Vietnamese typed before Unicode is recognised by its letters."""

from __future__ import annotations

import pytest

from normalizers.old_fonts import old_encoding, to_unicode
from tests.build_word import lines, run, word

TCVN3 = "B¸o c¸o viÖc cÊp n­íc s¹ch ë c¸c x· vïng cao cña huyÖn, ®­îc gi÷ ®óng h¹n"
TCVN3_READ = "Báo cáo việc cấp nước sạch ở các xã vùng cao của huyện, được giữ đúng hạn"
VNI = "Baùo caùo vieäc caáp nöôùc saïch ôû caùc xaõ vuøng cao cuûa huyeän, ñöôïc giöõ ñuùng haïn"


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(("text", "encoding"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_letters_tell_the_encoding_without_the_font(text: str, encoding: str) -> None:
    assert old_encoding(text, None) == encoding
    assert to_unicode(text, encoding, None) == TCVN3_READ


@pytest.mark.parametrize(
    "text", [TCVN3_READ, "có và là bò hàng", "50 m² × 3 = 150 m², sai số ±5 °C", "Wien, Köln, Århus, déjà vu", "plain"]
)
def test_unicode_stays_what_it_is_whatever_its_font(text: str) -> None:
    assert old_encoding(text, None) is None
    assert old_encoding(text, ".VnTime") is None


def test_capitals_of_vni() -> None:
    assert to_unicode("KEÁ HOAÏCH ÑÖÔØNG", "vni", None) == "KẾ HOẠCH ĐƯỜNG"


def test_a_word_file_with_text_of_several_fonts() -> None:
    body = f"<w:p>{run('KÕ ho¹ch cÊp n­íc', font('.VnTimeH'))}</w:p><w:p>{run('ban', font('.VnTimeH'))}</w:p>"
    body += (
        f"<w:p>{run(TCVN3, font('.VnTime'))}</w:p><w:p>{run('Nước sạch được cấp đủ.', font('Times New Roman'))}</w:p>"
    )
    assert lines(word(body)) == ["KẾ HOẠCH CẤP NƯỚC", "BAN", TCVN3_READ, "Nước sạch được cấp đủ."]


def test_a_letter_that_was_taken_for_a_hyphen_is_a_letter_again() -> None:
    split = f"<w:p><w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>CÊp n</w:t><w:softHyphen/><w:t>íc s¹ch cho c¸c x·</w:t></w:r></w:p>"
    assert lines(word(split)) == ["Cấp nước sạch cho các xã"]


def test_unicode_text_in_an_old_font_stays_in_small_letters() -> None:
    assert lines(word(f"<w:p>{run('Nước sạch', font('.VnTimeH'))}</w:p>")) == ["Nước sạch"]
