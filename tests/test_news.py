"""Articles: how they name the plan they speak of, their bare headings, the duties they give."""

from __future__ import annotations

import pytest

from tests.build import article_of


@pytest.mark.parametrize(
    ("sentence", "title", "first", "last"),
    [
        (
            "UBND tỉnh Cà Mau vừa ban hành Chương trình “Phủ xanh bãi bồi giai đoạn 2026 - 2028” trên địa bàn tỉnh.",
            "Chương trình “Phủ xanh bãi bồi giai đoạn 2026 - 2028” trên địa bàn tỉnh", 2026, 2028,
        ),
        (
            "UBND tỉnh Cà Mau vừa ban hành kế hoạch trồng đước năm 2027.",
            "kế hoạch trồng đước năm 2027", 2027, 2027,
        ),
        (
            "UBND tỉnh Cà Mau vừa phê duyệt Đề án trồng đước (TĐ) giai đoạn 2026 - 2028.",
            "Đề án trồng đước (TĐ) giai đoạn 2026 - 2028", 2026, 2028,
        ),
    ],
)  # fmt: skip
def test_names_of_plans_in_articles(sentence: str, title: str, first: int, last: int) -> None:
    plan = article_of(f"Tin\n\n{sentence} Cây đước giữ đất ở mũi Cà Mau.").plan
    assert plan is not None
    assert (plan.title, plan.period_start_year, plan.period_end_year) == (title, first, last)


def test_any_plan_in_small_letters_is_no_name() -> None:
    assert (
        article_of("Tin\n\nCác hộ nuôi tôm ở Cà Mau đang lo kế hoạch thả giống năm 2027. Nước mặn đến sớm.").plan
        is None
    )


def test_bare_headings_of_an_article() -> None:
    text = (
        "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch trồng đước năm 2027.\n\nMục tiêu cụ thể\n\n- Trồng mới 300 ha đước dọc các bãi bồi trong năm 2027.\n\n"
        "Nhiệm vụ trọng tâm\n\n- Ươm cây giống tại các trại ở huyện Ngọc Hiển và cấp không thu tiền cho các hộ.\n- Dựng chòi canh dọc các bãi bồi để giữ cây non."
    )
    found = article_of(text)
    assert [(t.value_min, t.unit_code) for t in found.targets] == [(300, "ha")]
    assert len(found.tasks) == 2
