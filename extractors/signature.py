"""Who signs a document: the first signature of its text, or the name a page states."""

from __future__ import annotations

import re

from extractors.document import Document
from extractors.page_facts import stated_values
from normalizers.text import UPPER, collapse

# "TM." of the state, "T/M" of the Party
SIGN_CAPACITY = re.compile(r"^((?:TM|KT|TL|TUQ|Q)\.|(?:T/M|K/T|T/L)(?=\s))\s*(.*)$")
_SIGN_TITLE = re.compile(
    r"^(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|TỔNG BÍ THƯ|BÍ THƯ|TRƯỞNG BAN|CHÁNH THANH TRA|(?:TỔNG |CHI )?CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HẠT TRƯỞNG|TRƯỞNG PHÒNG|CHỈ HUY TRƯỞNG|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|CHỦ NHIỆM)\b"
)

_PERSON = re.compile(rf"(?:[{UPPER}][^\W\d_{UPPER}]*)(?:\s+(?:[{UPPER}][^\W\d_{UPPER}]*)){{1,4}}$")
_SIGNED_BY = re.compile(r"người\s*ký\s*:?\s*")
_PERSON_BEHIND = re.compile(rf"(?:[{UPPER}][^\W\d_]*)(?:\s+[{UPPER}][^\W\d_]*){{1,4}}")


def find_signer(document: Document) -> tuple[str | None, str | None, str | None]:
    """Name, title and capacity of the first signature; the name a site states where the signature is cut away."""
    blocks = [b for b in document.blocks if b.zone == "body" and b.table is None]
    for n, block in enumerate(blocks):
        text = collapse(block.text)
        if len(text) > 90 or not (SIGN_CAPACITY.match(text) or (_SIGN_TITLE.match(text) and n > 5)):
            continue
        capacity, title = None, None
        for line in blocks[n : n + 8]:
            words = collapse(line.text)
            m = SIGN_CAPACITY.match(words)
            if m:
                capacity, title = re.sub(r"[./]", "", m.group(1)), m.group(2) or title
            elif _SIGN_TITLE.match(words):
                title = words
            elif _PERSON.match(words) and words != words.upper():
                return words, title, capacity
    for value in stated_values(document, _SIGNED_BY):
        m = _PERSON_BEHIND.match(value)
        if m:
            return m.group(), None, None
    return None, None, None
