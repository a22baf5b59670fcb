"""Addresses as people type them, and as somebody types who wants more than one letter out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.mail_addresses import MAX_ADDRESS, BadAddress, parse_address

LONGEST_DOMAIN = ".".join(["d" * 63, "d" * 63, "d" * 59, "vn"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("an@example.vn", "an@example.vn"),
        ("  an@example.vn\t", "an@example.vn"),
        ("An.Nguyen+hopthu@Example.VN", "An.Nguyen+hopthu@example.vn"),
        ("an@bưuđiện.vn", "an@xn--buin-1ua66gr30m.vn"),
        ("an@ＥＸＡＭＰＬＥ.vn", "an@example.vn"),
        ("an@xn--buin-1ua66gr30m.vn", "an@xn--buin-1ua66gr30m.vn"),
        (f"{'a' * 64}@example.vn", f"{'a' * 64}@example.vn"),
    ],
)
def test_what_can_be_written_to_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert parse_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "no_at"),
        ("an", "no_at"),
        ("@example.vn", "local"),
        ("an@", "domain"),
        ("an@localhost", "domain"),
        ("an@[127.0.0.1]", "domain"),
        ("an@127.0.0.1", "domain"),
        ("an@example..vn", "domain"),
        ("an@-example.vn", "domain"),
        ("an@example.vn.", "domain"),
        ("an@example.vn>", "domain"),
        ("an@ex ample.vn", "domain"),
        ("an@example.vn\r\nBcc: all@example.vn", "local"),
        ("an\r\nRCPT TO:<all@example.vn>@example.vn", "local"),
        ("an@example.vn\n", "domain"),
        ("an@example.vn\x00", "domain"),
        ("an@example.vn\u2028", "domain"),
        ("an\u202e@example.vn", "local"),
        ("ân@example.vn", "local"),
        ("a@b@example.vn", "local"),
        ('"an nguyen"@example.vn', "local"),
        (".an@example.vn", "local"),
        ("=?utf-8?q?an=0d=0abcc=3aall?=@example.vn", "local"),
        ("an..nguyen@example.vn", "local"),
        ("an@example.vn, all@example.vn", "local"),
        ("An <an@example.vn>", "local"),
        (f"{'a' * 65}@example.vn", "local"),
        (f"{'a' * 308}@example.vn", "too_long"),
        (f"{'a' * 64}@{LONGEST_DOMAIN}", "too_long"),
        (f"an@{'é' * 60}.{'é' * 60}.{'é' * 60}.vn", "domain"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_that_does_not_quote_it(
    typed: str, why: str
) -> None:
    with pytest.raises(BadAddress) as refused:
        parse_address(typed)
    assert (refused.value.why, str(refused.value)) == (why, why)
    assert refused.value.__cause__ is None


@given(st.text(max_size=330) | st.emails())
def test_whatever_is_typed_comes_out_as_one_plain_address_or_not_at_all(typed: str) -> None:
    try:
        address = parse_address(typed)
    except BadAddress:
        return
    assert address.isascii()
    assert address.isprintable()
    assert len(address) <= MAX_ADDRESS
    assert address.count("@") == 1
    assert not set(address) & set(' <>",;:\\()[]\r\n')
    assert parse_address(address) == address
