"""One spelling for each value, as RFC 8785 and the library of that name have it."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.canonical import Json, NotCanonical, canonical, parse_canonical

LARGEST = 2**53 - 1
names = st.text(st.characters(max_codepoint=127), max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_the_library_rfc8785_agrees(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(values)
def test_a_value_is_read_as_it_was_written(value: Json) -> None:
    assert parse_canonical(canonical(value)) == value


@given(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]))
def test_every_letter_is_spelled_as_the_library_spells_it(letter: str) -> None:
    assert canonical(letter) == rfc8785.dumps(letter)


def test_the_example_of_rfc_8785_without_its_fractions() -> None:
    """Section 3.2.3 spells `string` and `literals` of the example in section 3.2.2 so."""
    given_ = r'{"string":"\u20ac$\u000F\u000aA' + r"'\u0042\u0022\u005c\\\"\/" + '",'
    given_ += '"literals": [null, true, false]}'
    assert canonical(json.loads(given_)).decode() == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA' + "'" + r"B\"\\\\\"/" + '"}'
    )


@pytest.mark.parametrize(
    "value",
    [1.5, 1.0, float("nan"), 2**53, -(2**53), {"đ": 1}, {1: 2}, (1,), b"a", "\ud800", {"a": [{1}]}],
)
def test_what_has_no_place_in_the_record(value: Json) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"01",
        b"-0",
        b"1.0",
        b"1e2",
        b"NaN",
        b"9007199254740992",
        b"9" * 5000,
        b"{",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1,}',
        b"'a'",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000F"',
        b'"\\u00e9"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'\xef\xbb\xbf"a"',
        '"a"'.encode("utf-16"),
        b"[" * 60_000,
        b'{"\xc4\x91":1}',
    ],
)
def test_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(data)


@given(st.binary(max_size=60))
def test_nothing_that_is_read_ends_in_another_error(data: bytes) -> None:
    try:
        assert canonical(parse_canonical(data)) == data
    except NotCanonical:
        return
