"""What captions, columns and names of lines say of the money in a table, and how money in lists is divided."""

from __future__ import annotations

import pytest

from extractors.findings import Budget, Findings
from extractors.partitions import additive
from tests.build import LETTERHEAD, article_of, plan_of

HEAD = "PHỤ LỤC\nDỰ TOÁN\n(Kèm theo Kế hoạch số 21/KH-UBND ngày 12 tháng 01 năm 2024)\n"


def plain(found: Findings) -> list[tuple[str, str, int | None, tuple[str, ...], int | None]]:
    return [(b.scope_code, b.breakdown_code, b.year, b.source_codes, b.amount_vnd) for b in found.budgets]


def test_a_caption_gives_the_year_and_the_payer() -> None:
    found = plan_of(
        HEAD
        + "DỰ TOÁN KINH PHÍ NĂM 2025 NGUỒN NGÂN SÁCH TỈNH\nĐơn vị tính: Triệu đồng\nTT\tNội dung\tThành tiền\n1\tIn sách\t40\n2\tThuê xe\t60\n\tTổng cộng\t100\n"
    )
    assert [(b.year, b.source_codes, b.amount_vnd) for b in found.budgets] == [
        (2025, ("state_province",), 40_000_000), (2025, ("state_province",), 60_000_000), (2025, ("state_province",), 100_000_000),
    ]  # fmt: skip


def test_rows_may_be_named_by_the_source() -> None:
    found = plan_of(
        HEAD
        + "Đơn vị tính: Triệu đồng\nTT\tNguồn vốn\tKinh phí\n1\tNgân sách trung ương\t40\n2\tVốn doanh nghiệp đóng góp\t60\n\tTổng cộng\t100\n"
    )
    assert plain(found) == [
        ("plan", "by_source", None, ("state_central",), 40_000_000), ("plan", "by_source", None, ("enterprise",), 60_000_000), ("plan", "total", None, (), 100_000_000),
    ]  # fmt: skip
    assert sum(found.budgets[n].amount_vnd or 0 for n in additive(found.budgets)) == 100_000_000


def test_a_table_by_groups_names_them_by_part_of_their_words() -> None:
    body = "I. NHIỆM VỤ\n1. Đào tạo nghề cho thợ trẻ\na) Mở lớp dệt chiếu ở các xã ven biển.\n2. Xây dựng hạ tầng thiết yếu của làng nghề\na) Làm bến đò ở các xã ven sông.\n"
    found = plan_of(
        body
        + HEAD
        + "Dự toán kinh phí theo nhóm nhiệm vụ\nĐơn vị tính: Triệu đồng\nTT\tNội dung\tKinh phí\n1\tĐào tạo nghề\t40\n2\tHạ tầng thiết yếu\t60\n"
    )
    assert [(b.scope_code, b.breakdown_code, b.group) for b in found.budgets] == [
        ("task_group", "by_group", 0),
        ("task_group", "by_group", 1),
    ]


def test_columns_of_some_years_together() -> None:
    found = plan_of(HEAD + "Đơn vị tính: Triệu đồng\nTT\tNội dung\tNăm 2024\t2025 - 2026\n1\tIn sách\t40\t60\n")
    assert [(b.year, b.period_start_year, b.period_end_year, b.amount_vnd) for b in found.budgets] == [
        (2024, None, None, 40_000_000),
        (None, 2025, 2026, 60_000_000),
    ]


@pytest.mark.parametrize(
    ("heading", "phase"),
    [("Được giao (triệu đồng)", "approved"), ("Đã giải ngân (triệu đồng)", "executed"), ("Đề nghị (triệu đồng)", "proposed"), ("Kinh phí (triệu đồng)", "planned")],
)  # fmt: skip
def test_a_column_says_how_far_the_money_is(heading: str, phase: str) -> None:
    found = plan_of(
        HEAD + f"TT\tNội dung\tKinh phí / {heading}\n1\tIn sách\t40\n".replace("Kinh phí / Kinh phí", "Kinh phí")
    )
    assert [(b.phase_code, b.amount_vnd) for b in found.budgets] == [(phase, 40_000_000)]


def test_levels_that_share_the_word_budget() -> None:
    found = plan_of("I. KINH PHÍ\nTổng kinh phí là 90 triệu đồng từ ngân sách trung ương, tỉnh và huyện.").budgets
    assert found[0].source_codes == ("state_central", "state_province", "state_district")


def test_below_a_payer_stands_what_it_pays_and_not_who_pays() -> None:
    found = plan_of(
        "I. KINH PHÍ\nTổng kinh phí: 100 triệu đồng, trong đó:\n- Ngân sách tỉnh cấp: 70 triệu đồng\n+ Hộ gia đình: 30 triệu đồng\n+ Doanh nghiệp: 40 triệu đồng\n- Doanh nghiệp đóng góp: 30 triệu đồng\n"
    )
    assert plain(found) == [
        ("plan", "total", None, (), 100_000_000), ("plan", "by_source", None, ("state_province",), 70_000_000), ("line", "by_group", None, ("state_province",), 30_000_000),
        ("line", "by_group", None, ("state_province",), 40_000_000), ("plan", "by_source", None, ("enterprise",), 30_000_000),
    ]  # fmt: skip


