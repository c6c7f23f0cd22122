"""What a sentence says of an agency's part, and which rule read it."""

from __future__ import annotations

import pytest

from extractors.duties import read_duties
from tests.build import plan_of


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Sở Y tế chủ trì mở lớp.", [("lead", "Sở Y tế", "leads_by_name")]),
        ("Sở Y tế là cơ quan đầu mối, chịu trách nhiệm chủ trì mở lớp.", [("lead", "Sở Y tế", "leads_by_name")]),
        ("Mở lớp tại các xã, phối hợp chặt chẽ với Sở Y tế.", [("cooperate", "Sở Y tế", "is_cooperated_with")]),
        ("Lập dự toán gửi Sở Tài chính thẩm định.", [("appraise", "Sở Tài chính", "is_sent_to_for_appraisal")]),
        ("Lập phương án trình Ủy ban nhân dân tỉnh phê duyệt.", [("approve", "Ủy ban nhân dân tỉnh", "is_submitted_to")]),
        ("Định kỳ báo cáo kết quả về Sở Công Thương.", [("receive_report", "Sở Công Thương", "is_reported_to")]),
        ("Giao Sở Y tế tham mưu mở lớp.", [("lead", "Sở Y tế", "is_given_the_duty")]),
        ("Sở Y tế hướng dẫn các trạm.", [("lead", "Sở Y tế", "opens_the_sentence")]),
        ("Rà soát danh mục; hằng năm, Sở Y tế tổ chức chấm điểm.", [("lead", "Sở Y tế", "does_the_duty_of_its_clause")]),
    ],
)  # fmt: skip
def test_each_way_of_saying_a_role(sentence: str, said: list[tuple[str, str, str]]) -> None:
    found = read_duties(sentence, 0, "I")
    assert [(m.role_code, m.agency.name if m.agency else m.text, m.evidence.rule) for m in found][: len(said)] == said


@pytest.mark.parametrize(
    "sentence",
    [
        "Mở lớp theo hướng dẫn của Sở Y tế.",
        "Nội dung được giao Sở Y tế.",
        "Tham mưu trình Ủy ban nhân dân tỉnh.",
    ],
)
def test_agencies_without_a_part(sentence: str) -> None:
    assert list(read_duties(sentence, 0, "I")) == []


def test_who_gives_the_duty_has_none_of_its_own() -> None:
    found = read_duties("Ủy ban nhân dân tỉnh giao Sở Y tế tham mưu mở lớp.", 0, "I")
    assert [(m.role_code, m.text) for m in found] == [("lead", "Sở Y tế")]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Phát động tại chợ nổi (Sở Y tế chủ trì, Sở Nội vụ phối hợp).", [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ")]),
        ("Giao Sở Xây dựng chủ trì; Sở Y tế, Sở Tài chính phối hợp: lập 3 đồ án.", [("lead", "Sở Xây dựng"), ("cooperate", "Sở Y tế"), ("cooperate", "Sở Tài chính")]),
        ("Sở Y tế là đầu mối theo dõi việc khám bệnh.", [("lead", "Sở Y tế")]),
        ("Nếu có vướng mắc, các đơn vị phản ánh về Sở Y tế tổng hợp, trình Ủy ban nhân dân tỉnh xem xét.", [("lead", "các đơn vị"), ("receive_report", "Sở Y tế"), ("receive_report", "Ủy ban nhân dân tỉnh")]),
        ("Giao các Ban của Hội đồng nhân dân tỉnh và đại biểu Hội đồng nhân dân tỉnh giám sát việc thực hiện.", [("lead", "các Ban của Hội đồng nhân dân tỉnh và đại biểu Hội đồng nhân dân tỉnh")]),
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh lãnh đạo Ủy ban nhân dân tỉnh xây dựng đề cương.", [("lead", "Ban cán sự đảng Ủy ban nhân dân tỉnh")]),
        ("Các Sở Giao thông vận tải tham mưu sửa cầu.", [("lead", "Các Sở Giao thông vận tải")]),
    ],
)  # fmt: skip
def test_who_does_what(sentence: str, said: list[tuple[str, str]]) -> None:
    assert [(m.role_code, m.text) for m in read_duties(sentence, 0, "I")] == said


