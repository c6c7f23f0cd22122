"""Tasks of running text: leaves, groups, duties with their agencies, reporting duties, what is no task."""

from __future__ import annotations

import pytest

from extractors.find import find
from tests.build import LETTERHEAD, article_of, plan_of, roles
from tests.build_word import p, word


def test_leaves_of_tasks_and_solutions_with_their_groups() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đào tạo nghề\na) Mở lớp may.\nb) Cử giáo viên đi học.\n2. Xây trạm bơm.\nII. GIẢI PHÁP\n1. Giải pháp về vốn\nHuy động vốn của các hộ."
    )
    assert [(t.task_kind_code, t.label, t.group) for t in found.tasks] == [
        ("activity", "a", 0),
        ("activity", "b", 0),
        ("activity", "2", None),
        ("solution", None, 1),
    ]
    assert [(g.label, g.name) for g in found.groups] == [("1", "Đào tạo nghề"), ("1", "Giải pháp về vốn")]


def test_structural_headings_are_no_groups() -> None:
    found = plan_of(
        "I. MỤC TIÊU, NHIỆM VỤ\n1. Cải cách thể chế\na) Mục tiêu\n- 100% văn bản được rà soát.\nb) Nhiệm vụ\n- Rà soát văn bản của tỉnh."
    )
    assert [g.name for g in found.groups] == ["Cải cách thể chế"]
    assert [(t.name, t.group) for t in found.tasks] == [("Rà soát văn bản của tỉnh.", 0)]
    assert [t.value_min for t in found.targets] == [100]


def test_lead_ins_notes_and_amounts_are_no_tasks() -> None:
    body = "I. GIẢI PHÁP TÀI CHÍNH\n1. Tổng kinh phí là 900 triệu đồng, trong đó:\n+ Ngân sách tỉnh: 600 triệu đồng;\n+ Vốn doanh nghiệp: 300 triệu đồng.\n(Chi tiết tại phụ lục).\n2. Các hộ tự bố trí vốn đối ứng."
    assert [t.label for t in plan_of(body).tasks] == ["2"]


def test_an_agency_heading_leads_what_stands_under_it() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Phối hợp với Sở Nội vụ, UBND các huyện kiểm tra.\n- Báo cáo UBND tỉnh.\n2. Sở Tài chính, Sở Xây dựng\nThẩm định dự toán."
    ).tasks
    assert roles(found[0]) == [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ"), ("cooperate", "UBND các huyện")]
    assert roles(found[1]) == [("lead", "Sở Y tế"), ("receive_report", "Ủy ban nhân dân tỉnh")]
    assert roles(found[2]) == [("lead", "Sở Tài chính"), ("lead", "Sở Xây dựng")]


def test_an_item_that_names_its_own_doer_in_front_of_a_colon() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế, Báo Sóc Trăng\n- Sở Y tế: khám bệnh định kỳ.\n- Báo Sóc Trăng: đưa tin thường xuyên."
    ).tasks
    assert [roles(t) for t in found] == [[("lead", "Sở Y tế")], [("lead", "Báo Sóc Trăng")]]
    assert found[1].recurrence_code == "regular"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Sở Y tế chủ trì, phối hợp với các Sở: Tài chính, Nội vụ lập danh sách.",
            [("lead", "Sở Y tế"), ("cooperate", "Sở Tài chính"), ("cooperate", "Sở Nội vụ")],
        ),
        (
            "Hằng năm Sở Y tế lập dự toán gửi Sở Tài chính thẩm định, trình UBND tỉnh phê duyệt.",
            [("lead", "Sở Y tế"), ("appraise", "Sở Tài chính"), ("approve", "Ủy ban nhân dân tỉnh")],
        ),
        (
            "UBND các xã có trách nhiệm tổng hợp, gửi báo cáo về Sở Y tế trước ngày 10 hằng tháng.",
            [("lead", "UBND các xã"), ("receive_report", "Sở Y tế")],
        ),
        ("Thủ trưởng các sở, ban, ngành trực tiếp chỉ đạo.", [("lead", "Thủ trưởng các sở, ban, ngành")]),
    ],
)
def test_roles_in_a_sentence(sentence: str, expected: list[tuple[str, str]]) -> None:
    (task,) = plan_of(f"I. TỔ CHỨC THỰC HIỆN\n1. {sentence}").tasks
    assert roles(task) == expected


def test_channels_in_a_list_of_activities_are_no_doers() -> None:
    (task,) = plan_of(
        "I. NHIỆM VỤ\n- Đăng tin trên trang điện tử của Sở Y tế và Đài Phát thanh và Truyền hình tỉnh."
    ).tasks
    assert roles(task) == []


