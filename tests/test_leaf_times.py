"""When an item of running text is done."""

from __future__ import annotations

import pytest

from extractors.leaf_times import leaf_time


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Xây nhà trưng bày vào năm 2025.", 2025, 2025),
        ("Thả cá giống vào năm 2025 và 2027.", 2025, 2027),
        ("Dạy nghề cho 40 hộ, giai đoạn 2025 - 2027.", 2025, 2027),
        ("Dạy nghề cho thợ trong ba năm 2025 - 2027.", 2025, 2027),
        ("Thu phí neo đậu kể từ năm 2026 trở đi.", 2026, None),
        ("Hoàn thành năm 2026 việc cắm mốc.", 2026, 2026),
        ("Nối ống nước cho mọi xóm trước năm 2027.", None, 2027),
        ("Thực hiện Đề án làng nghề giai đoạn 2025 - 2027.", None, None),
        ("Bố trí kinh phí trong năm 2025 cho các xã.", None, None),
        ("Mở lớp cho thợ ở các xã.", None, None),
    ],
)
def test_the_years_of_a_duty(text: str, start: int | None, end: int | None) -> None:
    time = leaf_time(text)
    assert (time.start_year, time.end_year) == (start, end)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Gửi báo cáo trước ngày 15/11/2025.", "trước ngày 15/11/2025"),
        ("Chấm điểm các xã trong quý II, lần 2 trong quý IV năm 2027.", "trong quý II, lần 2 trong quý IV năm 2027"),
        ("Đo độ mặn vào tháng 4 và tháng 10 hằng năm.", "vào tháng 4 và tháng 10 hằng năm"),
    ],
)
def test_the_limit_of_a_duty_in_its_own_words(text: str, limit: str) -> None:
    assert leaf_time(text).deadline_text == limit


def test_a_year_behind_at_the_latest() -> None:
    time = leaf_time("Đưa lò đốt vào chạy thử, vận hành chậm nhất trong năm 2026.")
    assert (time.start_year, time.end_year, time.deadline_text) == (None, 2026, "chậm nhất trong năm 2026")


def test_years_of_a_trial_before_the_rest() -> None:
    time = leaf_time("Thu rác theo giờ trong 02 năm 2025 - 2026, sau đó làm ở mọi xã.")
    assert (time.start_year, time.end_year) == (2025, 2026)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Phát động phong trào dạy bơi vào ngày 26 tháng 4 năm 2026.", "vào ngày 26 tháng 4 năm 2026", "2026-04-26"),
        ("Khám sức khỏe cho thợ từ ngày 02/5/2026 đến ngày 15/6/2026.", "từ ngày 02/5/2026 đến ngày 15/6/2026", "2026-06-15"),
        ("Mở 6 lớp bơi, thực hiện trong quý II và quý III năm 2026.", "trong quý II và quý III năm 2026", None),
    ],
)  # fmt: skip
def test_days_and_quarters_of_a_duty(text: str, words: str, day: str | None) -> None:
    time = leaf_time(text)
    assert (time.start_year, time.end_year, time.deadline_text) == (2026, 2026, words)
    assert (time.deadline_date.isoformat() if time.deadline_date else None) == day
