"""`kill -9` of every process at once, while reports come in, takes nothing and repeats nothing."""

import pytest

from tests.live import Server
from tests.reliability.killing import run

pytestmark = pytest.mark.server


def test_what_was_acknowledged_outlives_the_server(server: Server) -> None:
    assert run(server, kills=5) == []
