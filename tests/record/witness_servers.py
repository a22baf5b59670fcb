"""A log in memory, with forks of itself, and a witness in processes of its own: for tests."""

import base64
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from hopthu.cli.process import die_with_parent
from hopthu.core.checkpoints import Checkpoint
from hopthu.core.merkle import consistency_proof, leaf_hash, root_of
from hopthu.core.signed_notes import Note, SigningKey, VerifierKey, parse_vkey
from tests.live import HOPTHU, PATIENCE, DidNotAnswer, free_port

ORIGIN = "city.example/record"


@dataclass
class Log:
    """Leaves `0`, `1`, …; a fork has others from `forks_at` on. Signed by one key for all."""

    size: int = 0
    forks_at: int | None = None
    key: SigningKey = field(default_factory=lambda: SigningKey(ORIGIN, b"k" * 32))

    def leaf(self, index: int) -> bytes:
        other = self.forks_at is not None and index >= self.forks_at
        return leaf_hash(b"%d%s" % (index, b" otherwise" if other else b""))

    def subtree(self, start: int, end: int) -> bytes:
        return root_of([self.leaf(index) for index in range(start, end)])

    def head(self, size: int) -> Checkpoint:
        return Checkpoint(self.key.verifier.name, size, self.subtree(0, size))

    def note(self, size: int) -> Note:
        text = str(self.head(size))
        return Note(text, (self.key.sign(text),))

    def proof(self, old: int, new: int) -> list[bytes]:
        return consistency_proof(old, new, self.subtree)

    def request(self, old: int, new: int) -> bytes:
        """The body of add-checkpoint, put together by hand."""
        return request(old, self.proof(old, new), str(self.note(new)))


def request(old: object, proof: Sequence[bytes], checkpoint: str) -> bytes:
    hashes = "".join(base64.b64encode(one).decode() + "\n" for one in proof)
    return f"old {old}\n{hashes}\n{checkpoint}".encode()


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    text: str


@dataclass
class WitnessServer:
    """`hopthu witness` with a state folder of its own."""

    state: Path
    name: str
    logs: Sequence[VerifierKey]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def verifier(self) -> VerifierKey:
        return parse_vkey((self.state / "vkey").read_text())

    @property
    def output(self) -> str:
        return self.state.with_suffix(".log").read_text()

    def start(self) -> "WitnessServer":
        parent = os.getpid()
        logs = [word for key in self.logs for word in ("--log", str(key))]
        named = ("--name", self.name, "--port", str(self.port))
        with self.state.with_suffix(".log").open("wb") as output:
            self.process = subprocess.Popen(
                [HOPTHU, "witness", "--state", str(self.state), *named, *logs],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent),
            )
        end = time.monotonic() + PATIENCE
        while "answers at" not in self.output:
            if self.process.poll() is not None or time.monotonic() > end:
                raise DidNotAnswer(self.output)
            time.sleep(0.02)
        return self

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)

    def pause(self) -> None:
        """It takes connections, as the kernel does that, and says nothing any more."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGCONT)

    def send(self, body: bytes, *, method: str = "POST", path: str = "/add-checkpoint") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return Answer(
                answer.status, answer.getheader("Content-Type", ""), answer.read().decode()
            )
        finally:
            connection.close()


@contextmanager
def running(server: WitnessServer) -> Iterator[WitnessServer]:
    try:
        yield server.start()
    finally:
        server.kill()


def at_once(servers: Sequence[WitnessServer], bodies: Sequence[bytes]) -> list[Answer]:
    """Send all of them at the same time, to each in turn; gives the answers in the same order."""
    answers: dict[int, Answer] = {}
    ready = threading.Barrier(len(bodies))

    def send(number: int, body: bytes) -> None:
        ready.wait()
        answers[number] = servers[number % len(servers)].send(body)

    threads = [threading.Thread(target=send, args=one) for one in enumerate(bodies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(bodies))]
