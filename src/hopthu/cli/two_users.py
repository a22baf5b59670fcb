"""The data folder for two users of the system, one for web and one for work: `hopthu init --users`.

Whoever takes over the web process can then do what the web can, and open no contact. What each of
them owns stands in `PLACES`; what both need is shared through the one group that both are in.

Run by root, over folders in which another user may put what they like: nothing is followed, and
nothing is changed by its name once it was looked at (O_NOFOLLOW, fchown).

CannotBeShared   such users, or such a database, cannot be kept apart
"""

import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hopthu.record import durable

DATABASE: Final = "database"
"""SQLite writes beside its file: it has a folder of its own, and nobody writes in the others."""
SHARED_FOLDER, SHARED_FILE = 0o2770, 0o660
OWN_FOLDER, OWN_FILE = 0o700, 0o600
READ_FOLDER, READ_FILE = 0o2750, 0o640


class CannotBeShared(SystemExit):
    def __init__(self, why: str) -> None:
        super().__init__(f"hopthu: {why}")


@dataclass(frozen=True)
class Users:
    web: int
    work: int
    group: int
    """The one that both are in, and nobody else."""


@dataclass(frozen=True)
class Place:
    """Somebody's part of the data folder, with all that is in it; `folder` False: a single file."""

    owner: str
    folder_mode: int
    file_mode: int
    folder: bool = True


PLACES: Final = {
    "keys/web": Place("web", OWN_FOLDER, OWN_FILE),
    "keys/work": Place("work", OWN_FOLDER, OWN_FILE),
    DATABASE: Place("work", SHARED_FOLDER, SHARED_FILE),
    "photos": Place("web", SHARED_FOLDER, SHARED_FILE),
    "record": Place("work", READ_FOLDER, READ_FILE),
    "static": Place("web", READ_FOLDER, READ_FILE),
    "mail": Place("work", OWN_FOLDER, OWN_FILE),
    "imports": Place("work", OWN_FOLDER, OWN_FILE),
    "serve.lock": Place("web", OWN_FOLDER, OWN_FILE, folder=False),
}
"""The data folder itself, and `keys`, are root's: neither user can put another in a place."""


def named(names: str) -> Users:
    """From `WEB,WORK`, as the operator names them. Raises `CannotBeShared`."""
    if os.geteuid() != 0:
        raise CannotBeShared("--users takes root: files are given to two users")
    try:
        web, work = (pwd.getpwnam(name.strip()) for name in names.split(","))
    except (KeyError, ValueError) as error:
        raise CannotBeShared(f"--users takes two users that exist, as WEB,WORK: {names}") from error
    if web.pw_uid == work.pw_uid or 0 in {web.pw_uid, work.pw_uid}:
        raise CannotBeShared("web and work have to be two users, and neither of them root")
    if web.pw_gid != work.pw_gid:
        raise CannotBeShared("web and work need one group: `useradd --gid` gives it to both")
    return Users(web.pw_uid, work.pw_uid, work.pw_gid)


def there(data: Path) -> Users | None:
    """Those of a folder that is shared already, so that `init` after an update keeps to it."""
    web, work = data / "keys" / "web", data / "keys" / "work"
    if os.geteuid() != 0 or not (web.is_dir() and work.is_dir()):
        return None
    owners = web.stat().st_uid, work.stat().st_uid
    return Users(*owners, data.stat().st_gid) if len({0, *owners}) == 3 else None


def check_database(data: Path, database: dict[str, object]) -> None:
    """Raises `CannotBeShared`: SQLite's file has to lie where `PLACES` says."""
    if not str(database["ENGINE"]).endswith("sqlite3"):
        return
    name = Path(str(database["NAME"]))
    if name.parent != data / DATABASE:
        raise CannotBeShared(
            f"two users share an SQLite database in {data / DATABASE} alone: move {name} there "
            f"and set HOPTHU_DATABASE_URL=sqlite:///{data / DATABASE / name.name}"
        )


def arrange(data: Path, users: Users) -> None:
    """Give everybody what is theirs. Safe to run again, also while the city is served."""
    durable.make_folder(data / DATABASE, mode=0o700)
    _copy_web_keys(data)
    _make_photo_folders(data / "photos")
    for folder in (data, data / "keys"):
        _give(os.open(folder, os.O_RDONLY | os.O_DIRECTORY), 0, users.group, 0o750)
    for name, place in PLACES.items():
        owner = users.web if place.owner == "web" else users.work
        if place.folder:
            durable.make_folder(data / name, mode=0o700)
            for descriptor in _within(data / name):
                _give(descriptor, owner, users.group, place.folder_mode, place.file_mode)
        else:
            file = os.open(data / name, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, place.file_mode)
            _give(file, owner, users.group, place.folder_mode, place.file_mode)


def _copy_web_keys(data: Path) -> None:
    """What work needs of them (`record.key_files`), the newest."""
    copies = data / "keys" / "work" / "web"
    durable.make_folder(copies, mode=0o700)
    for key in (data / "keys" / "web").iterdir():
        durable.replace(copies / key.name, key.read_bytes(), mode=0o600)


def _make_photo_folders(photos: Path) -> None:
    """All there can be (`reports.photos.storage`): made by one user they would be its own."""
    digits = "0123456789abcdef"
    for first in digits:
        for second in digits:
            durable.make_folder(photos / first / second, mode=0o700)


def _within(folder: Path) -> Iterator[int]:
    """Descriptors of a folder and of all folders and plain files in it; to be closed."""
    for _path, _folders, files, descriptor in os.fwalk(folder):
        yield os.dup(descriptor)
        for name in files:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            try:
                yield os.open(name, flags, dir_fd=descriptor)
            except OSError:
                continue  # a link, or gone since


def _give(
    descriptor: int, owner: int, group: int, folder_mode: int, file_mode: int = OWN_FILE
) -> None:
    """Closes the descriptor. What has a second name, somewhere else, is left as it is."""
    try:
        facts = os.fstat(descriptor)
        is_folder = stat.S_ISDIR(facts.st_mode)
        if is_folder or (stat.S_ISREG(facts.st_mode) and facts.st_nlink == 1):
            os.fchown(descriptor, owner, group)
            os.fchmod(descriptor, folder_mode if is_folder else file_mode)
    finally:
        os.close(descriptor)
