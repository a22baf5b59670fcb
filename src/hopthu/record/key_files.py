"""Where the keys of the two processes lie, and whether they are kept apart.

`keys/web` is the web process's and `keys/work` that of `hopthu work`, each closed to everybody but
its owner. Under two users work reads none of the web's files, and needs some of what they hold (it
signs links in letters): `keys/work/web` has copies. Nothing of work's is copied to the web.
"""

import os
from pathlib import Path
from typing import Final

OFF: Final = "off: protects stolen databases and backups, not a taken-over web process"
ON: Final = "on: web and work are two users"


def web_key(data: Path, name: str) -> Path:
    """A key of the web process, as far as this process can read it."""
    own, copies = data / "keys" / "web", data / "keys" / "work" / "web"
    there = own.parent.exists() and not os.access(own, os.X_OK)
    return (copies if there and os.access(copies, os.X_OK) else own) / name


def are_apart(data: Path) -> bool:
    """Whether the owner of the web's keys is kept from those of work. Raises OSError: no keys."""
    web, work = ((data / "keys" / folder).stat() for folder in ("web", "work"))
    # The system keeps nothing from its administrator.
    return web.st_uid not in {0, work.st_uid} and not work.st_mode & 0o077


def is_kept_out(data: Path) -> bool:
    """The same, seen from the web process itself: it cannot open the folder of work's keys."""
    return are_apart(data) and not os.access(data / "keys" / "work", os.R_OK | os.X_OK)
