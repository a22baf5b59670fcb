"""Whom the program calls, and by whose word: nobody but the operator names a host.

What residents or staff type is never an address that the program goes to, so there is nothing to
forge a request with. A new module that opens a connection fails here until it says why.
"""

import ast
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from hopthu.record.checking.reading import Unusable
from hopthu.record.checking.source import Web
from tests.test_house import SOURCE, named, python_files

CALLS_OUT = {
    "hopthu/cli/listening.py": "looks whether its own port is free, and answers",
    "hopthu/outbox/channels/email.py": "the mail server of HOPTHU_SMTP_URL",
    "hopthu/outbox/channels/sms.py": "the service for texts of HOPTHU_SMS_URL",
    "hopthu/record/asking.py": "the witnesses of HOPTHU_WITNESSES",
    "hopthu/record/checking/source.py": "the log that whoever runs `verify` or `monitor` names",
    "hopthu/record/checking/watch.py": "ends a connection of source.py that is too slow",
    "hopthu/reports/photos/darkroom.py": "a socket to its own parent, of no network",
    "hopthu/reports/photos/pipeline.py": "the other end of that",
}
NETWORK = {
    "aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "telnetlib", "urllib.request", "urllib3", "xmlrpc.client",
}  # fmt: skip


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


def test_every_module_that_calls_out_is_known_with_its_reason() -> None:
    found = {
        named(path).removeprefix("src/")
        for path in python_files(SOURCE)
        if imported(path) & NETWORK
    }
    assert found == set(CALLS_OUT)


def test_no_shell_is_ever_asked() -> None:
    """A command is a list of words of our own."""
    for path in python_files(SOURCE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                assert "shell" not in {one.arg for one in node.keywords}, named(path)
                assert ast.unparse(node.func) not in {"os.system", "os.popen", "eval", "exec"}


class Elsewhere(BaseHTTPRequestHandler):
    """Sends everybody on to somewhere else."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1/metadata")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


def test_a_redirect_is_followed_nowhere() -> None:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    web = Web(f"http://127.0.0.1:{server.server_address[1]}/record")
    try:
        with pytest.raises(Unusable, match="HTTP 302"):
            web.read("checkpoint")
    finally:
        web.close()
        server.shutdown()
        server.server_close()
    assert Elsewhere.asked == ["/record/checkpoint"]
