"""`hopthu witness`: what it cosigns, what it refuses and with which answer, and what it keeps."""

import base64
import hashlib
import os
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hopthu.core.signed_notes import CosigningKey, Note, Signature, SigningKey
from tests.live import HOPTHU
from tests.record.witness_servers import ORIGIN, Log, WitnessServer, at_once, request, running

pytestmark = pytest.mark.server
NAME = "witness.paper.example"


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[WitnessServer]:
    with running(WitnessServer(tmp_path / "state", NAME, [Log().key.verifier])) as server:
        yield server


def check_cosignature(line: str, vkey: str, text: str) -> int:
    """By the words of tlog-cosignature, without a line of Hopthu's own. Gives the time."""
    name, key_id, encoded = vkey.split("+", 2)
    typed = base64.b64decode(encoded)
    assert typed[0] == 0x04
    assert hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == key_id
    dash, signer, blob64 = line.removesuffix("\n").split(" ")
    blob = base64.b64decode(blob64)
    assert (dash, signer, blob[:4].hex()) == ("\u2014", name, key_id)
    timestamp = int.from_bytes(blob[4:12], "big")
    message = f"cosignature/v1\ntime {timestamp}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(typed[1:]).verify(blob[12:], message)
    return timestamp


def test_a_checkpoint_that_grows_out_of_the_last_is_cosigned(witness: WitnessServer) -> None:
    log = Log()

    answers = [witness.send(log.request(old, new)) for old, new in [(0, 5), (5, 300), (300, 300)]]

    assert [one.status for one in answers] == [200, 200, 200]
    vkey = (witness.state / "vkey").read_text().strip()
    for answer, size in zip(answers, [5, 300, 300], strict=True):
        signed_at = check_cosignature(answer.text, vkey, log.note(size).text)
        assert abs(signed_at - time.time()) < 60


def test_a_cosignature_is_of_that_text_alone(witness: WitnessServer) -> None:
    answer = witness.send(Log().request(0, 5))

    with pytest.raises(InvalidSignature):
        check_cosignature(answer.text, str(witness.verifier), Log().note(6).text)


def test_the_key_is_made_at_the_first_start_and_closed_to_others(witness: WitnessServer) -> None:
    key = witness.state / "key"

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(witness.state.stat().st_mode) == 0o700
    assert CosigningKey(NAME, key.read_bytes()).verifier == witness.verifier
    assert str(witness.verifier) in witness.output
    assert str(witness.verifier) in witness.send(b"", method="GET", path="/").text


def test_killed_and_started_again_it_remembers(witness: WitnessServer) -> None:
    log, before = Log(), witness.verifier
    witness.send(log.request(0, 5))

    witness.kill()
    witness.start()

    assert witness.verifier == before
    assert witness.send(log.request(0, 7)).text == "5\n"
    assert witness.send(log.request(5, 7)).status == 200


def test_another_size_than_it_knows_is_told_the_size(witness: WitnessServer) -> None:
    log = Log()
    first = witness.send(log.request(3, 9))
    witness.send(log.request(0, 9))

    behind, ahead = witness.send(log.request(3, 12)), witness.send(log.request(10, 12))

    assert [(one.status, one.kind, one.text) for one in (first, behind, ahead)] == [
        (409, "text/x.tlog.size", "0\n"),
        (409, "text/x.tlog.size", "9\n"),
        (409, "text/x.tlog.size", "9\n"),
    ]


def test_a_log_that_it_does_not_watch_is_not_found(witness: WitnessServer) -> None:
    other = Log(key=SigningKey("other.example/record", b"o" * 32))

    assert witness.send(other.request(0, 5)).status == 404


def test_somebody_elses_signature_is_forbidden(witness: WitnessServer) -> None:
    log = Log()
    thief = Log(key=SigningKey(ORIGIN, b"t" * 32))
    over_another_text = Note(log.note(6).text, log.note(5).signatures)

    answers = [
        witness.send(thief.request(0, 5)),
        witness.send(request(0, [], str(over_another_text))),
    ]

    assert [one.status for one in answers] == [403, 403]


def test_signatures_of_others_do_not_disturb(witness: WitnessServer) -> None:
    note = Log().note(5)
    stranger = SigningKey("stranger.example", b"s" * 32).sign("something else\n")

    assert witness.send(request(0, [], str(note.signed(stranger)))).status == 200


