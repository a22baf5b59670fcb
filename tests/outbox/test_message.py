"""A message as it goes over the line: whoever reads it by the standards reads what was written."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from hopthu.outbox.channels.message import compose
from hopthu.outbox.letters import Letter
from hopthu.outbox.models import Delivery
from hopthu.people.models import Contact

AT = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
LONG = "ការរាយការណ៍អំពីបញ្ហានៅក្នុងទីក្រុងរបស់យើង " * 4
WORDS = st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029\x85"))


@pytest.fixture(autouse=True)
def _city(settings: Settings) -> None:
    settings.MAIL_FROM, settings.ADDRESS = "hopthu@city.example", "https://hopthu.city.example"


def sent(letter: Letter) -> tuple[bytes, EmailMessage]:
    delivery = Delivery(contact=Contact(pk=7), number="7KQ2M9XD", seq=1, created_at=AT)
    raw = compose(delivery, letter, to="an@example.vn", language="vi")
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert [part.defects for part in read.walk()] == [[], [], []]
    return raw, read


def header(raw: bytes, name: bytes) -> str:
    """As it stands there, unfolded."""
    line = re.search(rb"^" + name + rb": ([^\r]*(?:\r\n [^\r]*)*)", raw, re.MULTILINE)
    assert line
    return line[1].decode().replace("\r\n", "")


def part(read: EmailMessage, kind: str) -> str:
    body = read.get_body((kind,))
    assert body
    assert body.get_content_charset() == "utf-8"
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("city", ["Sông Mây", "Elsewhere, Inc.", LONG.strip(), "=?utf-8?q?a?="])
@pytest.mark.parametrize("subject", ["Report 7KQ2-M9XD", LONG.strip(), "=?utf-8?q?a?="])
def test_names_and_subjects_are_read_as_they_were_written(city: str, subject: str) -> None:
    raw, read = sent(Letter(subject, "x", "<p>x</p>", city))
    assert read["Subject"] == subject
    # Not by `email.policy`, which puts blanks between the encoded words of a name (Python 3.11).
    name, address = parseaddr(header(raw, b"From"))
    assert (str(make_header(decode_header(name))), address) == (city, "hopthu@city.example")
    words = re.findall(rb"=\?utf-8\?\S*\?=", raw)
    assert all(len(word) <= 75 for word in words), "RFC 2047 § 2"


def test_a_line_break_in_a_name_begins_no_header() -> None:
    raw, read = sent(Letter("a\r\nBcc: b@c.example", "x", "x", "City\r\nBcc: d@e.example"))
    assert read["Bcc"] is None
    assert b"\r\nBcc" not in raw


@given(WORDS, WORDS)
def test_both_parts_are_read_as_they_were_written(text: str, html: str) -> None:
    raw, read = sent(Letter("x", text, html, "City"))
    assert (part(read, "plain"), part(read, "html")) == (f"{text}\n", f"{html}\n")
    assert raw.isascii()
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))


def test_blanks_and_lines_of_the_standard_harm_nothing() -> None:
    text = f".\n..\n \nFrom me \n--=_\n{'a' * 2_000}\n\tđèn\t\n."
    raw, read = sent(Letter("x", text, text, "City"))
    assert part(read, "plain") == part(read, "html") == f"{text}\n"
    assert b"\n" not in raw.replace(b"\r\n", b"")
