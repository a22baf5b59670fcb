"""What a letter is: neutral, in the reader's language, threaded, and ended by one click."""

import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Step
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from hopthu.people.models import Contact
from hopthu.reports.actions import Received
from tests import makers
from tests.outbox.mail_server import Post

pytestmark = pytest.mark.django_db

SECRET = "Nhà bà Bảy, hẻm 12"


def left(language: str = "en") -> Received:
    """A report whose sender left an address."""
    return makers.send_report(email="an@example.vn", language=language, text=SECRET)


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def test_it_says_that_something_happened_and_nothing_of_what(post: Post) -> None:
    received = left()
    makers.take(received.report, Step.ANSWER, makers.make_officer(), words="Mai có người đến.")

    assert deliver(makers.MONDAY) == 2

    came, answered = post.letters
    number = format_number(received.report.number)
    assert post.envelopes[0] == ("hopthu@city.example", ["an@example.vn"])
    assert (came["To"], came["Subject"]) == ("an@example.vn", f"Report {number}")
    assert came["From"] == '"Thành phố Thử (en)" <hopthu@city.example>'
    assert part(came, "plain").startswith("Your report has arrived.")
    assert part(answered, "plain").startswith("The city has answered you.")
    assert "https://hopthu.city.example/follow\n" in part(answered, "plain")
    assert 'href="https://hopthu.city.example/follow"' in part(answered, "html")
    for letter in post.letters:
        shown = f"{letter} {part(letter, 'plain')} {part(letter, 'html')}"
        assert not re.search(rf"{SECRET}|Mai có|Đèn|{received.follow_code}|#", shown)


@pytest.mark.parametrize(("language", "subject"), [("vi", "Phản ánh"), ("km", "ការរាយការណ៍")])
def test_it_is_in_the_language_of_the_form(post: Post, language: str, subject: str) -> None:
    left(language)
    deliver(makers.MONDAY)
    (letter,) = post.letters
    assert subject in letter["Subject"]
    assert letter["Content-Language"] == language


def test_letters_about_one_report_hang_together_and_each_has_its_own_name(post: Post) -> None:
    one, other = left(), left()
    makers.take(one.report, Step.START, makers.make_officer())

    deliver(makers.MONDAY)

    threads = [letter["References"] for letter in post.letters]
    assert [letter["In-Reply-To"] for letter in post.letters] == threads
    assert threads[0] == threads[2] == f"<report-{one.report.number}@city.example>"
    assert threads[1] == f"<report-{other.report.number}@city.example>"
    tokens = Delivery.objects.order_by("id").values_list("token", flat=True)
    assert post.ids == [f"<{token}@city.example>" for token in tokens]


def test_one_click_ends_them(post: Post, client: Client) -> None:
    left()
    deliver(makers.MONDAY)
    (letter,) = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    link = urlsplit(letter["List-Unsubscribe"].strip("<>"))
    assert (link.scheme, link.netloc) == ("https", "hopthu.city.example")

    # As the mail program's own server sends it, from another site and without a cookie.
    response = client.post(link.path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert not Contact.objects.exists()
    assert not Delivery.objects.exists()


def test_without_a_mail_server_it_is_a_file_that_names_nobody(sealing: Path) -> None:
    received = left()
    assert deliver(makers.MONDAY) == 1
    assert deliver(makers.MONDAY) == 0
    (file,) = (sealing / "mail").iterdir()
    assert file.name.startswith(f"{received.report.number}-1-")
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert b"\r\nTo: undisclosed-recipients:;\r\n" in file.read_bytes()
    assert b"an@example" not in file.read_bytes()


def test_links_and_names_of_messages_are_never_encoded(
    sealing: Path, settings: Any, client: Client
) -> None:
    host = f"{'long.' * 20}city.example"
    settings.ADDRESS, settings.MAIL_FROM = f"https://{host}", f"mailbox@{host}"
    left()
    deliver(makers.MONDAY)
    (file,) = (sealing / "mail").iterdir()
    lines = file.read_text().partition("\n\n")[0].splitlines()
    link = next(line for line in lines if line.startswith("List-Unsubscribe: "))
    assert link.startswith(f"List-Unsubscribe: <https://{host}/unsubscribe/")
    assert link.endswith(">")
    named = [line for line in lines if line.startswith(("Message-ID", "In-Reply-To", "References"))]
    assert len(named) == 3
    assert all(line.endswith(f"@{host}>") for line in named)
