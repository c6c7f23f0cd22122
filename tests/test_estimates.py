"""Cost estimates: no plan of tasks, but every line of their tables is money of the project."""

from __future__ import annotations

from extractors.find import find
from extractors.findings import Budget, Findings
from extractors.readers import read

HEAD = """<p>ỦY BAN NHÂN DÂN TỈNH TRÀ VINH</p><p><b>SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH</b></p>
<p><b>DỰ TOÁN CHI TIẾT</b></p><p><b>Tu bổ nhà trưng bày xã Hòa Thuận</b></p><p>Trà Vinh, 2019</p><p>I. Thông tin chung</p>
<p>1. Chủ đầu tư: Sở Văn hóa, Thể thao và Du lịch.</p><p>II. Dự toán</p>"""
TABLE = """<table><tr><td colspan="4">TỔNG MỨC ĐẦU TƯ</td></tr>
<tr><td>Mã số</td><td>Hạng mục</td><td>Trước thuế (VNĐ)</td><td>Thành tiền sau thuế (VNĐ)</td></tr>
<tr><td>Gxd</td><td>Chi phí xây dựng</td><td></td><td>310,500,000</td></tr>
<tr><td>1</td><td>Lợp lại mái</td><td></td><td>210,500,000</td></tr>
<tr><td>2</td><td>Sơn tường</td><td></td><td>100,000,000</td></tr>
<tr><td>Gtv</td><td>Chi phí tư vấn</td><td></td><td>21,250,000</td></tr>
<tr><td>1</td><td>Lập hồ sơ thiết kế</td><td></td><td>21,250,000</td></tr>
<tr><td colspan="3">Tổng dự toán (làm tròn)</td><td>331,750,000</td></tr></table>"""
LABOUR = """<p>Phụ lục</p><table><tr><td>TT</td><td>Hạng mục</td><td>Giá trị</td><td>Ghi chú</td></tr>
<tr><td>1</td><td>Điểm kỹ thuật</td><td>120.000</td><td></td></tr>
<tr><td>2</td><td>Mức lương lao động bình quân</td><td>245,000</td><td>Việt Nam đồng</td></tr>
<tr><td>3</td><td>Chi phí nhân công</td><td>98,000,000</td><td>Việt Nam đồng</td></tr></table>"""


def estimate(body: str) -> Findings:
    return find(read(f"<html><body>{HEAD}{body}</body></html>".encode()))


def lines(budgets: tuple[Budget, ...]) -> list[tuple[str | None, str | None, int | None, str]]:
    return [(b.line_label, b.line_name, b.amount_vnd, b.breakdown_code) for b in budgets]


def test_lines_of_an_estimate_are_budgets() -> None:
    findings = estimate(TABLE)
    assert findings.plan is not None and findings.plan.plan_type_code == "DA"
    assert lines(findings.budgets) == [
        (None, "Chi phí xây dựng", 310_500_000, "by_group"),
        ("1", "Lợp lại mái", 210_500_000, "by_task"),
        ("2", "Sơn tường", 100_000_000, "by_task"),
        (None, "Chi phí tư vấn", 21_250_000, "by_group"),
        ("1", "Lập hồ sơ thiết kế", 21_250_000, "by_task"),
        (None, "Tổng dự toán (làm tròn)", 331_750_000, "total"),
    ]
    assert (findings.targets, findings.tasks) == ((), ())


def test_points_and_wages_are_no_amounts() -> None:
    assert lines(estimate(LABOUR).budgets) == [("3", "Chi phí nhân công", 98_000_000, "by_task")]
