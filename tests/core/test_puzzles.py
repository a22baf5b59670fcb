"""Proof of work: made, read again, solved, and what is none of ours."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.puzzles import BadPuzzle, Puzzle, make, read

KEY = b"k" * 32
NOW = 1_800_000_000


def puzzle(subject: str = "form", *, number: int = 321, most: int = 1000) -> Puzzle:
    return make(
        KEY, subject, salt=b"s" * 12, number=number, most=most, ready=NOW + 15, expires=NOW + 100
    )


def changed(**parts: Any) -> str:
    return json.dumps(json.loads(puzzle().written()) | parts)


def test_the_number_is_found_by_trying_and_is_the_only_one() -> None:
    one = puzzle()

    assert [number for number in range(1001) if one.solved_by(str(number))] == [321]


def test_it_comes_back_as_it_was_given() -> None:
    back = read(KEY, puzzle().written(), subject="form", now=NOW)

    assert back == puzzle()
    assert back.ready == NOW + 15


def test_a_solution_for_one_form_is_none_for_another() -> None:
    with pytest.raises(BadPuzzle, match="another form"):
        read(KEY, puzzle("form").written(), subject="another", now=NOW)


def test_a_puzzle_is_good_for_a_time() -> None:
    assert read(KEY, puzzle().written(), subject="form", now=NOW + 100)
    with pytest.raises(BadPuzzle, match="expired"):
        read(KEY, puzzle().written(), subject="form", now=NOW + 101)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        "null",
        "[" * 500,
        "x" * 10_000,
        changed(most=1),
        changed(most="1000"),
        changed(most=True),
        changed(signature="0" * 64),
        changed(signature=None),
        changed(challenge="é" * 64),
        changed(salt=puzzle().salt.replace(f"ready={NOW + 15}", "ready=0")),
        changed(salt=puzzle().salt.replace(f"expires={NOW + 100}", "expires=999999999999")),
        changed(salt=puzzle().salt + "3"),
        changed(more=1),
    ],
)
def test_what_we_did_not_make_is_refused(text: str) -> None:
    with pytest.raises(BadPuzzle):
        read(KEY, text, subject="form", now=NOW)


def test_another_key_made_another_puzzle() -> None:
    with pytest.raises(BadPuzzle, match="signature"):
        read(b"other", puzzle().written(), subject="form", now=NOW)


@pytest.mark.parametrize("number", ["", "-1", "+321", " 321", "321.0", "٣٢١", "9" * 5000, "x"])
def test_a_number_is_written_plainly(number: str) -> None:
    assert not puzzle().solved_by(number)


def test_digits_of_the_number_cannot_move_into_the_salt() -> None:
    """What altcha mended in 2025: a salt without an end could be cut anew for another expiry."""
    salt = puzzle().salt

    assert salt.endswith("&")
    assert not puzzle(number=1321, most=5000).solved_by("321")


@given(st.text(max_size=700))
def test_nothing_that_comes_in_breaks_it(text: str) -> None:
    with pytest.raises(BadPuzzle):
        read(KEY, text, subject="form", now=NOW)
