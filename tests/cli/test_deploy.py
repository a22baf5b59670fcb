"""What `deploy/` ships: units, proxies and settings that go with the program as it is."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hopthu.care.doctor import proxy
from hopthu.cli.main import COMMANDS
from hopthu.cli.two_users import PLACES
from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTOS
from tests.live import ROOT, Server

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/opt/hopthu/.venv/bin/hopthu"
EXPOSED = 2.5
"""Of 10, by the count of `systemd-analyze security`; a unit without any care has 9.6."""
has_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd on this machine"
)


def settings_of(unit: str) -> list[tuple[str, str]]:
    text = (DEPLOY / "systemd" / unit).read_text()
    return re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)


def given(unit: str, name: str) -> list[str]:
    return [word for key, words in settings_of(unit) if key == name for word in words.split()]


@has_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_every_line(unit: Path, tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text().replace(PROGRAM, "/bin/true").replace("file:/opt", "file:/")
        (tmp_path / path.name).write_text(text.replace("/usr/local/bin/hopthu", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@has_systemd
@pytest.mark.parametrize("unit", ["hopthu-web.service", "hopthu-work.service"])
def test_little_is_left_to_a_process_that_was_taken_over(unit: str) -> None:
    done = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            f"--threshold={EXPOSED * 10:.0f}",
            str(DEPLOY / "systemd" / unit),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-400:]


@pytest.mark.parametrize(("unit", "user"), [("web", "web"), ("work", "work")])
def test_each_process_may_write_where_it_has_to_and_nowhere_else(unit: str, user: str) -> None:
    data = "/var/lib/hopthu/"
    written = {
        path.removeprefix(data) for path in given(f"hopthu-{unit}.service", "ReadWritePaths")
    }
    shared = {name for name, place in PLACES.items() if place.folder_mode & 0o020}
    own = {name for name, place in PLACES.items() if place.owner == user}
    never = {"keys/web", "imports"}  # read, and a command's alone
    assert written == (shared | own) - never


def test_neither_process_can_look_at_the_others_keys() -> None:
    web = given("hopthu-web.service", "InaccessiblePaths")
    work = given("hopthu-work.service", "InaccessiblePaths")
    assert "/var/lib/hopthu/keys/work" in web
    assert work == ["/var/lib/hopthu/keys/web"]


def test_units_run_commands_that_there_are() -> None:
    for unit in UNITS:
        for line in (value for key, value in settings_of(unit.name) if key == "ExecStart"):
            assert line.split()[1] in COMMANDS


def test_the_settings_that_are_shipped_are_understood(tmp_path: Path) -> None:
    lines = (DEPLOY / "hopthu.env").read_text().splitlines()
    pairs = [line.split("=", 1) for line in lines if line and not line.startswith("#")]
    city = Server(tmp_path, settings=dict(pairs))
    code = "from django.conf import settings as s; print(s.DATA, s.DATABASES['default']['NAME'])"
    assert city.do(code) == "/var/lib/hopthu /var/lib/hopthu/database/hopthu.sqlite3\n"


@pytest.mark.parametrize(
    ("sample", "place"),
    [("nginx.conf", "etc/nginx/sites-enabled/hopthu"), ("Caddyfile", "etc/caddy/Caddyfile")],
)
def test_no_proxy_that_is_shipped_writes_down_who_asks(
    tmp_path: Path, sample: str, place: str
) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    shutil.copy(DEPLOY / sample, tmp_path / place)
    found = list(proxy.check(datetime.now(UTC), system=tmp_path))
    assert [str(one.verdict) for one in found] == ["ok"]


@pytest.mark.parametrize(
    ("sample", "limit"), [("nginx.conf", "client_max_body_size"), ("Caddyfile", "max_size")]
)
def test_a_form_with_all_its_photos_gets_through_a_proxy(sample: str, limit: str) -> None:
    (size,) = re.findall(rf"^\s*{limit} (\d+)[mM]", (DEPLOY / sample).read_text(), re.MULTILINE)[:1]
    assert int(size) * 1_000_000 > MAX_PHOTOS * MAX_PHOTO_BYTES


def test_nginx_says_nothing_of_a_visitor_in_any_server_block() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    servers = text.count("server {")
    assert servers == text.count("access_log off;") == text.count("error_log /dev/null")


def test_proxies_speak_todays_tls_alone() -> None:
    """Caddy does by itself, unless it is told otherwise."""
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in (DEPLOY / "nginx.conf").read_text()
    assert "tls" not in (DEPLOY / "Caddyfile").read_text()


def test_the_web_process_calls_nobody_outside_this_machine() -> None:
    assert given("hopthu-web.service", "IPAddressDeny") == ["any"]
    assert given("hopthu-web.service", "IPAddressAllow") == ["localhost"]