def decision(title: str) -> tuple[Budget, ...]:
    head = LETTERHEAD.replace("21/KH-UBND", "33/QĐ-UBND").split("KẾ HOẠCH\n")[0]
    return article_of(
        head + f"QUYẾT ĐỊNH\n\n{title}\n\nCăn cứ Luật Du lịch;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. {title} với nội dung sau:\nI. Mục tiêu\n- 50% xã có điểm du lịch.\nII. Kinh phí\nTổng kinh phí là 90 triệu đồng.\n"
    ).budgets  # fmt: skip


def test_money_that_the_document_approves() -> None:
    assert [b.phase_code for b in decision("Phê duyệt Đề án du lịch tỉnh Sóc Trăng")] == ["approved"]
    assert [b.phase_code for b in decision("Ban hành Kế hoạch du lịch tỉnh Sóc Trăng")] == ["planned"]


PRICED = "TT\tNội dung\tĐVT\tSố lượng\tĐơn giá (đồng)\tThành tiền (đồng)\n"


def test_quantity_and_price_of_a_line() -> None:
    (b,) = plan_of(HEAD + PRICED + "1\tIn sách\tquyển\t200\t35.000\t7.000.000\n").budgets
    assert b.price is not None
    assert (b.price.quantity, b.price.unit, b.price.each_vnd, b.amount_vnd) == (200, "quyển", 35_000, 7_000_000)


def test_a_table_headed_by_payers() -> None:
    found = plan_of(
        "I. KINH PHÍ\nĐơn vị: nghìn đồng\nNội dung chi\tNgân sách huyện\tNgân sách trung ương\tCộng\nMở lớp\t60.000\t330.000\t390.000\nHội thi\t40.000\t-\t40.000\n"
    )
    assert [(b.line_name, b.source_codes, b.amount_vnd) for b in found.budgets] == [
        ("Mở lớp", ("state_district",), 60_000_000), ("Mở lớp", ("state_central",), 330_000_000), ("Mở lớp", (), 390_000_000),
        ("Hội thi", ("state_district",), 40_000_000), ("Hội thi", (), 40_000_000),
    ]  # fmt: skip


def test_a_table_of_nothing_but_years() -> None:
    found = plan_of(
        "I. KINH PHÍ\n1. Nhu cầu kinh phí từng năm (triệu đồng):\nNăm 2024\tNăm 2025\tNăm 2026\n6.150\t8.000\t0\n"
    )
    assert plain(found) == [("plan", "by_year", 2024, (), 6_150_000_000), ("plan", "by_year", 2025, (), 8_000_000_000)]


def test_a_column_of_payers_named_by_their_money() -> None:
    found = plan_of(
        HEAD
        + "Đơn vị tính: Triệu đồng\nTT\tNội dung\tTổng cộng\tNguồn kinh phí\n1\tBể bơi\t600\tNgân sách huyện, xã hội hóa\n"
    )
    assert [(b.source_codes, b.amount_vnd) for b in found.budgets] == [(("state_district", "community"), 600_000_000)]


def test_levels_share_an_abbreviated_word_too() -> None:
    found = plan_of(HEAD + "Đơn vị tính: Triệu đồng\nTT\tNội dung\tNSTW\tNS huyện, xã\n1\tBể bơi\t600\t70\n")
    assert [b.source_codes for b in found.budgets] == [("state_central",), ("state_district", "state_commune")]


def test_what_was_spent_in_a_year() -> None:
    found = plan_of(
        "I. KẾT QUẢ NĂM 2023\nNăm 2023, tỉnh đã chi 9,8 tỷ đồng từ ngân sách tỉnh và 2 tỷ đồng từ Quỹ vì người nghèo.\n\nII. NHIỆM VỤ\n1. Mở lớp dệt chiếu ở các xã.\n"
    )
    assert [(b.year, b.phase_code, b.source_codes, b.amount_vnd) for b in found.budgets] == [
        (2023, "executed", ("state_province",), 9_800_000_000), (2023, "executed", ("community",), 2_000_000_000),
    ]  # fmt: skip


def test_parts_of_a_total_for_some_years_are_not_counted_again() -> None:
    found = plan_of(
        "I. KINH PHÍ\nTổng kinh phí giai đoạn 2024-2026 là 50 tỷ đồng, trong đó:\n- Ngân sách tỉnh: 30 tỷ đồng;\n- Ngân sách huyện: 20 tỷ đồng.\n"
    ).budgets
    assert [found[n].amount_vnd for n in sorted(additive(found))] == [30_000_000_000, 20_000_000_000]


