"""How a command that looks after the city reaches its database."""

from django.db import connection


def one_connection() -> None:
    """Is enough here, and without a pool it fails at once where the database does not answer."""
    connection.settings_dict["OPTIONS"].pop("pool", None)
