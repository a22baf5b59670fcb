"""`hopthu mail` tells how the letters stand, without saying to whom."""

from argparse import Namespace
from pathlib import Path

import pytest

from hopthu.cli.mail import run
from hopthu.outbox.sending import deliver
from tests import makers
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.django_db
LOOK, RETRY = Namespace(retry_dead=False), Namespace(retry_dead=True)


def test_it_counts_and_names_nobody(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    makers.make_report(email="an@example.vn", language="vi")
    assert run(LOOK) == 0
    assert "waiting: 1, since 2026-11-16 02:00" in capsys.readouterr().out

    post.on_address = "550 no"
    deliver(makers.MONDAY)

    assert run(LOOK) == 1
    shown = capsys.readouterr().out
    assert shown == (
        f"through: 127.0.0.1:{post.port}\ntexts through: nothing: none are offered\n"
        "waiting: 0\nsent: 0\nperhaps sent twice: 0\ngiven up: 1 (550)\n"
    )


def test_what_was_given_up_is_tried_again(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    makers.make_report(email="an@example.vn", language="vi")
    post.on_address = "550 no"
    deliver(makers.MONDAY)
    assert run(RETRY) == 0
    assert "trying again: 1\n" in capsys.readouterr().out


def test_a_key_that_is_missing_is_told(sealing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sealing / "keys" / "work" / "seal_key").unlink()
    assert run(LOOK) == 1
    assert "put it back from its backup" in capsys.readouterr().out
