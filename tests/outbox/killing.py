"""Work is killed again and again while it sends letters: what arrived, and what arrived twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

from tests.live import HOPTHU, ROOT, Server
from tests.outbox.mail_server import Post

PATIENCE = 60
"""Seconds for a busy machine to send a few letters."""
SET_UP = """
for number in range({letters}):
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


@dataclass(frozen=True)
class Outcome:
    letters: int
    kills: int
    lost: int
    """Written and not arrived."""
    unknown: int
    """Arrived and never written."""
    twice: int
    """Copies beyond the first, each under the name of the first."""
    perhaps_twice: int
    """What `hopthu mail` says of that."""
    marked_sent: int
    waiting: int

    def faults(self) -> list[str]:
        found = {
            f"{self.lost} letters are lost": self.lost,
            f"{self.unknown} letters that nobody wrote": self.unknown,
            f"{self.waiting} letters still wait": self.waiting,
            f"only {self.marked_sent} are marked as sent": self.marked_sent != self.letters,
            f"{self.twice} came twice, told were {self.perhaps_twice}": (
                self.twice > self.perhaps_twice
            ),
            f"{self.perhaps_twice} may have come twice, of {self.kills} kills": (
                self.perhaps_twice > self.kills
            ),
        }
        return [words for words, wrong in found.items() if wrong]

    def __str__(self) -> str:
        return (
            f"{self.letters} letters, {self.kills} kills: {self.lost} lost, {self.twice} came "
            f"twice, {self.perhaps_twice} may have come twice as `hopthu mail` says"
        )


def run(server: Server, post: Post, *, letters: int, kills: int) -> Outcome:
    """The first to be killed is `hopthu work` itself, the others send as it does, later on."""
    server.settings = {
        "HOPTHU_SMTP_URL": post.url,
        "HOPTHU_MAIL_FROM": "hopthu@city.example",
        "HOPTHU_ADDRESS": "https://hopthu.city.example",
    }
    server.do(SET_UP.format(letters=letters))
    most = letters // kills - 2
    for kill in range(kills):
        command = [sys.executable, "-c", ROUND.format(hours=kill)] if kill else [HOPTHU, "work"]
        work = subprocess.Popen(
            command,
            env=server._environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for(post, len(post.letters) + random.randint(2, most), work)
        work.kill()
        work.wait()
    server._run([sys.executable, "-c", ROUND.format(hours=kills)])
    return _outcome(server, post, letters, kills)


def _wait_for(post: Post, letters: int, work: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while len(post.letters) < letters:
        assert time.monotonic() < end
        assert work.poll() is None
        time.sleep(0.001)


def _outcome(server: Server, post: Post, letters: int, kills: int) -> Outcome:
    names, counts = server.do(TELL).splitlines()
    sent, waiting, perhaps_twice = map(int, counts.split())
    written, arrived = set(names.split()), Counter(post.ids)
    return Outcome(
        letters=letters,
        kills=kills,
        lost=len(written - arrived.keys()),
        unknown=len(arrived.keys() - written),
        twice=arrived.total() - len(arrived),
        perhaps_twice=perhaps_twice,
        marked_sent=sent,
        waiting=waiting,
    )
