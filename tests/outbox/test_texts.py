"""News by text: short, neutral, with the link that ends them, through the operator's gateway."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from hopthu.core.codes import format_number
from hopthu.core.terms import Channel, Step
from hopthu.outbox import queries
from hopthu.outbox.channels import sms
from hopthu.outbox.channels.failures import ServerDown
from hopthu.outbox.channels.gateways import BODY, parse_gateway
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import NoWay, deliver
from hopthu.people import contacts, follow_codes, seal_keys
from hopthu.people.models import Contact
from hopthu.reports import new_codes
from hopthu.reports.actions import Received
from hopthu.reports.actions.contacts import leave_contact
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import Post
from tests.outbox.test_nowhere import database_files, rows
from tests.outbox.text_gateway import DRIP, DROP, HANG, TextGateway

pytestmark = pytest.mark.django_db
NUMBER = "+84912345678"
SECRET = "Nhà bà Bảy, hẻm 12"
TOKEN = "of-the-planted-token"


@pytest.fixture
def gateway(sealing: Path, settings: Settings) -> Iterator[TextGateway]:
    token = sealing / "token"
    token.write_text(f"{TOKEN}\n")
    with TextGateway() as server:
        settings.SMS_GATEWAY = parse_gateway(server.url, token_file=str(token))
        settings.ADDRESS = "https://hopthu.city.example"
        yield server


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, no log names the number or the token."""
    logger = logging.getLogger("hopthu")
    logger.addHandler(caplog.handler)
    yield
    logger.removeHandler(caplog.handler)
    assert "912345678" not in caplog.text
    assert TOKEN not in caplog.text


def told(language: str = "en") -> Received:
    """A report whose sender left a number, and a step of the city that is told."""
    received = makers.send_report(email="0912 345 678", language=language, text=SECRET)
    makers.take(received.report, Step.ANSWER, makers.make_officer(), words="Mai có người đến.")
    return received


def text_out() -> int:
    return deliver(MONDAY, Channel.SMS)


def letter() -> Delivery:
    return Delivery.objects.exclude(seq=1).get()


def after() -> tuple[str, int, str, int]:
    row = letter()
    assert "912345678" not in row.problem
    return row.state, row.attempts, row.problem, row.interrupted


def test_it_says_that_there_is_news_and_nothing_of_what(gateway: TextGateway) -> None:
    received = told()

    assert text_out() == 1

    (sent,) = gateway.texts
    number = format_number(received.report.number)
    assert sent["to"] == NUMBER
    words, _, link = sent["text"].rpartition(" ")
    assert words == (
        f"Thành phố Thử (en): news about report {number}. https://hopthu.city.example/follow "
        "No more texts:"
    )
    assert link.startswith("https://hopthu.city.example/unsubscribe/")
    assert not re.search(rf"{SECRET}|Mai có|{received.follow_code}|answer", sent["text"])
    assert gateway.paths == ["/send?account=7"]
    assert gateway.headers[0]["Authorization"] == f"Bearer {TOKEN}"
    assert gateway.headers[0]["Idempotency-Key"] == str(letter().token)


@pytest.mark.parametrize(("language", "says"), [("vi", "phản ánh"), ("km", "របាយការណ៍")])
def test_it_is_in_the_language_of_the_form_and_short(
    gateway: TextGateway, language: str, says: str
) -> None:
    told(language)
    text_out()
    (sent,) = gateway.texts
    assert says in sent["text"]
    assert len(sent["text"]) <= 201, "three parts of 67 characters"


def test_nobody_is_told_by_text_that_a_report_came_in(gateway: TextGateway) -> None:
    """Whoever types another's number: nothing comes there before the city does something."""
    makers.make_report(email="0912345678", language="vi")
    assert text_out() == 0
    assert gateway.bodies == []
    assert not Delivery.objects.filter(state="waiting").exists()


def test_the_link_in_it_ends_them(gateway: TextGateway, client: Client) -> None:
    told()
    text_out()
    link = urlsplit(gateway.texts[0]["text"].rpartition(" ")[2])
    assert client.get(link.path).status_code == 200
    assert Contact.objects.exists()
    assert client.post(link.path).status_code == 200
    assert not Contact.objects.exists()
    assert not Delivery.objects.exists()


