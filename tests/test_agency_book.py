"""Agencies in their place and time: names by date, who took over, who is above, who did not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from normalizers.agencies import find_agencies
from pipeline.names import AgencyBook, existed
from pipeline.run import extract


def book_of(words: str, slug: str, on: date) -> tuple[str, dict[str, dict[str, Any]]]:
    """Key of the first agency of a text in a province at a date, and the table that comes of it."""
    book = AgencyBook()
    agency = find_agencies(words)[0].agency
    assert agency is not None
    identity = book.of(agency, slug, on)
    return identity, {row["agency_id"]: row for row in book.rows()}


def test_a_department_that_was_merged_leads_to_the_one_of_today() -> None:
    identity, rows = book_of("Sở Tài nguyên và Môi trường", "an-giang", date(2016, 10, 11))
    assert identity == "an-giang:so-tai-nguyen-va-moi-truong"
    assert rows[identity]["successor_ids"] == ["an-giang:so-nong-nghiep-va-moi-truong"]
    assert rows[identity]["current_ids"] == ["an-giang:so-nong-nghiep-va-moi-truong"]


def test_a_department_of_a_province_that_became_part_of_another_leads_there() -> None:
    identity, rows = book_of("Sở Giao thông vận tải", "ha-giang", date(2016, 4, 1))
    assert rows[identity]["successor_ids"] == ["ha-giang:so-xay-dung"]
    assert rows["ha-giang:so-xay-dung"]["successor_ids"] == ["tuyen-quang:so-xay-dung"]
    assert rows["ha-giang:so-xay-dung"]["valid_to"] == date(2025, 6, 30)
    assert rows[identity]["current_ids"] == ["tuyen-quang:so-xay-dung"]


def test_an_agency_of_today_is_its_own_current_one() -> None:
    identity, rows = book_of("Sở Nội vụ", "lam-dong", date(2026, 1, 5))
    assert rows[identity]["current_ids"] == [identity]
    assert rows[identity]["parent_agency_id"] == "lam-dong:uy-ban-nhan-dan-tinh"


def test_a_commune_leads_to_the_one_that_took_it_over() -> None:
    identity, rows = book_of("UBND phường Mỹ Long", "an-giang", date(2020, 1, 1))
    assert rows[identity]["level_code"] == "commune"
    assert rows[identity]["successor_ids"] == ["an-giang:uy-ban-nhan-dan-phuong-long-xuyen"]
    assert rows["an-giang:uy-ban-nhan-dan-phuong-long-xuyen"]["successor_ids"] == []


def test_a_room_of_a_district_stands_below_its_committee_and_ends_with_the_districts() -> None:
    identity, rows = book_of("Công an huyện Mỹ Xuyên", "soc-trang", date(2022, 1, 1))
    assert rows[identity]["parent_agency_id"] == "soc-trang:uy-ban-nhan-dan-huyen-my-xuyen"
    assert rows[identity]["valid_to"] <= date(2025, 6, 30)
    assert rows["soc-trang:uy-ban-nhan-dan-huyen-my-xuyen"]["locality_codes"] == ["947"]


def test_bodies_of_a_province_are_those_of_a_city_in_a_centrally_run_one() -> None:
    assert book_of("Công an tỉnh", "can-tho", date(2022, 1, 1))[0] == "can-tho:cong-an-thanh-pho"
    assert (
        book_of("Công an thành phố", "can-tho", date(2022, 1, 1))[1]["can-tho:cong-an-thanh-pho"]["level_code"]
        == "province"
    )
    assert (
        book_of("Công an thành phố", "an-giang", date(2022, 1, 1))[1]["an-giang:cong-an-thanh-pho"]["level_code"]
        == "district"
    )


@pytest.mark.parametrize(
    ("words", "on", "answer"),
    [
        ("Sở Nông nghiệp và Môi trường", date(2016, 1, 1), False),
        ("Sở Nông nghiệp và Môi trường", date(2025, 9, 1), True),
        ("Sở Thông tin và Truyền thông", date(2025, 12, 1), False),
        ("Sở Thông tin và Truyền thông", date(2019, 12, 1), True),
        ("UBND huyện Mỹ Xuyên", date(2025, 12, 1), False),
        ("UBND huyện Mỹ Xuyên", date(2024, 12, 1), True),
    ],
)
def test_who_existed_when(words: str, on: date, answer: bool) -> None:
    agency = find_agencies(words)[0].agency
    assert agency is not None
    assert existed(agency, "soc-trang" if on.year < 2025 else "lam-dong", on) is answer


def test_the_same_words_name_the_body_of_their_time() -> None:
    assert book_of("Cục Thuế", "an-giang", date(2016, 1, 1))[0] == "an-giang:cuc-thue-tinh"
    assert book_of("Cục Thuế", "an-giang", date(2025, 9, 1))[0] == "vn:cuc-thue"


LATE = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 12/KH-UBND
Lâm Đồng, ngày 05 tháng 12 năm 2025

KẾ HOẠCH
Trồng cây xanh đô thị năm 2026

I. TỔ CHỨC THỰC HIỆN
1. Sở Thông tin và Truyền thông
- Đưa tin về tết trồng cây.
2. Sở Nội vụ
- Theo dõi thi đua.
3. Phòng Cây xanh
- Chọn giống cây.
"""


def test_an_agency_that_no_longer_existed_is_an_issue_and_others_are_not(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "trong-cay.txt").write_text(LATE, encoding="utf-8")
    extract(raw, tmp_path / "out", 1, False, lambda done, total, path: None)
    tables = {name: pd.read_parquet(tmp_path / "out" / "latest" / f"{name}.parquet") for name in ("issues", "agencies")}
    late = tables["issues"].query("check_code == 'agency_out_of_time'")
    assert list(late.actual) == ["Sở Thông tin và Truyền thông"]
    agencies = tables["agencies"].set_index("agency_id")
    assert "lam-dong:so-khoa-hoc-va-cong-nghe" in agencies.loc["lam-dong:so-thong-tin-va-truyen-thong", "current_ids"]
    assert not agencies.loc["lam-dong:phong-cay-xanh", "is_listed"]
    assert agencies.loc["lam-dong:so-noi-vu", "is_listed"]


def test_a_body_of_the_commune_that_issued_the_plan_is_not_that_of_another_commune() -> None:
    book = AgencyBook()
    police = find_agencies("Công an xã")[0].agency
    department = find_agencies("Sở Y tế")[0].agency
    assert police is not None
    assert department is not None
    on = date(2026, 3, 12)
    assert book.of(police, "dong-thap", on, "xã Tân Hòa") == "dong-thap:cong-an-xa-tan-hoa"
    assert book.of(department, "dong-thap", on, "xã Tân Hòa") == "dong-thap:so-y-te"
    rows = {row["agency_id"]: row for row in book.rows()}
    row = rows["dong-thap:cong-an-xa-tan-hoa"]
    assert (row["name_vi"], row["name_full_vi"]) == ("Công an xã", "Công an xã Tân Hòa, tỉnh Đồng Tháp")
    assert row["parent_agency_id"] == "dong-thap:uy-ban-nhan-dan-xa-tan-hoa"
    assert book.of(police, "dong-thap", on) == "dong-thap:cong-an-xa"