def test_as_many_of_others_as_have_room_leave_room_for_its_own(witness: WitnessServer) -> None:
    log = Log()
    for size, filled in (
        (5, [Signature(f"stranger{number}", b"abcd", b"x") for number in range(63)]),
        (6, [Signature("stranger", b"abcd", b"x" * 48_600)]),
    ):
        note = str(log.note(size).signed(*filled))
        old = 0 if size == 5 else 5
        assert witness.send(request(old, log.proof(old, size), note)).status == 200

        # What it kept of that, it can still read.
        assert witness.send(log.request(size, size)).status == 200


def test_while_a_log_changes_its_key_both_are_trusted(tmp_path: Path) -> None:
    old, new = Log(), Log(key=SigningKey(ORIGIN, b"n" * 32))
    keys = [old.key.verifier, new.key.verifier]

    with running(WitnessServer(tmp_path / "state", NAME, keys)) as witness:
        statuses = [witness.send(old.request(0, 5)).status, witness.send(new.request(5, 8)).status]

    assert statuses == [200, 200]


def test_a_proof_that_does_not_lead_there_is_refused(witness: WitnessServer) -> None:
    log = Log()
    superfluous = request(0, [b"x" * 32], str(log.note(5)))
    assert witness.send(superfluous).status == 422
    witness.send(log.request(0, 5))

    for proof in ([], log.proof(5, 9)[:-1], [*log.proof(5, 9), b"x" * 32], log.proof(5, 9)[::-1]):
        assert witness.send(request(5, proof, str(log.note(9)))).status == 422
    assert witness.send(log.request(5, 9)).status == 200


def test_a_fork_gets_no_cosignature(witness: WitnessServer) -> None:
    log, fork = Log(), Log(forks_at=3)
    witness.send(log.request(0, 5))

    same_size = witness.send(fork.request(5, 5))
    grown = witness.send(fork.request(5, 9))
    smaller = witness.send(fork.request(4, 4))

    assert [one.status for one in (same_size, grown, smaller)] == [409, 422, 409]
    assert witness.send(log.request(5, 9)).status == 200


def test_two_signed_trees_of_one_size_are_kept_as_evidence_once(witness: WitnessServer) -> None:
    log, fork = Log(), Log(forks_at=3)
    witness.send(log.request(0, 5))

    for _ in range(3):
        witness.send(fork.request(5, 5))

    (evidence,) = (witness.state / "logs").glob("*.fork-*")
    assert evidence.read_text() == str(fork.note(5))
    assert witness.output.count("signed two trees of one size") == 1


def test_of_racing_requests_one_wins_and_nothing_is_rolled_back(witness: WitnessServer) -> None:
    log = Log()
    witness.send(log.request(0, 4))

    answers = at_once([witness], [log.request(4, size) for size in range(5, 25)])

    won = [size for size, answer in enumerate(answers, 5) if answer.status == 200]
    lost = [answer for answer in answers if answer.status != 200]
    assert len(won) == 1
    assert {(one.status, one.text) for one in lost} == {(409, f"{won[0]}\n")}
    assert witness.send(log.request(0, 30)).text == f"{won[0]}\n"


def test_two_processes_on_one_folder_are_one_witness(witness: WitnessServer) -> None:
    log = Log()
    twin = WitnessServer(witness.state, NAME, witness.logs)
    with running(twin):
        answers = at_once([witness, twin], [log.request(0, size) for size in range(5, 25)])

    won = [size for size, answer in enumerate(answers, 5) if answer.status == 200]
    assert len(won) == 1
    assert {one.text for one in answers if one.status != 200} == {f"{won[0]}\n"}


def test_of_a_racing_fork_and_its_log_one_is_cosigned(witness: WitnessServer) -> None:
    log, fork = Log(), Log(forks_at=2)

    answers = at_once([witness], [one.request(0, 6) for one in (log, fork) * 6])

    roots = {
        note.text
        for note, answer in zip([log.note(6), fork.note(6)] * 6, answers, strict=True)
        if answer.status == 200
    }
    assert len(roots) == 1


