"""The outline: printed numbering becomes a tree; headings give roles; annexes and signatures begin anew."""

from __future__ import annotations

import pytest

from extractors.headings import is_structural, section_role
from extractors.labels import parse_label
from extractors.outline import Outline, build_outline
from extractors.readers.plain import read
from tests.build import plan_of


def outline(text: str) -> Outline:
    return build_outline(read(text).blocks)


@pytest.mark.parametrize(
    ("line", "style", "mark"),
    [
        ("Phần thứ nhất: Đánh giá", "part", "thứ nhất"), ("Chương II. Quy định", "chapter", "II"), ("Mục 3. Kinh phí", "section", "3"), ("Điều 12. Hiệu lực", "article", "Điều 12"),
        ("IV. NHIỆM VỤ", "roman", "IV"), ("I- QUAN ĐIỂM", "roman", "I"), ("B. Giải pháp", "capital", "B"), ("3. Sở Y tế", "decimal1", "3"), ("2.1. Nội dung", "decimal2", "2.1"),
        ("1.2.3 Chi tiết", "decimal3", "1.2.3"), ("đ) Tổ chức", "alpha", "đ"), ("a1) Tổ chức", "alpha", "a1"), ("(2) Hỗ trợ", "paren", "2"), ("5) Hỗ trợ", "decimal_paren", "5"),
        ("- Hỗ trợ", "dash", None), ("+ Hỗ trợ", "plus", None), ("• Hỗ trợ", "dot", None), ("* Nhóm nhiệm vụ 2: Hạ tầng", "group", "2"), ("Nhiệm vụ 3: Đào tạo", "group", "3"),
        ("PHỤ LỤC II", "annex", "II"), ("Phụ lục", "annex", None), ("1.Công tác tuyên truyền", "decimal1", "1"),
        ("II.3. Hiện trạng", "roman1", "II.3"), ("IV.2.1 Quy trình", "roman2", "IV.2.1"),
        ("2/ Trồng rừng", "decimal1", "2"), ("2.1/ Trồng rừng", "decimal2", "2.1"), ("b/ Đào ao", "alpha", "b"),
        ("3. 80% hộ dân có nước sạch", "decimal1", "3"), ("3.2. 45 trạm y tế", "decimal2", "3.2"), ("4. 150 hộ dân", "decimal1", "4"),
    ],
)  # fmt: skip
def test_labels(line: str, style: str, mark: str | None) -> None:
    label = parse_label(line)
    assert label is not None
    assert (label.style, label.mark) == (style, mark)


@pytest.mark.parametrize(
    "line",
    [
        "1.500 tờ rơi",
        "50% hộ dân",
        "1. 500.000 đồng",
        "1.5 triệu đồng",
        "2. 000 tờ rơi",
        "5. 6. 2031 là hạn cuối",
        "1/2 số xã",
        "2/9 là ngày lễ",
        "1/ 2 số xã",
        "12 lớp",
        "Mục tiêu chung",
        "Điều kiện",
        "2024",
        "IMF hỗ trợ",
        "a, b và c",
        "Chi cục",
    ],
)
def test_words_that_begin_no_label(line: str) -> None:
    assert parse_label(line) is None


def test_numbers_behind_a_roman_one_stand_between_it_and_plain_numbers() -> None:
    tree = outline("KẾ HOẠCH\n\nI. Hiện trạng\n\nI.1. Nguồn nước\n\n1. Giếng khoan\n\nI.2. Công trình\n\nII. Giải pháp")
    assert [n.path() for n in tree.nodes if n.label] == ["I", "I > I.1", "I > I.1 > 1", "I > I.2", "II"]


def test_a_label_seen_before_returns_to_its_level() -> None:
    text = (
        "I. NHIỆM VỤ\n1. Đào tạo\na) Mở lớp.\n- Lớp may.\n2. Hạ tầng\na) Xây trạm.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế"
    )
    assert [n.path() for n in outline(text).nodes] == [
        "I",
        "I > 1",
        "I > 1 > a",
        "I > 1 > a",
        "I > 2",
        "I > 2 > a",
        "II",
        "II > 1",
    ]


def test_plain_paragraphs_stand_under_headings_not_under_items() -> None:
    nodes = outline(
        "I. NHIỆM VỤ\n1. Đào tạo nghề\nMở lớp may.\n2. Xây hai trạm bơm.\nNgoài ra, duy tu đường ống."
    ).nodes
    assert [n.parent.mark if n.parent else None for n in nodes] == [None, "I", "1", "I", "I"]


def test_the_last_of_a_list_without_marks_is_no_heading() -> None:
    nodes = outline("I. NHIỆM VỤ\n1. Tắt đèn\n2. Thay đèn\n3. Kiểm toán\nSở Công Thương chủ trì thực hiện.").nodes
    assert nodes[-1].parent is nodes[0]


