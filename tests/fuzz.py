"""Files and sentences that nobody wrote: good ones, changed at random. The same number gives the same bytes again."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from tests.build_word import docx_of, p, tbl, tr, zipped
from tests.hostile_pages import good_pdf
from tests.hostile_sheets import good_xlsx, odf

ROOT = Path(__file__).parent.parent
_NUMBERS = (
    "0",
    "-1",
    "1",
    "2",
    "²",
    "9" * 5000,
    "99999999999",
    "-2147483649",
    "1e309",
    "NaN",
    "",
    "0x7f",
    "١٢",
    "1.000.000,5",
)
_WORDS = (
    "Sở Y tế", "UBND các huyện", "chủ trì, phối hợp với", "Điều 1.", "Chương II", "Phụ lục", "I.", "a)", "1.1.1.", "- ", "+ ", "50%", "đạt trên 95,5%",
    "1.234,5 tỷ đồng", "giai đoạn 2021-2025", "đến năm 2030", "trước ngày 31/12/2025", "ngày 30 tháng 02 năm 2023", "Số: 12/KH-UBND", "QĐ-TTg", "Tổng cộng",
    "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "KẾ HOẠCH", "MỤC TIÊU", "NHIỆM VỤ", "trong đó:", "ngân sách tỉnh", "(", ")", ";", ":", "…", "“", "\u00a0", "\u0301", "\t", "|", "\n", "\n\n",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]{1,200}>")
_FIGURE = re.compile(rb"\d+")

Mutation = Callable[[bytes, random.Random], bytes]


@cache
def seeds() -> tuple[bytes, ...]:
    """Good files of every kind that is read without LibreOffice, which takes seconds."""
    samples = sorted((ROOT / "data" / "raw" / "samples").glob("*.*"))
    pages = [f.read_bytes() for f in samples if f.suffix in (".html", ".txt")]
    text = pages[-1].decode("utf-8")
    lines = [re.sub(r"<[^>]*>|&\w+;|[<&]", "", line) for line in text.splitlines()]
    table = tbl(
        tr("TT", "Nhiệm vụ", "Chủ trì", "Kinh phí"), *(tr(str(n), f"Việc {n}", "Sở Y tế", f"{n}00") for n in range(5))
    )
    word = docx_of("".join(p(line) for line in lines[:80]) + table, styles="", numbering="", footnotes="")
    spreadsheet = odf("spreadsheet", "<table:table><table:table-row><table:table-cell><text:p>Kế hoạch</text:p></table:table-cell></table:table-row></table:table>")  # fmt: skip
    return (*pages, word, good_xlsx(), spreadsheet, good_pdf())


def file_of(number: int) -> bytes:
    """A damaged file."""
    dice = random.Random(number)
    data = dice.choice(seeds())
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _inside_zip(data, dice)
    return _changed(data, dice)


def sentence_of(number: int) -> str:
    """Words of plans in no order, with letters changed here and there."""
    dice = random.Random(number)
    words = [dice.choice(_WORDS) for _ in range(dice.randint(1, 60))]
    text = dice.choice((" ", " ", "", ", ")).join(words)
    letters = list(text)
    for _ in range(dice.choice((0, 0, 1, 5))):
        letters[dice.randrange(len(letters))] = chr(
            dice.choice((*range(32, 127), 0x1EA1, 0x0323, 0x200B, 0x2028, 0xFF11, 0x661, 0xB2, 0x1F600))
        )
    return "".join(letters)


def _changed(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        data = dice.choice(_MUTATIONS)(data, dice) or b" "
    return data


def _inside_zip(data: bytes, dice: random.Random) -> bytes:
    """A member changed as it is unpacked: damage that the checksum of the archive does not notice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members))
    if dice.random() < 0.05:
        del members[name]
    else:
        members[name] = _changed(members[name], dice)
    return zipped(members)


def _place(data: bytes, dice: random.Random) -> int:
    return dice.randrange(len(data) + 1)


def _other_bytes(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _cut(data: bytes, dice: random.Random) -> bytes:
    start = _place(data, dice)
    return data[:start] + data[start + dice.choice((1, 7, 100, 5000)) :]


def _end(data: bytes, dice: random.Random) -> bytes:
    return data[: _place(data, dice)]


def _again(data: bytes, dice: random.Random) -> bytes:
    start = _place(data, dice)
    return data[:start] + data[start : start + dice.choice((10, 200, 3000))] * dice.choice((2, 2, 50)) + data[start:]


def _splice(data: bytes, dice: random.Random) -> bytes:
    other = dice.choice(seeds())
    start = _place(other, dice)
    at = _place(data, dice)
    return data[:at] + other[start : start + dice.choice((50, 2000))] + data[at:]


def _number(data: bytes, dice: random.Random) -> bytes:
    return _replaced(data, list(_FIGURE.finditer(data)), dice.choice(_NUMBERS).encode(), dice)


def _tag(data: bytes, dice: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    return _replaced(data, tags, dice.choice(tags)[0] if tags and dice.random() < 0.7 else b"", dice)


def _words(data: bytes, dice: random.Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + "".join(dice.choices(_WORDS, k=dice.choice((1, 5, 200)))).encode() + data[at:]


def _replaced(data: bytes, places: Sequence[re.Match[bytes]], by: bytes, dice: random.Random) -> bytes:
    if not places:
        return _other_bytes(data, dice)
    place = dice.choice(places)
    return data[: place.start()] + by + data[place.end() :]


_MUTATIONS: tuple[Mutation, ...] = (_other_bytes, _cut, _end, _again, _splice, _number, _number, _tag, _tag, _words)
