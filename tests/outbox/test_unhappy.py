"""Mail servers that refuse, hang, drop and are not there: no letter is lost, none goes for ever."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hopthu.core.sealing import new_identity
from hopthu.core.terms import Step
from hopthu.outbox import queries
from hopthu.outbox.actions import revive
from hopthu.outbox.channels import email
from hopthu.outbox.channels.failures import ServerDown
from hopthu.outbox.claiming import PAUSES
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from hopthu.people.models import Contact
from hopthu.people.seal_keys import NoSealKey
from hopthu.reports.actions.contacts import remove_contact
from hopthu.reports.models import Report
from tests import makers
from tests.heard import nothing_heard_of
from tests.makers import MONDAY
from tests.outbox.mail_server import DROP, HANG, Post

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _heard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with nothing_heard_of("an@example", caplog):
        yield


@pytest.fixture(autouse=True, params=[False, True], ids=["one-by-one", "all-at-once"])
def _commands(post: Post, request: pytest.FixtureRequest) -> None:
    """However it takes them, the same comes of it."""
    post.pipelining = request.param


@pytest.fixture
def letter(post: Post) -> Delivery:
    makers.make_report(email="an@example.vn", language="en")
    return Delivery.objects.get()


def after(letter: Delivery) -> tuple[str, int, str, int]:
    letter.refresh_from_db()
    assert "example" not in letter.problem
    return letter.state, letter.attempts, letter.problem, letter.interrupted


def test_not_now_is_tried_again_later_and_later(post: Post, letter: Delivery) -> None:
    post.on_address = "450 4.2.1 greylisted, come back"
    at = MONDAY
    for number, pause in enumerate(PAUSES, start=1):
        assert deliver(at) == 0
        assert after(letter) == ("waiting", number, "450", 0)
        assert at + pause <= letter.due_at <= at + pause + MINUTE / 2
        assert deliver(at) == 0
        assert letter.attempts == number
        at = letter.due_at
    post.on_address = "250 OK"
    assert deliver(at) == 1
    assert after(letter) == ("sent", len(PAUSES) + 1, "", 0)


def test_what_is_tried_too_often_is_given_up_and_can_be_revived(
    post: Post, letter: Delivery
) -> None:
    post.on_words = "451 4.3.0 not now"
    at = MONDAY
    for _ in range(len(PAUSES) + 1):
        deliver(at)
        letter.refresh_from_db()
        at = letter.due_at
    assert after(letter) == ("dead", len(PAUSES) + 1, "451", 0)
    assert queries.standing().dead == {"451": 1}
    post.on_words = "250 OK"
    assert revive(at=at) == 1
    assert deliver(at) == 1


@pytest.mark.parametrize("where", ["on_address", "on_words"])
def test_never_is_not_tried_again(post: Post, letter: Delivery, where: str) -> None:
    setattr(post, where, "550 5.1.1 no such user")
    assert deliver(MONDAY) == 0
    assert after(letter) == ("dead", 1, "550", 0)


def test_one_refusal_keeps_no_other_letter(post: Post, letter: Delivery) -> None:
    makers.make_report(email="binh@example.vn", language="en")
    post.refused = "an@"
    assert deliver(MONDAY) == 1
    assert [to for _, to in post.envelopes] == [["binh@example.vn"]]
    assert post.connections == 1


@pytest.mark.parametrize("how", [HANG, DROP])
def test_broken_off_in_the_middle_it_is_tried_again_under_its_name_and_counted(
    post: Post, letter: Delivery, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email, "PATIENCE", 0.5)
    post.on_words = how
    assert deliver(MONDAY) == 0
    assert after(letter) == ("waiting", 1, "broken_off", 1)
    assert queries.standing().perhaps_twice == 1
    post.on_words = "250 OK"
    assert deliver(letter.due_at) == 1
    assert set(post.ids) == {f"<{letter.token}@city.example>"}


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "451 busy", "550 who are you"])
def test_a_server_that_does_not_take_us_costs_no_letter_an_attempt(
    post: Post, letter: Delivery, answer: str
) -> None:
    post.on_sender = answer
    with pytest.raises(ServerDown):
        deliver(MONDAY)
    assert after(letter) == ("waiting", 0, "", 0)
    post.on_sender = "250 OK"
    assert deliver(MONDAY + MINUTE) == 1


def test_a_server_that_takes_the_call_and_says_nothing_costs_none(
    letter: Delivery, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hopthu.outbox.channels.servers import parse_server

    monkeypatch.setattr(email, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}?tls=off"
        settings.MAIL_SERVER = parse_server(url)  # type: ignore[attr-defined]
        with pytest.raises(ServerDown, match="SMTPServerDisconnected"):
            deliver(MONDAY)
    assert after(letter) == ("waiting", 0, "", 0)


def test_a_storm_of_refusals_ends_each_letter_once_and_holds_up_no_other(post: Post) -> None:
    for place in range(45):
        who = "gone" if place % 9 else "an"
        makers.make_report(email=f"{who}{place}@example.vn", language="en")
    post.refused = "gone"

    assert deliver(MONDAY) == 5
    assert deliver(MONDAY + timedelta(days=1)) == 0

    assert len(post.letters) == 5
    assert post.connections == 1, "a second visit would be the next storm"
    assert queries.standing().dead == {"550": 40}
    assert queries.standing().waiting == 0


def test_a_server_that_is_not_there_neither(sealing: Path, settings: object) -> None:
    from hopthu.outbox.channels.servers import parse_server

    settings.MAIL_SERVER = parse_server("smtp://127.0.0.1:9?tls=off")  # type: ignore[attr-defined]
    makers.make_report(email="an@example.vn", language="en")
    with pytest.raises(ServerDown, match="ConnectionRefusedError"):
        deliver(MONDAY)
    assert after(Delivery.objects.get()) == ("waiting", 0, "", 0)


def test_a_password_does_not_go_out_in_the_clear(
    post: Post, letter: Delivery, settings: object
) -> None:
    from hopthu.outbox.channels.servers import parse_server

    url = f"smtp://me:secret@127.0.0.1:{post.port}"
    settings.MAIL_SERVER = parse_server(url)  # type: ignore[attr-defined]
    with pytest.raises(ServerDown, match="SMTPNotSupportedError"):
        deliver(MONDAY)
    assert after(letter) == ("waiting", 0, "", 0)


def test_whoever_removes_the_address_gets_nothing_that_waits(post: Post, letter: Delivery) -> None:
    remove_contact(Report.objects.get())
    assert deliver(MONDAY) == 0
    assert post.letters == []


def test_a_lost_key_stops_letters_and_nothing_else_and_is_told(
    post: Post, letter: Delivery, sealing: Path
) -> None:
    key = sealing / "keys" / "work" / "seal_key"
    key.unlink()
    with pytest.raises(NoSealKey, match=r"seal_key: No such file.*put it back.*recovery key"):
        deliver(MONDAY)
    makers.take(Report.objects.get(), Step.START, makers.make_officer())
    makers.make_report(email="binh@example.vn", language="en")
    assert after(letter) == ("waiting", 0, "", 0)

    key.write_text((sealing / "recovery.key").read_text())

    assert deliver(MONDAY) == 3


def test_a_letter_that_cannot_be_written_holds_up_no_other(post: Post, letter: Delivery) -> None:
    Delivery.objects.update(topic="nobody's")
    makers.make_report(email="binh@example.vn", language="en")
    assert deliver(MONDAY) == 1
    assert after(letter) == ("waiting", 1, "NoSuchTopic", 0)


@pytest.mark.parametrize("wrong", ["another", "moved"])
def test_what_does_not_open_waits_and_harms_no_other_letter(
    post: Post, letter: Delivery, sealing: Path, wrong: str
) -> None:
    if wrong == "another":
        (sealing / "keys" / "work" / "seal_key").write_text(f"{new_identity()}\n")
    else:
        other = makers.make_report(email="binh@example.vn", language="en")
        moved = Contact.objects.get(number=other.number).sealed
        Contact.objects.filter(deliveries=letter).update(sealed=moved)
    assert deliver(MONDAY) == (0 if wrong == "another" else 1)
    problem = "unreadable" if wrong == "another" else "foranother"
    assert after(letter) == ("waiting", 1, problem, 0)
