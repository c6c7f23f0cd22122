"""What rules find: frozen records, each with the one place in the document it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from normalizers.agency_lexicon import AgencyName


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding was read: offsets in the text, section path, and the rule that read it."""

    start: int
    end: int
    section: str
    rule: str


@dataclass(frozen=True, slots=True)
class Header:
    """The head and the signature of a document. Everything the document does not state is None."""

    doc_type_code: str
    number_symbol: str | None
    issued_date: date | None
    title: str | None
    issuer: AgencyName | None
    province_slug: str | None
    signer_name: str | None
    signer_title: str | None
    signing_capacity: str | None
    published_date: date | None
    body_start: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan a document evidences, and how: role instrument, approval, report, news."""

    role_code: str
    plan_type_code: str
    number_symbol: str | None
    issued_date: date | None
    issuer: AgencyName | None
    province_slug: str | None
    title: str | None
    period_text: str | None
    period_start_year: int | None
    period_end_year: int | None
    general_objective: str | None
    lead_agency: AgencyName | None
    predecessor: PlanName | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan named in passing: by its number, or by type and period."""

    plan_type_code: str
    number_symbol: str | None
    issued_date: date | None
    period_start_year: int | None
    period_end_year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """One measurable or qualitative aim; rows of one sentence share `statement`."""

    statement: int
    target_kind: str
    text: str
    population: str | None
    indicator: str | None
    value_text: str | None
    value_kind: str
    value: float | None
    value_min: float | None
    value_max: float | None
    unit_code: str | None
    unit_text: str | None
    direction_code: str | None
    target_year: int | None
    period_start_year: int | None
    baseline_value: float | None
    baseline_year: int | None
    time_text: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A heading that gathers tasks. `number` counts the groups of the document from 0."""

    number: int
    label: str | None
    name: str
    category_codes: tuple[str, ...]
    margin: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency or a class in a role on a task. `agency` is None for classes and unresolved words."""

    role_code: str
    role_origin: str
    agency: AgencyName | None
    province_slug: str | None
    text: str
    is_class: bool
    match_method: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Task:
    """A task, measure, duty or table row. `number` counts the tasks of the document from 0."""

    number: int
    task_kind_code: str
    label: str | None
    group: int | None
    name: str
    content: str | None
    expected_result: str | None
    category_code: str
    time_text: str | None
    start_year: int | None
    end_year: int | None
    recurrence_code: str | None
    deadline_text: str | None
    deadline_date: date | None
    mentions: tuple[Mention, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Price:
    """How an amount came about: so many of a unit, each at a price in đồng; None where the row does not say."""

    quantity: float | None
    unit: str | None
    each_vnd: int | None


@dataclass(frozen=True, slots=True)
class Budget:
    """One stated amount; `of_predecessor` when it belongs to the plan of an earlier period."""

    scope_code: str
    breakdown_code: str
    group: int | None
    task: int | None
    line_label: str | None
    line_name: str | None
    phase_code: str
    year: int | None
    period_start_year: int | None
    period_end_year: int | None
    source_codes: tuple[str, ...]
    source_text: str | None
    amount_vnd: int | None
    amount_text: str
    amount_in_words: str | None
    words_agree: bool | None
    unit_scale: int | None
    unit_origin: str | None
    number_style: str | None
    is_ambiguous: bool
    is_conditional: bool
    condition_text: str | None
    value_status: str
    of_predecessor: bool
    evidence: Evidence
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation of another document, with its relation and zone."""

    doc_type_code: str | None
    number_symbol: str
    issued_date: date | None
    issuer_text: str | None
    title_text: str | None
    relation_code: str
    zone_code: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """A reported achievement with its count."""

    text: str
    activity_code: str | None
    value_text: str
    value_kind: str
    value: float | None
    value_min: float | None
    value_max: float | None
    unit_code: str | None
    unit_text: str | None
    period_text: str | None
    period_start_year: int | None
    period_end_year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline with the span of its whole branch; `parent` is the number of the node above, or None."""

    number: int
    parent: int | None
    kind_code: str
    label: str | None
    heading: str
    level: int
    ordinal: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader should know: a code, a message in two languages, and the place."""

    check_code: str
    severity_code: str
    origin_code: str
    message_en: str
    message_vi: str
    expected: str | None
    actual: str | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Recall:
    """How many words of a kind (amount, share, deadline, agency, aim, item, table) stand in scope, and how many of them a row uses."""

    kind: str
    seen: int
    used: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything read from one document. `is_cut_off`: the text stops inside a sentence."""

    header: Header
    is_cut_off: bool
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    plan: Plan | None
    plan_names: tuple[PlanName, ...]
    targets: tuple[Target, ...] = ()
    groups: tuple[TaskGroup, ...] = ()
    tasks: tuple[Task, ...] = ()
    budgets: tuple[Budget, ...] = ()
    results: tuple[Result, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())
    recall: tuple[Recall, ...] = ()
    no_plan_reason: str | None = None
