"""Finding reports by words, the same on both databases."""

import pytest
from django.db import DatabaseError, transaction

from hopthu.bodies.queries import configuration
from hopthu.core.terms import Step
from hopthu.reports.models import Event
from hopthu.reports.queries.listing import Cursor, Filter, public_page
from tests import makers

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    page = public_page(Filter(words=words), configuration())
    return [report.text for report in page.reports]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("hố ga", True),
        ("HO GA", True),
        ("duong", True),
        ("đường", True),
        ("ga trần", True),
        ("xe", True),
        ("phú", True),
        ('"', False),
        ("100%", False),
        ("_", False),
        ("ga NOT hố", False),
        ("hố bò", False),
    ],
)
def test_every_word_is_in_the_folded_text(city: None, words: str, fits: bool) -> None:
    makers.make_report(text="Hố ga trên đường Trần Phú, xe sụp.")

    assert bool(found(words)) is fits


def test_struck_words_are_no_longer_found(city: None) -> None:
    report = makers.make_report(text="Gọi 0912345678 nhé.")
    assert found("0912345678")

    makers.take(report, Step.REDACT, passage="0912345678")

    assert not found("0912345678")
    assert found("nhé")


def test_it_is_found_by_its_number(city: None) -> None:
    report = makers.make_report()

    assert found(report.number)


def test_pages_follow_each_other_without_gap_or_repetition(city: None) -> None:
    for count in range(5):
        makers.make_report(text=f"Đèn {count}", at=makers.MONDAY)
    setup = configuration()

    first = public_page(Filter(), setup, size=2)
    assert first.older is not None
    second = public_page(Filter(), setup, before=Cursor.parse(str(first.older)), size=2)
    third = public_page(Filter(), setup, before=second.older, size=2)

    texts = [report.text for page in (first, second, third) for report in page.reports]
    assert texts == [f"Đèn {count}" for count in (4, 3, 2, 1, 0)]
    assert third.older is None


@pytest.mark.parametrize("text", ["", "x-1", "1-", "-1", "١-٢", "9" * 30 + "-1"])
def test_a_broken_cursor_begins_at_the_newest(text: str) -> None:
    assert Cursor.parse(text) is None


def test_a_private_report_is_in_no_public_list(city: None) -> None:
    makers.make_report(private=True)

    assert not public_page(Filter(), configuration()).reports


def test_events_cannot_be_rewritten(city: None) -> None:
    makers.make_report()

    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        Event.objects.update(kind="resolve")


def test_a_sign_that_no_database_keeps_is_a_blank(city: None) -> None:
    makers.make_report(text="Hố ga trên đường.")

    assert found("hố\x00ga")
    assert not found("hố\x00bò")
