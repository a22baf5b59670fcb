"""Passkeys: made, told to the record, and signed in with."""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine

from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import decode64
from hopthu.desk import session
from hopthu.people.models import Passkey, Staff
from hopthu.people.second_step import steps_of
from tests.desk.browsing import Browser, english, html, page, sign_in
from tests.desk.device import PRESENT, Device
from tests.desk.test_your_signin import with_password
from tests.makers import MONDAY, PASSWORD, give_app
from tests.recorded import city_entries

SIGN_IN = "/desk/sign-in/passkey"
NEW = "/desk/your-sign-in/passkey"
REMOVE = f"{NEW}/remove"


def question(shown: Any) -> Any:
    found = re.search(r'<script id="question" type="application/json">(.*?)</script>', html(shown))
    assert found, page(shown)
    return json.loads(found[1])


def make(client: Browser, device: Device, name: str = "Điện thoại") -> Any:
    asked = question(client.post(NEW, {"name": name, "password": PASSWORD}))
    return client.post(NEW, {"name": name, "answer": device.make(asked)})


def come_in(device: Device, client: Browser | None = None) -> tuple[Browser, Any]:
    client = client or english()
    asked = question(client.get(SIGN_IN))
    return client, client.post(SIGN_IN, {"answer": device.sign(asked)})


@pytest.fixture
def phone(an: Staff) -> Device:
    """On which An has a passkey."""
    device = Device()
    assert "Recovery codes" in page(make(with_password(an), device))
    return device


def test_a_passkey_signs_in_without_password_and_code(an: Staff, phone: Device) -> None:
    client, answer = come_in(phone)

    assert answer.url == "/desk/"
    assert "An" in page(client.get("/desk/"))
    assert client.get("/desk/").status_code == 200


def test_a_new_one_is_in_the_record_without_a_name(an: Staff, phone: Device) -> None:
    entry = city_entries("staff.changed")[-1]
    passkey = Passkey.objects.get()

    assert {name: one for name, one in entry.told.items() if name != "commitments"} == {
        "v": 1,
        "type": "staff.changed",
        "time": "2026-11-16T02:00:00Z",
        "change": "passkey",
        "key": sha256(bytes(passkey.credential)).hexdigest(),
        "opens_from": "2026-11-17T02:00:00Z",
    }
    assert entry.commitments == {"staff": commit("staff", Opening("an", decode64(passkey.salt)))}
    assert passkey.opens_from == datetime(2026, 11, 17, 2, tzinfo=UTC)


def test_it_waits_a_whole_day_and_the_record_says_the_same_hour(an: Staff) -> None:
    with time_machine.travel(MONDAY + timedelta(minutes=20), tick=False):
        make(with_password(an), Device())

    assert Passkey.objects.get().opens_from == MONDAY + timedelta(hours=25)
    assert city_entries("staff.changed")[-1].told["opens_from"] == "2026-11-17T03:00:00Z"
    assert "It opens telephone numbers from" in page(sign_in(an).get("/desk/your-sign-in"))


def test_it_is_enough_for_whoever_takes_words_away(dung: Staff) -> None:
    client, device = with_password(dung), Device()
    assert client.get("/desk/").status_code == 302

    make(client, device)

    assert client.get("/desk/").status_code == 200
    assert come_in(device)[0].get("/desk/photos").status_code == 200


def test_the_password_alone_opens_nothing_any_more(an: Staff, phone: Device) -> None:
    client = with_password(an)

    assert client.get("/desk/").status_code == 302
    assert come_in(phone, client)[1].url == "/desk/"


FALSE: dict[str, dict[str, Any]] = {
    "another page": {"origin": "https://evil.example"},
    "a page below ours": {"origin": "https://desk.testserver"},
    "a page without HTTPS": {"origin": "http://testserver"},
    "made for another host": {"host": "evil.example"},
    "without finger or PIN": {"flags": PRESENT},
    "another key": {"key": Device().key},
    "a passkey that nobody has": {"id": b"0" * 32},
}


@pytest.mark.parametrize("what", FALSE)
def test_what_is_not_signed_by_it_here_and_by_its_owner_opens_nothing(
    an: Staff, phone: Device, what: str
) -> None:
    for name, value in FALSE[what].items():
        setattr(phone, name, value)

    client, answer = come_in(phone)

    assert answer.status_code == 422
    assert "This passkey does not open the desk" in page(answer)
    assert client.get("/desk/").status_code == 302


def test_an_answer_opens_once_and_to_its_own_question_alone(an: Staff, phone: Device) -> None:
    client = english()
    asked = question(client.get(SIGN_IN))
    answer = phone.sign(asked)

    assert english().post(SIGN_IN, {"answer": answer}).status_code == 422
    assert client.post(SIGN_IN, {"answer": answer}).status_code == 302
    client.post("/desk/sign-out")
    client.get(SIGN_IN)
    assert client.post(SIGN_IN, {"answer": answer}).status_code == 422


