"""No category, question or reply about a person, an account or something somebody said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.refused_words import FLOOR, RefusedWord, check_words


@pytest.mark.parametrize("word", FLOOR)
def test_every_word_of_the_floor_is_refused_wherever_it_stands(word: str) -> None:
    for text in (word, word.upper(), f"Báo về {word}, gấp", f"({word})"):
        with pytest.raises(RefusedWord):
            check_words(["Đèn đường hỏng", text])


@pytest.mark.parametrize(
    "text",
    [
        "Bài viết trên Facebook",
        "BAI  DANG",
        "tai-khoan mang",
        "Social\nmedia posts",
        "Suspicious person",
        "រាយការណ៍អំពីបណ្តាញសង្គម",
    ],
)
def test_other_spellings_do_not_slip_through(text: str) -> None:
    with pytest.raises(RefusedWord):
        check_words([text])


@pytest.mark.parametrize(
    "text",
    [
        "Ổ gà, mặt đường hư hỏng",
        "Thái độ phục vụ tại bộ phận một cửa",
        "Tiếng ồn ban đêm",
        "Xe bỏ hoang",
        "Unsafe Dangerous Conditions",
        "Abandoned Vehicle",
        "Hồ sơ đất đai chậm giải quyết",
        "Phiếu lý lịch tư pháp trả trễ",
        "Loa tuyên truyền hỏng",
        "Hỗ trợ đối tượng chính sách chậm",
        "Bảng hiệu che lối đi",
        "ផ្លូវខូច",
        "",
    ],
)
def test_places_and_services_may_be_named(text: str) -> None:
    check_words([text])


def test_a_city_adds_words_and_takes_none_away() -> None:
    with pytest.raises(RefusedWord) as refused:
        check_words(["Chuyện của hàng xóm"], added=["hàng xóm"])

    assert refused.value.word == "hàng xóm"
    with pytest.raises(RefusedWord):
        check_words(["facebook"], added=[])


def test_an_empty_addition_refuses_nothing() -> None:
    check_words(["Đèn đường"], added=["", "  "])


@given(st.text(max_size=60))
def test_a_word_within_another_word_is_not_meant(text: str) -> None:
    check_words(["zaloxyz" + "".join(c for c in text if c.isdigit() and c.isascii())])
