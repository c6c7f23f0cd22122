"""The documents of a run in parts whose rows can be made apart: documents that speak of one plan are never divided.

A shard is named by the hash of all that decides its rows. What was made under a name is never made again, in this run or a later one, on this machine or
another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.raw import RawFile
from pipeline.resolve import Card, Resolution, Standing

_DOCUMENTS = 32  # of a shard, on average


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a shard and what it is among the plans of the run."""

    document_id: str
    file: RawFile
    same_as: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents whose rows are made together, in the order of their paths."""

    name: str
    members: tuple[Member, ...]


def divide(cards: Sequence[Card], resolution: Resolution, made_by: str) -> list[Shard]:
    """The shards of a run. `made_by`: hash of the code and of the corrections.

    The place of a document depends on its group alone, so that one more document touches one shard; their number doubles as documents do.
    """
    count = 1
    while count * _DOCUMENTS < len(cards):
        count *= 2
    shards: dict[int, list[Card]] = defaultdict(list)
    for group in _groups(cards, resolution):
        place = int(hashlib.sha256(min(c.document_id for c in group).encode()).hexdigest()[:8], 16) % count
        shards[place] += group
    return [_shard(cards, resolution, made_by) for _, cards in sorted(shards.items())]


def _groups(cards: Sequence[Card], resolution: Resolution) -> list[list[Card]]:
    """Documents that speak of the same plan otherwise than by naming it, however many steps apart."""
    leader: dict[str, str] = {}

    def of(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for card in cards:
        standing = resolution.standings[card.document_id]
        for plan in (standing.plan_id, standing.before):
            if plan is not None:
                leader[of(f"plan {plan}")] = of(card.document_id)
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        groups[of(card.document_id)].append(card)
    return list(groups.values())


def _shard(cards: Sequence[Card], resolution: Resolution, made_by: str) -> Shard:
    digest = hashlib.sha256(made_by.encode())
    members = []
    for card in sorted(cards, key=lambda c: c.file.path):
        member = Member(card.document_id, card.file, card.same_as, resolution.standings[card.document_id])
        digest.update(repr((member.document_id, card.same_as, _said(card.file), member.standing, card.gist)).encode())
        members.append(member)
    return Shard(digest.hexdigest()[:24], tuple(members))


def _said(file: RawFile) -> tuple[object, ...]:
    """All of a file that its row shows; not where it lies on this machine."""
    return file.path, file.sha256, file.byte_size, file.said