def test_closing_lines_name_the_agencies_of_their_group() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đào tạo nghề\n- Mở lớp may tại xã.\n- Mở lớp mộc tại xã.\nĐơn vị chủ trì: Sở Nội vụ; Đơn vị phối hợp: UBND các xã."
    ).tasks
    assert [roles(t) for t in found] == [[("lead", "Sở Nội vụ"), ("cooperate", "UBND các xã")]] * 2


def test_the_closing_paragraph_is_a_reporting_duty() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế kiểm tra các trạm.\nTrong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Sở Y tế để tổng hợp, trình UBND tỉnh xem xét./."
    task = plan_of(body).tasks[-1]
    assert task.task_kind_code == "reporting_duty"
    assert roles(task)[:2] == [("lead", "các đơn vị"), ("receive_report", "Sở Y tế")]


def test_a_yearly_budget_is_no_yearly_task() -> None:
    found = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế bố trí từ nguồn kinh phí hằng năm của ngành.\n2. Sở Nội vụ định kỳ hằng năm tổ chức sơ kết."
    ).tasks
    assert [t.recurrence_code for t in found] == [None, "annual"]


def test_times_a_leaf_states() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n- Tổng kết Kế hoạch vào năm 2026.\n- Hoàn thành đề cương trước ngày 30/6/2024.\n- Triển khai Chương trình đến năm 2030 của Chính phủ."
    ).tasks
    assert [(t.start_year, t.end_year, t.deadline_text) for t in found] == [
        (2026, 2026, None),
        (None, 2024, "trước ngày 30/6/2024"),
        (None, None, None),
    ]


def test_an_article_of_a_decision_that_gives_the_duty() -> None:
    text = LETTERHEAD.replace("21/KH-UBND", "33/QĐ-UBND").split("KẾ HOẠCH\n")[0] + (
        "QUYẾT ĐỊNH\n\nBan hành Kế hoạch du lịch tỉnh Sóc Trăng năm 2025\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\n"
        "Điều 2. Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tổ chức thực hiện.\n\nĐiều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này."
    )
    (task,) = article_of(text).tasks
    assert (task.task_kind_code, task.label) == ("assignment", "Điều 2")
    assert roles(task) == [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ")]


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        ("Chi cục Thủy lợi: vận hành hồ chứa.", [("lead", "Chi cục Thủy lợi")]),
        ("Giao Phòng Quản lý Xây dựng theo dõi tiến độ.", [("lead", "Phòng Quản lý Xây dựng")]),
        ("Trưởng các phòng có trách nhiệm lưu hồ sơ.", [("lead", "Trưởng các phòng")]),
        ("Tổ chức hội thi: mỗi năm một lần.", []),
        ("Phòng, chống cháy rừng theo phương án.", []),
        ("Ban hành quy chế phối hợp.", []),
    ],
)
def test_doers_that_no_list_holds_stay_as_words(duty: str, expected: list[tuple[str, str]]) -> None:
    (task,) = plan_of(f"I. TỔ CHỨC THỰC HIỆN\n1. {duty}").tasks
    assert roles(task) == expected


def test_a_heading_that_names_an_unlisted_body_leads_its_items() -> None:
    (task,) = plan_of("I. TỔ CHỨC THỰC HIỆN\n1. Chi cục Thủy sinh vật\n- Kiểm tra cống, đập trước mùa mưa.").tasks
    assert roles(task) == [("lead", "Chi cục Thủy sinh vật")]
    assert task.mentions[0].match_method == "none"