def test_what_cannot_be_kept_is_not_cosigned(witness: WitnessServer) -> None:
    log = Log()
    witness.send(log.request(0, 5))
    (kept,) = (path for path in (witness.state / "logs").iterdir() if not path.suffix)
    for damaged in (b"", kept.read_bytes()[:-30], str(Log(forks_at=0).note(5)).encode()):
        kept.write_bytes(damaged)

        answer = witness.send(log.request(5, 9))

        assert answer.status == 500
        assert answer.text.count("\n") == 1


CHECKPOINT = str(Log().note(5))


MALFORMED = {
    "no empty line before a checkpoint": b"",
    "the first line is not `old` and a size": b"\n\n\n",
    "letters beyond ASCII before the checkpoint": b"\xff\xfe\n\n" + CHECKPOINT.encode(),
    "not a size: '05'": request("05", [], CHECKPOINT),
    "not a size: '-1'": request(-1, [], CHECKPOINT),
    "not a size: ' 1'": request(" 1", [], CHECKPOINT),
    "not a size: '9223372036854775808'": request(2**63, [], CHECKPOINT),
    "the old size, 6, is larger than that of the checkpoint, 5": request(6, [], CHECKPOINT),
    "not a hash of 32 bytes: 'c2hvcnQ='": request(0, [b"short"], CHECKPOINT),
    "more than 63 hashes": request(0, [b"x" * 32] * 64, CHECKPOINT),
    "lines end in CRLF: something changed the request on its way": (
        request(0, [], CHECKPOINT).replace(b"\n", b"\r\n")
    ),
    "the checkpoint: cut short: the last line does not end": request(0, [], CHECKPOINT[:-1]),
    "the checkpoint: no signature lines after a blank line": request(0, [], Log().note(5).text),
    "the checkpoint: a checkpoint has three lines or more, none of them empty": (
        request(0, [], "x\n\n— a AAAAAAAA\n")
    ),
}


@pytest.mark.parametrize("reason", MALFORMED)
def test_a_malformed_request_is_told_why(malformed: WitnessServer, reason: str) -> None:
    answer = malformed.send(MALFORMED[reason])

    assert (answer.status, answer.text) == (400, f"{reason}\n")
    assert "Traceback" not in malformed.output


@pytest.fixture(scope="module")
def malformed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WitnessServer]:
    """One for all requests that change nothing."""
    state = tmp_path_factory.mktemp("witness") / "state"
    with running(WitnessServer(state, NAME, [Log().key.verifier])) as server:
        yield server


def test_a_body_without_end_is_too_large(malformed: WitnessServer) -> None:
    assert malformed.send(b"old 0\n" + b"x" * 200_000).status == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/add-checkpoint", 405), ("POST", "/", 405), ("POST", "/x/../key", 404)],
)
def test_other_addresses_and_methods(
    malformed: WitnessServer, method: str, path: str, status: int
) -> None:
    answer = malformed.send(b"", method=method, path=path)

    assert answer.status == status
    assert answer.text.count("\n") == 1


def start(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [HOPTHU, "witness", *words], text=True, capture_output=True, check=False, timeout=60
    )


def test_a_folder_of_another_name_is_refused(witness: WitnessServer) -> None:
    log = str(Log().key.verifier)

    done = start("--state", str(witness.state), "--name", "other.example", "--log", log)

    assert done.returncode == 1
    assert done.stderr.startswith("hopthu witness: ")
    assert f"is the state of another witness: {witness.verifier}" in done.stderr


@pytest.mark.parametrize(
    ("log", "why"),
    [
        ("nonsense", "a verifier key is name+id+key"),
        (str(CosigningKey(ORIGIN, b"w" * 32).verifier), "the key of a witness, not of a log"),
    ],
)
def test_a_key_that_is_no_logs_is_refused(tmp_path: Path, log: str, why: str) -> None:
    done = start("--state", str(tmp_path / "state"), "--name", NAME, "--log", log)

    assert done.returncode == 2
    assert why in done.stderr
    assert not (tmp_path / "state").exists()


def test_it_needs_no_city(witness: WitnessServer) -> None:
    """Neither Django nor a database is loaded."""
    assert witness.process
    maps = Path(f"/proc/{witness.process.pid}/maps").read_text()

    assert "_sqlite3" not in maps
    assert not os.path.exists(witness.state.parent / "data")
