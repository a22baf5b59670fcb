"""How much there was lately, and how long to wait after failures."""

from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.pacing import MOST_OVER, Levels, Waits

ONE, OTHER = b"one", b"other"


def test_a_level_rises_with_every_event_and_falls_with_time() -> None:
    levels = Levels(free=2, each=10)
    for _ in range(3):
        levels.raise_(ONE, now=100)

    assert levels.height(ONE, now=100) == 3
    assert levels.over(ONE, now=100) == 1
    assert levels.wait(ONE, now=100) == 20
    assert levels.over(ONE, now=110) == 0
    assert levels.wait(ONE, now=120) == 0
    assert levels.height(ONE, now=1000) == 0
    assert levels.height(OTHER, now=100) == 0


def test_a_flood_is_over_soon_after_it() -> None:
    levels = Levels(free=10, each=1)
    for _ in range(100_000):
        levels.raise_(ONE, now=0)

    assert levels.height(ONE, now=0) == 10 * MOST_OVER


def test_many_keys_cost_no_more_memory_than_allowed() -> None:
    levels, waits = Levels(free=1, each=1, most=100), Waits(free=0, longest=60, most=100)
    for number in range(1000):
        levels.raise_(str(number).encode(), now=0)
        waits.failed(str(number).encode(), now=0)

    assert (len(levels), len(waits)) == (100, 100)
    assert levels.height(b"999", now=0) == 1
    assert waits.left(b"0", now=0) == 0


def test_a_wait_doubles_up_to_the_longest() -> None:
    waits, now, left = Waits(free=2, longest=10), 0.0, []
    for _ in range(8):
        waits.failed(ONE, now=now)
        left.append(waits.left(ONE, now=now))
        now += left[-1]

    assert left == [0, 0, 2, 4, 8, 10, 10, 10]
    assert waits.left(OTHER, now=now) == 0


def test_a_success_ends_it_and_quiet_forgives_it() -> None:
    waits = Waits(free=1, longest=60, forgiven=100)
    for _ in range(4):
        waits.failed(ONE, now=0)
        waits.failed(OTHER, now=0)

    waits.succeeded(ONE)
    waits.failed(ONE, now=0)
    waits.failed(OTHER, now=200)

    assert waits.left(ONE, now=0) == 0
    assert waits.left(OTHER, now=200) == 0


def test_one_failure_that_was_none_is_taken_back_alone() -> None:
    waits = Waits(free=1, longest=60)
    for _ in range(3):
        waits.failed(ONE, now=0)

    waits.take_back(ONE, now=0)
    waits.failed(ONE, now=0)

    assert waits.left(ONE, now=0) == 4


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 5)), max_size=50))
def test_a_level_is_never_below_nothing_nor_above_its_roof(
    events: list[tuple[float, int]],
) -> None:
    levels, now = Levels(free=3, each=2), 0.0
    for passed, by in events:
        now += passed
        levels.raise_(ONE, now=now, by=by)
        assert 0 <= levels.height(ONE, now=now) <= 3 * MOST_OVER