def test_rows_that_share_a_merged_cell_keep_their_own_money() -> None:
    rows = "<tr><td>1</td><td>Đo nguồn thải</td><td rowspan=3>Sở Xây dựng</td><td>100</td></tr><tr><td>2</td><td>Lắp trạm đo</td><td>200</td></tr><tr><td>3</td><td>Viết báo cáo</td><td>300</td></tr>"
    head = "<tr><td>TT</td><td>Nhiệm vụ</td><td>Chủ trì</td><td>Kinh phí (triệu đồng)</td></tr>"
    paragraphs = "".join(f"<p>{line}</p>" for line in (LETTERHEAD + "I. NHIỆM VỤ").split("\n") if line)
    found = article_of(f"<html><body>{paragraphs}<table>{head}{rows}</table></body></html>")
    assert [(found.tasks[b.task or 0].name, b.amount_vnd) for b in found.budgets] == [
        ("Đo nguồn thải", 100_000_000), ("Lắp trạm đo", 200_000_000), ("Viết báo cáo", 300_000_000),
    ]  # fmt: skip


def test_a_cell_of_payers_divides_the_amount_beside_it() -> None:
    table = (
        "TT\tNhiệm vụ\tChủ trì\tKinh phí (triệu đồng)\tNguồn kinh phí\n"
        "1\tĐóng bến đò\tSở Y tế\t9.500\tNgân sách tỉnh: 7 tỷ; doanh nghiệp: 2,5 tỷ\n"
        "2\tIn sách\tSở Nội vụ\t80\tNgân sách tỉnh\n"
        "3\tThuê xe\tSở Y tế\t\tNS thành phố: 30 triệu đồng; NS huyện: 20 triệu đồng\n"
    )
    found = plan_of(HEAD + table)
    assert [(b.task, b.breakdown_code, b.source_codes, b.amount_vnd) for b in found.budgets] == [
        (0, "by_task", (), 9_500_000_000), (0, "by_task_source", ("state_province",), 7_000_000_000), (0, "by_task_source", ("enterprise",), 2_500_000_000),
        (1, "by_task", ("state_province",), 80_000_000),
        (2, "by_task_source", ("state_province",), 30_000_000), (2, "by_task_source", ("state_district",), 20_000_000),
    ]  # fmt: skip
    assert sum(found.budgets[n].amount_vnd or 0 for n in additive(found.budgets)) == 9_630_000_000


def test_years_behind_amounts_divide_the_total() -> None:
    found = plan_of("I. KINH PHÍ\nTổng kinh phí 9 tỷ đồng, trong đó 3,5 tỷ đồng năm 2024 và 5,5 tỷ đồng năm 2025.")
    assert plain(found) == [
        ("plan", "total", None, (), 9_000_000_000), ("plan", "by_year", 2024, (), 3_500_000_000), ("plan", "by_year", 2025, (), 5_500_000_000),
    ]  # fmt: skip


def test_one_year_behind_the_payer_is_that_of_the_amount() -> None:
    found = plan_of("I. KINH PHÍ\nHỗ trợ 2,5 tỷ đồng từ ngân sách tỉnh năm 2025.")
    assert plain(found) == [("plan", "by_source", 2025, ("state_province",), 2_500_000_000)]


def test_without_a_total_the_breakdown_that_covers_most_adds_up() -> None:
    found = plan_of(
        "I. NHIỆM VỤ\n1. Đóng 04 bến đò, kinh phí 7 tỷ đồng.\n2. Mở lớp bơi cho trẻ em.\nII. KINH PHÍ\n- Năm 2024: 5 tỷ đồng.\n- Năm 2025: 7 tỷ đồng."
    )
    assert sum(found.budgets[n].amount_vnd or 0 for n in additive(found.budgets)) == 12_000_000_000


def test_a_table_of_years_alone_whose_cells_name_their_unit() -> None:
    lines = [*LETTERHEAD.split("\n\n"), "I. KINH PHÍ", "Tổng kinh phí là 9 tỷ đồng, phân kỳ:"]
    table = "<table><tr><td>Năm 2024</td><td>Năm 2025</td></tr><tr><td>4 tỷ đồng</td><td>5 tỷ đồng</td></tr></table>"
    found = article_of("<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + table + "</body></html>")
    assert plain(found)[1:] == [
        ("plan", "by_year", 2024, (), 4_000_000_000),
        ("plan", "by_year", 2025, (), 5_000_000_000),
    ]


def test_an_item_that_opens_with_its_year() -> None:
    found = plan_of(
        "I. KINH PHÍ\n1. Phân kỳ thực hiện\na) Năm 2024: Tổng số 120 hộ, kinh phí 4 tỷ đồng.\nb) Năm 2025: Tổng số 90 hộ, kinh phí 3 tỷ đồng.\n"
    )
    assert plain(found) == [
        ("plan", "by_year", 2024, (), 4_000_000_000), ("plan", "by_year", 2025, (), 3_000_000_000),
    ]  # fmt: skip
