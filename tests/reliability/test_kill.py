"""`kill -9` while reports come in takes nothing, repeats nothing, and breaks no public record."""

import pytest

from tests.live import Server
from tests.reliability.killing import run

pytestmark = pytest.mark.server


def test_what_was_acknowledged_outlives_the_server(server: Server) -> None:
    assert run(server, kills=5) == []
