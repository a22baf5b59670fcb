"""Contact details, sealed to two keys, and opened by either of them alone."""

import json

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.sealing import (
    LENGTH,
    BadIdentity,
    BadRecipient,
    ForAnother,
    Reachable,
    Unreadable,
    new_identity,
    open_sealed,
    read_identities,
    read_recipients,
    seal,
)
from tests import independent_age

WORK, RECOVERY, STRANGER = new_identity(), new_identity(), new_identity()
TO = [WORK.to_public(), RECOVERY.to_public()]
AN = Reachable("an@example.vn", "vi")


@pytest.mark.parametrize("key", [WORK, RECOVERY])
def test_either_key_opens_it(key: object) -> None:
    blob = seal(AN, number="7KQ2M9XD", recipients=TO)
    assert open_sealed(blob, number="7KQ2M9XD", identities=[key]) == AN  # type: ignore[list-item]


def test_no_other_key_opens_it() -> None:
    blob = seal(AN, number="7KQ2M9XD", recipients=TO)
    with pytest.raises(Unreadable):
        open_sealed(blob, number="7KQ2M9XD", identities=[STRANGER])


def test_a_blob_that_was_moved_to_another_report_is_noticed() -> None:
    blob = seal(AN, number="7KQ2M9XD", recipients=TO)
    with pytest.raises(ForAnother):
        open_sealed(blob, number="8KQ2M9XD", identities=[WORK])


@given(st.integers(0, 700), st.integers(1, 255))
def test_a_blob_with_a_changed_byte_is_noticed(place: int, change: int) -> None:
    blob = bytearray(seal(AN, number="7KQ2M9XD", recipients=TO))
    blob[place % len(blob)] ^= change
    with pytest.raises(Unreadable):
        open_sealed(bytes(blob), number="7KQ2M9XD", identities=[WORK])


def test_its_size_tells_nothing_of_the_address() -> None:
    longest = Reachable(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}.vn", "km")
    blobs = [seal(who, number="7KQ2M9XD", recipients=TO) for who in (AN, longest)]
    # age itself adds some bytes at random.
    assert {len(pyrage.decrypt(blob, [WORK])) for blob in blobs} == {LENGTH}
    assert not any(b"example" in blob for blob in blobs)


def test_nobody_reads_it_in_an_error_or_a_log() -> None:
    assert "example" not in f"{AN!r} {AN}"


def test_the_files_of_keys_may_have_comments_and_several_lines() -> None:
    text = f"# work\n\n{WORK}\n  {RECOVERY}  \n"
    assert [str(key) for key in read_identities(text)] == [str(WORK), str(RECOVERY)]
    assert len(read_recipients(f"# a\n{TO[0]}\n{TO[1]}\n")) == 2


@pytest.mark.parametrize("text", ["", "# only words\n", "AGE-SECRET-KEY-1QQQ", "age1"])
def test_a_file_without_a_key_is_refused(text: str) -> None:
    with pytest.raises(BadIdentity):
        read_identities(text)
    with pytest.raises(BadRecipient):
        read_recipients(text)


def test_another_reader_of_the_standard_opens_it_with_the_recovery_key() -> None:
    blob = seal(AN, number="7KQ2M9XD", recipients=TO)
    told = json.loads(independent_age.decrypt(blob, str(RECOVERY)))
    assert told == {
        "report": "7KQ2M9XD",
        "email": "an@example.vn",
        "phone": "",
        "language": "vi",
    }
    with pytest.raises(independent_age.NoStanza):
        independent_age.decrypt(blob, str(STRANGER))
