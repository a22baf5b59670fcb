"""Which steps are told, and that a letter is written with its step or not at all."""

from typing import Any

import pytest
from django.db import transaction

from hopthu.core.lifecycle import StepRefused
from hopthu.core.terms import Role, Step
from hopthu.outbox.actions import tell
from hopthu.outbox.models import Delivery
from hopthu.people.actors import Actor
from hopthu.people.models import Contact
from hopthu.people.queries import actor
from hopthu.reports.actions.contacts import leave_contact
from hopthu.reports.models import Report
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sealing")]


def told(report: Report) -> list[str]:
    events = {event.seq: event.kind for event in report.events.all()}
    seqs = Delivery.objects.filter(number=report.number).order_by("seq")
    return [events[seq] for seq in seqs.values_list("seq", flat=True)]


def reachable() -> Report:
    return makers.make_report(email="an@example.vn", language="vi")


def test_every_public_step_of_the_city_is_told() -> None:
    report, other = reachable(), makers.make_report()
    city = makers.make_staff(
        "binh", (Role.OFFICER, "works"), (Role.DISPATCHER, None), (Role.MODERATOR, None)
    )
    steps: list[tuple[Step, dict[str, Any]]] = [
        (Step.ACCEPT, {}),
        (Step.START, {}),
        (Step.SCHEDULE, {"date": makers.MONDAY.date()}),
        (Step.ASK, {"words": "Ở đâu?"}),
        (Step.ANSWER, {"words": "Mai."}),
        (Step.REDACT, {"passage": "ba đêm", "words": "tên"}),
        (Step.MERGE, {"target": other.number}),
        (Step.UNMERGE, {}),
        (Step.RESOLVE, {"outcome": "done", "words": "Xong."}),
    ]
    for step, given in steps:
        makers.take(report, step, city, **given)
    assert told(report) == [
        "received",
        "accept",
        "start",
        "schedule",
        "ask",
        "answer",
        "redact",
        "merge",
        "unmerge",
        "resolve",
    ]


def test_what_the_sender_or_a_neighbour_did_is_not() -> None:
    report = reachable()
    makers.take(report, Step.ADD_WORDS, words="Còn nữa.")
    makers.take(report, Step.SUPPORT, Actor(roles=frozenset({Role.NEIGHBOUR})))
    makers.take(report, Step.WITHDRAW)
    assert told(report) == ["received"]


def test_without_an_address_there_is_no_letter() -> None:
    report = makers.make_report()
    makers.take(report, Step.START, makers.make_officer())
    assert told(report) == []


def test_whoever_leaves_an_address_later_hears_from_then_on() -> None:
    report, officer = makers.make_report(), makers.make_officer()
    makers.take(report, Step.ACCEPT, officer)
    leave_contact(report, email="an@example.vn", language="vi")
    makers.take(report, Step.START, officer)
    assert told(report) == ["start"]


def test_a_step_that_is_refused_writes_none() -> None:
    report = reachable()
    with pytest.raises(StepRefused):
        makers.take(report, Step.REOPEN, makers.make_officer())
    assert told(report) == ["received"]


def test_a_step_that_is_undone_takes_its_letter_with_it() -> None:
    report, officer = reachable(), actor(makers.make_officer())
    with transaction.atomic():
        makers.take(report, Step.START, officer)
        transaction.set_rollback(True)
    assert told(report) == ["received"]


def test_telling_twice_is_telling_once() -> None:
    report = reachable()
    tell("report", number=report.number, seq=1, at=makers.MONDAY)
    assert told(report) == ["received"]


def test_erasing_a_report_forgets_its_contact_and_its_letters() -> None:
    report = reachable()
    chief = makers.make_staff("mai", (Role.ADMINISTRATOR, None))
    makers.erase(report, chief)
    assert told(report) == []
    assert not Contact.objects.exists()
