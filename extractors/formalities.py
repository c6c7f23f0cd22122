"""Closing formulas of decisions, resolutions and plans, which give nobody anything to do."""

from __future__ import annotations

import re

from normalizers.memo import remembered
from normalizers.text import collapse, key

_CLOSING = re.compile(
    r"trên\s+đây\s+là\s+(?!.*(?:yêu\s+cầu|đề\s+nghị|báo\s+cáo|giao\s|phản\s+ánh|chủ\s+động|nghiêm\s+túc|phối\s+hợp|trân\s+trọng))",
    re.DOTALL,
)
_CARRY_ON = re.compile(
    r"trên\s+đây\s+là\s[^.]*?(?:yêu\s+cầu|đề\s+nghị)\s+(?:các\s+)?(?:sở|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương)[^.]*?\s(?:nghiêm\s+túc\s+)?(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?thực\s+hiện\W*$"
)  # "Trên đây là Kế hoạch …, yêu cầu các đơn vị nghiêm túc thực hiện./."
_ORDER_WORDS = ("thi", "này", "nơi", "tiết", "thể")  # without one of them none of these orders is given
_TOTAL_ORDER = re.compile(
    r"(?:chịu\s+trách\s+nhiệm|căn\s+cứ)\s+(?:thi\s+hành|quyết\s+định\s+thi\s+hành)|thi\s+hành\s+(?:quyết\s+định|nghị\s+quyết)\s+này|^(?:nghị\s+quyết|quyết\s+định|kế\s+hoạch)\s+này\s+(?:đã\s+)?được|^(?:trong\s+quá\s+trình\s+thực\s+hiện,?\s+)?kế\s+hoạch\s+này\s+(?:được|sẽ)\s+(?:tiếp\s+tục\s+)?(?:điều\s+chỉnh|bổ\s+sung)[^.;]*\.?$|này\s+có\s+hiệu\s+lực|này\s+(?:được\s+)?phổ\s+biến\s+đến|nơi\s+nhận|^(?:(?:các\s+)?nội\s+dung\s+)?(?:chi\s+tiết|cụ\s+thể)[^.;]{0,60}(?:phụ\s+lục|biểu|danh\s+mục)[^.;]{0,40}\.?$"
)


@remembered
def is_formality(text: str) -> bool:
    """Whether a paragraph only closes, passes or puts in force: "Nghị quyết này đã được HĐND tỉnh thông qua ngày …", "Trên đây là Kế
    hoạch …, yêu cầu các đơn vị nghiêm túc thực hiện./."; "Trên đây là Kế hoạch …, đề nghị các sở báo cáo …" is a duty."""
    keyed = key(collapse(text))
    closes = keyed.startswith("trên") and (_CLOSING.match(keyed) or _CARRY_ON.match(keyed))
    return bool(closes or (any(word in keyed for word in _ORDER_WORDS) and _TOTAL_ORDER.search(keyed)))
