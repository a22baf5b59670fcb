"""`hopthu import areas`: what the borders of a file would change here, and changing it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify
from holidays import list_supported_countries

from hopthu.bodies import actions
from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import NoCity, configuration
from hopthu.bodies.translated import Translated
from hopthu.cli.imports.borders import Border, fit, read_borders


def run(arguments: argparse.Namespace) -> int:
    """0; or 1 where no city is there to have the areas."""
    setup = _setup()
    if setup is None and not arguments.city:
        print("hopthu: no city is set up here yet; name it with --city NAME.", file=sys.stderr)
        return 1
    borders = read_borders(
        Path(arguments.file),
        code_property=arguments.code_property,
        name_properties=arguments.name_property,
        only_name=arguments.city,
    )
    print(_table(borders, setup))
    if not arguments.apply:
        print("Nothing was written. Add --apply to do it.")
        return 0
    with transaction.atomic():
        if setup is None:
            _make_city(arguments)
        before = len(setup.areas) if setup else 0
        for position, border in enumerate(borders, start=before):
            is_new = not setup or border.code not in setup.areas
            place: dict[str, Any] = {"position": position} if is_new else {}
            actions.put_area(border.code, name=border.name, shape=border.shape, **place)
    print("Done.")
    return 0


def _setup() -> Configuration | None:
    try:
        return configuration()
    except NoCity:
        return None


class BadCity(SystemExit):
    """What was said of the new city cannot be; the message says why."""


def _make_city(arguments: argparse.Namespace) -> None:
    if arguments.time_zone not in available_timezones():
        raise BadCity(f"hopthu: no such time zone: {arguments.time_zone}")
    if arguments.country not in list_supported_countries():
        raise BadCity(f"hopthu: no holidays are known for the country {arguments.country}")
    name = Translated(vi=arguments.city, en=arguments.city)
    actions.configure_city(
        name=name,
        kind=Translated(vi="Thành phố", en="City", km="ទីក្រុង"),
        jurisdiction_id=slugify(arguments.city),
        country=arguments.country,
        time_zone=arguments.time_zone,
    )


def _table(borders: Sequence[Border], setup: Configuration | None) -> str:
    known = setup.areas if setup else {}
    shapes = setup.shapes if setup else {}
    here = [border for border in borders if border.code in known]
    same = sum(b.name == known[b.code].name and b.shape == shapes[b.code] for b in here)
    lines = [
        *(f"  {border.code:<12} {border.name}" for border in borders[:3]),
        *(["  …"] if len(borders) > 3 else []),
        f"{len(borders):>9,} areas",
        f"{len(borders) - len(here):>9,} new",
        f"{len(here) - same:>9,} changed",
        f"{same:>9,} as they are here",
    ]
    meeting = fit(borders)
    if meeting.overlap >= 1:
        lines.append(f"Borders overlap by {meeting.overlap:,.0f} m²: there the first area counts.")
    if meeting.gaps >= 1:
        lines.append(
            f"Gaps between them make {meeting.gaps:,.0f} m²: "
            "a place there counts to the nearest area within 200 m."
        )
    return "\n".join(lines)
