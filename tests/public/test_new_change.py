"""Going back, changing one thing, coming in with an odd draft: nothing that was typed is lost."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from hopthu.bodies import actions as bodies
from hopthu.reports.models import Report
from tests import makers
from tests.public import wizard

pytestmark = pytest.mark.django_db

EVERYTHING: dict[str, Any] = {
    "area": "west",
    "landmark": "Cạnh trường học",
    "private": "1",
    "question_pole": "Trụ 12",
}


def press(client: Client, shown: HttpResponse, **filled: Any) -> HttpResponse:
    response: HttpResponse = client.post(wizard.URL, wizard.fields(shown) | filled)  # type: ignore[assignment]
    return response


@pytest.mark.parametrize(
    "page", ["what", "danger", "before", "where", "describe", "nearby", "check"]
)
def test_every_page_carries_all_that_the_others_asked(
    client: Client, city: None, page: str
) -> None:
    sent = wizard.whole(page="check", go=page, **EVERYTHING)

    carried = wizard.fields(client.post(wizard.URL, sent))  # type: ignore[arg-type]

    for name in set(sent) - {"page", "go", "question_pole"}:
        assert carried[name] == [sent[name]], name
    if page != "describe":  # where only the questions of the category are asked
        assert carried["question_pole"] == ["Trụ 12"]


def test_back_goes_one_page_back(client: Client, city: None) -> None:
    shown = wizard.send(client, page="where")
    assert wizard.page(shown) == "describe"
    assert 'name="go" value="where"' in shown.content.decode()

    back = press(client, shown, go="where", text="Viết dở")

    assert back.status_code == 200
    assert wizard.page(back) == "where"
    assert wizard.fields(back)["text"] == ["Viết dở"]


def test_a_change_leads_straight_back_to_the_last_page(client: Client, city: None) -> None:
    shown = wizard.send(client, page="describe")
    assert wizard.page(shown) == "check"

    shown = press(client, shown, go="where")
    assert wizard.page(shown) == "where"
    shown = press(client, shown, lat="10.005", lon="106.005")

    assert wizard.page(shown) == "check"
    assert "Phường Tây" in wizard.text(shown)


def test_a_change_that_raises_new_questions_asks_them(client: Client, city: None) -> None:
    shown = wizard.send(client, page="check", go="what", lat=None, lon=None, category="papers")
    assert wizard.page(shown) == "what"

    shown = press(client, shown, category="lamp")
    assert wizard.page(shown) == "where"
    assert shown.status_code == 200

    shown = press(client, shown, lat="10.005", lon="106.005")
    assert wizard.page(shown) == "check"


def test_a_category_that_was_retired_meanwhile_is_chosen_anew(client: Client, city: None) -> None:
    bodies.put_category("lamp", group="street", name=makers.name("Đèn đường"), active=False)

    response = wizard.send(client, landmark="Cạnh trường học")

    assert response.status_code == 422
    assert wizard.page(response) == "what"
    assert wizard.fields(response)["landmark"] == ["Cạnh trường học"]
    assert wizard.page(press(client, response, category="wires")) == "check"


def test_an_unknown_page_goes_on_where_something_is_missing(client: Client, city: None) -> None:
    response = wizard.send(client, page="nonsense", text="")

    assert response.status_code == 422
    assert wizard.page(response) == "describe"
    assert wizard.summary(response) == ["form"]


def test_a_way_to_an_unknown_page_is_no_way(client: Client, city: None) -> None:
    response = wizard.send(client, go="../../etc/passwd")

    assert response.status_code == 422
    assert wizard.page(response) == "check"


def test_a_form_without_its_random_id_is_shown_again_with_one(client: Client, city: None) -> None:
    for odd in (None, "", "1", "x" * 500, "a b c d e f g h i j k l m n o p"):
        response = wizard.send(client, submission=odd)

        assert response.status_code == 422
        assert wizard.page(response) == "check"
        assert Report.objects.count() == 0

    press(client, response)
    assert Report.objects.count() == 1


def test_what_is_changed_after_sending_is_not_sent_in_silence(client: Client, city: None) -> None:
    client.cookies["lang"] = "en"
    submission = "a" * 32
    wizard.send(client, submission=submission)

    again = wizard.send(client, submission=submission, text="Something else.")

    assert again.status_code == 200
    assert "We had this report already" in wizard.text(again)
    assert Report.objects.get().text == "Đèn đường hư ba đêm nay."
