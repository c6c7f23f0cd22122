"""targets, references, results, comparisons."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, key, words, year

TARGETS = Table(
    "targets", ("target_id",), "One measurable or qualitative target; numbers of one sentence share statement_id", "Mỗi mục tiêu một dòng; các số trong một câu có chung statement_id",
    (
        key("target_id", "Key of the target", "Khóa của mục tiêu"),
        key("plan_id", "Plan", "Kế hoạch", "plans.plan_id"),
        key("statement_id", "Sentence the target stands in", "Câu chứa mục tiêu"),
        code("target_kind", "target_kind", "general or specific", "Tổng quát hay cụ thể", nullable=False),
        Column("text_vi", "string", "Words of the target", "Lời của mục tiêu", nullable=False),
        words("population_text", "Whom a share is of", "Đối tượng của tỷ lệ"),
        words("indicator_text", "Words of the indicator (not read yet)", "Tên chỉ tiêu (chưa đọc)"),
        code("indicator_code", "indicator", "Indicator (not read yet)", "Mã chỉ tiêu (chưa đọc)"),
        words("value_text", "Words of the value", "Nguyên văn giá trị"),
        code("value_kind", "value_kind", "exact, range, at_least, at_most, approx, qualitative", "Loại giá trị", nullable=False),
        Column("value", "double", "Value of a single number", "Giá trị", unit="unit_code"),
        Column("value_min", "double", "Lower bound", "Cận dưới", unit="unit_code"),
        Column("value_max", "double", "Upper bound", "Cận trên", unit="unit_code"),
        code("unit_code", "unit", "Unit", "Đơn vị"),
        words("unit_text", "Words of the unit", "Nguyên văn đơn vị"),
        code("direction_code", "direction", "increase, decrease, reach", "Chiều"),
        year("target_year", "Year by which", "Năm đạt"),
        year("period_start_year", "First year of the target's period", "Năm đầu kỳ"),
        Column("baseline_value", "double", "Starting value, in the unit of the target", "Giá trị gốc, theo đơn vị của mục tiêu"),
        year("baseline_year", "Year of the starting value, or the year compared with", "Năm gốc, hoặc năm so sánh"),
        words("time_text", "Words of the time", "Nguyên văn thời gian"),
        *evidence(),
    ),
)  # fmt: skip

REFERENCES = Table(
    "references", ("reference_id",), "Citations of legal and administrative documents", "Trích dẫn văn bản",
    (
        key("reference_id", "Key of the citation", "Khóa của trích dẫn"),
        Column("plan_id", "string", "Plan of the citing document", "Kế hoạch của văn bản trích dẫn", refers_to="plans.plan_id"),
        code("doc_type_code", "doc_type", "Type of the cited document", "Loại văn bản được dẫn"),
        Column("number_symbol", "string", "Number as printed, without spaces", "Số, ký hiệu", nullable=False),
        Column("issued_date", "date", "Date of the cited document", "Ngày của văn bản được dẫn"),
        words("issuer_text", "Issuer as printed", "Cơ quan ban hành như in"),
        words("title_text", "Title as printed", "Trích yếu như in"),
        code("relation_code", "reference_relation", "Relation to the cited document", "Quan hệ", nullable=False),
        code("zone_code", "zone", "Part of the document", "Phần của văn bản", nullable=False),
        Column("cited_plan_id", "string", "The cited document as a plan", "Kế hoạch được dẫn", refers_to="plans.plan_id"),
        *evidence(),
    ),
)  # fmt: skip

RESULTS = Table(
    "results", ("result_id",), "Reported achievements; they belong to the plan reported on", "Kết quả đã báo cáo; thuộc kế hoạch được báo cáo",
    (
        key("result_id", "Key of the result", "Khóa của kết quả"),
        key("plan_id", "Plan the result belongs to", "Kế hoạch có kết quả", "plans.plan_id"),
        Column("text_vi", "string", "Words of the result", "Lời của kết quả", nullable=False),
        code("activity_code", "activity", "Kind of activity", "Loại hoạt động"),
        words("value_text", "Words of the count", "Nguyên văn số đếm"),
        code("value_kind", "value_kind", "Kind of value", "Loại giá trị", nullable=False),
        Column("value", "double", "Count", "Số đếm", unit="unit_code"),
        Column("value_min", "double", "Lower bound", "Cận dưới", unit="unit_code"),
        Column("value_max", "double", "Upper bound", "Cận trên", unit="unit_code"),
        code("unit_code", "unit", "Unit", "Đơn vị"),
        words("unit_text", "Words of the unit", "Nguyên văn đơn vị"),
        words("period_text", "Words of the period", "Nguyên văn thời kỳ"),
        year("period_start_year", "First year of the period", "Năm đầu kỳ"),
        year("period_end_year", "Last year of the period", "Năm cuối kỳ"),
        Column("target_id", "string", "Target of the same plan that measures the same", "Mục tiêu của cùng kế hoạch đo cùng một chỉ tiêu", refers_to="targets.target_id"),
        *evidence(),
    ),
)  # fmt: skip

COMPARISONS = Table(
    "comparisons", ("target_id", "relation_code", "compared_id"),
    "Targets beside the target of the plan they carry out, of the plan before, and beside results reported later, where both measure the same",
    "Mục tiêu đặt cạnh mục tiêu của kế hoạch cấp trên, của kế hoạch kỳ trước và kết quả báo cáo sau, khi cùng đo một chỉ tiêu",
    (
        key("target_id", "Target", "Mục tiêu", "targets.target_id"),
        code("relation_code", "comparison_relation", "What it is compared with", "So với", nullable=False),
        key("compared_id", "target_id or result_id compared with", "Khóa của mục tiêu hoặc kết quả được so"),
        key("plan_id", "Plan of the target", "Kế hoạch của mục tiêu", "plans.plan_id"),
        key("compared_plan_id", "Plan of the other", "Kế hoạch của bên được so", "plans.plan_id"),
        Column("likeness", "double", "Shared words of both sentences against all, 0 to 1", "Tỷ lệ từ chung của hai câu, 0 đến 1", nullable=False),
        code("unit_code", "unit", "Unit of both", "Đơn vị của cả hai"),
        words("value_text", "Words of the target's value", "Nguyên văn giá trị của mục tiêu"),
        words("compared_value_text", "Words of the other value", "Nguyên văn giá trị được so"),
        year("target_year", "Year of the target", "Năm của mục tiêu"),
        year("compared_year", "Year of the other target, last year of the result's period", "Năm của mục tiêu kia, năm cuối kỳ của kết quả"),
        Column("difference", "double", "Target minus the other, where both are one number", "Mục tiêu trừ giá trị kia, khi cả hai là một số", unit="unit_code"),
        code("comparison_code", "comparison", "How the target lies to the other", "Mục tiêu so với giá trị kia", nullable=False),
        Column("is_reached", "bool", "Whether the result comes up to the target; null where the numbers leave it open, and for targets", "Kết quả có đạt mục tiêu không; trống khi không rõ hoặc khi so hai mục tiêu"),
    ),
)  # fmt: skip
