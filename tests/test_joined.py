"""One plan from many documents, drafts and opinions, and ids that stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.raw import RawFile
from pipeline.reading import read_bytes
from pipeline.rows import Rows, build_rows
from pipeline.scope import Source
from pipeline.sidecar import NONE
from pipeline.tables import read_rows
from tests.build import LETTERHEAD, publish_rows, release_of

BODY = (
    "I. MỤC TIÊU\n- Có 40% bến đò lắp phao.\n- Có 60% trẻ em biết bơi.\nII. NHIỆM VỤ\n1. Bến đò\n- Đóng 04 bến đò ở các xã ven sông.\n- Sơn lại các bến cũ trước mùa lũ.\n"
    "2. Thuyền\n- Vá thuyền cũ ở các xã ven sông.\nIII. KINH PHÍ\nTổng kinh phí là 9 tỷ đồng, trong đó: ngân sách tỉnh 6 tỷ đồng; doanh nghiệp 3 tỷ đồng.\n"
)
PLAN = LETTERHEAD + BODY
NEWS = "Sóc Trăng giữ nghề\n\nUBND tỉnh Sóc Trăng vừa ban hành Kế hoạch Phát triển làng nghề tỉnh Sóc Trăng giai đoạn 2024 - 2026. Tỉnh phấn đấu 40% bến đò lắp phao."
TABLES = ("plans", "targets", "task_groups", "tasks", "budgets", "references", "sections")
NUMBERED = "soc-trang:21-kh-ubnd:2024"


def rows_of(files: dict[str, str]) -> Rows:
    """Rows of files by path."""
    sources = [
        Source(f"d-{path}", RawFile(Path(path), path, path, 1, NONE), read_bytes(text.encode()), None)
        for path, text in files.items()
    ]  # fmt: skip
    return build_rows(sources)


def roles(rows: Rows, plan: str) -> set[str]:
    return {p["role_code"] for p in rows["plan_documents"] if p["plan_id"] == plan}


def test_news_that_knows_no_number_is_of_the_numbered_plan() -> None:
    rows = rows_of({"plan.txt": PLAN, "news.txt": NEWS})
    assert roles(rows, NUMBERED) == {"instrument", "news"}
    assert [p["plan_id"] for p in rows["plans"] if not p["is_stub"]] == [NUMBERED]
    assert {t["is_primary"] for t in rows["targets"] if t["document_id"] == "d-news.txt"} == {False}
    assert {t["is_primary"] for t in rows["targets"] if t["document_id"] == "d-plan.txt"} == {True}


@pytest.mark.parametrize(
    "news", [NEWS.replace("2024 - 2026", "2027 - 2029"), NEWS.replace("làng nghề", "chợ nổi"), NEWS.replace("Sóc Trăng", "An Giang")]
)  # fmt: skip
def test_news_of_another_period_subject_or_province_is_of_another_plan(news: str) -> None:
    rows = rows_of({"plan.txt": PLAN, "news.txt": news})
    assert roles(rows, NUMBERED) == {"instrument"}


def test_the_adopted_plan_has_authority_over_its_draft() -> None:
    blank = PLAN.replace("Số: 21/KH-UBND", "Số:      /KH-UBND")
    rows = rows_of(
        {
            "ke-hoach-du-thao.txt": blank + "Bản này dài hơn bản được ban hành sau khi các sở góp ý.\n",
            "ke-hoach.txt": blank,
        }
    )
    (plan,) = [p for p in rows["plans"] if not p["is_stub"]]
    assert plan["document_id"] == "d-ke-hoach.txt"
    draft = next(d for d in rows["documents"] if d["document_id"] == "d-ke-hoach-du-thao.txt")
    assert (draft["is_current"], draft["superseded_by"]) == (False, "d-ke-hoach.txt")


def test_opinions_on_a_draft_mention_its_plan() -> None:
    opinions = "PHỤ LỤC\nTỔNG HỢP Ý KIẾN GÓP Ý DỰ THẢO KẾ HOẠCH PHÁT TRIỂN LÀNG NGHỀ TỈNH SÓC TRĂNG GIAI ĐOẠN 2024 - 2026\nSTT\tNội dung góp ý\tĐơn vị\n1\tThêm bến đò\tSở Y tế\n2\tThêm thuyền\tSở Nội vụ\n"
    rows = rows_of({"plan.txt": PLAN, "gop-y.txt": opinions})
    assert {
        p["role_code"] for p in rows["plan_documents"] if p["document_id"] == "d-gop-y.txt" and p["plan_id"] == NUMBERED
    } == {"mention"}


def ids(rows: dict[str, list[dict[str, Any]]]) -> dict[str, set[str]]:
    keys = {"plans": "plan_id", "targets": "target_id", "task_groups": "task_group_id", "tasks": "task_id", "budgets": "budget_id", "references": "reference_id", "sections": "section_id"}  # fmt: skip
    return {table: {r[keys[table]] for r in rows[table]} for table in TABLES}


def test_ids_do_not_hang_on_the_order_of_files_nor_on_sentences_elsewhere() -> None:
    first = rows_of({"plan.txt": PLAN, "news.txt": NEWS})
    assert ids(rows_of({"news.txt": NEWS, "plan.txt": PLAN})) == ids(first)
    longer = PLAN.replace(
        "I. MỤC TIÊU", "Nghề đan lát ở Sóc Trăng có từ trăm năm trước và nuôi sống nhiều xã.\n\nI. MỤC TIÊU"
    )
    assert ids(rows_of({"plan.txt": longer, "news.txt": NEWS})) == ids(first)


def test_rows_of_news_keep_their_ids_when_the_plan_is_found() -> None:
    alone, both = rows_of({"news.txt": NEWS}), rows_of({"news.txt": NEWS, "plan.txt": PLAN})
    assert ids(alone)["targets"] <= ids(both)["targets"]
    assert ids(alone)["plans"] - ids(both)["plans"]


def test_what_changed_its_id_is_an_alias(tmp_path: Path) -> None:
    before = release_of(PLAN.replace("Vá thuyền", "Vé thuyền"), NEWS.replace("2024 - 2026", "2025 - 2027"))
    publish_rows(before, tmp_path, {})
    after = release_of(PLAN, NEWS.replace("2024 - 2026", "2025 - 2027"))
    release, _ = publish_rows(after, tmp_path, {})
    aliases = read_rows(release.folder / "id_aliases.parquet")
    gone = {i for table in TABLES for i in ids(before)[table] - ids(after)[table]}
    assert {a["old_id"] for a in aliases} == gone
    assert {a["reason_code"] for a in aliases} == {"reworded"}
    assert all(a["new_id"] in ids(after)[a["table_name"]] for a in aliases)


def test_a_plan_that_got_its_number_leaves_an_alias_that_is_carried_on(tmp_path: Path) -> None:
    alone = release_of(NEWS)
    publish_rows(alone, tmp_path, {})
    old = alone["plans"][0]["plan_id"]
    both, _ = publish_rows(release_of(NEWS, PLAN), tmp_path, {})
    aliases = {a["old_id"]: a for a in read_rows(both.folder / "id_aliases.parquet")}
    assert (aliases[old]["new_id"], aliases[old]["reason_code"]) == (NUMBERED, "identified")
    later, _ = publish_rows(release_of(NEWS, PLAN, "Một tệp khác, không nói về kế hoạch nào."), tmp_path, {})
    assert {a["old_id"]: a["since_release"] for a in read_rows(later.folder / "id_aliases.parquet")}[old] == both.name


LATER = PLAN.replace("Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề", "Tiếp nối Kế hoạch số 7/KH-UBND ngày 03/02/2020").replace(
    "I. MỤC TIÊU", "I. KẾT QUẢ GIAI ĐOẠN TRƯỚC\nGiai đoạn 2020-2023, tỉnh đã mở 12 lớp dạy nghề; tổng kinh phí thực hiện là 2 tỷ đồng.\nII. MỤC TIÊU"
)  # fmt: skip
EARLIER_NEWS = NEWS.replace("giai đoạn 2024 - 2026", "đến năm 2023")


def test_news_of_the_plan_before_takes_the_number_its_successor_gives() -> None:
    rows = rows_of({"plan.txt": LATER, "news.txt": EARLIER_NEWS})
    before = "soc-trang:7-kh-ubnd:2020"
    assert roles(rows, before) == {"news", "report"}
    plans = {p["plan_id"]: p for p in rows["plans"]}
    assert (plans[before]["number_symbol"], str(plans[before]["issued_date"]), plans[before]["is_stub"]) == (
        "7/KH-UBND",
        "2020-02-03",
        True,
    )
    assert plans[NUMBERED]["predecessor_plan_id"] == before
    assert {t["plan_id"] for t in rows["targets"] if t["document_id"] == "d-news.txt"} == {before}
    assert [a["new_id"] for a in rows["plan_aliases"]] == [before]


def test_the_successor_gives_account_of_the_plan_before_and_news_its_aims() -> None:
    rows = rows_of({"plan.txt": LATER, "news.txt": EARLIER_NEWS + " Tổng kinh phí là 3 tỷ đồng."})
    before = "soc-trang:7-kh-ubnd:2020"
    counted = {
        (t, r["document_id"])
        for t in ("targets", "budgets", "results")
        for r in rows[t]
        if r["plan_id"] == before and r["is_primary"]
    }
    assert counted == {("targets", "d-news.txt"), ("budgets", "d-plan.txt"), ("results", "d-plan.txt")}
    assert [b["amount_vnd"] for b in rows["budgets"] if b["plan_id"] == before and b["is_additive"]] == [2_000_000_000]


@pytest.mark.parametrize(
    "news",
    [
        EARLIER_NEWS.replace("2023", "2019"),
        EARLIER_NEWS.replace("làng nghề", "chợ nổi"),
        EARLIER_NEWS.replace("2023", "2026"),
    ],
)
def test_news_of_a_plan_that_ends_before_or_names_something_else_is_not_the_plan_before(news: str) -> None:
    assert "news" not in roles(rows_of({"plan.txt": LATER, "news.txt": news}), "soc-trang:7-kh-ubnd:2020")


def test_a_report_on_a_plan_is_not_its_own_parent() -> None:
    report = LETTERHEAD.replace("Số: 21/KH-UBND", "Số: 90/BC-UBND").replace("KẾ HOẠCH\n\nPhát triển", "BÁO CÁO\n\nKết quả phát triển").replace(
        "Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề", "Thực hiện Kế hoạch số 8/KH-UBND ngày 05/3/2022 của Ủy ban nhân dân tỉnh về phát triển làng nghề"
    )  # fmt: skip
    rows = rows_of({"bao-cao.txt": report + "I. KẾT QUẢ\n- Đã mở 12 lớp dạy nghề.\n"})
    assert [(p["plan_id"], p["parent_plan_id"]) for p in rows["plans"] if p["document_id"]] == [
        ("soc-trang:8-kh-ubnd:2022", None)
    ]
