"""Small documents for tests: text in, findings out."""

from __future__ import annotations

from extractors.find import find
from extractors.findings import Findings, Task
from extractors.readers import read

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH SÓC TRĂNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 21/KH-UBND

Sóc Trăng, ngày 12 tháng 01 năm 2024

KẾ HOẠCH

Phát triển làng nghề tỉnh Sóc Trăng giai đoạn 2024 - 2026

Thực hiện Nghị quyết số 4/NQ-HĐND ngày 08/12/2023 của Hội đồng nhân dân tỉnh về làng nghề, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""


def plan_of(body: str) -> Findings:
    """Findings of a plan with the usual letterhead and the given body."""
    return find(read((LETTERHEAD + body).encode("utf-8")))


def article_of(body: str) -> Findings:
    """Findings of a text without letterhead."""
    return find(read(body.encode("utf-8")))


def roles(task: Task) -> list[tuple[str, str]]:
    """Role and name (or words) of a task's agencies, in order."""
    return [(m.role_code, m.agency.name if m.agency else m.text) for m in task.mentions]
