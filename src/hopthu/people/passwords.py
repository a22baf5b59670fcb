"""Passwords that the software gives out: read from a screen once, and typed."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without look-alikes."""


def new_password() -> str:
    """About 60 random bits in three groups."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
