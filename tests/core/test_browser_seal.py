"""Sealed for one page, once: `desk/static/desk/call.js` opens the same in a journey."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hopthu.core import browser_seal
from hopthu.core.browser_seal import BadPageKey


def raw(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


KEY, OTHER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))


def test_the_page_opens_it_and_nobody_else() -> None:
    sealed = browser_seal.seal("0912345678", page_key=raw(KEY), context="a")

    assert browser_seal.unseal(sealed, key=KEY, context="a") == "0912345678"
    for key, context in ((OTHER, "a"), (KEY, "b")):
        with pytest.raises(InvalidTag):
            browser_seal.unseal(sealed, key=key, context=context)


def test_every_byte_counts() -> None:
    sealed = browser_seal.seal("0912345678", page_key=raw(KEY), context="a")
    for place in (1, 65, 77, len(sealed) - 1):
        spoilt = bytearray(sealed)
        spoilt[place] ^= 1
        with pytest.raises((InvalidTag, BadPageKey)):
            browser_seal.unseal(bytes(spoilt), key=KEY, context="a")


def test_its_length_tells_nothing_and_it_is_never_the_same() -> None:
    sealed = [
        browser_seal.seal(number, page_key=raw(KEY), context="a")
        for number in ("0912345678", "0912345678", "+84912345678")
    ]

    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 3


@pytest.mark.parametrize(
    "key",
    [b"", b"x" * 65, b"\x04" + bytes(64), b"\x00" * 65, raw(KEY)[:33]],
    ids=["empty", "letters", "beyond", "zeroes", "short"],  # workers must know the same tests
)
def test_what_is_no_point_of_the_curve_is_refused(key: bytes) -> None:
    with pytest.raises(BadPageKey):
        browser_seal.check(key)
    with pytest.raises(BadPageKey):
        browser_seal.seal("x", page_key=key, context="a")
