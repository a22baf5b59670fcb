"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hopthu.bodies.queries import NoCity, configuration


def city(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  Django's signature
    """`city` (None before one is set up), `languages` as (code, own name), where photos are."""
    try:
        here = configuration().city
    except NoCity:
        here = None
    photos = f"{settings.PHOTO_ADDRESS}/photos/"
    return {"city": here, "languages": settings.LANGUAGES, "photos_at": photos}