def test_an_item_below_a_class_belongs_to_the_agency_it_begins_with() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Đề nghị các sở, ngành, địa phương\na) Sở Y tế kiểm tra chất lượng nước ở các trạm.\nb) Sở Tài chính thẩm định giá nước của các trạm.\n"
    )
    assert [[(m.role_code, m.text) for m in t.mentions] for t in found.tasks] == [
        [("lead", "Sở Y tế")],
        [("lead", "Sở Tài chính")],
    ]


def test_a_heading_says_what_the_agency_is_to_the_plan() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế - thường trực Kế hoạch:\n- Kiểm tra chất lượng nước ở các trạm cấp nước.\n"
    )
    assert [[(m.role_code, m.text) for m in t.mentions] for t in found.tasks] == [[("lead", "Sở Y tế")]]


def test_departments_of_one_head_lead_what_they_do() -> None:
    (task,) = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Các sở: Y tế, Nội vụ theo chức năng đưa việc của làng nghề vào kế hoạch của ngành.\n"
    ).tasks
    assert [(m.role_code, m.agency.name if m.agency else None) for m in task.mentions] == [
        ("lead", "Sở Y tế"),
        ("lead", "Sở Nội vụ"),
    ]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Trên cơ sở đề nghị của UBND huyện, Sở Xây dựng lập danh sách bến đò.", "Sở Xây dựng"),
        ("Sau khi UBND tỉnh phê duyệt danh sách, Sở Tài chính bố trí kinh phí.", "Sở Tài chính"),
        ("Căn cứ Quyết định số 5/QĐ-UBND ngày 03/3/2023, Sở Y tế tổ chức lớp cấp cứu trên sông.", "Sở Y tế"),
    ],
)
def test_who_acts_behind_the_ground_of_a_sentence(sentence: str, lead: str) -> None:
    (task,) = plan_of(f"I. NHIỆM VỤ\n1. {sentence}\n").tasks
    assert [m.text for m in task.mentions if m.role_code == "lead"] == [lead]


def test_three_dots_end_a_list_and_no_sentence() -> None:
    (task,) = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Đối với các đoàn thể\nĐề nghị Hội Nông dân tỉnh, Tỉnh đoàn... vận động hội viên giữ nghề.\n"
    ).tasks
    assert [(m.role_code, m.text) for m in task.mentions] == [("lead", "Hội Nông dân tỉnh"), ("lead", "Tỉnh đoàn")]


def test_a_paragraph_below_an_agency_that_reports_is_its_duty() -> None:
    (task,) = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính:\nCăn cứ Kế hoạch này bố trí vốn cho các xã, báo cáo Ủy ban nhân dân tỉnh.\n"
    ).tasks
    assert (task.task_kind_code, [m.role_code for m in task.mentions]) == ("assignment", ["lead", "receive_report"])


@pytest.mark.parametrize(
    "closing",
    [
        "Kế hoạch này thay thế Kế hoạch số 3/KH-UBND. Trong quá trình thực hiện, nếu có vướng mắc, các địa phương báo cáo về Sở Y tế.",
        "Các sở, địa phương báo cáo kết quả thực hiện trước ngày 15/12 về Sở Y tế để tổng hợp.",
    ],
)
def test_a_closing_paragraph_that_asks_for_reports(closing: str) -> None:
    tasks = plan_of(f"I. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ mở lớp đan lát ở các xã.\n{closing}\n").tasks
    assert [t.task_kind_code for t in tasks] == ["assignment", "reporting_duty"]


def test_agencies_named_below_a_class_do_their_own_work() -> None:
    found = plan_of(
        "Điều 2. Các cơ quan, đơn vị sau đây chịu trách nhiệm tổ chức thực hiện Kế hoạch:\n1. Sở Y tế dựng trạm cấp cứu bên các bến đò.\n2. Sở Nội vụ tuyển người dạy bơi cho các xã.\n"
    ).tasks
    assert [[m.text for m in t.mentions if m.role_code == "lead"] for t in found] == [["Sở Y tế"], ["Sở Nội vụ"]]
