"""Bodies that no list of agencies holds, told by how their names are written: "Phòng Kinh tế và Hạ tầng", "Vụ Pháp chế",
"Hạt Kiểm lâm các huyện, thị xã"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.agencies import find_agencies, part_of
from normalizers.agency_lexicon import AgencyName
from normalizers.agency_mention import AgencyMention
from normalizers.localities import locality_at
from normalizers.memo import remembered
from normalizers.text import UPPER, collapse, key

DUTY_VERB = (
    r"(?:chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|tổ\s+chức|triển\s+khai|xây\s+dựng|tham\s+mưu|lập|xem\s+xét|bố\s+trí|cân\s+đối"
    r"|tăng\s+cường|chủ\s+động|thực\s+hiện|hướng\s+dẫn|theo\s+dõi|rà\s+soát|đánh\s+giá|kịp\s+thời|tích\s+cực|tiếp\s+tục|ưu\s+tiên|chỉ\s+đạo|đẩy\s+mạnh|nâng\s+cao|nêu\s+cao|phát\s+huy|quán\s+triệt"
    r"|tuyên\s+truyền|phổ\s+biến|thẩm\s+định|kiểm\s+tra|thanh\s+tra|đề\s+xuất|báo\s+cáo|gửi|căn\s+cứ|tổng\s+hợp|khẩn\s+trương|nghiêm\s+túc|phản\s+ánh|vận\s+động|hỗ\s+trợ|quản\s+lý|cung\s+cấp|cụ\s+thể\s+hóa|đăng\s+ký|giám\s+sát|đăng\s+tải)"
)
_HEAD = re.compile(
    r"(?:(?P<whole>Công an|Quân khu \d|Ban [Cc]án sự [Đđ]ảng|Đảng đoàn|Đảng ủy|Huyện ủy|Thị ủy|(?:Ủy ban )?(?:Mặt trận Tổ quốc|MTTQ)(?: Việt Nam)?|Tỉnh [Đđ]oàn|Huyện [Đđ]oàn)"
    r"|Tổng cục|Chi cục|Cục|Tổng công ty|Công ty(?! (?:[Cc]ổ phần|CP|TNHH))|Tập đoàn|Chi nhánh|Đồn|Vụ|Phòng|Trung tâm|Ban|Văn phòng|Thanh tra|Hạt|Trạm|Đội|Khoa(?! học)|Viện|Học viện|Trường|Hội|Hiệp hội|Bệnh viện|Liên đoàn|Liên minh|Quỹ|Bưu điện|Điện lực|Kho bạc|Bảo hiểm|Vườn [Qq]uốc gia|Quân khu|Ngân hàng)(?!\w)"
)
_HEAD_LETTERS = re.compile(r"[BCĐHKLMNPQTVỦ]")  # what these begin with
_OWN_NAME = re.compile(
    r"(?:Tổng cục|Chi cục|Cục|Vụ|Phòng|Trung tâm|Ban|Văn phòng|Thanh tra|Hạt|Trạm|Đội|Khoa|Viện|Học viện|Trường|Hội|Hiệp hội|Bệnh viện|Liên đoàn|Liên minh|Quỹ|Bưu điện"
    r"|Viettel|VNPT|MobiFone|Điện lực|Công ty|Tổng công ty|Tập đoàn|Ngân hàng|Báo|Tạp chí|Đài|Nhà xuất bản|Nhà hát|Thư viện|Bảo tàng|Vườn Quốc gia|Đoàn)\s(?=\w)(?!(?:chống|ngừa|hành|chức|kết)(?!\w))"
)
_OF_PARTY = re.compile(r"Đảng|Ban [Cc]án")  # "Đảng ủy Công an tỉnh" is the committee of that body
# What may stand in front of a body that acts; behind "tại", "của", "đến" it is a place.
_IN_FRONT = re.compile(r"(?:^|[\n;:,.(+*•–-]|(?<!\w)(?:và|với|cùng|hợp|giao|nghị|cầu|công|cho|trưởng|đốc))\s*$")
_LEVEL = r"(?:huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn|đặc\s+khu|tỉnh)"
_LOCAL = re.compile(
    rf"\s+(?:(?:các|cấp)\s+{_LEVEL}(?:\s*,\s*{_LEVEL}|\s+và\s+{_LEVEL})*|{_LEVEL})(?!\w)(?:\s+liên\s+quan)?"
)
_NAME_ENDS = re.compile(
    rf"\s+(?:{DUTY_VERB}|(?:và|cùng|với|tại|trong|để|theo|về|cho|là|có|đã|sẽ|khi|trên|các|những|của|thuộc|được|từ|đến|giúp|đôn\s+đốc|lãnh\s+đạo|đầu\s+mối|tham\s+gia|chuẩn\s+bị|chọn|bảo\s+đảm|đảm\s+bảo|phát\s+hiện|tiếp\s+nhận|giải\s+quyết|công\s+khai|công\s+bố|cập\s+nhật|đưa|huy\s+động|phân\s+bổ|duy\s+trì|ký|trình|tự|lựa\s+chọn|ban\s+hành|mở|làm|cấp|chuyển|cùng|cung|thả|tập|phát|lập|bố|đào))(?!\w)"
)
_WORD = re.compile(r"\s+(?:-\s+)?(\w+(?:[&-]\w+)*)")
_AND = re.compile(r"\s+và\s+(?=(\w))")
_COMMA = re.compile(r",\s+(?=(\w+(?:\s+\w+){0,3}\s+và\s+\w))")
_POST = re.compile(r"(?:Đồn|Trạm|Chi nhánh)(?!\w)")
_PROPER = re.compile(rf"\s+[{UPPER}]")
_LEVEL_OF_NAME = re.compile(r"\s(huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_LONGEST_RUN = 4  # small words in a row
_LONGEST = 14  # words


@remembered
def find_bodies(text: str) -> tuple[AgencyMention, ...]:
    """Agencies, classes and unlisted bodies in the order of the text, without overlap.

    "phối hợp Phòng Tổng hợp triển khai" → that department, under the name it has there · "Công an các huyện" → one class, not "các
    huyện" alone. A body is taken only where it can act: at the beginning of a part, or behind "với", "và", "giao" …
    """
    listed = find_agencies(text)
    own = _unlisted(text, listed)
    if not own:
        return listed
    kept = [m for m in listed if not any(o.start <= m.start < o.end for o in own)]
    return _with_owners(text, sorted([*kept, *own], key=lambda m: m.start))


def _with_owners(text: str, mentions: list[AgencyMention]) -> tuple[AgencyMention, ...]:
    """An unlisted part goes together with the body whose name follows: "Phòng PA81 Công an tỉnh" is one."""
    out: list[AgencyMention] = []
    for m in mentions:
        above = out[-1] if out else None
        if (
            above is None
            or above.agency is None
            or above.agency.code
            or m.agency is None
            or text[above.end : m.start] != " "
        ):
            out.append(m)
            continue
        words = collapse(text[above.start : m.end])
        unit = part_of(above.agency, m.agency)
        out[-1] = replace(above, end=m.end, text=words, agency=unit, province_slug=m.province_slug)
    return tuple(out)


def _goes_on_as_name(text: str, m: AgencyMention) -> bool:
    """Whether listed words are only the beginning of a name: "Trường" of "Trường Đại học Tây Nguyên", "Đồn Biên phòng" of "Đồn Biên
    phòng Cửa Lân"."""
    return _is_proper(text, m) and (m.is_class or bool(_POST.match(m.text)))


