"""Passwords that somebody chooses."""

import pytest

from hopthu.people.passwords import WeakPassword, check, new_password

OWN = ("ngocanh", "Lê Thị Ngọc Anh", "Sông Mây")


@pytest.mark.parametrize(
    "password",
    [
        "four ducks swim",
        "bốn con vịt bơi",
        "ទាបួនក្បាលហែលទឹក",
        "x" * 300 + "abcd",
        "ngocanh watched four ducks",
    ],
)
def test_long_ones_of_any_letters_will_do(password: str) -> None:
    check(password, own=OWN)


def test_one_that_is_made_here_will_do() -> None:
    check(new_password(), own=OWN)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "short"),
        ("Ab3$efgh!jk", "short"),
        ("111111111111", "common"),
        ("abababababab", "common"),
        ("CookieMonster", "common"),
        ("ngocanh12345", "own"),
        ("NGỌC-anh-2026", "own"),
        ("song may 2026!", "own"),
    ],
)
def test_what_is_guessed_soon_is_refused_and_not_quoted(password: str, why: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        check(password, own=OWN)

    assert refused.value.why == why
    assert not password or password not in str(refused.value)
