"""What is kept of followers goes in time."""

from datetime import timedelta
from pathlib import Path

import pytest

from hopthu.care.retention import purge
from hopthu.core.sealing import Reachable
from hopthu.core.terms import Step
from hopthu.outbox.following import subscribing
from hopthu.outbox.following.subscribing import KEPT, LIFE
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, News, Often, Subscription
from hopthu.outbox.sending import deliver
from hopthu.reports.actions.contacts import KEPT_FOR
from tests import makers
from tests.followers import EAST, begin, follow, tell
from tests.makers import MONDAY
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_what_nobody_confirmed_goes_after_three_days_with_its_letter(sealing: Path) -> None:
    subscribing.ask(Reachable("an@example.vn", "vi"), EAST, Often.NOW, at=MONDAY)
    kept = follow(EAST)
    assert purge(MONDAY + LIFE - SECOND)["unconfirmed"] == 0
    assert purge(MONDAY + LIFE)["unconfirmed"] == 1
    assert Subscription.objects.get() == kept
    assert not Delivery.objects.exists()


def test_a_report_is_followed_until_thirty_days_after_its_end(sealing: Path) -> None:
    over, still = makers.make_report(), makers.make_report()
    for report in (over, still):
        follow(Thing(number=report.number))
    follow(EAST)
    makers.take(over, Step.RESOLVE, makers.make_officer(), outcome="done", words="Xong.")

    assert purge(MONDAY + KEPT_FOR - SECOND)["followers"] == 0
    assert purge(MONDAY + KEPT_FOR)["followers"] == 1

    things = set(Subscription.objects.values_list("thing", flat=True))
    assert things == {EAST.key, f"report:{still.number}"}


def test_which_letters_went_out_is_forgotten_after_eight_days(post: Post) -> None:
    begin()
    follow(EAST)
    makers.make_report(email="binh@example.vn", language="vi")
    tell()
    deliver(MONDAY)

    assert purge(MONDAY + KEPT - SECOND)["news"] == 0
    assert purge(MONDAY + KEPT)["news"] == 1

    assert not News.objects.exists()
    assert Delivery.objects.get().contact is not None
