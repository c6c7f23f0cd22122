"""What Datasette shows around the SQLite export: descriptions, labels, facets, an order, and queries worth asking.

Units stand in the descriptions of columns. Datasette's own `units` would print 40 tỷ đồng as 40 giga-VND.
"""

from __future__ import annotations

from typing import Any

from pipeline.export.duckdb_file import column_words
from pipeline.releases import Release
from pipeline.schema import TABLES, VIEW_TABLES, Column, Table

_PLACE = ["province_slug", "topic_code"]
_SOURCES = {"array": "source_codes"}
FACETS: dict[str, list[str | dict[str, str]]] = {
    "plans_wide": [*_PLACE, "plan_type_code", "level_code"],
    "targets_wide": [*_PLACE, "target_year", "parent_comparison_code"],
    "tasks_wide": [*_PLACE, "category_code", "end_year"],
    "budgets_wide": [*_PLACE, "phase_code", _SOURCES, "year"],
    "plans": ["topic_code", "plan_type_code"],
    "plan_documents": ["role_code"],
    "targets": ["target_kind", "unit_code", "target_year"],
    "tasks": ["category_code", "task_kind_code"],
    "task_agencies": ["role_code", "match_method"],
    "budgets": ["phase_code", "breakdown_code", _SOURCES],
    "references": ["relation_code", "doc_type_code"],
    "comparisons": ["relation_code", "comparison_code"],
    "documents": ["status", "doc_type_code", "text_layer"],
    "agencies": ["level_code", "agency_kind_code"],
    "codes": ["vocab"],
    "issues": ["severity_code", "check_code", "status_code"],
    "changes": ["table_name", "change_code"],
}
# What stands for a row where another points to it.
LABELS = {
    "plans": "title_vi",
    "plans_wide": "title_vi",
    "documents": "path",
    "sections": "heading_vi",
    "agencies": "name_full_vi",
    "provinces": "name_vi",
    "task_groups": "name_vi",
    "tasks": "name_vi",
    "targets": "text_vi",
    "codes": "label_vi",
}
# Column a page is ordered by; the greatest first where it begins with "-".
ORDERS = {"plans_wide": "-issued_date", "budgets_wide": "-amount_vnd", "issues": "check_code"}

# Name to title and SQL.
QUERIES = {
    "targets_beside_the_national_ones": (
        "Targets of provinces beside those of the plan they carry out / Mục tiêu của tỉnh bên cạnh mục tiêu quốc gia",
        """
        SELECT t.province_vi, t.plan_number, t.text_vi, c.value_text, c.compared_value_text AS national, c.difference,
               c.comparison_code, c.target_year
        FROM comparisons c JOIN targets_wide t ON t.target_id = c.target_id
        WHERE c.relation_code = 'parent_target' AND t.is_primary
        ORDER BY c.compared_id, c.difference
        """,
    ),
    "money_by_plan_and_source": (
        "Additive amounts by plan, phase and source / Kinh phí theo kế hoạch, giai đoạn và nguồn vốn",
        """
        SELECT province_vi, plan_number, phase_vi, coalesce(sources_vi, '(not stated)') AS source, sum(amount_million_vnd) AS million_vnd
        FROM budgets_wide
        GROUP BY plan_id, phase_code, source
        ORDER BY province_vi, plan_number, phase_code, million_vnd DESC
        """,
    ),
    "money_by_source_and_year": (
        "Additive amounts by phase, source and year / Kinh phí theo giai đoạn, nguồn vốn và năm",
        """
        SELECT phase_vi, coalesce(sources_vi, '(not stated)') AS source, coalesce(year, period_start_year || ' - ' || period_end_year) AS years,
               count(DISTINCT plan_id) AS plans, sum(amount_million_vnd) AS million_vnd
        FROM budgets_wide
        GROUP BY phase_code, source, years
        ORDER BY phase_code, source, years
        """,
    ),
    "agencies_by_tasks_led": (
        "Agencies by the number of tasks they lead / Cơ quan theo số nhiệm vụ chủ trì",
        """
        SELECT a.name_full_vi, count(DISTINCT t.task_id) AS tasks, count(DISTINCT t.plan_id) AS plans
        FROM task_agencies ta JOIN tasks t ON t.task_id = ta.task_id JOIN agencies a ON a.agency_id = ta.agency_id
        WHERE ta.role_code = 'lead' AND t.is_primary
        GROUP BY a.agency_id
        ORDER BY tasks DESC, a.name_full_vi
        """,
    ),
    "what_to_doubt": (
        "Open issues by check / Vấn đề chưa xử lý theo loại",
        """
        SELECT severity_code, check_code, count(*) AS n, min(message_en) AS example
        FROM issues
        WHERE status_code = 'open'
        GROUP BY severity_code, check_code
        ORDER BY n DESC, check_code
        """,
    ),
}


def metadata(release: Release, database: str) -> dict[str, Any]:
    """Datasette's metadata for the SQLite export of a release; `database` is the name of its file without the suffix."""
    counts = release.counts()
    return {
        "title": f"Kế hoạch: release {release.name}",
        "description": (
            f"{counts['plans']} plans, {counts['targets']} targets, {counts['tasks']} tasks, {counts['budgets']} amounts, "
            "each with the words it was read from. Begin with the tables *_wide. / Bắt đầu từ các bảng *_wide."
        ),
        "databases": {
            database: {
                "tables": {t.name: _table(t) for t in (*VIEW_TABLES, *TABLES)},
                "queries": {n: {"title": title, "sql": _flush_left(sql)} for n, (title, sql) in QUERIES.items()},
            }
        },
    }


def _table(table: Table) -> dict[str, Any]:
    about: dict[str, Any] = {
        "description": f"{table.description_en} / {table.description_vi}",
        "columns": {c.name: column_words(c) for c in table.columns},
        "sortable_columns": [c.name for c in table.columns if _sortable(table, c)],
    }
    if table.name in FACETS:
        about["facets"] = FACETS[table.name]
    if table.name in LABELS:
        about["label_column"] = LABELS[table.name]
    order = ORDERS.get(table.name)
    if order:
        about["sort_desc" if order.startswith("-") else "sort"] = order.removeprefix("-")
    return about


def _sortable(table: Table, column: Column) -> bool:
    """Whether an order by a column says something: keys, numbers, dates, codes and labels, not sentences and lists."""
    ordered = column.type not in ("string", "list")
    named = column.name in table.key or column.vocab or column.name.endswith(("_code", "_slug"))
    return column.type != "list" and bool(ordered or named or LABELS.get(table.name) == column.name)


def _flush_left(sql: str) -> str:
    return "\n".join(line.removeprefix(" " * 8) for line in sql.strip().splitlines())
