"""The sender leaves an address later, changes it, or has it deleted."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.people import contacts, seal_keys
from hopthu.people.models import Contact
from hopthu.reports.residue import outstanding
from tests.public import following, wizard

pytestmark = pytest.mark.django_db


def kept() -> str:
    return contacts.reach(Contact.objects.get(), seal_keys.identities()).email


def test_an_address_is_left_changed_and_deleted(client: Client, sealing: Path) -> None:
    following.followed(client)

    first = following.take(client, "contact", email="an@example.vn")
    assert "From now on we write to you there." in following.said(client, first)
    assert kept() == "an@example.vn"

    following.take(client, "contact", email="binh@example.vn")
    assert kept() == "binh@example.vn"
    page = wizard.text(following.page(client))
    assert "Letters by e-mail: on" in page
    assert "example.vn" not in page

    gone = following.take(client, "contact", remove="1")
    assert "It is deleted." in following.said(client, gone)
    assert not Contact.objects.exists()
    assert outstanding() == 2


@pytest.mark.parametrize("typed", ["an", "an@example.vn\r\nBcc: x@y.vn", "a" * 320 + "@x.vn"])
def test_what_is_no_address_is_told_beside_the_field_and_not_kept(
    client: Client, sealing: Path, typed: str
) -> None:
    following.followed(client)
    response = following.take(client, "contact", email=typed)
    assert response.status_code == 422
    assert "contact-email" in wizard.errors(response)
    assert not Contact.objects.exists()


def test_nobody_else_leaves_one(client: Client, sealing: Path) -> None:
    following.followed(client)
    client.cookies.clear()
    assert following.take(client, "contact", email="an@example.vn").status_code == 303
    assert not Contact.objects.exists()


def test_without_a_key_to_seal_to_none_is_asked_for(client: Client, sealing: Path) -> None:
    following.followed(client)
    (sealing / "keys" / "web" / "seal_recipient").unlink()
    assert "Letters by e-mail" not in wizard.text(following.page(client))
    assert following.take(client, "contact", email="an@example.vn").status_code == 422
