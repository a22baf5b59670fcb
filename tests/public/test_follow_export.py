"""`/follow/everything.zip`: for the holder of the code alone, also of a hidden report."""

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from hopthu.core.terms import Role, Step
from tests import makers
from tests.public import following

pytestmark = pytest.mark.django_db
PATH = "/follow/everything.zip"


def fetched(client: Client) -> ZipFile:
    response = client.get(PATH)
    assert response.status_code == 200
    return ZipFile(io.BytesIO(b"".join(response)))


def test_nobody_else_gets_it(city: None, client: Client) -> None:
    following.followed(Client())

    assert client.get(PATH).status_code == 404


def test_it_is_of_the_report_that_this_browser_opened(log: Path, client: Client) -> None:
    following.followed(Client(), text="Của người khác.")
    report = following.followed(client, text="Của tôi.")

    zip_file = fetched(client)

    told = json.loads(zip_file.read("report.json"))
    assert (told["report"]["number"], told["report"]["text"]) == (report.number, "Của tôi.")
    proof = json.loads(zip_file.read("proof.json"))
    assert proof["values"]["text"]["value"] == "Của tôi."
    assert set(zip_file.namelist()) == {"README.txt", "proof.json", "report.json"}


def test_it_is_kept_nowhere_on_the_way_and_has_a_name(log: Path, client: Client) -> None:
    report = following.followed(client)

    response = client.get(PATH)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Type"] == "application/zip"
    name = f"report-{report.number[:4]}-{report.number[4:]}.zip"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_hidden_report_is_still_told_whole_to_its_sender(log: Path, client: Client) -> None:
    report = following.followed(client, text="Lời của tôi.")
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(report, Step.HIDE, moderator, timezone.now(), reason="test", words="Thử.")

    told = json.loads(fetched(client).read("report.json"))

    assert told["report"]["text"] == "Lời của tôi."
    assert told["report"]["hide_reason"] == "test"


def test_without_a_record_it_says_so_and_gives_the_rest(city: None, client: Client) -> None:
    following.followed(client)

    zip_file = fetched(client)

    assert "proof.json" not in zip_file.namelist()
    assert "so there is no proof.json" in zip_file.read("README.txt").decode()


def test_the_page_offers_it_and_says_what_it_cannot_open(
    city: None, sealing: Path, client: Client
) -> None:
    following.followed(client)
    before = following.page(client).content.decode()
    following.take(client, "contact", email="an@example.vn")
    after = following.page(client).content.decode()

    assert f'href="{PATH}"' in before
    assert "The city holds no address of yours" in before
    assert "The city also holds an address of yours. It is sealed" in after
