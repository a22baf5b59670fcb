"""The sender leaves a number to be called at, changes it, or takes it back; and sees an opening."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.core.terms import CallReason
from hopthu.people import contacts, seal_keys, telephones
from hopthu.people.models import Contact, Telephone
from hopthu.reports.actions.openings import record_opening
from hopthu.reports.residue import outstanding
from tests.makers import make_officer
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def kept() -> str:
    number = Telephone.objects.get().number
    return telephones.reach(number, seal_keys.identities())


def test_a_number_is_left_changed_and_deleted(client: Client, sealing: Path) -> None:
    following.followed(client, email="an@example.vn", language="vi")

    first = following.take(client, "telephone", phone="0912 345 678", call_me="1")
    assert "the office in charge may call this number" in following.said(client, first)
    assert kept() == "0912345678"

    following.take(client, "telephone", phone="0987654321", call_me="1")
    assert kept() == "0987654321"
    page = wizard.text(following.page(client))
    assert "Being called: allowed" in page
    assert "0987654321" not in page

    gone = following.take(client, "telephone", remove="1")
    assert "Your number is deleted." in following.said(client, gone)
    assert not Telephone.objects.exists()
    assert outstanding() == 2
    # And the address, which nobody could read to write it down again, is still there
    assert contacts.reach(Contact.objects.get(), seal_keys.identities()).email == "an@example.vn"


@pytest.mark.parametrize(
    ("phone", "tick", "field"),
    [("", "1", "phone"), ("x", "1", "phone"), ("0912345678", "", "call_me"), ("", "", "phone")],
)
def test_a_slip_is_told_beside_the_field_and_nothing_typed_is_lost(
    client: Client, sealing: Path, phone: str, tick: str, field: str
) -> None:
    following.followed(client)

    response = following.take(client, "telephone", phone=phone, call_me=tick)

    assert response.status_code == 422
    assert list(wizard.errors(response)) == [f"telephone-{field}"]
    assert f'value="{phone}"' in response.content.decode()
    assert not Telephone.objects.exists()


def test_nobody_else_leaves_one(client: Client, sealing: Path) -> None:
    assert following.take(client, "telephone", phone="0912345678", call_me="1").status_code == 303
    assert not Telephone.objects.exists()


def test_where_nothing_can_be_sealed_that_is_said(client: Client, sealing: Path) -> None:
    following.followed(client)
    (sealing / "keys" / "web" / "seal_recipient").write_text("spoilt")

    response = following.take(client, "telephone", phone="0912345678", call_me="1")

    assert response.status_code == 422
    assert not Telephone.objects.exists()


def test_an_opening_is_told_with_its_reason_and_without_a_name(
    client: Client, sealing: Path
) -> None:
    report = following.followed(client, phone="0912345678", call_me=True)
    officer = make_officer("quynh")

    record_opening(
        report.number,
        body_id=report.body_id or 0,
        reason=CallReason.ACCESS,
        words="Cần vào sân để xem.",
        staff_id=officer.pk,
        at=timezone.now(),
    )

    page = wizard.text(following.page(client))
    assert "telephone number was opened" in page
    assert "Somebody has to be let in, or a time agreed." in page
    assert "Cần vào sân để xem." in page
    assert "Quynh" not in page
