"""A city that can seal, and a mail server that does what a test tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.outbox.mail_server import Post


@pytest.fixture
def sealing(city: None, settings: Settings, tmp_path: Path) -> Path:
    """The data folder of a city that takes addresses; its letters are files in `mail/`."""
    from hopthu.people import seal_keys  # only now is Django set up

    settings.DATA, settings.MAIL_FOLDER = tmp_path, tmp_path / "mail"
    told: list[str] = []
    seal_keys.make(tmp_path, tell=told.append)
    (tmp_path / "recovery.key").write_text(*told)
    return tmp_path


@pytest.fixture
def post(sealing: Path, settings: Settings) -> Iterator[Post]:
    """The mail server of that city."""
    from hopthu.outbox.channels.servers import parse_server

    with Post() as server:
        settings.MAIL_SERVER = parse_server(server.url)
        settings.MAIL_FROM = "hopthu@city.example"
        settings.ADDRESS = "https://hopthu.city.example"
        yield server
