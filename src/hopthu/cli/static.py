"""The files that pages carry (styles, scripts, fonts), gathered for the web server.

They are gathered again only when one of them changed: `serve` has to answer within seconds.
"""

import hashlib
import sys
from pathlib import Path
from subprocess import run

from django.conf import settings

STAMP = "made-of.txt"


def collect() -> None:
    """Bring `STATIC_ROOT` up to date; in a process of its own, as `serve` needs no Django."""
    root: Path = settings.STATIC_ROOT
    if settings.DEBUG or is_current(root):
        return
    run([sys.executable, "-m", __name__], check=True)


def is_current(root: Path) -> bool:
    stamp = root / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint()


def fingerprint() -> str:
    """Changes with every file, and with the program that gathers them."""
    package = Path(__file__).resolve().parent.parent
    sources = sorted(file for file in package.glob("*/static/**/*") if file.is_file())
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for file in sources:
        facts = file.stat()
        digest.update(f"{file.relative_to(package)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    made_of = fingerprint()
    call_command("collectstatic", interactive=False, verbosity=0)
    (Path(settings.STATIC_ROOT) / STAMP).write_text(made_of)


if __name__ == "__main__":
    main()
