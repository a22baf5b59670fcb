"""By when a request is decided, and the number that an asker keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core import erasure
from hopthu.core.codes import ALPHABET
from hopthu.core.erasure import BadReference
from tests.core.test_deadlines import at, calendar


def test_two_working_days_and_the_day_of_asking_does_not_count() -> None:
    friday = at("2026-11-20 16:00")

    assert erasure.decide_by(calendar(), friday).date().isoformat() == "2026-11-24"


@given(st.binary(min_size=10, max_size=10))
def test_a_reference_is_read_back_however_it_is_written(random: bytes) -> None:
    reference = erasure.new_reference(lambda count: random[:count])
    shown = erasure.format_reference(reference)

    assert set(reference) <= set(ALPHABET)
    assert len(reference) == 16
    assert erasure.parse_reference(shown) == reference
    assert erasure.parse_reference(shown.lower().replace("-", " ")) == reference
    assert reference not in erasure.fingerprint(reference)


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_each_reference_has_a_fingerprint_of_its_own(one: bytes, other: bytes) -> None:
    first, second = erasure.new_reference(lambda _: one), erasure.new_reference(lambda _: other)

    assert (erasure.fingerprint(first) == erasure.fingerprint(second)) is (one == other)
    assert len(erasure.fingerprint(first)) == 43


@pytest.mark.parametrize("typed", ["", "7KQ2-M9XD", "x" * 400, "0123-4567-89AB-CDE!", "💣" * 16])
def test_what_is_no_reference_is_told_so(typed: str) -> None:
    with pytest.raises(BadReference):
        erasure.parse_reference(typed)
