"""Setting the city up. Every change counts the version up, so that all processes see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from hopthu.bodies.models import Area, Body, Category, City, DayOff, Group, Question, Rule
from hopthu.bodies.queries import read_anew

WORKING_HOURS = {str(day): [["07:30", "11:30"], ["13:30", "17:00"]] for day in range(5)}
"""The usual hours of Vietnamese offices."""


@transaction.atomic
def configure_city(**fields: Any) -> City:
    """Make the city, or change `fields` of it."""
    fields.setdefault("working_hours", WORKING_HOURS)
    city, made = City.objects.update_or_create(id=1, defaults=fields)
    if not made:
        _count_up()
    return city


@transaction.atomic
def put_area(code: str, **fields: Any) -> Area:
    area, _ = Area.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return area


@transaction.atomic
def put_body(code: str, **fields: Any) -> Body:
    body, _ = Body.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return body


@transaction.atomic
def put_group(code: str, **fields: Any) -> Group:
    group, _ = Group.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return group


@transaction.atomic
def put_category(
    code: str, *, group: str, questions: Iterable[Mapping[str, Any]] = (), **fields: Any
) -> Category:
    """Make or change a category; its questions become exactly `questions`, in that order."""
    fields["group"] = Group.objects.get(code=group)
    category, _ = Category.objects.update_or_create(code=code, defaults=fields)
    category.questions.all().delete()
    Question.objects.bulk_create(
        Question(category=category, position=position, **question)
        for position, question in enumerate(questions)
    )
    _count_up()
    return category


@transaction.atomic
def put_rule(
    *, body: str, category: str | None = None, group: str | None = None, area: str | None = None
) -> Rule:
    """Give what fits (`None` fits all) to `body`."""
    rule, _ = Rule.objects.update_or_create(
        category=Category.objects.get(code=category) if category else None,
        group=Group.objects.get(code=group) if group else None,
        area=Area.objects.get(code=area) if area else None,
        defaults={"body": Body.objects.get(code=body)},
    )
    _count_up()
    return rule


@transaction.atomic
def put_day_off(date: Any, *, working: bool = False, **fields: Any) -> DayOff:
    day, _ = DayOff.objects.update_or_create(date=date, defaults={"working": working, **fields})
    _count_up()
    return day


def _count_up() -> None:
    City.objects.filter(id=1).update(version=F("version") + 1)
    read_anew()
