"""What the program's log says while a test runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def nothing_heard_of(words: str, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens within, no log has `words`."""
    logger = logging.getLogger("hopthu")
    logger.addHandler(caplog.handler)
    yield
    logger.removeHandler(caplog.handler)
    assert words not in caplog.text
