"""Much comes in: more work is asked, nothing is refused for good, and nothing typed is lost."""

import json
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from hopthu.reports.models import Report
from hopthu.web import rates
from tests.public.wizard import URL, errors, fields, send, solved, text, whole

pytestmark = pytest.mark.django_db

MANY = "203.0.113.7"
NEIGHBOUR = "203.0.113.99"
ELSEWHERE = "198.51.100.1"


@pytest.fixture
def flood(city: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A network that has sent as much as is free, and one more."""
    monkeypatch.setattr(rates._from_one, "free", 3)
    client = Client(REMOTE_ADDR=MANY, headers={"accept-language": "en"})
    for _ in range(4):
        assert send(client).status_code == 200
    return client


def last_page(client: Client, **changes: Any) -> dict[str, Any]:
    """The fields of the page before sending, as it is shown."""
    response = client.post(URL, whole(page="describe", seen="1", **changes))
    return {name: values[0] for name, values in fields(response).items()}  # type: ignore[arg-type]


def test_while_it_is_quiet_nobody_is_asked_for_anything(city: None, client: Client) -> None:
    assert not {"puzzle", "solution"} & set(last_page(client))


def test_a_flood_asks_that_network_alone_for_work(flood: Client) -> None:
    assert "puzzle" in last_page(flood)
    assert "puzzle" in last_page(Client(REMOTE_ADDR=NEIGHBOUR))
    assert "puzzle" not in last_page(Client(REMOTE_ADDR=ELSEWHERE))
    assert send(Client(REMOTE_ADDR=ELSEWHERE)).status_code == 200


def test_who_solved_the_puzzle_sends_at_once(flood: Client) -> None:
    form = last_page(flood)

    response = flood.post(URL, form | {"solution": solved(form["puzzle"])})

    assert 'id="report-id"' in response.content.decode()


def test_who_cannot_is_asked_to_wait_and_loses_nothing(flood: Client) -> None:
    before = Report.objects.count()
    form = last_page(flood, text="Nắp cống mất, rất nguy hiểm.", landmark="Đầu hẻm 12")

    response = flood.post(URL, form)
    again = {name: values[0] for name, values in fields(response).items()}  # type: ignore[arg-type]

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) in range(1, 16)
    assert "Nothing is lost" in text(response)  # type: ignore[arg-type]
    assert again == form
    assert Report.objects.count() == before


def test_after_the_wait_it_is_taken_in_without_any_script(flood: Client) -> None:
    with time_machine.travel("2026-11-16T02:00:00Z", tick=False) as clock:
        form = last_page(flood)
        clock.shift(15)

        response = flood.post(URL, form)

    assert 'id="report-id"' in response.content.decode()


def test_who_came_before_the_flood_gets_the_page_once_more(flood: Client) -> None:
    first = send(flood, text="Của tôi.")
    again = {name: values[0] for name, values in fields(first).items()}

    assert first.status_code == 429
    assert again["text"] == "Của tôi."
    done = flood.post(URL, again | {"solution": solved(again["puzzle"])})
    assert 'id="report-id"' in done.content.decode()


def test_one_solution_is_good_for_one_report(flood: Client) -> None:
    """In every process and after a restart: the puzzle says for which form it is."""
    form = last_page(flood)
    form["solution"] = solved(form["puzzle"])
    flood.post(URL, form)
    before = Report.objects.count()

    same = flood.post(URL, form)
    replayed = flood.post(URL, form | {"submission": "A" * 30, "text": "Khác."})

    assert 'id="report-id"' in same.content.decode()
    assert replayed.status_code == 429
    assert Report.objects.count() == before


def test_more_of_it_is_more_work_and_the_most_is_bearable(
    flood: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    easy = json.loads(last_page(flood)["puzzle"])["most"]
    monkeypatch.setattr(rates._from_one, "free", 0.1)
    hard = json.loads(last_page(flood)["puzzle"])["most"]

    assert (easy, hard) == (40_000, 640_000)


def test_what_is_sent_again_after_a_lost_answer_is_no_flood(flood: Client) -> None:
    form = last_page(flood)
    done = form | {"solution": solved(form["puzzle"])}
    flood.post(URL, done)

    again = flood.post(URL, form)

    assert 'id="report-id"' in again.content.decode()


def trapped(client: Client) -> HttpResponse:
    response: HttpResponse = client.post(  # type: ignore[assignment]
        URL, whole(text="Hố sâu.", subject="https://buy.example"), headers={"accept-language": "en"}
    )
    return response


def test_a_field_that_people_do_not_see_leads_to_a_plain_question(
    city: None, client: Client
) -> None:
    response = trapped(client)
    form = {name: values[0] for name, values in fields(response).items()}

    assert response.status_code == 422
    assert "a person" in errors(response)["program"]
    assert "https://buy.example" in text(response)
    assert form["text"] == "Hố sâu."
    assert form["program"] == "1"
    assert not Report.objects.exists()


def test_a_program_that_sends_it_again_gets_the_question_again(city: None, client: Client) -> None:
    form = {name: values[0] for name, values in fields(trapped(client)).items()}

    assert client.post(URL, form).status_code == 422
    assert not Report.objects.exists()


def test_a_person_takes_the_tick_away_and_has_sent_it(city: None, client: Client) -> None:
    form = {name: values[0] for name, values in fields(trapped(client)).items()}
    del form["program"]

    response = client.post(URL, form)

    assert 'id="report-id"' in response.content.decode()
    assert Report.objects.get().text == "Hố sâu."
