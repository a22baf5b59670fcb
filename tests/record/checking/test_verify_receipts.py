"""`hopthu verify --receipt`: receipts, proofs and promises that somebody holds in hand."""

import json
from datetime import timedelta
from typing import Any

import pytest

from hopthu.core.encoding import encode64
from hopthu.core.merkle import leaf_hash
from hopthu.core.signed_notes import Note, SigningKey
from tests import logs
from tests.record.checking.town import LAMP, NOW, TREE, Town, check


def one_fault(town: Town, data: str | bytes) -> str:
    """What is said about a receipt that is wrong in one way, without its file's name."""
    path = town.keep(data)
    status, said = check(town.log.folder, receipts=[path])
    assert status == 1, said
    (fault,) = said
    assert fault.startswith(f"receipt {path}: ")
    return fault.removeprefix(f"receipt {path}: ")


def accepted(town: Town, data: str | bytes) -> str:
    """What is said about a receipt that is right."""
    path = town.keep(data)
    status, said = check(town.log.folder, receipts=[path])
    assert status == 0, said
    (line,) = [line for line in said if line.startswith("receipt")]
    return line.removeprefix(f"receipt {path}: ")


def test_a_receipt_says_what_it_proves(town: Town) -> None:
    assert accepted(town, str(town.log.receipt(1))) == (
        f"report {LAMP}, step 1, received, 2026-03-06T08:00:00Z"
    )
    assert accepted(town, str(town.log.receipt(0))) == "log.opened, 2026-03-06T08:00:00Z"


def test_an_old_receipt_holds_for_ever(town: Town) -> None:
    receipt = str(town.log.receipt(3))
    town.fill(700)
    town.step("erasure", LAMP, told={"erased": ["text"]})
    town.forget(LAMP, "text")
    town.publish()
    assert accepted(town, receipt).startswith(f"report {LAMP}, step 2, answer")


def test_a_receipt_outlives_a_log_that_was_rewritten(town: Town) -> None:
    receipt = str(town.log.receipt(1))
    town.log.entries[1] = town.log.entries[1].replace(b"ward-3", b"ward-4")
    town.publish()
    assert one_fault(town, receipt).startswith("the log was rewritten: its first 5 entries")


def test_a_receipt_of_another_log(town: Town) -> None:
    other = SigningKey("elsewhere.example/record", bytes(32))
    elsewhere = logs.Log(town.log.folder.parent / "elsewhere", keys=[other])
    elsewhere.add(*town.log.entries)
    fault = one_fault(town, str(elsewhere.receipt(1)))
    assert fault == "of another log, 'elsewhere.example/record', and not of 'city.example/record'"


def test_a_receipt_of_an_unknown_key(town: Town) -> None:
    forger = logs.Log(town.log.folder, keys=[SigningKey(logs.ORIGIN, b"f" * 32)])
    forger.add(*town.log.entries)
    assert one_fault(town, str(forger.receipt(1))) == "no signature of a known key"


def changed(town: Town, old: str, new: str) -> str:
    text = str(town.log.receipt(1))
    assert old in text
    return text.replace(old, new)


def test_receipts_that_were_touched(town: Town) -> None:
    entry = encode64(town.log.entries[1])
    other = encode64(town.log.entries[2])
    for data, says in {
        changed(town, entry, other): "the proof of entry 1 does not lead to the root of size 5",
        changed(town, "index 1", "index 2"): "the proof of entry 2 does not lead to the root",
        changed(town, "index 1", "index 9"): "entry 9 is not in a tree of 5",
        changed(town, "index 1", "index one"): "not a size: 'one'",
        changed(town, "\n5\n", "\n6\n"): "the signature of city.example/record is not of this text",
        changed(town, "— city", "- city"): "its checkpoint: not a signature line",
        changed(town, "\n", "\r\n"): "lines end in CRLF",
        changed(town, "@v1", "@v9"): "no receipt: the first line is not c2sp.org/tlog-proof@v1",
        str(town.log.receipt(1))[:300]: "",
        "": "there is nothing in it",
        "\n": "there is nothing in it",
        "\ufeff" + str(town.log.receipt(1)): "no receipt: the first line is not",
    }.items():
        assert one_fault(town, data).startswith(says)
    assert one_fault(town, b"\xff\xfe" + b"\0" * 50) == "not UTF-8: no text, but a photo, perhaps"
    assert one_fault(town, b"x" * (16 * 1024 * 1024 + 1)).startswith("is longer than")


def test_no_cut_receipt_will_do(town: Town) -> None:
    text = str(town.log.receipt(1))
    paths = [town.keep(text[:length], f"r{length}") for length in range(0, len(text), 7)]
    status, said = check(town.log.folder, receipts=paths)
    assert status == 1
    assert len(said) == 21
    assert said[-1] == f"… and {len(paths) - 20} more"


def test_a_receipt_that_is_not_there(town: Town) -> None:
    path = town.log.folder / "nowhere"
    status, (said,) = check(town.log.folder, receipts=[path])
    assert (status, said) == (2, f"CANNOT CHECK {path}: No such file or directory")


def test_a_proof_proves_the_words(town: Town) -> None:
    proof = town.proof(LAMP)
    assert accepted(town, json.dumps(proof)) == f"report {LAMP}, 2 entries, 5 values"


