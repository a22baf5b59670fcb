"""Mobile numbers as people type them, and what is none."""

import pytest

from hopthu.core.phone_numbers import BadPhone, parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        " 0912 345 678 ",
        "0912.345.678",
        "(0912) 345-678",
        "+84 912 345 678",
        "+84 (0)912 345 678",
        "0084912345678",
        "84912345678",
        "912345678",
        "០៩១២ ៣៤៥ ៦៧៨",
        "０９１２３４５６７８",
    ],
)
def test_however_it_is_typed_it_is_kept_in_one_form(typed: str) -> None:
    assert parse_phone(typed, country="84") == "+84912345678"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "113",
        "1900 1234",
        "024 3825 1234",
        "0112345678",
        "091234567",
        "09123456789",
        "+1 912 345 6789",
        "00855 12 345 678",
        "++84912345678",
        "0912345678\r\nBcc: 1",
        "0912345678;0912345679",
        "an",
        "0912345678" + " " * 80,
        "²912345678",
    ],
)
def test_what_is_no_mobile_number_of_the_country_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(BadPhone) as refused:
        parse_phone(typed, country="84")
    assert not typed or typed not in str(refused.value)


def test_another_country_has_numbers_of_its_own() -> None:
    assert parse_phone("012 345 678", country="855") == "+85512345678"
    with pytest.raises(BadPhone):
        parse_phone("+84912345678", country="855")
