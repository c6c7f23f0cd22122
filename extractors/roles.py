"""Which role a sentence gives the agencies it names: one rule for each way of saying it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.bodies import DUTY_VERB
from normalizers.agency_mention import AgencyMention

_COOPERATES = re.compile(
    r"(?:phối\s+hợp|hợp\s+tác|liên\s+kết|phối\s+kết\s+hợp)(?:\s+(?:chặt\s+chẽ|thường\s+xuyên|tốt|chủ\s+động|đồng\s+bộ|tích\s+cực))*(?:\s+(?:với|cùng|cùng\s+với|giữa))?\s*(?:giám\s+đốc\s+|lãnh\s+đạo\s+)?(?:các\s+)?(?:sở\s*:\s*)?$"
)
_SENDS = re.compile(
    r"gửi(?:\s+báo\s+cáo)?(?:\s+(?:về|cho|đến|tới|lên))?\s*$|(?:gửi|phản\s+ánh|kiến\s+nghị)(?:\s+[^,.;:]{0,60})?\s(?:về|cho|đến|tới|lên)\s*$"
)
_REPORTS = re.compile(
    r"báo\s+cáo(?:\s+[^.;:]{0,80})?\s(?:về|cho|lên|(?<!đối\s)(?<!hợp\s)với|gửi|đến|tới)\s*$|báo\s+cáo(?:\s+kết\s+quả)?\s*$|báo\s+cáo[^.;:]{0,120}\(?\s*(?:thông\s+)?qua\s*$|(?:phản\s+ánh|gửi|kiến\s+nghị)[^.;:]{0,120}\(\s*(?:thông\s+)?qua\s*$"
)
HEADS = r"(?:giám\s+đốc|thủ\s+trưởng|chủ\s+tịch|lãnh\s+đạo|người\s+đứng\s+đầu|trưởng\s+các|(?:hạt|cục|vụ|viện|hiệu)\s+trưởng)"
FRONT = re.compile(
    rf"[\s\-+*•\"“]*+(?:(?:giao|đề\s+nghị|yêu\s+cầu)\s+)?(?:{HEADS}\s+)?(?:các\s+(?:sở|bộ|ban)(?:\s*,\s*(?:ban|ngành))*\s*:\s*)?$|[\s\-+*•]*+đối\s+với\s+$"
)
_OWN_VERB = re.compile(r"\s*(?:\([^)]*\)\s*)?(?!(?:và|là|của|về|tại|trên|ở|thuộc|do|nơi|với|khi)\s)[^\W\d_A-ZĐ]")
_SUBMITS = re.compile(r"(?:trình|xin\s+ý\s+kiến)\s*$")
_DIFFICULTY = re.compile(r"(?:nếu\s+|khi\s+)?(?:có|phát\s+sinh|gặp)\s+(?:\w+\s+)?(?:khó\s+khăn|vướng\s+mắc)")
_PASSES = re.compile(r"(?:gửi|thông\s+qua|lấy\s+ý\s+kiến|đề\s+nghị)\s*$")
_APPRAISED = re.compile(r"\s*(?:để\s+)?(?:thẩm\s+định|thẩm\s+tra)")
_APPROVED = re.compile(r"\s*(?:để\s+)?(?:xem\s+xét|phê\s+duyệt|quyết\s+định|ban\s+hành|thông\s+qua)")
_LEADS_BEHIND = re.compile(
    r"\s*+(?:\([^)]*\)\s*+)?(?:là\s+(?:(?:cơ\s+quan|đơn\s+vị)\s*+)?(?:đầu\s+mối|thường\s+trực)[^,.;]{0,20})?\s*+(?:,\s*+)?(?:chịu\s+trách\s+nhiệm\s+)?chủ\s+trì"
)
_COOPERATES_BEHIND = re.compile(
    r"\s*(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|tổ\s+chức|triển\s+khai))?\s*(?:[).;]|$)"
)
_WORKS_ALONG = re.compile(
    r"\s*(?:cùng\s+)?phối\s+hợp(?!\s+(?:chặt\s+chẽ\s+)?(?:với|cùng|các|giữa|sở|bộ|ubnd|ủy\s+ban))"
)
_GIVEN = re.compile(
    r"(?<!được\s)(?:giao|phân\s+công|yêu\s+cầu|đề\s+nghị|ủy\s+quyền)\s+(?:cho\s+)?(?:giám\s+đốc\s+|thủ\s+trưởng\s+|chủ\s+tịch\s+|lãnh\s+đạo\s+)?(?:các\s+)?$"
)
_IS_CONTACT = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:là|làm)\s+(?:(?:cơ\s+quan|đơn\s+vị)\s+)?đầu\s+mối(?!\w)")
_CLAUSE_STARTS = re.compile(
    r"(?:^|[,;:.]|(?<!\w)mà|(?<!\w)thì|hàng\s+năm|hằng\s+năm|định\s+kỳ|ngày\s+\d+\s+tháng\s+\d+|(?:hàng|hằng)\s+quý|vướng\s+mắc|phát\s+sinh|thực\s+hiện)\s*+(?:[-+*•]\s*+)?(?:giám\s+đốc\s+|thủ\s+trưởng\s+|chủ\s+tịch\s+|lãnh\s+đạo\s+)?$"
)
_DUTY = re.compile(rf"\s*+(?:\([^)]*\)\s*+)?(?::|(?:[^.;:]{{0,70}}?\s|,\s*)?{DUTY_VERB}(?!\w))")
_GIVES = re.compile(r"\s*(?:đã\s+)?(?:giao|phân\s+công|yêu\s+cầu|đề\s+nghị)(?!\w)")
_ADVERBIAL = re.compile(
    r"[\s\-+*•;.:]*+(?:trước|chậm\s+nhất|vào|từ|ngoài|trong|nếu|khi|để|căn\s+cứ|trên\s+cơ\s+sở|(?:hàng|hằng)\s+\w+|định\s+kỳ|đối\s+với|qua|theo|đồng\s+thời)(?!\w)"
)
# what stands in front of the one who acts: on what ground, after what
_BEHIND_ADVERBIAL = re.compile(r"[\s\-+*•]*+(?:trên\s+cơ\s+sở|căn\s+cứ|sau\s+khi)\s[^.;:]{3,200},\s+")
WINDOW = 200  # characters around a mention that can give it a role

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A role with where it comes from: said (stated) or understood (derived), and the rule that read it."""

    code: str
    origin: str
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """Agencies that stand together in a sentence: folded words of their clause before and behind them, of the whole text before
    them, whether they are a class, and whether one that does the duty without "chủ trì" leads it."""

    before: str
    behind: str
    front: str
    is_class: bool
    doers: bool


