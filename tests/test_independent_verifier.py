"""What a verifier that knows only the specifications makes of our logs."""

import ast
from pathlib import Path

import pytest

from tests import independent_verifier, logs
from tests.independent_verifier import Refused, read_log, read_proof

VKEYS = [str(logs.KEY.verifier)]
WITNESSES = [str(one.verifier) for one in logs.WITNESSES]
TIMES = {one.verifier.name: logs.WITNESSED_AT for one in logs.WITNESSES}


@pytest.fixture
def log(tmp_path: Path) -> logs.Log:
    return logs.Log(tmp_path, witnesses=logs.WITNESSES)


def fill(log: logs.Log, size: int) -> None:
    log.add(*(f'{{"entry":{number}}}'.encode() for number in range(size)))
    log.publish()


def files(log: logs.Log) -> list[Path]:
    return sorted(file for file in log.folder.rglob("*") if file.is_file())


def read(log: logs.Log) -> independent_verifier.VerifiedLog:
    return read_log(lambda path: (log.folder / path).read_bytes(), VKEYS, WITNESSES)


def test_it_knows_nothing_of_this_program() -> None:
    tree = ast.parse(Path(independent_verifier.__file__).read_text())
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {
        "base64",
        "collections",
        "cryptography",
        "dataclasses",
        "hashlib",
        "struct",
    }


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 70_001])
def test_it_accepts_checkpoint_tiles_bundles_cosignatures_and_receipts(
    log: logs.Log, size: int
) -> None:
    fill(log, size)
    found = read(log)
    assert (found.head.origin, found.head.size) == (logs.ORIGIN, size)
    assert (found.head.signers, found.head.witnesses) == ((logs.ORIGIN,), TIMES)
    assert found.entries == log.entries
    for index in {0, size // 2, size - 1}:
        assert read_proof(str(log.receipt(index)), VKEYS, WITNESSES) == log.entries[index]


def test_it_reads_every_file_and_refuses_a_changed_bit_in_any(log: logs.Log) -> None:
    fill(log, 300)
    for file in files(log):
        if file.name in {"vkey", "promise-vkey"}:
            continue
        logs.spoil(file, at=9)
        with pytest.raises(Refused):
            read(log)
        logs.spoil(file, at=9)
    read(log)


def test_it_refuses_a_receipt_of_another_entry(log: logs.Log) -> None:
    fill(log, 5)
    one, other = str(log.receipt(1)), str(log.receipt(2))
    with pytest.raises(Refused):
        read_proof("\n".join(other.split("\n")[:2] + one.split("\n")[2:]), VKEYS)