def _is_proper(text: str, m: AgencyMention) -> bool:
    """Whether words that can be a class are the beginning of a name: "Trường Đại học Tây Nguyên"."""
    return text[m.start].isupper() and bool(_PROPER.match(text, m.end))


def is_body(words: str) -> bool:
    """Whether words that fill a part of a cell are the name of one body: "Tạp chí Cộng đồng", "Công ty Cấp nước"."""
    return bool(_OWN_NAME.match(words)) and len(words.split()) <= _LONGEST and not re.search(r"[.:;(]", words)


def unlisted_body(words: str) -> AgencyName:
    """A body under the name a document gives it: "Phòng Tổng hợp", "Hạt Kiểm lâm huyện Mỹ Xuyên"."""
    level = _LEVEL_OF_NAME.search(key(words))
    if level is None:
        return AgencyName("", words, "province", "unit")
    return AgencyName("", words, "commune" if level.group(1) in _COMMUNES else "district", "unit")


def _unlisted(text: str, listed: Sequence[AgencyMention]) -> list[AgencyMention]:
    found: list[AgencyMention] = []
    past = 0
    for letter in _HEAD_LETTERS.finditer(text):
        start = letter.start()
        if start < past or (head := _HEAD.match(text, start)) is None:
            continue
        past = head.end()
        if found and start < found[-1].end:
            continue
        if not _IN_FRONT.search(key(text)[max(0, start - 20) : start]):
            continue
        if any(m.start <= start < m.end and not _goes_on_as_name(text, m) for m in listed):
            continue
        owner = next((m for m in listed if _OF_PARTY.match(head.group()) and m.start == head.end() + 1), None)
        if owner is not None:
            words = collapse(text[start : owner.end])
            found.append(AgencyMention(start, owner.end, words, unlisted_body(words), False, None, "none"))
            continue
        names = [m.start for m in listed if m.start > start and text[m.start].isupper()]
        end = _end_of_name(text, head.end(), min(names, default=len(text)))
        if end is None or (end == head.end() and not head["whole"]):
            continue
        local = _LOCAL.match(key(text), end)
        if end == head.end() and not local and not _ends_with_number(text, end):
            continue
        is_class = bool(local and re.match(r"\s+(?:các|cấp)", local.group()))
        end = local.end() if local else end
        if not is_class and (
            at := locality_at(text, head.end() if end == head.end() else (local.start() if local else end), {})
        ):
            end = at[1]
        if not any(m.agency is not None and m.start < end and start < m.end for m in listed):
            words = collapse(text[start:end])
            agency = None if is_class else unlisted_body(words)
            found.append(AgencyMention(start, end, words, agency, is_class, None, "none"))
    return found


def _ends_with_number(text: str, end: int) -> bool:
    """Whether a name ends with its number: "Quân khu 9"."""
    return text[end - 1].isdigit()


def _end_of_name(text: str, position: int, limit: int) -> int | None:
    """Where the capitals of a name and the small words between them end; None where no end can be told."""
    keyed = key(text)
    small = words = 0
    while position < len(text):
        joined = _AND.match(text, position) or _COMMA.match(text, position)
        if (
            joined
            and words
            and joined.group(1)[0].isupper()
            and not _HEAD.match(text, joined.end())
            and joined.end() < limit
        ):
            position, small = joined.end() - 1, 0
        word = _WORD.match(text, position)
        if word is None or word.start(1) >= limit:
            return position
        first = word.group(1)[0]
        if not first.isupper():
            if words == 0 or _NAME_ENDS.match(keyed, position) or _LOCAL.match(keyed, position):
                return position
            small += 1
        else:
            small = 0
        words += 1
        if small > _LONGEST_RUN or words > _LONGEST or first.isdigit():
            return None
        position = word.end()
    return position