def test_a_question_of_before_the_sign_in_makes_no_passkey(an: Staff) -> None:
    """It was asked without a password, and whoever sits at the screen now may have seen it."""
    client = english()
    asked = question(client.get(SIGN_IN))
    client.post("/desk/sign-in", {"username": "an", "password": PASSWORD})

    client.post(NEW, {"name": "x", "answer": Device().make(asked)})

    assert not Passkey.objects.exists()


def test_a_question_is_open_for_ten_minutes(an: Staff, phone: Device) -> None:
    client = english()
    asked = question(client.get(SIGN_IN))

    with time_machine.travel(MONDAY + session.PATIENCE + timedelta(seconds=1), tick=False):
        assert client.post(SIGN_IN, {"answer": phone.sign(asked)}).status_code == 422


def test_a_copy_that_counts_less_is_refused(an: Staff, phone: Device) -> None:
    phone.counter = 5
    assert come_in(phone)[1].status_code == 302

    assert come_in(phone)[1].status_code == 422
    phone.counter = 6
    assert come_in(phone)[1].status_code == 302


def test_who_has_left_cannot_come_in(an: Staff, phone: Device) -> None:
    Staff.objects.update(is_active=False)

    assert come_in(phone)[1].status_code == 422


NONSENSE = ["", "{", "[]", "{}", "null", '{"rawId": 7}', '{"id": "AA", "rawId": "AA"}', "[" * 9999]
CRIPPLED = [
    {"attestationObject": "AA"},
    {"attestationObject": "o2NmbXRkbm9uZQ"},
    {"clientDataJSON": "e30"},
    {"clientDataJSON": "", "authenticatorData": "AA", "signature": ""},
]


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused_and_told(an: Staff, phone: Device, answer: str) -> None:
    guest, client = english(), sign_in(an)
    guest.get(SIGN_IN)
    client.post(NEW, {"name": "x", "password": PASSWORD})

    assert guest.post(SIGN_IN, {"answer": answer}).status_code == 422
    assert client.post(NEW, {"name": "x", "answer": answer}).url == NEW
    assert "The device made no passkey" in page(client.get(NEW))
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize("parts", CRIPPLED, ids=range(len(CRIPPLED)))
def test_so_is_what_was_cut_or_changed(an: Staff, phone: Device, parts: dict[str, str]) -> None:
    guest, client, other = english(), sign_in(an), Device()
    asked = question(client.post(NEW, {"name": "x", "password": PASSWORD}))
    answers = other.make(asked), phone.sign(question(guest.get(SIGN_IN)))
    made, signed = ({**json.loads(one)} for one in answers)
    made["response"] |= parts
    signed["response"] |= parts

    if "authenticatorData" in parts or "clientDataJSON" in parts:
        assert guest.post(SIGN_IN, {"answer": json.dumps(signed)}).status_code == 422
    assert client.post(NEW, {"name": "x", "answer": json.dumps(made)}).url == NEW
    assert Passkey.objects.count() == 1


def test_the_same_one_is_not_kept_twice(an: Staff, phone: Device) -> None:
    client = sign_in(an)

    make(client, phone)

    assert "The device made no passkey" in page(client.get(NEW))
    assert Passkey.objects.count() == len(city_entries("staff.changed")) - 1 == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "password": PASSWORD}, "Give it a name"),
        ({"name": "Máy", "password": "guessed"}, "This is not your password"),
    ],
)
def test_name_and_password_are_asked_first(an: Staff, form: dict[str, str], said: str) -> None:
    answer = with_password(an).post(NEW, form)

    assert answer.status_code == 422
    assert said in page(answer)
    assert f'value="{form["name"]}"' in html(answer)
    assert 'id="question"' not in html(answer)


def test_making_one_signs_out_everywhere_else(an: Staff) -> None:
    elsewhere, client = with_password(an), with_password(an)

    make(client, Device())

    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_one_that_is_removed_opens_nothing(an: Staff, phone: Device) -> None:
    client = sign_in(an)
    form = {"passkey": str(Passkey.objects.get().pk), "password": PASSWORD}

    refused = client.post(REMOVE, form | {"password": "guessed"})
    assert "This is not your password" in page(refused)
    assert Passkey.objects.exists()
    client.post(REMOVE, form)

    assert come_in(phone)[1].status_code == 422
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 30])
def test_what_is_no_passkey_of_theirs_stays(
    an: Staff, phone: Device, binh: Staff, chosen: str
) -> None:
    client = with_password(binh)

    for value in (chosen, str(Passkey.objects.get().pk)):
        assert client.post(REMOVE, {"passkey": value, "password": PASSWORD}).status_code == 302
    assert Passkey.objects.count() == 1


def test_the_last_second_step_of_a_moderator_stays(dung: Staff) -> None:
    make(with_password(dung), Device())
    client = sign_in(dung)
    form = {"passkey": str(Passkey.objects.get().pk), "password": PASSWORD}

    client.post(REMOVE, form)
    assert "Your task needs a second step." in page(client.get("/desk/your-sign-in"))
    give_app(dung)
    client = sign_in(dung)
    client.post(REMOVE, form)

    assert (steps_of(dung.pk).passkeys, steps_of(dung.pk).app) == (0, True)
