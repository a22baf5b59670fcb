"""No bit of a log can be turned, and no file be cut or lost, without `hopthu verify` saying so."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.checking.town import Town, check


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    town = Town(tmp_path_factory.mktemp("town"))
    town.settle()
    town.fill(520)
    town.publish()
    return town.log.folder


def files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.name != "promise-vkey")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_bit_can_be_turned(folder: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(files(folder)))
    right = file.read_bytes()
    spoiled = bytearray(right)
    at = data.draw(st.integers(0, len(right) - 1))
    spoiled[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        file.write_bytes(spoiled)
        status, said = check(folder)
    finally:
        file.write_bytes(right)
    assert status == (2 if file.name == "vkey" else 1), said


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_file_can_be_cut_or_grow(folder: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from([one for one in files(folder) if one.name != "vkey"]))
    right = file.read_bytes()
    # The newline at its very end may be missing from a list of lines.
    length = data.draw(st.integers(0, len(right) - 2))
    spoiled = data.draw(st.sampled_from([right[:length], right + b"x", right + right]))
    try:
        file.write_bytes(spoiled)
        status, said = check(folder)
    finally:
        file.write_bytes(right)
    assert status == 1, said


def test_no_file_can_be_lost(folder: Path) -> None:
    for file in files(folder):
        right = file.read_bytes()
        file.unlink()
        status, said = check(folder)
        file.write_bytes(right)
        expected = {"checkpoint": 2, "vkey": 2, "values.ndjson": 0}.get(file.name, 1)
        assert status == expected, (file, said)
    assert check(folder)[0] == 0
