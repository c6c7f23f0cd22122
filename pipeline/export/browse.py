"""What Datasette shows around the SQLite export: descriptions, labels, facets, and queries worth asking."""

from __future__ import annotations

from typing import Any

from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES, Table

_FACETS = {
    "plans_wide": ["province_vi", "plan_type_vi", "topic_vi", "level_code"], "targets_wide": ["province_vi", "topic_code", "unit_vi", "target_year"],
    "tasks_wide": ["province_vi", "category_vi", "task_kind_vi", "end_year"], "budgets_wide": ["province_vi", "phase_vi", "sources_vi", "year"],
    "documents": ["status", "text_layer", "doc_type_code"], "issues": ["severity_code", "check_code", "table_name", "status_code"],
    "task_agencies": ["role_code", "match_method"], "comparisons": ["relation_code", "comparison_code"], "agencies": ["level_code", "agency_kind_code"],
    "references": ["relation_code", "doc_type_code"], "changes": ["table_name", "change_code"],
}  # fmt: skip
_LABELS = {
    "plans": "title_vi", "documents": "path", "agencies": "name_full_vi", "task_groups": "name_vi", "tasks": "name_vi", "targets": "text_vi", "provinces": "name_vi",
}  # fmt: skip
QUERIES = {
    "targets_beside_the_national_ones": (
        "Targets of provinces beside those of the plan they carry out / Mục tiêu của tỉnh bên cạnh mục tiêu quốc gia",
        "SELECT t.province_vi, t.text_vi, c.value_text, c.compared_value_text AS national, c.difference, c.target_year, t.plan_number"
        " FROM comparisons c JOIN targets_wide t ON t.target_id = c.target_id WHERE c.relation_code = 'parent_target' ORDER BY c.compared_id, c.difference",
    ),
    "money_by_plan_and_source": (
        "Additive amounts by plan and source, million đồng / Kinh phí theo kế hoạch và nguồn vốn, triệu đồng",
        "SELECT province_vi, plan_number, coalesce(sources_vi, '(not stated)') AS source, sum(amount_million_vnd) AS million_vnd FROM budgets_wide"
        " GROUP BY plan_id, source ORDER BY province_vi, million_vnd DESC",
    ),
    "agencies_by_tasks_led": (
        "Agencies by the number of tasks they lead / Cơ quan theo số nhiệm vụ chủ trì",
        "SELECT a.name_full_vi, count(*) AS tasks FROM task_agencies ta JOIN agencies a ON a.agency_id = ta.agency_id JOIN tasks t ON t.task_id = ta.task_id"
        " WHERE ta.role_code = 'lead' AND t.is_primary GROUP BY a.agency_id ORDER BY tasks DESC, a.name_full_vi",
    ),
    "what_to_doubt": (
        "Open issues by check / Vấn đề chưa xử lý theo loại",
        "SELECT severity_code, check_code, count(*) AS n, min(message_en) AS example FROM issues WHERE status_code = 'open' GROUP BY 1, 2 ORDER BY n DESC",
    ),
}  # fmt: skip


def metadata(release: Release, database: str) -> dict[str, Any]:
    """Datasette's metadata for a database of this name."""
    counts = release.counts()
    return {
        "title": f"Kế hoạch: release {release.name}",
        "description": f"{counts['plans']} plans, {counts['targets']} targets, {counts['tasks']} tasks, {counts['budgets']} amounts, each with the words it was read from.",
        "databases": {
            database: {
                "tables": {t.name: _table(t) for t in (*VIEW_TABLES, *TABLES)},
                "queries": {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()},
            }
        },
    }  # fmt: skip


def _table(table: Table) -> dict[str, Any]:
    units = {c.name: f" ({c.unit})" if c.unit else "" for c in table.columns}
    about: dict[str, Any] = {
        "title": table.name, "description": f"{table.description_en} / {table.description_vi}",
        "columns": {c.name: f"{c.description_en}{units[c.name]} / {c.description_vi}" for c in table.columns},
    }  # fmt: skip
    if table.name in _FACETS:
        about["facets"] = _FACETS[table.name]
    if table.name in _LABELS:
        about["label_column"] = _LABELS[table.name]
    return about
