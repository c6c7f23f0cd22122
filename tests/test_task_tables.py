"""Task tables: columns of any order and naming, group rows, merged cells, roles inside cells; other tables are no tasks."""

from __future__ import annotations

import pytest

from tests.build import plan_of, roles

HEAD = "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"


def test_rows_with_groups_roles_years_and_results() -> None:
    table = (
        "TT\tNhiệm vụ\tSản phẩm\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành\n"
        "I\tĐào tạo nghề\t\t\t\t\n1\tMở lớp may\tBáo cáo\tSở Nội vụ\tSở Y tế; các đơn vị liên quan\tQuý II/2024\n2\tMở lớp mộc\tLớp học\tSở Công Thương\t\tThường xuyên\n"
    )
    found = plan_of(HEAD + table)
    assert [(g.label, g.name) for g in found.groups] == [("I", "Đào tạo nghề")]
    first, second = found.tasks
    assert (first.task_kind_code, first.label, first.name, first.expected_result, first.group) == (
        "annex_action",
        "1",
        "Mở lớp may",
        "Báo cáo",
        0,
    )
    assert (first.start_year, first.end_year, first.deadline_text) == (2024, 2024, "Quý II/2024")
    assert roles(first) == [("lead", "Sở Nội vụ"), ("cooperate", "Sở Y tế"), ("cooperate", "các đơn vị liên quan")]
    assert (second.recurrence_code, second.deadline_text) == ("regular", None)


def test_roles_written_inside_the_cell() -> None:
    found = plan_of(
        HEAD
        + "TT\tHành động\tTrách nhiệm\tThời gian\n1\tMở lớp\t- Chủ trì: Sở Y tế. - Phối hợp: Sở Nội vụ; Chuyên gia dạy nghề.\t2024\n"
    ).tasks
    assert roles(found[0]) == [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ"), ("cooperate", "Chuyên gia dạy nghề")]


def test_cells_that_name_nobody() -> None:
    found = plan_of(
        HEAD
        + "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tMở lớp\tTheo phân công tại Quyết định số 5/QĐ-UBND của Chủ tịch UBND tỉnh\t2024\n"
    ).tasks
    assert roles(found[0]) == []


def test_column_numbers_and_totals_are_no_tasks() -> None:
    found = plan_of(
        HEAD
        + "TT\tNhiệm vụ\tCơ quan chủ trì\tKinh phí (triệu đồng)\n(1)\t(2)\t(3)\t(4)\n1\tMở lớp\tSở Y tế\t20\n\tTổng cộng\t\t20\n"
    ).tasks
    assert [t.name for t in found] == ["Mở lớp"]


@pytest.mark.parametrize(
    "table",
    [
        "STT\tTừ viết tắt\tNghĩa\n1\tCN\tCông nghiệp\n2\tYT\tY tế\n",
        "TT\tTên cụm\tDiện tích (ha)\n1\tCụm Đông\t20\n2\tCụm Tây\t30\n",
    ],
    ids=["abbreviations", "areas"],
)
def test_tables_of_something_else(table: str) -> None:
    assert plan_of(HEAD + table).tasks == ()


def test_a_group_of_the_body_is_given_once() -> None:
    body = "I. NHIỆM VỤ\n* Nhóm nhiệm vụ 1: Đào tạo nghề.\n- Mở lớp may.\n"
    table = "TT\tHành động\tTrách nhiệm\tNăm\n* Nhóm nhiệm vụ 1: Đào tạo nghề.\t\t\t\n1.1\tMở lớp\tSở Y tế\t2024\n"
    found = plan_of(body + HEAD + table)
    assert len(found.groups) == 1
    assert {t.group for t in found.tasks} == {0}


def test_a_row_that_adds_up_the_rows_below_it_is_their_group() -> None:
    found = plan_of(
        HEAD
        + "TT\tNhiệm vụ\tCơ quan chủ trì\tKinh phí (triệu đồng)\tNgân sách trung ương\tNgân sách tỉnh\n"
        + "I\tĐào tạo nghề\t\t1.500\t1.000\t500\n1\tMở lớp may\tSở Nội vụ\t1.200\t1.000\t200\n2\tMở lớp mộc\tSở Công Thương\t300\t\t300\nTổng cộng\t\t\t1.500\t1.000\t500\n"
    )
    assert [g.name for g in found.groups] == ["Đào tạo nghề"]
    assert [t.name for t in found.tasks] == ["Mở lớp may", "Mở lớp mộc"]
    millions = [(b.scope_code, b.breakdown_code, (b.amount_vnd or 0) // 1_000_000) for b in found.budgets]
    assert [m for m in millions if m[1] == "by_task"] == [("task", "by_task", 1200), ("task", "by_task", 300)]
    assert [m for m in millions if m[1] == "by_group"] == [("task_group", "by_group", 1500)]
    assert [m for m in millions if m[1] == "by_task_source"] == [
        ("task", "by_task_source", 1000),
        ("task", "by_task_source", 200),
        ("task", "by_task_source", 300),
    ]


def test_a_column_that_counts_the_rows_needs_no_heading() -> None:
    table = "S.Tl\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tMở lớp may\tSở Y tế\t2025\n2\tIn sách\tSở Nội vụ\t2026\n"
    assert [t.label for t in plan_of(f"PHỤ LỤC\n{table}").tasks] == ["1", "2"]


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", "”"])
def test_a_cell_that_points_to_the_row_above_says_what_that_row_says(mark: str) -> None:
    table = f"TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tMở lớp\tSở Y tế\tCác hội\t2024\n2\tIn sổ tay\t{mark}\tSở Nội vụ\t{mark}\n3\tPhát sổ tay\t{mark}\t{mark}\tQuý I/2025\n"
    _, second, third = plan_of(HEAD + table).tasks
    assert roles(second) == [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ")]
    assert (second.start_year, second.end_year) == (2024, 2024)
    assert roles(third) == [("lead", "Sở Y tế"), ("cooperate", "Sở Nội vụ")]
    assert third.start_year == 2025


def test_the_years_under_inspection_are_no_time_of_the_inspection() -> None:
    """ "Thời kỳ thanh tra: 2021-2022" says which books are read, "Thời gian tiến hành: Quý III/2024" when."""
    table = "TT\tNội dung\tĐơn vị thực hiện\tThời kỳ thanh tra\tThời gian tiến hành\n1\tXem sổ sách của các bến đò\tSở Y tế\tNăm 2021 - 2022\tQuý III/2024\n"
    (task,) = plan_of(HEAD + table).tasks
    assert (task.deadline_text, task.start_year, task.end_year) == ("Quý III/2024", 2024, 2024)
