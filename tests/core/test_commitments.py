"""Commitments: HMAC-SHA-256 over what and which, under a salt."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.commitments import Opening, commit, commitments

SALT = bytes(range(32))
salts = st.binary(min_size=32, max_size=32)
slots = st.sampled_from(["text", "place", "answers", "words.3", "time.3", "photo.12"])


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """RFC 2104 section 2, word by word, for keys that are shorter than a block."""
    padded = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(one ^ 0x36 for one in padded) + message).digest()
    return hashlib.sha256(bytes(one ^ 0x5C for one in padded) + inner).digest()


def test_it_is_the_hmac_of_domain_slot_and_value() -> None:
    message = b'hopthu commitment v1\ntext\n"\xc4\x90\xc3\xa8n t\xe1\xba\xaft"'
    assert commit("text", Opening("Đèn tắt", SALT)) == hmac_sha256(SALT, message)


def test_a_known_answer() -> None:
    """Worked out with `openssl dgst -sha256 -mac HMAC`."""
    opening = Opening({"lat": "10.7769", "lon": "106.7009"}, SALT)
    assert commit("place", opening).hex() == (
        "dc2031c7213ae8eb799fb0f002391087ed7433c526ec14501741d1d6ad5d1525"
    )


@given(slots, slots, st.text(), st.text(), salts, salts)
def test_it_fixes_slot_and_value_and_salt(
    slot: str, other_slot: str, value: str, other_value: str, salt: bytes, other_salt: bytes
) -> None:
    try:
        same = commit(slot, Opening(value, salt)) == commit(
            other_slot, Opening(other_value, other_salt)
        )
    except UnicodeEncodeError:
        return
    assert same is ((slot, value, salt) == (other_slot, other_value, other_salt))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_salt_has_32_bytes(length: int) -> None:
    """HMAC would take a shorter salt for one with zeroes at its end."""
    with pytest.raises(ValueError, match="a salt has 32 bytes"):
        Opening("", bytes(length))


def test_as_they_stand_in_an_entry() -> None:
    opening = Opening("a", SALT)
    assert commitments({"text": opening}) == {
        "text": base64.b64encode(commit("text", opening)).decode()
    }
