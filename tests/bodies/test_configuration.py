"""Reading the city's set-up."""

import multiprocessing
import time
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from hopthu.bodies import actions, freshness
from hopthu.bodies.models import City
from hopthu.bodies.queries import NoCity, configuration, one_setup
from tests.makers import name

pytestmark = pytest.mark.django_db


def test_without_a_city_it_says_so(db: None) -> None:
    with pytest.raises(NoCity):
        configuration()


def test_a_change_is_seen_at_once(city: None) -> None:
    before = configuration()

    actions.put_area("east", name=name("Phường Mới"))

    assert str(before.areas["east"].name) == "Phường Đông"
    assert str(configuration().areas["east"].name) == "Phường Mới"


def test_what_did_not_change_is_not_loaded_again(
    city: None, django_assert_num_queries: Any
) -> None:
    first = configuration()

    with django_assert_num_queries(1):
        assert configuration() is first


@pytest.mark.django_db(transaction=True)
def test_for_a_second_nothing_is_asked(city: None, django_assert_num_queries: Any) -> None:
    first = configuration()

    with django_assert_num_queries(0):
        assert configuration() is first


@pytest.mark.django_db(transaction=True)
def test_within_that_second_a_change_that_another_worker_makes_is_seen(city: None) -> None:
    """Workers are forks of one process, as here."""
    configuration()

    def change() -> None:
        connection.close()
        actions.put_area("east", name=name("Phường Mới"))

    worker = multiprocessing.get_context("fork").Process(target=change)
    worker.start()
    worker.join()

    assert worker.exitcode == 0
    assert str(configuration().areas["east"].name) == "Phường Mới"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_a_command_makes_is_seen_after_that_second(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = configuration()
    City.objects.update(version=before.version + 1)
    assert configuration() is before

    later = time.monotonic() + freshness.ASKED_EVERY
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert configuration().version == before.version + 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_shown_to_nobody(city: None) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        actions.put_area("east", name=name("Phường Mới"))
        configuration()
        1 / 0  # noqa: B018

    assert str(configuration().areas["east"].name) == "Phường Đông"


def test_one_request_reads_it_once(city: None, django_assert_num_queries: Any) -> None:
    configuration()

    with one_setup(), django_assert_num_queries(1):
        assert configuration() is configuration()


def test_one_request_speaks_of_one_version(city: None) -> None:
    with one_setup():
        before = configuration()
        City.objects.update(version=before.version + 1)  # another process
        assert configuration() is before

    assert configuration().version == before.version + 1


def test_a_request_sees_its_own_changes(city: None) -> None:
    with one_setup():
        configuration()
        actions.put_body("works", name=name("Phòng Mới"))
        assert str(configuration().bodies["works"].name) == "Phòng Mới"
