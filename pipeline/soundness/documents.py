"""What documents say of themselves and of one another: declared counts, annexes, two documents on one plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from normalizers.figures import parse_words
from normalizers.text import collapse, key
from pipeline.soundness.remark import Remark, Row, View

_DECLARED = re.compile(
    r"(?<![\w.,/])(\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+nhóm\s+(?:nhiệm\s+vụ|giải\s+pháp|nội\s+dung|công\s+việc)(?!\w)"
)
_ANNEX_ANNOUNCED = re.compile(
    r"(?:phụ\s+lục|phụ\s+biểu)(?:\s+(?:số\s+)?[ivx\d]+)?\s+(?:chi\s+tiết\s+)?(?:đính\s+)?kèm\s+theo|(?:chi\s+tiết|cụ\s+thể|nêu|quy\s+định)\s+(?:tại|ở|trong|theo)\s+(?:các\s+)?(?:phụ\s+lục|phụ\s+biểu)"
)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_ALIKE = 0.8
_ROUNDED = 0.02  # "hơn 4,2 tỷ" for 4.245 triệu


def declared_groups_found(view: View) -> Iterator[Remark]:
    """ "Kế hoạch có bốn nhóm nhiệm vụ": so many groups stand on one level of the document."""
    levels: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for g in view.table("task_groups"):
        levels[g["document_id"]][(g["section"] or "").count(">")].append(g)
    for document, groups in levels.items():
        m = _DECLARED.search(key(view.texts.get(document, "")))
        declared = int(m.group(1)) if m and m.group(1).isdigit() else parse_words(m.group(1)) if m else None
        counts = [len(rows) for rows in groups.values()]
        if declared is None or declared in {*counts, sum(counts)}:
            continue
        first = min((rows[0] for rows in groups.values()), key=lambda g: g["ordinal"])
        yield Remark(
            "count_differs", "info", "extraction", "task_groups", first, None, f"the text counts {declared} groups, {max(counts)} were found",
            f"văn bản nêu {declared} nhóm, tìm thấy {max(counts)}", str(declared), str(max(counts)),
        )  # fmt: skip


def annex_groups_as_in_the_body(view: View) -> Iterator[Remark]:
    """The groups of an annex are those of the body, where both divide the work."""
    for rows in view.by_source("task_groups").values():
        body = [g for g in rows if g["rule"] == "group_heading"]
        annex = [g for g in rows if g["rule"] != "group_heading"]
        if len(body) < 2 or len(annex) < 2:
            continue
        for g in annex:
            if max(_alike(g["name_vi"], b["name_vi"]) for b in body) < 0.5:
                yield Remark(
                    "groups_differ", "info", "source", "task_groups", g, "name_vi", f"the annex has a group that the body has not: {g['name_vi'][:80]}",
                    f"phụ lục có nhóm không có ở phần chính: {g['name_vi'][:80]}", None, g["name_vi"][:80],
                )  # fmt: skip


def annex_names_its_plan(view: View) -> Iterator[Remark]:
    """ "(Kèm theo Kế hoạch số 7/KH-UBND …)" over an annex of the plan 8/KH-UBND: the caption was taken from another plan."""
    for r in view.table("references"):
        plan = view.plans.get(r["plan_id"] or "")
        if (
            r["relation_code"] != "attached_to"
            or r["zone_code"] != "annex"
            or plan is None
            or not plan["number_symbol"]
        ):
            continue
        if _bare(r["number_symbol"]) != _bare(plan["number_symbol"]):
            yield Remark(
                "annex_of_other_plan", "warning", "source", "references", r, "number_symbol", f"the annex names {r['number_symbol']}, the plan is {plan['number_symbol']}",
                f"phụ lục ghi {r['number_symbol']}, kế hoạch là {plan['number_symbol']}", plan["number_symbol"], r["number_symbol"],
            )  # fmt: skip


def announced_annexes_found(view: View) -> Iterator[Remark]:
    """ "(Chi tiết tại Phụ lục kèm theo)" in a file that ends without an annex."""
    with_annex = {s["document_id"] for s in view.table("sections") if s["kind_code"] == "annex"}
    tables = {t["document_id"] for t in view.table("tasks") if t["task_kind_code"] == "annex_action"}
    lines = {b["document_id"] for b in view.table("budgets") if b["scope_code"] == "line"}
    own = {p["document_id"] for p in view.table("plan_documents") if p["role_code"] in ("instrument", "approval")}
    for document in view.table("documents"):
        identity = document["document_id"]
        m = _ANNEX_ANNOUNCED.search(key(view.texts.get(identity, "")))
        if m is None or identity not in own or identity in with_annex | tables | lines:
            continue
        yield Remark(
            "annex_missing", "warning", "source", "documents", document, None, "the text announces an annex that the file does not hold", "văn bản dẫn phụ lục nhưng tệp không có phụ lục",
            collapse(view.texts[identity][m.start() : m.end()]), None,
        )  # fmt: skip


def documents_agree(view: View) -> Iterator[Remark]:
    """Two documents of one plan say the same: totals and aims of the others beside those of the authoritative one; a rounded figure agrees."""
    for table, same in (("budgets", _same_money), ("targets", _same_aim)):
        plans: dict[str, list[Row]] = defaultdict(list)
        for row in view.table(table):
            plans[row["plan_id"]].append(row)
        for rows in plans.values():
            primary = [r for r in rows if r["is_primary"]]
            for other in (r for r in rows if not r["is_primary"]):
                partner = next((p for p in primary if same(p, other)), None)
                column = "amount_vnd" if table == "budgets" else "value_min"
                if partner is not None and _apart(partner[column], other[column]):
                    yield Remark(
                        "documents_disagree", "warning", "source", table, other, column, f"{other[column]:g} here, {partner[column]:g} in the authoritative document",
                        f"văn bản này ghi {other[column]:g}, văn bản chính ghi {partner[column]:g}", f"{partner[column]:g}", f"{other[column]:g}",
                    )  # fmt: skip


def _same_money(a: Row, b: Row) -> bool:
    kind = ("scope_code", "breakdown_code", "phase_code", "year", "period_start_year", "period_end_year")
    return a["scope_code"] == "plan" and a["breakdown_code"] == "total" and all(a[k] == b[k] for k in kind)


def _same_aim(a: Row, b: Row) -> bool:
    kind = ("unit_code", "target_year", "value_kind")
    return (
        all(a[k] == b[k] for k in kind)
        and _alike(_NUMBERS.sub(" ", a["text_vi"]), _NUMBERS.sub(" ", b["text_vi"])) >= _ALIKE
    )


def _apart(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) > _ROUNDED * max(abs(a), abs(b))


def _alike(a: str, b: str) -> float:
    """Share of the words of the longer text that both have."""
    words_a, words_b = set(key(a).split()), set(key(b).split())
    return len(words_a & words_b) / max(len(words_a), len(words_b), 1)


def _bare(number: str) -> str:
    return re.sub(r"\W", "", key(number))
