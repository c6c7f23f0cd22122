"""budgets."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, flag, key, words, year

BUDGETS = Table(
    "budgets", ("budget_id",), "One row per stated amount, in đồng; sum only rows with is_additive", "Mỗi số tiền một dòng, đơn vị đồng; chỉ cộng các dòng is_additive",
    (
        key("budget_id", "Key of the amount", "Khóa của số tiền"),
        key("plan_id", "Plan the money belongs to", "Kế hoạch có số tiền", "plans.plan_id"),
        code("scope_code", "budget_scope", "plan, task_group, task, line", "Phạm vi", nullable=False),
        Column("task_group_id", "string", "Group the money is for", "Nhóm nhiệm vụ", refers_to="task_groups.task_group_id"),
        Column("task_id", "string", "Task the money is for", "Nhiệm vụ", refers_to="tasks.task_id"),
        words("line_label", "Label of the table row", "Ký hiệu dòng"),
        words("line_name_vi", "Name of the table row", "Tên dòng"),
        code("breakdown_code", "breakdown", "What the amount is a part of", "Cách phân chia", nullable=False),
        flag("is_additive", "Part of the one partition whose plain sum is right", "Thuộc cách chia mà phép cộng cho tổng đúng"),
        code("phase_code", "phase", "proposed, planned, approved, executed", "Giai đoạn", nullable=False),
        year("year", "Year of the amount", "Năm"),
        year("period_start_year", "First year of the period", "Năm đầu kỳ"),
        year("period_end_year", "Last year of the period", "Năm cuối kỳ"),
        Column("source_codes", "list", "Sources; several = named together without a split", "Các nguồn; nhiều mã = nêu chung không tách", nullable=False, vocab="budget_source"),
        words("source_text", "Words of the source", "Nguyên văn nguồn"),
        Column("amount_vnd", "int64", "Amount", "Số tiền", unit="VND"),
        words("amount_text", "Words of the amount", "Nguyên văn số tiền"),
        words("amount_in_words", "Amount in letters", "Số tiền bằng chữ"),
        Column("unit_scale", "int64", "Đồng per printed unit", "Số đồng trên một đơn vị in", unit="VND"),
        code("unit_origin", "unit_origin", "Where the unit stands", "Đơn vị lấy từ đâu"),
        code("number_style", "number_style", "What the marks in the figure mean", "Kiểu viết số"),
        Column("quantity", "double", "Quantity that the amount pays for", "Số lượng được chi"),
        words("quantity_unit", "Unit of the quantity as printed", "Đơn vị của số lượng như in"),
        Column("unit_price_vnd", "int64", "Price of one unit", "Đơn giá", unit="VND"),
        flag("is_conditional", "The amount depends on a condition", "Số tiền có điều kiện"),
        words("condition_text", "Words of the condition", "Nguyên văn điều kiện"),
        code("value_status", "value_status", "Why an amount is there or not", "Tình trạng số liệu", nullable=False),
        *evidence(),
    ),
)  # fmt: skip
