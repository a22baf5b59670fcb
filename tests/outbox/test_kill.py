"""`kill -9` of work amid deliveries: none lost, and what may have come twice is told."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.live import HOPTHU, ROOT, Server
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.server
LETTERS = 60
KILLS = 5
PATIENCE = 60
SET_UP = f"""
from django.conf import settings
from hopthu.people import seal_keys
for number in range({LETTERS}):
    make_report(email=f"an{{number}}@example.vn", language="vi", text=f"Đèn {{number}}")
"""
# What work does, some hours on: the claims of whoever was killed before are over by then.
ROUND = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from hopthu.outbox.sending import deliver
while deliver(datetime.now(UTC) + timedelta(hours={hours})): pass
"""
TELL = """
from hopthu.outbox.models import Delivery
from hopthu.outbox.queries import standing
print(*(f"<{token}@city.example>" for token in Delivery.objects.values_list("token", flat=True)))
print(standing().sent, standing().waiting, standing().perhaps_twice)
"""


@pytest.fixture
def slow() -> Iterator[Post]:
    with Post(pause=0.01) as post:
        yield post


def test_none_is_lost_and_the_rest_is_counted(server: Server, slow: Post) -> None:
    server.settings = {
        "HOPTHU_SMTP_URL": slow.url,
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": "https://hopthu.city.example",
    }
    server.do(SET_UP)
    for kill in range(KILLS):
        command = [sys.executable, "-c", ROUND.format(hours=kill)] if kill else [HOPTHU, "work"]
        work = subprocess.Popen(
            command,
            env=server._environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(slow, len(slow.letters) + random.randint(2, 8), work)
        work.kill()
        work.wait()

    server._run([sys.executable, "-c", ROUND.format(hours=KILLS)])

    written, counts = server.do(TELL).splitlines()
    sent, waiting, perhaps_twice = map(int, counts.split())
    arrived = Counter(slow.ids)
    twice = sum(arrived.values()) - len(arrived)
    assert (set(arrived), sent, waiting) == (set(written.split()), LETTERS, 0)
    assert twice <= perhaps_twice <= KILLS


def wait_for(post: Post, letters: int, work: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while len(post.letters) < letters:
        assert time.monotonic() < end
        assert work.poll() is None
        time.sleep(0.001)
