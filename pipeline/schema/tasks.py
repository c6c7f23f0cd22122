"""task_groups, tasks, task_agencies."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, flag, key, words, year

TASK_GROUPS = Table(
    "task_groups", ("task_group_id",), "Headings that gather tasks, as printed", "Đề mục tập hợp nhiệm vụ, như in",
    (
        key("task_group_id", "Key of the group", "Khóa của nhóm"),
        key("plan_id", "Plan", "Kế hoạch", "plans.plan_id"),
        words("label", "Printed label", "Ký hiệu in"),
        Column("ordinal", "int16", "Position in the document", "Thứ tự trong văn bản", nullable=False),
        Column("name_vi", "string", "Words of the heading", "Tên nhóm", nullable=False),
        Column("category_codes", "list", "One or two categories, the main one first", "Một hoặc hai phân loại", nullable=False, vocab="category"),
        *evidence(),
    ),
)  # fmt: skip

TASKS = Table(
    "tasks", ("task_id",), "Tasks, measures, duties and rows of task tables; a leaf is the smallest item", "Nhiệm vụ, giải pháp, phân công và dòng bảng nhiệm vụ",
    (
        key("task_id", "Key of the task", "Khóa của nhiệm vụ"),
        key("plan_id", "Plan", "Kế hoạch", "plans.plan_id"),
        Column("task_group_id", "string", "Group it stands in", "Nhóm nhiệm vụ", refers_to="task_groups.task_group_id"),
        Column("parent_task_id", "string", "Task above (not read yet)", "Nhiệm vụ cha (chưa đọc)", refers_to="tasks.task_id"),
        Column("restates_task_id", "string", "Task that this one repeats (not read yet)", "Nhiệm vụ được lặp lại (chưa đọc)", refers_to="tasks.task_id"),
        code("task_kind_code", "task_kind", "activity, solution, assignment, annex_action, reporting_duty", "Loại nhiệm vụ", nullable=False),
        words("label", "Printed label", "Ký hiệu in"),
        Column("ordinal", "int16", "Position in the document", "Thứ tự trong văn bản", nullable=False),
        Column("name_vi", "string", "Words of the task", "Lời của nhiệm vụ", nullable=False),
        words("content_vi", "Detail column of a table row", "Cột nội dung chi tiết"),
        words("expected_result_vi", "Expected result or product", "Kết quả, sản phẩm dự kiến"),
        code("category_code", "category", "Category of its group, else of its own words", "Phân loại", nullable=False),
        words("time_text", "Words of the time cell", "Nguyên văn ô thời gian"),
        year("start_year", "First year, where stated", "Năm bắt đầu"),
        year("end_year", "Last year, where stated", "Năm kết thúc"),
        code("recurrence_code", "recurrence", "How often", "Tần suất"),
        words("deadline_text", "Words of a stated time limit", "Nguyên văn thời hạn"),
        Column("deadline_date", "date", "The limit, where it is a full date", "Thời hạn, nếu là ngày đầy đủ"),
        *evidence(),
    ),
)  # fmt: skip

TASK_AGENCIES = Table(
    "task_agencies", ("task_id", "ordinal"), "One row per agency and role on a task; classes are never expanded", "Mỗi cơ quan và vai trò trong nhiệm vụ một dòng",
    (
        key("task_id", "Task", "Nhiệm vụ", "tasks.task_id"),
        Column("ordinal", "int16", "Position on the task", "Thứ tự trong nhiệm vụ", nullable=False),
        Column("agency_id", "string", "Agency; null for classes and unresolved words", "Cơ quan; trống nếu là nhóm hoặc chưa nhận ra", refers_to="agencies.agency_id"),
        code("role_code", "agency_role", "Role on the task", "Vai trò", nullable=False),
        code("role_origin", "role_origin", "Whether the role is stated or derived", "Vai trò nêu rõ hay suy ra", nullable=False),
        Column("mention_text", "string", "Words that name the agency", "Nguyên văn tên cơ quan", nullable=False),
        flag("is_class", "A class of agencies", "Là nhóm cơ quan"),
        code("match_method", "match_method", "How the words were matched", "Cách khớp tên", nullable=False),
        *evidence(),
    ),
)  # fmt: skip
