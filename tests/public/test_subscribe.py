"""Asking for letters about a report, a ward or a kind of problem."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.outbox.following import subscribing
from hopthu.outbox.models import Delivery, Subscription
from hopthu.people import seal_keys
from hopthu.web import rates
from tests import makers
from tests.heard import nothing_heard_of
from tests.public import wizard

pytestmark = pytest.mark.django_db
URL = "/letters"


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with nothing_heard_of("an@example", caplog):
        yield


@pytest.fixture
def reader(sealing: Path) -> Client:
    return Client(headers={"accept-language": "en"})


def ask(client: Client, **changes: Any) -> HttpResponse:
    fields = {"area": "east", "email": "an@example.vn", "often": "daily", **changes}
    sent = {name: value for name, value in fields.items() if value is not None}
    response: HttpResponse = client.post(URL, sent)  # type: ignore[assignment]
    return response


def test_the_question_is_kept_sealed_with_one_letter_that_asks(reader: Client) -> None:
    response = ask(reader, category="lamp")

    assert (response.status_code, response["Location"]) == (303, "/letters?sent=1")
    page = reader.get(response["Location"]).content.decode()
    assert "Please look into your mail" in page
    row = Subscription.objects.get()
    assert (row.thing, row.often, row.confirmed_at) == ("area:east+category:lamp", "daily", None)
    assert b"example" not in bytes(row.sealed)
    who = subscribing.reach(row, seal_keys.identities())
    assert (who.email, who.language) == ("an@example.vn", "en")
    assert Delivery.objects.get().topic == "confirm"


def test_each_page_offers_what_it_shows(reader: Client) -> None:
    number = format_number(makers.make_report().number)
    for page, fields in (
        (f"/reports/{number}", {"report": number.replace("-", "")}),
        ("/areas/east", {"area": "east"}),
        ("/reports?area=east", {"area": "east"}),
        ("/reports?category=lamp", {"category": "lamp"}),
        ("/reports?area=east&category=lamp", {"area": "east", "category": "lamp"}),
    ):
        form = reader.get(page).content.decode().partition('action="/letters"')[2]
        hidden = re.findall(
            r'type="hidden" name="(\w+)" value="(.*?)"', form.partition("</form>")[0]
        )
        assert dict(hidden) == fields


@pytest.mark.parametrize("page", ["/reports", "/reports?category=noise", "/reports?status=open"])
def test_nothing_is_offered_where_nothing_would_come(reader: Client, page: str) -> None:
    assert 'action="/letters"' not in reader.get(page).content.decode()


@pytest.mark.parametrize("what", ["private", "hidden", "withdrawn", "erased"])
def test_nor_of_a_report_that_tells_nobody_anything(reader: Client, what: str) -> None:
    report = makers.make_report(private=what == "private")
    chief = makers.make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))
    if what == "hidden":
        makers.take(report, Step.HIDE, chief, reason="threat", words="Lời đe dọa")
    elif what == "withdrawn":
        makers.take(report, Step.WITHDRAW)
    elif what == "erased":
        makers.erase(report, chief)

    page = reader.get(f"/reports/{format_number(report.number)}")

    assert page.status_code == 200
    assert 'action="/letters"' not in page.content.decode()
    assert ask(reader, area=None, report=report.number).status_code == 404
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "thing",
    [
        {"area": None},
        {"area": "atlantis"},
        {"area": None, "category": "noise"},
        {"area": None, "category": "moon"},
        {"area": None, "report": "7KQ2-M9XD"},
        {"area": None, "report": "x"},
        {"report": "7KQ2-M9XD"},
    ],
)
def test_what_is_not_there_cannot_be_followed(reader: Client, thing: dict[str, Any]) -> None:
    assert ask(reader, **thing).status_code == 404
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["", "an", "an@example.vn\r\nBcc: x@y.vn", '"a b"@x.vn', "a" * 320 + "@x.vn", "an@[::1]"],
)
def test_what_is_no_address_is_told_beside_the_field_and_not_lost(
    reader: Client, typed: str
) -> None:
    response = ask(reader, email=typed, often="weekly")

    assert response.status_code == 422
    assert list(wizard.errors(response)) == ["email"]
    shown = wizard.fields(response)
    assert shown["area"] == ["east"]
    assert "weekly" in response.content.decode().partition("selected")[0].rpartition("<option")[2]
    assert not Subscription.objects.exists()


def test_how_often_is_one_of_three(reader: Client) -> None:
    response = ask(reader, often="hourly")
    assert response.status_code == 422
    assert list(wizard.errors(response)) == ["often"]


def test_twice_looks_like_once(reader: Client) -> None:
    first, second = ask(reader), ask(reader)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_the_same_form_sent_twice_asks_once(reader: Client) -> None:
    form = wizard.fields(reader.get(f"{URL}?area=east"))  # type: ignore[arg-type]
    submission = form["submission"][0]
    for _ in range(2):
        assert ask(reader, submission=submission).status_code == 303
    assert Subscription.objects.count() == Delivery.objects.count() == 1


def test_nobody_fills_anothers_mailbox_and_the_answer_does_not_tell(reader: Client) -> None:
    answers = {ask(reader).status_code for _ in range(8)}
    assert answers == {303}
    assert Subscription.objects.count() == 5
    ask(reader, email="binh@example.vn")
    assert Subscription.objects.count() == 6


def test_a_field_that_no_person_sees_asks_who_filled_it_in(reader: Client) -> None:
    response = ask(reader, subject="Cheap pills")
    assert response.status_code == 422
    assert list(wizard.errors(response)) == ["program"]
    assert not Subscription.objects.exists()
    assert ask(reader, submission="").status_code == 303


class TestFlood:
    @pytest.fixture
    def many(self, reader: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
        monkeypatch.setattr(rates._asking_one, "free", 2)
        reader.defaults["REMOTE_ADDR"] = "203.0.113.7"
        for number in range(3):
            assert ask(reader, email=f"x{number}@example.vn").status_code == 303
        return reader

    def test_more_work_is_asked_and_nothing_typed_is_lost(self, many: Client) -> None:
        before = Subscription.objects.count()

        held = ask(many)

        assert held.status_code == 429
        assert int(held["Retry-After"]) > 0
        form = {name: values[0] for name, values in wizard.fields(held).items()}
        assert form["email"] == "an@example.vn"
        assert Subscription.objects.count() == before
        done = many.post(URL, form | {"often": "daily", "solution": wizard.solved(form["puzzle"])})
        assert done.status_code == 303
        assert Subscription.objects.count() == before + 1

    def test_who_cannot_solve_it_waits_a_little(self, many: Client) -> None:
        with time_machine.travel(makers.MONDAY, tick=False) as clock:
            held = ask(many)
            form = {name: values[0] for name, values in wizard.fields(held).items()}
            assert many.post(URL, form | {"often": "daily"}).status_code == 429
            clock.shift(int(held["Retry-After"]))
            assert many.post(URL, form | {"often": "daily"}).status_code == 303

    def test_elsewhere_nobody_is_asked(self, many: Client) -> None:
        assert ask(many).status_code == 429
        many.defaults["REMOTE_ADDR"] = "198.51.100.1"
        assert ask(many).status_code == 303


def test_without_a_key_to_seal_to_nothing_is_offered_and_nothing_lost(
    reader: Client, sealing: Path
) -> None:
    (sealing / "keys" / "web" / "seal_recipient").unlink()
    assert 'action="/letters"' not in reader.get("/areas/east").content.decode()
    response = ask(reader)
    assert response.status_code == 503
    assert list(wizard.errors(response)) == ["email"]
