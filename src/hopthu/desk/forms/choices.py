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


def place_fields(
    setup: Configuration,
    *,
    with_point: bool,
    area: str = "",
    landmark: str = "",
    point: Point | None = None,
) -> Iterator[Field]:
    """Ward and landmark; with `with_point` also the coordinates, which then decide."""
    yield fields.select("area", _("Ward"), area_options(setup), value=area, empty=_("Choose"))
    yield fields.text(
        "landmark",
        _("Street or landmark"),
        value=landmark,
        hint=_("What somebody looks for who goes there.") if with_point else "",
    )
    if with_point:
        yield fields.text(
            "coordinates",
            _("Coordinates"),
            value=f"{point.lat:.5f}, {point.lon:.5f}" if point else "",
            optional=True,
            hint=_(
                "Latitude, longitude, as in 10.2541, 105.9723. The ward then follows from them."
            ),
            inputmode="text",
            width="w-20",
        )
