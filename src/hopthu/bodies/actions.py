"""Setting the city up.

Every change counts the version up, so that all processes see it, and is an entry of the public
record (`bodies.recording`, which may raise `DefinitionTooLong`); what changes nothing is none.
`at` is the time of the entry, now unless it is given.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import F

from hopthu.bodies import freshness
from hopthu.bodies.models import Area, Body, Category, City, DayOff, Group, Question, Rule
from hopthu.bodies.queries import read_anew
from hopthu.bodies.recording import recorded
from hopthu.bodies.words import check_wording

WORKING_HOURS = {str(day): [["07:30", "11:30"], ["13:30", "17:00"]] for day in range(5)}
"""The usual hours of Vietnamese offices."""


@transaction.atomic
def configure_city(*, at: datetime | None = None, **fields: Any) -> City:
    """Make the city, or change `fields` of it."""
    fields.setdefault("working_hours", WORKING_HOURS)
    with recorded("city.changed", City.objects.all(), at=at):
        city, made = City.objects.update_or_create(id=1, defaults=fields)
    if not made:
        _count_up()
    return city


@transaction.atomic
def put_area(code: str, *, at: datetime | None = None, **fields: Any) -> Area:
    with recorded("area.changed", Area.objects.filter(code=code), at=at):
        area, _ = Area.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return area


@transaction.atomic
def put_body(code: str, *, at: datetime | None = None, **fields: Any) -> Body:
    with recorded("body.changed", Body.objects.filter(code=code), at=at):
        body, _ = Body.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return body


@transaction.atomic
def put_group(code: str, *, at: datetime | None = None, **fields: Any) -> Group:
    """Raises `core.refused_words.RefusedWord`."""
    check_wording(fields)
    with recorded("group.changed", Group.objects.filter(code=code), at=at):
        group, _ = Group.objects.update_or_create(code=code, defaults=fields)
    _count_up()
    return group


@transaction.atomic
def put_category(
    code: str,
    *,
    group: str,
    questions: Iterable[Mapping[str, Any]] = (),
    at: datetime | None = None,
    **fields: Any,
) -> Category:
    """Make or change a category; its questions become exactly `questions`, in that order.

    Raises ValidationError for a code that is no slug: answers stand in the record by these codes;
    and `core.refused_words.RefusedWord` for what is not about a place or a service.
    """
    questions = list(questions)
    check_wording(fields, questions=questions)
    for one in (code, *(question["code"] for question in questions)):
        validate_slug(one)
    fields["group"] = Group.objects.get(code=group)
    with recorded("category.changed", Category.objects.filter(code=code), at=at):
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
    *,
    body: str,
    category: str | None = None,
    group: str | None = None,
    area: str | None = None,
    at: datetime | None = None,
) -> Rule:
    """Give what fits (`None` fits all) to `body`."""
    case: dict[str, Any] = {
        "category": Category.objects.get(code=category) if category else None,
        "group": Group.objects.get(code=group) if group else None,
        "area": Area.objects.get(code=area) if area else None,
    }
    with recorded("rule.changed", Rule.objects.filter(**case), at=at):
        rule, _ = Rule.objects.update_or_create(
            **case, defaults={"body": Body.objects.get(code=body)}
        )
    _count_up()
    return rule


@transaction.atomic
def put_day_off(
    day: date, *, working: bool = False, at: datetime | None = None, **fields: Any
) -> DayOff:
    with recorded("calendar.changed", DayOff.objects.filter(date=day), at=at):
        row, _ = DayOff.objects.update_or_create(date=day, defaults={"working": working, **fields})
    _count_up()
    return row


def _count_up() -> None:
    City.objects.filter(id=1).update(version=F("version") + 1)
    transaction.on_commit(freshness.announce)
    read_anew()
