"""Where money comes from: "NSDP; DN", "ngân sách tỉnh", "sự nghiệp môi trường" → codes of the source list."""

from __future__ import annotations

import re

from normalizers.lexicon import Hit, gazetteer
from normalizers.text import key

_LEVEL = r"(?:cấp\s+)?(?:trung\s+ương|tw|tỉnh|thành\s+phố|huyện|xã(?!\s+hội)|địa\s+phương)"
_SHARED_HEAD = re.compile(rf"(?<!\w)(?:ngân\s+sách|ns)\s+{_LEVEL}\s*(?:,|và|/|;|-)\s*(?:và\s+)?({_LEVEL})(?!\w)")


def find_sources(text: str) -> list[Hit]:
    """Sources named in a text, in its order."""
    return gazetteer("budget_sources").find(text)


def _with_heads(text: str) -> str:
    """Levels that share one head each with it: "ngân sách trung ương, tỉnh" → "ngân sách trung ương, ngân sách tỉnh"."""
    keyed = key(text)
    while m := _SHARED_HEAD.search(keyed):
        keyed = f"{keyed[: m.start(1)]}ngân sách {keyed[m.start(1) :]}"
    return keyed


def source_codes(text: str) -> tuple[str, ...]:
    """Codes of the sources named, each once, in the order of the text; a general "state" gives way to a named level."""
    codes = list(dict.fromkeys(h.entry.code for h in find_sources(_with_heads(text))))
    if any(c.startswith("state_") for c in codes):
        codes = [c for c in codes if c != "state"]
    return tuple(codes)
