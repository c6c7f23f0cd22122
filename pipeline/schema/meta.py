"""codes, issues, recall_estimates, provenance, data_dictionary, changes, id_aliases."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, key, words

CODES = Table(
    "codes", ("vocab", "code"), "Controlled vocabularies", "Danh mục mã",
    (
        key("vocab", "Vocabulary", "Danh mục"),
        key("code", "Code", "Mã"),
        words("label_vi", "Vietnamese label", "Nhãn tiếng Việt"),
        words("label_en", "English label", "Nhãn tiếng Anh"),
        words("parent_code", "Code above", "Mã cha"),
        words("definition", "Definition", "Định nghĩa"),
        words("external_uri", "Term of another standard", "Thuật ngữ của chuẩn khác"),
        Column("sort_order", "int16", "Order", "Thứ tự"),
    ),
)  # fmt: skip

ISSUES = Table(
    "issues", ("issue_id",), "What a reader should know before trusting a row", "Những điều cần biết trước khi dùng một dòng",
    (
        key("issue_id", "Key of the issue", "Khóa"),
        Column("check_code", "string", "Which check", "Mã kiểm tra", nullable=False),
        code("severity_code", "severity", "error, warning, info", "Mức độ", nullable=False),
        code("origin_code", "issue_category", "source, extraction, normalisation, model", "Nguyên nhân", nullable=False),
        words("table_name", "Table concerned", "Bảng liên quan"),
        words("row_id", "Row concerned", "Dòng liên quan"),
        words("column_name", "Column concerned", "Cột liên quan"),
        Column("plan_id", "string", "Plan", "Kế hoạch", refers_to="plans.plan_id"),
        Column("message_en", "string", "What it is", "Nội dung (tiếng Anh)", nullable=False),
        Column("message_vi", "string", "What it is, in Vietnamese", "Nội dung", nullable=False),
        words("expected", "Expected value", "Giá trị mong đợi"),
        words("actual", "Value found", "Giá trị thực tế"),
        code("status_code", "issue_status", "open, accepted, fixed", "Tình trạng", nullable=False),
        *evidence(nullable=True),
    ),
)  # fmt: skip

RECALL_ESTIMATES = Table(
    "recall_estimates", ("document_id", "kind_code"),
    "How much of what a document says in scope became rows: what was seen and what a row uses; what nobody saw is in neither",
    "Bao nhiêu nội dung trong phạm vi của văn bản đã thành dòng: số đã thấy và số được dùng; phần không thấy không nằm trong cả hai",
    (
        key("document_id", "Document", "Văn bản", "documents.document_id"),
        code("kind_code", "recall_kind", "Kind of words counted", "Loại nội dung được đếm", nullable=False),
        Column("plan_id", "string", "Plan of the document", "Kế hoạch của văn bản", nullable=False, refers_to="plans.plan_id"),
        Column("seen_count", "int32", "Seen in the sections of targets, tasks, solutions, organisation, money and the annexes", "Số đã thấy trong các phần mục tiêu, nhiệm vụ, giải pháp, tổ chức, kinh phí và phụ lục", nullable=False),
        Column("used_count", "int32", "Used by a row; each of the others is an issue", "Số được dòng dùng; mỗi phần còn lại là một dòng ở issues", nullable=False),
        Column("recall_estimate", "double", "used_count / seen_count", "used_count / seen_count", nullable=False),
    ),
)  # fmt: skip

PROVENANCE = Table(
    "provenance", ("table_name", "rule"), "Which rule read how many rows of a table, and how many of them an issue speaks of", "Quy tắc nào đã đọc bao nhiêu dòng của bảng, bao nhiêu dòng có vấn đề",
    (
        key("table_name", "Table", "Bảng"),
        key("rule", "Rule; empty for tables whose rows are read by none", "Quy tắc; trống với bảng không đọc từ văn bản"),
        Column("row_count", "int32", "Rows", "Số dòng", nullable=False),
        Column("flagged_count", "int32", "Rows that an issue of severity error or warning names", "Số dòng có vấn đề ở mức error hoặc warning", nullable=False),
        Column("document_count", "int32", "Documents the rows stand in", "Số văn bản", nullable=False),
        Column("plan_count", "int32", "Plans the rows belong to", "Số kế hoạch", nullable=False),
    ),
)  # fmt: skip

DATA_DICTIONARY = Table(
    "data_dictionary", ("table", "column"), "Every column of every table", "Mọi cột của mọi bảng",
    (
        key("table", "Table", "Bảng"),
        key("column", "Column", "Cột"),
        Column("type", "string", "Type", "Kiểu", nullable=False),
        words("unit", "Unit", "Đơn vị"),
        Column("nullable", "bool", "May be null", "Có thể trống", nullable=False),
        words("key", "primary, or the column it points to", "Khóa chính hoặc khóa ngoài"),
        Column("description_en", "string", "Description", "Mô tả (tiếng Anh)", nullable=False),
        Column("description_vi", "string", "Description in Vietnamese", "Mô tả", nullable=False),
    ),
)  # fmt: skip

CHANGES = Table(
    "changes", ("table_name", "row_id", "column_name"), "The step from the release before", "Thay đổi so với bản phát hành trước",
    (
        Column("release", "string", "Release before", "Bản trước", nullable=False),
        key("table_name", "Table", "Bảng"),
        key("row_id", "Row", "Dòng"),
        words("plan_id", "Plan of the row", "Kế hoạch của dòng"),
        key("column_name", "Column; empty for whole rows", "Cột; trống nếu cả dòng"),
        Column("change_code", "string", "added, removed, changed", "Loại thay đổi", nullable=False),
        words("old_value", "Old value", "Giá trị cũ"),
        words("new_value", "New value", "Giá trị mới"),
    ),
)  # fmt: skip

ID_ALIASES = Table(
    "id_aliases", ("old_id",), "Ids of earlier releases that are others now: a plan that got its number, a row whose words were repaired", "Khóa của các bản trước nay đã đổi: kế hoạch đã biết số hiệu, dòng đã sửa lời",
    (
        key("old_id", "Id before", "Khóa cũ"),
        Column("new_id", "string", "Id now", "Khóa mới"),
        Column("table_name", "string", "Table", "Bảng", nullable=False),
        code("reason_code", "alias_reason", "Why", "Lý do", nullable=False),
        Column("since_release", "string", "First release with the new id", "Từ bản phát hành", nullable=False),
    ),
)  # fmt: skip
