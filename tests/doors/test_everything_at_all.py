"""Whatever is sent to whichever address, by whomever: it is answered, and never by a failure.

Every address is seen by everybody first, to learn what it asks for. Then each of those names gets
odd values one by one, and all of them together what schemathesis thinks of.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis.core.result import Ok

from hopthu.core.terms import Step
from hopthu.project.wsgi import application
from hopthu.record import sequencer
from hopthu.web import rates
from tests.desk.browsing import come_in, report_with_photo
from tests.doors.doors import FORM, METHODS, addresses
from tests.doors.openapi import HOLE, ODD, Asked, Door, document, good_values, names_asked_for
from tests.doors.test_doors import FILLINGS, NOBODY, PEOPLE
from tests.makers import MONDAY, make_city, make_staff, open_log, send_report
from tests.public import following
from tests.wsgi import ask, spelled, the_tests_connection

EXAMPLES = int(os.environ.get("EXAMPLES", "4"))
"""For each address and method; more find more."""
SENDER = "sender"
TOKEN = "x" * 32
FORM_KIND = "application/x-www-form-urlencoded"

Cookies = dict[str, dict[str, str]]
Values = dict[str, tuple[str, ...]]


@pytest.fixture
def visitors(db: None, tmp_path: Path, settings: Settings) -> Iterator[Cookies]:
    """Who comes: a name, and the cookies of their browser."""
    # An error is to be seen, not the page about it.
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(MONDAY, tick=False):
        open_log(tmp_path, settings)
        make_city()
        browsers = {NOBODY: Client(), SENDER: Client()}
        following.sign_in(browsers[SENDER], send_report())
        for name, role in PEOPLE.items():
            browsers[name] = Client()
            come_in(browsers[name], make_staff(name, role))
        yield {
            name: spelled(browser.cookies) | {"desk-form": TOKEN}
            for name, browser in browsers.items()
        }


@pytest.fixture
def values(visitors: Cookies) -> Values:
    """What makes sense in each field and hole, where the odd does not stand."""
    kinds = ("public", "private")
    made = [report_with_photo(private=kind == "private")[0] for kind in kinds]
    sequencer.run(MONDAY)
    holes = {
        hole.rpartition(":")[2]: (value,)
        for filling in FILLINGS.values()
        for hole, value in filling.items()
    }
    return holes | good_values(made)


@pytest.fixture
def asked(visitors: Cookies, values: Values) -> Asked:
    """What each door asks for: seen by knocking, as everybody, at every step."""
    found: Asked = {Door(method, path): {} for path in addresses().values() for method in METHODS}
    for door, names in found.items():
        steps = tuple(Step) if "<step>" in door.path else ("",)
        for who in comers(door, visitors):
            for step in steps:
                with names_asked_for() as seen:
                    knock(door, visitors[who], values | {"step": (step,)}, FORM)
                names.update(dict.fromkeys(seen - names.keys(), who))
    return found


def comers(door: Door, visitors: Cookies) -> list[str]:
    """To whom a door makes a difference."""
    public = (NOBODY, SENDER)
    return [who for who in visitors if (who in public) is not door.path.startswith("/desk/")]


def knock(door: Door, cookies: dict[str, str], values: Values, sent: dict[str, str]) -> int:
    path = HOLE.sub(lambda hole: quote(values[hole[1]][0], safe=""), door.path)
    head = {
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "HTTP_X_CSRFTOKEN": TOKEN,
    }
    with undone():
        if door.method == "POST":
            return ask(path, body=urlencode(sent).encode(), kind=FORM_KIND, head=head)[0]
        return ask(f"{path}?{urlencode(sent)}", head=head)[0]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens, it did not."""
    rates.forget()
    with the_tests_connection(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_nothing_that_is_sent_makes_an_address_fail(
    visitors: Cookies, values: Values, asked: Asked
) -> None:
    assert_it_was_seen(asked)
    for odd in ODD:
        one_by_one(asked, visitors, values, odd)

    schema = schemathesis.openapi.from_dict(document(asked, values))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(METHODS) * len(addresses())
    for operation, door in zip(operations, asked, strict=True):
        fuzz(operation, {who: visitors[who] for who in comers(door, visitors)})


def assert_it_was_seen(asked: Asked) -> None:
    """What addresses ask for: else nothing odd would get anywhere."""
    public = asked[Door("GET", "/reports")]
    assert {"q", "category", "area", "status", "before"} <= public.keys()
    assert {"email", "often", "report"} <= asked[Door("POST", "/letters")].keys()
    step = asked[Door("POST", "/desk/reports/<number>/<step>")]
    assert {"words", "date", "passage", "lat", "recipient"} <= step.keys()


def one_by_one(asked: Asked, visitors: Cookies, values: Values, odd: str) -> None:
    """An odd value in one place, and good ones in all others."""
    for door, names in asked.items():
        for hole in HOLE.findall(door.path):
            for who in comers(door, visitors):
                assert knock(door, visitors[who], values | {hole: (odd,)}, FORM) != 500, door
        sent = {name: values[name][0] for name in names if name in values}
        for name, who in names.items():
            assert knock(door, visitors[who], values, sent | {name: odd}) != 500, (door, name)


def fuzz(operation: Any, visitors: Cookies) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), who=st.sampled_from(sorted(visitors)))
    def each(case: Any, who: str) -> None:
        head = {"X-CSRFToken": TOKEN}
        with undone():
            answer = case.call(app=application, cookies=visitors[who], headers=head, buffered=True)
        assert answer.status_code != 500

    each()