def test_a_lost_code_is_sent_anew(gateway: TextGateway) -> None:
    received = told()
    text_out()
    follow_codes.ask_for_new(received.report.number, at=MONDAY)
    new_codes.answer(MONDAY)
    assert text_out() == 1
    assert re.search(r"new code (\d{4} ){3}\d{4} for report", gateway.texts[-1]["text"])


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (202, ("sent", 1, "", 0)),
        (400, ("dead", 1, "400", 0)),
        (422, ("dead", 1, "422", 0)),
        (403, ("waiting", 1, "403", 0)),
        (429, ("waiting", 1, "429", 0)),
        (500, ("waiting", 1, "500", 0)),
        (503, ("waiting", 1, "503", 0)),
        (504, ("waiting", 1, "504", 1)),
        (DROP, ("waiting", 1, "broken_off", 1)),
        (HANG, ("waiting", 1, "broken_off", 1)),
        (DRIP, ("waiting", 1, "broken_off", 1)),
    ],
)
def test_whatever_the_gateway_answers_no_text_is_lost(
    gateway: TextGateway,
    monkeypatch: pytest.MonkeyPatch,
    answer: int | str,
    state: tuple[str, int, str, int],
) -> None:
    monkeypatch.setattr(sms, "PATIENCE", 0.3)
    told()
    gateway.answer = answer

    text_out()

    assert after() == state
    assert queries.standing().perhaps_twice == state[3]
    if state[0] == "waiting":
        gateway.answer = 200
        assert deliver(letter().due_at, Channel.SMS) == 1
        assert len({one["Idempotency-Key"] for one in gateway.headers}) == 1


@pytest.mark.parametrize("answer", [301, 302, 307, 308, 401, 404, 405])
def test_a_wrong_door_costs_no_attempt_and_a_redirect_is_followed_nowhere(
    gateway: TextGateway, answer: int
) -> None:
    told()
    gateway.answer = answer
    with pytest.raises(ServerDown, match=str(answer)):
        text_out()
    assert after() == ("waiting", 0, "", 0)
    assert gateway.paths == ["/send?account=7"]


def test_a_gateway_that_is_not_there_costs_none(gateway: TextGateway, settings: Settings) -> None:
    told()
    settings.SMS_GATEWAY = parse_gateway("http://127.0.0.1:9/")
    with pytest.raises(ServerDown, match="ConnectionRefusedError"):
        text_out()
    assert after() == ("waiting", 0, "", 0)


@pytest.mark.parametrize("wrong", [None, b"", b"two\nlines", "mã".encode()])
def test_a_token_that_cannot_be_used_costs_none_and_nobody_is_called(
    gateway: TextGateway, sealing: Path, wrong: bytes | None
) -> None:
    told()
    if wrong is None:
        (sealing / "token").unlink()
    else:
        (sealing / "token").write_bytes(wrong)
    with pytest.raises(ServerDown, match="token_file"):
        text_out()
    assert after() == ("waiting", 0, "", 0)
    assert gateway.bodies == []


def test_no_proxy_of_the_environment_is_asked(
    gateway: TextGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    told()
    assert text_out() == 1


def test_the_gateway_keeps_no_letter_waiting_and_letters_no_text(
    gateway: TextGateway, post: Post
) -> None:
    told()
    makers.make_report(email="an@example.vn", language="en")
    gateway.answer = 401
    with pytest.raises(ServerDown):
        text_out()
    assert deliver(MONDAY) == 1
    assert [to for _, to in post.envelopes] == [["an@example.vn"]]


def test_what_waits_goes_where_the_sender_now_wants_it(gateway: TextGateway, post: Post) -> None:
    report = told().report
    leave_contact(report, email="an@example.vn", language="en")
    assert text_out() == 0
    assert deliver(MONDAY) == 2
    makers.take(report, Step.START, makers.make_officer("chi"))
    leave_contact(report, email="0912345678", language="en")
    assert deliver(MONDAY + timedelta(days=1)) == 0
    assert deliver(MONDAY + timedelta(days=1), Channel.SMS) == 1


def test_without_a_gateway_texts_wait(gateway: TextGateway, settings: Settings) -> None:
    told()
    settings.SMS_GATEWAY = None
    with pytest.raises(NoWay, match="HOPTHU_SMS_URL"):
        text_out()
    assert after() == ("waiting", 0, "", 0)
    assert queries.standing().texts == 2


@pytest.mark.django_db(transaction=True)
def test_the_number_is_nowhere_but_inside_the_seal(gateway: TextGateway, sealing: Path) -> None:
    told()
    text_out()
    files = [path for path in (*sealing.rglob("*"), *database_files()) if path.is_file()]
    assert "912345678" not in rows()
    assert not [path for path in files if b"912345678" in path.read_bytes()]
    assert contacts.reach(Contact.objects.get(), seal_keys.identities()).phone == NUMBER


def test_the_usual_body_is_an_object_of_number_and_text(gateway: TextGateway) -> None:
    assert BODY == '{"to": "{to}", "text": "{text}"}'
    told()
    text_out()
    assert gateway.texts[0].keys() == {"to", "text"}
