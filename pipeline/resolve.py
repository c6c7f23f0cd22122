"""One plan from many documents: keys of plans, who has authority, which citations name a plan of the corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.findings import Findings, Plan, PlanName, Reference
from normalizers.text import collapse, key
from pipeline.ids import plan_id
from pipeline.joined import are_alike, draft_spoken_of, is_draft, is_draft_of, is_earlier
from pipeline.raw import RawFile
from pipeline.reading import Reading

_RANK = {"instrument": 0, "amendment": 1, "approval": 2, "annex": 3, "report": 4, "news": 5, "mention": 6}
_PLAN_TITLE = re.compile(
    r"(?:phê\s+duyệt|ban\s+hành|về)\s+(?:việc\s+)?(?:phê\s+duyệt\s+|ban\s+hành\s+)?[“\"]?\s*(chiến\s+lược|chương\s+trình|kế\s+hoạch|đề\s+án)"
)
_PLAN_CODES = {"chiến lược": "CL", "chương trình": "CTr", "kế hoạch": "KH", "đề án": "ĐA"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its key and what was read from it."""

    document_id: str
    file: RawFile
    reading: Reading
    same_as: str | None


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A document's link to a plan; `rows` when content rows of the document belong to it."""

    plan_id: str
    source: Source
    role_code: str


@dataclass(frozen=True, slots=True)
class Authority:
    """For each plan the document whose rows count (`of_plan`), and the document whose account of money and results counts (`of_account`): of
    a plan that is not at hand itself, the plan that carries it on and reports of it."""

    of_plan: dict[str, str]
    of_account: dict[str, str]


class Plans:
    """Every plan of a run: of documents, of citations, of earlier periods."""

    def __init__(self, sources: list[Source]) -> None:
        self.links: list[PlanLink] = []
        self.own: dict[str, str] = {}
        self.stubs: dict[str, tuple[PlanName | Reference, Source, str]] = {}
        self.opinions: dict[str, str] = {}
        for s in sources:
            if s.reading.findings is not None and s.reading.findings.plan is not None and s.same_as is None:
                identity = own_plan_id(s.reading.findings.plan)
                self.own[s.document_id] = identity
                self.links.append(PlanLink(identity, s, s.reading.findings.plan.role_code))
        self.aliases: dict[str, str] = {}
        self.before: dict[str, PlanName] = {}
        self._join_undated()
        self._join_unnumbered()
        self._join_earlier()
        self._add_opinions(sources)
        self.evidenced = frozenset(link.plan_id for link in self.links)
        self._at_hand = frozenset(k.plan_id for k in self.links if _RANK[k.role_code] <= _RANK["annex"])

    def _join_unnumbered(self) -> None:
        """A plan known by words alone ("Kế hoạch hành động … giai đoạn 2016-2020" in news) is the numbered one that is alike, where there is
        one only; its old key is kept as an alias."""
        plans = {link.plan_id: link.source.reading.findings.plan for link in self.links if link.source.reading.findings}
        numbered = {identity: plan for identity, plan in plans.items() if plan is not None and plan.number_symbol}
        for identity, plan in plans.items():
            if plan is None or plan.number_symbol:
                continue
            found = [other for other, candidate in numbered.items() if are_alike(plan, candidate)]
            if len(found) == 1:
                self.aliases[identity] = found[0]
        self._rename(self.aliases)

    def _join_earlier(self) -> None:
        """A plan known by words alone is the one that a later plan of its name carries on and reports of ("Kế hoạch số 05/KH-UBND ngày
        01/02/2012"), where there is one only."""
        plans = {link.plan_id: plan for link in self.links if (plan := _plan(link.source)) is not None}
        found: dict[str, str] = {}
        for link in self.links:
            later = _plan(link.source)
            if later is None or later.predecessor is None:
                continue
            earlier = [identity for identity, plan in plans.items() if is_earlier(plan, later)]
            if len(earlier) != 1:
                continue
            before = self._key_of(later.predecessor, link.source)
            old, new = (earlier[0], before) if later.predecessor.number_symbol else (before, earlier[0])
            found[old] = new
            self.before[new] = later.predecessor
        self.aliases |= found
        self._rename(found)

    def _rename(self, names: dict[str, str]) -> None:
        for n, link in enumerate(self.links):
            if link.plan_id in names:
                self.links[n] = PlanLink(names[link.plan_id], link.source, link.role_code)
                self.own[link.source.document_id] = names[link.plan_id]

    def _add_opinions(self, sources: list[Source]) -> None:
        """Tables of opinions on the draft of a plan mention that plan."""
        plans = {link.plan_id: link.source.reading.findings.plan for link in self.links if link.source.reading.findings}
        for s in sources:
            if s.document_id in self.own or s.reading.findings is None or s.same_as is not None:
                continue
            said = draft_spoken_of(s.reading)
            if said is None:
                continue
            found = [identity for identity, plan in plans.items() if plan is not None and is_draft_of(said, plan)]
            if len(found) == 1:
                self.opinions[s.document_id] = found[0]

    def _join_undated(self) -> None:
        """A number without a date is the plan of the same number and place whose date is known, where there is one only."""
        for n, link in enumerate(self.links):
            identity = self._dated(link.plan_id)
            if identity != link.plan_id:
                self.links[n] = PlanLink(identity, link.source, link.role_code)
                self.own[link.source.document_id] = identity

    def _dated(self, identity: str) -> str:
        if not identity.endswith(":nd"):
            return identity
        dated = {
            link.plan_id
            for link in self.links
            if link.plan_id.startswith(identity[: -len("nd")]) and not link.plan_id.endswith(":nd")
        }
        return dated.pop() if len(dated) == 1 else identity

    def named(self, name: PlanName, source: Source) -> str:
        """Key of a plan named in passing; a stub where no document of the corpus evidences it."""
        identity = self._key_of(name, source)
        identity = self.aliases.get(identity, identity)
        if identity not in self.evidenced:
            self.stubs.setdefault(identity, (name, source, self._place(name.number_symbol, source) or "vn"))
        return identity

    def _key_of(self, name: PlanName, source: Source) -> str:
        place = self._place(name.number_symbol, source)
        fallback = (
            name.plan_type_code,
            name.period_start_year,
            name.period_end_year,
            "before",
            self.own.get(source.document_id),
        )
        return self._dated(plan_id(place, name.number_symbol, name.issued_date, fallback))

    def cited(self, reference: Reference, source: Source) -> str | None:
        """Key of a cited document that is a plan by its type or title; None for any other."""
        code = cited_plan_type(reference)
        if code is None:
            return None
        place = self._place(reference.number_symbol, source)
        issued = reference.issued_date or _date_elsewhere(reference, source)
        identity = self._dated(plan_id(place, reference.number_symbol, issued, ()))
        if identity not in self.evidenced:
            self.stubs.setdefault(identity, (reference, source, place or "vn"))
        return identity

    def _place(self, number: str | None, source: Source) -> str | None:
        """A number of a provincial committee or council belongs to the document's province; any other to the centre."""
        findings = source.reading.findings
        slug = (findings.plan.province_slug if findings and findings.plan else None) or (
            findings.header.province_slug if findings else None
        )
        if number is None or re.search(r"UBND|UNBD|UB$|HĐND|/TU$|-S[A-ZĐ]", number):
            return slug
        return None

    def authority(self, before: dict[str, str]) -> Authority:
        """Documents whose rows count: by role, an adopted one before its draft, then by length of text, then by key. `before`: the plan that each
        document carries on."""
        best: dict[str, tuple[int, bool, int, str]] = {}
        for link in self.links:
            text = link.source.reading.text or ""
            draft = is_draft(link.source.file.path, text)
            rank = (_RANK[link.role_code], draft, -len(text), link.source.document_id)
            best[link.plan_id] = min(best.get(link.plan_id, rank), rank)
        for identity, (_, source, _place) in self.stubs.items():
            best.setdefault(identity, (9, False, 0, source.document_id))
        of_plan = {identity: rank[3] for identity, rank in best.items()}
        told = {
            earlier: of_plan[self.own[document]] for document, earlier in before.items() if not self.is_at_hand(earlier)
        }
        return Authority(of_plan, of_plan | told)

    def is_at_hand(self, identity: str) -> bool:
        """Whether the corpus holds the plan itself, not only citations, news or reports of it."""
        return identity in self._at_hand

    def superseded(self, authority: Authority) -> dict[str, str]:
        """Drafts by the adopted document of their plan."""
        return {
            link.source.document_id: authority.of_plan[link.plan_id]
            for link in self.links
            if authority.of_plan[link.plan_id] != link.source.document_id
            and is_draft(link.source.file.path, link.source.reading.text or "")
        }


