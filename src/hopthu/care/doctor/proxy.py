"""The proxy before the mailbox: does it write down who asked for what?

The mailbox keeps no resident's address. nginx does unless it is told not to, Caddy if it is told
to. What can be found are their usual configuration and log files; another machine's cannot.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from hopthu.care.doctor.findings import Finding, fail, ok

NGINX: Final = ("etc/nginx/nginx.conf", "etc/nginx/conf.d/*.conf", "etc/nginx/sites-enabled/*")
CADDY: Final = ("etc/caddy/Caddyfile", "etc/caddy/conf.d/*")
LOGS: Final = ("var/log/nginx/*access*.log", "var/log/caddy/*access*.log")
FRESH: Final = timedelta(days=1)
_ACCESS_LOG: Final = re.compile(r"\baccess_log\s+(?P<where>[^;]+);")
_CADDY_LOG: Final = re.compile(r"^[ \t]+log(\s*\{|\s*$|\s+\w+\s*\{)", re.MULTILINE)
_COMMENT: Final = re.compile(r"#.*")


def check(at: datetime, *, system: Path = Path("/")) -> Iterator[Finding]:
    """`system` is where the machine's files begin."""
    wrong = [*_nginx(system), *_caddy(system), *_written(system, at)]
    yield from wrong or [ok("none found on this machine")]


def _nginx(system: Path) -> Iterator[Finding]:
    for path, text in _read(system, NGINX):
        if "proxy_pass" not in text:
            continue  # not a server that hands on to anybody
        logs = [match["where"].strip() for match in _ACCESS_LOG.finditer(text)]
        if not logs or any(where != "off" for where in logs):
            yield fail(
                f"nginx writes down who asks for what ({path})",
                "put `access_log off;` into the server block, and delete the logs that are there",
            )


def _caddy(system: Path) -> Iterator[Finding]:
    for path, text in _read(system, CADDY):
        if "reverse_proxy" in text and _CADDY_LOG.search(_without_global(text)):
            yield fail(
                f"Caddy writes down who asks for what ({path})",
                "take `log` out of the site's block, and delete the logs that are there",
            )


def _without_global(text: str) -> str:
    """The first block, if it has no address, is about Caddy itself: its `log` is another one."""
    return re.sub(r"\A\s*\{.*?^\}", "", text, count=1, flags=re.DOTALL | re.MULTILINE)


def _written(system: Path, at: datetime) -> Iterator[Finding]:
    for path in _found(system, LOGS):
        state = path.stat()
        written = datetime.fromtimestamp(state.st_mtime, UTC)
        if state.st_size and at - written < FRESH:
            yield fail(
                f"{path} was written to within a day",
                "switch that log off if it is of the mailbox (docs/operator.md), and delete it",
            )


def _read(system: Path, patterns: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for path in _found(system, patterns):
        yield path, _COMMENT.sub("", path.read_text(errors="replace"))


def _found(system: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(path for path in system.glob(pattern) if path.is_file())
