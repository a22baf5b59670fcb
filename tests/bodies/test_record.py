"""Whatever changes in the city's set-up is an entry of the record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hopthu.bodies import actions
from hopthu.bodies.models import Body, Category
from hopthu.bodies.recording import DefinitionTooLong, shape_sha256
from hopthu.core.entries import EntryTooLong
from hopthu.record.models import Entry
from tests import makers
from tests.makers import MONDAY, name, square
from tests.recorded import city_entries, documented

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[], object]] = {
    "city.changed": lambda: actions.configure_city(about=name("Để thử nữa")),
    "area.changed": lambda: actions.put_area("east", name=name("Phường Mới")),
    "body.changed": lambda: actions.put_body("works", phone="0270 9"),
    "group.changed": lambda: actions.put_group("street", icon="lamp"),
    "category.changed": lambda: actions.put_category("lamp", group="street", resolve_amount=30),
    "rule.changed": lambda: actions.put_rule(body="office", group="street"),
    "calendar.changed": lambda: actions.put_day_off(date(2026, 12, 24)),
}


def defined(kind: str) -> list[Any]:
    return [entry.told["defined"] for entry in city_entries(kind)]


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_one_entry_and_no_change_is_none(city: None, kind: str) -> None:
    before, all_before = len(city_entries(kind)), Entry.objects.count()

    CHANGES[kind]()
    CHANGES[kind]()

    assert len(city_entries(kind)) == before + 1
    assert Entry.objects.count() == all_before + 1


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_told_is_documented(city: None, kind: str) -> None:
    CHANGES[kind]()

    for told in defined(kind):
        assert told.keys() <= documented(kind)


def test_a_promise_that_changes_is_told(city: None) -> None:
    actions.put_category("lamp", group="street", name=name("Đèn"), resolve_amount=30, at=MONDAY)

    entry = city_entries("category.changed")[-1]

    assert entry.time == "2026-11-16T02:00:00Z"
    assert entry.told["defined"] == {
        "category": "lamp",
        "group": "street",
        "name": name("Đèn"),
        "description": {},
        "icon": "lamp",
        "place": "point",
        "private": False,
        "oversight": False,
        "danger": False,
        "legal_notice": False,
        "acknowledge": {"amount": 2, "unit": "working_days"},
        "resolve": {"amount": 30, "unit": "working_days"},
        "active": True,
        "position": 0,
        "questions": [],
    }


def test_questions_are_told_with_whether_their_answers_are_for_everybody(city: None) -> None:
    question = {"code": "size", "prompt": name("Cỡ"), "datatype": "singlevaluelist"}
    choices = [("big", name("Lớn"))]

    actions.put_category(
        "lamp", group="street", questions=[{**question, "choices": choices, "public": False}]
    )

    assert defined("category.changed")[-1]["questions"] == [
        {
            "code": "size",
            "prompt": name("Cỡ"),
            "help": {},
            "datatype": "singlevaluelist",
            "required": False,
            "public": False,
            "choices": [["big", name("Lớn")]],
        }
    ]


def test_of_an_area_the_border_is_told_by_its_hash(city: None) -> None:
    border = square(106.0, 10.0, 106.03, 10.01)

    actions.put_area("east", name=name("Phường Đông"), shape=border)

    told = defined("area.changed")[-1]
    assert told == {
        "area": "east",
        "name": name("Phường Đông"),
        "position": 0,
        "shape_sha256": shape_sha256(border),
    }


def test_a_border_has_one_hash_however_its_numbers_are_written() -> None:
    assert shape_sha256({"coordinates": [[106, 10.5]]}) == shape_sha256(
        {"coordinates": [[106.0, 10.50000000001]]}
    )
    assert shape_sha256({"coordinates": [[106.0000001, 10.5]]}) != shape_sha256(
        {"coordinates": [[106.0, 10.5]]}
    )


def test_a_rule_leaves_out_what_it_does_not_ask_about(city: None) -> None:
    actions.put_rule(body="works", category="lamp", area="east")

    assert defined("rule.changed") == [
        {"body": "works", "group": "street"},
        {"body": "office"},
        {"body": "works", "category": "lamp", "area": "east"},
    ]


def test_a_day_off_is_told(city: None) -> None:
    actions.put_day_off(date(2026, 12, 24), name=name("Nghỉ"))

    assert defined("calendar.changed") == [
        {"date": "2026-12-24", "working": False, "name": name("Nghỉ")}
    ]


def test_a_category_too_long_for_an_entry_is_refused_and_nothing_is_written(city: None) -> None:
    choices = [[f"c{number}", name("Một lựa chọn rất dài")] for number in range(1_000)]
    question = {"code": "which", "prompt": name("Nào"), "datatype": "singlevaluelist"}
    before = Entry.objects.count()

    with pytest.raises(DefinitionTooLong, match="category lamp: its words take more than") as long:
        actions.put_category(
            "lamp", group="street", icon="tree", questions=[{**question, "choices": choices}]
        )

    assert isinstance(long.value, EntryTooLong)
    assert Entry.objects.count() == before
    lamp = Category.objects.get(code="lamp")
    assert (lamp.icon, lamp.questions.count()) == ("lamp", 0)


@pytest.mark.parametrize(("category", "question"), [("đèn", "size"), ("lamp", "cỡ"), ("l p", "a")])
def test_codes_are_plain_letters(city: None, category: str, question: str) -> None:
    asked = {"code": question, "prompt": name("Cỡ"), "datatype": "string"}

    with pytest.raises(ValidationError):
        actions.put_category(category, group="street", questions=[asked])


def test_what_is_rolled_back_is_in_no_entry(city: None) -> None:
    before = Entry.objects.count()

    with pytest.raises(Body.DoesNotExist):
        actions.put_rule(body="nobody")

    assert Entry.objects.count() == before


def test_the_makers_city_is_told_once_each(city: None) -> None:
    makers.make_city()

    assert [len(city_entries(kind)) for kind in CHANGES] == [1, 2, 2, 2, 5, 2, 0]
