"""A whole city whose log is witnessed: `hopthu serve`, with two `hopthu witness` beside it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from hopthu.core.signed_notes import parse_vkey
from tests.independent_verifier import Head, read_checkpoint, read_log
from tests.live import PATIENCE, Cities, Server
from tests.record.witness_servers import WitnessServer, running

pytestmark = pytest.mark.server
BOTH = {"paper.example", "university.example"}


class City:
    """A server, and what anybody can read of its log."""

    def __init__(self, server: Server, witnesses: list[WitnessServer]) -> None:
        self.server = server
        self.witnesses = [str(one.verifier) for one in witnesses]
        server.settings["HOPTHU_WITNESSES"] = ",".join(
            f"{one.verifier} {one.url}" for one in witnesses
        )

    def fetch(self, path: str) -> bytes:
        with urlopen(f"{self.server.url}/record/{path}", timeout=PATIENCE) as answer:
            body: bytes = answer.read()
        return body

    def head(self) -> Head | None:
        """The published one, as the second verifier reads it."""
        try:
            checkpoint = self.fetch("checkpoint")
        except HTTPError as error:
            if error.code != 404:
                raise
            return None
        return read_checkpoint(checkpoint, self.vkeys(), self.witnesses)

    def vkeys(self) -> list[str]:
        return self.fetch("vkey").decode().splitlines()

    def entries(self) -> list[bytes]:
        return read_log(self.fetch, self.vkeys(), self.witnesses).entries

    def cosigned_by(self) -> set[str]:
        head = self.head()
        return set(head.witnesses) if head else set()

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.server.output
            time.sleep(0.05)

    def send_report(self) -> None:
        """It is in the published log when this returns."""
        number = self.server.do("print(make_report().number)").strip().encode()
        self.until(lambda: any(number in entry for entry in self.entries()))


@pytest.fixture
def witnesses(server: Server, tmp_path: Path) -> Iterator[list[WitnessServer]]:
    logs = [parse_vkey(line) for line in (server.data / "record" / "vkey").read_text().split()]
    paper = WitnessServer(tmp_path / "paper", "paper.example", logs)
    university = WitnessServer(tmp_path / "university", "university.example", logs)
    with running(paper), running(university):
        yield [paper, university]


@pytest.fixture
def city(server: Server, witnesses: list[WitnessServer]) -> City:
    """Running, with a first checkpoint that both have cosigned."""
    city = City(server, witnesses)
    server.start()
    city.until(lambda: city.cosigned_by() == BOTH)
    return city


def test_every_checkpoint_is_cosigned_by_both(city: City) -> None:
    for _ in range(2):
        city.send_report()
        # Whoever was late is added: it may have been a busy moment.
        city.until(lambda: city.cosigned_by() == BOTH)


def test_a_witness_that_hangs_delays_nothing(city: City, witnesses: list[WitnessServer]) -> None:
    _paper, university = witnesses
    university.pause()

    for _ in range(2):
        # Published while it says nothing: it is let go on only below.
        city.send_report()
        assert "university.example" not in city.cosigned_by()
    city.until(lambda: city.cosigned_by() == {"paper.example"})

    university.resume()
    city.until(lambda: city.cosigned_by() == BOTH)


def test_a_witness_that_went_away_is_asked_again_without_any_news(
    city: City, witnesses: list[WitnessServer]
) -> None:
    paper, _university = witnesses
    paper.kill()
    city.send_report()
    assert "paper.example" not in city.cosigned_by()

    paper.start()

    city.until(lambda: city.cosigned_by() == BOTH)


def test_a_log_that_forked_gets_no_cosignature_and_stops(
    city: City, witnesses: list[WitnessServer], cities: Cities
) -> None:
    """Another copy of the same data folder, key and all, that went its own way."""
    fork = City(cities.another(), witnesses)
    city.send_report()
    city.until(lambda: city.cosigned_by() == BOTH)
    fork.server.do("make_report(); make_report()")
    try:
        fork.server.start()
        fork.until(lambda: fork.server.attempt("record", "status").returncode == 1)

        assert fork.vkeys() == city.vkeys()
        assert fork.cosigned_by() == set()
        told = fork.server.attempt("record", "status").stdout
        assert "FROZEN    the witness " in told
        assert "has seen other entries among the first" in told
    finally:
        fork.server.kill()
    city.send_report()
    city.until(lambda: city.cosigned_by() == BOTH)
