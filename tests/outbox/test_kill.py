"""`kill -9` of work amid deliveries: none lost, and what may have come twice is told."""

import sys

import pytest

from tests.live import Server
from tests.outbox.killing import run
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.server


def test_none_is_lost_and_the_rest_is_counted(server: Server) -> None:
    with Post(pause=0.01) as slow:
        outcome = run(server, slow, letters=60, kills=5)
    sys.stdout.write(f"{outcome}\n")
    assert outcome.faults() == []
