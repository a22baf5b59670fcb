"""Telephone numbers, as people type them."""

import pytest

from hopthu.core.telephones import BadTelephone, parse_telephone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "0912345678"),
        (" 0912 345 678 ", "0912345678"),
        ("0912.345-678", "0912345678"),
        ("(+84) 912 345 678", "+84912345678"),
        ("\u00a00912\u00a0345\u00a0678", "0912345678"),
        ("០១២ ៣៤៥ ៦៧៨", "012345678"),
        ("０９１２３４５６７８", "0912345678"),
    ],
)
def test_it_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert parse_telephone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "letters"),
        ("gọi tôi", "letters"),
        ("0912345678 gặp Lan", "letters"),
        ("84+912345678", "letters"),
        ("0912345678;ext=1", "letters"),
        ("1900", "short"),
        ("+8412345", "short"),
        ("1" * 16, "long"),
        ("1" * 100_000, "long"),
    ],
)
def test_what_is_none_is_refused_without_being_repeated(typed: str, why: str) -> None:
    with pytest.raises(BadTelephone) as refused:
        parse_telephone(typed)

    assert str(refused.value) == refused.value.why == why
