"""What commands need that look into a city's database: a data folder, and tables of today."""

from pathlib import Path

import django
from django.conf import settings


class NotSetUp(SystemExit):
    """There is no data folder, or another one than was meant."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"hopthu: {data} is no data folder yet: run `hopthu init` first")


def get_ready() -> None:
    """Django, set up on them. Raises `NotSetUp`, `NotMigrated`, `NoDatabase`."""
    django.setup()
    from django.db import OperationalError

    from hopthu.cli.init import NoDatabase
    from hopthu.cli.work import NotMigrated, pending_migrations

    if not settings.DATA.is_dir():
        raise NotSetUp(settings.DATA)
    try:
        if pending_migrations():
            raise NotMigrated
    except OperationalError as error:
        raise NoDatabase(error) from error
