"""What looks at the log between two kills sees what it is there to see."""

from pathlib import Path

import pytest

from tests.live import Server
from tests.reliability import published
from tests.reliability.published import Log

pytestmark = pytest.mark.server


def test_it_sees_a_report_that_is_missing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start()
    log = Log(server)
    assert log.faults([]) == []
    assert log.size >= 1

    monkeypatch.setattr(published, "PATIENCE", 1)
    assert log.faults(["0000-0000"]) == ["told of 0000-0000, and not in the log"]


def test_it_sees_a_tile_that_was_changed(server: Server) -> None:
    server.start()
    log = Log(server)
    assert log.faults([]) == []

    for path in (server.data / "record" / "tile" / "0").rglob("*"):
        if path.is_file():
            flip(path)

    (fault,) = log.faults([])
    assert fault.startswith("the log is not what its checkpoint says")


def flip(path: Path) -> None:
    """Change a bit of the file's first byte."""
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
