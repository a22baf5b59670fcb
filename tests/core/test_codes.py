"""Numbers to tell anyone and codes to keep survive being written down, said and typed."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.codes import (
    ALPHABET,
    BadFollowCode,
    BadNumber,
    check_digit,
    derive_follow_code,
    format_follow_code,
    format_number,
    new_number,
    parse_follow_code,
    parse_number,
)

numbers = st.text(ALPHABET, min_size=8, max_size=8)
submissions = st.text(max_size=40)


@given(st.binary(min_size=5, max_size=5))
def test_every_random_value_makes_its_own_number(value: bytes) -> None:
    number = new_number(lambda count: value[:count])

    digits = [ALPHABET.index(letter) for letter in number]
    assert len(number) == 8
    assert sum(digit << 5 * place for place, digit in enumerate(reversed(digits))) == (
        int.from_bytes(value, "big")
    )


def test_a_number_from_the_system_s_randomness_can_be_read_back() -> None:
    number = new_number(secrets.token_bytes)

    assert parse_number(format_number(number)) == number


@given(numbers)
def test_a_number_is_understood_however_it_is_typed(number: str) -> None:
    shown = format_number(number)
    careless = shown.lower().replace("0", "o").replace("1", "l").replace("-", " – ")

    assert shown[4] == "-"
    assert parse_number(shown) == number
    assert parse_number(f"  #{careless}\n") == number
    assert parse_number(number.replace("1", "I")) == number


@pytest.mark.parametrize(
    "typed", ["", " ", "7KQ2-M9X", "7KQ2-M9XDD", "7KQ2-M9XU", "7KQ2-M9X!", "٧KQ2M9XD", "Ω" * 8]
)
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(typed)


def test_a_megabyte_is_no_number() -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_number("7" * 1_000_000)
    assert len(str(refusal.value)) < 100


@given(st.binary(min_size=1, max_size=32), submissions)
def test_the_same_form_sent_twice_shows_the_same_code(key: bytes, submission: str) -> None:
    code = derive_follow_code(key, submission)

    assert code == derive_follow_code(key, submission)
    assert len(code) == 16
    assert parse_follow_code(code) == code


def test_another_key_or_another_form_makes_another_code() -> None:
    code = derive_follow_code(b"key", "form")

    assert code == "5111934892395943"
    assert code[:15] != derive_follow_code(b"yek", "form")[:15]
    assert code[:15] != derive_follow_code(b"key", "from")[:15]


@given(submissions)
def test_a_code_is_understood_however_it_is_typed(submission: str) -> None:
    code = derive_follow_code(b"key", submission)
    khmer = code.translate({ord("0") + digit: 0x17E0 + digit for digit in range(10)})

    assert format_follow_code(code).split() == [code[:4], code[4:8], code[8:12], code[12:]]
    assert parse_follow_code(f" {format_follow_code(code)} ") == code
    assert parse_follow_code(format_follow_code(code).replace(" ", "-")) == code
    assert parse_follow_code(khmer) == code


@given(submissions, st.integers(0, 15), st.integers(1, 9))
def test_any_single_wrong_digit_is_caught(submission: str, place: int, by: int) -> None:
    code = derive_follow_code(b"key", submission)
    wrong = str((int(code[place]) + by) % 10)

    with pytest.raises(BadFollowCode) as refusal:
        parse_follow_code(code[:place] + wrong + code[place + 1 :])
    assert refusal.value.why == "check_digit"


@given(submissions, st.integers(0, 14))
def test_any_two_neighbours_changed_about_are_caught(submission: str, place: int) -> None:
    code = derive_follow_code(b"key", submission)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        with pytest.raises(BadFollowCode):
            parse_follow_code(swapped)


def test_the_check_digit_is_that_of_damm_s_thesis() -> None:
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "length"),
        ("1234 5678 9012 345", "length"),
        ("1234 5678 9012 34567", "length"),
        ("1234 5678 9012 345O", "letters"),
        ("7KQ2-M9XD", "letters"),
        ("1234 5678 9012 345²²", "length"),
        ("①②③④", "length"),
        ("1" * 1_000_000, "length"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(BadFollowCode) as refusal:
        parse_follow_code(typed)
    assert refusal.value.why == why
