"""What somebody reads who follows a thing, and what is kept from them."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.sealing import Reachable
from hopthu.core.terms import Role, Step
from hopthu.outbox.following import links, subscribing
from hopthu.outbox.following.things import Thing
from hopthu.outbox.models import Delivery, Often, Subscription
from hopthu.outbox.sending import deliver
from tests import makers
from tests.followers import EAST, begin, follow, tell
from tests.makers import MONDAY
from tests.outbox.mail_server import Post
from tests.outbox.test_letter import SECRET, part

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_news_names_the_report_and_holds_no_word_of_it(post: Post) -> None:
    begin()
    follower = follow(Thing(area="east", category="lamp"))
    received = makers.send_report(text=SECRET, landmark=SECRET)
    makers.take(received.report, Step.ANSWER, makers.make_officer(), words="Mai có người đến.")
    tell()

    assert deliver(MONDAY) == 2

    number = format_number(received.report.number)
    came, answered = post.letters
    assert post.envelopes[0] == ("hopthu@city.example", ["an@example.vn"])
    assert came["Subject"] == f"Report {number}"
    assert part(came, "plain").startswith("A new report has come in.")
    assert part(answered, "plain").startswith("The city has answered.")
    for letter in post.letters:
        text = part(letter, "plain")
        assert f"https://hopthu.city.example/reports/{number}\n" in text
        assert f"{links.change(follower.token)}\n" in text
        assert "Đèn đường (en), Phường Đông (en)" in text
        shown = f"{letter} {text} {part(letter, 'html')}"
        assert not re.search(rf"{SECRET}|Mai có|{received.follow_code}", shown)


def test_letters_about_one_report_hang_together(post: Post) -> None:
    begin()
    follow(EAST)
    one, other = makers.make_report(), makers.make_report()
    tell()
    deliver(MONDAY)
    threads = [letter["References"] for letter in post.letters]
    assert threads == [f"<report-{report.number}@city.example>" for report in (one, other)]
    assert [letter["In-Reply-To"] for letter in post.letters] == threads


@pytest.mark.parametrize(("language", "says"), [("vi", "phản ánh mới"), ("km", "ការរាយការណ៍")])
def test_they_are_in_the_language_of_who_asked(post: Post, language: str, says: str) -> None:
    begin()
    follow(EAST, language=language)
    makers.make_report()
    tell()
    deliver(MONDAY)
    (letter,) = post.letters
    assert says in part(letter, "plain")
    assert letter["Content-Language"] == language


def test_one_click_ends_them(post: Post, client: Client) -> None:
    begin()
    follow(EAST)
    makers.make_report()
    tell()
    deliver(MONDAY)
    (letter,) = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = urlsplit(letter["List-Unsubscribe"].strip("<>"))

    # As the mail program's own server sends it, from another site and without a cookie.
    response = client.post(link.path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert not Subscription.objects.exists()
    makers.make_report()
    assert tell() == 0


class TestMorning:
    def test_one_line_for_each_report_with_its_newest_step(self, post: Post) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        one, other = makers.make_report(), makers.make_report()
        makers.take(one, Step.ANSWER, makers.make_officer(), words="Mai.", at=MONDAY + DAY / 24)
        tell(MONDAY + DAY)

        assert deliver(MONDAY + DAY) == 1

        (letter,) = post.letters
        assert letter["Subject"] == "News from the mailbox"
        assert letter["References"] is None
        lines = [line for line in part(letter, "plain").splitlines() if line.startswith("Report")]
        assert lines == [
            f"Report {format_number(one.number)}: The city has answered.",
            f"Report {format_number(other.number)}: A new report has come in.",
        ]

    def test_what_was_hidden_since_is_not_in_it(self, post: Post) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        shown, hidden = makers.make_report(), makers.make_report()
        tell(MONDAY + DAY)
        moderator = makers.make_staff("mai", (Role.MODERATOR, None))
        makers.take(hidden, Step.HIDE, moderator, reason="threat", words="Lời đe dọa")

        deliver(MONDAY + DAY)

        (letter,) = post.letters
        assert format_number(shown.number) in part(letter, "plain")
        assert format_number(hidden.number) not in part(letter, "plain")

    def test_whoever_confirmed_late_hears_of_what_came_after(self, post: Post) -> None:
        begin(MONDAY)
        makers.make_report()
        follow(EAST, "daily", at=MONDAY + timedelta(hours=1))
        tell(MONDAY + DAY)
        assert deliver(MONDAY + DAY) == 0
        assert post.letters == []
        assert Delivery.objects.get().state == "sent"

    def test_a_long_one_names_thirty_and_counts_the_rest(self, post: Post) -> None:
        begin(MONDAY)
        follow(EAST, "daily")
        for _ in range(32):
            makers.make_report()
        tell(MONDAY + DAY)
        deliver(MONDAY + DAY)
        text = part(post.letters[0], "plain")
        assert text.count("A new report has come in.") == 30
        assert "and 2 more reports" in text


@pytest.mark.parametrize("step", [Step.HIDE, Step.WITHDRAW, Step.ERASE])
def test_what_is_taken_away_before_a_letter_goes_is_told_to_nobody(post: Post, step: Step) -> None:
    begin()
    follow(EAST)
    report = makers.make_report()
    tell()
    chief = makers.make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))
    match step:
        case Step.HIDE:
            makers.take(report, step, chief, reason="threat", words="Lời đe dọa")
        case Step.ERASE:
            makers.erase(report, chief)
        case _:
            makers.take(report, step)

    assert deliver(MONDAY) == 0
    assert post.letters == []


def test_the_letter_that_asks_says_what_was_asked_for_and_where_to_confirm(post: Post) -> None:
    token = subscribing.ask(Reachable("an@example.vn", "en"), EAST, Often.DAILY, at=MONDAY)
    assert token
    assert deliver(MONDAY) == 1
    (letter,) = post.letters
    text = part(letter, "plain")
    assert letter["Subject"] == "Your letters from the mailbox"
    assert "asked for letters about: Phường Đông (en)." in text
    assert f"{links.confirm(token)}\n" in text
    assert letter["List-Unsubscribe"] == f"<{links.end(token)}>"


def test_who_confirmed_already_is_not_asked_again(post: Post) -> None:
    token = subscribing.ask(Reachable("an@example.vn", "en"), EAST, Often.DAILY, at=MONDAY)
    assert token
    subscribing.confirm(token, at=MONDAY)
    assert deliver(MONDAY) == 0


def test_a_seal_that_was_moved_to_another_row_opens_nothing(post: Post) -> None:
    begin()
    an, binh = follow(EAST), follow(EAST, email="binh@example.vn")
    Subscription.objects.filter(pk=an.pk).update(sealed=binh.sealed)
    makers.make_report()
    tell()
    assert deliver(MONDAY) == 1
    assert Delivery.objects.get(subscription=an).problem == "foranother"
