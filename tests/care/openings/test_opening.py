"""A telephone number is opened: for one officer, one reason, one page, after everybody was told."""

import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.db.models import F

from hopthu.care.openings import ledger, working
from hopthu.care.openings.limits import LIFE, OF_CITY, OF_OFFICER
from hopthu.care.openings.refusals import Why
from hopthu.core.terms import Step
from hopthu.people import seal_keys, telephones
from hopthu.people.models import Opening
from hopthu.record import folder
from hopthu.reports.actions.contacts import remove_telephone
from hopthu.reports.models import Event, Report
from tests.care.openings.scene import PHONE, Page, Scene, give_passkey
from tests.desk.device import Device
from tests.makers import make_officer, make_report, take
from tests.recorded import documented, entries, facts

pytestmark = pytest.mark.django_db


def test_the_number_comes_to_the_page_that_asked_and_to_no_other(scene: Scene) -> None:
    opening = scene.opened()

    told = scene.standing(opening)
    assert told.state == "opened"
    assert scene.page.open(told.sealed, opening) == PHONE
    with pytest.raises(InvalidTag):
        Page().open(told.sealed, opening)
    with pytest.raises(InvalidTag):
        scene.page.open(told.sealed, scene.ask())


def test_everybody_is_told_why_and_nobody_by_whom(scene: Scene) -> None:
    scene.opened()

    entry = entries(scene.report)[-1]
    assert (entry.type, entry.told["actor"]) == ("contact.opened", "officer")
    assert facts(entry) == {"reason": "place"}
    assert documented("contact.opened") >= {"reason"}
    assert set(entry.commitments) == {"time.2", "words.2"}
    event = Event.objects.get(kind="contact.opened")
    assert event.words == "Không thấy cột đèn này."
    leaf = json.dumps(dict(entry.told))
    assert PHONE not in leaf
    assert "an" not in entry.told.values()


def test_no_number_is_told_before_its_entry_is_published(scene: Scene) -> None:
    opening = scene.ask()
    scene.work()
    scene.answer(opening)

    scene.work()
    scene.work()

    assert scene.standing(opening).state == "recorded"
    assert Opening.objects.get().sealed is None
    scene.publish()
    assert scene.work() == 1
    assert scene.standing(opening).state == "opened"


def test_nothing_of_it_is_left_after_ten_minutes(scene: Scene) -> None:
    opening = scene.opened()

    scene.now += LIFE
    assert scene.standing(opening).state == "gone"
    scene.work()

    assert not Opening.objects.exists()
    with ledger.held() as book:
        assert book.asked == {}


def test_a_new_passkey_opens_nothing_for_a_day_after_it_was_published(scene: Scene) -> None:
    # Given An has a second device, made an hour ago, and the first one is removed
    scene.an.passkeys.all().delete()
    new = Device()
    give_passkey(scene.an, new, at=scene.now)
    scene.publish()
    scene.work()

    refused = scene.ask()
    scene.work()

    told = scene.standing(refused)
    assert (told.state, told.why) == ("refused", Why.PASSKEY_NEW)
    assert told.until
    assert told.until > scene.now + timedelta(hours=23)
    scene.now = told.until
    opening = scene.ask()
    scene.work()
    assert scene.standing(opening).state == "question"


@pytest.mark.parametrize(
    ("why", "spoil"),
    [
        (Why.NO_PASSKEY, lambda scene: scene.an.passkeys.all().delete()),
        (Why.NO_TELEPHONE, lambda scene: remove_telephone(scene.report)),
        (Why.NOT_IN_CHARGE, lambda scene: take(scene.report, Step.ROUTE, scene.an, body="office")),
        (Why.NOT_IN_CHARGE, lambda scene: scene.an.memberships.all().delete()),
    ],
)
def test_what_stands_in_the_way_is_told(scene: Scene, why: Why, spoil: object) -> None:
    spoil(scene)  # type: ignore[operator]

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == why


def test_a_report_that_goes_to_another_office_meanwhile_stays_closed(scene: Scene) -> None:
    opening = scene.ask()
    scene.work()
    scene.answer(opening)
    take(scene.report, Step.ROUTE, scene.an, body="office")

    scene.work()

    assert scene.standing(opening).why == Why.NOT_IN_CHARGE
    assert not Event.objects.filter(kind="contact.opened").exists()


def test_a_number_that_goes_meanwhile_is_not_told_and_not_said_to_be_opened(scene: Scene) -> None:
    opening = scene.ask()
    scene.work()
    scene.answer(opening)
    telephones.forget(number=scene.report.number)

    scene.work()

    assert scene.standing(opening).why == Why.NO_TELEPHONE
    assert not Event.objects.filter(kind="contact.opened").exists()


def test_without_the_key_nothing_opens_and_nothing_is_published(scene: Scene) -> None:
    opening = scene.ask()
    scene.work()
    scene.answer(opening)
    (scene.data / "keys" / "work" / seal_keys.SEAL_KEY).unlink()

    scene.work()

    assert scene.standing(opening).why == Why.UNREADABLE
    assert not Event.objects.filter(kind="contact.opened").exists()


def test_an_officer_opens_so_many_a_day_and_no_more(scene: Scene) -> None:
    for _ in range(OF_OFFICER):
        assert scene.standing(scene.opened()).state == "opened"

    over = scene.ask()
    scene.work()

    told = scene.standing(over)
    assert told.why == Why.OFFICER_LIMIT
    assert told.until
    scene.now = told.until
    again = scene.ask()
    scene.work()
    assert scene.standing(again).state == "question"


def test_questions_beforehand_are_no_way_around_the_limit(scene: Scene) -> None:
    asked = [scene.ask() for _ in range(OF_OFFICER + 1)]
    scene.work()
    for opening in asked:
        scene.answer(opening)

    scene.work()

    states = [scene.standing(opening).state for opening in asked]
    assert sorted(states) == ["recorded"] * OF_OFFICER + ["refused"]


def test_all_officers_together_open_so_many_a_day(scene: Scene) -> None:
    with ledger.held() as book:
        book.opened = [(scene.now, 1_000 + who) for who in range(OF_CITY)]
        book.save()

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.CITY_LIMIT


def test_what_work_remembers_outlives_it_and_a_lost_memory_trusts_nobody(scene: Scene) -> None:
    (scene.data / "keys" / "work" / ledger.NAME).unlink()

    opening = scene.ask()
    scene.work()

    told = scene.standing(opening)
    assert told.why == Why.TASK_NEW
    scene.now += timedelta(hours=25)
    later = scene.ask()
    scene.work()
    assert scene.standing(later).state == "question"


def test_an_office_opens_nothing_of_reports_about_itself(scene: Scene) -> None:
    about = make_report("service", point=None, phone=PHONE, call_me=True, concerned="office")
    binh, device = make_officer("binh", body="office"), Device()
    give_passkey(binh, device, at=scene.now)
    scene.publish()
    scene.work()
    scene.now += timedelta(hours=26)
    Report.objects.filter(pk=about.pk).update(body_id=F("concerned_id"))

    opening = scene.ask(about, binh)
    scene.work()

    assert Opening.objects.get(pk=opening).refusal == Why.NOT_IN_CHARGE


def test_a_round_with_nothing_to_do_does_nothing(scene: Scene) -> None:
    assert working.open_numbers(scene.now) == 0
    assert folder.published()
