"""What every test stands on: a data folder of its own, and the database that was asked for.

pytest                        on SQLite
pytest --database=postgres    on a real PostgreSQL, started here for this run
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import databases

# Before Django reads its settings: no test may come near the data of the person who runs it.
_rooms = ExitStack()
DATA = Path(_rooms.enter_context(tempfile.TemporaryDirectory(prefix="hopthu-test-")))
for name in [name for name in os.environ if name.startswith("HOPTHU_")]:
    if name not in {"HOPTHU_REQUIRE_BROWSER", databases.URL}:
        del os.environ[name]
os.environ["HOPTHU_DATA"] = str(DATA)
# Playwright keeps an event loop in the thread of the tests; no Django code of ours runs in one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

pytest_plugins = ["tests.browser", "tests.live", "tests.sealing_city", "tests.mailing_city"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="the database to test on; with postgres only the tests that need a database run",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    worker = hasattr(config, "workerinput")
    if config.getoption("--database") == "postgres":
        if not worker:
            os.environ[databases.URL] = _rooms.enter_context(databases.postgres())
    else:
        os.environ.pop(databases.URL, None)
    # Only now: pytest-django reads the settings right after this.
    os.environ["DJANGO_SETTINGS_MODULE"] = "hopthu.project.settings"
    import django
    from django.conf import settings

    # Pages are rendered without a build of the static files; real servers in tests do build them.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    django.setup()
    assert settings.DATA == DATA, "Django read its settings before there was a folder for the tests"
    if not worker:
        # Workers that inherit it would read the settings too early, and share our data folder.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    _rooms.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run again what a database can change; a browser sees no difference."""
    if config.getoption("--database") == "sqlite":
        return
    chosen = [item for item in items if _needs_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _needs_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser"):
        return False
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db")) or bool(
        fixtures & {"db", "transactional_db", "live", "server"}
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """SQLite is tested as it is run: a file with a write-ahead log, not a table in memory."""
    from django.conf import settings

    database: dict[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")


@pytest.fixture(autouse=True)
def _no_snapshot_between_tests() -> Iterator[None]:
    """A rolled-back transaction reuses version numbers: no test may see another's city.

    Nor is one counted for another's floods.
    """
    yield
    if queries := sys.modules.get("hopthu.bodies.queries"):
        queries.forget()
    for name in ("hopthu.web.rates", "hopthu.desk.throttle"):
        if counts := sys.modules.get(name):
            counts.forget()


@pytest.fixture(autouse=True)
def _waits_for_other_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test of another worker is one long transaction of the same server."""
    if postgres := sys.modules.get("hopthu.reports.residue.postgres"):
        monkeypatch.setattr(postgres, "PATIENCE", 240.0)


@pytest.fixture
def city(db: None) -> None:
    """The small city of `tests.makers`."""
    from tests import makers

    makers.make_city()
