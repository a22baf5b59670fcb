"""No field of any table is forgotten when residents are told what is kept about them."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import AutoField
from django.test import Client
from django.utils.translation import override

from hopthu.care import periods
from hopthu.care.inventory import BASES, KINDS, NOTHING_PERSONAL, PLACES, Basis, Place
from hopthu.people import invitations
from hopthu.reports.actions import contacts, photos
from tools import privacy

ROOT = Path(__file__).resolve().parents[2]


def fields() -> set[str]:
    """Of every table; counting numbers of rows aside."""
    return {
        f"{model._meta.label} {field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not isinstance(field, AutoField)
    }


def told() -> list[str]:
    return [
        f"{model} {name}"
        for kind in KINDS
        for model, names in kind.fields.items()
        for name in names.split()
    ]


def test_every_field_is_told_of_once_or_tells_nothing() -> None:
    personal = {one for one in fields() if one.split()[0] not in NOTHING_PERSONAL}

    assert set(told()) == personal
    assert [one for one, times in Counter(told()).items() if times > 1] == []


def test_every_table_that_tells_nothing_exists() -> None:
    assert set(NOTHING_PERSONAL) <= {one.split()[0] for one in fields()}


def test_every_ground_and_place_has_words() -> None:
    assert set(BASES) == set(Basis)
    assert set(PLACES) == set(Place)
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_periods_are_told_as_they_are_kept() -> None:
    with override("en"):
        period = {kind.code: str(kind.period) for kind in KINDS}
    life = photos.UPLOAD_LIFE + photos._GRACE

    assert f"{life.total_seconds() / 3600:.0f} hours" in period["photos"]
    assert f"{contacts.KEPT_FOR.days} days after" in period["contact"]
    assert period["notes"].startswith(f"{periods.NOTES.days} days")
    assert period["submission"] == f"{periods.SUBMISSIONS.days} days"
    assert period["invitations"].endswith(f"{invitations.LIFE.days} days")
    assert (periods.TRIES.days, "wrong tries for a day" in period["codes"]) == (1, True)


def test_the_document_is_the_inventory() -> None:
    assert (ROOT / "docs/privacy.md").read_text() == privacy.page()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_residents_read_all_of_it_in_their_language(
    city: None, client: Client, language: str
) -> None:
    page = client.get("/privacy", headers={"accept-language": language}).content.decode()

    assert [kind.code for kind in KINDS if f'id="{kind.code}"' not in page] == []
    assert ("What you write in a report" in page) is (language == "en")
