"""A small log with two reports and their values, in a folder; and the same over HTTP."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.record.checking.town import Town


@pytest.fixture(autouse=True)
def _no_snapshot_between_tests() -> None:
    """There is no city here to forget (see tests/conftest.py)."""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path / "record")
    town.settle()
    town.publish()
    return town


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    """The folder of the town's log at a URL."""
    handler = partial(_Quiet, directory=str(town.log.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
