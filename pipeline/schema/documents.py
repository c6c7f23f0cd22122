"""documents, texts, sections."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, evidence, flag, key, words

DOCUMENTS = Table(
    "documents", ("document_id",), "One row per raw file, also for files that could not be read", "Mỗi tệp nguồn một dòng, kể cả tệp không đọc được",
    (
        key("document_id", "Key of the document, from its address or path", "Khóa của văn bản, lấy từ địa chỉ hoặc đường dẫn"),
        Column("path", "string", "Path relative to the raw folder", "Đường dẫn trong thư mục nguồn", nullable=False),
        words("url", "Address it was fetched from (sidecar)", "Địa chỉ đã tải về (tệp đi kèm)"),
        Column("media_type", "string", "Media type by content", "Loại tệp theo nội dung", nullable=False),
        Column("sha256", "string", "Hash of the bytes", "Mã băm nội dung", nullable=False),
        Column("byte_size", "int64", "Size of the file", "Dung lượng tệp", unit="byte", nullable=False),
        words("retrieved_at", "When it was fetched (sidecar)", "Thời điểm tải về (tệp đi kèm)"),
        code("doc_type_code", "doc_type", "Type of the document", "Loại văn bản"),
        words("number_symbol", "Number and symbol as printed, without spaces", "Số, ký hiệu như in, bỏ khoảng trắng"),
        words("title_vi", "Title (trích yếu)", "Trích yếu"),
        Column("issuer_agency_id", "string", "Issuing agency", "Cơ quan ban hành", refers_to="agencies.agency_id"),
        Column("province_id", "string", "Province of the issuer, or written about", "Tỉnh của cơ quan ban hành, hoặc tỉnh được viết tới", refers_to="provinces.province_id"),
        Column("issued_date", "date", "Date of issue", "Ngày ban hành"),
        words("signer_name", "Name of the signer", "Người ký"),
        words("signer_title", "Title of the signer as printed", "Chức danh người ký"),
        code("signing_capacity", "signing_capacity", "Capacity of the signature (TM, KT, TL, TUQ, Q)", "Thẩm quyền ký"),
        Column("published_date", "date", "Publication date of a web page", "Ngày đăng trang"),
        Column("page_count", "int16", "Pages, null when the format has none", "Số trang", unit="page"),
        Column("char_count", "int32", "Length of the text", "Độ dài văn bản", unit="code point"),
        code("text_layer", "text_layer", "Where the text comes from", "Nguồn lớp văn bản"),
        flag("is_truncated", "The text stops inside a sentence", "Văn bản bị cắt giữa câu"),
        code("status", "document_status", "How far the document was read", "Mức độ đọc được", nullable=False),
        words("status_reason", "Why it is partial, failed, or evidences no plan", "Lý do chỉ đọc một phần, thất bại hoặc không có kế hoạch"),
        Column("version", "int16", "Version of this document in the corpus", "Phiên bản", nullable=False),
        flag("is_current", "Newest version of the document", "Phiên bản mới nhất"),
        Column("superseded_by", "string", "Document that is read instead: of the same bytes, the adopted one of a draft, or a newer version", "Văn bản được đọc thay: trùng nội dung, bản chính thức của dự thảo, hoặc phiên bản mới hơn", refers_to="documents.document_id"),
        words("last_seen_date", "Last day on which its address still gave it, known once it is gone or replaced (sidecar)", "Ngày cuối địa chỉ còn nội dung này, biết được khi đã mất hoặc bị thay"),
        words("gone_date", "When a source no longer had it (sidecar)", "Ngày nguồn không còn"),
        Column("other_urls", "list", "Other addresses that gave the same bytes (sidecar)", "Các địa chỉ khác có cùng nội dung (tệp đi kèm)", nullable=False),
        Column("page_document_id", "string", "Document on whose page this file was attached (sidecar)", "Văn bản có trang đính kèm tệp này (tệp đi kèm)", refers_to="documents.document_id"),
    ),
)  # fmt: skip

TEXTS = Table(
    "texts", ("document_id",), "The canonical text that every span indexes", "Văn bản chuẩn mà mọi vị trí trích dẫn chỉ vào",
    (
        key("document_id", "Document", "Văn bản", "documents.document_id"),
        Column("text", "string", "Text in Unicode NFC", "Toàn văn, Unicode NFC", nullable=False),
    ),
)  # fmt: skip

SECTIONS = Table(
    "sections", ("section_id",), "The outline of each document; the span is the whole section", "Dàn ý của văn bản; trích dẫn là cả đề mục",
    (
        key("section_id", "Key of the section", "Khóa của đề mục"),
        Column("parent_section_id", "string", "Section above", "Đề mục cha", refers_to="sections.section_id"),
        Column("kind_code", "string", "part, chapter, section, article, clause, point, heading, bullet, annex, signature, recipients", "Loại đề mục", nullable=False),
        words("label", "Printed label (\"Điều 2\", \"III\", \"a\")", "Ký hiệu in"),
        words("heading_vi", "Words of the heading", "Lời của đề mục"),
        Column("level", "int16", "Depth in the outline, 1 at the top", "Cấp trong dàn ý", nullable=False),
        Column("ordinal", "int16", "Position below its parent", "Thứ tự trong đề mục cha", nullable=False),
        *evidence(),
    ),
)  # fmt: skip
