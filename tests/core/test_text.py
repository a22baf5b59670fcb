"""The words of residents: kept as written, found however they are typed."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.text import TextTooLong, clean, fold

texts = st.text(max_size=60)
messy = st.text(
    st.sampled_from("aĐế \t\r\n\x00\x85\u2028\u200b\u202e\u2066\ufeff\u0301ខ្មែរ\u17d2"), max_size=40
)
LIMIT = 4_000


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đường Hồ", "duong ho"),
        ("ĐƯỜNG HỒ", "duong ho"),
        ("hố ga bị nghẹt, nước ứ đọng", "ho ga bi nghet, nuoc u dong"),
        ("Ngã tư Lê Lợi – Nguyễn Thị Minh Khai", "nga tu le loi – nguyen thi minh khai"),
        ("ỡ ộ ặ ỹ ừ", "o o a y u"),
        ("Straße", "strasse"),
        ("7KQ2-M9XD", "7kq2-m9xd"),
        ("ផ្លូវខូច", "ផ្លូវខូច"),
        ("កំពុងដោះស្រាយ", "កំពុងដោះស្រាយ"),
        ("", ""),
    ],
)
def test_a_text_is_folded_for_search(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


@given(texts)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(text.casefold()) == fold(text)


@given(st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17FF), max_size=30))
def test_khmer_keeps_every_sign(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Đèn hỏng \r\n", "Đèn hỏng"),
        ("một\r\nhai\rba\u2028bốn\x85năm", "một\nhai\nba\nbốn\nnăm"),
        ("một\n\n\n\n\nhai", "một\n\nhai"),
        ("một\n \t\n\u3000\n  \nhai", "một\n\nhai"),
        ("một   \nhai", "một\nhai"),
        ("  thụt\n  vào", "thụt\n  vào"),
        ("a\x00b\x08c\x1bd\x7fe\x9ff", "abcdef"),
        ("cột\tđèn", "cột\tđèn"),
        ("abc\u202edcba\u202c \u2066x\u2069\u200f", "abcdcba x"),
        ("\ufeffĐèn\ufffe", "Đèn"),
        ("a\ud800b\udfff", "ab"),
        ("Đ\u0065\u0300n", "Đèn"),
        ("ភូមិ\u200bថ្មី", "ភូមិ\u200bថ្មី"),
        ("👨‍👩‍👧 ngập", "👨‍👩‍👧 ngập"),
        (" ", ""),
        ("\u200b\u200b\u00a0\u3164\u2800", ""),
        ("\n\n\n", ""),
        ("\u202e\x00", ""),
    ],
)
def test_a_text_is_kept_without_what_hides_or_turns_other_words(written: str, kept: str) -> None:
    assert clean(written, limit=LIMIT) == kept


@given(texts | messy)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text, limit=LIMIT)

    assert clean(once, limit=LIMIT) == once
    assert once == unicodedata.normalize("NFC", once)
    assert once == once.strip()
    assert "\n\n\n" not in once
    assert all(c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"} for c in once)


@given(texts)
def test_no_letter_digit_or_sign_is_lost(text: str) -> None:
    def seen(words: str) -> list[str]:
        return [
            c for c in unicodedata.normalize("NFC", words) if unicodedata.category(c)[0] in "LNP"
        ]

    invisible = "\u115f\u1160\u3164\uffa0\u17b4\u17b5"
    assert seen(clean(text, limit=LIMIT)) == [c for c in seen(text) if c not in invisible]


def test_the_limit_counts_what_is_kept() -> None:
    assert len(clean("  " + "ề" * 100 + "\x00\r\n", limit=100)) == 100

    with pytest.raises(TextTooLong) as refusal:
        clean("ề" * 101, limit=100)
    assert (refusal.value.limit, refusal.value.length) == (100, 101)


@pytest.mark.parametrize("piece", ["a", " ", "\t\n", " \u200b", "\u0301"])
def test_a_megabyte_is_refused_or_emptied_at_once(piece: str) -> None:
    text = "x" + piece * (1_000_000 // len(piece)) + "x"

    begun = perf_counter()
    try:
        assert clean(text, limit=LIMIT) in {"xx", "x\n\nx"}
    except TextTooLong as refusal:
        length = refusal.length
        assert length > LIMIT
    assert perf_counter() - begun < 1
