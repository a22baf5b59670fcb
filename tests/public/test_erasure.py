"""Somebody named in a report asks for it to be deleted, and hears what came of it."""

import re
from typing import Any

import pytest
from django.test import Client

from hopthu.core.erasure import MOST_OPEN, Verdict
from hopthu.core.terms import Role, Step
from hopthu.people.queries import actor
from hopthu.reports.actions import erasing
from hopthu.reports.models import ErasureRequest, Report
from hopthu.web import rates
from tests import makers
from tests.makers import MONDAY

pytestmark = pytest.mark.django_db
FIELDS = {"scope": "passage", "passage": "bà Tư", "ground": "name"}


@pytest.fixture
def report(city: None) -> Report:
    return makers.make_report(text="Nước thải chảy trước nhà bà Tư.")


@pytest.fixture
def reader(client: Client) -> Client:
    client.cookies["lang"] = "en"
    return client


def address(report: Report) -> str:
    return f"/reports/{report.number[:4]}-{report.number[4:]}/erasure"


def ask(reader: Client, report: Report, **fields: str) -> Any:
    return reader.post(address(report), FIELDS | fields)


def reference(response: Any) -> str:
    found = re.search(r'id="erasure-reference">([\w-]+)<', response.content.decode())
    assert found, response.content.decode()
    return found.group(1)


def outcome(reader: Client, number: str) -> str:
    return reader.post("/erasure", {"reference": number}).content.decode()


def decided(verdict: Verdict, words: str) -> None:
    """Two people of the city, about the one request that there is."""
    people = [actor(makers.make_staff(name, *makers.CHIEF)) for name in ("giang", "hoa")]
    erasing.propose(
        ErasureRequest.objects.get(), verdict=verdict, words=words, actor=people[0], at=MONDAY
    )
    erasing.decide(ErasureRequest.objects.get(), actor=people[1], at=MONDAY)


def test_the_page_of_the_report_leads_there(reader: Client, report: Report) -> None:
    page = reader.get(address(report).removesuffix("/erasure")).content.decode()
    assert f'href="{address(report)}"' in page
    form = reader.get(address(report))
    assert form.headers["Cache-Control"] == "no-store"
    assert set(re.findall(r'name="(\w+)"', form.content.decode())) >= {*FIELDS}


def test_the_reference_is_shown_once_and_opens_the_outcome(reader: Client, report: Report) -> None:
    response = ask(reader, report)
    number = reference(response)

    assert response.headers["Cache-Control"] == "no-store"
    assert "The city has not decided yet" in outcome(reader, number)
    assert number.replace("-", "") not in repr(ErasureRequest.objects.values().get())
    decided(Verdict.REFUSE, "Đó là tên một con đường.")
    page = outcome(Client(headers={"accept-language": "en"}), number.lower().replace("-", " "))
    assert "The city does not delete it" in page
    assert "Đó là tên một con đường." in page


def test_what_was_deleted_is_told(reader: Client, report: Report) -> None:
    number = reference(ask(reader, report))

    decided(Verdict.ERASE, "Đã xóa tên.")

    report.refresh_from_db()
    assert "bà Tư" not in report.text
    assert "It is deleted for good" in outcome(reader, number)
    public = reader.get(address(report).removesuffix("/erasure")).content.decode()
    assert "Somebody named in the text asked for it, and two people agreed." in public
    assert "Đã xóa tên." not in public, "only whoever asked reads it"


def test_nothing_typed_becomes_public_and_it_is_no_report(reader: Client, report: Report) -> None:
    before = reader.get(address(report).removesuffix("/erasure")).content

    ask(reader, report, scope="report")

    assert reader.get(address(report).removesuffix("/erasure")).content == before
    assert Report.objects.count() == 1
    assert list(report.events.values_list("kind", flat=True)) == ["received"]


@pytest.mark.parametrize(
    ("fields", "field", "status"),
    [
        ({"passage": "ông Ba"}, "passage", 422),
        ({"passage": ""}, "passage", 422),
        ({"passage": "x" * 9000}, "passage", 413),
        ({"ground": ""}, "ground", 422),
        ({"scope": ""}, "scope", 422),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    reader: Client, report: Report, fields: dict[str, str], field: str, status: int
) -> None:
    response = ask(reader, report, **fields)

    page = response.content.decode()
    assert response.status_code == status
    assert f'id="erasure-{field}-error"' in page
    assert (FIELDS | fields)["passage"] in page
    assert not ErasureRequest.objects.exists()


def test_a_report_that_nobody_reads_cannot_be_asked_about(reader: Client, city: None) -> None:
    private = makers.make_report("noise", point=None, area="east")
    hidden = makers.make_report()
    mai = makers.make_staff("mai", (Role.MODERATOR, None))
    makers.take(hidden, Step.HIDE, mai, reason="test", words="Thử.")

    for report in (private, hidden):
        assert reader.get(address(report)).status_code == 404
        assert ask(reader, report, scope="report").status_code == 404


def test_many_requests_wait_and_are_told_so(reader: Client, report: Report) -> None:
    for _ in range(MOST_OPEN):
        erasing.ask_as_named(report, erasing.Wish(**FIELDS), at=MONDAY)

    response = ask(reader, report)

    assert response.status_code == 409
    assert "Several requests about this report wait already" in response.content.decode()


def test_from_one_network_only_so_many_come_at_once(report: Report) -> None:
    rates.forget()
    reader = Client(REMOTE_ADDR="203.0.113.7")
    reader.cookies["lang"] = "en"
    told = [ask(reader, report, passage="nhà").status_code for _ in range(MOST_OPEN)]
    ErasureRequest.objects.all().delete()

    response = ask(reader, report)

    assert (set(told), response.status_code) == ({200}, 429)
    assert "Several people on your network have just asked." in response.content.decode()
    rates.forget()


@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_every_page_of_it_speaks_the_readers_language(report: Report, language: str) -> None:
    reader = Client()
    reader.cookies["lang"] = language

    pages = [reader.get(address(report)), ask(reader, report), reader.get("/erasure")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    said = " ".join(page.content.decode() for page in pages)
    assert ("This number is shown now" in said) is (language == "en")
    assert ("Are you named in this report?" in said) is (language == "en")
