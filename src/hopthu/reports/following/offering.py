"""What can be followed here, and what it is called."""

from django.utils.translation import gettext as _

from hopthu.bodies.configuration import Configuration
from hopthu.core.codes import format_number
from hopthu.outbox.following.things import Thing
from hopthu.reports.models import Report


def is_followable(thing: Thing, setup: Configuration) -> bool:
    """Whether there will ever be anything to tell of it, to anybody."""
    if thing.number:
        return Report.objects.told().filter(number=thing.number).exists()
    category = setup.categories.get(thing.category)
    if thing.category and (category is None or category.private or not category.active):
        return False
    return not thing.area or thing.area in setup.areas


def name_of(thing: Thing, setup: Configuration) -> str:
    """As in “Street lamps, East Ward”; its code where the city has dropped it since."""
    if thing.number:
        return _("report %(number)s") % {"number": format_number(thing.number)}
    category, area = setup.categories.get(thing.category), setup.areas.get(thing.area)
    names = (
        str(category.name) if category else thing.category,
        str(area.name) if area else thing.area,
    )
    return ", ".join(name for name in names if name)