Rule = Callable[[Place], str | None]


def gives_the_duty_to_others(p: Place) -> str | None:
    """ "UBND tỉnh giao Sở Y tế …": UBND tỉnh has no role of its own."""
    return NOBODY if _GIVES.match(p.behind) else None


def is_cooperated_with(p: Place) -> str | None:
    """ "phối hợp với Sở Nội vụ, Sở Tài chính"."""
    return "cooperate" if _COOPERATES.search(p.before) else None


def leads_by_name(p: Place) -> str | None:
    """ "Sở Y tế chủ trì …", "Sở Y tế là cơ quan đầu mối, chịu trách nhiệm chủ trì …"."""
    return "lead" if _LEADS_BEHIND.match(p.behind) else None


def cooperates_by_name(p: Place) -> str | None:
    """ "(Sở Y tế chủ trì, Sở Nội vụ phối hợp)", "Sở Y tế chủ trì, Sở Nội vụ phối hợp khám bệnh"."""
    beside_a_lead = "chủ trì" in p.front and _WORKS_ALONG.match(p.behind)
    return "cooperate" if beside_a_lead or _COOPERATES_BEHIND.match(p.behind) else None


def is_sent_to_for_appraisal(p: Place) -> str | None:
    """ "gửi Sở Tài chính thẩm định"."""
    return "appraise" if _APPRAISED.match(p.behind) and _PASSES.search(p.before) else None


