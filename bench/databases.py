"""Where the measured city keeps its reports: a file, or a PostgreSQL that waits for the disk."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench.servers import City, fresh
from tests.databases import postgres

SQLITE, POSTGRES = "sqlite", "postgres"


@contextmanager
def city_on(database: str, folder: Path) -> Iterator[City]:
    """A city without anything in it yet; gone afterwards."""
    fresh(folder)
    try:
        if database == SQLITE:
            yield City(folder)
        else:
            with postgres(durable=True) as url:
                yield City(folder, url)
    finally:
        shutil.rmtree(folder)


def settle(city: City) -> None:
    """What a database does by itself in a quiet hour after a large import."""
    if city.database_url:
        with psycopg.connect(city.database_url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")
        return
    with closing(sqlite3.connect(_file(city))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(city: City, folder: Path) -> City:
    """The same city once more, with the same keys. No process may be using `city`.

    `folder` ends in the name of its database.
    """
    fresh(folder)
    shutil.copytree(city.data, folder, dirs_exist_ok=True)
    if not city.database_url:
        return City(folder)
    server, _, _ = city.database_url.rpartition("/")
    name = sql.Identifier(folder.name)
    with psycopg.connect(f"{server}/template1", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE postgres").format(name))
    return City(folder, f"{server}/{folder.name}")


def server_process(city: City) -> int | None:
    """Process id of PostgreSQL; SQLite has none."""
    if not city.database_url:
        return None
    with psycopg.connect(city.database_url) as connection:
        row = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    return int(row[0].split("\n")[0]) if row else None


def _file(city: City) -> Path:
    return city.data / "hopthu.sqlite3"
