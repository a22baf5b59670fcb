"""`/erasure`: what became of a request, for whoever has its number."""

import pytest
from django.test import Client

from hopthu.reports.models import ErasureRequest, Report
from tests.makers import MONDAY
from tests.public.test_erasure import ask, outcome, reader, reference, report

pytestmark = pytest.mark.django_db
__all__ = ["reader", "report"]


def test_a_late_one_is_shown_late(reader: Client, report: Report) -> None:
    number = reference(ask(reader, report))
    assert "The city is late." not in outcome(reader, number)

    ErasureRequest.objects.update(due_at=MONDAY)

    assert "The city is late." in outcome(reader, number)


@pytest.mark.parametrize("typed", ["", "7KQ2-M9XD-0123-4567", "' OR 1=1", "💣"])
def test_a_number_that_nobody_was_given_opens_nothing(
    reader: Client, report: Report, typed: str
) -> None:
    ask(reader, report)

    response = reader.post("/erasure", {"reference": typed})

    assert response.status_code == 422
    assert "There is no request with this number." in response.content.decode()
