"""Choices that several forms of the desk offer: categories, places, offices."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration
from hopthu.core.geometry import Point
from hopthu.desk.forms import fields
from hopthu.desk.forms.fields import Field, Option, OptionGroup


def category_groups(setup: Configuration, *, without: str = "") -> list[OptionGroup]:
    """The active categories under the names of their groups."""
    return [
        OptionGroup(
            str(group.name),
            tuple(
                Option(category.code, str(category.name))
                for category in group.categories
                if category.code != without
            ),
        )
        for group in setup.groups
    ]


def area_options(setup: Configuration) -> list[Option]:
    return [Option(area.code, str(area.name)) for area in setup.areas.values()]


def body_options(setup: Configuration) -> list[Option]:
    return [Option(body.code, str(body.name)) for body in setup.bodies.values()]


def place_fields(setup: Configuration, *, area: str = "", landmark: str = "") -> Iterator[Field]:
    """Where, in words."""
    yield fields.select(
        "area",
        _("Ward"),
        area_options(setup),
        value=area,
        empty=_("Choose"),
        hint=_("A pin on the map comes before the ward chosen here."),
    )
    yield fields.text("landmark", _("Street or landmark"), value=landmark)


def point_fields(point: Point | None = None) -> Iterator[Field]:
    """Where, as a pin; a map fills these in."""
    lat, lon = (f"{point.lat:.5f}", f"{point.lon:.5f}") if point else ("", "")
    yield fields.text("lat", _("Latitude"), value=lat, hint=_("For example 10.2541"))
    yield fields.text("lon", _("Longitude"), value=lon, hint=_("For example 105.9723"))
