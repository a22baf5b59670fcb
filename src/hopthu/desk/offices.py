"""What an office is called, by its id."""

from hopthu.bodies.configuration import Configuration


def office_name(body_id: int | None, setup: Configuration) -> str:
    """Empty for the whole city."""
    return next((str(body.name) for body in setup.bodies.values() if body.id == body_id), "")