def test_committees_of_every_province_are_a_class() -> None:
    (task,) = plan_of(
        "I. TỔ CHỨC THỰC HIỆN\n1. Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương xây dựng kế hoạch."
    ).tasks
    assert roles(task) == [("lead", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương")]
    assert task.mentions[0].is_class


@pytest.mark.parametrize(
    ("task", "years"),
    [
        ("Từ năm 2021 đến năm 2025, dựng mới 10 lò nung.", (2021, 2025)),
        ("Dựng mới 10 lò nung, giai đoạn 2021 - 2025.", (2021, 2025)),
        ("Thực hiện Kế hoạch phát triển nghề gốm, giai đoạn 2021 - 2025.", (None, None)),
    ],
)
def test_years_at_the_ends_of_a_task_are_its_own_unless_a_plan_is_named(
    task: str, years: tuple[int | None, int | None]
) -> None:
    (found,) = plan_of(f"I. NHIỆM VỤ\n1. {task}").tasks
    assert (found.start_year, found.end_year) == years


def test_roles_far_inside_a_long_sentence() -> None:
    many = ", ".join(["Sở Y tế", "Sở Tài chính", "Sở Nội vụ"] * 60)
    plan = plan_of(f"I. NHIỆM VỤ\n1. Sở Xây dựng chủ trì, phối hợp với {many}, thủ trưởng Sở Công Thương mở lớp.")
    assert ("lead", "Sở Xây dựng") in roles(plan.tasks[0])
    assert plan.tasks[0].mentions[-1].text == "thủ trưởng Sở Công Thương"


@pytest.mark.parametrize(
    ("task", "years"),
    [
        ("Dựng 3 lò nung, hoàn thành năm 2025.", (2025, 2025)),
        ("Dời các lò cũ ra ngoài khu dân cư trước năm 2026.", (None, 2026)),
        ("Dựng 3 lò nung tại hai xã trong giai đoạn 2024 - 2025.", (2024, 2025)),
        ("Dựng 3 lò nung (2024 - 2025).", (2024, 2025)),
    ],
)
def test_years_by_which_a_task_is_done(task: str, years: tuple[int | None, int | None]) -> None:
    (found,) = plan_of(f"I. NHIỆM VỤ\n1. {task}").tasks
    assert (found.start_year, found.end_year) == years


def test_pointers_to_an_annex_are_no_tasks() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Mở lớp đan lát.\n2. Nội dung cụ thể tại Phụ lục kèm theo.\nChi tiết tại Phụ lục I kèm theo."
    )
    assert [t.name for t in found.tasks] == ["Mở lớp đan lát."]


def test_a_note_in_brackets_behind_an_agency_heading() -> None:
    (task,) = plan_of("I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế (cơ quan thường trực)\n- Theo dõi, đôn đốc các huyện.").tasks
    assert ("lead", "Sở Y tế") in roles(task)


def test_projects_are_tasks() -> None:
    assert [t.name for t in plan_of("I. CÁC DỰ ÁN\n1. Xây chợ đầu mối.\n2. Sửa cầu tàu.").tasks] == [
        "Xây chợ đầu mối.",
        "Sửa cầu tàu.",
    ]


def test_the_sentence_that_closes_a_plan_is_no_task() -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Kiểm tra các trạm.\nTrên đây là Kế hoạch thực hiện công tác y tế học đường năm 2024./."
    assert [t.name for t in plan_of(body).tasks] == ["Kiểm tra các trạm."]
    asks = body.replace("năm 2024./.", "năm 2024, yêu cầu các trường báo cáo về Sở Y tế.")
    assert len(plan_of(asks).tasks) == 2


def test_a_month_or_quarter_is_on_the_dot() -> None:
    found = plan_of("I. NHIỆM VỤ\n- Mở hội làng nghề vào tháng 10 năm 2025.\n- Chấm giải trong quý II năm 2026.").tasks
    assert [(t.start_year, t.end_year) for t in found] == [(2025, 2025), (2026, 2026)]


def test_bold_lines_without_numbers_head_the_items_below_them() -> None:
    body = (
        "".join(p(line) for line in LETTERHEAD.split("\n"))
        + p("II. NHIỆM VỤ")
        + "".join(
            p(text).replace("<w:rPr>", "<w:rPr><w:b/>" if bold else "<w:rPr>")
            for text, bold in (
                ("Tuyên truyền, vận động", True), ("- Mở 4 buổi nói chuyện.", False),
                ("Xây dựng lực lượng", True), ("- Lập tổ canh gác.", False), ("- Mua bình chữa cháy.", False),
            )
        )
    )  # fmt: skip
    found = find(word(body))
    assert [g.name for g in found.groups] == ["Tuyên truyền, vận động", "Xây dựng lực lượng"]
    assert [(t.name, t.group) for t in found.tasks] == [
        ("Mở 4 buổi nói chuyện.", 0),
        ("Lập tổ canh gác.", 1),
        ("Mua bình chữa cháy.", 1),
    ]


@pytest.mark.parametrize("heading", ["5.1. Khoa Dược - Vật tư y tế", "5.1. Phòng Nghiệp vụ"])
def test_units_of_a_hospital_or_school_lead_what_stands_under_them(heading: str) -> None:
    (task,) = plan_of(f"5. TỔ CHỨC THỰC HIỆN\n{heading}\n- Cấp phát vắc xin.").tasks
    assert roles(task) == [("lead", heading.split(". ")[1])]


def test_an_item_that_begins_like_a_heading_is_of_the_kind_of_its_list() -> None:
    body = "I. NỘI DUNG THỰC HIỆN\na) Dạy nghề đan lát.\nb) Vay vốn mua máy.\nc) Giải pháp bảo vệ môi trường."
    assert [t.task_kind_code for t in plan_of(body).tasks] == ["activity"] * 3
