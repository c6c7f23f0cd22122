"""Where money comes from: "NSDP; DN", "ngân sách tỉnh", "sự nghiệp môi trường" → codes of the source list."""

from __future__ import annotations

from normalizers.lexicon import Hit, gazetteer


def find_sources(text: str) -> list[Hit]:
    """Sources named in a text, in its order."""
    return gazetteer("budget_sources").find(text)


def source_codes(text: str) -> tuple[str, ...]:
    """Codes of the sources named, each once, in the order of the text; a general "state" gives way to a named level."""
    codes = list(dict.fromkeys(h.entry.code for h in find_sources(text)))
    if any(c.startswith("state_") for c in codes):
        codes = [c for c in codes if c != "state"]
    return tuple(codes)