def test_roles_descend_and_headings_override() -> None:
    nodes = outline(
        "II. QUAN ĐIỂM VÀ MỤC TIÊU\n1. Quan điểm\na) Bền vững.\n2. Mục tiêu\na) Mục tiêu chung\nSạch.\nb) Mục tiêu cụ thể\n- 50% hộ."
    ).nodes
    assert [n.role for n in nodes] == ["viewpoint"] * 3 + ["objective"] + ["objective_general"] * 2 + [
        "objective_specific"
    ] * 2


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("MỤC TIÊU", "objective"), ("Các mục tiêu cụ thể", "objective_specific"), ("NHIỆM VỤ, GIẢI PHÁP", "tasks"), ("Mục tiêu, nhiệm vụ", "tasks"), ("Một số giải pháp chủ yếu", "solutions"),
        ("Tổ chức thực hiện", "organisation"), ("KINH PHÍ THỰC HIỆN", "finance"), ("Mục đích, yêu cầu", "purpose"), ("CHẾ ĐỘ BÁO CÁO", "reporting"), ("Đào tạo nghề", None),
        ("Nguồn kinh phí cho các việc trên lấy từ ngân sách tỉnh và đóng góp của các hộ làm nghề trong vùng.", None),
    ],
)  # fmt: skip
def test_what_headings_announce(heading: str, role: str | None) -> None:
    assert section_role(heading) == role


def test_a_heading_without_subject_is_structural() -> None:
    assert is_structural("Nhiệm vụ chủ yếu")
    assert not is_structural("Giải pháp về nguồn nhân lực")


def test_signature_and_annex_begin_anew() -> None:
    nodes = outline(
        "I. NHIỆM VỤ\n1. Mở lớp.\nNơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nPHỤ LỤC 1\nDANH MỤC\n1. Việc"
    ).nodes
    assert [n.zone for n in nodes] == ["body", "body", "signature", "signature", "signature", "annex", "annex", "annex"]


def test_a_sentence_opens_its_list_in_running_text() -> None:
    nodes = outline(
        "Mục tiêu cụ thể đến năm 2030 như sau:\n- 50% hộ.\nCác giải pháp được nêu gồm:\n- Mở lớp.\nSở Y tế chủ trì."
    ).nodes
    assert [n.role for n in nodes] == ["objective_specific", "objective_specific", "solutions", "solutions", None]


def test_letters_below_bracketed_numbers() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n(1) Hạ tầng\na1) Lắp 06 cột đèn.\na2) Sửa loa xã.\n(2) Nhân lực\nb1) Cử 15 thợ đi học."
    )
    assert [g.name for g in found.groups] == ["Hạ tầng", "Nhân lực"]
    assert [(t.name, t.group) for t in found.tasks] == [
        ("Lắp 06 cột đèn.", 0),
        ("Sửa loa xã.", 0),
        ("Cử 15 thợ đi học.", 1),
    ]


def test_an_article_announces_the_aims_below_it() -> None:
    nodes = outline(
        "Điều 1. Thông qua Đề án bến đò với các chỉ tiêu chủ yếu sau:\n1. Có 12 bến.\nĐiều 2. Phê duyệt nhiệm vụ khảo sát với nội dung sau:\n1. Tên: Khảo sát bến."
    ).nodes
    assert [n.role for n in nodes] == ["objective_specific", "objective_specific", None, None]


def test_small_roman_figures_and_letters_behind_a_number_are_labels() -> None:
    nodes = outline("I. NHIỆM VỤ\n1.a. Vẽ bản đồ bến.\n1.b. Sơn phao.\nii) Mở lớp bơi.").nodes
    assert [(n.mark, n.heading) for n in nodes[1:]] == [
        ("1.a", "Vẽ bản đồ bến."),
        ("1.b", "Sơn phao."),
        ("ii", "Mở lớp bơi."),
    ]


def test_directions_divided_by_subject_are_work_and_a_few_sentences_are_a_point_of_view() -> None:
    divided = outline(
        "I. ĐỊNH HƯỚNG PHÁT TRIỂN\nBến đò là mạch sống của vùng sông nước.\n1. Về bến đò\na) Đóng 04 bến.\n2. Về thuyền\na) Vá thuyền cũ."
    ).nodes
    assert [n.role for n in divided] == ["tasks", "viewpoint", "tasks", "tasks", "tasks", "tasks"]
    plain = outline("I. ĐỊNH HƯỚNG PHÁT TRIỂN\n1. Bến đò gắn với chợ nổi.\n2. Thuyền gắn với nghề.").nodes
    assert [n.role for n in plain] == ["viewpoint", "viewpoint", "viewpoint"]
