"""`/reports/<number>.json`: the entries of a report and the values that open them."""

from typing import Any

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.reports.actions import photos
from hopthu.reports.models import Report
from tests import makers, recorded
from tests.makers import MONDAY, take
from tests.public.test_photo import make_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(city: None) -> Staff:
    return makers.make_staff("mai", (Role.MODERATOR, None))


def ask(client: Client, report: Report) -> Any:
    response = client.get(f"/reports/{format_number(report.number)}.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    return response.json()


def test_it_tells_what_happened_and_opens_it(moderator: Staff, client: Client) -> None:
    report = makers.make_report(landmark="trước chợ")
    take(report, Step.ANSWER, makers.make_officer(), words="Mai sửa.")

    told = ask(client, report)

    assert told["report"] == report.number
    assert [one["entry"]["type"] for one in told["entries"]] == ["received", "answer"]
    assert [one["index"] for one in told["entries"]] == [None, None]
    values = {slot: one["value"] for slot, one in told["values"].items()}
    assert values == {
        "text": "Đèn đường hư ba đêm nay.",
        "place": {"lat": "10.005", "lon": "106.015", "landmark": "trước chợ"},
        "time.1": "2026-11-16T02:00:00.000000Z",
        "time.2": "2026-11-16T02:00:00.000000Z",
        "words.2": "Mai sửa.",
    }
    recorded.assert_open(told["values"], recorded.rule_of(report))


def test_the_entries_are_those_of_the_log(moderator: Staff, client: Client) -> None:
    report = makers.make_report()

    told = ask(client, report)

    assert [one["entry"] for one in told["entries"]] == [
        entry.told for entry in recorded.entries(report)
    ]


def test_of_a_hidden_report_only_the_entries_are_left(moderator: Staff, client: Client) -> None:
    report = makers.make_report()
    take(report, Step.HIDE, moderator, reason="threat", words="Có lời đe dọa.")

    hidden = ask(client, report)
    take(report, Step.SHOW, moderator)

    assert (len(hidden["entries"]), hidden["values"]) == (2, {})
    assert "text" in ask(client, report)["values"]


def test_of_a_private_report_there_is_what_the_log_has(city: None, client: Client) -> None:
    report = makers.make_report("noise", point=None, area="east")

    told = ask(client, report)

    assert told["values"] == {}
    assert told["entries"][0]["entry"]["group"] == "street"
    assert told["entries"][0]["entry"]["time"] == "2026-11-16"


def test_what_the_sender_took_back_is_not_told(city: None, client: Client) -> None:
    report = makers.make_report()

    take(report, Step.WITHDRAW)

    assert ask(client, report)["values"] == {}


def test_a_photo_is_told_while_everybody_sees_it(moderator: Staff, client: Client) -> None:
    report = makers.make_report()
    photo = make_photo(report, photo_state("held"))
    before = ask(client, report)
    photos.publish_photo(photo, actor=actor(moderator), at=MONDAY)

    after = ask(client, report)

    slot = f"photo.{photo.pk}"
    assert (before["photos"], slot in before["values"]) == ({}, False)
    assert after["photos"] == {slot: f"/photos/{photo.name}"}
    assert after["values"][slot]["value"] == {"sha256": photo.sha256, "width": 4, "height": 3}


def photo_state(name: str) -> Any:
    from hopthu.reports.models import Photo

    return Photo.State(name)


def test_words_edited_in_the_database_open_nothing(city: None, client: Client) -> None:
    report = makers.make_report()
    Report.objects.filter(pk=report.pk).update(text="Đèn vẫn sáng.")

    told = ask(client, report)

    with pytest.raises(AssertionError, match="text"):
        recorded.assert_open(told["values"], recorded.rule_of(report))


def test_a_time_that_two_places_tell_differently_is_not_told(city: None, client: Client) -> None:
    report = makers.make_report()
    Report.objects.filter(pk=report.pk).update(received_at=MONDAY.replace(day=17))

    assert "time.1" not in ask(client, report)["values"]


@pytest.mark.parametrize("number", ["7KQ2-M9XD", "UUUU-UUUU", "x.y"])
def test_a_number_that_nobody_has_is_not_found(city: None, client: Client, number: str) -> None:
    assert client.get(f"/reports/{number}.json").status_code == 404