def test_a_proof_still_proves_the_words_after_the_city_hid_the_report(town: Town) -> None:
    proof = json.dumps(town.proof(LAMP))
    town.step("hide", LAMP, told={"reason": "personal_data"})
    town.reports[LAMP].openings.clear()
    town.publish()
    assert accepted(town, proof) == f"report {LAMP}, 2 entries, 5 values"


def test_proofs_that_were_touched(town: Town) -> None:
    right = town.proof(LAMP)
    value = right["values"]["text"]
    foreign = town.proof(TREE)["entries"]
    changes: list[tuple[dict[str, Any], str]] = [
        ({"format": "hopthu proof v2"}, "its format is not 'hopthu proof v1'"),
        ({"origin": "elsewhere.example"}, "of another log, 'elsewhere.example', and not"),
        ({"entries": []}, "it proves no entry"),
        ({"entries": "all"}, "its entries are no list of texts"),
        ({"entries": [1]}, "its entries are no list of texts"),
        ({"entries": [right["entries"][0][:-9]]}, "its checkpoint: "),
        ({"entries": [*right["entries"], foreign[0]]}, f"an entry of another report, {TREE}"),
        ({"report": TREE}, f"an entry of another report, {LAMP}"),
        ({"values": []}, "its values are no values with salts"),
        ({"values": {"text": "Đèn"}}, "its values are no values with salts"),
        ({"values": {"text": value | {"value": "Đèn sáng"}}}, "text is not what was said: "),
        ({"values": {"text": value | {"value": 1.5}}}, "text is not what was said: "),
        ({"values": {"words.9": value}}, "words.9 was never sealed: "),
        ({"pending": [encode64(b"{}")]}, "a pending entry that nobody promised"),
        ({"pending": ["%"]}, "a pending entry: not base64"),
        ({"promises": ["please"]}, "a promise: no signature lines"),
    ]
    for change, says in changes:
        assert one_fault(town, json.dumps(right | change)).startswith(says), change
    assert one_fault(town, json.dumps(right)[:-2]).startswith("neither a receipt nor JSON")
    assert one_fault(town, b"{" * 60_000).startswith("neither a receipt nor JSON")


def promised(
    entry: bytes,
    *,
    hours: int = 24,
    key: SigningKey = logs.PROMISES,
    origin: str = logs.ORIGIN,
    until: str = "",
) -> str:
    until = until or (NOW + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")
    text = f"{origin}/promise\n{encode64(leaf_hash(entry))}\n{until}\n"
    return str(Note(text).signed(key.sign(text)))


def pending(town: Town, **promise: Any) -> tuple[bytes, str]:
    """An entry that the log has not, with a proof.json that has only its promise."""
    entry = town.step("start", LAMP)
    town.log.entries.pop()
    town.reports[LAMP].seq -= 1
    values = town.reports[LAMP].line(LAMP)["values"]
    town.forget(LAMP, "time.3")
    proof = town.proof(LAMP) | {
        "values": values,
        "promises": [promised(entry, **promise)],
        "pending": [encode64(entry)],
    }
    return entry, json.dumps(proof)


def test_a_promise_that_may_still_be_kept(town: Town) -> None:
    _, proof = pending(town)
    path = town.keep(proof)
    status, said = check(town.log.folder, receipts=[path])
    assert status == 0
    assert f"receipt {path}: report {LAMP}, 3 entries, 6 values" in said
    assert any("not in the log yet, promised until 2026-03-10" in line for line in said)


def test_a_promise_that_was_kept(town: Town) -> None:
    entry, proof = pending(town, hours=-1)
    town.log.add(entry)
    town.log.publish()
    path = town.keep(proof)
    status, said = check(town.log.folder, receipts=[path], values=False)
    assert status == 0, said
    assert f"receipt {path}, a promised entry: in the log, as promised" in said


def test_a_promise_that_was_broken(town: Town) -> None:
    _, proof = pending(town, hours=-1)
    path = town.keep(proof)
    status, (said,) = check(town.log.folder, receipts=[path])
    assert status == 1
    assert said.startswith(f"receipt {path}, a promised entry: promised until 2026-03-08 23:00:00")
    assert said.endswith("and not in the log")


@pytest.mark.parametrize(
    ("promise", "says"),
    [
        ({"key": logs.KEY}, "a promise: no signature of a known key"),
        ({"origin": "elsewhere.example"}, "a promise of another log, 'elsewhere.example/promise'"),
        ({"until": "tomorrow"}, "a promise: Invalid isoformat string"),
        ({"until": "2026-03-10T00:00:00"}, "a promise without a time zone"),
        ({"until": "2026-03-10T00:00:00Z\nmore"}, "a promise: too many values"),
    ],
)
def test_promises_that_are_none(town: Town, promise: dict[str, Any], says: str) -> None:
    _, proof = pending(town, **promise)
    assert one_fault(town, proof).startswith(says)


def test_a_proof_that_is_wrong_is_not_told_as_if_it_were_right(town: Town) -> None:
    proof = town.proof(TREE)
    assert accepted(town, json.dumps(proof)) == f"report {TREE}, 2 entries, 3 values"
    proof["values"]["text"]["value"] = "Khác hẳn"
    path = town.keep(json.dumps(proof))
    said: list[str] = []
    check(town.log.folder, receipts=[path], say=said.append)
    assert f"receipt {path}: report {TREE}, 2 entries, 3 values, 1 of them wrong" in said
