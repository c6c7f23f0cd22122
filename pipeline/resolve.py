"""One plan from many documents: keys of plans, who has authority, which citations name a plan of the corpus.

Works on the gists of all documents; what it finds of each is its `Standing`, all that is needed to write the rows of that document alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.findings import Plan, PlanName, Reference
from normalizers.text import collapse, key
from pipeline.gist import Citation, Gist
from pipeline.ids import plan_id
from pipeline.joined import are_alike, is_draft_name, is_draft_of, is_earlier
from pipeline.raw import RawFile
from pipeline.versions import Version

_RANK = {"instrument": 0, "amendment": 1, "approval": 2, "annex": 3, "report": 4, "news": 5, "mention": 6}
_OF_A_PLACE = re.compile(r"UBND|UNBD|UB$|HĐND|/TU$|-S[A-ZĐ]")


@dataclass(frozen=True, slots=True)
class Card:
    """A file with its key and the gist of what was read from it; `same_as`: the document of the same bytes that is read in its place."""

    document_id: str
    file: RawFile
    same_as: str | None
    version: Version
    gist: Gist

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft, by its name or its head."""
        return self.gist.says_draft or is_draft_name(self.file.path)


@dataclass(frozen=True, slots=True)
class Stub:
    """A plan known by name only: what names it, its type, and the place it belongs to ("vn": the centre)."""

    plan_id: str
    name: PlanName | Reference
    plan_type_code: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document is among the plans of a run.

    `links`: its plans and its role for each; `cited`: plans by the index of the reference that cites them; `primary_of`: plans whose rows count
    from it; `account_of`: plans whose money and results count from it; `version`: of its document, from 1; `page`: the document it was attached to; `adopted`: the document that took its place; `named`: what a later plan
    calls its own plan; `stubs`: plans that no document evidences and that it is the first to name.
    """

    plan_id: str | None
    before: str | None
    parent: str | None
    is_at_hand: bool
    named: PlanName | None
    links: tuple[tuple[str, str], ...]
    cited: tuple[tuple[int, str], ...]
    primary_of: tuple[str, ...]
    account_of: tuple[str, ...]
    version: int
    page: str | None
    adopted: str | None
    stubs: tuple[Stub, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The standing of every document, and the keys that plans known by words would have had."""

    standings: dict[str, Standing]
    aliases: dict[str, str]


def resolve(cards: Sequence[Card]) -> Resolution:
    """Who speaks of which plan. The order of the cards decides nothing but who is the first to name a stub."""
    plans = _Plans(
        sorted((c for c in cards if c.gist.is_read and c.same_as is None), key=lambda c: c.version.newer is not None)
    )
    return Resolution(plans.standings(cards), dict(sorted(plans.aliases.items())))


@dataclass(frozen=True, slots=True)
class _Link:
    """A document that evidences a plan."""

    plan_id: str
    card: Card
    plan: Plan


