"""A telephone number on the last page of the form: as one likes, with the tick, and sealed."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.people import seal_keys, telephones
from hopthu.people.models import Contact, Telephone
from hopthu.reports.models import Report
from tests.public import wizard

pytestmark = pytest.mark.django_db


def kept() -> str:
    number = Report.objects.get().number
    return telephones.reach(number, seal_keys.identities())


def test_it_is_kept_sealed_in_one_form(client: Client, sealing: Path) -> None:
    sent = wizard.send(client, phone=" (+84) 912.345 678", call_me="1")

    assert wizard.page(sent) == ""
    assert kept() == "+84912345678"
    assert b"912" not in bytes(Telephone.objects.get().sealed)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_report_needs_none(client: Client, sealing: Path, typed: str) -> None:
    assert wizard.page(wizard.send(client, phone=typed)) == ""
    assert not Telephone.objects.exists()


@pytest.mark.parametrize(
    ("typed", "tick", "field"),
    [
        ("0912 345 67a", "1", "phone"),
        ("113", "1", "phone"),
        ("0912345678901234", "1", "phone"),
        ("09" * 200, "1", "phone"),
        ("0912345678\r\nBcc: x", "1", "phone"),
        ("", "1", "phone"),
        ("0912345678", None, "call_me"),
        ("0912345678", "yes", "call_me"),
    ],
)
def test_a_slip_is_told_beside_its_field_and_nothing_is_sent_yet(
    client: Client, sealing: Path, typed: str, tick: str | None, field: str
) -> None:
    response = wizard.send(client, phone=typed, call_me=tick)

    assert response.status_code == 422
    assert wizard.page(response) == "check"
    assert list(wizard.errors(response)) == [field]
    assert wizard.summary(response) == [field]
    assert wizard.fields(response)["phone"] == [typed.replace("\r\n", "\n")] or "\n" in typed
    assert not Report.objects.exists()


def test_it_travels_along_to_a_page_that_changes_something_else(
    client: Client, sealing: Path
) -> None:
    page = wizard.send(client, phone="0912345678", call_me="1", go="where")

    assert wizard.page(page) == "where"
    assert wizard.fields(page)["phone"] == ["0912345678"]
    assert wizard.fields(page)["call_me"] == ["1"]


def test_where_nothing_can_be_sealed_none_is_asked_for(client: Client, sealing: Path) -> None:
    (sealing / "keys" / "web" / "seal_recipient").write_text("spoilt")

    assert "phone" not in wizard.fields(wizard.send(client, go="check"))
    refused = wizard.send(client, phone="0912345678", call_me="1")

    assert list(wizard.errors(refused)) == ["phone"]
    assert not Report.objects.exists()