def _plan(source: Source) -> Plan | None:
    return source.reading.findings.plan if source.reading.findings is not None else None


def own_plan_id(plan: Plan) -> str:
    """Key of the plan a document evidences."""
    place = plan.province_slug if plan.issuer is None or plan.issuer.level != "central" else None
    return plan_id(
        place,
        plan.number_symbol,
        plan.issued_date,
        (plan.plan_type_code, plan.period_start_year, plan.period_end_year, key(collapse(plan.title or ""))),
    )


def _date_elsewhere(reference: Reference, source: Source) -> date | None:
    """The date a document gives with another citation of the same number, where all that give one agree."""
    findings = source.reading.findings
    others = findings.references if findings else ()
    dates = {r.issued_date for r in others if r.number_symbol == reference.number_symbol and r.issued_date is not None}
    return dates.pop() if len(dates) == 1 else None


def cited_plan_type(reference: Reference) -> str | None:
    """Plan type of a citation: by its own type (KH, CTr, ĐA, CL), or by the title of a decision that approves a plan."""
    if reference.doc_type_code in ("KH", "CTr", "ĐA", "CL"):
        return reference.doc_type_code
    m = _PLAN_TITLE.match(key(reference.title_text or "")) if reference.doc_type_code in ("QĐ", "NQ") else None
    return _PLAN_CODES[re.sub(r"\s+", " ", m.group(1))] if m else None


def parent_reference(findings: Findings) -> Reference | None:
    """The citation of the plan that a plan carries out: the first "Thực hiện …" whose title names a plan."""
    for r in findings.references:
        if r.relation_code in ("implements", "continues") and cited_plan_type(r) is not None:
            return r
    return next(
        (
            r
            for r in findings.references
            if r.relation_code == "basis" and r.doc_type_code == "QĐ" and cited_plan_type(r) == "CL"
        ),
        None,
    )
