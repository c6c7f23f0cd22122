"""agencies, provinces."""

from __future__ import annotations

from pipeline.schema.column import Column, Table, code, flag, key, words

AGENCIES = Table(
    "agencies", ("agency_id",), "Agencies named in the documents, in their province, and their successors", "Cơ quan được nêu, theo tỉnh, và cơ quan kế thừa",
    (
        key("agency_id", "Key: province slug or vn, and name slug", "Khóa: mã tỉnh hoặc vn, và tên"),
        words("agency_code", "Code of the name, the same in every place; null for a body no list holds", "Mã tên, giống nhau ở mọi nơi; trống nếu chưa có trong danh mục"),
        Column("name_vi", "string", "Full name without place", "Tên đầy đủ, không kèm địa danh", nullable=False),
        Column("name_full_vi", "string", "Full name with place", "Tên đầy đủ kèm địa danh", nullable=False),
        words("name_en", "English name", "Tên tiếng Anh"),
        code("level_code", "level", "Level", "Cấp", nullable=False),
        code("agency_kind_code", "agency_kind", "agency, unit, class", "Loại", nullable=False),
        flag("is_listed", "Whether the list of agencies or a pattern of names knows the body; false: named by a document only", "Có trong danh mục hoặc mẫu tên; sai: chỉ do văn bản nêu"),
        Column("province_id", "string", "Province, null for central bodies", "Tỉnh; trống nếu là cơ quan trung ương", refers_to="provinces.province_id"),
        Column("locality_codes", "list", "GSO codes of the districts or communes that bear the name in the province at the date (several where communes share it)", "Mã đơn vị hành chính cấp huyện, xã mang tên đó trong tỉnh", nullable=False),
        Column("parent_agency_id", "string", "Agency above", "Cơ quan cấp trên", refers_to="agencies.agency_id"),
        Column("valid_from", "date", "First day of the name", "Có hiệu lực từ"),
        Column("valid_to", "date", "Last day of the name", "Có hiệu lực đến"),
        Column("successor_ids", "list", "Agencies that took over", "Cơ quan kế thừa", nullable=False),
        Column("current_ids", "list", "Agencies of today at the end of the chain of successors; itself where none took over", "Cơ quan hiện nay ở cuối chuỗi kế thừa", nullable=False),
        Column("aliases", "list", "Other printed forms, 40 at most", "Tên khác, nhiều nhất 40", nullable=False),
    ),
)  # fmt: skip

PROVINCES = Table(
    "provinces", ("province_id",), "Provinces of both eras (63 until 2025-06-30, 34 since 2025-07-01)", "Các tỉnh của hai thời kỳ (63 và 34)",
    (
        key("province_id", "Key: era and GSO code", "Khóa: thời kỳ và mã"),
        Column("code", "string", "GSO code; re-used in 2025, never a key", "Mã tỉnh; dùng lại năm 2025, không làm khóa", nullable=False),
        Column("name_vi", "string", "Name", "Tên", nullable=False),
        words("name_en", "Name in ASCII", "Tên không dấu"),
        Column("slug", "string", "Name as a slug, the same in both eras", "Tên dạng slug", nullable=False),
        words("type", "province or municipality", "Tỉnh hay thành phố"),
        words("region", "Region", "Vùng"),
        Column("valid_from", "date", "First day", "Có hiệu lực từ"),
        Column("valid_to", "date", "Last day", "Có hiệu lực đến"),
        words("successor_id", "Province it became part of", "Tỉnh kế thừa"),
        Column("aliases", "list", "Other printed forms", "Tên khác", nullable=False),
    ),
)  # fmt: skip
