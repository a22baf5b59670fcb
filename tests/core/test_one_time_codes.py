"""Codes of an authenticator app, against RFC 6238 and against clocks that are off."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.one_time_codes import STEP, app_address, code_of, step_at, step_of, typed_code

SECRET = b"12345678901234567890"
"""Of the vectors of RFC 6238, Appendix B."""
NOW = datetime(2026, 11, 16, 2, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """Its vectors have eight digits; six of them are the last six."""
    assert code_of(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code[-6:]


@pytest.mark.parametrize(
    ("off", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_off(off: int, fits: bool) -> None:
    theirs = step_at(NOW) + off

    step = step_of(SECRET, code_of(SECRET, theirs), at=NOW, after=0)

    assert step == (theirs if fits else None)


def test_a_code_is_taken_once_and_none_before_it() -> None:
    now = step_at(NOW)
    codes = {step: code_of(SECRET, step) for step in (now - 1, now, now + 1)}

    taken = {step: step_of(SECRET, code, at=NOW, after=now) for step, code in codes.items()}

    assert taken == {now - 1: None, now: None, now + 1: now + 1}


def test_a_code_fits_for_its_half_minute_and_those_beside_it() -> None:
    code = code_of(SECRET, step_at(NOW))
    fits = [
        step_of(SECRET, code, at=NOW + timedelta(seconds=seconds), after=0) is not None
        for seconds in (-STEP, 0, STEP, 2 * STEP)
    ]

    assert fits == [True, True, True, False]


@given(st.text(max_size=12))
def test_whatever_else_is_typed_does_not_fit(text: str) -> None:
    now = step_at(NOW)
    right = {code_of(SECRET, step) for step in (now - 1, now, now + 1)}
    typed = typed_code(text)

    assert (step_of(SECRET, typed, at=NOW, after=0) is not None) is (typed in right)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("123 456", "123456"),
        (" 123-456\n", "123456"),
        ("１２３４５６", "123456"),
        ("១២៣៤៥៦", "123456"),
        ("ABCD-efgh 2345", "abcdefgh2345"),
        ("", ""),
    ],
)
def test_spaces_hyphens_and_scripts_do_not_matter(text: str, typed: str) -> None:
    assert typed_code(text) == typed


def test_what_the_app_scans_is_plain_and_names_city_and_person() -> None:
    address = app_address(SECRET, who="an", where="Thành phố Sông Mây")

    assert address.isascii()
    assert address.startswith("otpauth://totp/Th%C3%A0nh%20ph%E1%BB%91%20S%C3%B4ng%20M%C3%A2y:an?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