def is_submitted_to(p: Place) -> str | None:
    """ "trình UBND tỉnh phê duyệt"; difficulties are reported, "nếu có vướng mắc … trình UBND tỉnh xem xét"; where nothing says what it does with it, "tham mưu trình UBND tỉnh", it has no role."""
    if not _SUBMITS.search(p.before):
        return None
    if _DIFFICULTY.search(p.front) and _APPROVED.match(p.behind):
        return "receive_report"
    return "approve" if _APPROVED.match(p.behind) else NOBODY


def is_reported_to(p: Place) -> str | None:
    """ "báo cáo kết quả về Sở Công Thương", "gửi về Văn phòng UBND tỉnh"."""
    return "receive_report" if _REPORTS.search(p.before) or _SENDS.search(p.before) else None


def is_given_the_duty(p: Place) -> str | None:
    """ "Giao Sở Y tế tham mưu …", "Đề nghị Tỉnh đoàn vận động …"."""
    return "lead" if _GIVEN.search(p.before) and _DUTY.match(p.behind) else None


def opens_the_sentence(p: Place) -> str | None:
    """ "Sở Y tế hướng dẫn …", "Các sở: Y tế, Nội vụ lồng ghép …", "Căn cứ đề nghị của các xã, Sở Y tế thẩm định …", "Đối với các xã: …", "Giám đốc Sở Y tế: …", "Sở Y tế là đầu mối …"."""
    if not FRONT.fullmatch(p.front):
        return "lead" if _BEHIND_ADVERBIAL.fullmatch(p.front) and _DUTY.match(p.behind) else None
    mark = p.behind.lstrip()[:1]
    named = mark == ":" or (mark == "," and "đối với" in p.front)
    does = _DUTY.match(p.behind) or _OWN_VERB.match(p.behind) or _IS_CONTACT.match(p.behind)
    return "lead" if named or does else None


def does_the_duty_of_its_clause(p: Place) -> str | None:
    """ "…; hằng năm, Sở Y tế tổ chức …": an agency that begins a later clause and does what it says."""
    does = p.doers and _CLAUSE_STARTS.search(p.before) and _DUTY.match(p.behind)
    return "lead" if does and (not p.is_class or _opens_clause(p.before)) else None


RULES: tuple[tuple[Rule, str], ...] = (
    (gives_the_duty_to_others, "none"),
    (is_cooperated_with, "stated"),
    (leads_by_name, "stated"),
    (cooperates_by_name, "stated"),
    (is_sent_to_for_appraisal, "stated"),
    (is_submitted_to, "stated"),
    (is_reported_to, "stated"),
    (is_given_the_duty, "derived"),
    (opens_the_sentence, "derived"),
    (does_the_duty_of_its_clause, "derived"),
)


def role_of(keyed: str, group: Sequence[AgencyMention], doers: bool) -> Role | None:
    """The role of agencies that stand together in a folded text; None where it gives them none."""
    keyed = keyed.replace("...", "   ")  # "Tỉnh Đoàn... vận động …"
    start, end = group[0].start, group[-1].end
    first = max(0, start - WINDOW)
    clause = max(keyed.rfind(mark, first, start) for mark in (". ", ";"))
    place = Place(keyed[max(clause, first) : start], keyed[end : end + WINDOW], keyed[:start], group[0].is_class, doers)
    for rule, origin in RULES:
        code = rule(place)
        if code is not None:
            return Role(code, origin, rule.__name__) if code else None
    return None


def _opens_clause(before: str) -> bool:
    """Whether a class begins its clause rather than going on with a list: "Ngoài ra, các sở …", not "huyện, các xã …"."""
    words = before.rstrip()
    return not words.endswith(",") or bool(_ADVERBIAL.match(words))
