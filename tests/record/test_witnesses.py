"""The log asks its witnesses: those that answer are waited for, the others never hold it up."""

import socketserver
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hopthu.core.signed_notes import CosigningKey, Note, VerifierKey, cosigned
from hopthu.record.asking import BadWitness, Configured, parse_witnesses
from hopthu.record.witnesses import AheadOfUs, AnotherTree, WitnessDisagrees, Witnesses
from tests.live import HOPTHU, PATIENCE
from tests.record.witness_servers import ORIGIN, Log, WitnessServer, running

pytestmark = pytest.mark.server
AT_LEISURE = 30.0
"""Longer than an honest witness needs on the busiest machine."""
HARDLY = 0.2
FOR_EVER = 10_000.0


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[WitnessServer]:
    with running(WitnessServer(tmp_path / "paper", "paper.example", [Log().key.verifier])) as one:
        yield one


@pytest.fixture
def university(tmp_path: Path) -> Iterator[WitnessServer]:
    server = WitnessServer(tmp_path / "university", "university.example", [Log().key.verifier])
    with running(server) as one:
        yield one


def configured(*servers: WitnessServer) -> list[Configured]:
    return [Configured(one.verifier, one.url) for one in servers]


def witnesses_of(note: Note, *servers: WitnessServer) -> set[str]:
    """The names of those of `servers` whose cosignature under the note is right."""
    return {key.name for key in cosigned(note, [one.verifier for one in servers])}


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_every_checkpoint_carries_the_cosignatures_of_all(
    paper: WitnessServer, university: WitnessServer
) -> None:
    log, witnesses = Log(), Witnesses(configured(paper, university), patience=AT_LEISURE)

    notes = [witnesses.cosign(log.note(size), log.subtree) for size in (1, 5, 5, 300)]

    both = {"paper.example", "university.example"}
    assert [witnesses_of(note, paper, university) for note in notes] == [both] * 4


def test_a_process_that_just_began_learns_how_far_they_are(paper: WitnessServer) -> None:
    log = Log()
    Witnesses(configured(paper), patience=AT_LEISURE).cosign(log.note(5), log.subtree)

    note = Witnesses(configured(paper), patience=AT_LEISURE).cosign(log.note(9), log.subtree)

    assert witnesses_of(note, paper) == {"paper.example"}


def test_a_witness_that_was_started_again_is_reached_again(paper: WitnessServer) -> None:
    log, witnesses = Log(), Witnesses(configured(paper), patience=AT_LEISURE)
    witnesses.cosign(log.note(5), log.subtree)
    paper.kill()
    paper.start()

    note = witnesses.cosign(log.note(9), log.subtree)

    assert witnesses_of(note, paper) == {"paper.example"}


def test_without_witnesses_the_note_stays_as_it_is() -> None:
    assert Witnesses([]).cosign(Log().note(5), Log().subtree) == Log().note(5)


def test_one_that_hangs_is_waited_for_once(paper: WitnessServer, university: WitnessServer) -> None:
    log, witnesses = Log(), Witnesses(configured(paper, university), patience=AT_LEISURE)
    witnesses.cosign(log.note(1), log.subtree)
    university.pause()
    witnesses.patience = HARDLY
    first = witnesses.cosign(log.note(2), log.subtree)

    # Were it waited for again, this would never end: it says nothing more.
    witnesses.patience = FOR_EVER
    second = witnesses.cosign(log.note(3), log.subtree)

    assert "university.example" not in witnesses_of(first, paper, university)
    until(
        lambda: (
            witnesses_of(witnesses.late(second, log.subtree), paper, university)
            == {"paper.example"}
        )
    )


def test_what_comes_late_is_added_and_it_is_waited_for_again(
    paper: WitnessServer, university: WitnessServer
) -> None:
    log = Log()
    witnesses = Witnesses(configured(paper, university), patience=HARDLY, pause=0.01)
    university.pause()
    published = witnesses.cosign(log.note(5), log.subtree)
    assert "university.example" not in witnesses_of(published, paper, university)

    university.resume()

    both = {"paper.example", "university.example"}
    until(lambda: witnesses_of(witnesses.late(published, log.subtree), paper, university) == both)
    witnesses.patience = AT_LEISURE
    again = witnesses.cosign(log.note(9), log.subtree)
    assert witnesses_of(again, paper, university) == both


def test_one_that_is_down_is_found_once_it_is_up(tmp_path: Path) -> None:
    log = Log()
    server = WitnessServer(tmp_path / "paper", "paper.example", [log.key.verifier])
    with running(server):
        known = configured(server)
    witnesses = Witnesses(known, patience=AT_LEISURE, pause=0.01)
    published = witnesses.cosign(log.note(5), log.subtree)
    assert witnesses_of(published, server) == set()

    with running(server):
        until(lambda: witnesses_of(witnesses.late(published, log.subtree), server) != set())


def test_late_asks_nobody_whose_cosignature_is_there(paper: WitnessServer) -> None:
    log, witnesses = Log(), Witnesses(configured(paper), patience=AT_LEISURE)
    published = witnesses.cosign(log.note(5), log.subtree)

    assert Witnesses(configured(paper)).late(published, log.subtree) == published


def test_a_log_that_forked_gets_none(paper: WitnessServer) -> None:
    log, fork = Log(), Log(forks_at=3)
    Witnesses(configured(paper), patience=AT_LEISURE).cosign(log.note(5), log.subtree)

    for size in (5, 9):
        with pytest.raises(AnotherTree, match=r"paper\.example has seen other entries") as told:
            Witnesses(configured(paper), patience=AT_LEISURE).cosign(fork.note(size), fork.subtree)
        assert told.value.size == 5


