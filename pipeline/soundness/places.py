"""Agencies and provinces: resolved, of the right place, there on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from normalizers.text import key, without_accents
from pipeline.soundness.remark import Remark, View


def agencies_resolved(view: View) -> Iterator[Remark]:
    """Words that name an agency and no known one."""
    for m in view.table("task_agencies"):
        if m["agency_id"] is None and not m["is_class"]:
            yield Remark(
                "agency_unresolved", "info", "normalisation", "task_agencies", m, "agency_id", f"agency not resolved: {m['mention_text']}",
                f"chưa nhận ra cơ quan: {m['mention_text']}", None, m["mention_text"],
            )  # fmt: skip


def agencies_of_the_place(view: View) -> Iterator[Remark]:
    """Agencies of a plan are the centre's, its own province's, or of a province that their words name."""
    for m in view.table("task_agencies"):
        task = view.tasks.get(m["task_id"])
        plan = view.plans.get(task["plan_id"]) if task else None
        place = (m["agency_id"] or "vn:").split(":")[0]
        if plan is None or place == "vn":
            continue
        own = _slug_of(view, plan["province_id"]) or plan["plan_id"].split(":")[0]
        if place != own and place.replace("-", " ") not in _plain(m["mention_text"]) and own != "vn":
            yield Remark(
                "agency_elsewhere", "error", "normalisation", "task_agencies", m, "agency_id", f"{m['mention_text']} of {place} on a task of {own}",
                f"{m['mention_text']} thuộc {place} trong nhiệm vụ của {own}", own, place,
            )  # fmt: skip


def places_agree(view: View) -> Iterator[Remark]:
    """The key of a plan, its province and its issuer name one place, and so do a document's province and its issuer; an issuer of the centre
    has none."""
    for table in ("plans", "documents"):
        for row in view.table(table):
            issuer = row["issuer_agency_id"]
            stated = _slug_of(view, row["province_id"])
            places = {stated, (issuer or "").split(":")[0] or None}
            if table == "plans":
                first = row["plan_id"].split(":")[0]
                places.add(first)
            places -= {None, "vn"}
            if len(places) > 1:
                found = ", ".join(sorted(p for p in places if p))
                yield Remark(
                    "province_differs", "error", "normalisation", table, row, "province_id", f"province, issuer and key name different places: {found}",
                    f"tỉnh, cơ quan ban hành và khóa chỉ các nơi khác nhau: {found}", None, found,
                )  # fmt: skip


def provinces_in_time(view: View) -> Iterator[Remark]:
    """The province of a plan was there on the day of issue: An Giang before and after 01/7/2025 are two."""
    for row in view.table("plans"):
        province = view.provinces.get(row["province_id"] or "")
        day = row["issued_date"]
        if province is None or day is None:
            continue
        reformed = province["province_id"].startswith("vn34-")  # the day a province of before was founded is not kept
        too_early = reformed and province["valid_from"] is not None and day < province["valid_from"]
        too_late = province["valid_to"] is not None and day > province["valid_to"]
        if too_early or too_late:
            yield Remark(
                "province_out_of_time", "error", "normalisation", "plans", row, "province_id", f"{province['name_vi']} ({province['province_id']}) was not there on {day.isoformat()}",
                f"{province['name_vi']} ({province['province_id']}) không tồn tại vào ngày {day.strftime('%d/%m/%Y')}", None, row["province_id"],
            )  # fmt: skip


def issuer_in_text(view: View) -> Iterator[Remark]:
    """The province of a document is named in its text or its address."""
    for row in view.table("documents"):
        province = view.provinces.get(row["province_id"] or "")
        text = view.texts.get(row["document_id"])
        if province is None or text is None:
            continue
        names = [province["name_vi"], *(province["aliases"] or [])]
        where = f"{_plain(text)} {_plain(row['url'] or '')} {_plain(row['path'])}"
        if not any(_plain(n) in where or _plain(n).replace(" ", "") in where for n in names):
            yield Remark(
                "province_elsewhere", "warning", "normalisation", "documents", row, "province_id", f"{province['name_vi']} does not stand in the document",
                f"{province['name_vi']} không có trong văn bản", None, province["name_vi"],
            )  # fmt: skip


def rows_with_a_lead(view: View) -> Iterator[Remark]:
    """A row of a task table that names agencies has one that leads."""
    roles: dict[str, set[str]] = defaultdict(set)
    for m in view.table("task_agencies"):
        roles[m["task_id"]].add(m["role_code"])
    for t in view.table("tasks"):
        own = roles.get(t["task_id"], set())
        if t["task_kind_code"] == "annex_action" and own and "lead" not in own:
            yield Remark(
                "no_lead", "warning", "extraction", "tasks", t, None, f"row {t['label'] or ''} names agencies but none leads", f"dòng {t['label'] or ''} không có cơ quan chủ trì",
                "lead", None,
            )  # fmt: skip


def _slug_of(view: View, province_id: str | None) -> str | None:
    province = view.provinces.get(province_id or "")
    return province["slug"] if province else None


def _plain(text: str) -> str:
    """Text as a slug would have it, for names of places."""
    return without_accents(key(text)).replace("-", " ")
