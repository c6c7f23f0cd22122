"""Loads what every child needs before children are made: readers, rules and word lists. Importing this module does it.

Only for the process that children are forked from: it ends with its parent from then on, and they with it.
"""

from __future__ import annotations

from extractors.readers.programs import die_with_parent
from pipeline.reading import read_bytes

_TEXT = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

Số: 1/KH-UBND

Cà Mau, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Mở lớp bơi tỉnh Cà Mau năm 2024

I. MỤC TIÊU
- 90% trẻ em biết bơi.
II. NHIỆM VỤ
1. Mở lớp bơi. Cơ quan chủ trì: Sở Y tế.
III. KINH PHÍ
Tổng kinh phí là 2 tỷ đồng từ ngân sách tỉnh.
"""

die_with_parent()
read_bytes(_TEXT.encode())
read_bytes(f"<html><body><p>{_TEXT}</p></body></html>".encode())