def test_an_old_copy_of_a_log_is_told_that_there_was_more(paper: WitnessServer) -> None:
    log = Log()
    Witnesses(configured(paper), patience=AT_LEISURE).cosign(log.note(9), log.subtree)

    with pytest.raises(AheadOfUs, match="with 9 entries, more than it has") as told:
        Witnesses(configured(paper), patience=AT_LEISURE).cosign(log.note(5), log.subtree)

    assert told.value.size == 9
    assert isinstance(told.value, WitnessDisagrees)


# What is said by somebody who is no witness.

KEY = CosigningKey("liar.example", b"l" * 32)
STRANGER = CosigningKey("stranger.example", b"s" * 32)


def answer(status: str, body: str, kind: str = "text/plain") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body.encode())}"
    return f"{head}\r\n\r\n{body}".encode()


def cosignature(key: CosigningKey, size: int) -> str:
    return f"{key.cosign(Log().note(size).text, timestamp=1)}\n"


LIES = {
    "nothing at all": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "no signature": answer("200 OK", "thank you"),
    "a signature of another checkpoint": answer("200 OK", cosignature(KEY, 6)),
    "a signature of another key": answer("200 OK", cosignature(STRANGER, 5)),
    "a signature of its key as a log": answer(
        "200 OK", f"— liar.example {str(Log().note(5).signatures[0]).split()[2]}\n"
    ),
    "no letters": answer("200 OK", "").replace(b"Length: 0", b"Length: 2") + b"\xff\xfe",
    "a redirect": answer("302 Found", "").replace(b"\r\n\r\n", b"\r\nLocation: /elsewhere\r\n\r\n"),
    "a conflict without a size": answer("409 Conflict", "many\n"),
    "a proof wrong where there was none": answer("422 Unprocessable Entity", "no\n"),
    "too much": answer("200 OK", "x" * 100_000),
    "cut short": answer("200 OK", cosignature(KEY, 5))[:-20],
}


@contextmanager
def liar(said: bytes) -> Iterator[Configured]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(said)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True

        def handle_error(self, *_: object) -> None:
            """Whoever reads no more than 16 KB hangs up."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield Configured(KEY.verifier, f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WitnessServer]:
    """One for all tests in which the log stays as large as it is."""
    state = tmp_path_factory.mktemp("witness") / "honest"
    with running(WitnessServer(state, "honest.example", [Log().key.verifier])) as one:
        yield one


@pytest.mark.parametrize("lie", LIES)
def test_a_liar_adds_nothing_and_takes_nothing(lie: str, honest: WitnessServer) -> None:
    log = Log()
    with liar(LIES[lie]) as liars:
        witnesses = Witnesses([liars, *configured(honest)], patience=AT_LEISURE)
        note = witnesses.cosign(log.note(5), log.subtree)

    assert [one.name for one in note.signatures] == [ORIGIN, "honest.example"]
    assert witnesses_of(note, honest) == {"honest.example"}


def test_what_a_witness_adds_besides_its_cosignature_is_left_out() -> None:
    log = Log()
    said = cosignature(STRANGER, 5) + cosignature(KEY, 5)
    with liar(answer("200 OK", said)) as one:
        note = Witnesses([one], patience=AT_LEISURE).cosign(log.note(5), log.subtree)

    assert [one.name for one in note.signatures] == [ORIGIN, "liar.example"]


def test_trees_that_cannot_be_read_do_not_end_the_asking(paper: WitnessServer) -> None:
    log = Log()
    witnesses = Witnesses(configured(paper), patience=AT_LEISURE, pause=0.01)
    witnesses.cosign(log.note(5), log.subtree)

    def unreadable(start: int, end: int) -> bytes:
        raise FileNotFoundError("a tile that was pruned")

    without = witnesses.cosign(log.note(9), unreadable)

    assert witnesses_of(without, paper) == set()
    until(lambda: witnesses_of(witnesses.late(without, log.subtree), paper) != set())


VKEY = str(KEY.verifier)
LOG_KEY = str(VerifierKey("log.example", bytes(32)))


def test_witnesses_are_configured_by_key_and_address() -> None:
    other = str(STRANGER.verifier)

    found = parse_witnesses(f" {VKEY}  https://liar.example:8443/w/ ,{other} http://[::1]:81,")

    assert found == (
        Configured(KEY.verifier, "https://liar.example:8443/w"),
        Configured(STRANGER.verifier, "http://[::1]:81"),
    )
    assert parse_witnesses("") == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (VKEY, "not a verifier key, a space and an address"),
        (f"{VKEY} https://a.example and more", "not a verifier key, a space and an address"),
        (f"{VKEY[:-4]} https://a.example", "an Ed25519 public key has 32 bytes, not 29"),
        (f"{LOG_KEY} https://a.example", "log.example is the key of a log, not of a witness"),
        (f"{VKEY} a.example", "not an http.s. address"),
        (f"{VKEY} ftp://a.example", "not an http.s. address"),
        (f"{VKEY} https://a.example:port", "not an http.s. address"),
        (f"{VKEY} https://name@a.example", "not an http.s. address"),
        (f"{VKEY} https://a.example,{VKEY} https://b.example", "one witness twice"),
    ],
)
def test_a_witness_that_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadWitness, match=why):
        parse_witnesses(text)


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    settings = {"HOPTHU_DATA": str(tmp_path), "HOPTHU_WITNESSES": "nonsense"}

    done = subprocess.run(
        [HOPTHU, "init"], env=settings, text=True, capture_output=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr == (
        'hopthu: Environment variable "HOPTHU_WITNESSES" invalid: '
        "not a verifier key, a space and an address: 'nonsense'\n"
    )
