"""What is logged of an error: where, of what kind, with the reader's reference, and no words."""

import logging
import sys

import pytest
from django.db import DataError, OperationalError
from django.test import Client, RequestFactory
from pytest_django import Settings

from hopthu.outbox.channels.failures import ServerDown
from hopthu.web.error_log import Discreet, refer

TYPED = "An, 12 Lê Lợi, 0909 123 456"


def logged(error: BaseException, came_of: BaseException | None = None) -> str:
    try:
        try:
            if came_of:
                raise came_of
        finally:
            raise error
    except BaseException:
        record = logging.LogRecord("hopthu", 40, "", 1, "broke", (), sys.exc_info())
    return Discreet("{levelname} {name}: {message}", style="{").format(record)


@pytest.mark.parametrize("error", [DataError(TYPED), ValueError(TYPED), KeyError(TYPED)])
def test_the_words_of_an_error_are_left_out_and_its_place_is_not(error: Exception) -> None:
    text = logged(error)
    assert TYPED not in text
    assert text.startswith("ERROR hopthu: broke\nTraceback (most recent call last):")
    assert "raise error" in text
    assert text.endswith(type(error).__name__)


def test_nor_are_those_of_what_it_came_of() -> None:
    text = logged(RuntimeError(TYPED), came_of=ValueError(TYPED))
    assert TYPED not in text
    assert text.index("ValueError") < text.index("RuntimeError")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device", "/srv/photos/x"), ": No space left on device"),
        (OperationalError("no such table: gone\nLINE 1: " + TYPED), ": no such table: gone"),
        (ServerDown("timeout"), ": ServerDown: timeout"),
    ],
)
def test_what_cannot_quote_anybody_is_told_to_the_operator(error: Exception, words: str) -> None:
    text = logged(error)
    assert text.endswith(words)
    assert TYPED not in text


def test_who_changes_the_code_sees_everything(settings: Settings) -> None:
    settings.DEBUG = True
    assert TYPED in logged(ValueError(TYPED))


def test_the_page_and_the_log_have_one_reference_and_no_two_errors_the_same() -> None:
    request = RequestFactory().get("/")
    reference = refer(request)
    record = logging.LogRecord("django.request", 40, "", 1, "broke", (), None)
    record.request = request
    assert Discreet("{message}", style="{").format(record) == f"{reference} broke"
    assert len({refer(request) for _ in range(50)}) == 50


@pytest.mark.django_db
def test_a_reader_is_told_the_reference_that_the_log_has(
    city: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_given: object) -> None:
        raise ValueError(TYPED)

    monkeypatch.setattr("hopthu.public.views.home.render", breaks, raising=False)
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = client.get("/")
    assert answer.status_code == 500
    shown = answer.content.decode()
    record = next(one for one in caplog.records if one.name == "django.request")
    line = Discreet("{message}", style="{").format(record)
    assert line.split()[0] in shown
    assert TYPED not in shown + line
