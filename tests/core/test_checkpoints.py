"""Checkpoints: a tree head as three lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales import tlog

from hopthu.core.checkpoints import (
    MAX_SIZE,
    BadCheckpoint,
    Checkpoint,
    decode_hash,
    encode_hash,
    parse_checkpoint,
    parse_size,
)

# The example of https://c2sp.org/tlog-checkpoint.
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ORIGIN, SIZE, ROOT, _ = SOFA.split("\n")

heads = st.builds(
    Checkpoint,
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1),
    st.integers(0, MAX_SIZE),
    st.binary(min_size=32, max_size=32),
)


def test_the_example() -> None:
    head = parse_checkpoint(SOFA)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert str(head) == SOFA


@given(heads)
def test_a_checkpoint_is_read_as_it_was_written(head: Checkpoint) -> None:
    assert parse_checkpoint(str(head)) == head
    assert str(head) == tlog.Checkpoint(head.origin, head.size, head.root, []).serialize_body()


def test_further_lines_are_passed_over() -> None:
    assert parse_checkpoint(SOFA + "more\n") == parse_checkpoint(SOFA)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"{ORIGIN}\n",
        f"{ORIGIN}\n{SIZE}\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT}",
        f"\n{SIZE}\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n{SIZE}\n\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT}\n\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT}\n\nmore\n",
        f"{ORIGIN}\n0{SIZE}\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n",
        f"{ORIGIN}\n1e3\n{ROOT}\n",
        f"{ORIGIN}\n1_000\n{ROOT}\n",
        f"{ORIGIN}\n ١\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT} \n",
        f"{ORIGIN}\n{SIZE}\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT.replace('I=', 'J=')}\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT[4:]}\n",
        f"{ORIGIN}\n{SIZE}\n{ROOT.replace('/', '_')}\n",
    ],
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, bytes(31))],
)
def test_what_cannot_be_written_as_one(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(BadCheckpoint):
        Checkpoint(origin, size, root)


def test_a_size_ends_where_63_bits_end() -> None:
    assert parse_size(str(MAX_SIZE)) == MAX_SIZE
    assert parse_size("0") == 0
    with pytest.raises(ValueError, match="not a size"):
        parse_size(str(MAX_SIZE + 1))


@given(st.binary(min_size=32, max_size=32))
def test_a_hash_has_one_spelling(digest: bytes) -> None:
    assert decode_hash(encode_hash(digest)) == digest
