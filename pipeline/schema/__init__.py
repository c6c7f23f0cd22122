"""The tables of a release: one definition gives the Parquet schema, the data dictionary and the checks."""

from __future__ import annotations

from pipeline.schema.budgets import BUDGETS
from pipeline.schema.column import Column, Table
from pipeline.schema.documents import DOCUMENTS, SECTIONS, TEXTS
from pipeline.schema.findings import COMPARISONS, REFERENCES, RESULTS, TARGETS
from pipeline.schema.meta import CHANGES, CODES, DATA_DICTIONARY, ID_ALIASES, ISSUES, PROVENANCE, RECALL_ESTIMATES
from pipeline.schema.names import AGENCIES, PROVINCES
from pipeline.schema.plans import PLAN_DOCUMENTS, PLANS
from pipeline.schema.tasks import TASK_AGENCIES, TASK_GROUPS, TASKS
from pipeline.schema.views import BUDGETS_WIDE, PLANS_WIDE, TARGETS_WIDE, TASKS_WIDE

SCHEMA_VERSION = "1.4"

TABLES: tuple[Table, ...] = (
    DOCUMENTS, TEXTS, SECTIONS, PLANS, PLAN_DOCUMENTS, TARGETS, TASK_GROUPS, TASKS, TASK_AGENCIES, BUDGETS, REFERENCES, RESULTS, COMPARISONS,
    AGENCIES, PROVINCES, CODES, ISSUES, RECALL_ESTIMATES, PROVENANCE, DATA_DICTIONARY, CHANGES, ID_ALIASES,
)  # fmt: skip

# Tables made of the others, for reading.
VIEW_TABLES: tuple[Table, ...] = (PLANS_WIDE, TARGETS_WIDE, TASKS_WIDE, BUDGETS_WIDE)

# Tables that describe the step from the last release, outside the promise of identical bytes.
STEP_TABLES = frozenset({"changes", "id_aliases"})

__all__ = ["SCHEMA_VERSION", "STEP_TABLES", "TABLES", "VIEW_TABLES", "Column", "Table"]
