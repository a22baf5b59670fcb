"""A contact goes 30 days after its report was closed."""

from datetime import timedelta
from pathlib import Path

import pytest

from hopthu.core.terms import Step
from hopthu.outbox.models import Delivery
from hopthu.people.models import Contact
from hopthu.reports.actions.contacts import KEPT_FOR, purge_contacts
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db


def test_it_goes_with_its_letters_and_no_other_does(sealing: Path) -> None:
    over, again, still = (
        makers.make_report(email="an@example.vn", language="vi") for _ in range(3)
    )
    officer = makers.make_officer()
    for report in (over, again):
        makers.take(report, Step.RESOLVE, officer, outcome="done", words="Xong.")
    makers.take(again, Step.DISPUTE, at=MONDAY + timedelta(days=29))

    assert purge_contacts(at=MONDAY + KEPT_FOR - timedelta(seconds=1)) == 0
    assert purge_contacts(at=MONDAY + KEPT_FOR) == 1

    kept = {again.number, still.number}
    assert set(Contact.objects.values_list("number", flat=True)) == kept
    assert set(Delivery.objects.values_list("number", flat=True)) == kept
