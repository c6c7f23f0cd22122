"""Articles: how they name the plan they speak of, their bare headings, the duties they give."""

from __future__ import annotations

from datetime import date

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


def test_a_decision_that_issues_a_plan_gives_its_number_and_a_point_inside_a_figure_ends_no_name() -> None:
    plan = article_of(
        "Tin\n\nThực hiện Quyết định số 71/QĐ-UBND ngày 05/3/2026 của UBND tỉnh Cà Mau về việc ban hành Chương trình Trồng 1.000 ha đước ven biển, Sở Y tế chủ trì dựng trạm cấp cứu."
    ).plan
    assert plan is not None
    assert (plan.number_symbol, plan.title) == ("71/QĐ-UBND", "Chương trình Trồng 1.000 ha đước ven biển")


def test_a_programme_of_the_prime_minister_belongs_to_no_province() -> None:
    plan = article_of(
        "Cà Mau giữ rừng\n\nThực hiện Quyết định số 71/QĐ-TTg ngày 05/3/2026 của Thủ tướng Chính phủ ban hành Chương trình Giữ rừng ven biển, UBND tỉnh Cà Mau giao Sở Y tế dựng trạm."
    ).plan
    assert plan is not None and plan.issuer is not None
    assert (plan.number_symbol, plan.province_slug, plan.issuer.name) == ("71/QĐ-TTg", None, "Thủ tướng Chính phủ")


def test_a_menu_is_no_heading() -> None:
    found = article_of(
        "BÁO CÀ MAU\nTrang chủ | Thời sự | Kinh tế | Văn hóa - Giải trí\nNăm 2028 trồng thêm 300 ha đước ven biển\n14:35, 28/07/2026\n"
        "UBND tỉnh Cà Mau vừa ban hành Kế hoạch trồng đước năm 2028. Cây đước giữ đất ở mũi Cà Mau."
    )
    assert found.header.title == "Năm 2028 trồng thêm 300 ha đước ven biển"
    assert found.header.published_date == date(2026, 7, 28)


@pytest.mark.parametrize(
    ("sentence", "number", "title", "years", "issuer"),
    [
        (
            "Sở Y tế vừa có Kế hoạch số 39/KH-SYT về việc phòng, chống đuối nước, dạy bơi cho trẻ em hè 2026.",
            "39/KH-SYT", "Kế hoạch số 39/KH-SYT về việc phòng, chống đuối nước, dạy bơi cho trẻ em hè 2026", (2026, 2026), "Sở Y tế",
        ),
        (
            "Đó là kinh phí cho Kế hoạch quốc gia phòng, chống sạt lở giai đoạn 2026 - 2028, phần lớn do trung ương cấp.",
            None, "Kế hoạch quốc gia phòng, chống sạt lở giai đoạn 2026 - 2028", (2026, 2028), None,
        ),
    ],
)  # fmt: skip
def test_names_that_run_on_over_commas(
    sentence: str, number: str | None, title: str, years: tuple[int, int], issuer: str | None
) -> None:
    plan = article_of(f"Tin\n\n{sentence} Nước lũ lên nhanh ở Cà Mau.").plan
    assert plan is not None
    assert (plan.number_symbol, plan.title, (plan.period_start_year, plan.period_end_year)) == (number, title, years)
    assert (plan.issuer.name if plan.issuer else None) == issuer


def test_an_aim_divided_into_shares_and_the_sentences_behind_it() -> None:
    found = article_of(
        "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi năm 2026.\n\nMục tiêu của kế hoạch là giữ trẻ em các xã khỏi đuối nước, trong đó: 90% xã mở lớp bơi. "
        "Đồng thời, dạy bơi cho tối thiểu 60% học sinh."
    ).targets
    assert [(t.target_kind, t.text, t.value_min) for t in found] == [
        ("general", "giữ trẻ em các xã khỏi đuối nước", None), ("specific", "90% xã mở lớp bơi.", 90), ("specific", "Đồng thời, dạy bơi cho tối thiểu 60% học sinh.", 60),
    ]  # fmt: skip


def test_duties_that_a_committee_gives_in_an_article() -> None:
    found = article_of(
        "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi năm 2026.\n\nUBND tỉnh giao Sở Y tế chủ trì dựng trạm cấp cứu bên các bến đò.\n\nSở Nội vụ phối hợp với Sở Y tế tuyển người dạy bơi cho các xã ven biển."
    ).tasks
    assert [[(m.role_code, m.text) for m in t.mentions] for t in found] == [
        [("lead", "Sở Y tế")],
        [("lead", "Sở Nội vụ"), ("cooperate", "Sở Y tế")],
    ]


def test_the_clock_of_a_page_is_no_heading() -> None:
    found = article_of(
        "Thứ Ba, 20/08/2026 6:02:02 CH\nDạy bơi cho trẻ em ven biển trong mùa hè\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi năm 2026. Biển động mạnh."
    )
    assert found.header.title == "Dạy bơi cho trẻ em ven biển trong mùa hè"


def test_a_purpose_in_front_of_a_lead_in_announces_nothing() -> None:
    found = article_of(
        "Tin\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi năm 2026.\n\nĐể đạt được mục tiêu trên, Kế hoạch đề ra các nhiệm vụ:\n\n- Mở lớp bơi ở các xã ven biển.\n\n- Đóng thêm bến có lan can."
    )
    assert [t.name for t in found.tasks] == ["Mở lớp bơi ở các xã ven biển.", "Đóng thêm bến có lan can."]


def test_what_a_headline_shortens_counts_once() -> None:
    found = article_of(
        "Cà Mau phấn đấu 90% trẻ em biết bơi vào năm 2028\n\nUBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi. Đến năm 2028, phấn đấu 90% trẻ em từ 6 tuổi biết bơi."
    ).targets
    assert [(t.value_min, t.target_year) for t in found] == [(90, 2028)]


def test_an_article_that_looks_back_tells_counts_and_money() -> None:
    found = article_of(
        "Cà Mau: Nhìn lại ba năm thực hiện Kế hoạch dạy bơi\n\nUBND tỉnh Cà Mau đã ban hành Kế hoạch số 96/KH-UBND ngày 30/6/2026 về dạy bơi.\n\nCác địa phương đã xây dựng 32 bể bơi. Báo, đài đã đăng 15 bài viết.\n\n"
        "Tổng kinh phí thực hiện là 41 tỷ đồng, gồm ngân sách tỉnh 30 tỷ đồng và vốn xã hội hóa 11 tỷ đồng."
    )
    assert [r.value for r in found.results] == [32, 15]
    assert [(b.phase_code, b.amount_vnd) for b in found.budgets] == [
        ("executed", 41_000_000_000),
        ("executed", 30_000_000_000),
        ("executed", 11_000_000_000),
    ]


def test_a_headline_that_the_page_prints_twice() -> None:
    found = article_of(
        "<html><head><title>Cà Mau phấn đấu 90% trẻ em biết bơi vào năm 2028 - Báo điện tử</title></head><body><p>Cà Mau phấn đấu 90% trẻ em biết bơi vào năm 2028</p>"
        "<p>UBND tỉnh Cà Mau vừa ban hành Kế hoạch dạy bơi cho trẻ em các xã ven biển. Đến năm 2028, phấn đấu 90% trẻ em từ 6 tuổi biết bơi, các xã đều có lớp dạy bơi trong mùa hè.</p></body></html>"
    ).targets
    assert [t.text[:12] for t in found] == ["Đến năm 2028"]
