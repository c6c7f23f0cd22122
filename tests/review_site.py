"""A release with its pages: the samples, a plan as PDF, a document full of markup that means harm, and enough small plans for several pages of a list."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.releases import Release, latest
from pipeline.review import review
from pipeline.review.rows import SHOWN
from pipeline.review.shelf import Row, Shelf
from pipeline.run import extract
from tests.pdf_writer import PdfPage, pdf

if TYPE_CHECKING:
    from playwright.sync_api import Page

Size = dict[str, int]
SAMPLES = Path(__file__).parent.parent / "data" / "raw" / "samples"
SMALL_PLANS = 60
DESKTOP: Size = {"width": 1300, "height": 900}
PHONE: Size = {"width": 390, "height": 800}
_PROVINCES = ("Cà Mau", "Sóc Trăng", "Tây Ninh", "Bắc Kạn")
HARM = '<script>window.harmed=1</script>"\'><img src=x onerror="window.harmed=2"></mark>&lt;b&gt;'
HARMFUL = f"""ỦY BAN NHÂN DÂN
TỈNH YÊN BÁI

Số: 77/KH-UBND

Yên Bái, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Dạy nghề {HARM} tỉnh Yên Bái năm 2024

I. MỤC TIÊU
- 70% lao động {HARM} được dạy nghề.
II. NHIỆM VỤ
1. Mở lớp {HARM} cho thanh niên. Cơ quan chủ trì: Sở Nội vụ.
III. KINH PHÍ
Tổng kinh phí là 3 tỷ đồng {HARM} từ ngân sách tỉnh.
"""


@dataclass(frozen=True, slots=True)
class MadeSite:
    """A release with pages, the folder it was read from, and the folder of releases."""

    release: Release
    raw: Path
    out: Path

    @property
    def folder(self) -> Path:
        """Where the pages are."""
        return self.release.folder / "review"


def small_plan(n: int) -> str:
    """The text of a plan of its own number and year."""
    province = _PROVINCES[n % len(_PROVINCES)]
    return f"""ỦY BAN NHÂN DÂN
TỈNH {province.upper()}

Số: {100 + n}/KH-UBND

{province}, ngày 05 tháng 3 năm {2010 + n % 5}

KẾ HOẠCH
Trồng cây ven đường tỉnh {province} năm {2010 + n % 5}

I. MỤC TIÊU
- Trồng {50 + n} ha cây xanh.
II. NHIỆM VỤ
1. Trồng cây ở {n + 1} xã. Cơ quan chủ trì: Sở Xây dựng.
"""


def plan_pdf() -> bytes:
    """A plan of two pages: text, and a table of tasks."""
    head = (
        "ỦY BAN NHÂN DÂN", "TỈNH KHÁNH HÒA", "", "Số: 88/KH-UBND", "", "Khánh Hòa, ngày 06 tháng 5 năm 2023", "", "KẾ HOẠCH",
        "Sửa kênh mương tỉnh Khánh Hòa năm 2023", "", "I. MỤC TIÊU", "- 65% kênh mương được sửa.", "II. NHIỆM VỤ",
        "1. Sửa kênh chính. Cơ quan chủ trì: Sở Công Thương.", "III. KINH PHÍ", "Tổng kinh phí là 7 tỷ đồng từ ngân sách tỉnh.",
    )  # fmt: skip
    first = PdfPage().lines(70, 80, head)
    second = PdfPage().text(70, 80, "Phụ lục danh mục nhiệm vụ").grid((70, 110, 300, 500), (100, 130, 170, 210))
    for y, cells in ((120, ("TT", "Nhiệm vụ", "Cơ quan chủ trì")), (148, ("1", "Sửa cống đầu mối", "Sở Xây dựng")), (188, ("2", "Nạo vét kênh nhánh", "Sở Xây dựng"))):  # fmt: skip
        for x, words in zip((75, 115, 305), cells, strict=True):
            second.text(x, y, words, size=11)
    return pdf(first, second)


def make_site(place: Path) -> MadeSite:
    """Reads the documents and writes the pages."""
    raw, out = place / "raw", place / "out"
    shutil.copytree(SAMPLES, raw)
    (raw / "harm<b>.txt").write_text(HARMFUL, encoding="utf-8")
    (raw / "harm<b>.txt.source.json").write_text('{"url": "javascript:window.harmed=3"}', encoding="utf-8")
    (raw / "plan.pdf").write_bytes(plan_pdf())
    for n in range(SMALL_PLANS):
        (raw / f"small-{n}.txt").write_text(small_plan(n), encoding="utf-8")
    extract(raw, out, 2, False, lambda done, total, path: None)
    release = latest(out)
    assert release is not None
    review(release, raw, out / "store", 2, lambda done, total, path: None)
    return MadeSite(release, raw, out)


def address(made: MadeSite, name: str, key: str = "") -> str:
    """Where a page is, opened at a row."""
    return (made.folder / name).as_uri() + (f"#{key}" if key else "")


def document(made: MadeSite, path: str) -> tuple[str, str]:
    """Key and page of a document."""
    [row] = Shelf(made.release).ask("SELECT document_id FROM documents WHERE path = $1", path)
    return row["document_id"], f"documents/{row['document_id']}.html"


def kinds(made: MadeSite) -> dict[str, str]:
    """A page of each type, that of a plan with money and that of a document with pictures among them."""
    [plan] = Shelf(made.release).ask("SELECT plan_id FROM plans_wide WHERE number_symbol = '88/KH-UBND'")
    return {
        "collection": "index.html", "documents": "documents.html", "plan": f"plans/{plan['plan_id'].replace(':', '_')}.html",
        "document": document(made, "ke-hoach-nuoc-sach-ben-tre.html")[1], "pages": document(made, "plan.pdf")[1],
        "failed": document(made, "tep-hong.pdf")[1],
    }  # fmt: skip


def marked(page: Page) -> str:
    """The words that are marked as those of the chosen row."""
    return str(page.evaluate("[...document.querySelectorAll('#text .on')].map((e) => e.textContent).join('')"))


def rows_of(made: MadeSite, document_id: str) -> list[tuple[str, Row]]:
    """The rows of a document that have a place in it, each with its table."""
    shelf = Shelf(made.release)
    return [
        (table, row)
        for table in SHOWN
        for row in shelf.ask(f'SELECT * FROM "{table}" WHERE document_id = $1 AND char_start IS NOT NULL', document_id)
    ]
