"""What a text says of an agency: where, in which words, and which one."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.agency_lexicon import AgencyName


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """Words that name an agency or a class of agencies.

    `agency` is None for classes. `province_slug` is set where the words name the province.
    `match_method`: exact, alias, elliptical, fuzzy, none.
    """

    start: int
    end: int
    text: str
    agency: AgencyName | None
    is_class: bool
    province_slug: str | None
    match_method: str
