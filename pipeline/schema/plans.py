"""plans, plan_documents."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, flag, key, words, year

_COVERAGE = "complete, partial, none_in_source, source_truncated, not_extracted"

PLANS = Table(
    "plans", ("plan_id",), "One row per plan, however many documents speak of it", "Mỗi kế hoạch một dòng, dù có bao nhiêu văn bản nói tới",
    (
        key("plan_id", "Key: place, number, year", "Khóa: địa phương, số hiệu, năm"),
        words("number_symbol", "Number and symbol", "Số, ký hiệu"),
        code("plan_type_code", "doc_type", "Type of the plan", "Loại kế hoạch"),
        code("topic_code", "topic", "Topic of the title", "Chủ đề"),
        words("title_vi", "Title", "Tên kế hoạch"),
        Column("issuer_agency_id", "string", "Issuing agency", "Cơ quan ban hành", refers_to="agencies.agency_id"),
        Column("province_id", "string", "Province as of the date of issue, null for national plans", "Tỉnh tại ngày ban hành; trống nếu cấp quốc gia", refers_to="provinces.province_id"),
        code("level_code", "level", "Level of the issuer", "Cấp ban hành"),
        Column("issued_date", "date", "Date of issue", "Ngày ban hành"),
        words("period_text", "Words of the period", "Nguyên văn thời kỳ"),
        year("period_start_year", "First year of the period", "Năm đầu kỳ"),
        year("period_end_year", "Last year of the period", "Năm cuối kỳ"),
        words("general_objective_vi", "General objective", "Mục tiêu tổng quát"),
        Column("lead_agency_id", "string", "Agency that leads most tasks", "Cơ quan chủ trì nhiều nhiệm vụ nhất", refers_to="agencies.agency_id"),
        Column("parent_plan_id", "string", "Plan that this one carries out", "Kế hoạch cấp trên được thực hiện", refers_to="plans.plan_id"),
        Column("predecessor_plan_id", "string", "Plan of the period before", "Kế hoạch của kỳ trước", refers_to="plans.plan_id"),
        flag("is_stub", "Known only through other documents: citations, news, reports", "Chỉ biết qua văn bản khác: trích dẫn, tin, báo cáo"),
        code("targets_coverage", "coverage", f"Targets read: {_COVERAGE}", "Mức độ đủ của mục tiêu", nullable=False),
        code("tasks_coverage", "coverage", f"Tasks read: {_COVERAGE}", "Mức độ đủ của nhiệm vụ", nullable=False),
        code("budgets_coverage", "coverage", f"Budgets read: {_COVERAGE}", "Mức độ đủ của kinh phí", nullable=False),
        *evidence(nullable=True),
    ),
)  # fmt: skip

PLAN_DOCUMENTS = Table(
    "plan_documents", ("plan_id", "document_id"), "Which document speaks of which plan, and how", "Văn bản nào nói về kế hoạch nào, với vai trò gì",
    (
        key("plan_id", "Plan", "Kế hoạch", "plans.plan_id"),
        key("document_id", "Document", "Văn bản", "documents.document_id"),
        code("role_code", "plan_document_role", "instrument, approval, annex, amendment, report, news, mention", "Vai trò của văn bản", nullable=False),
    ),
)  # fmt: skip
