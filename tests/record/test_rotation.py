"""The log changes its key and goes on; whoever knows one key finds the next one in the log."""

import json
from pathlib import Path

import pytest
from django.db import transaction

from hopthu.core.signed_notes import VerifierKey, verified
from hopthu.core.tlog_proofs import Receipt
from hopthu.record import durable, folder, keys, sequencer
from hopthu.record.actions import append
from hopthu.record.receipts import receipt
from hopthu.record.rotation import (
    ChangeUnderWay,
    NothingToRetire,
    NotPublishedYet,
    retire,
    rotate,
)
from tests.makers import MONDAY
from tests.record import reading

pytestmark = pytest.mark.django_db


def publish() -> None:
    """A round with something in it."""
    with transaction.atomic():
        append(b"something")
    sequencer.run(MONDAY)


def signers() -> tuple[VerifierKey, ...]:
    note = folder.published()
    assert note
    return verified(note, [*folder.verifiers(), *folder.retired()])


def changes(record: Path) -> list[dict[str, str]]:
    told = [json.loads(entry) for entry in reading.entries(record) if b"key.changed" in entry]
    return [
        {name: one[name] for name in one if "vkey" in name or name == "retired"} for one in told
    ]


def a_receipt() -> Receipt:
    with transaction.atomic():
        append(b"received", report="7KQ2M9XD", seq=1)
    sequencer.run(MONDAY)
    found = receipt("7KQ2M9XD", 1)
    assert found
    return found


def test_both_keys_sign_until_the_old_one_is_retired(record: Path) -> None:
    publish()
    (old,) = signers()

    new = rotate(at=MONDAY)
    publish()

    assert signers() == (new, old)
    assert folder.verifiers() == [new, old]
    assert retire(at=MONDAY) == old
    publish()
    assert signers() == (new,)
    assert folder.verifiers() == [new]
    assert changes(record) == [
        {"vkey": str(new), "old_vkey": str(old)},
        {"vkey": str(new), "retired": str(old)},
    ]


def test_the_keys_are_closed_to_others(record: Path) -> None:
    rotate(at=MONDAY)

    work = record.parent / "keys" / "work"
    assert {path.name: oct(path.stat().st_mode)[-3:] for path in work.glob("log_key*")} == {
        "log_key": "600",
        "log_key.old": "600",
    }


def test_a_receipt_from_before_goes_by_the_retired_key(record: Path) -> None:
    early = a_receipt()
    rotate(at=MONDAY)
    publish()
    retire(at=MONDAY)

    (old,) = folder.retired()
    assert verified(early.note, [*folder.verifiers(), old]) == (old,)


def test_one_change_at_a_time(record: Path) -> None:
    new = rotate(at=MONDAY)

    with pytest.raises(ChangeUnderWay):
        rotate(at=MONDAY)

    assert folder.verifiers()[0] == new


def test_a_key_that_nobody_could_know_is_not_left_alone(record: Path) -> None:
    with pytest.raises(NothingToRetire):
        retire(at=MONDAY)
    publish()
    rotate(at=MONDAY)

    with pytest.raises(NotPublishedYet):
        retire(at=MONDAY)

    publish()
    assert retire(at=MONDAY)


def test_retired_keys_stay_listed_the_newest_first(record: Path) -> None:
    gone: list[VerifierKey] = []
    for _ in range(3):
        rotate(at=MONDAY)
        publish()
        gone.insert(0, retire(at=MONDAY))

    assert folder.retired() == gone
    assert len(set(gone)) == 3


def test_cut_short_before_the_new_key_it_is_begun_again(record: Path) -> None:
    publish()
    (before,) = keys.log_keys()
    seed = (record.parent / "keys/work/log_key").read_bytes()
    durable.create(record.parent / "keys/work/log_key.old", seed, mode=0o600)
    publish()
    with pytest.raises(NothingToRetire):
        retire(at=MONDAY)

    new = rotate(at=MONDAY)
    publish()

    assert signers() == (new, before.verifier)
    assert len(changes(record)) == 1


def test_cut_short_before_the_entry_it_is_finished(record: Path) -> None:
    publish()
    (before,) = keys.log_keys()
    keys.change()
    changed = keys.log_keys()[0].verifier
    publish()

    assert rotate(at=MONDAY) == changed
    publish()

    assert changes(record) == [{"vkey": str(changed), "old_vkey": str(before.verifier)}]
    assert folder.verifiers() == [changed, before.verifier]


@pytest.mark.parametrize("retired", [False, True])
def test_an_old_copy_of_the_keys_signs_nothing_and_takes_no_newer_key_away(
    record: Path, retired: bool
) -> None:
    publish()
    work = record.parent / "keys" / "work"
    old = (work / "log_key").read_bytes()
    rotate(at=MONDAY)
    publish()
    if retired:
        retire(at=MONDAY)
        publish()
    told = folder.verifiers()

    (work / "log_key.old").unlink(missing_ok=True)
    (work / "log_key").write_bytes(old)

    with pytest.raises(keys.LogKeyLost, match="Put the newest one back"):
        keys.open_log(origin="city.example/record", at=MONDAY)
    assert folder.verifiers() == told
    if retired:
        with pytest.raises(keys.NoLogKey, match="an old copy"):
            publish()


def test_an_old_copy_of_the_files_is_put_right(record: Path) -> None:
    publish()
    before = (record / "vkey").read_bytes()
    rotate(at=MONDAY)
    publish()
    retire(at=MONDAY)
    publish()
    told = folder.verifiers()

    (record / "vkey").write_bytes(before)

    with pytest.raises(keys.NoLogKey):
        publish()
    keys.open_log(origin="city.example/record", at=MONDAY)
    publish()
    assert folder.verifiers() == told
    assert signers()[0] in told
