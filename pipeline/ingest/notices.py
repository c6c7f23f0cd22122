"""Newly published plans as an Atom feed, for people and programs that subscribe to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq

from pipeline.files import write_whole
from pipeline.releases import Release

FEED = "new-plans.atom"
_ATOM = "http://www.w3.org/2005/Atom"
_SHOWN = 100
_COLUMNS = ["plan_id", "number_symbol", "plan_type_vi", "title_vi", "province_vi", "issuer_vi", "issued_date", "period_start_year", "period_end_year", "target_count", "task_count", "budget_vnd", "url", "is_stub"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """A plan and when it was first told of."""

    plan_id: str
    told_at: str
    facts: dict[str, Any]


def tell(release: Release, kept: Path, feed: Path, now: datetime) -> int:
    """Writes the feed of a release; the number of plans that were not told of before. `kept`: a file of all that were."""
    known: dict[str, str] = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    renamed = {
        row["new_id"]: row["old_id"]
        for row in pq.read_table(release.path("id_aliases"), columns=["old_id", "new_id"]).to_pylist()
    }
    plans = {
        row["plan_id"]: row
        for row in pq.read_table(release.path("plans_wide"), columns=_COLUMNS).to_pylist()
        if not row["is_stub"]
    }
    stamp = now.isoformat(timespec="seconds")
    new = 0
    for plan in plans:
        if plan not in known:
            before = known.get(renamed.get(plan, ""))
            known[plan] = before or stamp
            new += before is None
    notices = [Notice(plan, known[plan], facts) for plan, facts in plans.items()]
    notices.sort(key=lambda n: (n.told_at, str(n.facts["issued_date"] or ""), n.plan_id), reverse=True)
    write_whole(kept, json.dumps(known, ensure_ascii=False, indent=0, sort_keys=True).encode("utf-8"))
    write_whole(feed, feed_of(notices[:_SHOWN]))
    return new


def feed_of(notices: Sequence[Notice]) -> bytes:
    """The feed as a file: a function of the notices alone."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", "urn:ke-hoach:new-plans")
    _add(root, "title", "Kế hoạch mới ban hành")
    _add(root, "updated", notices[0].told_at if notices else "1970-01-01T00:00:00+00:00")
    _add(_add(root, "author", None), "name", "ke-hoach")
    for n in notices:
        entry = _add(root, "entry", None)
        _add(entry, "id", f"urn:ke-hoach:plan:{n.plan_id}")
        _add(entry, "title", " ".join(filter(None, [n.facts["number_symbol"], n.facts["title_vi"]])) or n.plan_id)
        _add(entry, "updated", n.told_at)
        if n.facts["url"]:
            _add(entry, "link", None).set("href", n.facts["url"])
        if n.facts["province_vi"]:
            _add(entry, "category", None).set("term", n.facts["province_vi"])
        _add(entry, "summary", summary_of(n.facts))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def summary_of(facts: dict[str, Any]) -> str:
    """The key facts of a plan in a line: who issued it and when, its period, how much it holds."""
    start, end = facts["period_start_year"], facts["period_end_year"]
    period = f"giai đoạn {start}-{end}" if start and end and start != end else f"đến năm {end}" if end else None
    issued = f"ngày {facts['issued_date']:%d/%m/%Y}" if facts["issued_date"] else None
    money = f"kinh phí {facts['budget_vnd'] / 1e6:,.0f} triệu đồng".replace(",", ".") if facts["budget_vnd"] else None
    counts = f"{facts['target_count'] or 0} chỉ tiêu, {facts['task_count'] or 0} nhiệm vụ"
    return "; ".join(filter(None, [facts["issuer_vi"], issued, period, counts, money]))


def _add(parent: ElementTree.Element, name: str, text: str | None) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    found.text = None if text is None else "".join(c for c in text if c >= " " or c in "\n\t")
    return found