class _Plans:
    """Every plan of a run: of documents, of citations, of earlier periods."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = cards
        self.links = [_Link(_own_plan_id(c.gist.plan), c, c.gist.plan) for c in cards if c.gist.plan is not None]
        self.stubs: dict[str, tuple[Stub, Card]] = {}
        self.aliases: dict[str, str] = {}
        self.named: dict[str, PlanName] = {}
        self._index()
        self._rename({k.plan_id: self._dated(k.plan_id) for k in self.links})
        self._join_unnumbered()
        self._join_earlier()
        self.plans = {link.plan_id: link.plan for link in self.links}
        self.evidenced = frozenset(self.plans)
        self.at_hand = frozenset(k.plan_id for k in self.links if _RANK[k.plan.role_code] <= _RANK["annex"])

    def _index(self) -> None:
        self.own = {link.card.document_id: link.plan_id for link in self.links}
        self._of_number: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            if not link.plan_id.endswith(":nd"):
                self._of_number[link.plan_id.rpartition(":")[0]].add(link.plan_id)

    def _rename(self, names: dict[str, str]) -> None:
        self.links = [replace(link, plan_id=names.get(link.plan_id, link.plan_id)) for link in self.links]
        self._index()

    def _dated(self, identity: str) -> str:
        """A number without a date is the plan of the same number and place whose date is known, where there is one only."""
        dated = self._of_number.get(identity.rpartition(":")[0], set()) if identity.endswith(":nd") else set()
        return next(iter(dated)) if len(dated) == 1 else identity

    def _join_unnumbered(self) -> None:
        """A plan known by words alone ("Kế hoạch hành động … giai đoạn 2016-2020" in news) is the numbered one that is alike, where there is
        one only; its old key is kept as an alias."""
        plans = {link.plan_id: link.plan for link in self.links}
        numbered: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for identity, plan in plans.items():
            if plan.number_symbol:
                numbered[_frame(plan)].append(identity)
        found: dict[str, str] = {}
        for identity, plan in plans.items():
            if not plan.number_symbol:
                alike = [other for other in numbered[_frame(plan)] if are_alike(plan, plans[other])]
                if len(alike) == 1:
                    found[identity] = alike[0]
        self.aliases |= found
        self._rename(found)

    def _join_earlier(self) -> None:
        """A plan known by words alone is the one that a later plan of its name carries on and reports of ("Kế hoạch số 05/KH-UBND ngày
        01/02/2012"), where there is one only."""
        unnumbered: dict[tuple[object, ...], dict[str, Plan]] = defaultdict(dict)
        for identity, plan in {link.plan_id: link.plan for link in self.links}.items():
            if not plan.number_symbol:
                unnumbered[_frame(plan)[:2]][identity] = plan
        found: dict[str, str] = {}
        for link in self.links:
            said = link.plan.predecessor
            if said is None:
                continue
            before = unnumbered[_frame(link.plan)[:2]]
            earlier = [identity for identity, plan in before.items() if is_earlier(plan, link.plan)]
            if len(earlier) != 1:
                continue
            called = self._key_of(said, link.card)
            old, new = (earlier[0], called) if said.number_symbol else (called, earlier[0])
            found[old] = new
            self.named[new] = said
        self.aliases |= found
        self._rename(found)

    def _opinion_on(self, card: Card) -> str | None:
        """The plan whose draft a document collects opinions on."""
        said = card.gist.draft_spoken_of
        if said is None:
            return None
        found = [identity for identity, plan in self.plans.items() if is_draft_of(said, plan)]
        return found[0] if len(found) == 1 else None

    def _named(self, name: PlanName, card: Card) -> str:
        """Key of a plan named in passing; a stub where no document of the corpus evidences it."""
        identity = self._key_of(name, card)
        identity = self.aliases.get(identity, identity)
        place = _place(name.number_symbol, card) or "vn"
        return self._known(Stub(identity, name, name.plan_type_code, place), card)

    def _cited(self, citation: Citation, card: Card) -> str:
        """Key of a cited document that is a plan."""
        number = citation.reference.number_symbol
        place = _place(number, card)
        identity = self._dated(plan_id(place, number, citation.issued_date, ()))
        return self._known(Stub(identity, citation.reference, citation.plan_type_code, place or "vn"), card)

    def _known(self, stub: Stub, card: Card) -> str:
        if stub.plan_id not in self.evidenced:
            self.stubs.setdefault(stub.plan_id, (stub, card))
        return stub.plan_id

    def _key_of(self, name: PlanName, card: Card) -> str:
        said = (name.plan_type_code, name.period_start_year, name.period_end_year)
        fallback = (*said, "before", self.own.get(card.document_id))
        return self._dated(plan_id(_place(name.number_symbol, card), name.number_symbol, name.issued_date, fallback))

    def standings(self, cards: Sequence[Card]) -> dict[str, Standing]:
        """The standing of each document by its key."""
        cited = {c.document_id: {r.index: self._cited(r, c) for r in c.gist.citations} for c in self.cards}
        named = {c.document_id: [self._named(n, c) for n in c.gist.plan_names] for c in self.cards}
        before = {
            c.document_id: self._named(c.gist.plan.predecessor, c) for c in self.cards if c.gist.plan and c.gist.plan.predecessor
        }  # fmt: skip
        authority = self._authority()
        told = {p: authority[self.own[document]] for document, p in before.items() if p not in self.at_hand}
        primary, account = _by_document(authority), _by_document(authority | told)
        pages = {c.file.url: c.document_id for c in cards if c.file.url is not None and c.version.newer is None}
        stubs: dict[str, list[Stub]] = defaultdict(list)
        for stub, card in self.stubs.values():
            stubs[card.document_id].append(stub)
        found = {}
        for c in cards:
            own, plans = self.own.get(c.document_id), cited.get(c.document_id, {})
            above = plans.get(c.gist.parent) if c.gist.parent is not None else None
            adopted = authority[own] if own and c.is_draft and authority[own] != c.document_id else None
            earlier = before.get(c.document_id)
            mentions = [*named.get(c.document_id, []), *plans.values(), *filter(None, [self._opinion_on(c)])]
            found[c.document_id] = Standing(
                own, earlier, above if above != own else None, own in self.at_hand, self.named.get(own or ""), _links(c, own, earlier, mentions), tuple(plans.items()),
                primary[c.document_id], account[c.document_id], c.version.number, pages.get(c.file.said.page_url or ""), c.version.newer or adopted, tuple(stubs[c.document_id]),
            )  # fmt: skip
        return found

    def _authority(self) -> dict[str, str]:
        """The document of each plan whose rows count: a current version, then by role, an adopted one before its draft, then by length of text, then by
        key."""
        best: dict[str, tuple[bool, int, bool, int, str]] = {}
        for link in self.links:
            card = link.card
            is_old = card.version.newer is not None
            rank = (is_old, _RANK[link.plan.role_code], card.is_draft, -card.gist.text_length, card.document_id)
            best[link.plan_id] = min(best.get(link.plan_id, rank), rank)
        return {identity: card.document_id for identity, (_, card) in self.stubs.items()} | {
            identity: rank[4] for identity, rank in best.items()
        }


def _links(card: Card, own: str | None, before: str | None, mentions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The plans a document speaks of, each once, with its role for it."""
    links = {own: card.gist.plan.role_code} if own is not None and card.gist.plan is not None else {}
    for other in mentions:
        links.setdefault(other, "mention")
    if before is not None:
        links[before] = "report" if card.gist.gives_account else "mention"
    return tuple(links.items())


def _by_document(authority: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for identity, document in authority.items():
        found[document].append(identity)
    return defaultdict(tuple, {document: tuple(sorted(plans)) for document, plans in found.items()})


def _frame(plan: Plan) -> tuple[object, ...]:
    return (plan.province_slug, plan.plan_type_code, plan.period_start_year, plan.period_end_year)


def _place(number: str | None, card: Card) -> str | None:
    """A number of a provincial committee or council belongs to the document's province; any other to the centre."""
    if number is not None and not _OF_A_PLACE.search(number):
        return None
    return (card.gist.plan.province_slug if card.gist.plan else None) or card.gist.province_slug


def _own_plan_id(plan: Plan) -> str:
    """Key of the plan a document evidences."""
    place = plan.province_slug if plan.issuer is None or plan.issuer.level != "central" else None
    said = (plan.plan_type_code, plan.period_start_year, plan.period_end_year, key(collapse(plan.title or "")))
    return plan_id(place, plan.number_symbol, plan.issued_date, said)
